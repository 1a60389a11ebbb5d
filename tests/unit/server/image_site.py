"""A small web site of raw answers, on a loopback address, which notes what it is asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)

Answers = Mapping[str, Sequence[bytes]]


@dataclass
class Site:
    """Where the site is, and the heads of the requests that came."""

    port: int = 0
    heads: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]


def answer(body: bytes = PNG, status: int = 200, **headers: str) -> bytes:
    """Give the bytes of an answer; `_` in a header's name stands for `-`."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", status, Location=location)


@asynccontextmanager
async def site(
    answers: Answers,
    host: str = "127.0.0.1",
    port: int = 0,
    drip: float = 0,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Site]:
    """Serve answers by path, one after another and the last for ever; `drip` s before a byte."""
    stands = Site()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            stands.heads.append(head)
            path = head.split(" ")[1]
            given = answers[path]
            await _write(writer, given[min(stands.paths.count(path), len(given)) - 1], drip)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, host, port, ssl=tls)
    async with server:
        stands.port = server.sockets[0].getsockname()[1]
        yield stands


async def _write(writer: asyncio.StreamWriter, content: bytes, drip: float) -> None:
    if not drip:
        writer.write(content)
    for at in range(len(content) if drip else 0):
        writer.write(content[at : at + 1])
        await asyncio.sleep(drip)
    await writer.drain()
