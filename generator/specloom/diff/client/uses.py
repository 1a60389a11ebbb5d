"""A surface into what programs do with each model: make it, read it, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .annotations import classes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.ir import Surface

    from .methods import Called


@dataclass(frozen=True, slots=True)
class Use:
    """What programs do with a model."""

    given: bool
    read: bool


class Uses:
    """What programs do with the models of a surface."""

    def __init__(self, surface: Surface, calls: Iterable[Called]) -> None:
        """Follow the models from the methods that take and give them into what they hold."""
        self._components = {model.class_name: model.component for model in surface.package.models}
        self._surface = surface
        taken: list[str] = []
        given: list[str] = []
        for call in calls:
            taken += [argument.annotation for argument in call.method.arguments]
            body = call.method.operation.body
            taken += [body.annotation] if body else []
            given.append(call.result[1])
        self._given, self._read = self._reached(taken), self._reached(given)

    def of(self, component: str) -> Use:
        """What programs do with a model; all that they can with one that no method leads to."""
        given, read = component in self._given, component in self._read
        return Use(given, read) if given or read else Use(given=True, read=True)

    def _reached(self, annotations: list[str]) -> set[str]:
        found: set[str] = set()
        while annotations:
            for name in classes(annotations.pop()):
                component = self._components.get(name)
                if component is not None and component not in found:
                    found.add(component)
                    shape = self._surface.shapes[component]
                    annotations.append(shape.annotation)
                    annotations += [field.annotation for field in shape.fields]
        return found
