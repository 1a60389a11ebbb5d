"""A model writes back the JSON that it read, and shows Python values meanwhile."""

import copy
import datetime as dt
import decimal
import json
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from runtime.formats import Base64, DateTime, Decimal
from runtime.model import Model


class Values(Model):
    when: DateTime | None = None
    price: Decimal | None = None
    audio: Base64 | None = None
    class_: str | None = None


@pytest.mark.parametrize(
    "wire",
    [
        {},
        {"when": None},
        {"when": "2026-11-21T23:22:26"},
        {"when": "2026-11-21T23:22:26.123000"},
        {"when": "2026-11-21t23:22:26.1+00:00"},
        {"when": "2026-11-21 23:22:26Z"},
        {"price": "0E-7"},
        {"price": "0.0"},
        {"price": "+01.10e3"},
        {"audio": ""},
        {"audio": "//8="},
        {"unknown": {"a": [1, None]}, "price": None},
    ],
)
def test_the_same_json_comes_out(wire: dict[str, Any]) -> None:
    values = Values.model_validate_json(json.dumps(wire))
    assert wire == values.to_wire()
    assert wire == copy.deepcopy(values).to_wire()
    assert wire == pickle.loads(pickle.dumps(values)).to_wire()  # noqa: S301


def test_the_values_are_pythons() -> None:
    values = Values.model_validate_json(
        '{"when": "2026-11-21T23:22:26Z", "price": "0E-7", "audio": "//8="}'
    )
    assert dt.datetime(2026, 11, 21, 23, 22, 26, tzinfo=dt.UTC) == values.when
    assert decimal.Decimal(0) == values.price
    assert values.audio == b"\xff\xff"


def test_a_changed_value_is_written_as_it_is_now() -> None:
    values = Values.model_validate_json('{"when": "2026-11-21 23:22:26"}')
    assert values.when is not None
    values.when = values.when.replace(year=2027)
    assert values.to_wire() == {"when": "2027-11-21T23:22:26"}


def test_values_of_the_caller_are_written_in_the_usual_way() -> None:
    values = Values(
        when=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        price=decimal.Decimal("1.50"),
        audio=b"\xff\xff",
    )
    expected = {"when": "2026-01-02T03:04:05Z", "price": "1.50", "audio": "//8="}
    assert expected == values.to_wire()


@pytest.mark.parametrize("wire", [{"when": "yesterday"}, {"price": "much"}, {"audio": "//8"}])
def test_what_is_no_such_value_is_refused(wire: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Values.model_validate_json(json.dumps(wire))


def test_a_number_of_the_caller_is_written_as_the_text_that_the_format_is() -> None:
    assert Values.model_validate({"price": 5}).to_wire() == {"price": "5"}


@pytest.mark.parametrize("raw", ["x", 17, 1.5, True, None, [{}], {"a": [1]}])
@pytest.mark.parametrize("name", ["when", "price", "audio", "class_"])
def test_what_does_not_fit_is_written_as_it_came(name: str, raw: Any) -> None:
    values = Values.model_construct({name}, **{name: raw})
    assert {name: raw} == values.to_wire()
    assert {name: raw} == pickle.loads(pickle.dumps(values)).to_wire()  # noqa: S301
