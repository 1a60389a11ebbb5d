"""MPEG audio as bytes into what is wrong with it: frame upon frame, with tags around them.

ISO/IEC 11172-3 §2.4.1.3 and 13818-3; tags are ID3's. Knows nothing of what is to be heard.
"""

from __future__ import annotations

from typing import Final

_ID3V1: Final = 128
_ID3V2: Final = 10
_ID3V2_FOOTER: Final = 0x10

_HEADER: Final = 4
_SYNC: Final = 0x7FF
_BYTES_A_KILOBIT: Final = 125
_MPEG_1: Final = 3
_RATES: Final = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}
_LAYERS: Final = {1: 3, 2: 2, 3: 1}
_LOW_KILOBITS: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# By whether it is MPEG-1, and the layer; the first counts as 1, since 0 leaves it open.
_KILOBITS: Final = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): _LOW_KILOBITS,
    (False, 3): _LOW_KILOBITS,
}
_SAMPLES: Final = {1: 384, 2: 1152, 3: 1152}


def mpeg_fault(body: bytes) -> str | None:
    """What is wrong with MPEG audio, such as MP3, if anything.

    A lone frame may be shorter than it says: a stand-in for a model sends no more than that.
    """
    place = frames = 0
    end = len(body.rstrip(b"\0"))
    while place < end:
        length = tag_length(body, place)
        if length == 0:
            length = frame_length(body[place : place + _HEADER])
            frames += 1
        if length == 0:
            return f"no frame begins at byte {place}"
        place += length
    if frames == 0:
        return "there is no frame"
    return "the last frame is cut off" if place > len(body) and frames > 1 else None


def tag_length(body: bytes, place: int) -> int:
    """How long the tag is that begins there, in bytes; 0 if none does."""
    if body.startswith(b"TAG", place):
        return _ID3V1
    head = body[place : place + _ID3V2]
    if not head.startswith(b"ID3") or len(head) < _ID3V2:
        return 0
    size = sum(byte << 7 * index for index, byte in enumerate(reversed(head[6:])))
    footer = _ID3V2 if head[5] & _ID3V2_FOOTER else 0
    return _ID3V2 + size + footer


def frame_length(header: bytes) -> int:
    """How long the frame is that begins with these four bytes; 0 if none does."""
    bits = int.from_bytes(header, "big")
    version, layer = bits >> 19 & 3, _LAYERS.get(bits >> 17 & 3)
    if len(header) < _HEADER or bits >> 21 != _SYNC or version not in _RATES or layer is None:
        return 0
    rates, kilobits = _RATES[version], _KILOBITS[version == _MPEG_1, layer]
    rate, bit_rate, padding = bits >> 10 & 3, bits >> 12 & 15, bits >> 9 & 1
    if rate == len(rates) or not 1 <= bit_rate <= len(kilobits):
        return 0
    slot = 4 if layer == 1 else 1
    samples = _SAMPLES[layer] // (2 if (version != _MPEG_1 and layer == 3) else 1)  # noqa: PLR2004 - layer III
    bytes_a_second = kilobits[bit_rate - 1] * _BYTES_A_KILOBIT
    return (samples * bytes_a_second // rates[rate] // slot + padding) * slot
