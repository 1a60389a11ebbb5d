"""Feedback: it is set, changed, deleted, listed, and only by the user whose message it is on."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from completion_server import serve

Ask = Callable[..., httpx2.Response]


@pytest.fixture
def fresh() -> Iterator[httpx2.Client]:
    """Give a client of a server that has no feedback yet."""
    with (
        serve(word_delay=0) as server,
        httpx2.Client(
            base_url=server.base_url, headers={"Authorization": f"Bearer {server.api_key}"}
        ) as client,
    ):
        yield client


def new_message(client: httpx2.Client, user: str = "abc-123") -> str:
    body = {"inputs": {"query": "Hello"}, "user": user}
    message_id = client.post("/completion-messages", json=body).json()["message_id"]
    assert isinstance(message_id, str)
    return message_id


def rate(client: httpx2.Client, message_id: str, **body: Any) -> httpx2.Response:
    sent = {"user": "abc-123", **body}
    return client.post(f"/messages/{message_id}/feedbacks", json=sent)


def listed(client: httpx2.Client, query: str = "") -> list[dict[str, Any]]:
    items = client.get(f"/app/feedbacks{query}").json()["data"]
    assert isinstance(items, list)
    return items


def test_feedback_comes_back_as_recorded(fresh: httpx2.Client) -> None:
    message_id = new_message(fresh)
    response = rate(fresh, message_id, rating="like", content="fine")
    assert response.json() == {"result": "success"}
    (item,) = listed(fresh)
    assert list(item) == [
        "id", "app_id", "conversation_id", "message_id", "rating", "content", "from_source",
        "from_end_user_id", "from_account_id", "created_at", "updated_at",
    ]  # fmt: skip
    assert item["message_id"] == message_id
    assert (item["rating"], item["content"]) == ("like", "fine")
    assert (item["from_source"], item["from_account_id"]) == ("user", None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", item["created_at"])
    assert item["updated_at"] == item["created_at"]


def test_an_update_without_content_wipes_it(fresh: httpx2.Client) -> None:
    message_id = new_message(fresh)
    rate(fresh, message_id, rating="like", content="fine")
    rate(fresh, message_id, rating="dislike")
    (item,) = listed(fresh)
    assert (item["rating"], item["content"]) == ("dislike", None)
    assert re.search(r"\.\d{6}$", item["updated_at"])


@pytest.mark.parametrize("revoking", [{"rating": None}, {}])
def test_a_null_or_absent_rating_deletes(fresh: httpx2.Client, revoking: dict[str, None]) -> None:
    message_id = new_message(fresh)
    rate(fresh, message_id, rating="like")
    assert rate(fresh, message_id, **revoking).json() == {"result": "success"}
    assert listed(fresh) == []
    again = rate(fresh, message_id, **revoking)
    assert again.status_code == 400
    assert again.json()["message"] == "rating cannot be None when feedback not exists"


def test_the_list_is_paged_newest_first(fresh: httpx2.Client) -> None:
    messages = [new_message(fresh) for _ in range(3)]
    for message_id in messages:
        rate(fresh, message_id, rating="like")
    newest_first = messages[::-1]
    assert [item["message_id"] for item in listed(fresh)] == newest_first
    pages = [listed(fresh, f"?page={page}&limit=2") for page in (1, 2, 3)]
    assert [[item["message_id"] for item in page] for page in pages] == [
        newest_first[:2], newest_first[2:], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("limit=0", "limit\n  Input should be greater than or equal to 1 [type=greater_than_equal"),
        ("limit=102", "limit\n  Input should be less than or equal to 101 [type=less_than_equal"),
        ("limit=", "limit\n  Input should be a valid integer, unable to parse string as an"),
        ("page=0", "page\n  Input should be greater than or equal to 1 [type=greater_than_equal"),
        ("page=-1", "page\n  Input should be greater than or equal to 1 [type=greater_than_equal"),
        ("page=abc", "page\n  Input should be a valid integer, unable to parse string as an"),
        ("page=" + "9" * 5000, "page\n  Input should be a valid integer"),
    ],
)
def test_a_page_out_of_bounds_is_refused(client: httpx2.Client, query: str, complaint: str) -> None:
    response = client.get(f"/app/feedbacks?{query}")
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_param"
    assert f"1 validation error for FeedbackListQuery\n{complaint}" in response.json()["message"]


@pytest.mark.parametrize("query", ["", "?limit=1", "?limit=101", "?page=" + "9" * 4000])
def test_a_page_within_bounds_is_listed(client: httpx2.Client, query: str) -> None:
    assert client.get(f"/app/feedbacks{query}").status_code == 200


def test_only_its_own_user_rates_a_message(client: httpx2.Client) -> None:
    message_id = new_message(client)
    response = rate(client, message_id, rating="like", user="other")
    assert response.status_code == 404
    expected = {"code": "not_found", "message": "Message Not Exists.", "status": 404}
    assert response.json() == expected


def test_another_app_sees_neither_message_nor_feedback(
    client: httpx2.Client, client_of: Callable[[str], httpx2.Client]
) -> None:
    message_id, other = new_message(client), client_of("Other App")
    rate(client, message_id, rating="like")
    assert rate(other, message_id, rating="like").status_code == 404
    assert listed(other) == []


@pytest.mark.parametrize("message_id", ["00000000-0000-4000-8000-000000000000", "not-a-uuid"])
def test_an_unknown_message_is_not_found(client: httpx2.Client, message_id: str) -> None:
    response = rate(client, message_id, rating="like")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"rating": "meh"}, "rating\n  Input should be 'like' or 'dislike' [type=literal_error"),
        ({"rating": ["like"]}, "rating\n  Input should be 'like' or 'dislike'"),
        ({"rating": "like", "content": 5}, "content\n  Input should be a valid string"),
        ({"rating": "like", "user": None}, "Arg user must be provided."),
    ],
)
def test_a_bad_field_is_refused(
    client: httpx2.Client, body: dict[str, Any], complaint: str
) -> None:
    response = rate(client, new_message(client), **body)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_param"
    assert complaint in response.json()["message"]
