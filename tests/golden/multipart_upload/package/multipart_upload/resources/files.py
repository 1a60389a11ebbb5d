"""Files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.files import FileContent, FileTypes
from .._runtime.operation import BINARY, UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _upload_album_operation() -> Operation[list[models.Stored]]:
    return Operation(
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


@cache
def _upload_file_operation() -> Operation[models.Stored]:
    return Operation(
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


@cache
def _upload_raw_operation() -> Operation[None]:
    return Operation(
        id="uploadRaw",
        method="PUT",
        path="/raw",
        body=Body("application/octet-stream", BINARY),
        answers=(Answer("204"),),
    )


class Files(Resource):
    """Files."""

    def upload_album(
        self, *, pictures: Sequence[FileTypes], **options: Unpack[RequestOptions]
    ) -> list[models.Stored]:
        """Upload many files."""
        return self._request(_upload_album_operation(), {"pictures": pictures}, options)

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
            _upload_file_operation(),
            {"file": file, "title": title, "copies": copies, "labels": labels},
            options,
        )

    def upload_raw(self, *, body: FileContent, **options: Unpack[RequestOptions]) -> None:
        """Upload bytes.

        Args:
            body: The request body.
        """
        return self._request(_upload_raw_operation(), {"body": body}, options)


class AsyncFiles(AsyncResource):
    """Files."""

    async def upload_album(
        self, *, pictures: Sequence[FileTypes], **options: Unpack[RequestOptions]
    ) -> list[models.Stored]:
        """Upload many files."""
        return await self._request(_upload_album_operation(), {"pictures": pictures}, options)

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
            _upload_file_operation(),
            {"file": file, "title": title, "copies": copies, "labels": labels},
            options,
        )

    async def upload_raw(self, *, body: FileContent, **options: Unpack[RequestOptions]) -> None:
        """Upload bytes.

        Args:
            body: The request body.
        """
        return await self._request(_upload_raw_operation(), {"body": body}, options)
