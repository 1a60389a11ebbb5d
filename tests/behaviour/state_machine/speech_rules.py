"""Speech: a message is spoken as its answer is, by an app that speaks."""

import pytest
from hypothesis.stateful import rule

from dify_completion import BadRequestError
from tests.behaviour.state_machine.machine import MESSAGES, Machine
from tests.behaviour.state_machine.target import Target
from tests.behaviour.state_machine.world import Message, Owner


class SpeechRules(Machine):
    """Rules that make messages heard, which shows what was kept of them."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self.speeches: dict[tuple[int, str], bytes] = {}

    @rule(message=MESSAGES)
    def speak(self, message: Message) -> None:
        if not self.app(message.owner).speaks:
            with pytest.raises(BadRequestError):
                self.spoken(message.owner, message.id)
            return
        spoken = self.spoken(message.owner, message.id)
        assert spoken
        if message.answer is not None:
            assert self.said(message.owner, message.answer) == spoken

    def spoken(self, owner: Owner, message_id: str) -> bytes:
        """Ask for the speech of a message."""
        audio = self.client(owner).tts.text_to_audio(message_id=message_id, user=owner.user)
        assert audio.content_type == "audio/mpeg"
        return audio.read()

    def said(self, owner: Owner, text: str) -> bytes:
        """Give the speech of a text; speaking takes time, so that it is asked for once."""
        if (owner.app, text) not in self.speeches:
            audio = self.client(owner).tts.text_to_audio(text=text, user=owner.user)
            self.speeches[owner.app, text] = audio.read()
        return self.speeches[owner.app, text]
