"""Turns a text into a silent MP3 that lasts about as long as saying it would.

MPEG-1 Layer III, 48 kHz, 32 kbit/s, mono: a frame is exactly 96 bytes and 24 ms, so none is padded.
"""

# ISO/IEC 11172-3 §2.4.1.3: sync, MPEG-1, Layer III, no CRC; 32 kbit/s, 48 kHz; mono.
FRAME_HEADER = bytes([0xFF, 0xFB, 0x14, 0xC0])
FRAME_SIZE = 96
FRAME_SECONDS = 0.024
SECONDS_PER_CHARACTER = 0.06
SHORTEST_SECONDS = 0.25
LONGEST_SECONDS = 300.0

# Side information of zeros says that a frame has no main data: it decodes as silence.
FRAME = FRAME_HEADER.ljust(FRAME_SIZE, b"\0")


def speak(text: str) -> bytes:
    """Make the MP3 of a text, a quarter of a second long at least and five minutes at most."""
    seconds = len(text) * SECONDS_PER_CHARACTER
    bounded = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)
    return FRAME * round(bounded / FRAME_SECONDS)
