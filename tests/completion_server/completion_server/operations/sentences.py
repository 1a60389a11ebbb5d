"""Gathers an answer's words until there are sentences enough to be spoken."""

import re

# Ideographic and full-width marks end a sentence too.
ENDS = r".!?\u2026\u3002\uff01\uff1f\n"
SENTENCE = re.compile(f"[^{ENDS}]*[{ENDS}]+")
FIRST = 2
MOST = 7


class Sentences:
    """What is said and not yet spoken.

    As in Dify: the first two sentences are spoken together, then three, and so on up to seven.
    """

    def __init__(self) -> None:
        self._text = ""
        self._due = FIRST

    def add(self, words: str) -> str:
        """Add words; gives what is now due to be spoken, or nothing."""
        self._text += words
        whole = SENTENCE.findall(self._text)
        if len(whole) < min(self._due, MOST):
            return ""
        self._due += 1
        due = "".join(whole)
        self._text = self._text[len(due) :]
        return due

    def rest(self) -> str:
        """Take what is left at the end of the answer."""
        rest, self._text = self._text, ""
        return rest
