"""Reports."""

from __future__ import annotations

from typing import Unpack

from typing_extensions import deprecated

from .. import models
from .._runtime.binary import AsyncBinaryResponse, BinaryResponse
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import BINARY, TEXT, Answer, Body, Operation
from .._runtime.request import RequestOptions

_DOWNLOAD_REPORT: Operation[bytes] = Operation(
    id="downloadReport",
    method="GET",
    path="/report.pdf",
    answers=(Answer("200", {"application/pdf": BINARY}),),
)

_READ_REPORT: Operation[str] = Operation(
    id="readReport",
    method="GET",
    path="/report.txt",
    answers=(Answer("200", {"text/plain": TEXT}),),
)

_CHECK_REPORT: Operation[bool] = Operation(
    id="checkReport",
    method="GET",
    path="/report",
    answers=(Answer("default", {"application/json": bool}),),
)

_WRITE_REPORT: Operation[models.WriteReportResponse | list[str] | None] = Operation(
    id="writeReport",
    method="PUT",
    path="/report",
    body=Body("text/plain", str),
    answers=(
        Answer("200", {"application/json": models.WriteReportResponse}),
        Answer("201", {"application/problem+json": list[str]}),
        Answer("202"),
    ),
)

_DELETE_REPORT: Operation[None] = Operation(
    id="deleteReport", method="DELETE", path="/report", answers=(Answer("204"),)
)


class Reports(Resource):
    """Reports."""

    def download_report(self, **options: Unpack[RequestOptions]) -> BinaryResponse:
        """Download the report.

        Gives bytes that are left to be read, in a `with` block.
        """
        return self._download(_DOWNLOAD_REPORT, {}, options)

    def read_report(self, **options: Unpack[RequestOptions]) -> str:
        """Read the report."""
        return self._request(_READ_REPORT, {}, options)

    def check_report(self, **options: Unpack[RequestOptions]) -> bool:
        """Check the report."""
        return self._request(_CHECK_REPORT, {}, options)

    @deprecated("The document calls this operation deprecated.")
    def write_report(
        self, *, body: str, **options: Unpack[RequestOptions]
    ) -> models.WriteReportResponse | list[str] | None:
        """Write the report.

        Args:
            body: The request body.
        """
        return self._request(_WRITE_REPORT, {"body": body}, options)

    def delete_report(self, **options: Unpack[RequestOptions]) -> None:
        """Delete the report."""
        return self._request(_DELETE_REPORT, {}, options)


class AsyncReports(AsyncResource):
    """Reports."""

    async def download_report(self, **options: Unpack[RequestOptions]) -> AsyncBinaryResponse:
        """Download the report.

        Gives bytes that are left to be read, in an `async with` block.
        """
        return await self._download(_DOWNLOAD_REPORT, {}, options)

    async def read_report(self, **options: Unpack[RequestOptions]) -> str:
        """Read the report."""
        return await self._request(_READ_REPORT, {}, options)

    async def check_report(self, **options: Unpack[RequestOptions]) -> bool:
        """Check the report."""
        return await self._request(_CHECK_REPORT, {}, options)

    @deprecated("The document calls this operation deprecated.")
    async def write_report(
        self, *, body: str, **options: Unpack[RequestOptions]
    ) -> models.WriteReportResponse | list[str] | None:
        """Write the report.

        Args:
            body: The request body.
        """
        return await self._request(_WRITE_REPORT, {"body": body}, options)

    async def delete_report(self, **options: Unpack[RequestOptions]) -> None:
        """Delete the report."""
        return await self._request(_DELETE_REPORT, {}, options)
