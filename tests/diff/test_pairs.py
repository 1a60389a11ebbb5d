"""Every kind of change, told of a pair of small documents: `DIF*/<case>.old.yaml` and `.new.yaml`.

The new document begins with all changes, one a line:
`# change <code> clients=<verdict> servers=<verdict> at <pointer in new, or in old if it is gone>`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from specloom import diff
from specloom.diagnostics import Collector
from specloom.document.lift import lift
from specloom.document.load import Document, load

if TYPE_CHECKING:
    from specloom.diff.change import Change

FOLDER = Path(__file__).parent
DECISION = FOLDER.parents[1] / "generator" / "decisions" / "0022-whom-a-change-breaks.md"
OLD = sorted(FOLDER.glob("DIF*/*.old.yaml"))


def read(path: Path) -> Document:
    document = load(path, Collector())
    return replace(document, tree=lift(document.tree))


def new_of(old: Path) -> Path:
    return old.with_name(old.name.replace(".old.", ".new."))


def line(change: Change) -> str:
    place = change.old if change.new is None else change.new
    return f"{change.rule.code} clients={change.clients} servers={change.servers} at {place}"


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name.partition('.')[0]}"


@pytest.mark.parametrize("old", OLD, ids=name)
def test_a_pair_differs_by_what_it_says_and_nothing_else(old: Path) -> None:
    text = new_of(old).read_text(encoding="utf-8")
    told = sorted(re.findall("^# change (.*)$", text, re.MULTILINE))
    found = diff.changes(read(old), read(new_of(old)))
    assert sorted(map(line, found)) == told
    assert any(one.startswith(old.parent.name) for one in told) or not told


@pytest.mark.parametrize("old", OLD, ids=name)
def test_the_other_way_round_the_sides_change_parts(old: Path) -> None:
    there = diff.changes(read(old), read(new_of(old)))
    back = diff.changes(read(new_of(old)), read(old))
    assert Counter((one.clients, one.servers) for one in there) == Counter(
        (one.servers, one.clients) for one in back
    )


@pytest.mark.parametrize("old", OLD, ids=name)
def test_a_document_does_not_differ_from_itself(old: Path) -> None:
    assert diff.changes(read(old), read(old)) == []
    assert diff.changes(read(new_of(old)), read(new_of(old))) == []


def test_every_kind_of_change_on_the_wire_has_a_pair() -> None:
    codes = {rule.code for rule in diff.RULES if rule.code < "DIF800"}
    assert {old.parent.name for old in OLD} == codes


def test_the_decision_tells_the_verdicts_of_every_kind() -> None:
    told: dict[str, tuple[str, str]] = {}
    for row in re.findall(r"^\| (DIF.*) \|$", DECISION.read_text(encoding="utf-8"), re.MULTILINE):
        codes, _, clients, servers = (cell.split(" · ") for cell in row.split(" | "))
        told |= dict(zip(codes, zip(clients, servers, strict=True), strict=True))
    assert told == {kind.rule.code: (kind.clients, kind.servers) for kind in diff.KINDS}
