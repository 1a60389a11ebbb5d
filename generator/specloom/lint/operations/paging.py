"""Rules on lists that come in pages: how far one may ask, and how one knows the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.walk import Node
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once
from specloom.lint.prose.bounds import bounds
from specloom.lint.prose.told import facts, facts_of
from specloom.media_types import is_json

from . import served
from .answers import successes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.lint.prose.told import Facts
    from specloom.lint.scope import Scope

UNBOUNDED_PAGE = Rule(
    "OAS330",
    "unbounded-page",
    "a paging parameter has no bounds",
    "Nobody knows how many entries one may ask for, or where pages begin, until a request is "
    "refused. Give the size of a page `minimum`, `maximum` and `default`, and the number of a page "
    "or the offset a `minimum`. Where the description tells them, bound-in-prose says so instead.",
    Severity.HINT,
)
ENDLESS_PAGING = Rule(
    "OAS331",
    "endless-paging",
    "a list comes in pages, and nothing in the answer tells the last one",
    "A client can only ask for pages until one is short or empty, which costs a request and goes "
    "wrong where the server caps the size. Answer a total, a `has_more`, the next cursor, or a "
    "`Link` header (RFC 8288).",
    Severity.HINT,
)

_SIZES: Final = {
    "limit", "perpage", "pagesize", "pagelimit", "maxresults", "pageitems", "itemsperpage",
}  # fmt: skip
_STARTS: Final = {"page", "offset", "skip", "pagenumber", "pageindex", "startindex"}
_END: Final = re.compile(
    r"total|count|more|next|cursor|last|end|pages|continue|token|remaining|length|"
    r"prev|links?$|paging|pagination|meta",
    re.IGNORECASE,
)
_END_HEADER: Final = re.compile(r"link|total|count|next|page|range|cursor|more", re.IGNORECASE)
_NUMBERS: Final = {"integer", "number"}


def unbounded(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The bounds that the schemas of paging parameters lack, where each is first lacking."""
    return once(
        Finding(parameter.pointer, f"{parameter.value['name']!r} has no {' and no '.join(lacks)}")
        for parameter in scope.nodes.get("parameter", ())
        if _plain(parameter) in _SIZES | _STARTS and (lacks := _lacking(parameter, scope))
        # What the description tells, another rule wants to be said by the schema.
        if not any(bounds(parameter, scope))
    )


def _lacking(parameter: Node, scope: Scope) -> list[str]:
    """The bounds that a paging parameter lacks; none if it has the one that matters."""
    said = facts(parameter, scope)
    needed = _needed(_plain(parameter))
    lacks = [word for word in needed if not _has(said, word)]
    is_number = said.types & _NUMBERS and not said.listed
    return lacks if is_number and needed[0] in lacks else []


def _needed(name: str) -> tuple[str, ...]:
    """What a paging parameter should say, first what it is reported for."""
    return ("maximum", "minimum", "default") if name in _SIZES else ("minimum",)


def _has(said: Facts, keyword: str) -> bool:
    return said.has(keyword, f"exclusive{keyword.capitalize()}")


def _plain(parameter: Node) -> str:
    """A query parameter's name without what sets its words apart; nothing for another's."""
    is_query = parameter.value.get("in") == "query"
    name = str(parameter.value.get("name", "")) if is_query else ""
    return name.lower().replace("_", "").replace("-", "")


def endless(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The lists that are paged by numbers and do not tell the end, where the first is."""
    return once(
        found
        for path in served.paths(scope)
        for operation in path.operations()
        for found in _endless(path, operation, scope)
    )


def _endless(path: served.Path, node: Node, scope: Scope) -> Iterator[Finding]:
    parameters = served.parameters(path, node, scope).values()
    names = {_plain(Node("parameter", "", found.value)) for found in parameters}
    if node.key != "get" or not names & _STARTS:
        return
    for answer in successes(node, scope):
        for name, media in answer.response.get("content", {}).items():
            schema = scope.follow(media).get("schema") if is_json(name) else None
            if not _tells_by_header(answer.response) and _is_list_without_end(schema, scope):
                yield Finding(answer.pointer, ENDLESS_PAGING.summary)
                return


def _tells_by_header(response: dict[str, Any]) -> bool:
    return any(_END_HEADER.search(name) for name in response.get("headers", {}))


def _is_list_without_end(schema: Any, scope: Scope) -> bool:
    """Whether a body has a list, and no field that could tell how far it goes."""
    said = facts_of(schema, scope)
    fields = {name: each for found in said.values("properties") for name, each in found.items()}
    if not fields:
        return said.types == {"array"}
    lists = [name for name, each in fields.items() if "array" in facts_of(each, scope).types]
    return len(lists) == 1 and not any(_END.search(name) for name in fields)


CHECKS: Final = (
    Check(UNBOUNDED_PAGE, "openapi", unbounded),
    Check(ENDLESS_PAGING, "openapi", endless),
)
