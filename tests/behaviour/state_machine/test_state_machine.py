"""What users do in any order leaves the server with what was done, no more and no less."""

from collections.abc import Iterator

import pytest

from completion_server import App, Embedded, ServerSettings, Speech, Vision, serve_settings
from tests.behaviour.state_machine.check import check

KEYS = ("key-Seeing", "key-Bare")
MODEL = Embedded(word_delay=0)
APPS = (
    App(name="Seeing", keys=KEYS[:1], vision=Vision(images=2), speech=Speech(), model=MODEL),
    App(name="Bare", keys=KEYS[1:], model=MODEL),
)


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with serve_settings(ServerSettings(apps=APPS)) as address:
        yield address


@pytest.mark.slow
def test_what_was_done_is_what_is_found(base_url: str) -> None:
    check(base_url, KEYS)


@pytest.mark.slow
def test_version_1_4_1_differs_in_whose_files_may_be_brought() -> None:
    with serve_settings(ServerSettings(apps=APPS, compatibility="1.4.1")) as address:
        check(address, KEYS, files_are_private=False, max_examples=8)
