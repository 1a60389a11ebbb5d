"""The Completion App API's own scenarios find nothing on a sound server, and faults on others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from completion_server import ServerSettings, Vision, serve_settings
from completion_server.settings import builtin_apps
from specloom.config import load_config
from specloom.contract.phases.scenarios import load_scenarios, run_scenarios
from specloom.contract.scenario import Server
from specloom.diagnostics import Collector

if TYPE_CHECKING:
    from specloom.contract.phases.trial import Trial
    from specloom.contract.scenario import Scenario

SPEC = Path(__file__).parents[2] / "spec" / "completion"
KEY = "app-of-the-scenarios"
LONG = {"createCompletionMessage": {"inputs": {"query": "[[slow:300:0.05]]"}}}
SHORT = {"createCompletionMessage": {"inputs": {"query": "[[slow:10:0.05]]"}}}


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    collector = Collector()
    config = load_config(SPEC, collector)
    entries = ["../../tests/contract/completion_scenarios"]
    return {each.name: each for each in load_scenarios(entries, config, collector)}


def trials(
    chosen: list[Scenario], *faults: str, examples: int = 2, seed: int = 1, **known: Any
) -> list[Trial]:
    """What scenarios come to on a server with faults, whose app has all there is."""
    first, *others = builtin_apps(KEY, word_delay=0.0)
    apps = (first.model_copy(update={"vision": Vision()}), *others)
    given = {"other_key": f"{KEY}-other", "stops": LONG, **known}
    with serve_settings(ServerSettings(apps=apps, faults=faults)) as url:
        server = Server(url, KEY, seed=seed, examples=examples, **given)
        return list(run_scenarios(chosen, server))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_sound_server_has_no_fault_and_nothing_is_left_out(
    scenarios: dict[str, Scenario], seed: int
) -> None:
    for trial in trials([*scenarios.values()], seed=seed):
        assert not trial.faults
        assert trial.skipped is None
        assert trial.exchanges


@pytest.mark.parametrize(
    ("fault", "scenario", "check"),
    [
        ("ids-differ", "completion", "message_ids_agree"),
        ("created-at-milliseconds", "completion", "message_time"),
        ("tokens-do-not-add-up", "completion", "tokens_add_up"),
        ("prices-do-not-add-up", "completion", "prices_add_up"),
        ("prices-do-not-multiply", "completion", "prices_multiply"),
        ("latency-negative", "completion", "usage_not_negative"),
        ("price-number", "completion", "answers_fit"),
        ("created-at-changes", "stream", "events_of_one_message"),
        ("task-id-changes", "stream", "events_of_one_message"),
        ("end-twice", "stream", "stream_has_one_end"),
        ("no-message-end", "stream", "answers_whole"),
        ("text-lost", "streamed_text", "stream_says_the_answer"),
        ("text-cut", "streamed_text", "stream_says_the_answer"),
        ("file-id-same", "uploads", "upload_ids_are_new"),
        ("file-size-off-by-one", "uploads", "upload_as_sent"),
        ("file-created-at-zero", "uploads", "upload_time"),
        ("file-of-one-user", "uploads", "upload_has_its_user"),
        ("message-unratable", "feedback", "messages_can_be_rated"),
        ("content-cut", "feedback", "feedback_is_kept"),
        ("rating-stands", "feedback", "feedback_is_replaced"),
        ("rating-kept-after-null", "feedback", "feedback_is_revoked"),
        ("revoked-anyway", "feedback", "nothing_is_not_revoked"),
        ("feedback-twice", "feedback", "feedback_is_listed_once"),
        ("feedback-of-one-user", "feedback_items", "feedback_has_its_user"),
        ("item-updated-first", "feedback_items", "feedback_times"),
        ("item-ids-same", "feedback_items", "feedback_ids_differ"),
        ("feedback-lost", "feedback_pages", "all_feedback_is_listed"),
        ("page-reversed", "feedback_pages", "newest_feedback_first"),
        ("pages-overlap", "feedback_pages", "pages_are_parts_of_the_list"),
        ("limit-unbounded", "feedback_bounds", "paging_is_bounded"),
        ("audio-of-any-message", "speech", "speech_of_its_message"),
        (
            "rate-another-users-message",
            "rate_another_users",
            "another_users_message_is_not_rated",
        ),
        ("rate-another-apps-message", "rate_another_apps", "another_apps_message_is_not_rated"),
        (
            "speak-another-users-message",
            "hear_another_users",
            "another_users_message_is_not_heard",
        ),
        ("speak-another-apps-message", "hear_another_apps", "another_apps_message_is_not_heard"),
        ("use-another-users-file", "bring_another_users", "another_users_file_is_not_brought"),
        ("use-another-apps-file", "bring_another_apps", "another_apps_file_is_not_brought"),
        ("another-apps-feedback", "list_another_apps", "another_apps_feedback_is_not_listed"),
        ("stop-by-another-user", "stop_by_another_user", "another_user_stops_nothing"),
        ("stop-stops-all", "stop_one_of_two", "stop_ends_one_stream"),
        ("stop-404", "stop", "requests_succeed"),
    ],
)
def test_a_fault_is_caught(
    scenarios: dict[str, Scenario], fault: str, scenario: str, check: str
) -> None:
    chosen = scenarios[scenario]
    [trial] = trials([chosen], fault)
    assert [found.check for found in trial.faults] == [check]
    assert check in chosen.checks
    assert trial.exchanges


@pytest.mark.slow
def test_a_stop_that_stops_nothing_is_caught(scenarios: dict[str, Scenario]) -> None:
    [trial] = trials([scenarios["stop"]], "stop-ignored")
    assert [found.check for found in trial.faults] == ["stop_ends_the_stream"]


@pytest.mark.slow
def test_what_chance_finds_is_made_small(scenarios: dict[str, Scenario]) -> None:
    """All that a lost text needs is a completion, a rating with it, and the list."""
    [trial] = trials([scenarios["any_order"]], "content-lost", examples=20)
    assert [found.check for found in trial.faults] == ["feedback_is_replaced"]
    paths = [exchange.request.target.rpartition("/")[2] for exchange in trial.exchanges]
    assert paths[0] == "completion-messages"
    assert paths[-2].startswith("feedbacks")
    assert paths[-1].startswith("feedbacks?")
    assert len(paths) <= 4


def test_chance_goes_by_the_seed(scenarios: dict[str, Scenario]) -> None:
    def sent(seed: int) -> list[bytes]:
        [trial] = trials([scenarios["any_order"]], seed=seed, examples=4)
        return [exchange.request.body[:200] for exchange in trial.exchanges]

    bodies = [[body for body in sent(seed) if body.startswith(b"{")] for seed in (1, 1, 2)]
    assert bodies[0] == bodies[1] != bodies[2]


@pytest.mark.parametrize(
    ("scenario", "known", "reason"),
    [
        ("rate_another_apps", {"other_key": None}, "no key to another app"),
        ("stop", {"stops": {}}, "names no request for a long stream"),
        ("stop_by_another_user", {"stops": SHORT}, "no stream goes on for long enough"),
    ],
)
def test_what_can_not_be_tried_is_skipped(
    scenarios: dict[str, Scenario], scenario: str, known: dict[str, Any], reason: str
) -> None:
    [trial] = trials([scenarios[scenario]], **known)
    assert trial.skipped is not None
    assert reason in trial.skipped


def test_what_is_switched_off_is_skipped(scenarios: dict[str, Scenario]) -> None:
    chosen = [scenarios[name] for name in ("speech", "hear_another_users", "bring_another_users")]
    with serve_settings(ServerSettings(apps=builtin_apps(KEY, word_delay=0.0))) as url:
        # The other app has neither speech nor vision.
        found = list(run_scenarios(chosen, Server(url, f"{KEY}-other")))
    assert all(trial.skipped for trial in found)


def test_a_model_that_can_not_be_asked_is_nobodys_fault(scenarios: dict[str, Scenario]) -> None:
    [trial] = trials([scenarios["completion"]], "error-provider_quota_exceeded")
    assert trial.skipped == "the app can't answer now: provider_quota_exceeded"


def test_a_form_of_any_kind_is_filled_in(scenarios: dict[str, Scenario]) -> None:
    from completion_server import App, Number, Select, Text

    form = (
        Select(variable="tone", options=("formal", "casual"), required=True),
        Number(variable="count", required=True),
        Text(variable="topic", required=True, max_length=8),
    )
    app = App(name="Form", keys=(KEY,), form=form)
    with serve_settings(ServerSettings(apps=(app,))) as url:
        [trial] = run_scenarios([scenarios["completion"]], replace(Server(url), key=KEY))
    assert not trial.faults
    assert trial.checks
