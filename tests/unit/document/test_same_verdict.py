"""By the schema and rules of ours, a document is as valid as openapi-spec-validator finds it.

Where the two differ, it is for one of the reasons listed here.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from specloom import pipeline, sound
from specloom.bundle import bundle
from specloom.config import load_config
from specloom.diagnostics import Collector, HaltedError
from specloom.document.lift import lift
from specloom.document.load import Document, load
from specloom.document.source import JsonSource
from specloom.document.validate import validate_by_library
from specloom.lint import specified
from tests.unit.document.test_mend_any import OK, PET, broken, component, media

if TYPE_CHECKING:
    from specloom.diagnostics import Diagnostic

ROOT = Path(__file__).parents[3]
_LARGEST: Final = 200_000
"""In bytes; the library takes two seconds for a megabyte."""

FOUND_BY_US_ALONE: Final = {
    "DOC01[0-2] ": "the library follows no reference of headers, links, callbacks, webhooks, …",
    "DOC016 ": "the library takes any object for what a reference should lead to",
    "OAS122 ": "3.0's schema does not say which names components may have; its text does (§4.7.7)",
    "DOC020 .*/(requestBody|headers|callbacks|webhooks|encoding|itemSchema|links)(/|$)": (
        "the library looks at no schema there"
    ),
    "OAS603 ": "the library looks at no default there, and at few formats",
    "OAS140 |OAS145 |OAS2": "the library breaks down before it comes to it",
}
FOUND_BY_IT_ALONE: Final = {
    "Required list has not defined properties": "`required` may name anything (JSON Schema §6.5.3)",
    "has non-unique elements": "an enum's should differ, no more (JSON Schema wright-00 §5.20)",
    "is not a 'regex'": "patterns are ECMA-262's, not Python's (JSON Schema §6.4)",
    "could not finish: RecursionError": "schemas that contain each other are valid",
}


def by_us(document: Document) -> list[str]:
    collector = Collector()
    try:
        found = sound.judged(document, collector).document
        collector.halt_on_errors()
        specified.check(replace(found, tree=lift(found.tree)), collector)
    except HaltedError:
        pass
    return [told(error) for error in collector.errors]


def by_library(document: Document) -> list[str]:
    collector = Collector()
    validate_by_library(document, collector)
    return [told(error) for error in collector.errors]


def told(found: Diagnostic) -> str:
    return f"{found.rule.code} {found.location.pointer} {found.message}"


def unexplained(document: Document) -> list[str]:
    """What one of the two finds, the other does not, and no reason is known for."""
    ours, its = by_us(document), by_library(document)
    if ours and its:
        return []
    known = re.compile("|".join([*FOUND_BY_US_ALONE, *FOUND_BY_IT_ALONE]))
    return [found for found in (*ours, *its) if not known.search(found)]


def documents() -> list[Path]:
    """All documents at hand."""
    folders = (ROOT / "spec", ROOT / "tests", ROOT / "../shared/corpus")
    files = [path for folder in folders for path in sorted(folder.rglob("*.*"))]
    endings = {".json", ".yaml", ".yml"}
    return [
        path
        for path in files
        if path.suffix in endings
        and path.stat().st_size < _LARGEST
        and re.search(r"""openapi["']?: *["']?3\.[012]\.""", path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("path", documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_gets_the_same_verdict(path: Path) -> None:
    collector = Collector()
    try:
        document = bundle(load(path, collector), [], collector)
    except HaltedError:
        pytest.skip("it can't be read")
    if not re.match(r"3\.[012]\.", str(document.tree.get("openapi"))):
        pytest.skip("it is no document, but holds one")
    assert unexplained(document) == []


@pytest.mark.parametrize("folder", sorted((ROOT / "spec").glob("*/specloom.toml")), ids=str)
def test_an_effective_document_gets_the_same_verdict(folder: Path) -> None:
    collector = Collector()
    document = pipeline.effective(load_config(folder.parent, collector), collector)
    assert by_library(document) == []


BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1", "license": {"name": "MIT"}},
    "servers": [{"url": "https://{h}.x", "variables": {"h": {"default": "a", "enum": ["a"]}}}],
    "tags": [{"name": "pets"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "parameters": [component("parameters", "Id")],
            "get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [
                    {"name": "n", "in": "query", "schema": {"type": "integer", "default": 3}},
                    {"name": "h", "in": "header", "schema": {"items": {"type": "string"}}},
                ],
                "responses": {
                    "200": {**OK, "content": media(PET)},
                    "default": component("responses", "Error"),
                },
            },
            "put": {
                "operationId": "putPet",
                "requestBody": {"content": media(PET)},
                "responses": {"204": OK},
            },
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "integer"},
                    "kind": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
                    "next": PET,
                    "toy": {"oneOf": [component("schemas", "Ball"), {"type": "string"}]},
                },
            },
            "Ball": {"allOf": [{"properties": {"t": {"type": "string"}}}], "required": ["t"]},
        },
        "parameters": {
            "Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        },
        "responses": {"Error": {**OK, "content": media({"type": "object"})}},
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
    },
}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken(BASE, 1))
def test_a_broken_document_gets_the_same_verdict(tree: dict[str, Any]) -> None:
    document = Document(tree, JsonSource("openapi.json", json.dumps(tree)))
    assert unexplained(document) == []


@pytest.mark.parametrize("version", ["3.0.4", "3.1.2", "3.2.0"])
def test_the_document_that_is_broken_is_valid(version: str) -> None:
    tree = {**BASE, "openapi": version}
    document = Document(tree, JsonSource("openapi.json", json.dumps(tree)))
    assert by_us(document) == by_library(document) == []
