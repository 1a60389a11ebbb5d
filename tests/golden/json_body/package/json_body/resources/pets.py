"""Everything about pets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.formats import DateTime
from .._runtime.operation import UNSET, Answer, Body, Operation, Parameter, Unset
from .._runtime.request import RequestOptions


@cache
def _create_pet_operation() -> Operation[models.Pet]:
    return Operation(
        id="createPet",
        method="POST",
        path="/pets",
        body=Body(
            "application/json",
            models.NewPet,
            arguments={
                "name": "name",
                "owner": "owner",
                "home": "home",
                "born": "born",
                "chip": "chip",
                "collar": "collar",
                "nickname": "nickname",
                "vaccinated": "vaccinated",
                "weight": "weight",
            },
            not_null=frozenset({"born", "nickname", "vaccinated", "weight"}),
        ),
        answers=(Answer("200", {"application/json": models.Pet}),),
    )


@cache
def _add_note_operation() -> Operation[models.AddNoteResponse]:
    return Operation(
        id="addNote",
        method="POST",
        path="/pets/{petId}/notes",
        parameters=(Parameter("pet_id", "petId", "path", str, style="simple"),),
        body=Body(
            "application/json",
            models.AddNoteRequest,
            arguments={"author": "author", "text": "text"},
            required=False,
            not_null=frozenset({"author", "text"}),
        ),
        answers=(Answer("200", {"application/json": models.AddNoteResponse}),),
    )


class Pets(Resource):
    """Everything about pets."""

    def create_pet(
        self,
        *,
        name: str,
        owner: str | None,
        home: models.Home | Mapping[str, object] | None,
        born: DateTime | Unset = UNSET,
        chip: int | None | Unset = UNSET,
        collar: models.NewPetCollar | Mapping[str, object] | None | Unset = UNSET,
        nickname: str | Unset = UNSET,
        vaccinated: date | Unset = UNSET,
        weight: float | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Pet:
        """Create a pet.

        Registers a pet.

        Args:
            name: How it is called.
            owner: Whose it is; null for a stray.
            chip: The number on its chip.
        """
        return self._request(
            _create_pet_operation(),
            {
                "name": name,
                "owner": owner,
                "home": home,
                "born": born,
                "chip": chip,
                "collar": collar,
                "nickname": nickname,
                "vaccinated": vaccinated,
                "weight": weight,
            },
            options,
        )

    def add_note(
        self,
        *,
        pet_id: str,
        author: models.AddNoteRequestAuthor | Mapping[str, object] | Unset = UNSET,
        text: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AddNoteResponse:
        """Add a note.

        Args:
            text: What to note.
        """
        return self._request(
            _add_note_operation(), {"pet_id": pet_id, "author": author, "text": text}, options
        )


class AsyncPets(AsyncResource):
    """Everything about pets."""

    async def create_pet(
        self,
        *,
        name: str,
        owner: str | None,
        home: models.Home | Mapping[str, object] | None,
        born: DateTime | Unset = UNSET,
        chip: int | None | Unset = UNSET,
        collar: models.NewPetCollar | Mapping[str, object] | None | Unset = UNSET,
        nickname: str | Unset = UNSET,
        vaccinated: date | Unset = UNSET,
        weight: float | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Pet:
        """Create a pet.

        Registers a pet.

        Args:
            name: How it is called.
            owner: Whose it is; null for a stray.
            chip: The number on its chip.
        """
        return await self._request(
            _create_pet_operation(),
            {
                "name": name,
                "owner": owner,
                "home": home,
                "born": born,
                "chip": chip,
                "collar": collar,
                "nickname": nickname,
                "vaccinated": vaccinated,
                "weight": weight,
            },
            options,
        )

    async def add_note(
        self,
        *,
        pet_id: str,
        author: models.AddNoteRequestAuthor | Mapping[str, object] | Unset = UNSET,
        text: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AddNoteResponse:
        """Add a note.

        Args:
            text: What to note.
        """
        return await self._request(
            _add_note_operation(), {"pet_id": pet_id, "author": author, "text": text}, options
        )
