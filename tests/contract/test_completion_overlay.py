"""The corrections say why, rest on observed facts, and leave a document whose examples hold."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from specloom.config import load_config
from specloom.contract.answers.contract import Contract
from specloom.contract.answers.operations import find_operation
from specloom.contract.answers.schemas import Schemas
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.diagnostics import Collector, Location
from specloom.document.load import load
from specloom.document.pointer import join
from specloom.document.walk import walk
from specloom.pipeline import effective, linted_upstream

SPEC = Path(__file__).parents[2] / "spec/completion"
ACTIONS = load(SPEC / "overlay.yaml", Collector()).tree["actions"]
FAULTS = load(SPEC / "known-faults.yaml", Collector()).tree["faults"]
ROWS = set(map(int, re.findall(r"^\| (\d+) \|", (SPEC / "reality.md").read_text(), re.MULTILINE)))


def cited(description: str) -> set[int]:
    """The rows that a description names, ranges by both ends."""
    found = re.findall(r"\(rows? ([^)]*)\)", description)
    return {int(number) for text in found for number in re.findall(r"\d+", text)}


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    return effective(load_config(SPEC, Collector()), Collector()).tree


@pytest.fixture(scope="module")
def upstream_codes() -> set[str]:
    """The rules that find something in the document as it was published."""
    collector = Collector()
    linted_upstream(load_config(SPEC, collector), collector)
    return {found.rule.code for found in collector.diagnostics}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["target"])
def test_an_action_names_what_was_observed(
    action: dict[str, Any], upstream_codes: set[str]
) -> None:
    rows, codes = cited(action["description"]), set(re.findall(r"OAS\d{3}", action["description"]))
    assert rows | codes
    assert rows <= ROWS
    assert codes <= upstream_codes


def test_a_known_fault_names_what_was_observed() -> None:
    assert [fault["row"] for fault in FAULTS if fault["row"] not in ROWS] == []


def media_examples(tree: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schema's pointer and the value of each example of a body."""
    for node in walk(tree):
        if node.kind == "media-type" and "schema" in node.value:
            for example in node.value.get("examples", {}).values():
                yield join(node.pointer, "schema"), example["value"]


def schema_examples(tree: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schema's pointer and each of its examples."""
    for node in walk(tree):
        if node.kind == "schema" and isinstance(node.value, dict):
            for example in node.value.get("examples", []):
                yield node.pointer, example


def test_every_example_fits_its_schema(tree: dict[str, Any]) -> None:
    schemas = Schemas(tree)
    examples = [*media_examples(tree), *schema_examples(tree)]
    wrong = [
        (pointer, *error) for pointer, value in examples for error in schemas.errors(pointer, value)
    ]
    assert len(examples) > 30
    assert wrong == []


def test_the_streamed_example_keeps_the_contract(tree: dict[str, Any]) -> None:
    request = Request("POST", "/v1/completion-messages")
    addressed = find_operation(tree, request)
    assert addressed
    media = addressed.operation.value["responses"]["200"]["content"]["text/event-stream"]
    text = media["examples"]["streamingResponse"]["serializedValue"]
    response = Response(200, headers={"content-type": "text/event-stream"}, body=text.encode())
    exchange = Exchange("example", "", request, response, Location("openapi.json"))
    assert Contract(tree).check(addressed.operation, exchange) == []


def test_nothing_promises_a_crash(tree: dict[str, Any]) -> None:
    statuses = {
        status
        for item in tree["paths"].values()
        for operation in item.values()
        for status in operation["responses"]
    }
    assert statuses == {"200", "201", "400", "401", "403", "404", "413", "415"}


def test_each_event_has_a_tag_of_its_own(tree: dict[str, Any]) -> None:
    schemas = tree["components"]["schemas"]
    union = schemas["ChunkCompletionEvent"]
    mapping = union["discriminator"]["mapping"]
    tags = {
        tag: schemas[reference.rpartition("/")[2]]["properties"]["event"]["const"]
        for tag, reference in mapping.items()
    }
    assert tags == {tag: tag for tag in mapping}
    assert sorted(mapping.values()) == sorted(member["$ref"] for member in union["oneOf"])


def test_upstream_is_untouched() -> None:
    source = (SPEC / "SOURCE.md").read_text(encoding="utf-8")
    stated = re.search(r"[0-9a-f]{64}", source)
    assert stated
    assert hashlib.sha256((SPEC / "openapi.json").read_bytes()).hexdigest() == stated[0]
