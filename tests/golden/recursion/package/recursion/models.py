"""The models of the API's components."""

from __future__ import annotations

from typing import Union

from typing_extensions import TypeAliasType

from recursion._runtime.model import Model


class Forest(Model):
    trees: dict[str, Tree] | None = None
    value: Json | None = None
    """Any value, written out."""


Json = TypeAliasType("Json", Union[str, float, "list[Json]", "dict[str, Json]"])
"""Any value, written out."""


class Tree(Model):
    name: str
    children: list[Tree] | None = None
    forest: Forest | None = None
    parent: Tree | None = None
