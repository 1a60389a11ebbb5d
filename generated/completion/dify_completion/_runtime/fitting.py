"""A JSON value, turned into the type that its schema promises, as far as it fits.

A string is no number here, nor a number a date: what fits is written back as it came, and what
doesn't fit is kept as it came. Knows nothing of answers.
"""

import sys
from contextlib import suppress
from functools import cache
from itertools import cycle
from types import NoneType, SimpleNamespace, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import to_json
from typing_extensions import TypeAliasType

from .errors import Misfit
from .operation import UNSET, kept, validator
from .properties import fields_of

_NEAR = 4
_EXACT = 2**53  # a float past it may stand for another integer than was written


def fit(type_: Any, value: Any) -> tuple[Any, list[Misfit]]:
    """Turn a JSON value into a type as far as it fits, and list what doesn't.

    An object becomes its model even if some of it doesn't fit: what is missing reads as None. A
    property that the schema forbids can be read, but is not written back.
    """
    misfits: list[Misfit] = []
    return _fit(type_, value, "", misfits), misfits


@cache
def tags_of(type_: Any, name: str) -> frozenset[Any]:
    """List the constants that a property has in the members of a union; none if it may be any."""
    models = [fields_of(bare) for bare, _ in _members(type_)]
    types: list[Any] = [fields[name][1].annotation for fields in models if name in fields]
    kinds = {kind for type_ in types for kind, _ in _members(type_)}
    if any(get_origin(kind) is not Literal for kind in kinds - {NoneType}):
        return frozenset()
    return frozenset(tag for kind in kinds for tag in get_args(kind))


def _fit(type_: Any, value: Any, pointer: str, misfits: list[Misfit]) -> Any:
    members = [(bare, tag) for bare, tag in _members(type_) if _kind(bare) is type(value)]
    # Near the root, most of what is there fits; deep down, each level would be tried once for each
    # above it.
    if len(members) != 1 or 0 < pointer.count("/") < _NEAR:
        with suppress(ValidationError):
            return _validated(type_, value)
    bare = _meant(members, value)
    if bare is None:
        return _leaf(type_, value, pointer, misfits)
    known = len(misfits)
    fitted = _parts(bare, value, pointer, misfits)
    if len(misfits) == known and (problems := _problems(type_, fitted)):
        # Whatever its parts, the whole doesn't fit: by the number of items for one.
        misfits.append(Misfit(pointer, _expected(problems), value))
    return fitted


def _leaf(type_: Any, value: Any, pointer: str, misfits: list[Misfit]) -> Any:
    """Keep a value as it came, but for an integer that is written as 1.0."""
    # As JSON Schema Core §6.3 allows.
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        with suppress(ValidationError):
            return _validated(type_, int(value))
    misfits.append(Misfit(pointer, _expected(_problems(type_, value)), value))
    return value


def _parts(bare: Any, value: Any, pointer: str, misfits: list[Misfit]) -> Any:
    """Fit each property of an object, or each item of an array."""
    if _is_model(bare):
        return _object(bare, value, pointer, misfits)
    kind, types = get_origin(bare), get_args(bare)
    if kind is dict:
        places = {name: _at(pointer, name) for name in value}
        return {
            _fit(types[0], name, places[name], misfits): _fit(types[1], item, places[name], misfits)
            for name, item in value.items()
        }
    # A tuple of any length, `tuple[int, ...]`, says so by an ellipsis.
    each = cycle(type_ for type_ in types if type_ is not Ellipsis)
    items = zip(each, enumerate(value), strict=False)
    return kind(_fit(type_, item, f"{pointer}/{i}", misfits) for type_, (i, item) in items)


def _object(model: Any, value: dict[str, Any], pointer: str, misfits: list[Misfit]) -> Any:
    """Build a model without validation."""
    properties, type_of_unknown = _properties(model)
    built = model.model_construct()
    unknown, forbidden = built.model_extra, dict[str, Any]()
    for wire, item in value.items():
        name, type_, _ = properties.get(wire, (None, type_of_unknown, False))
        place = _at(pointer, wire)
        if name:
            vars(built)[name] = _fit(type_, item, place, misfits)
            built.model_fields_set.add(name)
        elif unknown is not None:
            unknown[wire] = _fit(type_, item, place, misfits)
        else:
            misfits.append(Misfit(place, "no such property", item))
            forbidden[wire] = item
    if forbidden:
        object.__setattr__(built, "__pydantic_extra__", forbidden)
    for wire, (name, _, is_required) in properties.items():
        if is_required and wire not in value:
            vars(built)[name] = None
            misfits.append(Misfit(_at(pointer, wire), "a required property", UNSET))
    return built


def _meant(members: list[tuple[Any, str | None]], value: Any) -> Any:
    """Choose the member of a union that an object or an array is meant to be; None if none is.

    By its tag; or the one with the fewest misfits, where a required or a constant property weighs
    most.
    """
    if len(members) > 1 and isinstance(value, dict):
        members = [(bare, tag) for bare, tag in members if _may_be(bare, tag, value)]
    if len(members) > 1:
        return min((bare for bare, _ in members), key=lambda bare: _badness(bare, value))
    return members[0][0] if members else None


def _may_be(bare: Any, tag: str | None, value: dict[str, Any]) -> bool:
    """Whether an object has the tag of a model or, without tags, any property of it."""
    if not _is_model(bare):
        return True
    properties, _ = _properties(bare)
    if tag is None:
        return not properties.keys().isdisjoint(value)
    types = {wire: type_ for wire, (name, type_, _) in properties.items() if name == tag}
    return not any(_problems(type_, value.get(wire)) for wire, type_ in types.items())


def _badness(bare: Any, value: Any) -> tuple[int, int, bool]:
    problems = _problems(bare, value)
    top = [problem["type"] for problem in problems if len(problem["loc"]) == 1]
    return top.count("missing") + top.count("literal_error"), len(problems), not _is_model(bare)


def _problems(type_: Any, value: Any) -> list[Any]:
    try:
        _validated(type_, value)
    except ValidationError as error:
        return list(error.errors(include_url=False, include_input=False))
    return []


def _validated(type_: Any, value: Any) -> Any:
    return validator(type_)(to_json(value, inf_nan_mode="constants"))


def _expected(problems: list[Any]) -> str:
    """Say what was expected, for a union by each of its members, and never the value."""
    depth = min(len(problem["loc"]) for problem in problems)
    said = (_said(problem) for problem in problems if len(problem["loc"]) == depth)
    return " or ".join(dict.fromkeys(said))


def _said(problem: Any) -> str:
    if problem["type"].startswith("union_tag"):  # pydantic's own message shows the tag
        return f"a known {problem['ctx']['discriminator']}"
    if problem["type"] == "missing":
        return f"a required {problem['loc'][-1]!r}"
    return str(problem["msg"]).removeprefix("Input should be ").removeprefix("Value error, ")


@kept
def _members(type_: Any, tag: str | None = None) -> list[tuple[Any, str | None]]:
    """List the members of a union, through aliases and annotations, with their discriminator."""
    if isinstance(type_, TypeAliasType):
        # Its text may name what is defined after it.
        alias = SimpleNamespace(__annotations__={"value": type_.__value__})
        names = vars(sys.modules[str(type_.__module__)])
        return _members(get_type_hints(alias, names, include_extras=True)["value"])
    if get_origin(type_) is Annotated:
        inner, *annotations = get_args(type_)
        tags = [getattr(annotation, "discriminator", None) for annotation in annotations]
        return _members(inner, next(filter(None, tags), None))
    if get_origin(type_) in {Union, UnionType}:
        return [member for inner in get_args(type_) for member in _members(inner, tag)]
    return [(type_, tag)]


def _kind(bare: Any) -> type | None:
    """Give the kind of JSON value that has parts of a type."""
    return dict if _is_model(bare) else {dict: dict, list: list, tuple: list}.get(get_origin(bare))


def _is_model(bare: Any) -> bool:
    return isinstance(bare, type) and issubclass(bare, BaseModel)


@cache
def _properties(model: type[BaseModel]) -> tuple[dict[str, tuple[str, Any, bool]], Any]:
    """List the properties by their names on the wire, and give the type of unknown ones."""
    properties = {
        wire: (name, _type_of(field), field.is_required())
        for wire, (name, field) in fields_of(model).items()
    }
    hints = get_type_hints(model, include_extras=True)
    return properties, get_args(hints.get("__pydantic_extra__", dict[str, Any]))[1]


def _type_of(field: FieldInfo) -> Any:
    return Annotated[field.annotation, *field.metadata, Field(discriminator=field.discriminator)]


def _at(pointer: str, name: str) -> str:
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
