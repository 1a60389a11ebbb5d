"""Turns the `files` of a completion request into images, or 400 for one that can't be brought."""

import uuid
from typing import Any

from completion_server.images import ImageError, fetch_image, image_type
from completion_server.models import Image
from completion_server.operations.service import Service
from completion_server.settings import App, Vision
from completion_server.storage import StoredFile
from completion_server.web.errors import ApiError, invalid_param

METHODS = ("local_file", "remote_url")
# More than this are not even looked at: each costs a question to the database.
MOST_FILES = 100

InputFile = dict[str, Any]


async def read_images(
    files: list[InputFile], app: App, end_user_id: str, service: Service
) -> tuple[Image, ...]:
    """Read the images, in their order (rows 19 to 21); an app without vision ignores them."""
    if app.vision is None:
        return ()
    if len(files) > MOST_FILES:
        raise _too_many(app.vision)
    checked = [await _checked(file, app, app.vision, end_user_id, service) for file in files]
    if len(files) > app.vision.images:
        raise _too_many(app.vision)
    return tuple([await _read(source, service) for source in checked if source is not None])


def _too_many(vision: Vision) -> ApiError:
    return invalid_param(f"Number of image files exceeds the maximum limit {vision.images}")


async def _checked(
    file: InputFile, app: App, vision: Vision, end_user_id: str, service: Service
) -> StoredFile | str | None:
    """Find where an image is: a stored file, a URL, or nowhere (row 21)."""
    method = file.get("transfer_method", "")
    if method not in METHODS:
        raise invalid_param(f"No matching enum found for value '{method}'")
    if file.get("url") and file.get("upload_file_id"):
        raise invalid_param("A file has a url or an upload_file_id, not both")
    if method == "local_file":
        stored = await _stored(file, app, end_user_id, service)
        _check_kind(file, method, vision, stored.name)
        return stored
    url = file.get("url") or ""
    _check_kind(file, method, vision, url)
    if url == "" and service.dialect.needs_remote_url:
        raise invalid_param("Invalid file url")
    if not isinstance(url, str):
        raise invalid_param(f"Reached maximum retries (3) for URL {url}")
    return url or None


def _check_kind(file: InputFile, method: str, vision: Vision, name: object) -> None:
    if file.get("type") != "image" or method not in vision.transfer_methods:
        raise invalid_param(f"File validation failed for file: {name}")


async def _stored(file: InputFile, app: App, end_user_id: str, service: Service) -> StoredFile:
    file_id = _uuid(file.get("upload_file_id"))
    owner = (app.id, end_user_id) if service.dialect.files_are_private else (None, None)
    found = await service.store.file(file_id, *owner)
    if found is None:
        raise invalid_param("Invalid upload file")
    return found


def _uuid(value: Any) -> str:
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise invalid_param("Invalid upload file id format") from None


async def _read(source: StoredFile | str, service: Service) -> Image:
    if isinstance(source, StoredFile):
        content = await service.store.content(source)
        return Image(content, image_type(content) or source.mime_type)
    try:
        return await fetch_image(source, private_urls=service.settings.private_urls)
    except ImageError as error:
        raise invalid_param(str(error)) from None
