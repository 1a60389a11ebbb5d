"""Keys that must open nothing are refused, and the right one opens however it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from starlette.responses import JSONResponse

from specloom.contract.answers.contract import Contract
from specloom.contract.answers.operations import operations
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.phases.authentication import scheme_names, try_authentication
from specloom.contract.phases.wrong_keys import (
    accepted_variants,
    near_key,
    refused_variants,
)
from specloom.contract.requests.bases import find_base
from specloom.contract.transport.credentials import WRONG_KEY, Credentials, credentials
from specloom.contract.transport.sender import Sender
from specloom.contract.transport.target import Target
from specloom.diagnostics import Location
from tests.contract.fixed_server import serve_fixed
from tests.contract.trying import KEY, flagship, flagship_sender, found, sender_to

if TYPE_CHECKING:
    from specloom.contract.phases.trial import Trial

BEARER = Credentials(KEY, {"Authorization": "Bearer"})
API_KEY = Credentials(KEY, {"X-Api-Key": ""})


def tried(sender: Sender, name: str) -> list[Trial]:
    _, operation = flagship().named(name)
    base = find_base(flagship(), sender, operation)
    return list(try_authentication(flagship(), sender, operation, base))


def test_nothing_is_found_wrong_with_a_server_that_is_right() -> None:
    with flagship_sender() as sender:
        trials = [trial for name in ("getAppInfo", "uploadFile") for trial in tried(sender, name)]
    assert found(trials) == set()
    assert len(trials) == 20


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("no-key-accepted", "authentication"),
        ("wrong-key-accepted", "authentication"),
        ("any-scheme-accepted", "authentication"),
        ("scheme-case-sensitive", "authentication"),
        ("wrong-key-403", "authentication"),
        ("challenge-missing", "authentication_challenge"),
    ],
)
def test_a_fault_is_found(fault: str, check: str) -> None:
    with flagship_sender(fault) as sender:
        assert found(tried(sender, "getAppInfo")) == {check}


def test_no_key_is_shown_nor_one_that_is_almost_it() -> None:
    """A server may repeat what it was sent."""

    async def echo(scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - ASGI's own
        sent = dict(scope["headers"]).get(b"authorization", b"").decode()
        await JSONResponse({"message": sent}, 401, {"x-sent": sent})(scope, receive, send)

    with serve_fixed(echo) as url, sender_to(url, flagship()) as sender:
        trials = tried(sender, "getAppInfo")
    (wrong,) = [trial for trial in trials if trial.name == "a wrong key"]
    assert near_key(KEY) not in repr(wrong)
    assert near_key(KEY)[:-4] not in repr(wrong)
    sent = wrong.exchanges[-1]
    assert sent.request.headers["authorization"] == f"Bearer {WRONG_KEY}"
    assert WRONG_KEY in sent.response.headers["x-sent"]
    assert WRONG_KEY.encode() in sent.response.body


def test_a_key_in_a_query_is_not_shown_in_escapes() -> None:
    key = "a/very+secret=key=="
    subject = flagship()
    target = Target("", credentials(subject.tree, key))
    with serve_fixed(JSONResponse({}, 401)) as url, Sender(replace(target, url=url), 9) as sender:
        shown = repr([trial for trial in tried(sender, "getAppInfo") if "query" in trial.name])
    assert "api_key=" in shown
    assert key not in shown
    assert "secret" not in shown


@pytest.mark.parametrize("key", [KEY, "x", "----------", "UPPER-0000", "q" * 12])
def test_a_wrong_key_is_of_the_same_length_and_another(key: str) -> None:
    assert near_key(key) != key
    assert len(near_key(key)) == len(key)


@pytest.mark.parametrize("held", [BEARER, API_KEY], ids=["bearer", "header"])
def test_no_variant_that_must_be_refused_is_the_right_one(held: Credentials) -> None:
    assert all(dict(variant.headers) != held.headers for variant in refused_variants(held))


def test_a_key_without_a_scheme_has_no_case() -> None:
    assert list(accepted_variants(API_KEY)) == []
    assert not any("scheme" in variant.name for variant in refused_variants(API_KEY))
    assert [variant.headers for variant in accepted_variants(BEARER)] == [
        {"Authorization": f"bearer {KEY}"},
        {"Authorization": f"BEARER {KEY}"},
    ]


def test_an_operation_that_may_go_without_security_is_let_be() -> None:
    _, operation = flagship().named("getAppInfo")
    assert scheme_names(flagship(), operation) == {"ApiKeyAuth"}
    operation.value["security"] = [{"ApiKeyAuth": []}, {}]
    try:
        assert scheme_names(flagship(), operation) == set()
    finally:
        del operation.value["security"]


def test_a_server_that_is_silent_is_asked_no_more() -> None:
    with sender_to("http://127.0.0.1:9", flagship()) as sender:
        trials = tried(sender, "getAppInfo")
    assert [fault.check for trial in trials for fault in trial.faults] == ["answer"]


def test_a_recorded_401_needs_a_challenge_only_where_the_document_has_one() -> None:
    def faults(described: dict[str, object], headers: dict[str, str]) -> list[str]:
        answer = {"description": "No.", **described}
        tree = {"paths": {"/a": {"get": {"responses": {"401": answer}}}}}
        (operation,) = operations(tree).values()
        exchange = Exchange(
            "a", "1", Request("GET", "/a"), Response(401, headers=headers), Location("")
        )
        return [fault.check for fault in Contract(tree).check(operation, exchange)]

    documented: dict[str, object] = {"headers": {"WWW-Authenticate": {"schema": {}}}}
    assert faults({}, {}) == []
    assert faults(documented, {"www-authenticate": "Bearer"}) == []
    assert faults(documented, {}) == ["authentication_challenge"]
