"""What is true of an app after all that was done in it; knows nothing of clients."""

from __future__ import annotations

from specloom.contract.scenario import require

from .feedback import CHANGED, ONCE
from .operations import CREATE, FEEDBACKS, UPLOAD
from .uploads import IDS, OWNER

NEW_IDS = "ids_are_never_given_twice"

Said = tuple[str, str | None]
"""A rating, and what was written."""


class World:
    """Messages and their users, what was said of them, and who uploaded what."""

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}
        self._said: dict[str, Said] = {}
        self._ids: set[str] = set()
        self._users: dict[str, str] = {}

    def learn(self, user: str, message_id: str) -> str:
        """Take note of a new message."""
        self._meet(message_id, CREATE)
        self.messages[message_id] = user
        return message_id

    def keep(self, user: str, file_id: str, created_by: str) -> None:
        """Take note of a new file; a user is always the same, and nobody else."""
        self._meet(file_id, UPLOAD)
        known = self._users.setdefault(user, created_by)
        require(known == created_by, OWNER, UPLOAD, f"one user is {known} and {created_by}")
        apart = len({*self._users.values()}) == len(self._users)
        require(apart, OWNER, UPLOAD, f"two users are {created_by}")

    def say(self, message_id: str, said: Said | None) -> None:
        """Change what is said of a message, which keeps its place; None revokes it."""
        if said is None:
            self._said.pop(message_id, None)
        else:
            self._said[message_id] = said

    def is_rated(self, message_id: str) -> bool:
        """Whether anything is said of a message."""
        return message_id in self._said

    def see(self, listed: list[tuple[str, str | None, str | None]]) -> None:
        """Hold a list of messages, ratings and contents, newest first, to what was said."""
        own = [each for each in listed if each[0] in self.messages]
        once = len({each[0] for each in own}) == len(own)
        require(once, ONCE, FEEDBACKS, "the feedback on a message is there more than once")
        said = [(message, *self._said[message]) for message in reversed(self._said)]
        require(own == said, CHANGED, FEEDBACKS, f"listed is {own}, not {said}")

    def _meet(self, new: str, operation: str) -> None:
        check = IDS if operation == UPLOAD else NEW_IDS
        require(new not in self._ids, check, operation, f"the id {new} is given twice")
        self._ids.add(new)
