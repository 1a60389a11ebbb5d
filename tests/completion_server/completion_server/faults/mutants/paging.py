"""Lists that don't hold to `page` and `limit`, or to their order."""

from collections.abc import Callable

from completion_server.faults.changes.requests import change_query
from completion_server.faults.changes.services import Method, change_store
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import FEEDBACKS
from completion_server.operations.service import Service
from completion_server.storage import Feedback

MANY = 10_000
LARGEST_LIMIT = 101

Window = Callable[[int, int], tuple[int, int]]


def _showing(window: Window) -> Wrap:
    """Show what another offset and limit would."""

    async def feedbacks(service: Service, app_id: str, offset: int, limit: int) -> list[Feedback]:
        return await service.store.feedbacks(app_id, *window(offset, limit))

    return change_store(feedbacks=feedbacks)


async def _oldest_first(service: Service, app_id: str, offset: int, limit: int) -> list[Feedback]:
    kept = await service.store.feedbacks(app_id, 0, MANY)
    return kept[::-1][offset : offset + limit]


async def _only_first_page(
    service: Service, app_id: str, offset: int, limit: int
) -> list[Feedback]:
    return [] if offset else await service.store.feedbacks(app_id, offset, limit)


async def _reversed_page(service: Service, app_id: str, offset: int, limit: int) -> list[Feedback]:
    return (await service.store.feedbacks(app_id, offset, limit))[::-1]


def _query(name: str, accept: Callable[[str], str]) -> Wrap:
    def edit(query: dict[str, str]) -> dict[str, str]:
        return {**query, name: accept(query[name])} if name in query else query

    return change_query(edit)


def _clamped(most: int) -> Callable[[str], str]:
    return lambda text: str(min(max(int(text), 1), most)) if _is_integer(text) else text


def _is_integer(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()


def _kept(name: str, summary: str, method: Method) -> Fault:
    return Fault(name, summary, FEEDBACKS, change_store(feedbacks=method))


def _shown(name: str, summary: str, window: Window) -> Fault:
    return Fault(name, summary, FEEDBACKS, _showing(window))


FAULTS = (
    _shown("limit-ignored", "All is listed, whatever `limit`.", lambda at, _: (at, MANY)),
    _shown("limit-one-more", "One more than `limit` is listed.", lambda at, most: (at, most + 1)),
    _shown("limit-one-less", "One less than `limit` is listed.", lambda at, most: (at, most - 1)),
    _shown("page-ignored", "Every page is the first.", lambda _, most: (0, most)),
    _shown(
        "pages-overlap",
        "A page begins with the last of the one before.",
        lambda at, most: (max(at - 1, 0), most),
    ),
    _shown(
        "pages-skip",
        "Pages after the first leave one out.",
        lambda at, most: (at + 1 if at else 0, most),
    ),
    _shown(
        "page-from-zero",
        "Pages count from 0, so that the first is the second.",
        lambda at, most: (at + most, most),
    ),
    _kept("only-first-page", "Pages after the first are empty.", _only_first_page),
    _kept("oldest-first", "The oldest feedback is listed first.", _oldest_first),
    _kept("page-reversed", "Each page is in reverse.", _reversed_page),
    Fault(
        "limit-unbounded",
        "A `limit` out of bounds is accepted.",
        FEEDBACKS,
        _query("limit", _clamped(LARGEST_LIMIT)),
    ),
    Fault(
        "page-unbounded", "A `page` below 1 is accepted.", FEEDBACKS, _query("page", _clamped(MANY))
    ),
    Fault(
        "paging-text-accepted",
        "A `limit` that is no number is accepted.",
        FEEDBACKS,
        _query("limit", lambda text: text if _is_integer(text) else "20"),
    ),
)
