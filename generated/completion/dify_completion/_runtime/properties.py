"""The properties of a JSON object by their own names, whether it is a model or as it came."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from .operation import UNSET

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


@cache
def fields_of(model: Any) -> "dict[str, tuple[str, FieldInfo]]":
    """List the fields of a model by their names in JSON; none for any other type."""
    if not hasattr(model, "model_fields"):
        return {}
    model.model_rebuild()
    return {field.alias or name: (name, field) for name, field in model.model_fields.items()}


def property_of(value: Any, name: str | None) -> Any:
    """Give a property of an object; UNSET where there is none."""
    if isinstance(value, Mapping):
        return value.get(name, UNSET)
    model: Any = type(value)
    fields = fields_of(model)
    if name in fields:
        return getattr(value, fields[name][0], UNSET)
    return (getattr(value, "model_extra", None) or {}).get(name, UNSET)
