"""Turns the settings of a model into the model; the only file that knows all of them."""

from completion_server.models.embedded import EmbeddedModel
from completion_server.models.model import Model
from completion_server.models.openai_compatible import OpenAICompatibleModel
from completion_server.settings.models import Embedded, ModelSettings


def model_of(settings: ModelSettings) -> Model:
    """Give the model that the settings describe; it opens nothing before its first answer."""
    if isinstance(settings, Embedded):
        return EmbeddedModel(settings)
    return OpenAICompatibleModel(settings)
