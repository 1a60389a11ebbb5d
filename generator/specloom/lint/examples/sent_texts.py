"""Examples that are written as they are sent, in a URL or a form, where all is text.

An example of a parameter may be a value, or the text that it becomes (OAS 3.1.0 §4.8.12.2); 3.2 has
`dataValue` and `serializedValue`, which tell these apart (§4.19).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from specloom.lint.instances import Instances
    from specloom.lint.mismatch import Mismatch

_WORDS: Final = {"true": True, "false": False}
_INTEGER: Final = re.compile("-?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")


def is_sent(mismatch: Mismatch, instances: Instances) -> bool:
    """Whether a value of the wrong type is a text that a value of the right one becomes."""
    text = mismatch.value
    if mismatch.keyword.rpartition("/")[2] != "type" or not isinstance(text, str):
        return False
    return any(instances.fitting([mismatch.schema], read) for read in _readings(text))


def _readings(text: str) -> list[Any]:
    """What a text may stand for: a list with commas or of one item, a boolean, a number."""
    found: list[Any] = [text.split(","), [text]]
    if text in _WORDS:
        found.append(_WORDS[text])
    if _INTEGER.fullmatch(text):
        found.append(int(text))
    if _NUMBER.fullmatch(text):
        found.append(float(text))
    return found
