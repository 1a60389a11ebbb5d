"""Turns text into audio; knows nothing of apps or HTTP."""

from completion_server.speech.speaker import Speaker, find_speaker
from completion_server.speech.tone import Tone

__all__ = ["Speaker", "Tone", "find_speaker"]
