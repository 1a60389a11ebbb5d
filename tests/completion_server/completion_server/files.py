"""Answers /files/upload: measures a file and keeps what describes it."""

import secrets
import time
import uuid
from pathlib import PurePosixPath

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from completion_server.apps import App
from completion_server.errors import ApiError, invalid_param
from completion_server.json_response import CompactJSONResponse
from completion_server.request_body import JsonObject, read_multipart
from completion_server.service import Service
from completion_server.store import StoredFile
from completion_server.system_parameters import size_limit
from completion_server.user import ANONYMOUS, optional_user

LONGEST_NAME = 200


async def upload_file(request: Request, app: App, service: Service) -> Response:
    """Keep one file; 201 (rows 34 to 43)."""
    form = await read_multipart(request)
    try:
        upload, user = _only_file(form), _user(form)
    finally:
        await form.close()
    stored = _described(upload, app.id, app.end_user_id(user))
    service.store.add_file(stored)
    return CompactJSONResponse(_body(stored, request), 201)


def _only_file(form: FormData) -> UploadFile:
    """Pick the file; two parts of one name count as one, the first (row 40)."""
    files = [(name, part) for name, part in form.multi_items() if isinstance(part, UploadFile)]
    found = next((part for name, part in files if name == "file"), None)
    if found is None:
        raise ApiError(400, "no_file_uploaded", "Please upload your file.")
    if len({name for name, _ in files}) > 1:
        raise ApiError(400, "too_many_files", "Only one file is allowed.")
    return found


def _user(form: FormData) -> str:
    return optional_user(_as_unicode(str(form.get("user") or ""))) or ANONYMOUS


def _described(upload: UploadFile, app_id: str, end_user_id: str) -> StoredFile:
    """Check a file's type, name and size, and describe it."""
    if not upload.content_type:
        raise ApiError(415, "unsupported_file_type", "File type not allowed.")
    name = _as_unicode(upload.filename or "")
    if not name:
        message = "The specified filename does not exist."
        raise ApiError(400, "filename_not_exists_error", message)
    if "/" in name or "\\" in name:
        raise invalid_param("Filename contains invalid characters")
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    size = upload.size or 0
    if size > size_limit(extension):
        raise ApiError(413, "file_too_large", "")
    mime_type = upload.content_type.partition(";")[0].strip()
    file_id = str(uuid.uuid4())
    name, extension, mime_type = (text[:LONGEST_NAME] for text in (name, extension, mime_type))
    return StoredFile(file_id, app_id, end_user_id, name, extension, mime_type, size)


def _as_unicode(text: str) -> str:
    """Replace lone surrogates, which a part's charset can smuggle in."""
    return text.encode(errors="replace").decode()


def _body(file: StoredFile, request: Request) -> JsonObject:
    created_at = int(time.time())
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "extension": file.extension,
        "mime_type": file.mime_type,
        "created_by": file.end_user_id,
        "created_at": created_at,
        "preview_url": None,
        "source_url": _source_url(file.id, created_at, request),
        "original_url": None,
        "user_id": None,
        "tenant_id": str(uuid.uuid5(uuid.NAMESPACE_OID, "tenant")),
        "conversation_id": None,
        "file_key": None,
    }


def _source_url(file_id: str, timestamp: int, request: Request) -> str:
    """Make a signed address of the file, shaped as Dify's; this server has no preview route."""
    host, port = request.scope["server"]
    signature = f"timestamp={timestamp}&nonce={secrets.token_hex(16)}&sign={secrets.token_hex(16)}"
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}/files/{file_id}/file-preview?{signature}"
