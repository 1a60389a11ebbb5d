"""What a person can call, set or meet is written down where they would look."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer
import yaml

from specloom import catalogue, config
from specloom.cli import app
from specloom.contract.answers.contract import CHECKS as ANSWER_CHECKS
from specloom.contract.findings.check_rules import CHECK_RULES
from specloom.contract.plan.phases import PHASES
from specloom.contract.plan.settings import Expectation, Settings, Stop

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "generator/contract.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_every_target_says_what_it_does() -> None:
    named = set(re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)[0].split())
    explained = set(re.findall(r"^([\w-]+):.*## \w", MAKEFILE, re.MULTILINE))
    assert named - explained == set(), "these lack a `##` help line"
    targets = set(re.findall(r"^([a-z][\w-]*):(?!=)", MAKEFILE, re.MULTILINE))
    assert targets - named == set(), "these are not .PHONY"


def test_every_target_is_in_the_readme() -> None:
    targets = set(re.findall(r"^([\w-]+):.*##", MAKEFILE, re.MULTILINE)) - {"help"}
    assert {name for name in targets if f"make {name}" not in README} == set()


def test_every_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([\w-]+)", README, re.MULTILINE)) - targets == set()


def test_every_command_and_option_is_in_the_readme() -> None:
    missing = {name for name in COMMANDS if f"specloom {name}" not in README}
    for name, command in COMMANDS.items():
        options = [option for parameter in command.params for option in parameter.opts]
        missing |= {
            f"{name} {option}"
            for option in options
            if option.startswith("--") and option != "--help" and option not in README
        }
    assert missing == set()


def test_every_command_shows_an_example() -> None:
    without = {
        name for name, command in COMMANDS.items() if "Example:" not in (command.epilog or "")
    }
    assert without == set()


def test_every_key_of_the_configuration_is_in_the_readme() -> None:
    tables = {
        "document": config.DocumentSettings,
        "client": config.ClientSettings,
        "operations": config.Selection,
        "lint.suppress": config.Suppression,
    }
    contract = (Settings, Expectation, Stop)
    keys = {item.name for table in (*tables.values(), *contract) for item in fields(table)}
    missing = {
        key for key in keys if not re.search(rf"(?m)(^|`|\[\[?contract\.){key}(`| =|\])", README)
    }
    assert missing | {table for table in tables if f"[{table}]" not in README} == set()


def test_every_phase_of_a_contract_test_is_in_the_readme() -> None:
    assert {phase for phase in PHASES if f"`{phase}`" not in README} == set()


def test_every_check_of_the_readme_exists() -> None:
    section = README.partition("### What it looks for")[2].partition("###")[0]
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", section))
    assert named - set(CHECK_RULES) == set()


def test_every_check_of_an_answer_is_in_the_readme() -> None:
    assert {check for check in ANSWER_CHECKS if f"`{check}`" not in README} == set()


def test_every_key_of_a_known_fault_is_in_the_reference() -> None:
    table = REFERENCE.partition("## Known faults")[2].partition("##")[0]
    faults = yaml.safe_load((ROOT / "spec/completion/known-faults.yaml").read_text("utf-8"))
    keys = {key for fault in faults["faults"] for key in fault} | {"expires"}
    assert {key for key in keys if f"`{key}`" not in table} == set()


def test_every_rule_in_the_code_can_be_explained() -> None:
    codes = {
        code
        for file in (ROOT / "generator").rglob("*.py")
        for code in re.findall(r'Rule\(\s*"([A-Z]{3}\d{3})"', file.read_text(encoding="utf-8"))
    }
    assert codes - {rule.code for rule in catalogue.RULES} == set(), "add them to catalogue.py"
