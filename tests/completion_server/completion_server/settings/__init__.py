"""What a server is set to: its apps, models, limits and storage; knows nothing of HTTP."""

from completion_server.settings.apps import App
from completion_server.settings.features import Moderation, Speech, SpeechFormat, Vision, WebApp
from completion_server.settings.form import Control, Number, Paragraph, Select, Text
from completion_server.settings.keys import API_KEY, hashed
from completion_server.settings.limits import Limits
from completion_server.settings.models import Embedded, ModelSettings, OpenAICompatible
from completion_server.settings.server import Compatibility, ServerSettings, Storage, builtin_apps

__all__ = [
    "API_KEY",
    "App",
    "Compatibility",
    "Control",
    "Embedded",
    "Limits",
    "ModelSettings",
    "Moderation",
    "Number",
    "OpenAICompatible",
    "Paragraph",
    "Select",
    "ServerSettings",
    "Speech",
    "SpeechFormat",
    "Storage",
    "Text",
    "Vision",
    "WebApp",
    "builtin_apps",
    "hashed",
]
