"""Rules on security schemes: what they are called, and how safe what they send is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.top_level.servers import is_plain_http, servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNREGISTERED_SCHEME = Rule(
    "OAS805",
    "unregistered-http-scheme",
    "HTTP authentication scheme is not registered",
    "`scheme` is the first word of the `Authorization` header and should be one of IANA's HTTP "
    "Authentication Schemes (OAS 3.2 §4.27, RFC 9110 §16.4.1), such as `bearer` or `basic`. A key "
    "in a header of its own is `type: apiKey`.",
    Severity.WARNING,
)
KEY_IN_QUERY = Rule(
    "OAS806",
    "key-in-query",
    "API key is sent in the URL",
    "URLs end up in logs, histories and `Referer` headers, and a key in a URL with them (RFC 9110 "
    "§17.9). A header keeps it out of there.",
    Severity.HINT,
)
KEY_WITHOUT_TLS = Rule(
    "OAS807",
    "key-without-tls",
    "keys are sent to a server without TLS",
    "The document asks for keys or passwords, and everybody on the way to an `http:` server can "
    "read them (RFC 7617 §4, RFC 6750 §5.3). Give its `https:` address.",
    Severity.HINT,
)
FLOW_WITHOUT_TLS = Rule(
    "OAS808",
    "flow-without-tls",
    "tokens are fetched without TLS, or from nowhere",
    "OAuth 2 and OpenID Connect require TLS of the URLs where tokens are fetched (OAS 3.2 §4.29, "
    "RFC 6749 §3.1, §3.2): what passes there is a password or a key.",
    Severity.WARNING,
)

_REGISTERED: Final = {
    "basic", "bearer", "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate",
    "oauth", "privatetoken", "scram-sha-1", "scram-sha-256", "vapid",
}  # fmt: skip
_SENDING: Final = {"apiKey", "http", "oauth2", "openIdConnect"}
_URLS: Final = (
    "authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl",
)  # fmt: skip


def unregistered_schemes(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The scheme, if it is HTTP's and IANA does not know it."""
    scheme = str(node.value.get("scheme", ""))
    if node.value.get("type") == "http" and scheme.lower() not in _REGISTERED:
        message = f"{scheme!r} is no registered HTTP authentication scheme"
        yield Finding(join(node.pointer, "scheme"), message)


def keys_in_query(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The scheme, if it puts its key into the URL."""
    if node.value.get("type") == "apiKey" and node.value.get("in") == "query":
        message = f"the key {node.value.get('name')!r} is sent in the URL"
        yield Finding(join(node.pointer, "in"), message)


def keys_without_tls(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every server without TLS, if the document has a scheme that sends a key."""
    schemes = scope.nodes.get("security-scheme", ())
    if any(scheme.value.get("type") in _SENDING for scheme in schemes):
        for pointer, server in servers(scope):
            if is_plain_http(str(server.get("url", ""))):
                yield Finding(join(pointer, "url"), f"keys are sent to {server['url']!r} in clear")


def flows_without_tls(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every URL of the scheme that is empty or not under TLS; a relative one is the server's."""
    fields = [(join(node.pointer, "openIdConnectUrl"), node.value.get("openIdConnectUrl"))]
    for name, flow in node.value.get("flows", {}).items():
        if isinstance(flow, dict):
            place = join(node.pointer, "flows", name)
            fields += [(join(place, field), flow.get(field)) for field in _URLS]
    for pointer, url in fields:
        if url is not None and (not str(url).strip() or is_plain_http(str(url))):
            yield Finding(pointer, f"{url!r} is not under TLS" if url else "the URL is empty")


CHECKS = (
    Check(UNREGISTERED_SCHEME, "security-scheme", unregistered_schemes),
    Check(KEY_IN_QUERY, "security-scheme", keys_in_query),
    Check(KEY_WITHOUT_TLS, "openapi", keys_without_tls),
    Check(FLOW_WITHOUT_TLS, "security-scheme", flows_without_tls),
)
