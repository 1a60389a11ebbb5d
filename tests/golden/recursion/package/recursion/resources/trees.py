"""Trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions

_PLANT_TREE: Operation[models.Forest] = Operation(
    id="plantTree",
    method="POST",
    path="/trees",
    body=Body(
        "application/json",
        models.Tree,
        arguments={"name": "name", "parent": "parent", "children": "children", "forest": "forest"},
        not_null=frozenset({"parent", "children", "forest"}),
    ),
    answers=(Answer("200", {"application/json": models.Forest}),),
)


class Trees(Resource):
    """Trees."""

    def plant_tree(
        self,
        *,
        name: str,
        parent: models.Tree | Mapping[str, object] | Unset = UNSET,
        children: Sequence[models.Tree | Mapping[str, object]] | Unset = UNSET,
        forest: models.Forest | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Forest:
        """Plant a tree."""
        return self._request(
            _PLANT_TREE,
            {"name": name, "parent": parent, "children": children, "forest": forest},
            options,
        )


class AsyncTrees(AsyncResource):
    """Trees."""

    async def plant_tree(
        self,
        *,
        name: str,
        parent: models.Tree | Mapping[str, object] | Unset = UNSET,
        children: Sequence[models.Tree | Mapping[str, object]] | Unset = UNSET,
        forest: models.Forest | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Forest:
        """Plant a tree."""
        return await self._request(
            _PLANT_TREE,
            {"name": name, "parent": parent, "children": children, "forest": forest},
            options,
        )
