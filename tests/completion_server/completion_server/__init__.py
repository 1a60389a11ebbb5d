"""A real server of Dify's Completion App API, as version 1.14.2 answers, without its faults."""

from completion_server.apps import App, Moderation
from completion_server.serving import RunningServer, serve

__all__ = ["App", "Moderation", "RunningServer", "serve"]
