"""The clients: DifyCompletion, and AsyncDifyCompletion with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from ._runtime.security import Bearer
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
    """

    _api = _api

    @cached_property
    def completion(self) -> Completion:
        """Operations related to text generation and completion."""
        return Completion(self)

    @cached_property
    def files(self) -> Files:
        """Operations related to file management."""
        return Files(self)

    @cached_property
    def feedback(self) -> Feedback:
        """Operations related to user feedback."""
        return Feedback(self)

    @cached_property
    def tts(self) -> TTS:
        """Operations related to Text-to-Speech."""
        return TTS(self)

    @cached_property
    def application(self) -> Application:
        """Operations to retrieve application settings and information."""
        return Application(self)


class AsyncDifyCompletion(AsyncClient):
    """Completion App API, awaited."""

    _api = _api

    @cached_property
    def completion(self) -> AsyncCompletion:
        """Operations related to text generation and completion."""
        return AsyncCompletion(self)

    @cached_property
    def files(self) -> AsyncFiles:
        """Operations related to file management."""
        return AsyncFiles(self)

    @cached_property
    def feedback(self) -> AsyncFeedback:
        """Operations related to user feedback."""
        return AsyncFeedback(self)

    @cached_property
    def tts(self) -> AsyncTTS:
        """Operations related to Text-to-Speech."""
        return AsyncTTS(self)

    @cached_property
    def application(self) -> AsyncApplication:
        """Operations to retrieve application settings and information."""
        return AsyncApplication(self)
