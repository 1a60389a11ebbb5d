"""Describes an uploaded file with the fields that every version gives."""

from completion_server.dialects.dialect import JsonObject
from completion_server.storage import StoredFile


def described(file: StoredFile) -> JsonObject:
    """Give the documented fields and `preview_url`."""
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "extension": file.extension,
        "mime_type": file.mime_type,
        "created_by": file.end_user_id,
        "created_at": file.created_at,
        "preview_url": None,
    }
