"""Turns a prompt into the streamed answer of an endpoint that speaks OpenAI's chat completions.

It knows how to reach the endpoint and when to give up, and nothing of the JSON (`chat_completions`)
and its framing (`chat_response`). The key is read when needed, and not kept.
"""

import codecs
import ipaddress
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing

import httpx2

from completion_server.models.chat_completions import request_json
from completion_server.models.chat_response import beginning, streamed, whole
from completion_server.models.endpoint_errors import failure_answered, malformed, unreached
from completion_server.models.model import ModelError, Prompt, TokenCounts
from completion_server.settings.models import OpenAICompatible

CONNECT_SECONDS = 5.0
MOST_CONNECTIONS = 1000
LONGEST_ANSWER = 1_000_000
LONGEST_ERROR = 64 * 1024

logger = logging.getLogger(__name__)


class OpenAICompatibleModel:
    """The model of these settings, for one event loop."""

    def __init__(self, settings: OpenAICompatible) -> None:
        self._settings = settings
        base = httpx2.URL(str(settings.base_url))
        self._url = base.copy_with(path=base.path.rstrip("/") + "/chat/completions")
        self._client: httpx2.AsyncClient | None = None

    def check(self) -> None:
        """Raise ModelError if a key is needed and there is none that could be sent."""
        if self._settings.needs_key and not self._key():
            said = f"Model {self._settings.name} credentials is not initialized."
            raise ModelError("ProviderTokenNotInitError", said)

    async def answer(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        """Give the answer as the endpoint streams it, then its counts if told; ModelError."""
        self.check()
        try:
            async with aclosing(self._joined(prompt)) as parts:
                async for part in parts:
                    yield part
        except ModelError as error:
            # Not the message: it may be the endpoint's, and quote the prompt.
            logger.warning("model %s: %s, %s", self._settings.name, error.kind, error.reason)
            raise

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _joined(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        """Join characters that were cut in two, and leave off where there are too many."""
        joined = codecs.getincrementaldecoder("utf-16-le")("replace")
        length = 0
        async with aclosing(self._received(prompt)) as received:
            async for part in received:
                if isinstance(part, TokenCounts):
                    yield part
                    continue
                # Some endpoints cut an emoji into its two surrogates, one in each chunk.
                piece = joined.decode(part.encode("utf-16-le", "surrogatepass"))
                length += len(piece)
                if length > LONGEST_ANSWER:
                    raise malformed("The answer is too long.")
                if piece:
                    yield piece

    async def _received(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        """Give the parts of the answer; what breaks the connection is a ModelError."""
        try:
            async with aclosing(self._exchange(prompt)) as parts:
                async for part in parts:
                    yield part
        except httpx2.TimeoutException:
            raise unreached("The endpoint did not answer in time.") from None
        except httpx2.SSEError:
            raise malformed("The endpoint sent no event stream, or too much.") from None
        except httpx2.HTTPError:
            raise unreached("The connection to the endpoint failed.") from None

    async def _exchange(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        key = self._key()
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        content = request_json(self._settings, prompt)
        asked = self._connected().stream("POST", self._url, content=content, headers=headers)
        async with asked as response:
            if not response.is_success:
                body = await beginning(response, LONGEST_ERROR)
                raise failure_answered(response.status_code, body, key)
            is_json = "json" in response.headers.get("content-type", "")
            parts = whole(response, key) if is_json else streamed(response, key)
            async with aclosing(parts):
                async for part in parts:
                    yield part

    def _connected(self) -> httpx2.AsyncClient:
        if self._client is None:
            try:
                self._client = self._new_client()
            except (ValueError, ImportError, httpx2.InvalidURL):
                raise unreached("The environment names a proxy that can't be used.") from None
        return self._client

    def _new_client(self) -> httpx2.AsyncClient:
        """Make a client that goes through the environment's proxy, but never to this machine.

        An endpoint on a loopback address must answer whatever the environment says.
        """
        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(self._settings.timeout, connect=CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=100),
            follow_redirects=False,
            trust_env=not _is_loopback(self._url.host),
        )

    def _key(self) -> str | None:
        """Give the key that may be sent; an endpoint that needs none is sent none but its own."""
        own = self._settings.api_key
        key = own.get_secret_value().strip() if own else ""
        if not key and self._settings.needs_key:
            key = os.environ.get(self._settings.api_key_variable, "").strip()
        # A header could not carry it otherwise, and the error would show it.
        return key if key and key.isascii() and key.isprintable() else None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
