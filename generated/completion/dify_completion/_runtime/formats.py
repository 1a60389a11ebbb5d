"""Formats whose Python value keeps the text that it came with, and is written back as that.

A value that the caller made is written in the format's usual way.
"""

import base64
import datetime as dt
import decimal
from collections.abc import Callable
from typing import Annotated, Any, SupportsIndex, TypeAlias

from pydantic import PlainSerializer, ValidatorFunctionWrapHandler, WrapValidator


class _Kept:
    """Carries the wire's value, also through copies and pickles; what is made from it does not."""

    wire: Any

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        made: Any = super().__reduce_ex__(protocol)
        return made[0], made[1], self.__dict__


class _DateTime(_Kept, dt.datetime): ...


class _Decimal(_Kept, decimal.Decimal): ...


class _Bytes(_Kept, bytes): ...


def _read(plain: type, keep: Callable[[Any], Any]) -> WrapValidator:
    """Keep the wire's value on the Python one; what is a Python value already passes."""

    def read(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        if isinstance(value, plain):
            return value
        kept = keep(handler(value))
        kept.wire = value
        return kept

    return WrapValidator(read)


def _write(write: Callable[[Any], str]) -> PlainSerializer:
    """Write the wire's value where there is one."""
    return PlainSerializer(
        lambda value: value.wire if hasattr(value, "wire") else write(value), when_used="json"
    )


DateTime: TypeAlias = Annotated[
    dt.datetime,
    _read(dt.datetime, lambda value: _DateTime.combine(value.date(), value.timetz())),
    _write(lambda value: value.isoformat().replace("+00:00", "Z")),
]
Decimal: TypeAlias = Annotated[decimal.Decimal, _read(decimal.Decimal, _Decimal), _write(str)]
Base64: TypeAlias = Annotated[
    bytes,
    _read(bytes, lambda text: _Bytes(base64.b64decode(text, validate=True))),
    _write(lambda value: base64.b64encode(value).decode()),
]
