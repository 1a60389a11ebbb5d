"""The models of the API's components."""

from __future__ import annotations

from datetime import date as date_aliased
from typing import Annotated

from pydantic import Field

from names._runtime.model import Model


class Any_(Model):
    upper: str | None = None


class Any__2(Model):
    lower: str | None = None


class Client(Model):
    name: str | None = None


class Client_(Model):
    third: str | None = None


class Client__2(Model):
    second: str | None = None


class Dict_(Model):
    a: dict[str, str] | None = None


class DottedName(Model):
    name: str | None = None


class Exception_(Model):
    why: str | None = None


class Field_(Model):
    none: Annotated[str | None, Field(alias="None")] = None
    true: Annotated[bool | None, Field(alias="True")] = None
    name: str | None = None


class Model3D(Model):
    x: float | None = None


class Model_(Model):
    class_: Annotated[str, Field(alias="class")]
    field: Annotated[str | None, Field(alias="")] = None
    field_: Annotated[str | None, Field(alias="!")] = None
    type: Annotated[str | None, Field(alias="@type")] = None
    private: Annotated[str | None, Field(alias="_private")] = None
    after_list: list[int] | None = None
    content_type: Annotated[str | None, Field(alias="content type")] = None
    content_type_: Annotated[str | None, Field(alias="contentType")] = None
    copy_: Annotated[str | None, Field(alias="copy")] = None
    date: date_aliased | None = None
    größe: int | None = None
    int_: Annotated[int | None, Field(alias="int")] = None
    list_: Annotated[list[str] | None, Field(alias="list")] = None
    mode: str | None = None
    mode_: Annotated[str | None, Field(alias="mode!")] = None
    mode__2: Annotated[str | None, Field(alias="mode?")] = None
    model_dump_: Annotated[str | None, Field(alias="model_dump")] = None
    self: str | None = None
    str_: Annotated[str | None, Field(alias="str")] = None
    timeout: str | None = None
    to_wire_: Annotated[str | None, Field(alias="to_wire")] = None
    日本: str | None = None
