"""The clients: DifyCompletion, and AsyncDifyCompletion with the same methods awaited."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime.client import API, AsyncClient, SyncClient
from ._runtime.security import Bearer

if TYPE_CHECKING:
    from .resources.application import Application, AsyncApplication
    from .resources.completion import AsyncCompletion, Completion
    from .resources.feedback import AsyncFeedback, Feedback
    from .resources.files import AsyncFiles, Files
    from .resources.tts import TTS, AsyncTTS

_api = API(
    name="dify-completion-client",
    version="0.1.0",
    base_url="https://api.dify.ai/v1",
    environment="DIFY",
    schemes={"ApiKeyAuth": Bearer()},
    security=(("ApiKeyAuth",),),
)


class DifyCompletion(SyncClient):
    """Completion App API.

    The text generation application offers non-session support and is ideal for translation,
    article writing, summarization AI, and more.

    `api_key` comes from `DIFY_API_KEY` if it is not given, `base_url` from `DIFY_BASE_URL` or
    the document. To be closed by `close()` or a `with` block.

    Args:
        api_key: A key, or a callable that gives one at each request; for several security schemes,
            a mapping of their names to either.
        base_url: Where the server is, without the operation's path.
        http_client: An `httpx2.Client` to send with, which stays yours to close.
        transport: What the client's own connections go through: a proxy, or a fake for tests.
        timeout: Seconds, or an `httpx2.Timeout`; left out, what was chosen for the `http_client`,
            else 600 for an answer and between any two of its pieces, 5 for a connection.
        max_retries: How often a request is sent again, where that can't hurt.
        strict: Raises what doesn't fit its schema in an answer, instead of keeping it as it came.
        on_error_event: `"yield"` gives an event that reports an error, instead of raising it.
    """

    _api = _api

    @cached_property
    def completion(self) -> Completion:
        """Operations related to text generation and completion."""
        from .resources.completion import Completion

        return Completion(self)

    @cached_property
    def files(self) -> Files:
        """Operations related to file management."""
        from .resources.files import Files

        return Files(self)

    @cached_property
    def feedback(self) -> Feedback:
        """Operations related to user feedback."""
        from .resources.feedback import Feedback

        return Feedback(self)

    @cached_property
    def tts(self) -> TTS:
        """Operations related to Text-to-Speech."""
        from .resources.tts import TTS

        return TTS(self)

    @cached_property
    def application(self) -> Application:
        """Operations to retrieve application settings and information."""
        from .resources.application import Application

        return Application(self)


class AsyncDifyCompletion(AsyncClient):
    """Completion App API, awaited.

    `api_key` comes from `DIFY_API_KEY` if it is not given, `base_url` from `DIFY_BASE_URL` or
    the document. To be closed by `await close()` or an `async with` block. It takes the same
    arguments as `DifyCompletion`, its `http_client` and `transport` being async ones.
    """

    _api = _api

    @cached_property
    def completion(self) -> AsyncCompletion:
        """Operations related to text generation and completion."""
        from .resources.completion import AsyncCompletion

        return AsyncCompletion(self)

    @cached_property
    def files(self) -> AsyncFiles:
        """Operations related to file management."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self)

    @cached_property
    def feedback(self) -> AsyncFeedback:
        """Operations related to user feedback."""
        from .resources.feedback import AsyncFeedback

        return AsyncFeedback(self)

    @cached_property
    def tts(self) -> AsyncTTS:
        """Operations related to Text-to-Speech."""
        from .resources.tts import AsyncTTS

        return AsyncTTS(self)

    @cached_property
    def application(self) -> AsyncApplication:
        """Operations to retrieve application settings and information."""
        from .resources.application import AsyncApplication

        return AsyncApplication(self)
