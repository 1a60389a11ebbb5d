"""Rules on the document as a whole: whom it names, on what terms, and what it says it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NO_CONTACT = Rule(
    "OAS100",
    "no-contact",
    "document names nobody to contact",
    "`info.contact` says whom to ask when the API does something else than the document says, "
    "or when it fails (OAS 3.2 §4.2). Name a team, a page or an address.",
    Severity.INFO,
)
INCOMPLETE_CONTACT = Rule(
    "OAS101",
    "incomplete-contact",
    "contact lacks a name, a URL or an address",
    "With `name`, `url` and `email`, a reader can choose how to ask (OAS 3.2 §4.3). One of them is "
    "enough for most, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
NO_LICENSE = Rule(
    "OAS102",
    "no-license",
    "document names no license",
    "`info.license` says on what terms the API may be used (OAS 3.2 §4.2). Without it, a careful "
    "reader has to ask before using it at all.",
    Severity.INFO,
)
LICENSE_WITHOUT_TERMS = Rule(
    "OAS103",
    "license-without-terms",
    "license has neither an identifier nor a URL",
    "A license's `name` is free text. Its `url`, or, from 3.1 on, its `identifier` (an SPDX "
    "expression, such as `MIT`) says which terms these are (OAS 3.2 §4.4); the two exclude each "
    "other.",
    Severity.INFO,
)
NO_DESCRIPTION = Rule(
    "OAS104",
    "undescribed-document",
    "document does not say what the API is for",
    "`info.description` is the first thing that a reader of the reference sees, and all that a "
    "catalogue of APIs has to show (OAS 3.2 §4.2).",
    Severity.WARNING,
)
NO_SPDX_EXPRESSION = Rule(
    "OAS105",
    "bad-license-identifier",
    "license identifier is no SPDX expression",
    "`identifier` is an SPDX license expression (OAS 3.2 §4.4): identifiers such as `Apache-2.0`, "
    "joined by `AND`, `OR` and `WITH`. A name in words belongs into `name`.",
)

_CONTACT: Final = ("name", "url", "email")
_SPDX_TOKEN: Final = re.compile(
    r"\s*(?:([()])|(AND|OR|WITH|and|or|with)(?![\w.:+-])|([A-Za-z0-9.:-]+\+?))"
)


def missing_contact(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The info, if its contact is missing or says nothing."""
    contact = _info(node).get("contact", {})
    if not any(contact.get(field) for field in _CONTACT):
        yield Finding("/info", NO_CONTACT.summary)


def incomplete_contact(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The contact, if it leaves out one way to reach it."""
    contact = _info(node).get("contact", {})
    missing = [field for field in _CONTACT if not contact.get(field)]
    if contact and missing:
        yield Finding("/info/contact", f"contact has no {' and no '.join(missing)}")


def missing_license(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The info, if it has no license."""
    if "license" not in _info(node):
        yield Finding("/info", NO_LICENSE.summary)


def license_without_terms(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The license, if only a name says which it is."""
    terms = _info(node).get("license")
    if terms is not None and not (terms.get("identifier") or terms.get("url")):
        message = f"license {terms.get('name', '')!r} has neither `url` nor `identifier`"
        yield Finding("/info/license", message, "give its `url`, or, from 3.1 on, `identifier`")


def missing_description(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The info, if neither a description nor a summary says anything."""
    info = _info(node)
    if not (str(info.get("description", "")).strip() or info.get("summary")):
        yield Finding("/info", NO_DESCRIPTION.summary)


def bad_identifier(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The identifier of the license, if it is no SPDX expression."""
    identifier = _info(node).get("license", {}).get("identifier")
    if isinstance(identifier, str) and not _is_expression(identifier):
        message = f"identifier {identifier!r} is no SPDX license expression"
        yield Finding("/info/license/identifier", message, "such as MIT or Apache-2.0 OR MIT")


def _is_expression(text: str) -> bool:
    """Whether identifiers and operators take turns, and the parentheses are closed."""
    place, depth, operand_is_next = 0, 0, True
    text = text.rstrip()
    while place < len(text):
        token = _SPDX_TOKEN.match(text, place)
        if not token or (token[1] == ")" or bool(token[2])) == operand_is_next:
            return False
        depth += {"(": 1, ")": -1}.get(token[1], 0)
        operand_is_next = bool(token[2]) or token[1] == "("
        if depth < 0:
            return False
        place = token.end()
    return not operand_is_next and depth == 0


def _info(node: Node) -> dict[str, Any]:
    info: dict[str, Any] = node.value.get("info", {})
    return info


CHECKS = (
    Check(NO_CONTACT, "openapi", missing_contact),
    Check(INCOMPLETE_CONTACT, "openapi", incomplete_contact),
    Check(NO_LICENSE, "openapi", missing_license),
    Check(LICENSE_WITHOUT_TERMS, "openapi", license_without_terms),
    Check(NO_DESCRIPTION, "openapi", missing_description),
    Check(NO_SPDX_EXPRESSION, "openapi", bad_identifier),
)
