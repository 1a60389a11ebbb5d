"""The answer to a request that was sent again into what is still wrong with it.

Checks of an answer alone are made again. Of the others, what the server did is compared.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

from schemathesis import openapi
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from specloom.contract.answers.contract import CHECKS as ANSWER_CHECKS
from specloom.contract.exchanges.wire import as_answer

if TYPE_CHECKING:
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange

# The check of schemathesis' own that needs no more than the answer.
_HEADERS: Final = "response_headers_conformance"
# Whether it was refused is all that these look at.
_REFUSALS: Final = {
    "ignored_auth",
    "malformed_body_rejection",
    "media_type_rejection",
    "missing_required_header",
    "negative_data_rejection",
    "positive_data_acceptance",
}
_EXACT: Final = {"unsupported_method"}
# And these, at how it was refused.
_AUTHENTICATION: Final = "authentication"
_CHALLENGE: Final = "authentication_challenge"


def fault_now(
    subject: Subject, check: str, operation: str, then: Exchange, now: Exchange
) -> str | None:
    """What a check would still find, or None; the operation's id must be the document's."""
    label, described = subject.named(operation)
    # The phase asks for a challenge where the document has none, too.
    if check in ANSWER_CHECKS and check != _CHALLENGE:
        found = subject.contract.check_by(check, described, now)
        return found[0].message if found else None
    if check == _HEADERS:
        return _headers_fault(subject, label, now)
    alike = _sight(check, then) == _sight(check, now)
    return f"it is answered with {now.response.status}, as before" if alike else None


def _headers_fault(subject: Subject, label: str, now: Exchange) -> str | None:
    load_all_checks()
    method, _, path = label.partition(" ")
    # schemathesis changes the tree that it is given.
    schema = openapi.from_dict(copy.deepcopy(subject.tree))
    any_path = dict.fromkeys(re.findall(r"\{([^{}]+)\}", path), "any")
    case = schema[path][method].Case(path_parameters=any_path)
    checks: list[Any] = CHECKS.get_by_names([_HEADERS])
    try:
        case.validate_response(as_answer(now), checks=checks)
    except FailureGroup as group:
        return str(group.exceptions[0])
    return None


def _sight(check: str, exchange: Exchange) -> tuple[object, ...]:
    """What of an answer shows that a check would fail as it did."""
    response = exchange.response
    if check in _EXACT:
        return (response.status,)
    if check in _REFUSALS:
        return (response.status // 100,)
    if check == _AUTHENTICATION:
        return (response.status // 100 == 2 or response.status,)  # noqa: PLR2004 - success
    if check == _CHALLENGE:
        return response.status, bool(response.headers.get("www-authenticate", "").strip())
    allowed = response.headers.get("allow") if check == "allow_header_conformance" else None
    return response.status // 100, response.media_type, allowed
