"""What a run is to do: all that was asked for, and of that each thing in exactly one shard."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom import pipeline
from specloom.config import load_config
from specloom.contract.answers.subject import Subject
from specloom.contract.plan.choice import check_choice
from specloom.contract.plan.options import PROFILES, Options
from specloom.contract.plan.phases import (
    COVERAGE,
    FUZZING,
    SCENARIOS,
    SCHEMATHESIS_PHASES,
    STATEFUL,
    STOP,
)
from specloom.contract.plan.plan import Plan, deal, left_out, make_plan
from specloom.contract.scenario import Scenario, Server
from specloom.diagnostics import Collector, HaltedError

SPEC = Path(__file__).parents[2] / "spec" / "completion"
READING = ["getAppFeedbacks", "getAppInfo", "getAppParameters", "getWebAppSettings"]

UNITS = st.sets(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([COVERAGE, FUZZING, STATEFUL, "other"]))
)


@pytest.fixture(scope="module")
def subject() -> Subject:
    collector = Collector()
    return Subject(pipeline.effective(load_config(SPEC, collector), collector))


def options(
    *,
    only: tuple[str, ...] = (),
    skip: tuple[str, ...] = (),
    read_only: bool = False,
    shard: tuple[int, int] = (1, 1),
) -> Options:
    return Options(
        None, None, 1, PROFILES["quick"], Path(), "",
        only=only, skip=skip, read_only=read_only, shard=shard,
    )  # fmt: skip


def _play(_: Server) -> None:
    """Do nothing."""


def scenario(name: str, *operations: str, reads_only: bool = False) -> Scenario:
    return Scenario(name, {}, _play, operations, reads_only=reads_only)


@given(units=UNITS, count=st.integers(1, 9))
def test_shards_lose_nothing_and_do_nothing_twice(units: set[tuple[str, str]], count: int) -> None:
    hands = [deal(units, (number, count)) for number in range(1, count + 1)]
    assert sorted(chain.from_iterable(hands)) == sorted(units)


@given(units=st.lists(st.tuples(st.sampled_from("abcd"), st.just(FUZZING)), unique=True))
def test_the_order_in_which_units_are_met_changes_no_shard(units: list[tuple[str, str]]) -> None:
    assert deal(units, (1, 3)) == deal(reversed(units), (1, 3))


def test_shards_take_about_as_long() -> None:
    units = {(operation, "short") for operation in "abcdefgh"} | {("*", STATEFUL)}
    assert sorted(len(deal(units, (number, 2))) for number in (1, 2)) == [1, 8]


def test_everything_is_run_unless_something_else_is_asked_for(subject: Subject) -> None:
    plan = make_plan(subject, options(), [scenario("s", "getAppInfo")], ["stopGenerate"])
    names = sorted(operation.id for operation in subject.operations.values())
    assert all(plan.operations(phase) == names for phase in SCHEMATHESIS_PHASES)
    assert plan.operations(STOP) == ["stopGenerate"]
    assert plan.has_scenario("s")


@pytest.mark.parametrize(
    ("only", "skip", "left"),
    [
        (("getAppInfo",), (), ["getAppInfo"]),
        (("Feedback",), (), ["getAppFeedbacks", "postMessageFeedback"]),
        (("GET /*",), ("GET /app/*",), [name for name in READING if name != "getAppFeedbacks"]),
        ((), ("POST *",), READING),
    ],
)
def test_operations_are_chosen_by_id_tag_or_pattern(
    only: tuple[str, ...], skip: tuple[str, ...], left: list[str], subject: Subject
) -> None:
    assert make_plan(subject, options(only=only, skip=skip)).operations(COVERAGE) == left


def test_read_only_leaves_safe_methods_and_scenarios_that_only_read(subject: Subject) -> None:
    scenarios = [
        scenario("reads", "getAppInfo", reads_only=True),
        scenario("writes", "getAppInfo"),
    ]
    plan = make_plan(subject, options(read_only=True), scenarios, ["stopGenerate"])
    assert plan.operations(STATEFUL) == READING
    assert plan.operations(STOP) == []
    assert [each.name for each in scenarios if plan.has_scenario(each.name)] == ["reads"]


def test_a_scenario_is_played_only_if_all_its_operations_are_chosen(subject: Subject) -> None:
    both = scenario("both", "getAppInfo", "stopGenerate")
    assert not make_plan(subject, options(only=("getAppInfo",)), [both]).has_scenario("both")


def test_a_scenario_that_is_left_out_says_why(subject: Subject) -> None:
    scenarios = [scenario("both", "getAppInfo", "stopGenerate"), scenario("one", "getAppInfo")]
    about = ("getAppInfo", SCENARIOS)
    assert left_out(subject, options(skip=("stopGenerate",)), scenarios) == {
        about: ["scenario both needs what was not chosen: stopGenerate"]
    }
    assert left_out(subject, options(read_only=True), scenarios[1:]) == {
        about: ["scenario one does not only read"]
    }
    assert left_out(subject, options(), scenarios) == {}


def test_each_shard_of_a_document_has_its_part(subject: Subject) -> None:
    scenarios = [scenario(name, "getAppInfo") for name in ("s", "t", "u")]
    shards = [
        make_plan(subject, options(shard=(number, 4)), scenarios, ["stopGenerate"])
        for number in (1, 2, 3, 4)
    ]
    whole = make_plan(subject, options(), scenarios, ["stopGenerate"])
    assert sorted(chain.from_iterable(plan.units for plan in shards)) == sorted(whole.units)
    assert {plan.chosen for plan in shards} == {whole.chosen}
    assert all(plan.units for plan in shards)


def test_what_is_done_at_once_is_done_for_every_operation_that_was_chosen() -> None:
    plan = Plan(("a", "b"), frozenset({("*", STATEFUL), ("a", COVERAGE)}))
    assert plan.operations(STATEFUL) == ["a", "b"]
    assert plan.operations(COVERAGE) == ["a"]
    assert not plan.has("c", STATEFUL)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (options(only=("getAppInfo", "getinfo")), "'getinfo' names no operation; there are "),
        (options(skip=("GET /nowhere",)), "getAppInfo (GET /info)"),
        (options(skip=("*",)), "no operation is left to test"),
        (options(read_only=True, only=("stopGenerate",)), "no operation is left to test"),
    ],
)
def test_a_choice_of_what_is_not_there_is_refused_with_what_is(
    asked: Options, said: str, subject: Subject
) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        check_choice(subject.operations, asked, collector)
    assert [said in found.message for found in collector.diagnostics] == [True]
    assert collector.exit_status == 2
