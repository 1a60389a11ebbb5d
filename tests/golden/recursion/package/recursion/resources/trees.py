"""Trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _plant_tree_operation() -> Operation[models.Forest]:
    return Operation(
        id="plantTree",
        method="POST",
        path="/trees",
        body=Body(
            "application/json",
            models.Tree,
            arguments={
                "name": "name",
                "children": "children",
                "forest": "forest",
                "parent": "parent",
            },
            not_null=frozenset({"children", "forest", "parent"}),
        ),
        answers=(Answer("200", {"application/json": models.Forest}),),
    )


class Trees(Resource):
    """Trees."""

    def plant_tree(
        self,
        *,
        name: str,
        children: Sequence[models.Tree | Mapping[str, object]] | Unset = UNSET,
        forest: models.Forest | Mapping[str, object] | Unset = UNSET,
        parent: models.Tree | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Forest:
        """Plant a tree."""
        return self._request(
            _plant_tree_operation(),
            {"name": name, "children": children, "forest": forest, "parent": parent},
            options,
        )


class AsyncTrees(AsyncResource):
    """Trees."""

    async def plant_tree(
        self,
        *,
        name: str,
        children: Sequence[models.Tree | Mapping[str, object]] | Unset = UNSET,
        forest: models.Forest | Mapping[str, object] | Unset = UNSET,
        parent: models.Tree | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Forest:
        """Plant a tree."""
        return await self._request(
            _plant_tree_operation(),
            {"name": name, "children": children, "forest": forest, "parent": parent},
            options,
        )
