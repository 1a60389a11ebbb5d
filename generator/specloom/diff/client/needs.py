"""A surface into when a program must give an argument: always, never, or with others."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.ir import Surface

    from .methods import Called


class Need(IntEnum):
    """When an argument must be given."""

    NEVER = 0
    WITH_OTHERS = 1
    """Of a body that may be left out: if anything of it is given."""
    ALWAYS = 2


class Needs:
    """Tells of the arguments of one client."""

    def __init__(self, surface: Surface) -> None:
        """Find the models by their classes."""
        self._shapes = {
            f"models.{model.class_name}": surface.shapes[model.component]
            for model in surface.package.models
        }

    def of(self, called: Called, name: str) -> Need:
        """When an argument of a method must be given."""
        if called.arguments[name].required:
            return Need.ALWAYS
        body = called.method.operation.body
        wire = dict(body.arguments or ()).get(name) if body and not body.required else None
        return Need.WITH_OTHERS if body and self._requires(body.annotation, wire) else Need.NEVER

    def _requires(self, annotation: str, wire: str | None) -> bool:
        shape = self._shapes.get(annotation)
        fields = shape.fields if shape else ()
        return any(field.required and field.name_wire == wire for field in fields)
