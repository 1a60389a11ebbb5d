"""Rules on answers whose status and content contradict each other, or the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.document.references import is_reference
from specloom.document.walk import Node
from specloom.lint.check import Check, Finding
from specloom.lint.prose.told import facts_of
from specloom.media_types import is_json

from .answers import answers, successes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.lint.scope import Scope

NEVER_ANSWERED = Rule(
    "OAS421",
    "never-answered",
    "the operation can hardly answer a status that it documents",
    "The answer is about something that the request never names: a thing that is not in the path, "
    "the parameters or the body, or a body where there is none. It was copied from elsewhere, or "
    "the request lacks a field. Callers write code for it that never runs.",
    Severity.HINT,
)
ERROR_AS_SUCCESS = Rule(
    "OAS422",
    "error-as-success",
    "an error answers the schema of the success",
    "One schema describes what is asked for and what is said when it can't be given; most often "
    "the reference was copied. Describe errors by a schema of their own, such as problem details "
    "(RFC 9457 §3).",
    Severity.HINT,
)
STATUS_CONTRADICTED = Rule(
    "OAS424",
    "status-contradicted",
    "description or example contradicts the status that it stands under",
    "The text or the example tells another outcome than the status: an example with `status: 400` "
    "under 404, or a success described as an error. One of the two was copied and not changed.",
    Severity.WARNING,
)

_THING: Final = (
    r"^(?:(?:the|no such|requested|specified) ){0,3}([A-Za-z]{3,30}"
    r"(?: (?!does|doesn't|do |not |was |is |are |were |could )[a-z]{3,30})?) "
)
_MISSING: Final = re.compile(
    rf"{_THING}(?:(?:does not|doesn't|do not|not) exists?|(?:was |is |are |were )?not found)\b",
    re.IGNORECASE,
)
_GENERAL: Final = {
    "resource", "object", "record", "item", "page", "entity", "url", "path", "route", "endpoint",
    "error", "data", "result", "results", "anything", "nothing", "status", "file", "given", "is",
    "was", "could", "requested", "specified", "content", "entry", "response", "invalid", "api",
    "not", "found", "the", "with", "one", "more", "any", "that", "you", "component", "element",
    "thing",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z][a-z]+|[A-Z]+")
_NEEDS_BODY: Final = {"413", "415"}
_OUTCOMES: Final = {
    "2": re.compile(r"(?:ok|success(?:ful(?:ly)?)?|created|accepted|no content)\.?", re.IGNORECASE),
    "4": re.compile(
        r"(?:bad request|unauthori[sz]ed|forbidden|not found|conflict|"
        r"(?:internal )?server error|too many requests|error)\.?",
        re.IGNORECASE,
    ),
}
_ERROR_FIELDS: Final = {
    "error", "errors", "message", "msg", "code", "status", "success", "ok", "detail", "title",
    "reason", "errcode", "err", "result",
}  # fmt: skip
_STATUS_FIELDS: Final = ("status", "statusCode", "status_code", "httpStatus", "http_status")


def never_answered(node: Node, scope: Scope) -> Iterator[Finding]:
    """The answers that are about what the request does not have."""
    for status, pointer, response in answers(node, scope):
        if status in _NEEDS_BODY and "requestBody" not in node.value:
            yield Finding(pointer, f"{status} is about a body, and the request has none")
        elif status == "404":
            text = response.get("description")
            thing = _thing(text) if isinstance(text, str) else ()
            is_shared = is_reference(node.value["responses"].get(status))
            if thing and not is_shared and not thing & _vocabulary(node, scope):
                named = " ".join(sorted(thing))
                yield Finding(pointer, f"404 is about a {named}, which the request never names")


def _thing(text: str) -> set[str]:
    """The words for what is said not to exist, in their plain form."""
    found = _MISSING.match(text[:200].strip())
    words = found[1].split() if found else []
    plain = {_stem(word) for word in words}
    return set() if plain & {_stem(word) for word in _GENERAL} else plain


def _stem(word: str) -> str:
    word = word.lower()
    return word[:-3] if word.endswith("ies") else word.rstrip("s").rstrip("y").rstrip("e")


def _vocabulary(node: Node, scope: Scope) -> set[str]:
    """The words in the names of an operation, its path, its parameters and its body's fields."""
    names = [node.pointer, str(node.value.get("operationId")), str(node.value.get("summary"))]
    names += [str(tag) for tag in node.value.get("tags", ())]
    names.append(str(node.value.get("description")))
    for parameter in (*node.value.get("parameters", ()), *_shared(node, scope)):
        found = scope.follow(parameter)
        names += [str(found.get("name")), str(found.get("description"))]
    content = scope.follow(node.value.get("requestBody", {})).get("content", {})
    for media in content.values():
        names += _fields(scope.follow(media).get("schema"), scope)
    return {_stem(word) for name in names for word in _WORD.findall(name)}


def _shared(node: Node, scope: Scope) -> list[Any]:
    """The parameters of all operations of the path."""
    holder = node.parent if isinstance(node.parent, dict) else {}
    return list(scope.follow(holder).get("parameters", ()))


def _fields(schema: Any, scope: Scope) -> Iterator[str]:
    """The names and descriptions of a body's fields, those of the fields within them too."""
    pending, seen = [schema], 0
    while pending and seen < 200:  # noqa: PLR2004
        seen += 1
        said = facts_of(pending.pop(), scope)
        yield from (str(text) for text in said.values("description"))
        pending.extend(said.values("items"))
        for properties in said.values("properties"):
            yield from properties
            pending.extend(properties.values())


def errors_as_success(node: Node, scope: Scope) -> Iterator[Finding]:
    """The errors whose body is the component that a success answers."""
    good = {name for each in successes(node, scope) for name in _components(each.response)}
    for status, pointer, response in answers(node, scope) if good else ():
        for name in _components(response) if status[:1] in {"4", "5"} else ():
            if name in good and not _tells_errors(name, scope):
                named = name.rpartition("/")[2]
                yield Finding(pointer, f"{status} answers {named!r}, as a success does")


def _components(response: dict[str, Any]) -> Iterator[str]:
    for name, media in response.get("content", {}).items():
        schema = media.get("schema")
        if is_json(name) and is_reference(schema):
            yield schema["$ref"]


def _tells_errors(reference: str, scope: Scope) -> bool:
    """Whether a schema has a field in which an error could be told, or may have any."""
    said = facts_of({"$ref": reference}, scope)
    names = {name.lower() for fields in said.values("properties") for name in fields}
    return not names or bool(names & _ERROR_FIELDS)


def contradictions(node: Node, scope: Scope) -> Iterator[Finding]:
    """The description and the examples of an answer that tell another status."""
    status = str(node.key)
    if not re.fullmatch("[1-5][0-9][0-9]", status) or "responses" not in node.pointer:
        return
    text = node.value.get("description")
    other = _OUTCOMES["4" if status[0] == "2" else "2"]
    if isinstance(text, str) and status[0] in "245" and other.fullmatch(text.strip()):
        yield Finding(join(node.pointer, "description"), f"{text.strip()!r} under {status}")
    yield from _examples(node, status, scope)


def _examples(node: Node, status: str, scope: Scope) -> Iterator[Finding]:
    for name, entry in node.value.get("content", {}).items():
        pointer, media = scope.target(join(node.pointer, "content", name), entry)
        for where, value in scope.examples(Node("media-type", pointer, media)):
            for field in _STATUS_FIELDS if isinstance(value, dict) else ():
                told = value.get(field)
                if type(told) is int and 200 <= told < 600 and str(told) != status:  # noqa: PLR2004
                    yield Finding(join(where, field), f"the example says {told} under {status}")


CHECKS: Final = (
    Check(NEVER_ANSWERED, "operation", never_answered),
    Check(ERROR_AS_SUCCESS, "operation", errors_as_success),
    Check(STATUS_CONTRADICTED, "response", contradictions),
)
