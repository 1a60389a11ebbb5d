"""Completions: at once, streamed, stopped, left early; the same prompt always gets the same."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, precondition, rule

from dify_completion import Stream
from tests.behaviour.state_machine.answers import (
    Event,
    Reply,
    piece_of,
    reply_of_events,
    reply_of_response,
)
from tests.behaviour.state_machine.machine import MESSAGES, Machine, owners, strangers
from tests.behaviour.state_machine.world import OWNERS, Answer, Message, Owner, stranger_to

# Pieces, and seconds between them: time to be stopped, and to see that nothing stops it.
FEW, MANY = 6, 500
SHORT, LONG = f"[[slow:{FEW}:0.05]]", f"[[slow:{MANY}:0.02]]"
# Waiting takes time, so that one example does it this often at most.
MOST_STOPS = 2
FREE = Answer("", 0, 0, Decimal(0))

prompts = st.sampled_from(
    ("Hello", "", "Translate to French: good morning", "Write a poem on rain.", "[[unicode]]")
) | st.text(max_size=40)
beginnings = st.integers(min_value=1, max_value=3)


class CompletionRules(Machine):
    """Rules that make messages."""

    stops = 0

    @initialize(target=MESSAGES, prompt=prompts)
    def begin(self, prompt: str) -> MultipleResults[Message]:
        """Everyone has something to speak of from the start."""
        return multiple(*(self.learn(each, self.ask(each, prompt), prompt) for each in OWNERS))

    @rule(target=MESSAGES, owner=owners, prompt=prompts)
    def complete(self, owner: Owner, prompt: str) -> MultipleResults[Message]:
        """What is streamed is what is answered at once; a piece is a token."""
        message = self.learn(owner, self.ask(owner, prompt), prompt)
        with self.streaming(owner, prompt) as events:
            reply = reply_of_events(events)
        assert reply.answer.completion_tokens == len(reply.pieces)
        return multiple(message, self.learn(owner, reply, prompt))

    @rule(target=MESSAGES, owner=owners, after=beginnings)
    def leave(self, owner: Owner, after: int) -> Message:
        """Whoever leaves a stream has a message all the same."""
        with self.streaming(owner, LONG) as events:
            first, *_ = (piece_of(event) for event, _ in zip(events, range(after), strict=False))
        self.world.meet(first.message_id, first.task_id)
        return Message(owner, first.message_id, None)

    @precondition(lambda self: self.stops < MOST_STOPS)
    @rule(target=MESSAGES, owner=owners, after=beginnings, stranger=st.none() | strangers)
    def stop(self, owner: Owner, after: int, stranger: int | None) -> Message:
        """A stopped answer is a part of the whole, and free; a stranger stops nothing (row 44)."""
        if stranger is not None:
            reply = self.stopped(owner, SHORT, stranger_to(owner, stranger), after)
            assert words(FEW) == reply.answer.text
            return self.learn(owner, reply, SHORT)
        reply = self.stopped(owner, LONG, owner, after)
        assert words(len(reply.pieces)) == reply.answer.text
        assert after <= len(reply.pieces) < MANY
        assert replace(reply.answer, text="") == FREE
        return self.learn(owner, reply)

    def ask(self, owner: Owner, prompt: str) -> Reply:
        """Ask for an answer at once."""
        completion = self.client(owner).completion
        inputs = {"query": prompt}
        return reply_of_response(
            completion.create_completion_message(inputs=inputs, user=owner.user)
        )

    def streaming(self, owner: Owner, prompt: str) -> Stream[Event]:
        """Ask for a stream."""
        completion = self.client(owner).completion
        return completion.stream_completion_message(inputs={"query": prompt}, user=owner.user)

    def stopped(self, owner: Owner, prompt: str, by: Owner, after: int) -> Reply:
        """Stream to the end, asking after some pieces that it stop."""
        self.stops += 1
        seen: list[Event] = []
        with self.streaming(owner, prompt) as events:
            for event in events:
                seen.append(event)
                if len(seen) == after:
                    task_id = piece_of(event).task_id
                    self.client(by).completion.stop_generate(task_id=task_id, user=by.user)
        return reply_of_events(seen)

    def learn(self, owner: Owner, reply: Reply, *prompt: str) -> Message:
        """Take note of a new message, and of the answer to its prompt where it is whole."""
        self.world.meet(reply.message_id, reply.task_id)
        if prompt:
            self.world.hear(reply.answer, owner.app, *prompt)
        return Message(owner, reply.message_id, reply.answer.text)


def words(count: int) -> str:
    """The first words of the answer to a slow prompt."""
    return "".join(f"w{number} " for number in range(count))
