"""Looks at what an answer says, now and then while it grows and once at its end."""

from completion_server.settings import Moderation

CHARACTERS = 300


class OutputModeration:
    """The moderation of one answer, if its app has any."""

    def __init__(self, moderation: Moderation | None) -> None:
        self._moderation = moderation if moderation and moderation.output else None
        self._seen = 0

    def replacement_so_far(self, answer: str) -> str | None:
        """Give what replaces a growing answer; it is looked at whenever 300 characters came."""
        if len(answer) - self._seen < CHARACTERS:
            return None
        self._seen = len(answer)
        return self.replacement(answer)

    def replacement(self, answer: str) -> str | None:
        """Give what replaces an answer, or None if nothing is wrong with it."""
        if self._moderation is None or not self._moderation.flags(answer):
            return None
        return self._moderation.output_reply
