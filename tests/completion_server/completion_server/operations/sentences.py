"""Gathers an answer's words until there are sentences enough to be spoken."""

import re

# Ideographic and full-width marks end a sentence too.
END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\n]+")
FIRST = 2
MOST = 7
LONGEST = 1000


class Sentences:
    """What is said and not yet spoken.

    As in Dify: the first two sentences are spoken together, then three, and so on up to seven. A
    thousand characters are spoken anyway.
    """

    def __init__(self) -> None:
        self._words: list[str] = []
        self._length = 0
        self._ended = 0
        self._due = FIRST

    def add(self, words: str) -> str:
        """Add words; gives what is now due to be spoken, or nothing.

        A sentence ends with its words: what follows its mark in them is spoken with it.
        """
        self._words.append(words)
        self._length += len(words)
        # Only the new words are looked at: an answer may be long, and end no sentence.
        self._ended += len(END.findall(words))
        if self._ended < self._due and self._length < LONGEST:
            return ""
        self._due = min(self._due + 1, MOST)
        return self.rest()

    def rest(self) -> str:
        """Take what is left, as at the end of the answer."""
        rest = "".join(self._words)
        self._words, self._length, self._ended = [], 0, 0
        return rest
