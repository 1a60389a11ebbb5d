"""A request finds the operation that it addresses."""

from typing import Any

import pytest

from specloom.contract.answers.operations import base_paths, find_operation
from specloom.contract.exchanges.exchange import Request

PATHS = {
    "/pets/{pet_id}": {"get": {"operationId": "getPet"}},
    "/pets/mine": {"get": {"operationId": "getMine"}},
    "/pets/{pet_id}/toys.{kind}": {"get": {}},
}


def tree(*servers: dict[str, Any]) -> dict[str, Any]:
    return {"paths": PATHS, "servers": list(servers)}


@pytest.mark.parametrize(
    ("target", "operation", "path"),
    [
        ("/pets/7", "getPet", {"pet_id": "7"}),
        ("/pets/a%2Fb", "getPet", {"pet_id": "a/b"}),
        ("/pets/mine", "getMine", {}),
        ("/pets/7/toys.red", "GET /pets/{pet_id}/toys.{kind}", {"pet_id": "7", "kind": "red"}),
    ],
)
def test_the_most_concrete_path_wins(target: str, operation: str, path: dict[str, str]) -> None:
    found = find_operation(tree(), Request("GET", target))
    assert found
    assert (found.operation.id, found.path) == (operation, path)


@pytest.mark.parametrize(
    "target", ["/pets", "/pets/", "/pets/7/", "/pets/7/toysXred", "/v1/pets/7", "//[x"]
)
def test_any_other_path_addresses_nothing(target: str) -> None:
    assert find_operation(tree(), Request("GET", target)) is None


def test_a_method_that_is_not_documented_addresses_nothing() -> None:
    assert find_operation(tree(), Request("POST", "/pets/7")) is None


def test_the_query_is_kept_as_text() -> None:
    found = find_operation(tree(), Request("GET", "/pets/7?page=0&q=&x=a%20b"))
    assert found
    assert found.query == {"page": "0", "q": "", "x": "a b"}


def test_the_path_stands_behind_the_servers() -> None:
    servers = (
        {"url": "https://pets.example/v1/"},
        {"url": "{base}/api", "variables": {"base": {"default": "https://pets.example"}}},
    )
    assert base_paths(tree(*servers)) == ["/v1", "/api"]
    assert find_operation(tree(*servers), Request("GET", "/api/pets/7"))
    assert find_operation(tree(*servers), Request("GET", "/pets/7")) is None
