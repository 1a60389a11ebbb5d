"""A document and what it refers to elsewhere into parts, one for each future component.

What their references lead to is noted, to be spelt once all parts have a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diagnostics import Location, Severity
from specloom.document.copied import copied
from specloom.document.load import NO_OBJECT
from specloom.document.pointer import from_reference, join, tokens
from specloom.document.references import AMBIGUOUS, DANGLING, ENDLESS, EXPLODING, NEAR, is_reference
from specloom.document.walk import SECTIONS, Node
from specloom.document.weight import weight

from .files import RefusedError
from .part import Key, Part, objects_in
from .targets import Target, UnknownError, target_of

if TYPE_CHECKING:
    from specloom.diagnostics import Collector

    from .files import File, Files

_LATER: Final = {"3.0": {"path-item", "media-type"}, "3.1": {"media-type"}}
"""The kinds that a version has no section for."""
_HEAVIEST: Final = 3_000_000
_LONGEST_CHAIN: Final = 100
_MOST_COPIES: Final = 20_000
_DEEPEST: Final = 20
"""Copies within copies; a path item within a callback makes three."""


class Use(NamedTuple):
    """A `$ref`, or a value of a discriminator's mapping, that is to lead to a place."""

    holder: dict[str, Any]
    name: str
    key: Key


@dataclass(slots=True)
class Gathering:
    """The document and all parts found so far."""

    files: Files
    collector: Collector
    version: str
    refusals: Severity
    """How much it weighs that something may not or can't be read."""
    parts: dict[Key, Part] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    placed: dict[Key, tuple[Key, str]] = field(default_factory=dict)
    """Where each object that was passed stands now: in which part, at which pointer."""
    homes: dict[Key, str] = field(default_factory=dict)
    """By place, the component of the document that is nothing but a reference to it."""
    unknown: list[tuple[Part, Node]] = field(default_factory=list)
    dynamic: list[tuple[Part, Node]] = field(default_factory=list)
    _weight: int = 0
    _copies: int = 0

    def gather(self, document: Part) -> None:
        """Find all parts. What can't be read is reported."""
        self.parts[document.key] = document
        visited: set[Key] = set()
        while new := sorted(self.parts.keys() - visited):
            for key in new:
                self._visit(self.parts[key])
            visited.update(new)
            if self.parts.keys() == visited:
                self._settle()

    def _settle(self) -> None:
        """Look at what could not be known before all other files were read."""
        unknown, self.unknown = self.unknown, []
        for part, node in unknown:
            self._guarded(part, node, at_last=True)
        if self.parts.keys() - {key for key, _ in self.placed.values()}:
            return
        dynamic, self.dynamic = self.dynamic, []
        for part, node in dynamic:
            self._note_dynamic(part, node)

    def _visit(self, part: Part) -> None:
        """Note all that a part refers to, and copy in what can't be referred to there."""
        pending = [part.top()]
        while pending:
            node = pending.pop()
            if self._is_copied_in(part, node):
                node = self._copied_in(part, node)
            self._place(part, node)
            self._guarded(part, node)
            if not self._has_nothing_beside(node):
                pending.extend(reversed(list(objects_in(node))))

    def _has_nothing_beside(self, node: Node) -> bool:
        # In 3.0 what stands beside a reference has no effect (OAS 3.0 §4.7.23).
        return self.version == "3.0" and node.kind == "schema" and is_reference(node.value)

    def _place(self, part: Part, node: Node) -> None:
        file, pointer = part.origin(node.pointer)
        key, place = Key(file.key, pointer, node.kind), (part.key, node.pointer)
        self.placed[key] = min(self.placed.get(key, place), place)

    def _guarded(self, part: Part, node: Node, *, at_last: bool = False) -> None:
        """Note what an object refers to; report what is refused."""
        if not isinstance(node.value, dict):
            return
        try:
            if is_reference(node.value) and node.kind in SECTIONS:
                self._note_reference(part, node, at_last=at_last)
            if node.kind == "schema" and not at_last:
                self._note_schema(part, node)
        except RefusedError as refused:
            place = part.locate(join(node.pointer, "$ref"))
            self.collector.add(
                refused.rule, refused.message, place, hint=refused.hint, severity=self.refusals
            )

    def _note_reference(self, part: Part, node: Node, *, at_last: bool) -> None:
        reference = node.value["$ref"]
        file, pointer = part.origin(node.pointer)
        try:
            target = self._target(file, pointer, reference, at_last=at_last)
        except UnknownError:
            self.unknown.append((part, node))
            return
        if target is None:
            if file is not self.files.root or not reference.startswith("#/"):
                # It is to lead to nothing in the document, too.
                node.value["$ref"] = "#" + join("", reference)
            return
        if target.is_near:
            message = f"{reference!r} leads to nothing; taken for {'#' + target.pointer!r}"
            self.collector.add(NEAR, message, part.locate(join(node.pointer, "$ref")))
        self._use(Use(node.value, "$ref", self._reached(target, node.kind)))
        if target.file is not self.files.root:
            self._note_home(part, node, target)

    def _use(self, use: Use) -> None:
        """Note a use, but where the document's own spelling is right already."""
        said = use.holder[use.name]
        if use.key.file or not said.startswith("#") or from_reference(said) != use.key.pointer:
            self.uses.append(use)

    def _target(
        self, file: File, pointer: str, reference: str, *, at_last: bool = True
    ) -> Target | None:
        try:
            return target_of(self.files, file, pointer, reference)
        except UnknownError:
            if not at_last:
                raise
        self.files.at(reference.partition("#")[0], reference)
        return target_of(self.files, file, pointer, reference)

    def _reached(self, target: Target, kind: str) -> Key:
        """The key of a place; it is a part from now on, unless it is the document's own."""
        key = Key(target.file.key, target.pointer, kind)
        if key.file and not isinstance(target.value, dict | bool):
            raise RefusedError(NO_OBJECT, f"{target.file.source.file} holds no {kind} there")
        if key.file and key not in self.parts:
            self.parts[key] = Part(key, self._copy(target), {"": target[:2]})
        return key

    def _note_home(self, part: Part, node: Node, target: Target) -> None:
        match tokens(node.pointer):
            case ["components", _, name] if part.key.file == "" and (
                node.value.keys() == {"$ref"} or self.version == "3.0"
            ):
                key = Key(target.file.key, target.pointer, node.kind)
                self.homes[key] = min(name, self.homes.get(key, name))

    def _note_schema(self, part: Part, node: Node) -> None:
        if isinstance(node.value.get("$dynamicRef"), str):
            self.dynamic.append((part, node))
        discriminator = node.value.get("discriminator")
        if isinstance(discriminator, dict):
            mapping = discriminator.get("mapping")
            for tag in list(mapping) if isinstance(mapping, dict) else ():
                self._note_mapped(part, node, discriminator["mapping"], tag)
            self._note_mapped(part, node, discriminator, "defaultMapping")

    def _note_mapped(self, part: Part, node: Node, holder: dict[str, Any], tag: str) -> None:
        """A mapping's value: the name of a component before all else (OAS 3.2 §4.25.2)."""
        named = holder.get(tag)
        file, pointer = part.origin(node.pointer)
        if not isinstance(named, str) or _has_schema(self.files.root.tree, named):
            return
        if _has_schema(file.tree, named):
            named = "#" + join("/components/schemas", named)
        if not set("./#") & set(named):
            return
        target = self._target(file, pointer, named)
        if target:
            self._use(Use(holder, tag, self._reached(target, "schema")))

    def _note_dynamic(self, part: Part, node: Node) -> None:
        """A `$dynamicRef` is a `$ref` where only one schema may be meant."""
        reference = node.value.pop("$dynamicRef")
        file, pointer = part.origin(node.pointer)
        name = reference.partition("#")[2]
        found: list[Target | None] = [
            Target(other, place)
            for other in self.files.read
            for place in other.identifiers.dynamic.get(name, [])
        ]
        try:
            target = found[0] if found else self._target(file, pointer, reference)
        except RefusedError:
            target = None
        if len(found) > 1 or target is None:
            message = f"what {reference!r} leads to depends on where one comes from: taken for any"
            self.collector.add(AMBIGUOUS, message, part.locate(join(node.pointer, "$dynamicRef")))
            return
        holder = node.value
        if "$ref" in holder:
            holder = {}
            node.value["allOf"] = [*node.value.get("allOf", []), holder]
        holder["$ref"] = ""
        self._use(Use(holder, "$ref", self._reached(target, "schema")))

    def _is_copied_in(self, part: Part, node: Node) -> bool:
        """Whether a reference stands where none may: what it leads to is taken in its place."""
        if not is_reference(node.value):
            return False
        if node.kind in SECTIONS.keys() - _LATER.get(self.version, set()):
            return False
        # What the document itself says is left as it is.
        own = part.origin(node.pointer)[0] is self.files.root
        return not (own and node.value["$ref"].startswith("#"))

    def _copied_in(self, part: Part, node: Node) -> Node:
        """The object with what it refers to in place, and what that refers to."""
        copies = 0
        while self._is_copied_in(part, node):
            if copies == _LONGEST_CHAIN:
                message = f"leads only to itself: {node.value['$ref']}"
                self.collector.halt(ENDLESS, message, part.locate(join(node.pointer, "$ref")))
            copies += 1
            node = self._copied_once(part, node)
        return node

    def _copied_once(self, part: Part, node: Node) -> Node:
        beside = {name: value for name, value in node.value.items() if name != "$ref"}
        written = {name: part.origin(join(node.pointer, name)) for name in beside}
        target = self._found(part, node)
        around = part.around(node.pointer)
        if len(around) > _DEEPEST:
            message = f"{node.value['$ref']!r} is copied into too many copies"
            self.collector.halt(EXPLODING, message, part.locate(join(node.pointer, "$ref")))
        value: Any = {}
        # An operation may lead back to itself by its callbacks, which are none there then.
        if target[:2] not in around or is_reference(target.value):
            value = self._copy(target)
            part.origins[node.pointer] = target[:2]
            part.origins |= {join(node.pointer, name): origin for name, origin in written.items()}
        taken = {**value, **beside} if isinstance(value, dict) else value
        node.parent[node.key] = taken
        if node.pointer == "":
            part.value = taken
        return Node(node.kind, node.pointer, taken, node.parent, node.key)

    def _found(self, part: Part, node: Node) -> Target:
        """What a reference leads to that nothing can do without. Raises HaltedError."""
        reference, place = node.value["$ref"], join(node.pointer, "$ref")
        try:
            target = self._target(*part.origin(node.pointer), reference)
        except RefusedError as refused:
            self.collector.halt(
                refused.rule, refused.message, part.locate(place), hint=refused.hint
            )
        if target is None:
            self.collector.halt(DANGLING, f"{reference!r} leads to nothing", part.locate(place))
        return target

    def _copy(self, target: Target) -> Any:
        self._weight += weight(target.value)
        self._copies += 1
        if self._weight > _HEAVIEST or self._copies > _MOST_COPIES:
            place = Location(target.file.source.file)
            self.collector.halt(EXPLODING, "its references stand for too many values", place)
        return copied(target.value)


def _has_schema(tree: Any, name: str) -> bool:
    """Whether a tree has a component schema of a name."""
    for token in ("components", "schemas"):
        tree = tree.get(token) if isinstance(tree, dict) else None
    return isinstance(tree, dict) and name in tree
