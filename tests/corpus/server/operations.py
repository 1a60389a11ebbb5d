"""The operations of a document, and which of them a request addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .files import Files, Place
    from .request import Request

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation: its method, its path template, where it stands, and its path item."""

    method: str
    template: str
    place: Place
    parameters: tuple[Place, ...]
    servers: tuple[str, ...]

    @property
    def value(self) -> dict[str, Any]:
        """What the document says of it."""
        found: dict[str, Any] = self.place.value
        return found


def operations(files: Files) -> Iterator[Operation]:
    """Every operation under `paths`; those of webhooks and callbacks are other servers'."""
    paths = files.root.get("paths")
    for template in paths.value if paths and isinstance(paths.value, dict) else ():
        if not template.startswith("/"):
            continue
        item = files.follow(files.root.at("paths", template))
        written = files.root.at("paths", template)
        for holder in dict.fromkeys([written.key, item.key]):
            place = written if holder == written.key else item
            for method in METHODS:
                if method in place.value:
                    yield _operation(files, method.upper(), template, place, place.at(method))
            for method in place.value.get("additionalOperations", {}):
                at = place.at("additionalOperations", method)
                yield _operation(files, method, template, place, at)


def matching(
    known: list[Operation], request: Request, *, any_host: bool
) -> list[tuple[Operation, dict[str, str]]]:
    """The operations that a request fits, with the texts in its path; the plainest first.

    A template with a query, which OpenAPI doesn't have, fits where that is a part of what came.
    """
    found = []
    for operation in known:
        query = operation.template.partition("?")[2]
        if operation.method == request.method and set(query.split("&")) - {""} <= set(
            request.query.split("&")
        ):
            match = _match(operation, request, any_host=any_host)
            if match:
                names = re.findall(r"\{([^{}]+)\}", operation.template)
                found.append((operation, dict(zip(names, match.groups(), strict=True))))
    return sorted(found, key=lambda pair: -len(re.sub(r"\{[^{}]+\}", "", pair[0].template)))


def _match(operation: Operation, request: Request, *, any_host: bool) -> re.Match[str] | None:
    urls = [urlsplit(server) for server in operation.servers]
    here = [url for url in urls if any_host or not _is_host(url) or _origin(url) == request.origin]
    bases, path = dict.fromkeys(url.path.rstrip("/") for url in here), request.path
    pattern = _pattern(operation.template)
    matches = (
        pattern.fullmatch(path.removeprefix(base)) for base in bases if path.startswith(base)
    )
    return next(filter(None, matches), None)


def _is_host(url: SplitResult) -> bool:
    """Whether a URL names a host; the default of a variable may be a word to replace."""
    return bool(url.netloc) and "{" not in url.netloc


def _origin(url: SplitResult) -> str:
    return f"{url.scheme}://{url.netloc}".lower()


_SAFE = "/:@!$&'()*+,;=~"


@cache
def _pattern(template: str) -> re.Pattern[str]:
    path = template.partition("?")[0].partition("#")[0]
    parts = [re.escape(quote(part, safe=_SAFE + "%")) for part in re.split(r"\{[^{}]+\}", path)]
    return re.compile("([^/?#]*)".join(parts))


def _operation(files: Files, method: str, template: str, item: Place, place: Place) -> Operation:
    unique: dict[tuple[str, str], Place] = {}
    for holder in (item, place):
        listed = holder.get("parameters")
        for index in range(len(listed.value) if listed and isinstance(listed.value, list) else 0):
            parameter = files.follow(holder.at("parameters", index))
            unique[parameter.value.get("in", ""), parameter.value.get("name", "")] = parameter
    holders = (place, item, files.root)
    listed = next((h.value["servers"] for h in holders if h.value.get("servers")), None)
    return Operation(
        method, template, place, tuple(unique.values()), tuple(_urls(listed or [{"url": "/"}]))
    )


def _urls(servers: list[dict[str, Any]]) -> Iterator[str]:
    """The URLs of servers, with every value that a variable may have."""
    for server in servers:
        variables = server.get("variables") or {}
        choices = [
            [(n, v) for v in {str(d.get("default", "")): 0, **dict.fromkeys(d.get("enum") or [])}]
            for n, d in variables.items()
        ]
        for chosen in list(product(*choices))[:100]:
            url = server.get("url", "/")
            for name, value in chosen:
                url = url.replace(f"{{{name}}}", str(value))
            yield url
