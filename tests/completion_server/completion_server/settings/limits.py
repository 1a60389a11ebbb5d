"""How large an upload may be, as /parameters tells and /files/upload holds to, and how many ask."""

from typing import Annotated

from pydantic import Field

from completion_server.settings.setting import Setting
from completion_server.settings.whole_numbers import Count

MEGABYTE = 1024 * 1024
IMAGE_EXTENSIONS = {"jpg", "jpeg", "png", "webp", "gif", "svg"}
AUDIO_EXTENSIONS = {"mp3", "m4a", "wav", "amr", "mpga"}
VIDEO_EXTENSIONS = {"mp4", "mov", "mpeg", "webm"}

Megabytes = Annotated[int, Field(ge=1, le=10_000)]


class Limits(Setting):
    """Sizes in megabytes by kind of file; `requests` is how many one worker serves at once."""

    image: Megabytes = 10
    video: Megabytes = 100
    audio: Megabytes = 50
    file: Megabytes = 15
    workflow_files: Count = 10
    requests: Count = 2000

    def upload(self, extension: str) -> int:
        """Give the largest size of a file with this extension, in bytes."""
        return self._megabytes(extension) * MEGABYTE

    @property
    def largest_upload(self) -> int:
        """The largest size of any file, in bytes."""
        return max(self.image, self.video, self.audio, self.file) * MEGABYTE

    def _megabytes(self, extension: str) -> int:
        if extension in IMAGE_EXTENSIONS:
            return self.image
        if extension in VIDEO_EXTENSIONS:
            return self.video
        if extension in AUDIO_EXTENSIONS:
            return self.audio
        return self.file
