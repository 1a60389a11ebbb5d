"""What came of a try, turned into a response, an error, or the wait before the next try.

Only what can't hurt is tried again: a request that the server can't have acted on, or whose method
makes acting twice the same as once (RFC 9110 §9.2.2). Knows nothing of how a request is sent.
"""

import logging
import random
import time
from email.utils import parsedate_to_datetime

from .errors import connection_error, status_error
from .response import content_of
from .transport import BROKEN, NOT_SENT, HTTPError, PreparedRequest, Response

_logger = logging.getLogger(__name__)
_IDEMPOTENT = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"}
_NOT_ACTED_ON = {429, 503}
_PASSING = {408, 429, 502, 503, 504}
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_RETRY_AFTER = 0.5, 8.0, 60.0


def conclude(
    prepared: PreparedRequest,
    outcome: Response | HTTPError,
    tries: int,
    max_retries: int,
    kind: type,
) -> Response | float:
    """Give a successful response, of a kind of content if one is due, or the seconds to wait.

    Raises APIStatusError, APIConnectionError or UnexpectedResponseError when there is neither.
    """
    operation = prepared.operation
    result = outcome.status_code if isinstance(outcome, Response) else type(outcome).__name__
    _logger.debug("%s, try %d: %s", operation.id, tries, result)
    if tries <= max_retries and _may_retry(operation.method, outcome) and prepared.is_repeatable:
        return _wait(outcome, tries)
    if not isinstance(outcome, Response):
        raise connection_error(outcome, tries=tries) from outcome
    if not outcome.is_success:
        raise status_error(outcome, tries)
    if kind is not object:
        content_of(operation, outcome, kind)
    return outcome


def _wait(outcome: Response | HTTPError, tries: int) -> float:
    if isinstance(outcome, Response) and (asked := _retry_after(outcome)) is not None:
        return min(asked, _LONGEST_RETRY_AFTER)
    # Jitter keeps clients that failed together from coming back together.
    wait: float = min(_FIRST_WAIT * 2 ** (tries - 1), _LONGEST_WAIT)
    return wait * random.uniform(0.75, 1.0)  # noqa: S311 (no secret)


def _may_retry(method: str, outcome: Response | HTTPError) -> bool:
    idempotent = method.upper() in _IDEMPOTENT
    if isinstance(outcome, Response):
        return outcome.status_code in (_PASSING if idempotent else _NOT_ACTED_ON)
    return isinstance(outcome, NOT_SENT) or (idempotent and isinstance(outcome, BROKEN))


def _retry_after(response: Response) -> float | None:
    """Read `Retry-After`, seconds or a date (RFC 9110 §10.2.3)."""
    value: str = response.headers.get("retry-after", "")
    try:
        if value.isdigit():
            return float(value)
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
