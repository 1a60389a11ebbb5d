"""What the committed packages send is what their documents say, byte by byte."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.golden.update import FEATURES, assemble

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Server:
    """Answers every request alike, or each in turn, and keeps the requests."""

    answer: httpx2.Response | list[httpx2.Response] = field(
        default_factory=lambda: httpx2.Response(204)
    )
    requests: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        return self.answer.pop(0) if isinstance(self.answer, list) else self.answer

    @property
    def request(self) -> httpx2.Request:
        """The only request."""
        (only,) = self.requests
        return only

    def client(self, feature: str, class_name: str, **settings: Any) -> Any:
        """A golden's client that talks to this server."""
        package = importlib.import_module(feature)
        http = httpx2.Client(transport=httpx2.MockTransport(self))
        return getattr(package, class_name)(http_client=http, **settings)


@pytest.fixture(scope="module", autouse=True)
def _packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("wire")
    for feature in FEATURES:
        assemble(feature, folder)
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


def answering(value: Any, status: int = 200) -> Server:
    return Server(httpx2.Response(status, json=value))


def test_body_fields_given_are_sent_and_others_are_absent() -> None:
    server = answering({"id": 1, "name": "Rex", "owner": None, "home": None})
    client = server.client("json_body", "JsonBody")
    pet = client.pets.create_pet(name="Rex", owner=None, home=None, weight=4.5)
    assert (
        server.request.method,
        str(server.request.url),
    ) == ("POST", "https://example.com/v1/pets")
    sent = {"name": "Rex", "owner": None, "home": None, "weight": 4.5}
    assert sent == json.loads(server.request.content)
    assert pet.to_wire() == {"id": 1, "name": "Rex", "owner": None, "home": None}


def test_what_only_the_server_may_set_is_not_asked_for() -> None:
    server = answering({"id": 1, "text": "a", "answers": []}, 201)
    client = server.client("read_only", "ReadOnly")
    note = client.notes.create_note(text="a", answers=[{"text": "b"}])
    assert json.loads(server.request.content) == {"text": "a", "answers": [{"text": "b"}]}
    assert note.id == 1


def test_an_optional_body_without_fields_is_not_sent() -> None:
    server = answering({"id": 1})
    server.client("json_body", "JsonBody").pets.add_note(pet_id="a/b")
    assert (
        server.request.content,
        server.request.url.raw_path.decode(),
    ) == (b"", "/v1/pets/a%2Fb/notes")


def test_every_style_of_parameter_is_written_as_its_rfc_says() -> None:
    server = answering([])
    server.client("parameters", "Parameters").search.search_shelf(
        words=["a b", "c&d"],
        shelf=7,
        coordinates=[1, 2],
        matrix=["x", "y"],
        ids=[1, 2],
        pipes=["p", "q"],
        filter={"colour": "red", "size": [1, 2]},
        next="/a?b=c",
        where={"colour": "blue"},
        limit=5,
        x_trace=["t", "u"],
        session="s1",
        query_shelf="other",
    )
    request = server.request
    path, _, query = request.url.raw_path.decode().partition("?")
    assert path == "/shelves/7/.1.2/;matrix=x,y"
    assert query.split("&") == [
        "words=a%20b", "words=c%26d", "ids=1,2", "pipes=p%7Cq", "filter%5Bcolour%5D=red",
        "filter%5Bsize%5D=1", "filter%5Bsize%5D=2", "next=/a?b=c",
        "where=%7B%22colour%22%3A%22blue%22%7D", "limit=5", "shelf=other",
    ]  # fmt: skip
    assert (request.headers["x-trace"], request.headers["cookie"]) == ("t,u", "session=s1")


def test_an_argument_out_of_bounds_is_refused_before_anything_is_sent() -> None:
    server = answering([])
    client = server.client("parameters", "Parameters")
    with pytest.raises(importlib.import_module("parameters").InvalidArgumentError, match="limit"):
        client.search.search_shelf(words=[], shelf=1, coordinates=[1], matrix=["a"], limit=101)
    assert server.requests == []


def test_a_body_that_is_no_object_is_given_whole() -> None:
    server = answering({"warm": 1})
    client = server.client("arrays_and_enums", "ArraysAndEnums")
    colour = {"name": "red", "kind": "warm", "version": 2}
    assert client.colours.replace_colours(body=[colour]) == {"warm": 1}
    assert [colour] == json.loads(server.request.content)


def test_files_and_fields_are_parts() -> None:
    server = answering({"id": "1"}, 201)
    client = server.client("multipart_upload", "MultipartUpload")
    client.files.upload_file(
        file=("a.txt", b"\x00\xff", "text/plain"), title="A", copies=2, labels={"colour": "red"}
    )
    parts = server.request.content.split(b"--" + boundary(server.request))[1:-1]
    assert [part_of(part) for part in parts] == [
        (b'name="file"; filename="a.txt"', b"\x00\xff"),
        (b'name="title"', b"A"),
        (b'name="copies"', b"2"),
        (b'name="labels"', b'{"colour":"red"}'),
    ]


def test_many_files_are_parts_of_one_name() -> None:
    server = answering([], 201)
    client = server.client("multipart_upload", "MultipartUpload")
    client.files.upload_album(pictures=[("1.png", b"1"), ("2.png", b"2")])
    parts = server.request.content.split(b"--" + boundary(server.request))[1:-1]
    assert [part_of(part) for part in parts] == [
        (b'name="pictures"; filename="1.png"', b"1"),
        (b'name="pictures"; filename="2.png"', b"2"),
    ]


def test_bytes_are_sent_as_they_are() -> None:
    server = Server()
    server.client("multipart_upload", "MultipartUpload").files.upload_raw(body=b"\x00raw")
    assert (
        server.request.headers["content-type"],
        server.request.content,
    ) == ("application/octet-stream", b"\x00raw")


def test_a_form_repeats_the_names_of_arrays() -> None:
    server = answering({"token": "t"})
    client = server.client("form_body", "FormBody")
    client.tokens.create_token(
        grant_type="password", scope=["a b", "c"], lifetime=60, remember=True
    )
    assert (
        server.request.content
    ) == b"grant_type=password&lifetime=60&remember=true&scope=a+b&scope=c"


@pytest.mark.parametrize(
    ("method", "answer", "expected"),
    [
        ("read_report", httpx2.Response(200, text="grün"), "grün"),
        ("delete_report", httpx2.Response(204), None),
        ("check_report", httpx2.Response(200, json=True), True),
    ],
)
def test_an_answer_is_decoded_by_its_media_type(
    method: str, answer: httpx2.Response, expected: object
) -> None:
    client = Server(answer).client("answers", "Answers")
    assert expected == getattr(client.reports, method)()


def test_a_binary_answer_is_left_to_be_read() -> None:
    server = Server(
        httpx2.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"})
    )
    with server.client("answers", "Answers").reports.download_report() as report:
        assert report.read() == b"%PDF"


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [(200, {"before": "x"}, {"before": "x"}), (201, ["y"], ["y"])],
)
def test_each_status_has_its_own_type(status: int, value: object, expected: object) -> None:
    media_type = "application/problem+json" if status == 201 else "application/json"
    answer = httpx2.Response(
        status, content=json.dumps(value), headers={"content-type": media_type}
    )
    client = Server(answer).client("answers", "Answers")
    with pytest.warns(DeprecationWarning, match="deprecated"):
        found = client.reports.write_report(body="text")
    assert expected == (found.to_wire() if status == 200 else found)


def test_a_union_is_told_apart_by_its_discriminator() -> None:
    shapes = importlib.import_module("unions").models
    server = answering({"kind": "square", "side": 2.0, "label": {"text": "s"}})
    client = server.client("unions", "Unions")
    square = client.shapes.create_shape(body=shapes.Circle(kind="circle", radius=1.0))
    assert json.loads(server.request.content) == {"kind": "circle", "radius": 1.0}
    assert (type(square).__name__, square.label.text) == ("Square", "s")


def test_heirs_are_told_apart_by_the_discriminator_of_their_parent() -> None:
    animals: list[dict[str, Any]] = [
        {"species": species, "name": "x", "tricks": []}
        for species in ("animal", "cat", "kitten", "Dog", "Lion")
    ]
    client = answering(animals).client("inherited_discriminator", "InheritedDiscriminator")
    found = client.animals.list_animals()
    assert [type(item).__name__ for item in found] == ["AnimalSelf", "Cat", "Cat", "Dog", "Lion"]


def events(*data: object) -> Server:
    text = "".join(f"data: {json.dumps(item)}\n\n" for item in data)
    return Server(
        # An iterator, since content that is there already counts as read.
        httpx2.Response(
            200, content=iter([text.encode()]), headers={"content-type": "text/event-stream"}
        )
    )


def test_the_method_chooses_between_json_and_a_stream() -> None:
    server = answering({"text": "whole"})
    client = server.client("event_stream", "Answering")
    assert client.answers.create_answer(question="?").text == "whole"
    assert json.loads(server.request.content) == {"question": "?", "mode": "blocking"}
    assert server.request.headers["accept"] == "application/json"

    server = events(
        {"event": "word", "id": "1", "text": "a"},
        {"event": "news"},
        {"event": "end", "id": "1"},
        {"event": "audio", "data": "QQ=="},
    )
    client = server.client("event_stream", "Answering")
    with client.answers.stream_answer(question="?") as stream:
        found = list(stream)
    assert json.loads(server.request.content) == {"question": "?", "mode": "streaming"}
    assert server.request.headers["accept"] == "text/event-stream"
    assert [type(event).__name__ for event in found] == ["Word", "UnknownEvent", "End", "Audio"]
    assert found[-1].data == b"A"


def test_a_stream_is_collected_into_its_text() -> None:
    server = events(
        {"event": "word", "id": "1", "text": "a"},
        {"event": "correction", "whole-text": "b"},
        {"event": "word", "id": "1", "text": "c"},
        {"event": "end", "id": "1"},
    )
    client = server.client("event_stream", "Answering")
    collected = client.answers.stream_answer(question="?").collect()
    assert (collected.text, collected.end.id, len(collected.events)) == ("bc", "1", 4)


def test_a_stream_without_words_of_ours_is_typed_too() -> None:
    client = events({"second": 1}, {"second": 2}).client("event_stream", "Answering")
    with client.answers.watch_ticks() as stream:
        assert [event.second for event in stream] == [1, 2]


def test_operations_without_a_tag_are_on_the_client_at_their_own_servers() -> None:
    server = answering({"a": "b"})
    assert server.client("untagged", "Untagged").get_health() == {"a": "b"}
    assert str(server.request.url) == "https://eu.example.com/v2/health"
    server = answering({})
    server.client("untagged", "Untagged").get_things_id(id="1")
    assert str(server.request.url) == "https://things.example.com/things/1"


@pytest.mark.parametrize(
    ("method", "keys", "place", "expected"),
    [
        ("by_bearer", "k", "authorization", "Bearer k"),
        ("by_basic", "me:secret", "authorization", "Basic bWU6c2VjcmV0"),
        ("by_header", "k", "x-api-key", "k"),
        ("by_cookie", "k", "cookie", "key=k"),
        ("by_both", "token", "authorization", "Bearer token"),
        ("by_both", {"header": "h", "query": "q"}, "x-api-key", "h"),
    ],
)
def test_a_key_goes_where_its_scheme_says(
    method: str, keys: object, place: str, expected: str
) -> None:
    server = Server()
    getattr(server.client("security", "Security", api_key=keys).doors, method)()
    assert expected == server.request.headers[place]


def test_a_key_in_the_query_is_escaped() -> None:
    server = Server()
    server.client("security", "Security", api_key="a&b").doors.by_query()
    assert server.request.url.raw_path == b"/query?api_key=a%26b"


def test_an_operation_without_security_gets_no_key() -> None:
    server = Server()
    server.client("security", "Security", api_key="k").doors.freely()
    assert not {"authorization", "cookie", "x-api-key"} & server.request.headers.keys()


def test_names_that_python_or_the_client_has_already_reach_the_wire_unchanged() -> None:
    server = answering({"name": "x"})
    client = server.client("names", "Names")
    client.class_.import_(
        self_="path", query_timeout="1", body_timeout="2", class_="c", x_rate_limit=3,
        extra_headers_="e", foo_bar="snake", foo_bar_="camel", int=4, list=["l"], größe=5,
        timeout=30, extra_query={"more": "m"},
    )  # fmt: skip
    path, _, query = server.request.url.raw_path.decode().partition("?")
    assert path == "/import/path"
    assert sorted(query.split("&"), key=str.lower) == [
        "extra_headers=e", "foo_bar=snake", "fooBar=camel", "more=m", "timeout=1",
    ]  # fmt: skip
    assert server.request.headers["x-rate-limit"] == "3"
    assert json.loads(server.request.content) == {
        "timeout": "2",
        "class": "c",
        "int": 4,
        "list": ["l"],
        "größe": 5,
    }


def test_recursive_values_are_read_to_any_depth() -> None:
    tree = {"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]}
    server = answering({"trees": {"t": tree}, "value": [{"x": [1.5, "y"]}]})
    client = server.client("recursion", "Recursion")
    forest = client.trees.plant_tree(**tree)
    assert tree == json.loads(server.request.content)
    assert {"trees": {"t": tree}, "value": [{"x": [1.5, "y"]}]} == forest.to_wire()


def test_what_all_parts_require_is_read_from_one_object() -> None:
    car = {"id": 1, "name": "Z", "made": "2024-02-29", "place": {"street": "s"}}
    found = answering(car).client("all_of", "AllOf").cars.find_car()
    assert (2, "s", car) == (found.made.month, found.place.street, found.to_wire())


def pages(*values: Any) -> Server:
    return Server([httpx2.Response(200, json=value) for value in values])


def test_items_are_iterated_page_by_page_until_there_are_no_more() -> None:
    server = pages(
        {"found": {"books": [{"id": 1}, {"id": 2}]}, "has-more": True},
        {"found": {"books": [{"id": 3}]}, "has-more": False},
    )
    books = server.client("pagination", "Pagination").books.iter_list_books(limit=2)
    assert server.requests == []
    assert [book.id for book in books] == [1, 2, 3]
    asked = [str(request.url.query, "ascii") for request in server.requests]
    assert asked == ["limit=2&page-number=0", "limit=2&page-number=1"]


def test_an_offset_counts_the_items_that_came() -> None:
    server = pages(["a", "b"], ["c"], [])
    client = server.client("pagination", "Pagination")
    assert list(client.books.iter_list_titles(skip=4).pages()) == [["a", "b"], ["c"], []]
    assert [request.url.params["skip"] for request in server.requests] == ["4", "6", "7"]


def test_a_cursor_is_sent_with_the_same_body() -> None:
    server = pages({"loans": [{"book": {"id": 1}}], "next": "x"}, {"loans": [{"book": {"id": 2}}]})
    client = server.client("pagination", "Pagination")
    loans = client.books.iter_search_loans(reader="r")
    assert [loan.book.id for loan in loans] == [1, 2]
    assert [str(request.url) for request in server.requests] == [
        "https://example.com/loans",
        "https://example.com/loans?after=x",
    ]
    assert [json.loads(request.content) for request in server.requests] == [{"reader": "r"}] * 2


def test_null_is_refused_where_the_document_has_none() -> None:
    server = pages({"loans": []})
    client = server.client("pagination", "Pagination")
    with pytest.raises(importlib.import_module("pagination").InvalidArgumentError, match="reader"):
        client.books.search_loans(reader=None)
    client.books.search_loans(until=None)
    assert json.loads(server.request.content) == {"until": None}


def test_what_the_document_calls_idempotent_is_sent_again() -> None:
    server = Server([httpx2.Response(502), httpx2.Response(200, json={"loans": []})])
    server.client("pagination", "Pagination").books.search_loans()
    assert len(server.requests) == 2


def boundary(request: httpx2.Request) -> bytes:
    return request.headers["content-type"].partition("boundary=")[2].encode()


def part_of(part: bytes) -> tuple[bytes, bytes]:
    """A part's disposition without its kind, and its content."""
    head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
    (disposition,) = [line for line in head.split(b"\r\n") if b"form-data" in line]
    return disposition.partition(b"form-data; ")[2], content
