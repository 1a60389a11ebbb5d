"""The base of every generated model: reads JSON, and writes back the same JSON."""

from contextlib import suppress
from typing import Any, Unpack

from pydantic import BaseModel, ConfigDict

_PACKAGE = __name__.partition("._runtime")[0] + "."


class Model(BaseModel):
    """A model that keeps fields it doesn't know, and writes only the fields that were set.

    So absent and null stay apart both ways.
    """

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
        protected_namespaces=(),
        # Infinity is kept, to be refused, rather than sent as null.
        ser_json_inf_nan="constants",
    )

    def __init_subclass__(cls, **config: Unpack[ConfigDict]) -> None:
        """Build what a model of the user's own is made of: its types are known elsewhere only."""
        super().__init_subclass__(**config)
        for base in cls.__bases__:
            if issubclass(base, Model) and not cls.__module__.startswith(_PACKAGE):
                base.model_rebuild(raise_errors=False, _types_namespace={})

    def to_wire(self) -> dict[str, Any]:
        """Give the JSON object, under the document's names."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)


def build_models() -> bool:
    """Build every model that can be, and say whether one was built.

    pydantic goes down a chain of models at once, too deep for Python if it is long; but no deeper
    than to a model that is built.
    """
    waiting = [model for model in _below(Model) if not model.__pydantic_complete__]
    for model in reversed(waiting):
        with suppress(RecursionError):
            model.model_rebuild(raise_errors=False, _types_namespace={})
    return any(model.__pydantic_complete__ for model in waiting)


def _below(model: type[Model]) -> list[type[Model]]:
    return [below for each in model.__subclasses__() for below in (each, *_below(each))]
