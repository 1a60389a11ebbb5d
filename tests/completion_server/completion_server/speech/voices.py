"""Turns espeak-ng's list of voices into the voice of a language; knows nothing of sound."""

import re
import subprocess

ENGLISH = "en"
LISTING_SECONDS = 5.0
MBROLA = "mb/"  # voices whose sounds are not espeak's own, and mostly not installed

ALIAS = re.compile(r"\((\S+) (\d+)\)")

# Language tags in lower case, and the names of their voices.
Voices = dict[str, str]


def read_voices(program: str) -> Voices:
    """Ask espeak-ng for its voices; raises OSError or subprocess.SubprocessError."""
    listing = subprocess.run(  # noqa: S603 - a program found on the path, with no one's words
        [program, "--voices"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LISTING_SECONDS,
        check=True,
    )
    return parse_voices(listing.stdout.decode(errors="replace"))


def parse_voices(listing: str) -> Voices:
    """Read a listing; a language has its own voice, or else the one that ranks first for it.

    A line is: priority, language, age and gender, name, file, and `(other-language priority)`.
    """
    rows = [row for row in (line.split(None, 4) for line in listing.splitlines()[1:]) if row[4:]]
    own = {row[1].lower(): row[1] for row in rows if not row[4].startswith(MBROLA)}
    ranked = sorted(
        (int(rank), alias.lower(), row[1])
        for row in rows
        if row[1].lower() in own
        for alias, rank in ALIAS.findall(row[4])
    )
    return {alias: voice for _, alias, voice in reversed(ranked)} | own


def find_voice(language: str, voices: Voices) -> str:
    """Give a language's voice, or that of a wider tag (RFC 4647 §3.4), or the English one."""
    tag = language.lower()
    while tag:
        if tag in voices:
            return voices[tag]
        tag = tag.rpartition("-")[0]
    return voices.get(ENGLISH, ENGLISH)
