"""Turns any text into one to say, without what a speech program would obey or choke on."""

import re

# Far more than can be said in 300 s; bounds the work for a text of mostly unspoken characters.
LONGEST_TEXT = 60_000

CONTROLS_AND_SURROGATES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
PHONEMES = re.compile(r"\[(?=\[)")


def sayable(text: str) -> str:
    """Give what can be said of a text, empty if nothing can.

    Control characters (espeak's embedded commands among them) and lone surrogates become spaces,
    and `[[`, by which espeak is told phonemes, is taken apart.
    """
    clean = CONTROLS_AND_SURROGATES.sub(" ", text[:LONGEST_TEXT])
    return PHONEMES.sub("[ ", clean).strip()
