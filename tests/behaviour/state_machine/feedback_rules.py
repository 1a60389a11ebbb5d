"""Feedback: given, changed, revoked and listed, newest first, nothing lost and nothing twice."""

from collections.abc import Sequence
from typing import Literal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from dify_completion import UNSET, Unset, models
from tests.behaviour.state_machine.machine import MESSAGES, Machine, apps
from tests.behaviour.state_machine.world import Feedback, Message, Owner

Rating = Literal["like", "dislike"]

FIRST_PAGE = 20
somes = st.lists(MESSAGES, min_size=1, max_size=4)
ratings: st.SearchStrategy[Rating] = st.sampled_from(("like", "dislike"))
# Not every database takes a NUL in a text.
letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
texts = st.sampled_from(("", " spaces around ", "two\r\nlines")) | st.text(letters, max_size=20)
contents: st.SearchStrategy[str | Unset] = st.just(UNSET) | texts
pages: st.SearchStrategy[int | Unset] = st.just(UNSET) | st.integers(min_value=1, max_value=6)
limits: st.SearchStrategy[int | Unset] = st.sampled_from((UNSET, 1, 2, 3, 7, 20, 100, 101))


class FeedbackRules(Machine):
    """Rules that say something of messages."""

    @rule(messages=somes, rating=ratings, content=contents)
    def rate(self, messages: list[Message], rating: Rating, content: str | Unset) -> None:
        """A change without content wipes the content (row 47)."""
        kept = None if isinstance(content, Unset) else content
        for message in messages:
            self.say(message.id, message.owner, rating, content)
            self.world.rate(message.owner, Feedback(message.id, rating, kept))
            self.see(message.owner.app)

    @rule(messages=somes, omitted=st.booleans())
    def revoke(self, messages: list[Message], *, omitted: bool) -> None:
        """A null, or no rating, takes back what there must be (row 46)."""
        for message in messages:
            place = f"messages/{message.id}/feedbacks"
            body = {"user": message.owner.user} | ({} if omitted else {"rating": None})
            answer = self.app(message.owner).http.post(place, json=body)
            was_rated = self.world.unrate(message.owner, message.id)
            assert answer.status_code == (200 if was_rated else 400)
            self.see(message.owner.app)

    @rule(app=apps, page=pages, limit=limits)
    def read(self, app: int, page: int | Unset, limit: int | Unset) -> None:
        """A page is a part of the whole, and all pages are the whole."""
        size = FIRST_PAGE if isinstance(limit, Unset) else limit
        start = 0 if isinstance(page, Unset) else (page - 1) * size
        expected = self.world.feedback(app)
        assert expected[start : start + size] == self.listed(app, page, limit)
        assert expected == self.believed(app, self.target.apps[app].all_feedback())

    def say(
        self, message_id: str, by: Owner, rating: Rating | None, content: str | Unset = UNSET
    ) -> None:
        """Send a rating of a message."""
        self.client(by).feedback.post_message_feedback(
            message_id=message_id, rating=rating, user=by.user, content=content
        )

    def see(self, app: int) -> None:
        """Hold the first page to what was said."""
        assert self.world.feedback(app)[:FIRST_PAGE] == self.listed(app)

    def listed(
        self, app: int, page: int | Unset = UNSET, limit: int | Unset = UNSET
    ) -> list[Feedback]:
        """Read a page."""
        client = self.target.apps[app].client
        return self.believed(app, client.feedback.get_app_feedbacks(page=page, limit=limit).data)

    def believed(self, app: int, items: Sequence[models.FeedbackItem]) -> list[Feedback]:
        """Hold items to what never changes in them, and give what was said."""
        times = [item.created_at for item in items]
        assert sorted(times, reverse=True) == times
        for item in items:
            assert item.created_at <= item.updated_at
            self.world.recall(f"feedback {item.id}", (item.message_id, item.created_at))
            self.world.recall(f"conversation of {item.message_id}", item.conversation_id)
            self.world.recall(f"app {app}", item.app_id)
            if owner := self.world.raters.get(item.message_id):
                self.world.recognise(owner, item.from_end_user_id)
        return [Feedback(item.message_id, item.rating, item.content) for item in items]
