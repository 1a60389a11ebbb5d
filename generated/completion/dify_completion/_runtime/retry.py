"""The tries of a request: what each came to, and whether and when there is another.

Only what can't hurt is tried again: a request that the server can't have acted on, or one that
does the same twice as once (RFC 9110 §9.2.2). Knows nothing of how a request is sent.
"""

import logging
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime

from . import transport as http
from .api_response import record
from .errors import APIError, connection_error, status_error
from .response import comes_as, content_of, succeeds

_logger = logging.getLogger(__name__)
_NOT_ACTED_ON = {429, 503}
_PASSING = {408, 429, 502, 503, 504}
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_RETRY_AFTER = 0.5, 8.0, 60.0


class Tries:
    """The tries of one request: its `response` once there is one, or the seconds to `wait` first.

    A body of the `kind` of content is left to be read by the caller.
    """

    def __init__(self, prepared: http.PreparedRequest, max_retries: int, kind: type) -> None:
        self._prepared, self._max_retries, self._kind = prepared, max_retries, kind
        self._count = 0
        self._outcome: http.Response | http.HTTPError
        self.response: http.Response | None = None
        self.wait: float | None = None

    @contextmanager
    def next(self, client: http.Client | http.AsyncClient) -> Iterator[http.Request]:
        """Give the request of the next try, and draw the conclusion when it has been sent.

        Raises APIStatusError, APIConnectionError or UnexpectedResponseError if it was the last.
        """
        if client.is_closed:
            raise APIError("the client is closed")
        self._count += 1
        with ExitStack() as opened:
            request = http.build(client, self._prepared, opened)
            subject = self._prepared.operation.id, self._count, request.method, request.url
            _logger.debug("%s, try %d: %s %s", *subject)
            start = time.perf_counter()
            try:
                yield request
            except http.LocalProtocolError:  # its text shows a header that can't be sent
                self._outcome = http.LocalProtocolError("can't send the request", request=request)
            except http.HTTPError as error:
                self._outcome = error
        result = getattr(self._outcome, "status_code", type(self._outcome).__name__)
        took = 1000 * (time.perf_counter() - start)
        _logger.debug("%s, try %d: %s %s: %s after %.1f ms", *subject, result, took)
        self._conclude(request)

    def take(self, response: http.Response) -> bool:
        """Take note of a response; whether it is as it should be, rather than still to be read."""
        self._outcome = response
        return response.is_closed or comes_as(self._kind, self._prepared.operation, response)

    def _conclude(self, request: http.Request) -> None:
        outcome = self._outcome
        # Where a redirect led elsewhere, the server may have acted on the request.
        may_retry = self._prepared.is_idempotent or outcome.request is request
        if self._count <= self._max_retries and may_retry and _may_retry(self._prepared, outcome):
            self.wait = _wait(outcome, self._count)
        elif not isinstance(outcome, http.Response):
            raise connection_error(outcome, tries=self._count) from outcome
        elif not succeeds(self._prepared.operation, outcome):
            raise status_error(outcome, self._count)
        else:
            if self._kind is not object:
                content_of(self._prepared.operation, outcome, self._kind)
            record(outcome, self._count)
            self.response = outcome


def _may_retry(prepared: http.PreparedRequest, outcome: http.Response | http.HTTPError) -> bool:
    twice = prepared.is_idempotent
    if isinstance(outcome, http.Response):
        may = outcome.status_code in (_PASSING if twice else _NOT_ACTED_ON)
    else:
        may = isinstance(outcome, http.NOT_SENT) or (twice and isinstance(outcome, http.BROKEN))
    return may and prepared.body.is_repeatable


def _wait(outcome: http.Response | http.HTTPError, tries: int) -> float:
    if isinstance(outcome, http.Response) and (asked := _retry_after(outcome)) is not None:
        return min(asked, _LONGEST_RETRY_AFTER)
    # Jitter keeps clients that failed together from coming back together.
    wait: float = min(_FIRST_WAIT * 2 ** min(tries - 1, 10), _LONGEST_WAIT)
    return wait * random.uniform(0.75, 1.0)  # no secret


def _retry_after(response: http.Response) -> float | None:
    """Read `Retry-After`, seconds or a date (RFC 9110 §10.2.3)."""
    value: str = response.headers.get("retry-after", "")
    try:
        if value.isdigit():
            return float(value)
        date = parsedate_to_datetime(value)
        # HTTP's dates are in GMT, also those that don't say it.
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(date.timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
