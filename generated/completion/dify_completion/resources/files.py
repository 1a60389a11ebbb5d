"""Operations related to file management."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.files import FileTypes
from .._runtime.operation import UNSET, Answer, Body, Encoding, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _upload_file_operation() -> Operation[models.FileUploadResponse]:
    return Operation(
        id="uploadFile",
        method="POST",
        path="/files/upload",
        body=Body(
            "multipart/form-data",
            models.UploadFileRequest,
            arguments={"file": "file", "user": "user"},
            files=frozenset({"file"}),
            not_null=frozenset({"user"}),
            encoding={"file": Encoding("application/octet-stream, image/png, text/plain")},
        ),
        answers=(Answer("201", {"application/json": models.FileUploadResponse}),),
    )


class Files(Resource):
    """Operations related to file management."""

    def upload_file(
        self, *, file: FileTypes, user: str | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> models.FileUploadResponse:
        """File Upload.

        Upload a file to use it in a completion. Any kind and size up to the server's limit is
        stored; the app decides what it accepts later. The file belongs to the user who is named
        here.

        Args:
            file: The file. Its part must say a Content-Type and a file name.
            user: Whose file it is. Left out, a user of the server's making.
        """
        return self._request(_upload_file_operation(), {"file": file, "user": user}, options)


class AsyncFiles(AsyncResource):
    """Operations related to file management."""

    async def upload_file(
        self, *, file: FileTypes, user: str | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> models.FileUploadResponse:
        """File Upload.

        Upload a file to use it in a completion. Any kind and size up to the server's limit is
        stored; the app decides what it accepts later. The file belongs to the user who is named
        here.

        Args:
            file: The file. Its part must say a Content-Type and a file name.
            user: Whose file it is. Left out, a user of the server's making.
        """
        return await self._request(_upload_file_operation(), {"file": file, "user": user}, options)
