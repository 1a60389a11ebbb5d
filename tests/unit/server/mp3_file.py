"""Measures an MP3 file, as a player would."""

import io

from mutagen.mp3 import MP3


def mp3_seconds(mp3: bytes) -> float:
    """Give how long an MP3 plays; raises mutagen's error if it is none."""
    return float(MP3(io.BytesIO(mp3)).info.length)  # type: ignore[no-untyped-call, attr-defined]
