"""Security schemes and requirements into how a client authenticates (OAS 3.2 §4.27, §4.30)."""

from __future__ import annotations

from typing import Any

from specloom.ir import Security, SecurityScheme


def schemes(tree: dict[str, Any]) -> tuple[SecurityScheme, ...]:
    """The schemes that a client can follow; a token of OAuth 2 or OpenID is sent as bearer."""
    declared = tree.get("components", {}).get("securitySchemes", {})
    found = (_scheme(name, scheme) for name, scheme in declared.items())
    return tuple(scheme for scheme in found if scheme)


def requirements(
    declared: list[dict[str, list[str]]], known: tuple[SecurityScheme, ...]
) -> Security:
    """The alternatives that a client can follow."""
    names = {scheme.name_wire for scheme in known}
    return tuple(tuple(alternative) for alternative in declared if set(alternative) <= names)


def _scheme(name: str, scheme: dict[str, Any]) -> SecurityScheme | None:
    match scheme:
        case {"type": "http", "scheme": str(kind)} if kind.lower() in ("bearer", "basic"):
            return SecurityScheme(name, kind.lower())
        case {"type": "oauth2" | "openIdConnect"}:
            return SecurityScheme(name, "bearer")
        case {"type": "apiKey", "in": str(location), "name": str(parameter)}:
            return SecurityScheme(name, "apiKey", location, parameter)
    return None
