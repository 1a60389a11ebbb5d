"""Checks the `files` of a completion request against the app and what its user uploaded.

Nothing is ever fetched from a `remote_url`.
"""

import ipaddress
import uuid
from typing import Any
from urllib.parse import urlsplit

from completion_server.apps import App
from completion_server.errors import invalid_param
from completion_server.store import Store

METHODS = ("local_file", "remote_url")


def check_files(files: list[dict[str, Any]], app: App, end_user_id: str, store: Store) -> None:
    """Raise 400 for a file that this user can't bring to this app (rows 19 to 21)."""
    for file in files:
        _check_method(file)
        if file["transfer_method"] == "local_file":
            _check_upload(file, app, end_user_id, store)
        else:
            _check_url(file)
    if len(files) > app.vision:
        raise invalid_param(f"Number of image files exceeds the maximum limit {app.vision}")


def _check_method(file: dict[str, Any]) -> None:
    method = file.get("transfer_method", "")
    if method not in METHODS:
        raise invalid_param(f"No matching enum found for value '{method}'")
    if file.get("url") and file.get("upload_file_id"):
        raise invalid_param("A file has a url or an upload_file_id, not both")


def _check_upload(file: dict[str, Any], app: App, end_user_id: str, store: Store) -> None:
    file_id = _uuid(file.get("upload_file_id"))
    found = store.file(file_id, app.id, end_user_id)
    if found is None:
        raise invalid_param("Invalid upload file")
    if file.get("type") != "image":
        raise invalid_param(f"File validation failed for file: {found.name}")


def _uuid(value: Any) -> str:
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise invalid_param("Invalid upload file id format") from None


def _check_url(file: dict[str, Any]) -> None:
    url = file.get("url") or ""
    if file.get("type") != "image":
        raise invalid_param(f"File validation failed for file: {url}")
    if url == "":
        return  # 1.14.2 lets it pass (row 21)
    if not isinstance(url, str) or not _is_public(url):
        # The words of a server that tried; this one only looks at the address.
        raise invalid_param(f"Reached maximum retries (3) for URL {url}")


def _is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and host not in {"", "localhost"} and _is_global(host)


def _is_global(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True  # a name, which is never looked up
