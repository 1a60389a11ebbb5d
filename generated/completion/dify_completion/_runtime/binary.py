"""A successful answer that is bytes, read only when they are asked for."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from .errors import translated
from .transport import Response, hold

_CHUNK_SIZE = 1024 * 1024


class _Binary:
    def __init__(self, response: Response) -> None:
        self.response = response
        self.content_type: str | None = response.headers.get("content-type")


class BinaryResponse(_Binary):
    """Bytes of the server; reading them all, or leaving a `with` block, releases the connection.

    `response` is that of httpx2.
    """

    def read(self) -> bytes:
        """Give all bytes."""
        with self, translated():
            return self.response.read()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the bytes as they arrive, once."""
        with self, translated():
            yield from self.response.iter_bytes(chunk_size)

    def write_to(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to a file as they arrive; it gets its name when all are there."""
        with self, _whole(path) as file:
            file.writelines(self.iter_bytes(_CHUNK_SIZE))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()

    def __del__(self) -> None:
        self.response.close()


class AsyncBinaryResponse(_Binary):
    """Bytes of the server, to be awaited: as `BinaryResponse`."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self._hold = hold(response)

    async def read(self) -> bytes:
        """Give all bytes."""
        async with self:
            with translated():
                return await self.response.aread()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Give the bytes as they arrive, once."""
        async with self:
            with translated():
                async for chunk in self.response.aiter_bytes(chunk_size):
                    yield chunk

    async def write_to(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to a file as they arrive; it gets its name when all are there."""
        import asyncio  # long to import, for those who await nothing

        async with self:
            with _whole(path) as file:
                async for chunk in self.iter_bytes(_CHUNK_SIZE):
                    await asyncio.to_thread(file.write, chunk)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._hold.aclose()


@contextmanager
def _whole(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file beside its place, and put it there when it is whole."""
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        raise FileExistsError(f"{target} is not a file")
    partial = target.with_name(f"{target.name}.{os.urandom(4).hex()}.part")
    try:
        with partial.open("xb") as file:
            yield file
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
