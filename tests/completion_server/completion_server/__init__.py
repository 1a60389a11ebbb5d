"""A real server of Dify's Completion App API, as 1.14.2 or 1.4.1 answers, without their faults."""

from completion_server.serving import RunningServer, serve, serve_settings
from completion_server.settings import (
    App,
    Embedded,
    Moderation,
    OpenAICompatible,
    ServerSettings,
    Speech,
    Vision,
)

__all__ = [
    "App",
    "Embedded",
    "Moderation",
    "OpenAICompatible",
    "RunningServer",
    "ServerSettings",
    "Speech",
    "Vision",
    "serve",
    "serve_settings",
]
