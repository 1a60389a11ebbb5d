"""Turns API keys into their hashes, the only form in which a server keeps them."""

import hashlib
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from completion_server.settings.places import refuse

API_KEY = "app-completion-server-key"
PREFIX = "sha256:"
HASH = re.compile(rf"{PREFIX}[0-9a-f]{{64}}")
# What a header can bring: around its value white space is dropped (RFC 9110 §5.5).
IN_A_HEADER = re.compile(r"[!-~]([ -~]*[!-~])?")


def hashed(key: str) -> str:
    """Give the hash of a key, as settings may hold it: `sha256:` and 64 hexadecimal digits."""
    return PREFIX + hashlib.sha256(key.encode()).hexdigest()


def _hashed_unless_it_is(text: str) -> str:
    if not IN_A_HEADER.fullmatch(text):
        refuse("key", (), "must be printable ASCII, without white space at its ends")
    if not text.startswith(PREFIX):
        return hashed(text)
    # Taken as a key, a misspelled hash would lock its app without a word.
    if not HASH.fullmatch(text.lower()):
        refuse("key", (), f"must be {PREFIX} and 64 hexadecimal digits")
    return text.lower()


# Hashed as soon as it is read, so that no later mistake can show it.
HashedKey = Annotated[str, Field(min_length=1), AfterValidator(_hashed_unless_it_is)]
