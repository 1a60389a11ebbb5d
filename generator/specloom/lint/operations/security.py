"""Rules on what operations ask of their caller: schemes and scopes that exist, none forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once

from . import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNDEFINED_SCHEME = Rule(
    "OAS801",
    "undefined-security-scheme",
    "security names a scheme that is not defined",
    "Each name in a security requirement is that of a scheme under `components.securitySchemes` "
    "(OAS 3.2 §4.30). Without it nobody knows what to send.",
)
UNDEFINED_SCOPE = Rule(
    "OAS802",
    "undefined-scope",
    "security asks for a scope that no flow offers",
    "The `scopes` of an OAuth 2 scheme's flows are those that can be asked for (OAS 3.2 §4.29). A "
    "client that asks for another gets `invalid_scope` (RFC 6749 §5.2). An empty map promises "
    "nothing, so the scopes belong there.",
    Severity.WARNING,
)
SCOPE_OF_SCOPELESS = Rule(
    "OAS803",
    "scope-of-scopeless-scheme",
    "security gives scopes to a scheme that has none",
    "In OpenAPI 3.0 only `oauth2` and `openIdConnect` have scopes; for all others the list must be "
    "empty (OAS 3.0.4 §4.7.30). From 3.1 on it may name roles.",
)
UNPROTECTED_OPERATION = Rule(
    "OAS804",
    "unprotected-operation",
    "operation does not say whether it asks for a key",
    "Others say by `security` what to send; this one has none, nor has the document (OAS 3.2 "
    "§4.10). Whether it is open to all or was forgotten can't be told: say `security: []` if it is "
    "open.",
    Severity.WARNING,
)
NO_SECURITY = Rule(
    "OAS813",
    "no-security",
    "document says nothing of security",
    "It has neither security schemes nor a `security` (OAS 3.2 §4.1), so nobody can tell whether "
    "the API is open to all or the keys were forgotten. Say `security: []` at the top if it is "
    "open.",
    Severity.HINT,
)


def undefined_schemes(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every scheme that is asked for and not defined, where it is first."""
    schemes = _schemes(scope)
    return once(
        Finding(pointer, f"security scheme {name!r} is not defined")
        for pointer, name, _ in _requirements(scope)
        # From 3.2 on it may be a URI as well.
        if name not in schemes and not {"/", "#", ":"} & set(name)
    )


def undefined_scopes(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every scope that is asked for and no flow of the scheme offers, where it is first."""
    offered = {name: _offered(scope.follow(entry)) for name, entry in _schemes(scope).items()}
    return once(
        Finding(join(pointer, index), f"no flow of {name!r} offers the scope {wanted!r}")
        for pointer, name, scopes in _requirements(scope)
        if (known := offered.get(name)) is not None
        for index, wanted in enumerate(scopes)
        if wanted not in known
    )


def _offered(scheme: Any) -> set[str] | None:
    """The scopes of a scheme's flows; None if it is of another type."""
    if not isinstance(scheme, dict) or scheme.get("type") != "oauth2":
        return None
    flows = [flow for flow in scheme.get("flows", {}).values() if isinstance(flow, dict)]
    return {name for flow in flows for name in flow.get("scopes", ())}


def scopes_of_scopeless(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every scheme that in 3.0 has no scopes and is given some, where it is first."""
    if not scope.version.startswith("3.0"):
        return iter(())
    followed = {name: scope.follow(entry) for name, entry in _schemes(scope).items()}
    return once(
        Finding(pointer, f"scheme {name!r} of type {scheme['type']!r} has no scopes")
        for pointer, name, scopes in _requirements(scope)
        if scopes and (scheme := followed.get(name, {})).get("type") in {"apiKey", "http"}
    )


def unprotected(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every operation that says nothing of security, where others do."""
    if "security" in node.value:
        return
    operations = list(served.operations(scope))
    if any("security" in operation.value for operation in operations):
        for operation in operations:
            if "security" not in operation.value:
                yield Finding(
                    operation.pointer,
                    UNPROTECTED_OPERATION.summary,
                    "say `security: []` if it asks for none",
                )


def no_security(node: Node, scope: Scope) -> Iterator[Finding]:
    """The paths, if nothing in the document speaks of security."""
    if "security" in node.value or _schemes(scope):
        return
    operations = list(served.operations(scope))
    if operations and not any("security" in operation.value for operation in operations):
        yield Finding("/paths", NO_SECURITY.summary)


def _requirements(scope: Scope) -> Iterator[tuple[str, str, list[Any]]]:
    """Each scheme that a requirement names: where, its name and the scopes."""
    for node in (*scope.nodes["openapi"], *scope.nodes.get("operation", ())):
        for index, requirement in enumerate(node.value.get("security", ())):
            for name, scopes in requirement.items():
                yield join(node.pointer, "security", index, name), name, scopes


def _schemes(scope: Scope) -> dict[str, Any]:
    schemes: dict[str, Any] = scope.tree.get("components", {}).get("securitySchemes", {})
    return schemes


CHECKS = (
    Check(UNDEFINED_SCHEME, "openapi", undefined_schemes),
    Check(UNDEFINED_SCOPE, "openapi", undefined_scopes),
    Check(SCOPE_OF_SCOPELESS, "openapi", scopes_of_scopeless, as_written=True),
    Check(UNPROTECTED_OPERATION, "openapi", unprotected),
    Check(NO_SECURITY, "openapi", no_security),
)
