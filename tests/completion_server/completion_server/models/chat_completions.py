"""Turns a prompt into the JSON of a chat completion, and the JSON that comes back into text.

What it reads may be anything at all: a field that is missing or of another kind counts as empty.
"""

import base64
import json
from typing import Any

from completion_server.models.endpoint_errors import failure_told, malformed
from completion_server.models.model import Image, Prompt, TokenCounts
from completion_server.settings.models import OpenAICompatible

MOST_TOKENS = 1_000_000_000


def request_json(settings: OpenAICompatible, prompt: Prompt) -> bytes:
    """Write the request's body; the answer shall be streamed and its tokens counted."""
    optional = {
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "seed": settings.seed,
    }
    system = [{"role": "system", "content": settings.system_prompt}]
    body = {
        "model": settings.name,
        "messages": [
            *(system if settings.system_prompt else []),
            {"role": "user", "content": _content(prompt)},
        ],
        "user": prompt.user,
        "stream": True,
        "stream_options": {"include_usage": True},
        **{name: value for name, value in optional.items() if value is not None},
    }
    return json.dumps(body).encode()


def read_json(text: str | bytes, key: str | None) -> dict[str, Any]:
    """Read a chunk or a whole answer; ModelError if it is malformed or tells of an error."""
    try:
        chunk = json.loads(text)
    except (ValueError, RecursionError):
        chunk = None
    if not isinstance(chunk, dict):
        raise malformed("The endpoint sent malformed JSON.")
    if error := chunk.get("error") or (chunk if chunk.get("object") == "error" else None):
        raise failure_told(error, key)
    return chunk


def text_of(chunk: dict[str, Any]) -> str:
    """Give the text of a chunk's delta, or of a whole answer's message; it may be empty."""
    choices = chunk.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return ""
    part = choice.get("delta") or choice.get("message")
    content = part.get("content") if isinstance(part, dict) else None
    return content if isinstance(content, str) else ""


def counts_of(chunk: dict[str, Any]) -> TokenCounts | None:
    """Give the token counts that a chunk or an answer carries, if they are counts."""
    usage = chunk.get("usage")
    if not isinstance(usage, dict):
        return None
    match usage.get("prompt_tokens"), usage.get("completion_tokens"):
        case (bool(), _) | (_, bool()):
            return None
        case int() as sent, int() as received if min(sent, received) >= 0:
            return TokenCounts(min(sent, MOST_TOKENS), min(received, MOST_TOKENS))
    return None


def _content(prompt: Prompt) -> str | list[dict[str, Any]]:
    if not prompt.images:
        return prompt.text
    images = [{"type": "image_url", "image_url": {"url": _url(it)}} for it in prompt.images]
    return [{"type": "text", "text": prompt.text}, *images]


def _url(image: Image) -> str:
    return f"data:{image.media_type};base64,{base64.b64encode(image.content).decode()}"
