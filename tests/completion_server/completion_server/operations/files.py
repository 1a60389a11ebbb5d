"""Answers /files/upload: checks a file and keeps it."""

import asyncio
import secrets
import time
import uuid
from pathlib import PurePosixPath

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from completion_server.operations.service import Service
from completion_server.operations.user import ANONYMOUS, optional_user
from completion_server.settings import App
from completion_server.storage import StoredFile, StoreFullError
from completion_server.web.errors import STORE_FULL, ApiError, failed, invalid_param, too_busy
from completion_server.web.hosts import origin
from completion_server.web.request_body import read_multipart

LONGEST_NAME = 200
TURN_SECONDS = 10.0


async def upload_file(request: Request, app: App, service: Service) -> Response:
    """Keep one file; 201 (rows 34 to 43)."""
    await _take_turn(service)
    try:
        return await _upload(request, app, service)
    finally:
        service.uploads.release()


async def _take_turn(service: Service) -> None:
    """Wait until few enough uploads are under way, but not for long."""
    try:
        async with asyncio.timeout(TURN_SECONDS):
            await service.uploads.acquire()
    except TimeoutError:
        raise too_busy() from None


async def _upload(request: Request, app: App, service: Service) -> Response:
    form = await read_multipart(request, service.settings.limits.largest_upload)
    try:
        upload = _only_file(form, service)
        stored = _described(upload, app.id, app.end_user_id(_user(form)), service)
        await service.store.add_file(stored, upload.file)
    except StoreFullError:
        raise ApiError(503, "s3_connection_failed", STORE_FULL) from None
    finally:
        await form.close()
    return service.answer(service.dialect.uploaded(stored, _source_url(stored, request)), 201)


def _only_file(form: FormData, service: Service) -> UploadFile:
    """Pick the file; two parts of one name count as one, the first (row 40)."""
    files = [(name, part) for name, part in form.multi_items() if isinstance(part, UploadFile)]
    found = next((part for name, part in files if name == "file"), None)
    if found is None:
        raise failed(service.dialect.no_file_uploaded)
    if len({name for name, _ in files}) > 1:
        raise ApiError(400, "too_many_files", "Only one file is allowed.")
    return found


def _user(form: FormData) -> str:
    return optional_user(_as_unicode(str(form.get("user") or ""))) or ANONYMOUS


def _described(upload: UploadFile, app_id: str, end_user_id: str, service: Service) -> StoredFile:
    """Check a file's type, name and size, and describe it."""
    if not upload.content_type:
        raise ApiError(415, "unsupported_file_type", "File type not allowed.")
    name = _as_unicode(upload.filename or "")
    _check_name(name, service)
    # As os.path.splitext: leading dots begin a name, no extension.
    extension = PurePosixPath(name.lstrip(".")).suffix.removeprefix(".").lower()
    size = upload.size or 0
    if size > service.settings.limits.upload(extension):
        raise ApiError(413, "file_too_large", service.dialect.file_too_large)
    return StoredFile(
        id=str(uuid.uuid4()),
        app_id=app_id,
        end_user_id=end_user_id,
        name=name[:LONGEST_NAME],
        extension=extension[:LONGEST_NAME],
        mime_type=upload.content_type.partition(";")[0].strip()[:LONGEST_NAME],
        size=size,
        created_at=int(time.time()),
    )


def _check_name(name: str, service: Service) -> None:
    if not name:
        message = "The specified filename does not exist."
        raise ApiError(400, "filename_not_exists_error", message)
    if set(name) & set(service.dialect.refused_in_file_names):
        raise invalid_param("Filename contains invalid characters")


def _as_unicode(text: str) -> str:
    """Replace lone surrogates, which a part's charset can smuggle in."""
    return text.encode(errors="replace").decode()


def _source_url(file: StoredFile, request: Request) -> str:
    """Make a signed address of the file, shaped as Dify's; this server has no preview route."""
    host, port = request.scope["server"]
    signature = f"nonce={secrets.token_hex(16)}&sign={secrets.token_hex(16)}"
    path = f"files/{file.id}/file-preview?timestamp={file.created_at}&{signature}"
    return f"{origin(host, port)}/{path}"
