"""Notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.formats import DateTime
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _create_note_operation() -> Operation[models.Note]:
    return Operation(
        id="createNote",
        method="POST",
        path="/notes",
        body=Body(
            "application/json",
            models.NoteRequest,
            arguments={"text": "text", "answers": "answers", "due": "due", "since": "since"},
            not_null=frozenset({"answers", "due", "since"}),
        ),
        answers=(Answer("201", {"application/json": models.Note}),),
    )


class Notes(Resource):
    """Notes."""

    def create_note(
        self,
        *,
        text: str,
        answers: Sequence[models.NoteRequest | Mapping[str, object]] | Unset = UNSET,
        due: date | Unset = UNSET,
        since: DateTime | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Note:
        """Write a note.

        Args:
            due: The server takes `'2030-01-01'` if it is left out.
            since: The server takes `'2020-01-01T00:00:00Z'` if it is left out.
        """
        return self._request(
            _create_note_operation(),
            {"text": text, "answers": answers, "due": due, "since": since},
            options,
        )


class AsyncNotes(AsyncResource):
    """Notes."""

    async def create_note(
        self,
        *,
        text: str,
        answers: Sequence[models.NoteRequest | Mapping[str, object]] | Unset = UNSET,
        due: date | Unset = UNSET,
        since: DateTime | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Note:
        """Write a note.

        Args:
            due: The server takes `'2030-01-01'` if it is left out.
            since: The server takes `'2020-01-01T00:00:00Z'` if it is left out.
        """
        return await self._request(
            _create_note_operation(),
            {"text": text, "answers": answers, "due": due, "since": since},
            options,
        )
