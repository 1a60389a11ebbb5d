"""Models of two packages into what a program notices that makes or reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .annotations import Relation, relation, renamed, told
from .calls import is_expected
from .change import ClientChange, Level, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.diagnostics import Rule
    from specloom.ir import Field, Shape

    from .uses import Use

MODEL_ADDED = kind(
    "DIF850",
    "client-model-added",
    "the client has a new model",
    "Programs that are there already don't use it.",
)
MODEL_REMOVED = kind(
    "DIF851",
    "client-model-removed",
    "a model of the client is gone",
    "Programs that name it fail when they import or use it.",
)
MODEL_RENAMED = kind(
    "DIF852",
    "client-model-renamed",
    "a model of the client has another name",
    "A class is named by its component, so renaming a component is no change on the wire, but one "
    "for every program that names the class. Keep the component's name, or give it the old one in "
    "the overlay.",
)
FIELD_ADDED = kind(
    "DIF860",
    "client-field-added",
    "a model has a field more",
    "Programs go on working. What a server sends undocumented could be read as an extra field "
    "before.",
)
FIELD_ADDED_REQUIRED = kind(
    "DIF861",
    "client-required-field-added",
    "a model that programs make needs a field more",
    "Every program that makes one without it fails.",
)
FIELD_REMOVED = kind(
    "DIF862",
    "client-field-removed",
    "a field of a model is gone",
    "Programs that read or give it fail to a type checker; what a server still sends is kept as an "
    "extra field.",
)
FIELD_RENAMED = kind(
    "DIF863",
    "client-field-renamed",
    "a field of a model has another name",
    "The wire is the same, but every program that uses the field must be changed. Names change "
    "where another property that is spelt alike comes or goes.",
)
FIELD_REQUIRED = kind(
    "DIF864",
    "client-field-required",
    "a field is always there now",
    "A program that reads it can rely on it; one that makes the model must give it.",
)
FIELD_OPTIONAL = kind(
    "DIF865",
    "client-field-optional",
    "a field may be missing now",
    "A program that makes the model may leave it out; one that reads it may find None.",
)
FIELD_WIDENED = kind(
    "DIF866",
    "client-field-widened",
    "a field holds more than before",
    "Programs that read it may meet what they don't expect. One literal or, in a union, one model "
    "more is what careful programs expect anyhow, and breaks none.",
)
FIELD_NARROWED = kind(
    "DIF867",
    "client-field-narrowed",
    "a field holds less than before",
    "Programs that make the model with the rest fail.",
)
FIELD_CHANGED = kind(
    "DIF868",
    "client-field-changed",
    "a field holds another type",
    "Every program that uses the field must be changed.",
)
ALIAS_CHANGED = kind(
    "DIF869",
    "client-alias-changed",
    "a model that stands for other types stands for others now",
    "A union of models, a list or a set of literals is a name for them; it breaks whom a field of "
    "that type would break.",
)

RULES = (
    MODEL_ADDED,
    MODEL_REMOVED,
    MODEL_RENAMED,
    FIELD_ADDED,
    FIELD_ADDED_REQUIRED,
    FIELD_REMOVED,
    FIELD_RENAMED,
    FIELD_REQUIRED,
    FIELD_OPTIONAL,
    FIELD_WIDENED,
    FIELD_NARROWED,
    FIELD_CHANGED,
    ALIAS_CHANGED,
)

_BY_RELATION: Final = {
    Relation.WIDER: FIELD_WIDENED,
    Relation.NARROWER: FIELD_NARROWED,
    Relation.OTHER: FIELD_CHANGED,
}


def model_added(name: str, component: str) -> ClientChange:
    """A model that was not there before."""
    return _of_model(MODEL_ADDED, name, component, "is new", Level.MINOR)


def model_removed(name: str, component: str) -> ClientChange:
    """A model that is gone."""
    return _of_model(MODEL_REMOVED, name, component, "is gone", Level.MAJOR)


@dataclass(frozen=True, slots=True)
class ModelPair:
    """One model before and now: its names, what it holds, and what programs do with it."""

    was: str
    name: str
    component: str
    old: Shape
    new: Shape
    use: Use

    def changes(self, class_names: Mapping[str, str]) -> Iterator[ClientChange]:
        """What became of it; `class_names` are the new names of all that have one."""
        if self.was != self.name:
            said = f"was `models.{self.was}` before"
            yield _of_model(MODEL_RENAMED, self.name, self.component, said, Level.MAJOR)
        if self.old.annotation or self.new.annotation:
            yield from self._alias(class_names)
        else:
            yield from self._fields(class_names)

    def _alias(self, class_names: Mapping[str, str]) -> Iterator[ClientChange]:
        before = renamed(self.old.annotation, class_names) or "an object"
        after = self.new.annotation or "an object"
        how = relation(before, after)
        if how is not Relation.SAME:
            said = told(before, after, "is")
            level = self._level(how, before, after)
            yield _of_model(ALIAS_CHANGED, self.name, self.component, said, level)

    def _fields(self, class_names: Mapping[str, str]) -> Iterator[ClientChange]:
        before = {field.name_wire: field for field in self.old.fields}
        after = {field.name_wire: field for field in self.new.fields}
        for wire, field in before.items():
            if wire in after:
                yield from self._compared(field, after[wire], class_names)
            else:
                yield self._change(FIELD_REMOVED, field, "is gone", Level.MAJOR)
        for wire, field in after.items():
            if wire not in before:
                yield self._added(field)

    def _added(self, field: Field) -> ClientChange:
        if field.required and self.use.given:
            said = "is new, and must be given"
            return self._change(FIELD_ADDED_REQUIRED, field, said, Level.MAJOR)
        return self._change(FIELD_ADDED, field, "is new", Level.MINOR)

    def _compared(
        self, old: Field, new: Field, class_names: Mapping[str, str]
    ) -> Iterator[ClientChange]:
        if old.name != new.name:
            yield self._change(FIELD_RENAMED, new, f"was `{old.name}` before", Level.MAJOR)
        if new.required and not old.required:
            level = Level.MAJOR if self.use.given else Level.MINOR
            yield self._change(FIELD_REQUIRED, new, "is always there now", level)
        elif old.required and not new.required:
            level = Level.MAJOR if self.use.read else Level.MINOR
            yield self._change(FIELD_OPTIONAL, new, "may be missing now", level)
        before = renamed(old.annotation, class_names)
        how = relation(before, new.annotation)
        if how in _BY_RELATION:
            said = told(before, new.annotation, "holds")
            level = self._level(how, before, new.annotation)
            yield self._change(_BY_RELATION[how], new, said, level)

    def _level(self, how: Relation, old: str, new: str) -> Level:
        """Who reads a value is broken by more of it, who gives it by less."""
        breaks = how is Relation.OTHER
        breaks |= how is Relation.WIDER and self.use.read and not is_expected(old, new)
        breaks |= how is Relation.NARROWER and self.use.given
        return Level.MAJOR if breaks else Level.MINOR

    def _change(self, rule: Rule, field: Field, said: str, level: Level) -> ClientChange:
        where = f"models.{self.name}.{field.name}"
        said = f"`{where}` {said}"
        return ClientChange(
            rule, said, level, where, component=self.component, wire=field.name_wire
        )


def _of_model(rule: Rule, name: str, component: str, said: str, level: Level) -> ClientChange:
    where = f"models.{name}"
    return ClientChange(rule, f"`{where}` {said}", level, where, component=component)
