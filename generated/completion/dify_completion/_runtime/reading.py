"""JSON of a server, turned into the value that its schema promises, strictly or tolerantly.

What doesn't fit is raised; or it is kept as it came, and told once by `logging`.
"""

import json
import logging
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import Any

from pydantic_core import ValidationError, from_json

from .errors import Misfit, ResponseValidationError
from .operation import validator
from .transport import Response

_logger = logging.getLogger(__name__)
# The places that were told; bounded, since a server may invent names without end.
_told: set[str] = set()
_TOLD_AT_MOST = 1000


@dataclass(frozen=True)
class Reading:
    """How strictly a client reads: `strict` raises what does not fit, instead of keeping it.

    `yields_errors` gives an event that reports an error as data, instead of raising it.
    """

    strict: bool = False
    yields_errors: bool = False


def read_json(
    type_: Any, data: bytes, response: Response, operation_id: str, reading: Reading
) -> Any:
    """Read a JSON answer or the data of an event.

    ResponseValidationError for what is no JSON and, if read strictly, for what doesn't fit.
    """
    try:
        return validator(type_)(data)
    except ValidationError:
        value, misfits = _fit(type_, data, response, strict=reading.strict)
    if misfits and reading.strict:
        raise ResponseValidationError(str(misfits[0]), response, misfits[0]) from None
    for misfit in misfits:
        _tell(operation_id, misfit)
    return value


def parse(data: bytes, *, strict: bool) -> tuple[Any, list[Misfit]]:
    """Parse JSON; unless strictly, U+FFFD stands for what is no Unicode, as in HTML §9.2.6.

    ValueError or RecursionError for what is no JSON.
    """
    data = data.removeprefix(BOM_UTF8)
    try:
        return from_json(data), []
    except ValueError:
        if strict:
            raise
    text = json.dumps(json.loads(data.decode(errors="replace")), ensure_ascii=False)
    mended = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return from_json(mended), [Misfit("", "valid Unicode", data)]


def _fit(type_: Any, data: bytes, response: Response, *, strict: bool) -> tuple[Any, list[Misfit]]:
    from .fitting import fit  # long to import, and seldom needed

    try:
        parsed, misfits = parse(data, strict=strict)
        value, found = fit(type_, parsed)
    except (ValueError, RecursionError) as error:
        raise ResponseValidationError(f"can't be read as JSON: {error}", response) from None
    return value, misfits + found


def _tell(operation_id: str, misfit: Misfit) -> None:
    """Log a place once, whatever the index."""
    place = f"{operation_id} {re.sub('/[0-9]+(?=/|$)', '/*', misfit.pointer)[:200]}"
    if place not in _told and len(_told) < _TOLD_AT_MOST:
        _told.add(place)
        _logger.warning("the answer of %s does not fit %s", operation_id, misfit)
