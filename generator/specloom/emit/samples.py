"""What a method could be given and could answer: the document's own examples, or placeholders.

Knows the document and the IR; nothing of how Python writes these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import properties
from specloom.document.references import follow
from specloom.document.walk import operations_of, path_items

from .instances import NOTHING, Instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.ir import Argument, Content, Method

_FILES: Final = ("FileTypes", "FileContent", "Sequence[FileTypes]")


def takes_files(argument: Argument) -> bool:
    """Whether an argument is a file, or several."""
    return argument.annotation.startswith(_FILES)


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer: its status, its media type and its value, which is None without schema.

    Without content the media type is empty.
    """

    status: int
    media_type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of one document's methods."""

    tree: dict[str, Any]
    instances: Instances
    operations: dict[tuple[str, str], dict[str, Any]]

    @classmethod
    def of(cls, tree: dict[str, Any]) -> Samples:
        """The samples of a normalized document."""
        operations = {
            (str(item.key), str(node.key).upper()): node.value
            for item in path_items(tree)
            for node in operations_of(item)
        }
        return cls(tree, Instances(tree), operations)

    def arguments(self, method: Method) -> dict[Argument, Any]:
        """The arguments to show: files and those required, else those of the body's example."""
        body = self._body(method)
        whole = _example(self.tree, body)
        values = {
            argument: self._argument(method, argument, body, whole)
            for argument in method.arguments
            if argument.required or takes_files(argument)
        }
        if values or not isinstance(whole, dict):
            return values
        wires = _wires(method)
        # The ids of an example are known to no server.
        return {
            argument: whole[wires[argument.name]]
            for argument in method.arguments
            if wires.get(argument.name) in whole and not f"_{argument.name}".endswith("_id")
        }

    def answer(self, method: Method) -> Answer:
        """The first answer with a value, else one without."""
        for status, content in _contents(method):
            if not content.stream:
                media = self._media(method, status, content)
                given = _example(self.tree, media)
                value = self.instances.of(media.get("schema", {}), "answer", given)
                is_raw = content.annotation in {"BINARY", "TEXT"}
                media_type = content.media_type if is_raw else _concrete(content.media_type)
                return Answer(int(status) if status.isdigit() else 200, media_type, value)
        return Answer(204, "", None)

    def stream(self, method: Method) -> tuple[Content, dict[str, Any]] | None:
        """The media type of a method's events."""
        return next(
            (
                (content, self._media(method, status, content))
                for status, content in _contents(method)
                if content.stream
            ),
            None,
        )

    def _operation(self, method: Method) -> dict[str, Any]:
        return self.operations[method.operation.path, method.operation.method.upper()]

    def _body(self, method: Method) -> dict[str, Any]:
        """The media type of a method's request body."""
        body = follow(self.tree, self._operation(method).get("requestBody", {}))
        sent = method.operation.body
        media_type = (sent.declared_as or sent.media_type) if sent else ""
        media: dict[str, Any] = follow(self.tree, body.get("content", {}).get(media_type, {}))
        return media

    def _argument(
        self, method: Method, argument: Argument, body: dict[str, Any], whole: Any
    ) -> Any:
        """The value of one argument, cut from the body's example if it is a part of that."""
        for parameter in method.operation.parameters:
            if parameter.argument == argument.name:
                return self._parameter(method, parameter.name_wire, parameter.location.value)
        schema, wire = body.get("schema", {}), _wires(method).get(argument.name)
        if wire is None:
            return self._whole(argument, body, whole)
        part = whole.get(wire, NOTHING) if isinstance(whole, dict) else NOTHING
        return self.instances.of(properties(self.tree, schema)[wire], wire, part)

    def _whole(self, argument: Argument, body: dict[str, Any], whole: Any) -> Any:
        """A body that is given whole: a value, some, or what no schema takes apart."""
        if argument.annotation.startswith("Iterable["):
            return [self.instances.of(body.get("itemSchema"), argument.name)]
        value = self.instances.of(body.get("schema", {}), argument.name, whole)
        is_text = argument.annotation.startswith("str |") and not isinstance(value, str)
        return "text" if is_text else value

    def _parameter(self, method: Method, name: str, location: str) -> Any:
        declared = self._operation(method).get("parameters", ())
        parameter = next(
            found
            for found in (follow(self.tree, item) for item in declared)
            if (found["name"], found["in"]) == (name, location)
        )
        content = next(iter(parameter.get("content", {}).values()), parameter)
        return self.instances.of(content.get("schema", {}), name, _example(self.tree, parameter))

    def _media(self, method: Method, status: str, content: Content) -> dict[str, Any]:
        response = follow(self.tree, self._operation(method)["responses"][status])
        media: dict[str, Any] = follow(self.tree, response["content"][content.media_type])
        return media


def _contents(method: Method) -> Iterator[tuple[str, Content]]:
    return (
        (answer.status, content)
        for answer in method.operation.answers
        for content in answer.contents
    )


def _concrete(media_type: str) -> str:
    """A media type of JSON, rather than a range."""
    return "application/json" if "*" in media_type else media_type


def _wires(method: Method) -> dict[str, str]:
    """The property of the body that each argument fills."""
    body = method.operation.body
    return dict(body.arguments or ()) if body else {}


def _example(tree: dict[str, Any], place: dict[str, Any]) -> Any:
    """The first example of a parameter or media type (OAS 3.2 §4.19)."""
    if "example" in place:
        return place["example"]
    for declared in place.get("examples", {}).values():
        example = follow(tree, declared)
        for field in ("dataValue", "value"):
            if field in example:
                return example[field]
    return NOTHING
