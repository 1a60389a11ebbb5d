"""The body of an operation, drawn whole, into the arguments that it is given by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.corpus.making.letters import ANY
from tests.corpus.making.texts import CONTENTS

from .drawing import Types, Wanted
from .fitting import fits_form, has_shape, property_of

if TYPE_CHECKING:
    from tests.corpus.server.contents import Content
    from tests.corpus.server.document import Described

    from .arguments import Call
    from .package import Method

_BOOLEANS = st.booleans()
_TEXTS = st.text(ANY.strategy, max_size=20)


class Bodies:
    """Draws the bodies of one method."""

    def __init__(self, method: Method, described: Described, types: Types) -> None:
        self._method, self._described, self._types = method, described, types
        self._body = method.operation.body

    def add(self, draw: Any, call: Call, *, by_document: bool) -> None:
        """Add a body to a call, if there is one to be given."""
        body = self._body
        if body is None or not (body.required or not draw(_BOOLEANS)):
            return
        media_type = body.media_type.partition(";")[0].strip().lower()
        content = self._described.body_for(media_type)
        if body.type in {bytes, str} or content is None or not has_shape(media_type):
            self._add_plain(draw, call, content)
            return
        wanted = Wanted(
            "the body", body.type, content, lambda wire: fits_form(media_type, wire),
            adds=media_type.endswith("json"),  # the parts of a form are told apart by their names
        )  # fmt: skip
        drawn = self._types.draw(draw, wanted, by_document=by_document)
        call.is_wider |= drawn.is_wider
        if body.arguments is None:
            call.give_body(drawn.wire, drawn.value)
        else:
            self._add_properties(draw, call, drawn.wire, drawn.value)

    def _add_plain(self, draw: Any, call: Call, content: Content | None) -> None:
        body = self._body
        if body.media_type.partition(";")[0].endswith("json") and content is not None:
            wanted = Wanted("the body", body.type, content)
            drawn = self._types.draw(draw, wanted, by_document=True)
            call.give_body(drawn.wire, drawn.value)
        elif body.type is str or body.media_type.startswith("text/"):
            text = draw(_TEXTS)
            call.give_body(text, text if body.type is str else text.encode())
        else:
            data = draw(CONTENTS)
            call.give_body(data, data)

    def _add_properties(self, draw: Any, call: Call, wire: Any, value: Any) -> None:
        """Give each property by its own argument; those without one by `extra_body`."""
        body = self._body
        by_name = {name: argument for argument, name in body.arguments.items()}
        extra = {n: item for n, item in wire.items() if n not in {*by_name, *body.constants}}
        # What may be left out but not be null is left out.
        wire = {
            n: v for n, v in wire.items() if v is not None or by_name.get(n) not in body.not_null
        }
        for name in [name for name in wire if name in by_name]:
            if name in body.files:
                given = self._files(draw, call, name, wire[name])
            else:
                given = self._given(draw, by_name[name], wire[name], value, name)
            call.arguments[by_name[name]] = given
        call.has_body = body.required or bool(wire.keys() & by_name.keys()) or bool(extra)
        if extra and call.has_body:
            call.arguments["extra_body"] = extra
        call.body = {**wire, **body.constants}

    def _given(self, draw: Any, argument: str, wire: Any, value: Any, name: str) -> Any:
        """The value of a property; an object as a mapping where the signature admits one."""
        annotation = str(self._method.signature.parameters[argument].annotation)
        if isinstance(wire, dict) and "Mapping" in annotation and draw(_BOOLEANS):
            return wire
        return property_of(value, name)

    def _files(self, draw: Any, call: Call, name: str, wire: Any) -> Any:
        """A file, or a list of them: bytes alone, with a name, or with a media type, too."""
        contents = [draw(CONTENTS) for _ in (wire if isinstance(wire, list) else [wire])]
        call.files[name] = contents
        given = [
            draw(st.sampled_from([c, ("a.bin", c), ("ä b.txt", c, "text/plain")])) for c in contents
        ]
        return given if isinstance(wire, list) else given[0]
