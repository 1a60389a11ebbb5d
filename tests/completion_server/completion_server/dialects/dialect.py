"""What the versions of Dify do each in its own way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from completion_server.dialects.arguments import BadArgument
from completion_server.dialects.failure import Failure
from completion_server.models.model import ModelError
from completion_server.storage import StoredFile

JsonObject = dict[str, Any]


class Dialect(Protocol):
    """One version's ways."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of every answer."""
        ...

    @property
    def index(self) -> Mapping[str, str] | None:
        """What `GET /v1/` answers, or None where nothing is there (404)."""
        ...

    @property
    def completion_media_type(self) -> str:
        """The Content-Type of a blocking answer."""
        ...

    @property
    def file_too_large(self) -> str:
        """The message of a 413 for a file."""
        ...

    @property
    def no_file_uploaded(self) -> Failure:
        """What a form without a file is told."""
        ...

    @property
    def refused_in_file_names(self) -> str:
        """The characters that a file's name may not hold."""
        ...

    @property
    def files_are_private(self) -> bool:
        """Whether only its own user of its own app can bring an uploaded file (row 20)."""
        ...

    @property
    def needs_remote_url(self) -> bool:
        """Whether a remote file without a URL is refused (row 21)."""
        ...

    @property
    def no_moderation(self) -> Mapping[str, Any]:
        """What /parameters says of the configuration of a moderation that is off."""
        ...

    def authorship(self, author: str) -> JsonObject:
        """Give what /info says of an app's author (row 53)."""
        ...

    def ordered_site(self, site: JsonObject) -> JsonObject:
        """Put the fields of /site in order."""
        ...

    def write(self, value: Any) -> bytes:
        """Write a JSON body."""
        ...

    def frame(self, event: JsonObject) -> bytes:
        """Write one event of a stream (row 30)."""
        ...

    def bad_argument(self, error: BadArgument) -> JsonObject:
        """Write the body of a 400 for an argument (row 2)."""
        ...

    def model_failure(self, error: ModelError, *, streaming: bool) -> Failure:
        """Word a failure of the model (row 16)."""
        ...

    def metadata(self, usage: JsonObject) -> JsonObject:
        """Give the metadata of an answer (row 11)."""
        ...

    def uploaded(self, file: StoredFile, source_url: str) -> JsonObject:
        """Describe an uploaded file (row 35)."""
        ...

    def updated(self, now: datetime) -> datetime:
        """Give the time of an update as precisely as it is kept (row 48)."""
        ...
