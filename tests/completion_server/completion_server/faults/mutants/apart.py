"""Users and apps that are not kept apart."""

from typing import Any

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import put
from completion_server.faults.changes.services import change_store
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION, FEEDBACKS, RATE, SPEAK, UPLOAD
from completion_server.operations.service import Service
from completion_server.storage import Feedback, Message, StoredFile

SOMEONE = "33333333-3333-4333-8333-333333333333"


async def _any_users_message(
    service: Service, message_id: str, app_id: str, _end_user_id: str | None
) -> Message | None:
    return await service.store.message(message_id, app_id, None)


async def _any_apps_message(
    service: Service, message_id: str, _app_id: str, _end_user_id: str | None
) -> Message | None:
    for app in service.settings.apps:
        if found := await service.store.message(message_id, app.id, None):
            return found
    return None


async def _any_users_file(
    service: Service, file_id: str, app_id: str, _user: Any
) -> StoredFile | None:
    return await service.store.file(file_id, app_id, None)


async def _any_file(service: Service, file_id: str, *_owner: Any) -> StoredFile | None:
    return await service.store.file(file_id, None, None)


async def _all_apps_feedbacks(
    service: Service, app_id: str, offset: int, limit: int
) -> list[Feedback]:
    others = [app.id for app in service.settings.apps if app.id != app_id]
    kept = [
        item
        for each in (app_id, *others)
        for item in await service.store.feedbacks(each, 0, offset + limit)
    ]
    return kept[offset : offset + limit]


FAULTS = (
    Fault(
        "rate-another-users-message",
        "A user can rate another user's message.",
        RATE,
        change_store(message=_any_users_message),
    ),
    Fault(
        "rate-another-apps-message",
        "A key can rate another app's message.",
        RATE,
        change_store(message=_any_apps_message),
    ),
    Fault(
        "speak-another-users-message",
        "A user can hear another user's message.",
        SPEAK,
        change_store(message=_any_users_message),
    ),
    Fault(
        "speak-another-apps-message",
        "A key can hear another app's message.",
        SPEAK,
        change_store(message=_any_apps_message),
    ),
    Fault(
        "use-another-users-file",
        "A user can bring another user's file.",
        COMPLETION,
        change_store(file=_any_users_file),
    ),
    Fault(
        "use-another-apps-file",
        "A key can bring another app's file.",
        COMPLETION,
        change_store(file=_any_file),
    ),
    Fault(
        "another-apps-feedback",
        "The feedback of every app is listed.",
        FEEDBACKS,
        change_store(feedbacks=_all_apps_feedbacks),
    ),
    Fault(
        "feedback-of-one-user",
        "All feedback is said to be one user's.",
        FEEDBACKS,
        change_json(put("data.*.from_end_user_id", SOMEONE)),
    ),
    Fault(
        "file-of-one-user",
        "All files are said to be one user's.",
        UPLOAD,
        change_json(put("created_by", SOMEONE)),
    ),
)
