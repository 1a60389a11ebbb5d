"""Turns a base URL and keys into apps to talk to, each with its client and what it says of itself.

Knows nothing of what is done with them.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import httpx2

from dify_completion import DifyCompletion, models

LONGEST_PAGE = 101
MOST_PAGES = 50
# More than any page holds, so that each bound on a page shows.
RATED_BEFORE = LONGEST_PAGE + 1


@dataclass(frozen=True)
class Description:
    """What an app says of itself."""

    info: models.AppInfoResponse
    parameters: models.AppParametersResponse
    web_app: models.WebAppSettingsResponse


@dataclass(frozen=True)
class TargetApp:
    """An app behind one key."""

    client: DifyCompletion = field(repr=False)
    # For what the client doesn't send.
    http: httpx2.Client = field(repr=False)
    # Comes with a key that is nearly the app's.
    visitor: DifyCompletion = field(repr=False)

    @cached_property
    def description(self) -> Description:
        """What the app said of itself at first."""
        return self.describe()

    def describe(self) -> Description:
        """Ask the app what it is."""
        application = self.client.application
        return Description(
            application.get_app_info(),
            application.get_app_parameters(),
            application.get_web_app_settings(),
        )

    @property
    def speaks(self) -> bool:
        """Whether text to speech is on."""
        return self.description.parameters.text_to_speech.enabled

    @property
    def images(self) -> int:
        """How many images a prompt may bring; 0 where they are ignored."""
        image = self.description.parameters.file_upload.image
        return image.number_limits if image.enabled else 0

    def all_feedback(self) -> list[models.FeedbackItem]:
        """Read the app's feedback to the end, newest first."""
        found: list[models.FeedbackItem] = []
        for page in range(1, MOST_PAGES + 1):
            read = self.client.feedback.get_app_feedbacks(page=page, limit=LONGEST_PAGE).data
            found += read
            if len(read) < LONGEST_PAGE:
                break
        assert len(found) == len({item.id for item in found})
        return found


@dataclass(frozen=True)
class Target:
    """A server, its apps, and every id that it has ever given.

    `files_are_private` is whether only the user who uploaded a file can bring it (row 20).
    """

    apps: tuple[TargetApp, ...]
    files_are_private: bool = True
    ids: set[str] = field(default_factory=set, repr=False)


@contextmanager
def open_target(
    base_url: str, keys: Sequence[str], *, files_are_private: bool = True
) -> Iterator[Target]:
    """Open a client for each key, and see that the first app has a long past."""
    with ExitStack() as opened:
        apps = tuple(_open_app(base_url, key, opened) for key in keys)
        _have_a_past(apps[0])
        yield Target(apps, files_are_private)


def _open_app(base_url: str, key: str, opened: ExitStack) -> TargetApp:
    headers = {"Authorization": f"Bearer {key}"}
    http = opened.enter_context(httpx2.Client(base_url=base_url, headers=headers))
    client = DifyCompletion(api_key=key, base_url=base_url)
    visitor = DifyCompletion(api_key=f"{key}-not", base_url=base_url)
    return TargetApp(opened.enter_context(client), http, opened.enter_context(visitor))


def _have_a_past(app: TargetApp) -> None:
    for number in range(len(app.all_feedback()), RATED_BEFORE):
        message = app.client.completion.create_completion_message(
            inputs={"query": "Hello"}, user="past"
        )
        app.client.feedback.post_message_feedback(
            message_id=message.message_id,
            rating="dislike" if number % 3 else "like",
            user="past",
            content=f"number {number}",
        )
