"""The ways of Dify 1.4.1 (May 2025)."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from completion_server.dialects.arguments import BadArgument
from completion_server.dialects.dialect import JsonObject
from completion_server.dialects.failure import NOT_UNDERSTOOD, Failure
from completion_server.dialects.model_failures import known_failure, plugin_dump
from completion_server.dialects.uploads import described
from completion_server.models.model import ModelError
from completion_server.storage import StoredFile

KINDS = {"object": "a dictionary", "list": "a list", "string": "a string"}


class Dify141:
    """What version 1.4.1 does in its own way."""

    headers: Mapping[str, str] = MappingProxyType(
        {"Access-Control-Allow-Origin": "*", "X-Version": "1.4.1", "X-Env": "PRODUCTION"}
    )
    index: Mapping[str, str] | None = MappingProxyType(
        {"welcome": "Dify OpenAPI", "api_version": "v1", "server_version": "1.4.1"}
    )
    completion_media_type = "application/json"
    # The braces are its own: nobody filled them in (row 41).
    file_too_large = "File size exceeded. {message}"
    no_file_uploaded = Failure("bad_request_key_error", NOT_UNDERSTOOD)
    refused_in_file_names = '/\\:*?"<>|'
    files_are_private = False
    needs_remote_url = True

    no_moderation: Mapping[str, Any] = MappingProxyType({"configs": []})

    def authorship(self, author: str) -> JsonObject:  # noqa: ARG002
        """Say nothing."""
        return {}

    def ordered_site(self, site: JsonObject) -> JsonObject:
        """Leave the icon's URL beside the icon."""
        return site

    def write(self, value: Any) -> bytes:
        """Write JSON with spaces, in ASCII, and a line feed."""
        return json.dumps(value).encode() + b"\n"

    def frame(self, event: JsonObject) -> bytes:
        """Write an event in ASCII."""
        return b"data: " + json.dumps(event).encode() + b"\n\n"

    def bad_argument(self, error: BadArgument) -> JsonObject:
        """Name the argument in `params`; there is no status."""
        return {"code": "invalid_param", "message": _message(error), "params": error.field}

    def model_failure(self, error: ModelError, *, streaming: bool) -> Failure:  # noqa: ARG002
        """Word it alike in both modes."""
        unforeseen = f"[openai] Error: PluginInvokeError: {plugin_dump(error)}"
        return known_failure(error) or Failure("completion_request_error", unforeseen)

    def metadata(self, usage: JsonObject) -> JsonObject:
        """Give the usage alone."""
        return {"usage": usage}

    def uploaded(self, file: StoredFile, source_url: str) -> JsonObject:  # noqa: ARG002
        """Give what every version gives."""
        return described(file)

    def updated(self, now: datetime) -> datetime:
        """Keep seconds."""
        return now.replace(microsecond=0)


def _message(error: BadArgument) -> str:
    value = error.value
    match error.problem:
        case "missing":
            said = "Missing required parameter in the JSON body"
        case "choice":
            said = f"{value} is not a valid choice"
        case "integer":
            said = _no_integer(value)
        case "too_small" | "too_large":
            low, high = error.allowed
            said = f"Invalid argument: {value}. argument must be within the range {low} - {high}"
        case "object" if isinstance(value, str):
            said = "dictionary update sequence element #0 has length 1; 2 is required"
        case "object" | "list" | "string":
            said = f"{type(value).__name__!r} object is not {KINDS[error.problem]}"
    return said


def _no_integer(value: str) -> str:
    if value == "":
        return " is not a valid integer"
    return f"invalid literal for int() with base 10: {value!r}"
