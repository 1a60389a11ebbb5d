"""Reach: what is another's, or nobody's, is not found, and a wrong key opens nothing."""

from uuid import uuid4

import pytest
from hypothesis.stateful import rule

from dify_completion import AuthenticationError, DifyCompletion, NotFoundError
from tests.behaviour.state_machine.feedback_rules import FeedbackRules
from tests.behaviour.state_machine.machine import MESSAGES, strangers
from tests.behaviour.state_machine.speech_rules import SpeechRules
from tests.behaviour.state_machine.upload_rules import UploadRules
from tests.behaviour.state_machine.world import Message, Owner, stranger_to


class ReachRules(UploadRules, FeedbackRules, SpeechRules):
    """The rule that leaves no trace."""

    @rule(message=MESSAGES, stranger=strangers)
    def reach_too_far(self, message: Message, stranger: int) -> None:
        by = stranger_to(message.owner, stranger)
        self.reach(by, message.id)
        self.reach(message.owner, str(uuid4()))
        self.come_with_a_wrong_key(self.app(message.owner).visitor)
        assert self.app(by).description == self.app(by).describe()
        self.see(message.owner.app)

    def reach(self, owner: Owner, message_id: str) -> None:
        """Try everything that names a message."""
        for rating in ("like", None):
            with pytest.raises(NotFoundError):
                self.say(message_id, owner, rating)
        if self.app(owner).speaks:
            with pytest.raises(NotFoundError):
                self.spoken(owner, message_id)
        if self.app(owner).images:
            self.fail_to_show(owner, message_id)
        # Whether it runs is nobody else's business (row 44).
        self.client(owner).completion.stop_generate(task_id=message_id, user=owner.user)

    def come_with_a_wrong_key(self, visitor: DifyCompletion) -> None:
        """Try to read without a right to."""
        for ask in (visitor.application.get_app_info, visitor.feedback.get_app_feedbacks):
            with pytest.raises(AuthenticationError):
                ask()
