"""A real server of Dify's Completion App API, as 1.14.2 or 1.4.1 answers, without their faults."""

from completion_server.serving import RunningServer, serve, serve_settings
from completion_server.settings import (
    App,
    Embedded,
    Limits,
    Moderation,
    Number,
    OpenAICompatible,
    Paragraph,
    Select,
    ServerSettings,
    Speech,
    Storage,
    Text,
    Vision,
    WebApp,
)
from completion_server.settings.toml_file import SettingsError, read_settings

__all__ = [
    "App",
    "Embedded",
    "Limits",
    "Moderation",
    "Number",
    "OpenAICompatible",
    "Paragraph",
    "RunningServer",
    "Select",
    "ServerSettings",
    "SettingsError",
    "Speech",
    "Storage",
    "Text",
    "Vision",
    "WebApp",
    "read_settings",
    "serve",
    "serve_settings",
]
