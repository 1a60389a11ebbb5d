"""Reports."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from typing_extensions import deprecated

from .. import models
from .._runtime.binary import AsyncBinaryResponse, BinaryResponse
from .._runtime.client import AsyncResource, Resource
from .._runtime.files import FileContent
from .._runtime.operation import BINARY, TEXT, Answer, Body, Operation
from .._runtime.request import RequestOptions


@cache
def _check_report_operation() -> Operation[bool]:
    return Operation(
        id="checkReport",
        method="GET",
        path="/report",
        answers=(Answer("default", {"application/json": bool}),),
    )


@cache
def _write_report_operation() -> Operation[models.WriteReportResponse | list[str] | None]:
    return Operation(
        id="writeReport",
        method="PUT",
        path="/report",
        body=Body("text/plain", BINARY),
        answers=(
            Answer("200", {"application/json": models.WriteReportResponse}),
            Answer("201", {"application/problem+json": list[str]}),
            Answer("202"),
        ),
    )


@cache
def _delete_report_operation() -> Operation[None]:
    return Operation(id="deleteReport", method="DELETE", path="/report", answers=(Answer("204"),))


@cache
def _download_report_operation() -> Operation[bytes]:
    return Operation(
        id="downloadReport",
        method="GET",
        path="/report.pdf",
        answers=(Answer("200", {"application/pdf": BINARY}),),
    )


@cache
def _read_report_operation() -> Operation[str]:
    return Operation(
        id="readReport",
        method="GET",
        path="/report.txt",
        answers=(Answer("200", {"text/plain": TEXT}),),
    )


class Reports(Resource):
    """Reports."""

    def check_report(self, **options: Unpack[RequestOptions]) -> bool:
        """Check the report."""
        return self._request(_check_report_operation(), {}, options)

    @deprecated("The document calls this operation deprecated.")
    def write_report(
        self, *, body: str | FileContent, **options: Unpack[RequestOptions]
    ) -> models.WriteReportResponse | list[str] | None:
        """Write the report.

        Args:
            body: The request body.
        """
        return self._request(_write_report_operation(), {"body": body}, options)

    def delete_report(self, **options: Unpack[RequestOptions]) -> None:
        """Delete the report."""
        return self._request(_delete_report_operation(), {}, options)

    def download_report(self, **options: Unpack[RequestOptions]) -> BinaryResponse:
        """Download the report.

        Gives bytes that are left to be read, in a `with` block.
        """
        return self._download(_download_report_operation(), {}, options)

    def read_report(self, **options: Unpack[RequestOptions]) -> str:
        """Read the report."""
        return self._request(_read_report_operation(), {}, options)


class AsyncReports(AsyncResource):
    """Reports."""

    async def check_report(self, **options: Unpack[RequestOptions]) -> bool:
        """Check the report."""
        return await self._request(_check_report_operation(), {}, options)

    @deprecated("The document calls this operation deprecated.")
    async def write_report(
        self, *, body: str | FileContent, **options: Unpack[RequestOptions]
    ) -> models.WriteReportResponse | list[str] | None:
        """Write the report.

        Args:
            body: The request body.
        """
        return await self._request(_write_report_operation(), {"body": body}, options)

    async def delete_report(self, **options: Unpack[RequestOptions]) -> None:
        """Delete the report."""
        return await self._request(_delete_report_operation(), {}, options)

    async def download_report(self, **options: Unpack[RequestOptions]) -> AsyncBinaryResponse:
        """Download the report.

        Gives bytes that are left to be read, in an `async with` block.
        """
        return await self._download(_download_report_operation(), {}, options)

    async def read_report(self, **options: Unpack[RequestOptions]) -> str:
        """Read the report."""
        return await self._request(_read_report_operation(), {}, options)
