"""A request that the server accepts is found for each operation, by the document alone."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.contract.answers.media_content import content_fault
from specloom.contract.answers.operations import operations
from specloom.contract.answers.schemas import Schemas
from specloom.contract.requests.bases import find_base
from specloom.contract.requests.drafting import drafted
from specloom.contract.requests.drafts import Draft
from specloom.contract.requests.encodings import File
from specloom.contract.requests.form_files import PNG
from specloom.contract.requests.request_faults import request_faults
from specloom.contract.requests.simple_values import simple_value
from tests.contract.trying import flagship, flagship_sender


def test_every_operation_of_the_flagship_is_accepted() -> None:
    """Three need what a completion made, by the links of its answer."""
    before = {}
    with flagship_sender() as sender:
        for operation in flagship().operations.values():
            base = find_base(flagship(), sender, operation)
            assert base is not None
            assert base.accepted, operation.id
            before[operation.id] = len(base.before)
    needing = {name for name, count in before.items() if count}
    assert needing == {"stopGenerate", "postMessageFeedback", "textToAudio"}


def test_what_changes_something_is_not_asked_where_only_safe_methods_may_be() -> None:
    with flagship_sender() as sender:
        _, feedback = flagship().named("postMessageFeedback")
        assert find_base(flagship(), sender, feedback, safe_only=True) is None


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "integer", "exclusiveMaximum": 0}, -1),
        ({"type": "string", "pattern": "^[0-9]{3}$"}, "000"),
        ({"type": "string", "minLength": 7}, "hellooo"),
        ({"type": ["null", "boolean"]}, True),
        ({"enum": ["b", "a"]}, "b"),
        ({"type": "string", "examples": ["of the document"]}, "of the document"),
        ({"type": "integer", "example": "wrong", "default": 4}, 4),
        ({"anyOf": [{"type": "string", "maxLength": 2}]}, "he"),
        (
            {
                "allOf": [
                    {"properties": {"a": {"const": 1}}, "required": ["a"]},
                    {"properties": {"b": {"items": {"const": 2}, "type": "array"}, "c": {}}},
                ],
                "required": ["b"],
            },
            {"a": 1, "b": [2]},
        ),
    ],
)
def test_a_value_fits_its_schema(schema: dict[str, Any], value: Any) -> None:
    schemas = Schemas({"schema": schema})
    assert simple_value(schemas, "/schema") == value
    assert schemas.validator("/schema").is_valid(value)


def test_a_schema_within_itself_comes_to_an_end() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/node"}}, "required": ["next"]}
    assert isinstance(simple_value(Schemas({"node": node}), "/node"), dict)


def test_a_form_holds_a_file_of_the_kind_that_is_asked_for() -> None:
    _, upload = flagship().named("uploadFile")
    draft = drafted(flagship().schemas, upload)
    assert draft.value == {"file": File("dot.png", "image/png", PNG)}
    assert content_fault("image/png", PNG) is None
    assert request_faults(flagship().schemas, upload, draft.request()) == []


def test_parameters_are_sent_where_and_how_the_document_says() -> None:
    draft = Draft(
        "GET",
        "/a/{id}",
        {("path", "id"): "x/y", ("query", "q"): ["1", "2"], ("query", "c"): [1, True],
         ("header", "X-One"): 1, ("cookie", "d"): "e"},
        joined=frozenset({"c"}),
    )  # fmt: skip
    request = draft.request()
    assert request.target == "/a/x%2Fy?q=1&q=2&c=1%2Ctrue"
    assert request.headers == {"x-one": "1", "cookie": "d=e"}


def test_parameters_of_the_path_are_those_of_its_operations() -> None:
    shared = {"name": "id", "in": "path", "required": True, "schema": {"const": "of the path"}}
    own = {**shared, "schema": {"const": "of the operation"}}
    tree = {"paths": {"/a/{id}": {"parameters": [shared], "get": {}, "put": {"parameters": [own]}}}}
    drafts = [drafted(Schemas(tree), one) for one in operations(tree).values()]
    assert [draft.parameters["path", "id"] for draft in drafts] == [
        "of the path",
        "of the operation",
    ]
