"""An operation into diagnostics: what its methods leave out or say less exactly.

Only looks; what the methods become instead is decided where each part is translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.event_stream import sequential_kind

from . import bodies, parameters, responses, security
from .rules import UNSUPPORTED_PARAMETER, UNSUPPORTED_SECURITY, WIDENED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

    from .operations import Declared


def report(operations: Iterable[Declared], document: Document, collector: Collector) -> None:
    """Say of every operation what is lost, where the document says it."""
    losses = _Losses(document, collector)
    operations = list(operations)
    for operation in operations:
        losses.find_security(operation.value, operation.place)
        losses.find_parameters(operation)
        losses.find_bodies(operation)
        losses.find_streams(operation)
    if any("security" not in operation.value for operation in operations):
        losses.find_security(document.tree, "")


@dataclass(frozen=True, slots=True)
class _Losses:
    document: Document
    collector: Collector

    def _add(self, rule: Rule, message: str, place: str) -> None:
        self.collector.add(rule, message, self.document.locate(place))

    def find_security(self, declaring: dict[str, Any], place: str) -> None:
        """See whether there is a way in for what the document or an operation declares."""
        declared = declaring.get("security", [])
        known = security.schemes(self.document.tree)
        if declared and not security.requirements(declared, known):
            names = sorted({name for alternative in declared for name in alternative})
            message = f"no way to authenticate that the client knows: {', '.join(names)}"
            self._add(UNSUPPORTED_SECURITY, message, join(place, "security"))

    def find_parameters(self, operation: Declared) -> None:
        """See whether every parameter can be sent."""
        for index, parameter in enumerate(operation.value.get("parameters", ())):
            if not parameters.can_send(parameter):
                message = f"{parameter['name']!r} goes into the {parameter['in']}"
                self._add(
                    UNSUPPORTED_PARAMETER, message, join(operation.place, "parameters", index)
                )

    def find_bodies(self, operation: Declared) -> None:
        """See which media types of the request body no method sends."""
        body = bodies.choose(operation.value.get("requestBody"))
        for media_type in operation.value.get("requestBody", {}).get("content", {}):
            if body and media_type != body.media_type:
                message = f"the method sends {body.media_type}, and never {media_type}"
                place = join(operation.place, "requestBody", "content", media_type)
                self._add(WIDENED, message, place)

    def find_streams(self, operation: Declared) -> None:
        """See which streams a method gives as bytes."""
        for status, response in responses.successful(operation.value).items():
            for media_type, media in response.get("content", {}).items():
                if sequential_kind(media_type) and not responses.events(media_type, media):
                    place = join(operation.place, "responses", status, "content", media_type)
                    self._add(WIDENED, f"a stream of {media_type} is given as bytes", place)
