"""The clients: MultipartUpload, and AsyncMultipartUpload with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.files import AsyncFiles, Files

_api = API(
    name="multipart-upload",
    version="0.1.0",
    base_url="https://example.com",
    environment="MULTIPART_UPLOAD",
    schemes={},
    security=(),
)


class MultipartUpload(SyncClient):
    """Multipart upload."""

    _api = _api

    @cached_property
    def files(self) -> Files:
        """Files."""
        return Files(self)


class AsyncMultipartUpload(AsyncClient):
    """Multipart upload, awaited."""

    _api = _api

    @cached_property
    def files(self) -> AsyncFiles:
        """Files."""
        return AsyncFiles(self)
