"""An answer to an operation into what is wrong with it: status, media type, body, events.

Holds answers to the effective document alone; knows nothing of known faults, nor of who asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join, resolve
from specloom.event_stream import EVENT_STREAM
from specloom.media_types import essence, is_json

from .exchange import decode
from .schemas import Schemas
from .streams import check_stream
from .violations import INVALID_BODY, UNDOCUMENTED_MEDIA_TYPE, UNDOCUMENTED_STATUS, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .exchange import Response
    from .operations import Operation


class Contract:
    """The effective document, ready to hold answers to."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self.tree = tree
        self._schemas = Schemas(tree)

    def check(self, operation: Operation, response: Response) -> list[Violation]:
        """All that is wrong with an answer to an operation."""
        return list(self._check(operation, response))

    def _check(self, operation: Operation, response: Response) -> Iterator[Violation]:
        responses = join("", *operation.pointer, "responses")
        status = _documented_status(resolve(self.tree, responses), response.status)
        if status is None:
            yield Violation(UNDOCUMENTED_STATUS, f"status {response.status} is not documented")
            return
        pointer, documented = self._schemas.follow(join(responses, status))
        content = documented.get("content", {})
        if not content and not response.body:
            return
        media_type = _documented_media_type(content, response.media_type)
        if media_type is None:
            sent = response.media_type or "an answer without Content-Type"
            message = f"{sent} is not documented for status {response.status}"
            yield Violation(UNDOCUMENTED_MEDIA_TYPE, message)
        elif is_json(response.media_type) or response.media_type.startswith("text/"):
            yield from self._check_content(join(pointer, "content", media_type), response)

    def _check_content(self, pointer: str, response: Response) -> Iterator[Violation]:
        try:
            body = decode(response)
        except ValueError as error:
            yield Violation(INVALID_BODY, f"not {response.media_type}: {error}")
            return
        pointer, described = self._schemas.follow(pointer)
        if response.media_type == EVENT_STREAM and "itemSchema" in described:
            yield from check_stream(self._schemas, pointer, body)
        elif "schema" in described:
            for message, place in self._schemas.errors(join(pointer, "schema"), body):
                yield Violation(INVALID_BODY, message, place)


def _documented_status(responses: dict[str, Any], status: int) -> str | None:
    candidates = (str(status), f"{status // 100}XX", "default")
    return next((candidate for candidate in candidates if candidate in responses), None)


def _documented_media_type(content: dict[str, Any], media_type: str) -> str | None:
    """The key under `content`; a concrete one wins over a range (OAS 3.2 §4.14)."""
    keys = {essence(key): key for key in content}
    candidates = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((keys[candidate] for candidate in candidates if candidate in keys), None)
