"""What was meant, and what came, into a failure where they differ."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from .equality import difference, same, same_texts
from .server.bodies import File
from .unread import unread_property

if TYPE_CHECKING:
    from .client.arguments import Call
    from .client.package import Method
    from .server.answers import Sent
    from .server.document import Read


class Failure(Exception):  # noqa: N818 (what a round trip ends in)
    """What is not as it was meant, in one line."""


def compare_request(method: Method, call: Call, read: Read) -> None:
    operation = read.operation.operation
    if (operation.method, operation.template) != method.address:
        raise Failure(f"request: it came to {operation.method} {operation.template}")
    came = {_key(key): values for key, values in read.parameters.items()}
    for key, wire in call.parameters.items():
        _compare_parameter(" ".join(key), _bare(wire), came.pop(_key(key), []))
    if came:
        raise Failure(f"request: {' '.join(next(iter(came)))} came unasked")
    if call.has_body != read.has_body:
        raise Failure(
            f"request: a body was {_not(is_so=call.has_body)}given, "
            f"it did {_not(is_so=read.has_body)}come"
        )
    if call.has_body:
        _compare_body(call, read)


def _key(key: tuple[str, str]) -> tuple[str, str]:
    """What tells a parameter from others; headers have no case."""
    location, name = key
    return location, name.lower() if location == "header" else name


def _compare_parameter(where: str, meant: Any, came: list[Any]) -> None:
    """Compare a parameter with what it may have been read as; empty is as good as absent."""
    is_absent = not came and meant in ([], {})
    if not is_absent and not any(same_texts(meant, _bare(each)) for each in came):
        raise Failure(f"request: {where} was {meant!r:.100}, came as {_first(came)!r:.100}")


def _bare(value: Any) -> Any:
    """A value without null, which no style says how to write (RFC 6570 §2.3)."""
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if item is not None}
    return [item for item in value if item is not None] if isinstance(value, list) else value


def _first(found: list[Any]) -> Any:
    return found[0] if found else None


def _not(*, is_so: bool) -> str:
    return "" if is_so else "not "


def _compare_body(call: Call, read: Read) -> None:
    is_form = "json" not in read.media_type
    came = read.body
    if isinstance(came, bytes) or isinstance(call.body, bytes):
        sent = call.body.encode() if isinstance(call.body, str) else call.body
        got = came.encode() if isinstance(came, str) else came
        if sent != got:
            raise Failure(f"request: the body was {sent!r:.100}, came as {got!r:.100}")
        return
    came = dict(came) if isinstance(came, dict) else came
    meant = dict(call.body) if isinstance(call.body, dict) else call.body
    for name, contents in call.files.items():
        got = came.pop(name, None)
        meant.pop(name, None)
        files = got if isinstance(got, list) else [got]
        if [f.content if isinstance(f, File) else f for f in files] != contents:
            raise Failure(f"request: the file {name} was {contents!r:.100}, came as {got!r:.100}")
    equal = same_texts if is_form else same
    if not equal(meant, came):
        raise Failure(f"request: body {difference(meant, came)}")


def compare_answer(method: Method, sent: Sent, value: Any) -> None:
    if sent.choice.media_type is None or (sent.answer.content == b"" and sent.value is None):
        if value is not None and value not in (b"", ""):
            raise Failure(f"answer: nothing was sent, {value!r:.100} was given")
        return
    if isinstance(value, bytes | str) and not isinstance(sent.value, str | bytes):
        content = sent.answer.content
        if value != (content if isinstance(value, bytes) else content.decode()):
            raise Failure(f"answer: was {content!r:.100}, is {value!r:.100}")
        return
    if isinstance(sent.value, bytes | str) and "json" not in (sent.choice.media_type or ""):
        got = value.encode() if isinstance(value, str) and isinstance(sent.value, bytes) else value
        got = got.decode() if isinstance(got, bytes) and isinstance(sent.value, str) else got
        if got != sent.value:
            raise Failure(f"answer: was {sent.value!r:.100}, is {value!r:.100}")
        return
    written = _written(method, sent, value)
    if not same(sent.value, written):
        raise Failure(f"answer: {difference(sent.value, written)}")
    unread = unread_property(value, sent.choice.content.schema)
    if unread:
        raise Failure(f"answer: {unread} is a property that the model has no field for")
    if hasattr(value, "to_wire") and not same(sent.value, value.to_wire()):
        raise Failure(f"answer: to_wire: {difference(sent.value, value.to_wire())}")


def _written(method: Method, sent: Sent, value: Any) -> Any:
    """The value as JSON again, by the type that the method promises."""
    type_ = _content_type(method, sent)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            if isinstance(value, list) and hasattr(type_, "type"):
                if all(isinstance(each, str) for each in value):
                    return value
                lists: Any = list
                items: TypeAdapter[Any] = TypeAdapter(lists[type_.type])
                return items.dump_python(value, mode="json", by_alias=True, exclude_unset=True)
            return TypeAdapter(type_).dump_python(
                value, mode="json", by_alias=True, exclude_unset=True
            )
        except UserWarning as warning:
            raise Failure(
                f"answer: it is not of its type: {str(warning).splitlines()[-1]:.200}"
            ) from None


def _content_type(method: Method, sent: Sent) -> Any:
    status, name = str(sent.choice.status), sent.choice.media_type
    for wanted in (status, f"{status[0]}XX", "DEFAULT"):
        for answer in method.operation.answers:
            if answer.status.upper() == wanted and name in answer.content:
                return answer.content[name]
    raise Failure(f"answer: the client knows no {status} {name}")
