"""The server answers what was recorded, each version in its own ways, whatever is left out."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from completion_server.settings import ServerSettings
from tests.replay.apps import SETTINGS
from tests.replay.missing import COMPLETIONS, UPLOAD
from tests.replay.recording import VERSIONS, Recording, read_recording
from tests.replay.replay import replay
from tests.replay.run import RECORDINGS, replay_all
from tests.replay.server import ROOT, serving

if TYPE_CHECKING:
    from tests.replay.exchange import Exchange

# The answers that are known to differ, by version and name, each with its reason.
KNOWN_DIFFERENCES: dict[tuple[str, str], str] = {}


def recording(version: str) -> Recording:
    return read_recording(ROOT / RECORDINGS[VERSIONS.index(version)])


def test_every_recorded_app_has_its_settings() -> None:
    settings = ServerSettings.model_validate(tomllib.loads(SETTINGS.read_text()))
    recorded = {each.app for version in VERSIONS for each in recording(version).exchanges}
    assert recorded == {app.name for app in settings.apps}


@pytest.mark.slow
def test_the_answers_are_those_of_the_real_servers() -> None:
    replays = replay_all([recording(version) for version in VERSIONS])
    different = {
        (each.recording.version, result.name): result.reason
        for each in replays
        for result in each.results
        if not result.same
    }
    assert different == KNOWN_DIFFERENCES
    assert all(each.passed for each in replays)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_left_out_of_a_recording_is_made_first(version: str) -> None:
    whole = recording(version)
    rest = [each for each in whole.exchanges if _uses_what_others_made(each)]
    with serving(version) as server:
        results = list(replay(replace(whole, exchanges=tuple(rest)), server))
    different = {result.name: result.reason for result in results if not result.same}
    assert different.keys() <= {name for of, name in KNOWN_DIFFERENCES if of == version}
    assert {"its message was made first", "its file was made first"} <= {
        result.reason.partition(",")[0] for result in results
    }


def _uses_what_others_made(exchange: Exchange) -> bool:
    """Leave out what makes messages and files; keep feedback, speech, and prompts with files."""
    makes = exchange.route == UPLOAD or (
        exchange.route == COMPLETIONS and "files" not in exchange.fields
    )
    return not makes
