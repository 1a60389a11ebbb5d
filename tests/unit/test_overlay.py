"""Corrections are merged, removed and copied as Overlay 1.1 says, and remember where they stood."""

import json
from contextlib import suppress
from typing import Any

import pytest

from specloom.diagnostics import Collector, HaltedError, Location
from specloom.document.load import Document
from specloom.document.overlay import apply
from specloom.document.source import JsonSource
from specloom.document.yaml_source import YamlSource

TREE: dict[str, Any] = {
    "info": {"title": "Things", "description": "old"},
    "tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
    "paths": {"/a": {"get": {"summary": "A"}}, "/b": {"get": {"summary": "B"}}},
}
HEAD = "overlay: 1.1.0\ninfo: {title: Corrections, version: 1.0.0}\nactions:\n"


def upstream() -> Document:
    source = JsonSource("openapi.json", json.dumps(TREE, indent=1))
    return Document(source.parse(), source)


def overlay(actions: str, head: str = HEAD) -> Document:
    source = YamlSource("overlay.yaml", head + actions)
    return Document(source.parse(), source)


def applied(actions: str) -> Document:
    collector = Collector()
    document = apply(upstream(), overlay(actions), collector)
    assert collector.diagnostics == []
    return document


def complaint(actions: str, head: str = HEAD) -> tuple[str, Location]:
    collector = Collector()
    with suppress(HaltedError):
        apply(upstream(), overlay(actions, head), collector)
    [found] = collector.diagnostics
    return found.rule.code, found.location


def test_objects_are_merged_and_other_values_replaced() -> None:
    document = applied("- {target: $.info, update: {description: new, contact: {name: Ann}}}\n")
    assert document.tree["info"] == {
        "title": "Things",
        "description": "new",
        "contact": {"name": "Ann"},
    }


def test_upstream_is_left_as_it_was() -> None:
    before = upstream()
    apply(before, overlay("- {target: $.info, update: {title: New}}\n"), Collector())
    assert before.tree == TREE


def test_update_of_a_list_is_appended() -> None:
    document = applied("- {target: $.tags, update: {name: d}}\n")
    assert [tag["name"] for tag in document.tree["tags"]] == ["a", "b", "c", "d"]
    assert document.locate("/tags/3/name").file == "overlay.yaml"
    assert document.locate("/tags/2/name").file == "openapi.json"


def test_list_is_concatenated_to_a_list() -> None:
    document = applied("- {target: $.tags, update: [{name: d}, {name: e}]}\n")
    assert [tag["name"] for tag in document.tree["tags"]] == ["a", "b", "c", "d", "e"]


def test_primitive_value_is_replaced() -> None:
    document = applied("- {target: $.info.title, update: New}\n")
    assert document.tree["info"]["title"] == "New"
    assert document.locate("/info/title") == Location("overlay.yaml", 4, 26, "/info/title")


def test_list_within_an_update_is_appended_item_by_item() -> None:
    document = applied("- target: $\n  update:\n    tags:\n    - name: d\n    - name: e\n")
    assert [tag["name"] for tag in document.tree["tags"]] == ["a", "b", "c", "d", "e"]
    assert document.locate("/tags/4") == Location("overlay.yaml", 8, 7, "/tags/4")


def test_every_match_is_updated() -> None:
    document = applied("- {target: $.paths.*.get, update: {deprecated: true}}\n")
    assert all(item["get"]["deprecated"] for item in document.tree["paths"].values())


def test_later_action_sees_what_an_earlier_one_did() -> None:
    document = applied(
        "- {target: $.info, update: {contact: {name: Ann}}}\n"
        "- {target: $.info.contact, update: {email: ann@example.com}}\n"
    )
    assert document.tree["info"]["contact"] == {"name": "Ann", "email": "ann@example.com"}


def test_removed_items_leave_the_others_where_they_were_written() -> None:
    document = applied("- {target: \"$.tags[?@.name != 'c']\", remove: true}\n")
    assert document.tree["tags"] == [{"name": "c"}]
    assert document.locate("/tags/0/name").line == upstream().locate("/tags/2/name").line


def test_item_behind_a_removed_one_knows_what_the_overlay_wrote_in_it() -> None:
    document = applied(
        "- {target: '$.tags[2]', update: {summary: See}}\n- {target: '$.tags[0]', remove: true}\n"
    )
    assert document.locate("/tags/1/summary").file == "overlay.yaml"
    assert document.locate("/tags/1/name").file == "openapi.json"


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("$.tags[0,0]", ["b", "c"]),
        ("$.tags[1,0]", ["c"]),
        ("$.tags[0,2]", ["b"]),
        ("$.tags[::-1]", []),
        ("$.tags[-1,2]", ["a", "b"]),
    ],
)
def test_every_matched_item_is_removed_once(target: str, left: list[str]) -> None:
    document = applied(f"- {{target: '{target}', remove: true}}\n")
    assert [tag["name"] for tag in document.tree["tags"]] == left


def test_key_that_matches_twice_is_removed_once() -> None:
    document = applied("- {target: \"$.info['title','title']\", remove: true}\n")
    assert document.tree["info"] == {"description": "old"}


def test_what_is_within_a_removed_part_may_match_too() -> None:
    document = applied("- {target: $.paths..*, remove: true}\n")
    assert document.tree["paths"] == {}


def test_list_is_copied_onto_itself_once() -> None:
    document = applied("- {target: $.tags, copy: $.tags}\n")
    assert [tag["name"] for tag in document.tree["tags"]] == ["a", "b", "c", "a", "b", "c"]


def test_every_target_gets_the_same_copy() -> None:
    document = applied("- {target: \"$['paths','info']\", copy: $.paths}\n")
    assert document.tree["paths"] == TREE["paths"]
    assert document.tree["info"] == {**TREE["info"], **TREE["paths"]}


def test_removed_key_is_gone() -> None:
    assert "description" not in applied("- {target: $.info.description, remove: true}\n").tree


def test_removed_field_takes_its_origin_along() -> None:
    document = applied(
        "- {target: $.info, update: {title: New}}\n- {target: $.info.title, remove: true}\n"
    )
    assert document.tree["info"] == {"description": "old"}
    assert document.origins == {}


def test_copy_merges_what_it_names_and_keeps_its_place() -> None:
    document = applied("- {target: \"$.paths['/b'].get\", copy: \"$.paths['/a'].get\"}\n")
    assert document.tree["paths"]["/b"]["get"] == {"summary": "A"}
    assert document.locate("/paths/~1b/get/summary").line == (
        upstream().locate("/paths/~1a/get/summary").line
    )


def test_what_an_overlay_wrote_is_located_in_it() -> None:
    document = applied("- target: $.info\n  update:\n    contact:\n      name: Ann\n")
    assert document.locate("/info/contact/name") == Location(
        "overlay.yaml", 7, 7, "/info/contact/name"
    )


@pytest.mark.parametrize(
    ("actions", "code", "line"),
    [
        ("- {target: $.nothing, update: {a: 1}}\n", "OVL003", 4),
        ("- {target: $.info, update: {a: 1}}\n- {target: $.none, remove: true}\n", "OVL003", 5),
        ("- {target: $.info, copy: $.none}\n", "OVL003", 4),
        ("- {target: '$.info[', update: {a: 1}}\n", "OVL002", 4),
        ("- {target: info, update: {a: 1}}\n", "OVL002", 4),
        ("- {target: $.info.title, update: {a: 1}}\n", "OVL004", 4),
        ("- {target: $.info, update: text}\n", "OVL004", 4),
        ("- {target: $.info, update: {title: [a, b]}}\n", "OVL004", 4),
        ("- {target: $, update: {tags: {a: 1}}}\n", "OVL004", 4),
        ("- {target: $, remove: true}\n", "OVL004", 4),
        ("- {target: $.info, copy: $.paths.*}\n", "OVL004", 4),
        ("- {update: {a: 1}}\n", "OVL001", 4),
        ("- target: $.info\n  copy: 5\n", "OVL001", 5),
        ("- {target: $.info}\n", "OVL001", 4),
        ("- {target: $.info, updates: {a: 1}}\n", "OVL001", 4),
    ],
)
def test_fault_of_an_action_has_its_place(actions: str, code: str, line: int) -> None:
    found, location = complaint(actions)
    assert (found, location.file, location.line) == (code, "overlay.yaml", line)


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("overlay: 2.0.0\nactions:\n", 1),
        ("actions:\n", 1),
        ("overlay: 1.1.0\nactions: {}\nother:\n", 2),
        ("overlay: 1.1.0\nother:\n", 1),
    ],
)
def test_what_is_no_overlay_is_refused(head: str, line: int) -> None:
    found, location = complaint("- {target: $.info, update: {a: 1}}\n", head)
    assert (found, location.line) == ("OVL001", line)


def findings(actions: str) -> list[tuple[str, str, str]]:
    collector = Collector()
    apply(upstream(), overlay(actions), collector)
    assert {found.rule.code for found in collector.diagnostics} <= {"OVL005"}
    return [
        (found.severity.value, found.message, found.location.pointer)
        for found in collector.diagnostics
    ]


def test_merging_twice_is_merging_once_for_objects() -> None:
    action = "- {target: $.info, update: {description: new}}\n"
    once = applied(action).tree
    twice = apply(upstream(), overlay(action + action), Collector()).tree
    assert twice == once


@pytest.mark.parametrize(
    "action",
    [
        "{target: $.info, update: {title: Things}}",
        "{target: $.info.title, update: Things}",
        "{target: $.tags, update: [{name: b}]}",
        "{target: $.info, update: {}}",
        "{target: $.info, copy: $.info}",
    ],
)
def test_an_action_that_changes_nothing_is_told(action: str) -> None:
    [(severity, message, pointer)] = findings(f"- {action}\n")
    assert severity == "warning"
    assert message.endswith("is so already")
    assert pointer == ("/actions/0/copy" if "copy" in action else "/actions/0/update")


def test_the_part_of_an_update_that_is_so_already_is_a_hint_at_its_widest() -> None:
    update = "{info: {title: Things, description: old}, tags: [{name: d}], x: 1}"
    assert findings(f"- {{target: $, update: {update}}}\n") == [
        ("hint", "`info` is so already", "/actions/0/update/info")
    ]


def test_what_is_in_a_list_already_is_told_to_be_there_twice() -> None:
    collector = Collector()
    apply(upstream(), overlay("- {target: $, update: {tags: [{name: b}], x: 1}}\n"), collector)
    [found] = collector.diagnostics
    assert found.hint
    assert "twice" in found.hint


def test_an_update_of_several_targets_has_an_effect_if_it_changes_one() -> None:
    assert findings("- {target: $.paths.*.get, update: {summary: A}}\n") == []


def test_true_is_no_number() -> None:
    assert (
        findings("- {target: $.info, update: {x: 1}}\n- {target: $.info, update: {x: true}}\n")
        == []
    )


def test_what_was_refused_is_not_said_to_be_so() -> None:
    collector = Collector()
    actions = "- {target: $.info, update: {title: [a]}}\n- {target: $.none, remove: true}\n"
    apply(upstream(), overlay(actions), collector)
    assert [found.rule.code for found in collector.diagnostics] == ["OVL004", "OVL003"]
