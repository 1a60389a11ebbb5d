"""The schemas of one document into forms, each worked out once, when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diff.side import target

from .conjunction import both
from .form import Child, Form, anything, nothing
from .keywords import own
from .ranges import settled
from .unions import united

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.side import Side

# Deeper than any schema that people write; what nests deeper in `allOf` is taken for anything.
_DEEPEST: Final = 50
_SAYING_NOTHING_HERE: Final = {"$ref", "description", "summary", "title", "$comment", "examples"}


class Forms:
    """Looks at the schemas of one document by their pointers."""

    def __init__(self, side: Side) -> None:
        """Nothing is looked at before it is asked for."""
        self.side = side
        self._known: dict[str, Form] = {}
        self._building: set[str] = set()
        self._joined: dict[Child, Form] = {}
        # The form is kept beside what came of it: its identity is the key.
        self._restricted: dict[tuple[int, str], tuple[Form, Form]] = {}

    def of(self, child: Child) -> Form:
        """What schemas come to that must all hold."""
        if len(child) == 1:
            return self._whole(child[0])
        if child not in self._joined:
            forms = [self._whole(pointer) for pointer in child]
            self._joined[child] = self.all_of(forms) if forms else anything("")
        return self._joined[child]

    def restricted(self, form: Form, name: str) -> Form:
        """A form for one of its types alone."""
        if len(form.types) == 1:
            return form
        key = id(form), name
        if key not in self._restricted:
            one = Form(form.pointer, {name: form.types[name]}, form.notes)
            self._restricted[key] = form, one
        return self._restricted[key][1]

    def all_of(self, forms: list[Form]) -> Form:
        """What forms come to that must all hold; the first says where."""
        whole = forms[0]
        for form in forms[1:]:
            slots = {
                name: settled(name, both(slot, form.types[name]))
                for name, slot in whole.types.items()
                if name in form.types
            }
            kept = {name: slot for name, slot in slots.items() if slot is not None}
            whole = Form(whole.pointer, kept, {**form.notes, **whole.notes})
        return whole

    def _whole(self, pointer: str) -> Form:
        return self._at(pointer) or anything(pointer)

    def _at(self, pointer: str) -> Form | None:
        """The form of one schema; None if it asks for itself, which says nothing."""
        if pointer in self._known:
            return self._known[pointer]
        if pointer in self._building or len(self._building) > _DEEPEST:
            return None
        self._building.add(pointer)
        form = self._built(pointer, self.side.value(pointer))
        self._building.remove(pointer)
        self._known[pointer] = form
        return form

    def _built(self, pointer: str, schema: Any) -> Form:
        if schema is False:
            return nothing(pointer)
        if not isinstance(schema, dict) or not schema:
            return anything(pointer)
        if _only_refers(schema):
            return self._at(self._target(schema)) or anything(pointer)
        forms = [own(self.side, pointer, schema), *self._parts(pointer, schema)]
        # A part that says all there is lends its place, as if it stood here.
        return self.all_of(forms)

    def _target(self, schema: Any) -> str:
        """What a schema refers to, past those that do no more than to refer further."""
        seen: set[str] = set()
        place = "/ "
        while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
            place = target(schema["$ref"])
            if place in seen:
                break
            seen.add(place)
            schema = self.side.value(place)
            if not _only_refers(schema):
                break
        return place

    def _parts(self, pointer: str, schema: dict[str, Any]) -> Iterator[Form]:
        if "$ref" in schema:
            form = self._at(self._target(schema))
            if form:
                yield form
        yield from self._listed(pointer, "allOf", schema)
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword):
                forms = list(self._listed(pointer, keyword, schema))
                yield united(f"{pointer}/{keyword}", forms, schema)

    def _listed(self, pointer: str, keyword: str, schema: dict[str, Any]) -> Iterator[Form]:
        listed = schema.get(keyword)
        for index in range(len(listed) if isinstance(listed, list) else 0):
            form = self._at(self.side.child(pointer, keyword, index))
            if form:
                yield form


def _only_refers(schema: Any) -> bool:
    return isinstance(schema, dict) and "$ref" in schema and schema.keys() <= _SAYING_NOTHING_HERE
