"""Writes a value as the compact ASCII JSON line that Dify 1.14.2 answers with."""

import json
from typing import Any

from starlette.responses import Response


class CompactJSONResponse(Response):
    """`application/json` in ASCII, without spaces, ending in a line feed."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Write the content as JSON."""
        return json.dumps(content, separators=(",", ":")).encode() + b"\n"
