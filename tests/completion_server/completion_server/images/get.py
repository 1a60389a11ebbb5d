"""Turns one GET to one address into the bytes of an answer, or the URL where that is to be had.

It connects to the address that it is given and looks nothing up.
"""

import ssl
from functools import cache

import httpx2

HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "completion-server"}
TIMEOUT = httpx2.Timeout(None, connect=3.0)  # the whole fetch is bounded by who asks for it
OK = 200
SERVER_ERRORS = 5


class UnreachableError(Exception):
    """No connection, or an answer that asks to try again (5xx)."""


class RefusedError(Exception):
    """An answer that can't be used, and won't get better."""


async def get(url: httpx2.URL, address: str, largest: int) -> bytes | httpx2.URL:
    """Get at most `largest` bytes, or the URL of a redirect; UnreachableError, RefusedError."""
    try:
        async with (
            httpx2.AsyncClient(verify=_tls(), trust_env=False, timeout=TIMEOUT) as client,
            client.stream(
                "GET",
                url.copy_with(host=address),
                headers={**HEADERS, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
            ) as response,
        ):
            return await _read(response, url, largest)
    except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
        raise UnreachableError from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise RefusedError("the transfer failed") from error


async def _read(response: httpx2.Response, url: httpx2.URL, largest: int) -> bytes | httpx2.URL:
    if response.has_redirect_location:
        return url.join(response.headers["Location"])
    if response.status_code // 100 == SERVER_ERRORS:
        raise UnreachableError
    if response.status_code != OK:
        raise RefusedError(f"status {response.status_code}")
    return await _content(response, largest)


async def _content(response: httpx2.Response, largest: int) -> bytes:
    """Read the bytes as they were sent: nothing is unpacked, so nothing can swell."""
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > largest:
            raise RefusedError(f"more than {largest} bytes")
    return bytes(content)


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)
