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
_EXAMPLES: Final = {"example", "examples"}


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

    @property
    def is_about_examples(self) -> bool:
        """Whether an object has `example` beside `examples`, which makes them seem unknown, too."""
        match self.kind:
            case Kind.UnevaluatedProperties(unexpected=keys):
                return {*keys} == _EXAMPLES
        return _excluding(self.kind) == _EXAMPLES


def faults_to_mend(tree: dict[str, Any]) -> Iterator[Fault]:
    """What breaks the schema of OpenAPI 3.2, one fault for each place that is judged as one.

    All schemas are taken to be of OpenAPI's own dialect, as the client's are.
    """
    for error in validator("3.2").iter_errors(tree):
        yield _fault(tree, innermost(error))


def faults(tree: dict[str, Any], version: str) -> list[Fault]:
    """All that breaks the schema of a version, each once, in words."""
    found = {(fault.path, fault.message): fault for fault in _faults(tree, version)}
    return _without_seeming(list(found.values()), version)


def _faults(tree: dict[str, Any], version: str) -> Iterator[Fault]:
    own = tree.get("jsonSchemaDialect")
    dialect = own if isinstance(own, str) else DIALECTS.get(version)
    for error in validator(version, dialect).iter_errors(tree):
        for cause in causes(error):
            path = _path(tree, cause)
            if isinstance(cause.kind, Kind.Constant) and cause.kind.value == OTHER_DIALECT:
                yield from _in_other_dialect(tree, path, cause.kind)
            else:
                yield _in_words(tree, path, cause)


def _in_words(tree: Any, path: Path, error: ValidationError) -> Fault:
    value = _at(tree, path)
    culprit = unknown_tag(error) or _repeated(error.kind, value)
    if _excluding(error.kind) == _EXAMPLES and isinstance(value, dict):
        culprit = "example"
    if culprit:
        path, value = (*path, culprit), step(value, culprit)
    return Fault(path, text_of(error, value), error.kind)


def _repeated(kind: Kind, value: Any) -> str | None:
    """The index of the first item that a list has already, where each must differ."""
    if not isinstance(kind, Kind.UniqueItems):
        return None
    return next((str(index) for index, item in enumerate(value) if item in value[:index]), None)


def _excluding(kind: Kind) -> set[Any]:
    """The fields that may not stand beside one another."""
    denied = kind.schema if isinstance(kind, Kind.Not) else None
    names = denied.get("required") if isinstance(denied, dict) else None
    return {*names} if isinstance(names, list) else set()


def _fault(tree: Any, error: ValidationError) -> Fault:
    return Fault(_path(tree, error), error.message, error.kind)


def _path(tree: Any, error: ValidationError) -> Path:
    """The tokens of what an error is about; those that lead to it as far as they do."""
    found: list[str] = []
    value = tree
    # It takes a key that is all digits for the index of a list.
    for token in map(str, error.instance_path):
        # It leaves out empty keys.
        while isinstance(value, dict) and token not in value and "" in value:
            found.append("")
            value = value[""]
        try:
            value = step(value, token)
        except KeyError:
            break
        found.append(token)
    return tuple(found)


def _at(tree: Any, path: Path) -> Any:
    for token in path:
        tree = step(tree, token)
    return tree


def _in_other_dialect(tree: dict[str, Any], path: Path, kind: Kind) -> Iterator[Fault]:
    """The first way in which a schema breaks a dialect that is not among those of today."""
    schema: Any = _at(tree, path)
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
        fault = _in_words(schema, _path(schema, inner), inner)
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
    told = {fault.path for fault in kept if not _only_follows(fault)}
    return [fault for fault in kept if not (_only_follows(fault) and fault.path in told)]


def _only_follows(fault: Fault) -> bool:
    """Whether it says no more than another of the same value would.

    A value is more than one of the things that it may be for lack of something; one of another
    type is none of those that are listed.
    """
    return isinstance(fault.kind, Kind.OneOfMultipleValid | Kind.Enum)


def _keys(fault: Fault, known: frozenset[str]) -> list[Fault]:
    """A fault about keys as one for each key, less those that may be known."""
    match fault.kind:
        case (
            Kind.UnevaluatedProperties(unexpected=keys) | Kind.AdditionalProperties(unexpected=keys)
        ):
            paths = [(*fault.path, key) for key in keys if key not in known]
            return [Fault(path, text_of_key(path), fault.kind) for path in paths]
    return [fault]
