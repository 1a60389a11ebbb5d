"""Everything about pets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.formats import DateTime
from .._runtime.operation import UNSET, Answer, Body, Operation, Parameter, Unset
from .._runtime.request import RequestOptions

_CREATE_PET: Operation[models.Pet] = Operation(
    id="createPet",
    method="POST",
    path="/pets",
    body=Body(
        "application/json",
        models.NewPet,
        arguments={
            "name": "name",
            "owner": "owner",
            "nickname": "nickname",
            "chip": "chip",
            "weight": "weight",
            "born": "born",
            "vaccinated": "vaccinated",
            "collar": "collar",
            "home": "home",
        },
        not_null=frozenset({"nickname", "weight", "born", "vaccinated"}),
    ),
    answers=(Answer("200", {"application/json": models.Pet}),),
)

_ADD_NOTE: Operation[models.AddNoteResponse] = Operation(
    id="addNote",
    method="POST",
    path="/pets/{petId}/notes",
    parameters=(Parameter("pet_id", "petId", "path", str, style="simple"),),
    body=Body(
        "application/json",
        models.AddNoteRequest,
        arguments={"text": "text", "author": "author"},
        required=False,
        not_null=frozenset({"text", "author"}),
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
        nickname: str | Unset = UNSET,
        chip: int | None | Unset = UNSET,
        weight: float | Unset = UNSET,
        born: DateTime | Unset = UNSET,
        vaccinated: date | Unset = UNSET,
        collar: models.NewPetCollar | Mapping[str, object] | None | Unset = UNSET,
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
            _CREATE_PET,
            {
                "name": name,
                "owner": owner,
                "home": home,
                "nickname": nickname,
                "chip": chip,
                "weight": weight,
                "born": born,
                "vaccinated": vaccinated,
                "collar": collar,
            },
            options,
        )

    def add_note(
        self,
        *,
        pet_id: str,
        text: str | Unset = UNSET,
        author: models.AddNoteRequestAuthor | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AddNoteResponse:
        """Add a note.

        Args:
            text: What to note.
        """
        return self._request(_ADD_NOTE, {"pet_id": pet_id, "text": text, "author": author}, options)


class AsyncPets(AsyncResource):
    """Everything about pets."""

    async def create_pet(
        self,
        *,
        name: str,
        owner: str | None,
        home: models.Home | Mapping[str, object] | None,
        nickname: str | Unset = UNSET,
        chip: int | None | Unset = UNSET,
        weight: float | Unset = UNSET,
        born: DateTime | Unset = UNSET,
        vaccinated: date | Unset = UNSET,
        collar: models.NewPetCollar | Mapping[str, object] | None | Unset = UNSET,
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
            _CREATE_PET,
            {
                "name": name,
                "owner": owner,
                "home": home,
                "nickname": nickname,
                "chip": chip,
                "weight": weight,
                "born": born,
                "vaccinated": vaccinated,
                "collar": collar,
            },
            options,
        )

    async def add_note(
        self,
        *,
        pet_id: str,
        text: str | Unset = UNSET,
        author: models.AddNoteRequestAuthor | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AddNoteResponse:
        """Add a note.

        Args:
            text: What to note.
        """
        return await self._request(
            _ADD_NOTE, {"pet_id": pet_id, "text": text, "author": author}, options
        )
