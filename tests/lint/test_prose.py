"""What rules read out of descriptions: what is told for certain, and in time that grows evenly."""

import time

import pytest

from specloom import lint
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.lint.prose.checks import CHECKS

HOSTILE = [
    "defaults to 1,000,000,000,",
    "between 1 and ",
    "one of `a`, ",
    "- `a` ",
    "deprecated. ",
    "```",
    "at least one of `a`, ",
    "required if `a",
    "`GET /a/",
    " \n",
    "*_",
]
# Without such a word a text is not looked at for long.
WORDS = " default deprecated null TODO between always one of required `a` `b`"


def document(properties: dict[str, object], **keywords: object) -> Document:
    thing = {"type": "object", "properties": properties, **keywords}
    tree = {
        "openapi": "3.2.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": {"description": keywords.get("description", "")}}},
        "components": {"schemas": {"Thing": thing}},
    }
    return Document(tree, JsonSource("things.json", "{}"))


def codes(schema: dict[str, object], **keywords: object) -> set[str]:
    found = lint.find(document({"field": schema}, **keywords), CHECKS)
    return {rule.code for rule, _ in found}


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_are_read_in_time(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + WORDS
    start = time.process_time()
    codes({"type": ["string", "integer", "boolean"], "description": text}, description=text)
    assert time.process_time() - start < 10  # what grows with the square takes minutes


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "description": "Its size. If it is a box, the default is 3."},
        {"type": "integer", "description": "Its size. Defaults to 1 for boxes and 2 for bags."},
        {"type": "integer", "description": "Its size. Defaults to 20.", "default": 20},
        {"type": "string", "description": "`a` will default to `b`.", "enum": ["a", "b"]},
        {"type": "string", "description": "Its name. Defaults to `Made at {time}`."},
        {"type": "string", "description": "Who made it, always `me` for new things."},
        {"type": "string", "description": "Its name, up to 10 characters for boxes."},
        {"type": "integer", "description": "Values between 1 and 5 make it lighter."},
        {"type": "string", "description": "Its colour, such as one of `red` or `blue`."},
        {"type": "string", "description": "Colours, comma-separated. One of `red` or `blue`."},
        {"type": "string", "description": "Its colour, one of `red` or `blue`.", "enum": ["red"]},
        {"type": "string", "description": "The deprecated values are left out."},
        {"type": "string", "description": "Whether it is required."},
        {"type": ["string", "null"], "description": "It may be null."},
        {"description": "It may be null."},
        {"type": "string", "description": "Says whether it is always there (required) or not."},
        {"type": "string", "description": "Leave `TODO` or {{name}} in the template."},
        {"type": "string", "description": "Required if `other` is given."},
    ],
)
def test_what_is_told_under_a_condition_or_said_by_the_schema_is_no_finding(
    schema: dict[str, object],
) -> None:
    assert codes(schema) == set()


def test_codes_that_many_descriptions_list_are_told_once() -> None:
    body = {"type": "object", "properties": {"code": {"type": "string"}}}
    media = {"application/json": {"schema": body}}
    answers = {str(at): {"description": "`gone`: Gone.", "content": media} for at in (404, 410)}
    tree = {"openapi": "3.2.0", "paths": {"/things": {"get": {"responses": answers}}}}
    found = lint.find(Document(tree, JsonSource("things.json", "{}")), CHECKS)
    (finding,) = [finding for _, finding in found]
    assert finding.message.endswith("listed in no schema")
    assert len(finding.also) == 1


def test_schemas_of_any_form_are_looked_at() -> None:
    text = "One of `a` or `b`. Defaults to `a`. Required if `any` is given. May be null. TODO"
    properties: dict[str, object] = {
        "any": True,
        "none": False,
        "empty": {},
        "told": {"description": text, "allOf": [True, {"$ref": "#/components/schemas/Thing"}]},
        "description": {"type": "string", "description": None},
        "list": {"type": "array", "items": False, "description": text},
    }
    found = lint.find(document(properties, description=text), CHECKS)
    assert "OAS590" in {rule.code for rule, _ in found}
