"""The ways of Dify 1.14.2 (May 2026)."""

import json
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from completion_server.dialects.arguments import BadArgument
from completion_server.dialects.dialect import JsonObject
from completion_server.dialects.failure import Failure
from completion_server.dialects.model_failures import known_failure, plugin_dump
from completion_server.dialects.uploads import described
from completion_server.dialects.validation_dump import validation_dump
from completion_server.models.model import ModelError
from completion_server.storage import StoredFile

# The same in every run.
TENANT_ID = str(uuid.uuid5(uuid.NAMESPACE_OID, "tenant"))


class Dify1142:
    """What version 1.14.2 does in its own way."""

    headers: Mapping[str, str] = MappingProxyType(
        {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "X-Env, X-Trace-Id, X-Version",
            "X-Version": "1.14.2",
            "X-Env": "PRODUCTION",
        }
    )
    index: Mapping[str, str] | None = None
    completion_media_type = "application/json; charset=utf-8"
    file_too_large = ""
    no_file_uploaded = Failure("no_file_uploaded", "Please upload your file.")
    refused_in_file_names = "/\\"
    files_are_private = True
    needs_remote_url = False

    no_moderation: Mapping[str, Any] = MappingProxyType({"config": {}})

    def authorship(self, author: str) -> JsonObject:
        """Name the author."""
        return {"author_name": author}

    def ordered_site(self, site: JsonObject) -> JsonObject:
        """Put the icon's URL last."""
        others = {name: value for name, value in site.items() if name != "icon_url"}
        return {**others, "icon_url": site["icon_url"]}

    def write(self, value: Any) -> bytes:
        r"""Write compact JSON in ASCII, slashes as `\/`, and a line feed."""
        return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode() + b"\n"

    def frame(self, event: JsonObject) -> bytes:
        """Write an event as compact JSON in raw UTF-8, U+2028 included."""
        return f"data: {json.dumps(event, separators=(',', ':'), ensure_ascii=False)}\n\n".encode()

    def bad_argument(self, error: BadArgument) -> JsonObject:
        """Give the dump of a validation."""
        return {"code": "invalid_param", "message": validation_dump(error), "status": 400}

    def model_failure(self, error: ModelError, *, streaming: bool) -> Failure:
        """Word an unforeseen failure by its mode."""
        dump = plugin_dump(error)
        unforeseen = (
            dump if streaming else f"req_id: {secrets.token_hex(5)} PluginInvokeError: {dump}"
        )
        return known_failure(error) or Failure("invalid_param", unforeseen)

    def metadata(self, usage: JsonObject) -> JsonObject:
        """Give the usage with two more fields, among what else an answer may have."""
        timed = {**usage, "time_to_first_token": None, "time_to_generate": None}
        return {"annotation_reply": None, "retriever_resources": [], "usage": timed}

    def uploaded(self, file: StoredFile, source_url: str) -> JsonObject:
        """Give what 1.4.1 gives and six fields more."""
        return {
            **described(file),
            "source_url": source_url,
            "original_url": None,
            "user_id": None,
            "tenant_id": TENANT_ID,
            "conversation_id": None,
            "file_key": None,
        }

    def updated(self, now: datetime) -> datetime:
        """Keep microseconds."""
        return now
