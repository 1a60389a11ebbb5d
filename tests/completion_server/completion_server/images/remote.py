"""Turns the URL of an image into the image, from public addresses only; knows nothing of apps."""

import asyncio
import logging

import httpx2

from completion_server.images.addresses import NoAddressError, NotPublicError, find_addresses
from completion_server.images.get import RefusedError, UnreachableError, get
from completion_server.models.image_kind import image_type
from completion_server.models.model import Image

logger = logging.getLogger(__name__)

LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_SECONDS = 10.0
REDIRECTS = 3
PAUSES = (0.0, 0.05, 0.2)  # seconds before each attempt
SCHEMES = ("http", "https")
LARGEST_PORT = 65_535


class ImageError(Exception):
    """There is no image to be had; its message is for who asked, and tells no address."""


async def fetch_image(
    url: str,
    *,
    private_urls: bool,
    largest: int = LARGEST_BYTES,
    seconds: float = LONGEST_SECONDS,
) -> Image:
    """Fetch a PNG, JPEG, GIF or WebP image of at most `largest` bytes; ImageError.

    Hosts with an address that is not public are refused, in redirects too, unless `private_urls`.
    An image that can't be reached has Dify's own words, whatever the reason, so that they tell
    nothing of a private network.
    """
    try:
        async with asyncio.timeout(seconds):
            content = await _follow(_parse(url), largest, private=private_urls)
    except (UnreachableError, NoAddressError, NotPublicError, TimeoutError) as error:
        if isinstance(error, NotPublicError):
            logger.info("a remote image was refused: its host is not public (private_urls = false)")
        raise ImageError(f"Reached maximum retries (3) for URL {url}") from None
    except RefusedError as error:
        raise ImageError(f"Failed to fetch an image from URL {url}: {error}") from None
    media_type = image_type(content)
    if media_type is None:
        raise ImageError(f"URL {url} gives no PNG, JPEG, GIF or WebP image")
    return Image(content, media_type)


def _parse(url: str) -> httpx2.URL:
    try:
        return httpx2.URL(url)
    except httpx2.InvalidURL:
        raise UnreachableError from None


async def _follow(url: httpx2.URL, largest: int, *, private: bool) -> bytes:
    for _ in range(1 + REDIRECTS):
        got = await _try_to_get(url, largest, private=private)
        if isinstance(got, bytes):
            return got
        url = got
    raise RefusedError(f"more than {REDIRECTS} redirects")


async def _try_to_get(url: httpx2.URL, largest: int, *, private: bool) -> bytes | httpx2.URL:
    """Make up to three attempts, at the host's addresses in turn, looked up once for all."""
    _check(url)
    addresses = await find_addresses(url.raw_host.decode("ascii"), private=private)
    for attempt, pause in enumerate(PAUSES):
        await asyncio.sleep(pause)
        try:
            return await get(url, addresses[attempt % len(addresses)], largest)
        except UnreachableError:
            continue
    raise UnreachableError


def _check(url: httpx2.URL) -> None:
    """Raise for what is no plain web address; credentials would be sent to who-knows-whom."""
    if url.scheme not in SCHEMES or not url.host or not 0 < (url.port or 1) <= LARGEST_PORT:
        raise UnreachableError
    if url.userinfo:
        raise RefusedError("credentials in a URL")
