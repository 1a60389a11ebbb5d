"""What a check may ask about the whole document, each answer worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, walk
from specloom.event_stream import sequential_kind

from .components.uses import Uses, component_uses
from .instances import Instances
from .whole import Whole, outermost, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.load import Document


_VALUES: Final = ("dataValue", "value")
_BESIDE: Final = ("properties", "allOf")
_MOST_PARTS: Final = 100


@dataclass(frozen=True)
class Scope:
    """One document being looked at."""

    document: Document

    @property
    def tree(self) -> dict[str, Any]:
        """The document's tree."""
        return self.document.tree

    @cached_property
    def nodes(self) -> dict[str, list[Node]]:
        """Every object of the document by its kind, less the Reference Objects.

        A schema and a path item stay, since their `$ref` is a field beside others (OAS 3.2 §4.9).
        """
        found: dict[str, list[Node]] = {}
        for node in self._all:
            if node.kind == "media-type":
                # A media type's name is that of its use, also where it is a component of 3.2.
                found.setdefault(node.kind, []).append(self._followed(node))
            elif node.kind in {"schema", "path-item"} or not is_reference(node.value):
                found.setdefault(node.kind, []).append(node)
        return found

    def _followed(self, node: Node) -> Node:
        pointer, value = self.target(node.pointer, node.value)
        return node._replace(pointer=pointer, value=value) if isinstance(value, dict) else node

    @property
    def version(self) -> str:
        """The version of OpenAPI that the document says it is of."""
        return str(self.tree.get("openapi"))

    @cached_property
    def references(self) -> list[Node]:
        """Every object that has a `$ref`."""
        return [node for node in self._all if is_reference(node.value)]

    @cached_property
    def _all(self) -> list[Node]:
        return [node for node in walk(self.tree) if isinstance(node.value, dict)]

    @cached_property
    def tags(self) -> set[str]:
        """The names of the tags that the document defines."""
        return {tag["name"] for tag in self.tree.get("tags", ())}

    @cached_property
    def mappings(self) -> list[tuple[str, dict[str, str]]]:
        """The tag and the mapping of every discriminator that has one."""
        discriminators = [node.value.get("discriminator") for node in self.nodes.get("schema", ())]
        return [
            (found["propertyName"], found["mapping"])
            for found in discriminators
            if isinstance(found, dict) and "mapping" in found
        ]

    @cached_property
    def uses(self) -> Uses:
        """Which of the document's components use which."""
        return component_uses(self.tree, self.nodes, self.references)

    @cached_property
    def instances(self) -> Instances:
        """What validates values against the document's schemas."""
        return Instances(self.tree)

    def follow(self, value: Any) -> Any:
        """What a value is once its references are followed."""
        return follow(self.tree, value)

    def target(self, pointer: str, value: Any) -> tuple[str, Any]:
        """The pointer and the value that a value at a pointer refers to; its own if to none.

        Nothing, `{}`, if the references lead only to themselves.
        """
        seen = {pointer}
        while is_reference(value):
            pointer = from_reference(value["$ref"])
            if pointer in seen:
                return pointer, {}
            seen.add(pointer)
            value = resolve(self.tree, pointer)
        return pointer, value

    def parts(self, schema: Any) -> Iterator[dict[str, Any]]:
        """A schema, what it refers to, and all that their `allOf`s add to it."""
        pending, seen = [schema], set[int]()
        # A document could be made so that each of its schemas is made of all others.
        while pending and len(seen) < _MOST_PARTS:
            part = pending.pop()
            if not isinstance(part, dict) or id(part) in seen:
                continue
            seen.add(id(part))
            yield part
            pending.extend(part.get("allOf", ()))
            if "$ref" in part:
                pending.append(self.follow(part))

    def whole(self, node: Node) -> Whole:
        """What a schema says together with those that it is a branch of."""
        top = outermost(node.pointer)
        if top not in self._wholes:
            self._wholes[top] = whole(self.tree, resolve(self.tree, top))
        return self._wholes[top]

    @cached_property
    def _wholes(self) -> dict[str, Whole]:
        return {}

    @cached_property
    def bases(self) -> set[str]:
        """The pointers of the schemas that others add to what they say, by a `$ref` in a branch."""
        return {
            from_reference(node.value["$ref"])
            for node in self.references
            if node.kind == "schema" and self._is_added(node.pointer)
        }

    def _is_added(self, pointer: str) -> bool:
        """Whether what is at a pointer holds beside something else, and is no mere alternative."""
        if pointer.rpartition("/")[0].endswith("/allOf"):
            return True
        top = outermost(pointer)
        return top != pointer and any(word in resolve(self.tree, top) for word in _BESIDE)

    def examples(self, node: Node) -> Iterator[tuple[str, Any]]:
        """The example values of a media type, a parameter or a header, with their pointers."""
        if "example" in node.value:
            yield join(node.pointer, "example"), node.value["example"]
        # What is sent of a stream is read event by event; other texts are left alone.
        texts = ("serializedValue",) if sequential_kind(str(node.key)) else ()
        for name, entry in node.value.get("examples", {}).items():
            pointer, example = self.target(join(node.pointer, "examples", name), entry)
            for field in (*_VALUES, *texts):
                if field in example:
                    yield join(pointer, field), example[field]
