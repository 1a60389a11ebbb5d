"""Security schemes and requirements into how a client authenticates (OAS 3.2 §4.27, §4.30)."""

from __future__ import annotations

import re
from typing import Any, Final

from specloom.ir import Security, SecurityScheme

_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# What each request must be signed for, or a server has to be asked first.
_ANSWERING: Final = {
    "digest", "dpop", "gnap", "hmac", "hoba", "mutual", "negotiate", "ntlm", "oauth",
    "privatetoken", "scram-sha-1", "scram-sha-256", "signature", "vapid",
}  # fmt: skip


def schemes(tree: dict[str, Any]) -> tuple[SecurityScheme, ...]:
    """The schemes that a client can follow; a token of OAuth 2 or OpenID is sent as bearer."""
    declared = tree.get("components", {}).get("securitySchemes", {})
    found = (_scheme(name, scheme) for name, scheme in declared.items())
    return tuple(scheme for scheme in found if scheme)


def requirements(
    declared: list[dict[str, list[str]]], known: tuple[SecurityScheme, ...]
) -> Security:
    """The alternatives that a client can follow, the one without any scheme last.

    If there is none, each without the schemes that the client doesn't know: the caller's own
    HTTP client may meet them (`mutualTLS`), or `extra_headers`.
    """
    names = {scheme.name_wire for scheme in known}
    followed = [tuple(found) for found in declared if set(found) <= names]
    if not followed:
        followed = [tuple(name for name in found if name in names) for found in declared]
    return tuple(dict.fromkeys(sorted(followed, key=lambda found: not found)))


def unmet(declared: list[dict[str, list[str]]], known: tuple[SecurityScheme, ...]) -> list[str]:
    """The schemes that a client would need, and sends nothing for."""
    names = {scheme.name_wire for scheme in known}
    if any(set(found) <= names for found in declared):
        return []
    return sorted({name for found in declared for name in found} - names)


def _scheme(name: str, scheme: dict[str, Any]) -> SecurityScheme | None:
    match scheme:
        case {"type": "http", "scheme": str(kind)} if kind.lower() in ("bearer", "basic"):
            return SecurityScheme(name, kind.lower())
        case {"type": "http", "scheme": str(kind)} if _can_prefix(kind):
            return SecurityScheme(name, "apiKey", "header", "authorization", f"{kind} ")
        case {"type": "oauth2" | "openIdConnect"}:
            return SecurityScheme(name, "bearer")
        case {"type": "apiKey", "in": str(location), "name": str(parameter)}:
            return SecurityScheme(name, "apiKey", location, parameter)
    return None


def _can_prefix(scheme: str) -> bool:
    """Whether a caller's credentials stand behind a scheme as they are (RFC 9110 §11.4)."""
    return bool(_TOKEN.fullmatch(scheme)) and scheme.lower() not in _ANSWERING
