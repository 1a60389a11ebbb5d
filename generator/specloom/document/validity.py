"""An OpenAPI tree into the places where it breaks the specification's own schema.

jsonschema-rs reads 13 MB in a twentieth of a second. Knows nothing of what a schema can't say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
from jsonschema_rs import ValidationErrorKind as Kind

from .alternatives import causes, innermost, unknown_tag
from .fault_text import text_of, text_of_key
from .meta_schemas import DIALECTS, OTHER_DIALECT, field_names, validator
from .pointer import join, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import ValidationError

    from .object_kinds import Path

_OLD: Final = tuple(f"http://json-schema.org/draft-0{number}/schema" for number in (4, 6, 7))
_OLD_DIALECTS: Final = {*_OLD, "https://json-schema.org/draft/2019-09/schema"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the tree breaks the schema, at the innermost place that is to blame."""

    path: Path
    message: str
    kind: Kind

    @property
    def pointer(self) -> str:
        """Where it is."""
        return join("", *self.path)

    @property
    def is_about_keys(self) -> bool:
        """Whether an object has keys that are not known."""
        return isinstance(self.kind, Kind.UnevaluatedProperties | Kind.AdditionalProperties)


def faults_to_mend(tree: dict[str, Any]) -> Iterator[Fault]:
    """What breaks the schema of OpenAPI 3.2, one fault for each place that is judged as one.

    All schemas are taken to be of OpenAPI's own dialect, as the client's are.
    """
    for error in validator("3.2").iter_errors(tree):
        yield _fault(innermost(error))


def faults(tree: dict[str, Any], version: str) -> list[Fault]:
    """All that breaks the schema of a version, each once, in words."""
    found = {(fault.path, fault.message): fault for fault in _faults(tree, version)}
    return _without_seeming(list(found.values()), version)


def _faults(tree: dict[str, Any], version: str) -> Iterator[Fault]:
    own = tree.get("jsonSchemaDialect")
    dialect = own if isinstance(own, str) else DIALECTS.get(version)
    for error in validator(version, dialect).iter_errors(tree):
        for cause in causes(error):
            path = _path(cause)
            if isinstance(cause.kind, Kind.Constant) and cause.kind.value == OTHER_DIALECT:
                yield from _in_other_dialect(tree, path, cause.kind)
            else:
                yield _in_words(tree, path, cause)


def _in_words(tree: Any, path: Path, error: ValidationError) -> Fault:
    value = tree
    for token in path:
        value = step(value, token)
    tag = unknown_tag(error)
    if tag:
        path, value = (*path, tag), step(value, tag)
    return Fault(path, text_of(error, value), error.kind)


def _fault(error: ValidationError) -> Fault:
    return Fault(_path(error), error.message, error.kind)


def _path(error: ValidationError) -> Path:
    # It takes a key that is all digits for the index of a list.
    return tuple(map(str, error.instance_path))


def _in_other_dialect(tree: dict[str, Any], path: Path, kind: Kind) -> Iterator[Fault]:
    """The first way in which a schema breaks a dialect that is not among those of today."""
    schema: Any = tree
    for token in path:
        schema = step(schema, token)
    if not isinstance(schema, dict):
        return
    dialect = schema.get("$schema", tree.get("jsonSchemaDialect"))
    if not isinstance(dialect, str) or dialect.removesuffix("#") not in _OLD_DIALECTS:
        place = (*path, "$schema") if "$schema" in schema else path
        yield Fault(place, f"the dialect {dialect!r} is not known", kind)
        return
    try:
        jsonschema_rs.meta.validate({**schema, "$schema": dialect})
    except jsonschema_rs.ValidationError as error:
        inner = innermost(error)
        fault = _in_words(schema, _path(inner), inner)
        yield Fault((*path, *fault.path), fault.message, fault.kind)


def _without_seeming(found: list[Fault], version: str) -> list[Fault]:
    """The faults less keys that only seem unknown, since something else there is wrong.

    What breaks an alternative makes the keys that it knows seem unknown. A name that OpenAPI has
    nowhere is unknown all the same.
    """
    broken: set[Path] = set()
    for fault in found:
        if not fault.is_about_keys:
            broken.update(fault.path[:length] for length in range(len(fault.path) + 1))
    kept: list[Fault] = []
    for fault in found:
        kept += _keys(fault, field_names(version) if fault.path in broken else frozenset())
    told = {fault.path for fault in kept if not _is_of_several(fault)}
    return [fault for fault in kept if not (_is_of_several(fault) and fault.path in told)]


def _is_of_several(fault: Fault) -> bool:
    """Whether a value is more than one of the things that it may be, for lack of something."""
    return isinstance(fault.kind, Kind.OneOfMultipleValid)


def _keys(fault: Fault, known: frozenset[str]) -> list[Fault]:
    """A fault about keys as one for each key, less those that may be known."""
    match fault.kind:
        case (
            Kind.UnevaluatedProperties(unexpected=keys) | Kind.AdditionalProperties(unexpected=keys)
        ):
            paths = [(*fault.path, key) for key in keys if key not in known]
            return [Fault(path, text_of_key(path), fault.kind) for path in paths]
    return [fault]
