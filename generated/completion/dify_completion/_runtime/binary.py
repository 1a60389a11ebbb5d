"""A successful answer that is bytes, read only when they are asked for."""

from collections.abc import AsyncIterator, Iterator
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Self

from .errors import translated
from .transport import Response


class _Binary:
    def __init__(self, response: Response) -> None:
        self.response = response

    @property
    def content_type(self) -> str | None:
        """The media type that the server gave, with its parameters."""
        content_type: str | None = self.response.headers.get("content-type")
        return content_type


class BinaryResponse(_Binary):
    """Bytes of the server; reading them all, or leaving a `with` block, releases the connection."""

    def read(self) -> bytes:
        """Give all bytes."""
        with translated():
            return self.response.read()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the bytes as they arrive, once."""
        with self, translated():
            yield from self.response.iter_bytes(chunk_size)

    def write_to(self, path: str | PathLike[str]) -> None:
        """Write the bytes to a file as they arrive."""
        chunks = self.iter_bytes()
        first = next(chunks, b"")  # before the file is touched
        with Path(path).open("wb") as file:
            file.writelines(chain([first], chunks))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()

    def __del__(self) -> None:
        self.response.close()


class AsyncBinaryResponse(_Binary):
    """Bytes of the server, to be awaited: as `BinaryResponse`."""

    async def read(self) -> bytes:
        """Give all bytes."""
        with translated():
            return await self.response.aread()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Give the bytes as they arrive, once."""
        async with self:
            with translated():
                async for chunk in self.response.aiter_bytes(chunk_size):
                    yield chunk

    async def write_to(self, path: str | PathLike[str]) -> None:
        """Write the bytes to a file as they arrive."""
        chunks = self.iter_bytes()
        async with self:
            first = await anext(chunks, b"")
            with Path(path).open("wb") as file:  # noqa: ASYNC230 (brief, and needs no library)
                file.write(first)
                async for chunk in chunks:
                    file.write(chunk)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.response.aclose()
