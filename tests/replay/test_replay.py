"""The server answers what was recorded, each version in its own ways, whatever is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.replay.apps import recorded_apps
from tests.replay.missing import COMPLETIONS, UPLOAD
from tests.replay.real_faults import find_real_fault
from tests.replay.recording import VERSIONS, recording_of
from tests.replay.replay import replay
from tests.replay.run import ROOT, replay_all
from tests.replay.server import serving

if TYPE_CHECKING:
    from tests.replay.exchange import Exchange

# What two requests of 1.14.2 built on is in no recording, as tests/recordings/README.md says.
MADE = "first, since no exchange of the file did"
MADE_ASIDE = ["app_feedbacks__page_1_limit_1", "vision_local"]

# The answers that are known to differ, by version and name, each with its reason.
KNOWN_DIFFERENCES: dict[tuple[str, str], str] = {}


def test_every_recorded_app_has_its_settings() -> None:
    recorded = {each.app for version in VERSIONS for each in recording_of(version).exchanges}
    assert recorded == recorded_apps().keys()


@pytest.mark.slow
def test_the_answers_are_those_of_the_real_servers() -> None:
    replays = replay_all([recording_of(version) for version in VERSIONS])
    different = {
        (each.recording.version, result.name): result.reason
        for each in replays
        for result in each.results
        if not result.same
    }
    assert different == KNOWN_DIFFERENCES
    made = [result.name for each in replays for result in each.results if MADE in result.reason]
    assert made == MADE_ASIDE
    assert all(each.passed for each in replays)


def test_the_front_page_tells_how_many_there_are() -> None:
    told = (ROOT / "README.md").read_text()
    answers = [each.answer for version in VERSIONS for each in recording_of(version).exchanges]
    assert re.findall(r"the (\d+) recorded requests", told) == [str(len(answers))]
    faults = [answer for answer in answers if find_real_fault(answer)]
    assert re.findall(r"(\d+) faults of the real servers", told) == [str(len(faults))]


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_left_out_of_a_recording_is_made_first(version: str) -> None:
    whole = recording_of(version)
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
