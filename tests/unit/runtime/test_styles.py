"""Parameters are written as OAS 3.2 §4.12.3 shows in its table of styles."""

from typing import Any

import pytest

from runtime.operation import Operation, Parameter
from runtime.request import RequestOptions, prepare
from runtime.styles import pairs
from runtime.transport import PreparedRequest

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def written(value: Any, path: str = "/", **parameter: Any) -> PreparedRequest:
    given = Parameter("color", "color", **{"type": Any, **parameter})
    operation: Operation[None] = Operation("op", "GET", path, parameters=(given,))
    return prepare(operation, {"color": value}, RequestOptions(), "http://x")


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "blue", "blue"),
        ("simple", False, ARRAY, "blue,black,brown"),
        ("simple", True, ARRAY, "blue,black,brown"),
        ("simple", False, OBJECT, "R,100,G,200,B,150"),
        ("simple", True, OBJECT, "R=100,G=200,B=150"),
        ("label", False, "blue", ".blue"),
        ("label", False, ARRAY, ".blue,black,brown"),
        ("label", True, ARRAY, ".blue.black.brown"),
        ("label", False, OBJECT, ".R,100,G,200,B,150"),
        ("label", True, OBJECT, ".R=100.G=200.B=150"),
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, "", ";color"),
        ("matrix", False, ARRAY, ";color=blue,black,brown"),
        ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
        ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
        ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
        ("simple", False, ["a", None, "b"], "a,b"),
        ("simple", True, {"R": None, "G": 1}, "G=1"),
        ("matrix", False, [None, "b"], ";color=b"),
        ("simple", False, "a/b c?é", "a%2Fb%20c%3F%C3%A9"),
        ("simple", False, True, "true"),
        ("simple", False, 1.5, "1.5"),
    ],
)
def test_path(style: str, explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001
    request = written(value, "/a/{color}/b", location="path", style=style, explode=explode)
    assert f"http://x/a/{expected}/b" == request.url


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", True, "blue", "?color=blue"),
        ("form", True, "", "?color="),
        ("form", False, ARRAY, "?color=blue,black,brown"),
        ("form", True, ARRAY, "?color=blue&color=black&color=brown"),
        ("form", False, OBJECT, "?color=R,100,G,200,B,150"),
        ("form", True, OBJECT, "?R=100&G=200&B=150"),
        ("form", True, [], ""),
        ("form", False, [], ""),
        ("form", False, {}, ""),
        ("form", False, [None], ""),
        ("form", True, ["a", None, "b"], "?color=a&color=b"),
        ("form", True, {"R": None, "G": 1}, "?G=1"),
        ("spaceDelimited", False, ARRAY, "?color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "?color=R%20100%20G%20200%20B%20150"),
        ("spaceDelimited", True, ARRAY, "?color=blue&color=black&color=brown"),
        ("pipeDelimited", True, ARRAY, "?color=blue&color=black&color=brown"),
        ("pipeDelimited", False, ARRAY, "?color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, OBJECT, "?color=R%7C100%7CG%7C200%7CB%7C150"),
        ("deepObject", True, OBJECT, "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", True, {"a": ["1", "2"]}, "?color%5Ba%5D=1&color%5Ba%5D=2"),
        ("deepObject", True, {"a": {"b": {"c": 1}}}, "?color%5Ba%5D%5Bb%5D%5Bc%5D=1"),
        ("deepObject", True, {"a": [{"b": 1}]}, "?color%5Ba%5D%5B0%5D%5Bb%5D=1"),
        ("deepObject", True, ["x", {"a": 1}], "?color%5B0%5D=x&color%5B1%5D%5Ba%5D=1"),
        ("deepObject", True, {"a&b": None, "c=d": 1}, "?color%5Bc%3Dd%5D=1"),
        ("form", True, "a&b=c+d e", "?color=a%26b%3Dc%2Bd%20e"),
        ("form", True, None, ""),
    ],
)
def test_query(style: str, explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001
    request = written(value, location="query", style=style, explode=explode)
    assert f"http://x/{expected}" == request.url


def test_a_query_may_keep_reserved_characters_but_not_those_that_end_a_value() -> None:
    request = written("/a:b?c&d#e", location="query", allow_reserved=True)
    assert request.url == "http://x/?color=/a:b?c%26d%23e"


def test_what_is_escaped_already_stays_so_among_reserved_characters() -> None:
    assert written("%41%4 %", location="query", allow_reserved=True).url.endswith("=%41%254%20%25")
    assert written("%41", location="query").url.endswith("=%2541")


def test_a_parameter_with_content_is_json() -> None:
    request = written(OBJECT, location="query", content_type="application/json")
    assert request.url == "http://x/?color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"


@pytest.mark.parametrize(
    ("location", "content_type", "value", "expected"),
    [
        ("query", "application/vnd.x+json; v=1", [1], "?color=%5B1%5D"),
        ("query", "text/plain", "a b", "?color=a%20b"),
        ("querystring", "application/json", {"a": "é"}, "?%7B%22a%22%3A%22%C3%A9%22%7D"),
        ("querystring", "text/plain", "$.a[?@>1]", "?%24.a%5B%3F%40%3E1%5D"),
        (
            "querystring",
            "application/x-www-form-urlencoded",
            {"a b": ["1", "2"], "c": {"d": 1}, "e": None},
            "?a+b=1&a+b=2&c=%7B%22d%22%3A1%7D",
        ),
    ],
)
def test_content_is_written_as_its_media_type_says(
    location: str, content_type: str, value: Any, expected: str
) -> None:
    request = written(value, location=location, content_type=content_type)
    assert f"http://x/{expected}" == request.url


def test_json_in_a_header_is_ascii() -> None:
    request = written({"a": "é"}, location="header", content_type="application/json")
    assert request.headers["color"] == '{"a":"\\u00e9"}'


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, "a b", "a b"),
        (False, ARRAY, "blue,black,brown"),
        (False, OBJECT, "R,100,G,200,B,150"),
        (True, OBJECT, "R=100,G=200,B=150"),
    ],
)
def test_header(explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001
    request = written(value, location="header", style="simple", explode=explode)
    assert expected == request.headers["color"]


def test_cookie() -> None:
    request = written("a;b", location="cookie")
    assert request.headers["cookie"] == "color=a%3Bb"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a?beta=true", "/a?beta=true&color=x"),
        ("/a#b", "/a?color=x"),
        ("/#Target=A.b", "/?color=x"),
    ],
)
def test_a_path_may_have_a_query_or_a_fragment_of_its_own(path: str, expected: str) -> None:
    assert f"http://x{expected}" == written("x", path, location="query").url


@pytest.mark.parametrize("value", ["", ".", "..", None])
def test_a_value_that_would_change_the_path_is_refused(value: str | None) -> None:
    with pytest.raises(ValueError, match=r"^color: "):
        written(value, "/a/{color}", location="path", style="simple")


@pytest.mark.parametrize(
    "value", ["../admin", "a/..", "a/./b", "a?x=1", "a#b", "..", ["a", "?"], "%2e."]
)
def test_a_value_that_may_keep_reserved_characters_stays_within_its_path(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^color: "):
        written(value, "/a/{color}", location="path", style="simple", allow_reserved=True)
    kept = written("a/..b:c", "/a/{color}", location="path", style="simple", allow_reserved=True)
    assert kept.url == "http://x/a/a/..b:c"


@pytest.mark.parametrize("location", ["path", "query"])
def test_a_value_that_no_url_can_hold_is_refused(location: str) -> None:
    with pytest.raises(ValueError, match=r"^color: makes the URL too long"):
        written("a" * 70_000, "/{color}", location=location)


@pytest.mark.parametrize("value", ["a\r\nb: c", "é", "a ", " a"])
def test_a_value_that_would_break_a_header_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^color: "):
        written(value, location="header", style="simple")


def test_cookies_are_written_as_they_are() -> None:
    cookie = Parameter("a", "color", "cookie", style="cookie", explode=True)
    assert pairs(cookie, ARRAY) == ["color=blue", "color=black", "color=brown"]
    assert pairs(cookie, {"R": 1, "G": "a/b"}) == ["R=1", "G=a/b"]
    with pytest.raises(ValueError, match="cookie"):
        pairs(cookie, "a b")
