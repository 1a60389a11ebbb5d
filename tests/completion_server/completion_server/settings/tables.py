"""Finds the model of each table of a file, by what the models' annotations say."""

from typing import Any, Literal, get_args, get_origin

from completion_server.settings.places import Place
from completion_server.settings.server import ServerSettings
from completion_server.settings.setting import Setting


def located(loc: Place) -> tuple[Place, type[Setting]]:
    """Give pydantic's place as a file has it, and the table that its last key is in.

    After `form[0]` and `model` pydantic also names the kind of table that it took.
    """
    place: Place = ()
    table: type[Setting] = ServerSettings
    inner: list[type[Setting]] = [ServerSettings]
    for step in loc:
        of_kind = [each for each in inner if len(inner) > 1 and kind_of(each) == step]
        if of_kind:
            inner = of_kind
            continue
        place = (*place, step)
        if isinstance(step, str):
            table = inner[0] if inner else table
            inner = tables_under(table, step)
    return place, table


def tables_under(table: type[Setting], key: str) -> list[type[Setting]]:
    """Give the tables that may stand under a key, one for each kind; none under an unknown key."""
    field = table.model_fields.get(key)
    return _tables_in(field.annotation) if field else []


def kind_of(table: type[Setting]) -> str | None:
    """Give what a table of several kinds is told apart by, as "select" for a control."""
    annotations = (field.annotation for field in table.model_fields.values())
    literals = (get_args(each) for each in annotations if get_origin(each) is Literal)
    return next((values[0] for values in literals if len(values) == 1), None)


def _tables_in(annotation: Any) -> list[type[Setting]]:
    if isinstance(annotation, type) and issubclass(annotation, Setting):
        return [annotation]
    return [table for inner in get_args(annotation) for table in _tables_in(inner)]
