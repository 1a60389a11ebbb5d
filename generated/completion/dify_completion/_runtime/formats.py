"""Formats whose Python value keeps the text that it came with, and is written back as that.

A value that the caller made is written in the format's usual way.
"""

import base64
import datetime as dt
import decimal
from collections.abc import Callable
from typing import Annotated, Any, SupportsIndex, TypeAlias

from pydantic import PlainSerializer, TypeAdapter, WrapValidator
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

# The text of a format is read alike, however strictly the rest is.
_DATETIME = TypeAdapter(dt.datetime)
_DECIMAL = TypeAdapter(decimal.Decimal)


class _Kept:
    """Carries the wire's value, also through copies and pickles; what is made from it does not."""

    wire: Any

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        made: Any = super().__reduce_ex__(protocol)
        return made[0], made[1], self.__dict__


class _DateTime(_Kept, dt.datetime): ...


class _Decimal(_Kept, decimal.Decimal): ...


class _Bytes(_Kept, bytes): ...


def _read(keep: Callable[[str], Any]) -> WrapValidator:
    """Keep the wire's text on the Python value; what is no text is left to pydantic."""

    def read(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(value, str):
            return handler(value)
        kept = keep(value)
        kept.wire = value
        return kept

    return WrapValidator(read)


def _write(plain: type, write: Callable[[Any], str]) -> PlainSerializer:
    """Write the wire's text where there is one; what does not fit is written as it came."""

    def written(value: Any) -> Any:
        if hasattr(value, "wire") or not isinstance(value, plain):
            return getattr(value, "wire", value)
        return write(value)

    return PlainSerializer(written, when_used="json")


def _read_datetime(text: str) -> _DateTime:
    value = _DATETIME.validate_python(text)
    return _DateTime.combine(value.date(), value.timetz())


DateTime: TypeAlias = Annotated[
    dt.datetime,
    _read(_read_datetime),
    _write(dt.datetime, lambda value: value.isoformat().replace("+00:00", "Z")),
]
Decimal: TypeAlias = Annotated[
    decimal.Decimal,
    _read(lambda text: _Decimal(_DECIMAL.validate_python(text))),
    _write(decimal.Decimal, str),
]
Base64: TypeAlias = Annotated[
    bytes,
    _read(lambda text: _Bytes(base64.b64decode(text, validate=True))),
    _write(bytes, lambda value: base64.b64encode(value).decode()),
]
