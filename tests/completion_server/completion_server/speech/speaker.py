"""Finds what turns texts into audio on this machine; knows nothing of how."""

import shutil
import subprocess
from typing import Protocol

from completion_server.settings import SpeechFormat
from completion_server.speech.espeak import Espeak
from completion_server.speech.tone import Tone
from completion_server.speech.voices import read_voices

PROGRAM = "espeak-ng"


class Speaker(Protocol):
    """What turns texts into audio."""

    async def speak(self, text: str, speech_format: SpeechFormat, language: str) -> bytes:
        """Give a file of this format, 0.25 s to 300 s long, for any text; `language` is a tag."""
        ...


def find_speaker() -> Speaker:
    """Give espeak-ng's voice where it is installed and works, and a tone where not."""
    program = shutil.which(PROGRAM)
    if program is None:
        return Tone()
    try:
        return Espeak(program, read_voices(program))
    except (OSError, subprocess.SubprocessError):
        return Tone()
