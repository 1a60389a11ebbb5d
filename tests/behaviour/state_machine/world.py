"""What is true of a server's apps, in plain Python: who owns what, and what was said of it.

Knows nothing of clients and HTTP.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

USERS = ("ann", "42", "Zoë 🦉")


@dataclass(frozen=True)
class Owner:
    """A user of an app; two apps know two users by one name."""

    app: int
    user: str


OWNERS = tuple(Owner(app, user) for app in (0, 1) for user in USERS)


def stranger_to(owner: Owner, number: int) -> Owner:
    """Choose one of all the others."""
    others = [each for each in OWNERS if each != owner]
    return others[number % len(others)]


@dataclass(frozen=True)
class Answer:
    """What a prompt gets, and what that costs."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    total_price: Decimal


@dataclass(frozen=True)
class Message:
    """A completion; its answer is None where nobody waited for the end."""

    owner: Owner
    id: str
    answer: str | None


@dataclass(frozen=True)
class Upload:
    """An uploaded file, and what whoever looks at it can tell of it."""

    owner: Owner
    id: str
    look: str


@dataclass(frozen=True)
class Feedback:
    """What was said of a message."""

    message_id: str
    rating: str | None
    content: str | None


class World:
    """Everything that was done, starting from the feedback that each app had, newest first."""

    def __init__(self, ids: set[str], past: Sequence[Sequence[Feedback]]) -> None:
        self._ids = ids
        self._past = past
        self._answers: dict[tuple[object, ...], Answer] = {}
        self._end_users: dict[Owner, str] = {}
        self._said: tuple[dict[str, Feedback], ...] = tuple({} for _ in past)
        self._known: dict[str, object] = {}
        self.raters: dict[str, Owner] = {}

    def meet(self, *ids: str) -> None:
        """Hold new ids to be UUIDs that were never given before."""
        for each in ids:
            assert str(UUID(each)) == each
            assert each not in self._ids
            self._ids.add(each)

    def hear(self, answer: Answer, *prompt: object) -> None:
        """Hold the answer to a prompt to be the one that it got before, if any."""
        assert self._answers.setdefault(prompt, answer) == answer

    def recognise(self, owner: Owner, end_user_id: str | None) -> None:
        """Hold a user to have one end-user id, and nobody else to have it."""
        assert end_user_id is not None
        assert self._end_users.setdefault(owner, end_user_id) == end_user_id
        assert len(set(self._end_users.values())) == len(self._end_users)

    def recall(self, name: str, value: object) -> None:
        """Hold a value to be what it was when it was first seen."""
        assert self._known.setdefault(name, value) == value

    def rate(self, owner: Owner, feedback: Feedback) -> None:
        """Set the feedback on a message; a change leaves it at its place."""
        self._said[owner.app][feedback.message_id] = feedback
        self.raters[feedback.message_id] = owner

    def unrate(self, owner: Owner, message_id: str) -> bool:
        """Drop the feedback on a message; False if there was none."""
        self.raters.pop(message_id, None)
        return self._said[owner.app].pop(message_id, None) is not None

    def feedback(self, app: int) -> list[Feedback]:
        """List an app's feedback, newest first."""
        return [*reversed(self._said[app].values()), *self._past[app]]
