"""The models of the API's components."""

from __future__ import annotations

from multipart_upload._runtime.model import Model


class Stored(Model):
    id: str


class UploadAlbumRequest(Model):
    pictures: list[bytes]


class UploadFileRequest(Model):
    file: str
    """What to upload."""
    title: str
    copies: int | None = None
    labels: UploadFileRequestLabels | None = None


class UploadFileRequestLabels(Model):
    colour: str | None = None
