"""What fits is typed, what doesn't is kept and told once; read strictly, it is raised."""

from __future__ import annotations

import copy
import datetime as dt
import json
import logging
import sys
from typing import Annotated, Any, Literal, Union

import httpx2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

from runtime import fitting, reading
from runtime.errors import ResponseValidationError
from runtime.fitting import Misfit, fit, validator
from runtime.formats import Base64, DateTime, Decimal  # noqa: TC001 (pydantic reads them)
from runtime.model import Model
from runtime.operation import UNSET
from runtime.reading import Reading, read_json

RESPONSE = httpx2.Response(200, request=httpx2.Request("GET", "https://api.example/"))


class Label(Model):
    text: str


class Circle(Model):
    kind: Literal["circle"]
    radius: float


class Square(Model):
    kind: Literal["square"]
    side: Annotated[float, Field(ge=1)]
    label: str | Label | None = None


Shape = TypeAliasType("Shape", Annotated[Circle | Square, Field(discriminator="kind")])


class Text(Model):
    text_input: Annotated[Label, Field(alias="text-input")]


class Paragraph(Model):
    paragraph: Label


Json = TypeAliasType("Json", Union[str, float, "list[Json]", "dict[str, Json]", None])


class Tree(Model):
    name: str
    children: list[Tree] | None = None


class Closed(Model):
    model_config = ConfigDict(extra="forbid")
    name: str


class Counts(Model):
    __pydantic_extra__: dict[str, int]
    total: int


class Everything(Model):
    id: int
    file_name: Annotated[str | None, Field(alias="file-name")] = None
    kind: Literal["a", "b"] = "a"
    shape: Shape | None = None
    controls: list[Text | Paragraph] | None = None
    closed: Closed | None = None
    counts: Counts | None = None
    few: Annotated[list[int] | None, Field(max_length=2)] = None
    pair: tuple[str, int] | None = None
    weights: dict[str, float] | None = None
    anything: Any | None = None
    json_: Annotated[Json | None, Field(alias="json")] = None
    when: DateTime | None = None
    day: dt.date | None = None
    price: Decimal | None = None
    audio: Base64 | None = None
    parent: Everything | None = None


VALID: list[dict[str, Any]] = [
    {"id": 1},
    {"id": 2, "file-name": "a", "file_name": "b", "kind": "b", "new": {"x": [None]}},
    {"id": 3, "shape": {"kind": "square", "side": 1, "label": {"text": "l"}}},
    {"id": 3, "shape": {"kind": "circle", "radius": 0.5}, "parent": {"id": 1, "few": [1, 2]}},
    {"id": 4, "controls": [{"paragraph": {"text": "p"}}, {"text-input": {"text": "t"}}]},
    {"id": 5, "closed": {"name": "c"}, "counts": {"total": 1, "red": 2}, "pair": ["a", 1]},
    {
        "id": 6,
        "weights": {"a/b": 1.5, "~": 2},
        "anything": [1, {"x": True}],
        "json": [[], {"a": 1}],
    },
    {"id": 7, "when": "2026-11-21T23:22:26", "day": "2026-11-21", "price": "0E-7", "audio": "//8="},
]
INTEGER = "a valid integer"
TYPES = (Everything, list[Everything], Shape, Json, dict[str, Text | Paragraph])


def written(type_: Any, value: Any) -> Any:
    """The JSON that a value is sent as."""
    return TypeAdapter(type_).dump_python(
        value, mode="json", by_alias=True, exclude_unset=True, warnings=False
    )


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)  # a number of Python holds no more to the digit
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["circle", "2026-11-21", "17", "//8=", "NaN", 1.0])
)
NAMES = st.sampled_from([*Everything.model_fields, "file-name", "text-input", "json", "side", "~/"])
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(), inner, max_size=4)
    ),
    max_leaves=8,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a value with every key or index of it."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for key, item in items:
        found.append((value, key))
        if isinstance(item, dict | list):
            found += places(item)
    return found


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A valid answer with a few parts removed, or replaced by any other JSON."""
    answer = [copy.deepcopy(draw(st.sampled_from(VALID)))]
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from(places(answer)))
        if isinstance(container, dict) and draw(st.booleans()):
            del container[key]
        else:
            container[key] = draw(ANY_JSON)
    return answer[0]


@given(mutated() | ANY_JSON, st.sampled_from(TYPES))
def test_whatever_came_is_written_back(value: Any, type_: Any) -> None:
    # Pydantic's serializer of a discriminated union looks such a tag up, and so fails.
    tags = [holder[key] for holder, key in places([value]) if key == "kind"]
    assume(not any(isinstance(tag, dict | list) for tag in tags))
    fitted, misfits = fit(type_, value)
    # Nor does it write what a closed object holds beside its properties.
    assume(all(misfit.expected != "no such property" for misfit in misfits))
    assert value == written(type_, fitted)
    assert value == written(type_, copy.deepcopy(fitted))


@given(mutated() | ANY_JSON, st.sampled_from(TYPES))
def test_there_is_a_misfit_exactly_where_pydantic_refuses(value: Any, type_: Any) -> None:
    fitted, misfits = fit(type_, value)
    try:
        expected = validator(type_)(json.dumps(value).encode())
    except ValidationError:
        # Pydantic refuses 1.0 as an integer; JSON Schema doesn't.
        assert misfits or ".0" in json.dumps(value)
    else:
        assert misfits == []
        assert expected == fitted


@given(mutated())
def test_a_misfit_is_at_its_pointer(value: Any) -> None:
    for misfit in fit(Everything, value)[1]:
        found = value
        *path, last = [
            step.replace("~1", "/").replace("~0", "~") for step in misfit.pointer.split("/")
        ]
        for step in [*path[1:], *([last] if path else [])]:
            if isinstance(found, list):
                found = found[int(step)]
            elif step not in found:
                found = UNSET
            else:
                found = found[step]
        assert found == misfit.found


@pytest.mark.parametrize(
    ("value", "misfits"),
    [
        ({"id": "1"}, [("/id", INTEGER, "1")]),
        ({}, [("/id", "a required property", UNSET)]),
        ({"id": 1, "kind": "c"}, [("/kind", "'a' or 'b'", "c")]),
        ({"id": 1, "weights": {"a/~": "x"}}, [("/weights/a~1~0", "a valid number", "x")]),
        (
            {"id": 1, "few": ["x", 1, None]},
            [("/few/0", INTEGER, "x"), ("/few/2", INTEGER, None)],
        ),
        (
            {"id": 1, "few": [1, 2, 3]},
            [("/few", "List should have at most 2 items after validation, not 3", [1, 2, 3])],
        ),
        ({"id": 1, "pair": ["a"]}, [("/pair", "a required 1", ["a"])]),
        ({"id": 1, "shape": {"kind": "star"}}, [("/shape", "a known 'kind'", {"kind": "star"})]),
        (
            {"id": 1, "shape": {"kind": "square", "side": 0}},
            [("/shape/side", "greater than or equal to 1", 0)],
        ),
        (
            {"id": 1, "shape": {"kind": "square", "side": 1, "label": 5}},
            [("/shape/label", "a valid string or an object", 5)],
        ),
        ({"id": 1, "controls": [{"paragraph": 5}]}, [("/controls/0/paragraph", "an object", 5)]),
        ({"id": 1, "closed": {"name": "a", "b": 2}}, [("/closed/b", "no such property", 2)]),
        ({"id": 1, "counts": {"total": 1, "red": "r"}}, [("/counts/red", INTEGER, "r")]),
        ({"id": 1, "json": [[True]]}, [("/json/0/0", ..., True)]),
        ({"id": 1, "day": 17}, [("/day", "a valid date", 17)]),
        ({"id": 1, "when": 17}, [("/when", "a valid datetime", 17)]),
        ([], [("", "an object", [])]),
    ],
)
def test_each_misfit_says_where_and_what(value: Any, misfits: list[Any]) -> None:
    found = [(m.pointer, m.expected, m.found) for m in fit(Everything, value)[1]]
    expected = [
        (pointer, (found[0][1] if text is ... else text), item) for pointer, text, item in misfits
    ]
    assert expected == found


def test_the_rest_of_an_object_is_typed() -> None:
    fitted, _ = fit(
        Everything, {"kind": "new", "when": "2026-11-21T23:22:26", "parent": {"id": "x"}, "new": 1}
    )
    assert isinstance(fitted, Everything)
    assert isinstance(fitted.parent, Everything)
    assert {"id": None, "kind": "new"}.items() <= vars(fitted).items()
    assert vars(fitted.parent)["id"] == "x"
    assert dt.datetime(2026, 11, 21, 23, 22, 26) == fitted.when  # noqa: DTZ001 (it came without)
    assert fitted.model_fields_set == {"kind", "when", "parent"}
    assert fitted.model_extra == {"new": 1}


def test_a_default_stays_a_default() -> None:
    fitted, _ = fit(Everything, {"id": "x"})
    assert fitted.kind == "a"
    assert fitted.to_wire() == {"id": "x"}


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (Shape, {"kind": "square"}, Square),
        (Shape, {"kind": "star", "side": 1}, dict),
        (Shape, {"side": 1}, dict),
        (Text | Paragraph, {"paragraph": {}}, Paragraph),
        (Text | Paragraph, {"other": {}}, dict),
        # The name in Python is not the one on the wire.
        (Text | Paragraph, {"text_input": {"text": "t"}}, dict),
        (str | Label | None, {}, Label),
        (dict[str, int] | Label, {"text": 1, "more": "x"}, Label),
        (Closed, {"name": "a", "b": 1}, Closed),
    ],
)
def test_a_union_gives_the_member_that_is_meant(type_: Any, value: Any, expected: type) -> None:
    fitted, misfits = fit(type_, value)
    assert isinstance(fitted, expected)
    assert misfits


def test_a_property_that_a_closed_object_forbids_is_readable() -> None:
    fitted, misfits = fit(Everything, {"id": 1, "closed": {"b": {"c": 1}, "name": "a", "d": None}})
    assert (fitted.closed.name, fitted.closed.b, fitted.closed.d) == ("a", {"c": 1}, None)
    assert copy.deepcopy(fitted).closed.model_extra == {"b": {"c": 1}, "d": None}
    assert [misfit.pointer for misfit in misfits] == ["/closed/b", "/closed/d"]
    assert fitted.to_wire() == {"id": 1, "closed": {"name": "a"}}


def test_a_tuple_may_have_any_length() -> None:
    assert fit(tuple[int, ...], [1, "x", 3]) == ((1, "x", 3), [Misfit("/1", INTEGER, "x")])


def test_an_integer_may_be_written_with_a_fraction_of_zero() -> None:
    assert fit(list[int], [1.0, 2]) == ([1, 2], [])
    assert fit(int, 1.5)[1] == [Misfit("", INTEGER, 1.5)]
    assert fit(bool, 1.0)[0] == 1.0


@pytest.mark.parametrize("number", [1e300, -1e300, 2.0**53])
def test_a_number_too_large_to_be_exact_is_no_integer(number: float) -> None:
    fitted, misfits = fit(int, number)
    assert isinstance(fitted, float)
    assert (fitted, misfits) == (number, [Misfit("", INTEGER, number)])


@pytest.fixture
def told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> pytest.LogCaptureFixture:
    """What is logged, from nothing told yet."""
    monkeypatch.setattr(reading, "_told", set())
    caplog.set_level(logging.WARNING, reading.__name__)
    return caplog


def read(type_: Any, value: Any, operation: str = "op", *, strict: bool = False) -> Any:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_json(type_, data, RESPONSE, operation, Reading(strict))


def test_each_place_is_told_once(told: pytest.LogCaptureFixture) -> None:
    value = [{"id": "secret"}, {"id": 1}, {"id": "other"}]
    assert [item.id for item in read(list[Everything], value)] == ["secret", 1, "other"]
    read(list[Everything], value)
    place = "does not fit at /0/id: expected a valid integer, found a string"
    assert [f"the answer of op {place}"] == told.messages
    read(list[Everything], value, "another")
    assert [f"the answer of another {place}"] == told.messages[1:]


def test_names_of_a_server_fill_neither_memory_nor_log(told: pytest.LogCaptureFixture) -> None:
    names = {f"{'n' * 10_000}\n{i}": "x" for i in range(2)} | {f"\n{i}": "x" for i in range(2000)}
    assert names == read(dict[str, float], names)
    assert len(told.messages) <= len(reading._told) <= 1000
    assert all(len(text) < 500 and "\n" not in text for text in told.messages)
    assert all(len(place) < 300 for place in reading._told)


def test_of_what_fits_nothing_is_told(told: pytest.LogCaptureFixture) -> None:
    for value in VALID:
        assert value == read(Everything, value, strict=True).to_wire()
    read(int, b"1.0", strict=True)
    read(int, b"\xef\xbb\xbf1", strict=True)
    assert told.messages == []


def test_read_strictly_the_first_misfit_is_raised() -> None:
    with pytest.raises(ResponseValidationError) as raised:
        read(list[Everything], [{"id": 1}, {"id": "secret"}], strict=True)
    error = raised.value
    assert (error.pointer, error.expected, error.found) == ("/1/id", INTEGER, "secret")
    assert str(error) == "at /1/id: expected a valid integer, found a string"
    assert error.response is RESPONSE


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"id": 1', b"<html>", b"\xff", b'"\\ud80"', b"[" * 10_000 + b"]" * 10_000],
    ids=range(7),
)
def test_what_is_no_json_is_always_raised(data: bytes, strict: bool) -> None:  # noqa: FBT001
    with pytest.raises(ResponseValidationError, match="JSON") as raised:
        read(Everything, data, strict=strict)
    assert raised.value.pointer is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"text": "\xe2\x80", "n": 1.0}', "\ufffd"),
        (b'\xef\xbb\xbf{"text": "a\xffb", "n": 1.0}', "a\ufffdb"),
        (rb'{"text": "\ud83d", "n": 1.0}', "\ufffd"),
        (rb'{"text": "\ude00\ud83d\ude00\\ud83d", "n": 1.0}', "\ufffd😀\\ud83d"),
    ],
)
def test_what_is_no_unicode_is_replaced_and_told(
    data: bytes, text: str, told: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        label = read(Label, data)
        assert isinstance(label, Label)
        assert label.to_wire() == {"text": text, "n": 1.0}
    place = "at the root: expected valid Unicode, found other bytes"
    assert [f"the answer of op does not fit {place}"] == told.messages
    with pytest.raises(ResponseValidationError, match="JSON") as raised:
        read(Label, data, strict=True)
    assert raised.value.pointer is None


def nested(depth: int) -> bytes:
    return b'{"name":"","children":[' * depth + b"5" + b"]}" * depth


def test_deep_nesting_is_read() -> None:
    assert json.loads(nested(90)) == read(Tree, nested(90)).to_wire()


def test_nesting_past_what_python_can_follow_is_an_error_of_ours() -> None:
    def deeper(frames: int) -> Any:
        return deeper(frames - 1) if frames else read(Tree, nested(90))

    # pytest's own frames are few and vary; a level of nesting takes more than one.
    with pytest.raises(ResponseValidationError, match="recursion"):
        deeper(sys.getrecursionlimit() - 200)


def test_an_answer_full_of_misfits_is_read_in_time_to_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0
    made = fitting._validated

    def counted(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        return made(*arguments)

    monkeypatch.setattr("runtime.fitting._validated", counted)
    counts = []
    for size in (10, 20, 40):
        calls = 0
        read(list[Everything], [{"id": "x", "parent": {"id": "y"}}] * size)
        counts.append(calls)
    assert counts[2] - counts[1] == 2 * (counts[1] - counts[0])
