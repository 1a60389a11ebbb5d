"""Rules on servers: there is one, and its URL is one that paths can be put behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.operations import served
from specloom.lint.paths.template import brace_fault, expressions, query_fault, repetition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NO_SERVER = Rule(
    "OAS130",
    "no-server",
    "document says of no server where it is",
    "Without `servers` the API is taken to be at `/` of wherever the document lies (OAS 3.2 §4.1), "
    "which is seldom meant, and nowhere once the document is a file: a client has to be told.",
    Severity.WARNING,
)
TRAILING_SLASH = Rule(
    "OAS131",
    "server-trailing-slash",
    "server URL ends with a slash",
    "A path is put behind the server's URL and begins with a slash itself (OAS 3.2 §4.8), so the "
    "address has two: `https://api.example.com//things`. Many servers answer 404 to that.",
    Severity.WARNING,
)
MALFORMED_SERVER_URL = Rule(
    "OAS132",
    "malformed-server-url",
    "paths can't be put behind the server's URL",
    "A path is put behind the server's URL, so this has neither a query nor a fragment, each brace "
    "opens or closes a variable, and no variable stands there twice (OAS 3.2 §4.5).",
)
EXAMPLE_SERVER = Rule(
    "OAS136",
    "example-server",
    "server is at a domain for examples",
    "`example.com` and its like are reserved for examples (RFC 2606): no API is there. Give the "
    "real address, or a URL relative to where the document lies.",
    Severity.WARNING,
)
NAMELESS_SERVER = Rule(
    "OAS137",
    "nameless-server",
    "server URL has no host, or is nothing but a variable",
    "A URL such as `{base_url}` leaves all of the address to a variable, and an empty one names "
    "nothing: tools that show or compare servers see no host and no path. Write what is fixed, at "
    "best the whole URL, and make variables of the rest.",
    Severity.WARNING,
)
DUPLICATE_SERVER = Rule(
    "OAS138",
    "duplicate-server",
    "server is listed twice",
    "Servers of one list are told apart by their URLs, and by their names, which must be unique "
    "(OAS 3.2 §4.5). One of the two is left over, or has the other's address by mistake.",
    Severity.WARNING,
)
PLAIN_HTTP_SERVER = Rule(
    "OAS139",
    "plain-http-server",
    "server is reached without TLS",
    "Over `http:` everybody on the way can read and change what is sent (RFC 9110 §4.2.2). Within "
    "a closed network that may do, so this rule is off by default.",
    Severity.WARNING,
    recommended=False,
)

_RESERVED: Final = re.compile(
    r"//([^/?#@]*@)?([^/:?#]+\.)?(example\.(com|net|org)|example)(?=[:/?#]|$)", re.IGNORECASE
)
_LOCAL: Final = re.compile(
    r"http://(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|[^/:]+\.localhost)(?=[:/]|$)",
    re.IGNORECASE,
)


def servers(scope: Scope) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every server of the document, of its paths and of its operations, with its pointer."""
    for kind in ("openapi", "path-item", "operation"):
        for node in scope.nodes.get(kind, ()):
            for index, server in enumerate(node.value.get("servers", ())):
                yield join(node.pointer, "servers", index), server


def is_plain_http(url: str) -> bool:
    """Whether requests to a URL go over a network without TLS."""
    return url.lower().startswith("http://") and not _LOCAL.match(url)


def missing_servers(node: Node, scope: Scope) -> Iterator[Finding]:
    """The document, if some path has a server neither of its own nor from the top."""
    if not node.value.get("servers") and any(_lacks_server(path) for path in served.paths(scope)):
        place = "/servers" if "servers" in node.value else "/paths"
        yield Finding(place, NO_SERVER.summary, "add `servers`, in the overlay if need be")


def _lacks_server(path: served.Path) -> bool:
    if any(item.value.get("servers") for item in path.items):
        return False
    return any(not operation.value.get("servers") for operation in path.operations())


def trailing_slashes(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server URL that ends with a slash and is more than one."""
    for pointer, url in _urls(scope):
        if url.endswith("/") and not url.endswith("//") and url != "/":
            yield Finding(join(pointer, "url"), f"{url!r} ends with a slash", "leave it out")


def malformed_urls(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server URL that has what it must not."""
    for pointer, url in _urls(scope):
        fault = brace_fault(url) or query_fault(url) or repetition(url)
        if fault:
            yield Finding(join(pointer, "url"), f"{url!r} has {fault}")


def example_servers(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server at a domain that is reserved for examples."""
    for pointer, url in _urls(scope):
        if _RESERVED.search(url):
            yield Finding(join(pointer, "url"), f"{url!r} is at a domain for examples")


def nameless_servers(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server URL that is empty, ends before the host or is wholly a variable."""
    for pointer, url in _urls(scope):
        if not url.strip() or url.endswith("://"):
            yield Finding(join(pointer, "url"), f"server URL {url!r} names no host")
        elif expressions(url) == [url.rstrip("/")[1:-1]]:
            hint = "write the default's URL, or what of it is fixed"
            yield Finding(join(pointer, "url"), f"{url!r} is nothing but a variable", hint)


def duplicate_servers(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every server whose URL or name an earlier one of the same list has."""
    for field in ("url", "name"):
        seen: set[str] = set()
        for index, server in enumerate(node.value.get("servers", ())):
            said = str(server.get(field, ""))
            if said and said in seen:
                pointer = join(node.pointer, "servers", index, field)
                yield Finding(pointer, f"an earlier server has {field} {said!r} already")
            seen.add(said)


def plain_http_servers(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server that is reached without TLS."""
    for pointer, url in _urls(scope):
        if is_plain_http(url):
            yield Finding(join(pointer, "url"), f"{url!r} is reached without TLS", "use https")


def _urls(scope: Scope) -> Iterator[tuple[str, str]]:
    for pointer, server in servers(scope):
        if isinstance(server.get("url"), str):
            yield pointer, server["url"]


CHECKS = (
    Check(NO_SERVER, "openapi", missing_servers),
    Check(TRAILING_SLASH, "openapi", trailing_slashes),
    Check(MALFORMED_SERVER_URL, "openapi", malformed_urls),
    Check(EXAMPLE_SERVER, "openapi", example_servers),
    Check(NAMELESS_SERVER, "openapi", nameless_servers),
    Check(DUPLICATE_SERVER, "openapi", duplicate_servers),
    Check(DUPLICATE_SERVER, "path-item", duplicate_servers),
    Check(DUPLICATE_SERVER, "operation", duplicate_servers),
    Check(PLAIN_HTTP_SERVER, "openapi", plain_http_servers),
)
