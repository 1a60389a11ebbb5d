"""An operation into diagnostics: what its methods leave out or say less exactly.

Only looks; what the methods become instead is decided where each part is translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.document.references import follow

from . import contents, encodings, parameters, responses, security, servers
from .media import Kind, alternatives
from .media import loss as loss_of
from .rules import UNSUPPORTED_PARAMETER, WIDENED

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
        losses.find_servers(operation.value, operation.place)
        losses.find_parameters(operation)
        losses.find_bodies(operation)
        losses.find_answers(operation)
    if any("security" not in operation.value for operation in operations):
        losses.find_security(document.tree, "")


@dataclass(frozen=True, slots=True)
class _Losses:
    document: Document
    collector: Collector

    def _add(self, rule: Rule, message: str, place: str, hint: str | None = None) -> None:
        self.collector.add(rule, message, self.document.locate(place), hint=hint)

    def find_security(self, declaring: dict[str, Any], place: str) -> None:
        """See for which of its schemes a request sends nothing."""
        known = security.schemes(self.document.tree)
        names = security.unmet(declaring.get("security", []), known)
        if names:
            message = f"nothing is sent for the security scheme {', '.join(map(repr, names))}"
            hint = "extra_headers, or an http_client of your own, may"
            self._add(WIDENED, message, join(place, "security"), hint)

    def find_servers(self, declaring: dict[str, Any], place: str) -> None:
        """See whether a server of an operation's own is known."""
        declared = declaring.get("servers")
        if declared and not servers.base_url(declared, self.document.tree.get("$self", "")):
            message = f"{declared[0]['url']!r} is no whole URL: the client's `base_url` is used"
            self._add(WIDENED, message, join(place, "servers"))

    def find_parameters(self, operation: Declared) -> None:
        """See whether every parameter can be sent."""
        for index, parameter in enumerate(operation.value.get("parameters", ())):
            if parameters.can_send(parameter):
                continue
            place, name = join(operation.place, "parameters", index), repr(parameter["name"])
            if not parameters.is_misnamed(parameter):
                message = f"{name} goes into the {parameter['in']}"
                self._add(UNSUPPORTED_PARAMETER, message, place)
            elif parameter.get("required"):
                self._add(UNSUPPORTED_PARAMETER, f"no header can have the name {name}", place)
            else:
                message = f"nothing is sent for {name}: no header can have that name"
                self._add(WIDENED, message, place)

    def find_bodies(self, operation: Declared) -> None:
        """See which parts of a request body lack something that they are said to have."""
        tree = self.document.tree
        found = alternatives(operation.value.get("requestBody"), tree)
        for body in found:
            place = join(operation.place, "requestBody", "content", body.key)
            for name, said in body.encoding.items() if body.kind is Kind.MULTIPART else ():
                for header in encodings.unsent_headers(follow(tree, said), tree):
                    message = f"a part is sent without its header {header!r}"
                    self._add(WIDENED, message, join(place, "encoding", name, "headers", header))
            # Another than the preferred one only says in other words what that says.
            if body is found[0] and (loss := loss_of(body, tree)):
                self._add(WIDENED, loss, place)

    def find_answers(self, operation: Declared) -> None:
        """See which answers a method gives as less than they are said to be."""
        tree = self.document.tree
        for status, response in responses.successful(operation.value).items():
            for media_type, media in contents.offered(response, tree).items():
                message = contents.loss(media_type, media, tree)
                if message:
                    place = join(operation.place, "responses", status, "content", media_type)
                    self._add(WIDENED, message, place)
