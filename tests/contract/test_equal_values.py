"""A value that repeats a part of the request is held to it, wherever the server is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from specloom.contract.answers.contract import Contract
from specloom.contract.answers.operations import operations
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.diagnostics import Location

MEMBERS = {
    "id": "$request.path.id",
    "page": "$request.query.page",
    "language": "$request.header.Accept-Language",
    "name": "$request.body#/name",
    "status": "$statusCode",
}
TREE: dict[str, Any] = {
    "paths": {
        "/pets/{id}": {
            "post": {
                "responses": {
                    "200": {
                        "description": "A pet.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "properties": {
                                        name: {"x-equals": expression}
                                        for name, expression in MEMBERS.items()
                                    }
                                }
                            }
                        },
                    }
                }
            }
        }
    }
}
RIGHT = {"id": "a b/c", "page": 3, "language": "de", "name": "Rex", "status": 200}


def unequal(value: dict[str, Any]) -> list[str]:
    """The places at which an answer differs from its request."""
    request = Request(
        "POST",
        "https://pets.example/here/v1/pets/a%20b%2Fc?page=3",
        headers={"content-type": "application/json", "accept-language": "de"},
        body=b'{"name": "Rex"}',
    )
    headers = {"content-type": "application/json"}
    response = Response(200, headers=headers, body=json.dumps(value).encode())
    exchange = Exchange("pet", "", request, response, Location(""))
    operation = operations(TREE)["POST /pets/{id}"]
    return [fault.place for fault in Contract(TREE).check_by("equal_values", operation, exchange)]


def test_what_repeats_the_request_is_right() -> None:
    assert unequal(RIGHT) == []


@pytest.mark.parametrize("name", MEMBERS)
def test_what_differs_from_the_request_is_told(name: str) -> None:
    assert unequal({**RIGHT, name: "other"}) == [f"/{name}"]
