"""An app behind a key: what it asks for, what is switched on, and how its model is asked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dify_completion import models
from specloom.contract.scenario import Skipped

from .client import COMPLETION_PATIENCE, STREAM_PATIENCE, open_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dify_completion import Collected, DifyCompletion
    from specloom.contract.scenario import Server

ANN, BOB = "specloom-ann", "specloom-bob"
"""Two users of every app."""

HELLO = "Hello"
POEM = "Write a poem on rain."
LARGEST_PAGE = 101
MOST_PAGES = 50

_Text = models.ParagraphControlWrapper | models.TextInputControlWrapper


@dataclass(frozen=True)
class App:
    """An app, by a client with its key."""

    client: DifyCompletion

    @cached_property
    def parameters(self) -> models.AppParametersResponse:
        """What is switched on; whether it is told rightly is not asked here."""
        return self.client.with_options(strict=False).application.get_app_parameters()

    @property
    def speaks(self) -> bool:
        """Whether text to speech is on."""
        return bool(self.parameters.text_to_speech.enabled)

    @property
    def takes_images(self) -> bool:
        """Whether the model looks at uploaded images."""
        image = self.parameters.file_upload.image
        return bool(image.enabled and "local_file" in image.transfer_methods)

    def ask(self, user: str, text: str, **options: Any) -> models.CompletionResponse:
        """Ask for an answer at once."""
        return self.client.completion.create_completion_message(
            inputs=self._inputs(text), user=user, timeout=COMPLETION_PATIENCE, **options
        )

    def stream(self, user: str, text: str) -> Collected[models.ChunkCompletionEvent | Any]:
        """Ask for a stream, and read it to its end."""
        with self.client.completion.stream_completion_message(
            inputs=self._inputs(text), user=user, timeout=STREAM_PATIENCE
        ) as events:
            return events.collect()

    def upload(self, user: str, name: str, content: bytes, kind: str) -> models.FileUploadResponse:
        """Upload a file."""
        return self.client.files.upload_file(file=(name, content, kind), user=user)

    def rate(self, user: str, message_id: str, rating: Any, **options: Any) -> None:
        """Rate a message, or revoke its rating."""
        self.client.feedback.post_message_feedback(
            message_id=message_id, rating=rating, user=user, **options
        )

    def page(self, number: int, limit: int) -> list[models.FeedbackItem]:
        """Read a page of feedback."""
        return self.client.feedback.get_app_feedbacks(page=number, limit=limit).data

    def feedback(self) -> list[models.FeedbackItem]:
        """Read all feedback, newest first; of a very long list the beginning."""
        found: list[models.FeedbackItem] = []
        for number in range(1, MOST_PAGES + 1):
            items = self.page(number, LARGEST_PAGE)
            found += items
            if len(items) < LARGEST_PAGE:
                break
        return found

    def feedback_on(self, message_id: str) -> list[models.FeedbackItem]:
        """Read the feedback on a new message; it is among the newest."""
        return [item for item in self.page(1, LARGEST_PAGE) if item.message_id == message_id]

    def _inputs(self, text: str) -> dict[str, object]:
        """Fill in the app's form, with a text where it takes one."""
        controls = self.parameters.user_input_form
        texts = [_control(each) for each in controls if isinstance(each, _Text)]
        if not texts:
            raise Skipped("the app's form takes no text")
        required = [each for each in controls if _control(each).required]
        chosen = next((each for each in texts if each.variable == "query"), texts[0])
        return {_control(each).variable: _value(each) for each in required} | {
            chosen.variable: text[: chosen.max_length]
        }


def _control(wrapper: Any) -> Any:
    """Unwrap a control from the member that names its kind."""
    return next(iter(vars(wrapper).values()))


def _value(wrapper: Any) -> object:
    """Choose a value for a control that must have one."""
    match wrapper:
        case models.SelectControlWrapper():
            return wrapper.select.options[0]
        case models.NumberControlWrapper():
            return 1
        case models.TextInputControlWrapper() | models.ParagraphControlWrapper():
            return "x"
    raise Skipped("the app's form requires more than texts, numbers and choices")


@contextmanager
def open_app(server: Server) -> Iterator[App]:
    """Open the app of the server's key."""
    with open_client(server) as client:
        yield App(client)


@contextmanager
def open_other_app(server: Server) -> Iterator[App]:
    """Open the app of the other key. Raises Skipped if there is none."""
    if server.other_key is None:
        raise Skipped("no key to another app is given")
    with open_client(server, server.other_key) as client:
        yield App(client)
