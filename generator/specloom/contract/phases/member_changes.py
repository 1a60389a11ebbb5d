"""An accepted body into bodies with one member that is long, unusual, deep, or of another type.

Members of the body, and those one level down; a form's are texts and files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.requests import texts
from specloom.contract.requests.encodings import File, as_json
from specloom.contract.requests.limits import breaks, edges
from specloom.contract.requests.members import Member, known_members
from specloom.contract.requests.request_faults import MULTIPART, URLENCODED

from .changes import NEGATIVE, Change, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.contract.answers.schemas import Schemas
    from specloom.contract.requests.drafts import Draft

_UNKNOWN: Final = "specloom_unknown"
_DEEP: Final = (200, 3000)
_HUGE: Final = 10**400


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a body, and the ways to change them."""

    schemas: Schemas
    schema: str
    draft: Draft

    @property
    def is_form(self) -> bool:
        """Whether all members are texts or files."""
        return (self.draft.media_type or "").startswith((MULTIPART, URLENCODED))

    def changes(self) -> Iterator[Change]:
        """All changes, the telling ones of each member first."""
        members = known_members(self.schemas, self.schema, self.draft.value)
        made = [*self._unknown_members(members), *self._files()]
        for member in members:
            if not self._is_file(member):
                made += self._of(member)
        yield from sorted(made, key=lambda change: not change.telling)

    def _of(self, member: Member) -> Iterator[Change]:
        if member.kind in {"string", ""}:
            yield from self._texts(member)
        if self.is_form:
            return
        for name, value in edges(self.schemas, member.pointer):
            yield self._change(member, name, value, at_edge=member.kind in {"integer", "number"})
        if member.kind in {"integer", "number"}:
            yield self._change(member, "a number of 401 digits", _HUGE)
            yield self._change(member, "1e308", 1e308)
        yield from self._other_types(member)

    def _texts(self, member: Member) -> Iterator[Change]:
        schema = self.schemas.follow(member.pointer)[1]
        if isinstance(schema, dict) and schema.keys() & {"enum", "const"}:
            yield self._change(member, "an unknown text", _UNKNOWN)
            return
        many: Mapping[str, str] = {**texts.LONG, **texts.UNUSUAL, **texts.EMPTY, **texts.NUMERIC}
        for name, text in many.items():
            if name in texts.NUMERIC and name != "digits" and not self.is_form:
                continue
            yield self._change(member, name, text, telling=name in texts.TELLING)

    def _other_types(self, member: Member) -> Iterator[Change]:
        """Null, and the first other type that the schema doesn't know."""
        fits = self.schemas.validator(member.pointer).is_valid
        if not fits(None):
            yield self._change(member, "null", None, telling=True)
        others = {"a list": ["a"], "an object": {"a": 1}, "a number": 5}
        others.pop({"array": "a list", "object": "an object"}.get(member.kind, ""), None)
        for name in [name for name, other in others.items() if not fits(other)][:1]:
            yield self._change(member, name, others[name])

    def _unknown_members(self, members: list[Member]) -> Iterator[Change]:
        """Members that the document doesn't know, and deep ones."""
        objects = [member.place for member in members if member.kind == "object"]
        for place in [*objects, ()] if not self.is_form else [()]:
            where = "/" + "/".join((*place, _UNKNOWN))
            yield self._put(f"{where}: an unknown member", (*place, _UNKNOWN), "text", telling=True)
        if self.is_form or not isinstance(self.draft.value, dict):
            return
        place = (*(objects[0] if objects else ()), _UNKNOWN)
        for depth in _DEEP:
            yield self._deep(place, depth)

    def _deep(self, place: tuple[str, ...], depth: int) -> Change:
        body = as_json(put(self.draft.value, place, "DEEP"))
        deep = b'{"a":' * depth + b"1" + b"}" * depth
        request = replace(self.draft.request(), body=body.replace(b'"DEEP"', deep))
        return Change(f"{depth} objects in one another", request, telling=depth == _DEEP[0])

    def _files(self) -> Iterator[Change]:
        for name, file in (self.draft.value or {}).items() if self.is_form else ():
            if isinstance(file, File):
                for said, other in (
                    ("an empty file", replace(file, content=b"")),
                    (
                        "a file name beyond ASCII",
                        replace(file, name="\u0444\u00e9\U0001f680 \u202e.png"),
                    ),
                ):
                    yield self._put(f"/{name}: {said}", (name,), other, telling=True)

    def _is_file(self, member: Member) -> bool:
        value = (self.draft.value or {}).get(member.place[0])
        return isinstance(value, File) or (
            isinstance(value, list) and any(isinstance(one, File) for one in value)
        )

    def _change(
        self, member: Member, name: str, value: Any, *, telling: bool = False, at_edge: bool = False
    ) -> Change:
        change = self._put(f"{member.name}: {name}", member.place, value, telling=telling)
        return replace(change, at_edge=at_edge and change.check is None)

    def _put(self, name: str, place: tuple[str, ...], value: Any, *, telling: bool) -> Change:
        body = put(self.draft.value, place, value)
        check = NEGATIVE if not self.is_form and breaks(self.schemas, self.schema, body) else None
        return Change(name, self.draft.with_value(body).request(), check, telling=telling)
