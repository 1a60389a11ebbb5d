"""The next version, and the entry of the changelog."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from specloom.diagnostics import Rule
from specloom.diff.change import Change, Verdict
from specloom.diff.changelog import changelog
from specloom.diff.client.arguments import CHANGED as ARGUMENT_CHANGED
from specloom.diff.client.calls import METHOD_ADDED, METHOD_DEPRECATED, METHOD_REMOVED
from specloom.diff.client.change import ClientChange, Level
from specloom.diff.client.models import FIELD_CHANGED
from specloom.diff.client.package import CREDENTIAL_ADDED, CREDENTIAL_CHANGED
from specloom.diff.reasons import Reasons
from specloom.diff.spans import spans
from specloom.diff.version import bump, next_version

WIRE = Rule("DIF000", "any", "any", "any")


def change(rule: Rule, level: Level, **more: Any) -> ClientChange:
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
        wire("success is 201", "/paths/~1a/post", Verdict.BREAKING, "POST /a"),
        wire("400 is new", "/paths/~1a/post/responses/400", Verdict.SAFE, "POST /a"),
    ]
    assert (
        changelog("2.0.0", changes, Reasons(on_the_wire, {}, {}))
        == """\
## 2.0.0

### Breaking

- `client.x()` is told by DIF821

### Added

- `client.x()` is told by DIF820

### Changed

- `POST /a`: success is 201 at `/paths/~1a/post`; clients of before fail with the new server
- `POST /a`: 400 is new at `/paths/~1a/post/responses/400`

### Deprecated

- `client.x()` is told by DIF823
"""
    )


def test_a_change_has_its_reason_on_the_wire_and_that_is_told_once() -> None:
    removed = change(METHOD_REMOVED, Level.MAJOR, operation="GET /a")
    gone = wire("the operation is gone", "/paths/~1a/get", Verdict.BREAKING, "GET /a")
    text = changelog("1.0.0", [removed], Reasons([gone], {}, {}))
    assert text.endswith("- `client.x()` is told by DIF821 (the operation is gone)\n")
    assert text.count("gone") == 1


def test_a_document_can_not_write_into_the_changelog() -> None:
    evil = "<script>\n## 9.9.9\n[x](javascript:1) ``` `a` **b** @you"
    found = wire(evil, "/paths/" + evil, Verdict.SAFE, f"GET {evil}")
    text = changelog("1.0.0", [], Reasons([found], {}, {}))
    html = MarkdownIt("commonmark").render(text)
    assert set(re.findall(r"<(\w+)", html)) == {"h2", "h3", "ul", "li", "code"}
    assert html.count("<h2>") == html.count("<li>") == 1


def at(place: str, message: str = "it changed", *, sent: bool = False) -> Change:
    return replace(wire(message, place, Verdict.BREAKING, "POST /a"), sent=sent)


BODY = "/paths/~1a/post/requestBody/content/x/schema/properties"
ANSWER = "/paths/~1a/post/responses/200/content/x/schema/properties"


@pytest.mark.parametrize(
    ("where", "wire_name", "reason"),
    [
        ("client.a(q)", "q", at("/paths/~1a/post/parameters/0/schema", sent=True)),
        ("client.a(content)", "content", at(f"{BODY}/content", sent=True)),
        ("models.AResponse.id", "id", at(f"{ANSWER}/id/type")),
    ],
)
def test_reasons_are_found_by_where_they_stand(where: str, wire_name: str, reason: Change) -> None:
    others = [
        at(f"{ANSWER}/q"),
        at(f"{BODY}/other", "`q`, `content` and `id`", sent=True),
        at(f"{BODY}/other/properties/{wire_name}", sent=True),
        at("/paths/~1a/post/parameters/1/schema", sent=True),
    ]
    parameters = [{"name": "q", "in": "query"}, {"name": "r", "in": "query"}]
    tree = {"paths": {"/a": {"post": {"parameters": parameters}}}}
    found = ClientChange(
        ARGUMENT_CHANGED, "", Level.MAJOR, where, operation="POST /a", wire=wire_name
    )
    assert Reasons([*others, reason], tree, tree).of(found) == [reason]


def test_the_name_of_a_component_may_be_a_keyword() -> None:
    place = "/components/schemas/properties/properties/id"
    about: dict[str, Any] = {"component": "properties", "wire": "id"}
    found = ClientChange(FIELD_CHANGED, "", Level.MAJOR, "models.Properties.id", **about)
    reasons = [at(place), at("/components/schemas/id")]
    assert Reasons(reasons, {}, {}).of(found) == reasons[:1]


def test_a_new_key_has_its_reasons_in_what_operations_ask_for() -> None:
    asked = at("/paths/~1a/post/security")
    found = ClientChange(CREDENTIAL_ADDED, "", Level.MAJOR, "client(api_key)")
    changed = at("/components/securitySchemes/k")
    reasons = Reasons([at(BODY), asked, changed], {}, {})
    assert reasons.of(found) == [asked]
    assert reasons.of(replace(found, rule=CREDENTIAL_CHANGED, wire="k")) == [changed]


@pytest.mark.parametrize("name", ["x` @you `y", "x` https://evil.example `y", "x` www.evil.test `"])
def test_a_name_with_backticks_makes_no_mention_and_no_link(name: str) -> None:
    shown = MarkdownIt().render(spans(f"the `{name}` is new"))
    assert not re.search("you|evil", re.sub("<code>.*?</code>", "", shown))


def test_nothing_is_written_of_nothing() -> None:
    assert changelog("1.0.0", [], Reasons([], {}, {})) == ""
