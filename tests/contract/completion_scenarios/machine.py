"""Whatever is done in an app, in any order: what was done is what is found."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    rule,
)

from dify_completion import APIError

from .apart import USERS_MESSAGE, refused
from .app import ANN, BOB, HELLO
from .completions import check_usage
from .feedback import NOTHING, rate
from .operations import RATE
from .uploads import uploaded
from .world import World

if TYPE_CHECKING:
    from .app import App
    from .examples import Examples

MESSAGES: Bundle[str] = Bundle("messages")
users = st.sampled_from((ANN, BOB))
prompts = st.sampled_from((HELLO, "Name a colour.", "Translate to French: good morning"))
ratings: st.SearchStrategy[Literal["like", "dislike"]] = st.sampled_from(("like", "dislike"))
# Not every database takes a NUL in a text.
letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
contents = (
    st.none()
    | st.sampled_from(("", " spaces around ", "two\r\nlines"))
    | st.text(letters, max_size=20)
)
stems = st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=12)
endings = st.sampled_from(("", ".png", ".PNG", ".tar.gz"))
kinds = st.sampled_from(("image/png", "text/plain", "application/x-odd+json"))
sizes = st.sampled_from((0, 1, 4095, 4096, 65_537)) | st.integers(0, 3000)


class Machine(RuleBasedStateMachine):
    """Starts with a message, and leaves no feedback behind."""

    def __init__(self, app: App, examples: Examples) -> None:
        super().__init__()
        assume(examples.begin())
        self.app, self.examples, self.world = app, examples, World()

    @initialize(target=MESSAGES)
    def begin(self) -> str:
        return self.complete_as(ANN, HELLO)

    @rule(target=MESSAGES, user=users, prompt=prompts)
    def complete(self, user: str, prompt: str) -> str:
        return self.complete_as(user, prompt)

    @rule(message=MESSAGES, rating=ratings, content=contents)
    def rate(self, message: str, rating: Literal["like", "dislike"], content: str | None) -> None:
        options = {} if content is None else {"content": content}
        rate(self.app, self.world.messages[message], message, rating, **options)
        self.world.say(message, (rating, content))
        self.see()

    @rule(message=MESSAGES)
    def revoke(self, message: str) -> None:
        user = self.world.messages[message]
        if self.world.is_rated(message):
            rate(self.app, user, message, None)
        else:
            wrong = "feedback that is not there is revoked"
            refused(NOTHING, RATE, wrong, lambda: self.app.rate(user, message, None))
        self.world.say(message, None)
        self.see()

    @rule(message=MESSAGES, rating=ratings)
    def rate_anothers(self, message: str, rating: Literal["like", "dislike"]) -> None:
        other = BOB if self.world.messages[message] == ANN else ANN
        wrong = "another user rates the message"
        refused(USERS_MESSAGE, RATE, wrong, lambda: self.app.rate(other, message, rating))
        self.see()

    @rule(user=users, stem=stems, ending=endings, kind=kinds, size=sizes)
    def upload(self, user: str, stem: str, ending: str, kind: str, size: int) -> None:
        name, content = stem + ending, b"\xa5" * size
        kept = uploaded(self.app, user, name, content, kind)
        self.world.keep(user, kept.id, kept.created_by)

    def complete_as(self, user: str, prompt: str) -> str:
        """Ask, and hold the answer to what is true of any."""
        answer = self.app.ask(user, prompt)
        check_usage(answer.metadata.usage)
        return self.world.learn(user, answer.message_id)

    def see(self) -> None:
        """Hold the list of feedback to what was said."""
        self.world.see(
            [(each.message_id, each.rating, each.content) for each in self.app.page(1, 101)]
        )

    def teardown(self) -> None:
        # Called while what was raised is on its way.
        error = sys.exception()
        if isinstance(error, AssertionError | APIError):
            self.examples.fail(error)
        for message, user in self.world.messages.items():
            if self.world.is_rated(message):
                # After a failure this may fail too, which must not hide it.
                with suppress(APIError):
                    self.app.rate(user, message, None)
