"""Stop requests that do nothing, too much, or not what they say."""

from typing import Any

from completion_server.faults.changes.answers import answer_with, error
from completion_server.faults.changes.services import change_store
from completion_server.faults.fault import Endpoint, Fault
from completion_server.faults.operation_ids import COMPLETION, STOP
from completion_server.operations.service import Service
from completion_server.storage import Message

MOST_TASKS = 1000


async def _ignored(_service: Service, *_arguments: Any) -> None:
    """Stop nothing."""


class _StopsForOwners:
    """Remembers whose each task is, and stops tasks in their users' names.

    A request stops the task that it names, or with `every` all that are remembered.
    """

    def __init__(self, *, every: bool) -> None:
        self._every = every
        self._owners: dict[str, tuple[str, str]] = {}

    def __call__(self, endpoint: Endpoint) -> Endpoint:
        return change_store(begin=self._begin, request_stop=self._request_stop)(endpoint)

    async def _begin(self, service: Service, message: Message, most: int | None) -> bool:
        self._owners[message.task_id] = (message.app_id, message.end_user_id)
        if len(self._owners) > MOST_TASKS:
            del self._owners[next(iter(self._owners))]
        return await service.store.begin(message, most)

    async def _request_stop(
        self, service: Service, task_id: str, app_id: str, end_user_id: str
    ) -> None:
        known = {task_id: (app_id, end_user_id), **self._owners}
        for each in list(known) if self._every else [task_id]:
            await service.store.request_stop(each, *known[each])


FAULTS = (
    Fault(
        "stop-ignored", "A stop request stops nothing.", STOP, change_store(request_stop=_ignored)
    ),
    Fault(
        "stop-by-another-user",
        "Anyone can stop a task.",
        STOP | COMPLETION,
        _StopsForOwners(every=False),
    ),
    Fault(
        "stop-stops-all",
        "A stop request stops every task.",
        STOP | COMPLETION,
        _StopsForOwners(every=True),
    ),
    Fault(
        "stop-404",
        "A stop request is told that there is no such task.",
        STOP,
        answer_with(lambda: error(404, "not_found", "Task Not Exists.")),
    ),
)
