"""The next version, and the entry of the changelog."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from specloom.diagnostics import Rule
from specloom.diff.change import Change, Verdict
from specloom.diff.changelog import changelog
from specloom.diff.client.calls import METHOD_ADDED, METHOD_DEPRECATED, METHOD_REMOVED
from specloom.diff.client.change import ClientChange, Level
from specloom.diff.version import bump, next_version

WIRE = Rule("DIF000", "any", "any", "any")


def change(rule: Rule, level: Level, **more: str) -> ClientChange:
    return ClientChange(rule, f"`client.x()` is told by {rule.code}", level, "client.x", **more)


def wire(message: str, place: str, clients: Verdict = Verdict.SAFE, *operations: str) -> Change:
    return Change(WIRE, message, None, place, clients, Verdict.SAFE, operations)


@pytest.mark.parametrize(
    ("version", "major", "minor", "patch"),
    [
        ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
        ("1.2", "2.0.0", "1.3.0", "1.2.1"),
        ("0.4.2", "0.5.0", "0.4.3", "0.4.3"),  # before 1.0.0 what breaks moves the second number
        ("2.0.0rc1", "2.0.0", "2.0.0", "2.0.0"),
        ("1.0.0.post2", "2.0.0", "1.1.0", "1.0.1"),
    ],
)
def test_the_gravest_change_moves_the_version(
    version: str, major: str, minor: str, patch: str
) -> None:
    assert [next_version(version, level) for level in Level] == [major, minor, patch]
    assert next_version(version, None) == version


def test_what_programs_do_not_notice_is_a_patch() -> None:
    small, great = change(METHOD_ADDED, Level.MINOR), change(METHOD_REMOVED, Level.MAJOR)
    assert bump([], wire=False) is None
    assert bump([], wire=True) is Level.PATCH
    assert bump([small], wire=True) is Level.MINOR
    assert bump([small, great], wire=True) is Level.MAJOR


def test_an_entry_has_a_section_for_what_there_is() -> None:
    changes = [
        change(METHOD_ADDED, Level.MINOR),
        change(METHOD_REMOVED, Level.MAJOR),
        change(METHOD_DEPRECATED, Level.MINOR),
    ]
    on_the_wire = [
        wire("success is 201, and was 200", "/paths/~1a/post", Verdict.BREAKING, "POST /a"),
        wire("400 is new", "/paths/~1a/post/responses/400", Verdict.SAFE, "POST /a"),
    ]
    assert (
        changelog("2.0.0", changes, on_the_wire)
        == """\
## 2.0.0

### Breaking

- `client.x()` is told by DIF821

### Added

- `client.x()` is told by DIF820

### Changed

- `POST /a`: 400 is new at `/paths/~1a/post/responses/400`

### Deprecated

- `client.x()` is told by DIF823

### Fixed

- `POST /a`: success is 201, and was 200 at `/paths/~1a/post`
"""
    )


def test_a_change_has_its_reason_on_the_wire_and_that_is_told_once() -> None:
    removed = change(METHOD_REMOVED, Level.MAJOR, operation="GET /a")
    gone = wire("the operation is gone", "/paths/~1a/get", Verdict.BREAKING, "GET /a")
    text = changelog("1.0.0", [removed], [gone])
    assert text.endswith("- `client.x()` is told by DIF821 (the operation is gone)\n")
    assert text.count("gone") == 1


def test_a_document_can_not_write_into_the_changelog() -> None:
    evil = "<script>\n## 9.9.9\n[x](javascript:1) ``` `a` **b** @you"
    text = changelog("1.0.0", [], [wire(evil, "/paths/" + evil, Verdict.SAFE, f"GET {evil}")])
    html = MarkdownIt("commonmark").render(text)
    assert set(re.findall(r"<(\w+)", html)) == {"h2", "h3", "ul", "li", "code"}
    assert html.count("<h2>") == html.count("<li>") == 1
