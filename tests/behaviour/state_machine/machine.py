"""What all rules share: the server under test, what is true of it, and the things made so far."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine

from dify_completion import APIError, DifyCompletion
from tests.behaviour.state_machine.target import Target, TargetApp
from tests.behaviour.state_machine.world import OWNERS, Feedback, Message, Owner, Upload, World

MESSAGES: Bundle[Message] = Bundle("messages")
UPLOADS: Bundle[Upload] = Bundle("uploads")
owners = st.sampled_from(OWNERS)
strangers = st.integers(min_value=0, max_value=len(OWNERS) - 2)
apps = st.integers(min_value=0, max_value=1)


class Machine(RuleBasedStateMachine):
    """Starts from the server as it is, and leaves its feedback as it was."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
        past = [
            [Feedback(item.message_id, item.rating, item.content) for item in app.all_feedback()]
            for app in target.apps
        ]
        self.world = World(target.ids, past)

    def app(self, owner: Owner) -> TargetApp:
        """The app of an owner."""
        return self.target.apps[owner.app]

    def client(self, owner: Owner) -> DifyCompletion:
        """The client of an owner's app."""
        return self.app(owner).client

    def teardown(self) -> None:
        for message_id, owner in self.world.raters.items():
            # After a failure this may fail too, which must not hide it.
            with suppress(APIError):
                self.client(owner).feedback.post_message_feedback(
                    message_id=message_id, rating=None, user=owner.user
                )
