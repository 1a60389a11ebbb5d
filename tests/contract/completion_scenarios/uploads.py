"""Uploads are described as they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.contract.scenario import Scenario, require

from . import client
from .app import ANN, BOB, open_app
from .facts import is_now, is_uuid
from .operations import UPLOAD

if TYPE_CHECKING:
    from dify_completion import models
    from specloom.contract.scenario import Server

    from .app import App

DESCRIBED = "upload_as_sent"
IDS = "upload_ids_are_new"
TIME = "upload_time"
OWNER = "upload_has_its_user"
CHECKS = {
    DESCRIBED: "Name, extension, size and type are those of the file that was sent.",
    IDS: "Each file has a UUID of its own.",
    TIME: "`created_at` is the Unix time in seconds.",
    OWNER: "`created_by` is the same for one user's files, and another for another's.",
}

PICTURE = ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(59), "image/png")
NOTES = ("my notes.old.txt", b"one\r\ntwo\n", "text/plain")
NAMELESS = ("Zo\u00eb", b"\0", "application/x-odd")


def uploaded(
    app: App, user: str, name: str, content: bytes, kind: str
) -> models.FileUploadResponse:
    """Upload a file, and hold its description to what was sent."""
    kept = app.upload(user, name, content, kind)
    sent = {
        "name": name,
        "extension": name.rpartition(".")[2].lower() if "." in name else "",
        "size": len(content),
        "mime_type": kind,
    }
    for field, value in sent.items():
        told = getattr(kept, field)
        require(told == value, DESCRIBED, UPLOAD, f"{field} is {told!r}, not {value!r}")
    require(is_uuid(kept.id), IDS, UPLOAD, f"id is no UUID: {kept.id!r}")
    require(is_now(kept.created_at), TIME, UPLOAD, f"created_at is not today: {kept.created_at}")
    return kept


def _run(server: Server) -> None:
    with open_app(server) as app:
        sent = ((ANN, PICTURE), (ANN, NOTES), (BOB, NAMELESS))
        kept = [uploaded(app, user, *file) for user, file in sent]
    ids = {each.id for each in kept}
    require(len(ids) == len(kept), IDS, UPLOAD, f"{len(kept)} files have {len(ids)} ids")
    anns, too, bobs = (each.created_by for each in kept)
    require(is_uuid(anns), OWNER, UPLOAD, f"created_by is no UUID: {anns!r}")
    require(anns == too, OWNER, UPLOAD, f"one user is {anns} and {too}")
    require(anns != bobs, OWNER, UPLOAD, f"two users are {anns}")


UPLOADS = Scenario("uploads", {**CHECKS, **client.CHECKS}, _run, (UPLOAD,))
