"""A project's scenarios are loaded from where specloom.toml says, and become trials."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from specloom.config import BAD_CONFIG, ClientSettings, Config
from specloom.contract.answers.fault import Fault
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.phases.scenarios import SCENARIO_ERROR, load_scenarios, run_scenarios
from specloom.contract.scenario import Scenario, Server, Skipped, Strayed, require
from specloom.diagnostics import Collector, HaltedError, Location

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.contract.phases.trial import Trial

ONE = """
from specloom.contract.scenario import Scenario

SCENARIOS = [Scenario({name!r}, {{}}, lambda server: None, ("ping",))]
"""
EXCHANGE = Exchange("", "", Request("GET", "/"), Response(200), Location(""))


def load(folder: Path, *entries: str) -> list[str]:
    """The names of the scenarios of a project whose client is in `out`."""
    config = Config(folder, ClientSettings("thing", "thing", "Thing", "out"))
    return [scenario.name for scenario in load_scenarios(entries, config, Collector())]


def refusal(folder: Path, *entries: str) -> str:
    collector = Collector()
    config = Config(folder, ClientSettings("thing", "thing", "Thing", "out"))
    with pytest.raises(HaltedError):
        load_scenarios(entries, config, collector)
    [found] = collector.diagnostics
    assert found.rule is BAD_CONFIG
    assert found.location.file == str(folder / "specloom.toml")
    return found.message


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def try_one(run: Callable[[Server], None]) -> Trial:
    scenario = Scenario("one", {"a": "…", "b": "…"}, run, ("ping", "pong"))
    [trial] = run_scenarios([scenario], Server("http://127.0.0.1:9"))
    return trial


def test_files_and_packages_are_loaded_in_their_order(tmp_path: Path) -> None:
    write(tmp_path / "last.py", ONE.format(name="last"))
    write(tmp_path / "first" / "__init__.py", "from .inner import SCENARIOS")
    write(tmp_path / "first" / "inner.py", ONE.format(name="first"))
    assert load(tmp_path, "first", "last.py") == ["first", "last"]


def test_scenarios_find_the_generated_client(tmp_path: Path) -> None:
    write(tmp_path / "out" / "a_client_of_this_test.py", "")
    write(tmp_path / "it.py", "import a_client_of_this_test\n" + ONE.format(name="it"))
    before = list(sys.path)
    assert load(tmp_path, "it.py") == ["it"]
    assert sys.path == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SCENARIOS = [", "SyntaxError"),
        ("import there_is_no_such_module", "there_is_no_such_module"),
        ("raise RuntimeError('broken')", "RuntimeError: broken"),
        ("", "must define SCENARIOS"),
        ("SCENARIOS = 5", "must define SCENARIOS"),
        ("SCENARIOS = ['one']", "must define SCENARIOS"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path / "it.py", text)
    message = refusal(tmp_path, "it.py")
    assert "`contract.scenarios`: 'it.py'" in message
    assert problem in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "'nowhere.py' can't be loaded" in refusal(tmp_path, "nowhere.py")
    write(tmp_path / "notes.txt", "")
    assert "neither a Python file nor a folder" in refusal(tmp_path, "notes.txt")


def test_a_name_is_one_scenarios(tmp_path: Path) -> None:
    write(tmp_path / "it.py", ONE.format(name="one"))
    write(tmp_path / "too.py", ONE.format(name="one"))
    assert "two scenarios are called 'one'" in refusal(tmp_path, "it.py", "too.py")


def test_one_that_finds_nothing_has_made_all_its_checks() -> None:
    trial = try_one(lambda server: server.record(EXCHANGE))
    assert (trial.phase, trial.operation, trial.name) == ("scenarios", "ping", "one")
    assert trial.checks == ("a", "b")
    assert not trial.faults
    assert trial.exchanges == (EXCHANGE,)


def test_one_that_strays_says_of_which_operation() -> None:
    trial = try_one(lambda _: require(0, "b", "pong", "nothing came"))
    assert trial.operation == "pong"
    assert trial.faults == (Fault("b", "nothing came"),)
    assert trial.checks == ("b",)


def test_what_strays_is_an_operation_that_the_scenario_needs() -> None:
    trial = try_one(lambda _: require(0, "a", "other", "nothing came"))
    assert trial.operation == "ping"
    assert trial.faults == (Fault("a", "other: nothing came"),)


def test_one_that_is_skipped_says_why() -> None:
    def run(_: Server) -> None:
        raise Skipped("it is off")

    trial = try_one(run)
    assert (trial.skipped, trial.checks, trial.faults) == ("it is off", (), ())


def test_an_error_of_its_own_is_a_fault_and_not_the_end() -> None:
    def broken(_: Server) -> None:
        raise ZeroDivisionError("oh")

    def strays(_: Server) -> None:
        raise Strayed("a", "ping", "no")

    scenarios = [Scenario(each.__name__, {}, each, ("ping",)) for each in (broken, strays)]
    first, second = run_scenarios(scenarios, Server("http://127.0.0.1:9"))
    assert first.faults == (Fault(SCENARIO_ERROR, "ZeroDivisionError: oh"),)
    assert second.faults == (Fault("a", "no"),)


def test_each_has_its_own_exchanges() -> None:
    scenarios = [
        Scenario("writes", {}, lambda server: server.record(EXCHANGE), ("ping",)),
        Scenario("doesn't", {}, lambda _: None, ("ping",)),
    ]
    trials = run_scenarios(scenarios, Server("http://127.0.0.1:9"))
    assert [len(trial.exchanges) for trial in trials] == [1, 0]


def test_keys_are_not_shown() -> None:
    assert "secret" not in repr(Server("http://127.0.0.1:9", "secret", "secret-too"))
