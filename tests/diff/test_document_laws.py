"""A document that says the same in other words does not differ, whatever the document."""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom import diff
from specloom.diagnostics import Collector
from specloom.document.lift import lift
from specloom.document.load import Document, load
from tests.diff.rewriting import REWRITINGS, mutilate

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
SHOP = FOLDER / "shop.yaml"
DOCUMENTS = (SHOP, ROOT / "spec" / "completion" / "openapi.json")
SMALL = 1_000_000
"""In bytes; what is larger takes too long for every run."""
CORPUS = [
    path
    for path in sorted((ROOT.parent / "shared" / "corpus").glob("*.*"))
    if path.suffix in {".json", ".yaml"} and path.stat().st_size <= SMALL
]


def document(path: Path) -> Document:
    return load(path, Collector())


def lifted(written: Document) -> Document:
    return replace(written, tree=lift(written.tree))


KNOWN = {path: document(path) for path in DOCUMENTS}


def differences(old: Document, tree: dict[str, Any]) -> list[str]:
    new = replace(old, tree=tree)
    return [
        f"{one.rule.code} {one.message} at {one.new}"
        for one in diff.changes(lifted(old), lifted(new))
    ]


@settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(DOCUMENTS),
    seed=st.integers(0, 2**16),
    rewritings=st.lists(st.sampled_from(REWRITINGS), max_size=5),
)
def test_other_words_for_the_same_make_no_difference(
    path: Path, seed: int, rewritings: list[Any]
) -> None:
    tree = copy.deepcopy(KNOWN[path].tree)
    random = Random(seed)  # noqa: S311 - no secret
    for rewrite in rewritings:
        rewrite(tree, random)
    assert differences(KNOWN[path], tree) == []


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from(DOCUMENTS), seed=st.integers(0, 2**16))
def test_whatever_changes_the_other_way_round_the_sides_change_parts(path: Path, seed: int) -> None:
    old = lifted(KNOWN[path])
    tree = copy.deepcopy(old.tree)
    mutilate(tree, Random(seed))  # noqa: S311 - no secret
    new = replace(old, tree=tree)
    there, back = diff.changes(old, new), diff.changes(new, old)
    assert Counter((one.clients, one.servers) for one in there) == Counter(
        (one.servers, one.clients) for one in back
    )


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0"])
def test_the_version_makes_no_difference_where_words_are_the_same(version: str) -> None:
    shop = KNOWN[SHOP]
    assert differences(shop, shop.tree | {"openapi": version}) == []


def test_nullable_of_3_0_is_null_of_3_1(tmp_path: Path) -> None:
    shop = KNOWN[SHOP]
    text = json.dumps(shop.tree | {"openapi": "3.0.3"})
    spelt = text.replace('"type": ["string", "null"]', '"type": "string", "nullable": true')
    assert spelt != text
    path = tmp_path / "old.json"
    path.write_text(spelt, encoding="utf-8")
    assert diff.changes(lifted(document(path)), lifted(shop)) == []


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(yaml.safe_load(SHOP.read_text(encoding="utf-8"))), encoding="utf-8")
    assert diff.changes(lifted(document(SHOP)), lifted(document(path))) == []


@pytest.mark.parametrize(
    ("said", "now"),
    [
        (
            "url: https://test.shop",
            "variables: {name: {default: test}}\n    url: https://{name}.shop",
        ),
        (
            "        default: {",
            '        "404": {$ref: "#/components/responses/Failed"}\n        default: {',
        ),
        ("operationId: listPets\n      summary", "operationId: findPets\n      summary"),
        (
            "            X-Total:",
            "            Content-Type: {schema: {type: string}}\n            X-Total:",
        ),
        ("{name: Authorization, in: header,", "{name: Accept, in: header,"),
    ],
    ids=[
        "url by default",
        "status of a range",
        "operationId",
        "header told elsewhere",
        "parameter",
    ],
)
def test_what_is_not_sent_makes_no_difference(said: str, now: str, tmp_path: Path) -> None:
    text = SHOP.read_text(encoding="utf-8")
    assert text.count(said) == 1
    path = tmp_path / "new.yaml"
    path.write_text(text.replace(said, now), encoding="utf-8")
    assert diff.changes(lifted(KNOWN[SHOP]), lifted(document(path))) == []


def test_another_name_of_a_path_variable_makes_no_difference() -> None:
    shop = KNOWN[SHOP]
    text = json.dumps(shop.tree).replace("{pet}", "{animal}").replace('"pet"', '"animal"')
    assert differences(shop, json.loads(text)) == []


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not here")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_no_document_of_the_corpus_differs_from_itself_in_other_words(path: Path) -> None:
    written = document(path)
    tree = copy.deepcopy(written.tree)
    for rewrite in REWRITINGS:
        rewrite(tree, Random(7))  # noqa: S311 - no secret
    assert differences(written, tree) == []
