"""Files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.files import FileContent, FileTypes
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions

_UPLOAD_FILE: Operation[models.Stored] = Operation(
    id="uploadFile",
    method="POST",
    path="/files",
    body=Body(
        "multipart/form-data",
        models.UploadFileRequest,
        arguments={"file": "file", "title": "title", "copies": "copies", "labels": "labels"},
        files=frozenset({"file"}),
        not_null=frozenset({"copies", "labels"}),
    ),
    answers=(Answer("201", {"application/json": models.Stored}),),
)

_UPLOAD_ALBUM: Operation[list[models.Stored]] = Operation(
    id="uploadAlbum",
    method="POST",
    path="/albums",
    body=Body(
        "multipart/form-data",
        models.UploadAlbumRequest,
        arguments={"pictures": "pictures"},
        files=frozenset({"pictures"}),
    ),
    answers=(Answer("201", {"application/json": list[models.Stored]}),),
)

_UPLOAD_RAW: Operation[None] = Operation(
    id="uploadRaw",
    method="PUT",
    path="/raw",
    body=Body("application/octet-stream", Any),
    answers=(Answer("204"),),
)


class Files(Resource):
    """Files."""

    def upload_file(
        self,
        *,
        file: FileTypes,
        title: str,
        copies: int | Unset = UNSET,
        labels: models.UploadFileRequestLabels | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Stored:
        """Upload a file.

        Args:
            file: What to upload.
        """
        return self._request(
            _UPLOAD_FILE,
            {"file": file, "title": title, "copies": copies, "labels": labels},
            options,
        )

    def upload_album(
        self, *, pictures: Sequence[FileTypes], **options: Unpack[RequestOptions]
    ) -> list[models.Stored]:
        """Upload many files."""
        return self._request(_UPLOAD_ALBUM, {"pictures": pictures}, options)

    def upload_raw(self, *, body: FileContent, **options: Unpack[RequestOptions]) -> None:
        """Upload bytes.

        Args:
            body: The request body.
        """
        return self._request(_UPLOAD_RAW, {"body": body}, options)


class AsyncFiles(AsyncResource):
    """Files."""

    async def upload_file(
        self,
        *,
        file: FileTypes,
        title: str,
        copies: int | Unset = UNSET,
        labels: models.UploadFileRequestLabels | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Stored:
        """Upload a file.

        Args:
            file: What to upload.
        """
        return await self._request(
            _UPLOAD_FILE,
            {"file": file, "title": title, "copies": copies, "labels": labels},
            options,
        )

    async def upload_album(
        self, *, pictures: Sequence[FileTypes], **options: Unpack[RequestOptions]
    ) -> list[models.Stored]:
        """Upload many files."""
        return await self._request(_UPLOAD_ALBUM, {"pictures": pictures}, options)

    async def upload_raw(self, *, body: FileContent, **options: Unpack[RequestOptions]) -> None:
        """Upload bytes.

        Args:
            body: The request body.
        """
        return await self._request(_UPLOAD_RAW, {"body": body}, options)
