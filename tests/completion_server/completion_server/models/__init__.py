"""What answers prompts; knows nothing of apps' forms, events or HTTP's other side."""

from completion_server.models.choose import model_of
from completion_server.models.model import Image, Model, ModelError, Prompt, TokenCounts

__all__ = ["Image", "Model", "ModelError", "Prompt", "TokenCounts", "model_of"]
