"""XML that was sent is read as its schema has it, so that what is wrong with it can be told."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.contract.answers.operations import Operation
from specloom.contract.answers.schemas import Schemas
from specloom.contract.answers.xml_body import read_xml
from specloom.contract.exchanges.exchange import Request
from specloom.contract.requests.request_faults import request_faults

TREE: dict[str, Any] = {
    "paths": {
        "/pets": {
            "post": {
                "operationId": "add",
                "requestBody": {
                    "content": {
                        "application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}},
                        "text/xml": {},
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Named": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Pet": {
                "allOf": [{"$ref": "#/components/schemas/Named"}],
                "type": "object",
                "required": ["name"],
                "properties": {
                    "id": {"type": "integer", "xml": {"attribute": True}},
                    "photos": {
                        "type": "array",
                        "items": {"type": "string"},
                        "xml": {"wrapped": True},
                    },
                    "tags": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "xml": {"name": "tag"},
                    },
                },
            },
        }
    },
}
POST = Operation("add", ("paths", "/pets", "post"), TREE["paths"]["/pets"]["post"])


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"<pet/>", {}),
        (b'<pet id="7"><name>12</name></pet>', {"id": 7, "name": "12"}),
        (b"<pet><photos><photo>a</photo><photo/></photos></pet>", {"photos": ["a", ""]}),
        (b"<pet><photos></photos></pet>", {"photos": []}),
        (b"<pet><tag>1</tag><tag>x</tag></pet>", {"tags": [1, "x"]}),
        (b'<p:pet xmlns:p="urn:p"><p:name>n</p:name></p:pet>', {"name": "n"}),
        (b"<pet>text</pet>", "text"),
        (b"<pet><colour>red</colour></pet>", {"colour": "red"}),
    ],
)
def test_text_is_what_the_schema_has_there(content: bytes, value: Any) -> None:
    assert read_xml(Schemas(TREE), "/components/schemas/Pet", content) == value


@pytest.mark.parametrize(
    ("content", "pointers"),
    [
        (b"<pet><name>12</name><photos></photos></pet>", []),
        (b"<pet><tag>x</tag></pet>", ["/body/tags/0", "/body/name"]),
        (b"<pet><name>n</name><photos>0</photos></pet>", ["/body/photos"]),
        (b"<pet>", ["/body"]),
        (b'<!DOCTYPE pet [<!ENTITY a "aa">]><pet><name>&a;</name></pet>', ["/body"]),
    ],
)
def test_what_is_wrong_with_it_has_a_place(content: bytes, pointers: list[str]) -> None:
    request = Request("POST", "/pets", headers={"content-type": "application/xml"}, body=content)
    faults = request_faults(Schemas(TREE), POST, request)
    assert sorted(fault.pointer for fault in faults) == sorted(pointers)


def test_a_body_without_a_schema_may_be_anything() -> None:
    request = Request("POST", "/pets", headers={"content-type": "text/xml"}, body=b"<")
    assert request_faults(Schemas(TREE), POST, request) == []
