"""Uploads: kept as they were sent, and seen by the model only for whom they belong to."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, multiple, rule

from dify_completion import BadRequestError
from tests.behaviour.state_machine.answers import Reply, reply_of_response
from tests.behaviour.state_machine.machine import MESSAGES, UPLOADS, Machine, owners, strangers
from tests.behaviour.state_machine.world import Message, Owner, Upload, stranger_to

PROMPT = "Hello"
PNG_HEADER_SIZE = 24

# Some versions refuse these; control characters are no part of a name. Dots are chosen apart.
letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters='./\\:*?"<>|')
endings = st.sampled_from(("", ".png", ".PNG", ".Tar.GZ", ".naïve", ". webp", "."))
media_types = st.sampled_from(("image/png", "image/webp", "text/plain", "application/x-odd+json"))
sizes = st.sampled_from((0, 1, 23, 24, 25, 4095, 65_537, 1_048_577)) | st.integers(0, 3000)
lengths = st.integers(min_value=1, max_value=9999)


class UploadRules(Machine):
    """Rules that upload files and show them to the model."""

    @rule(
        target=UPLOADS,
        owner=owners,
        stem=st.text(letters, min_size=1, max_size=20) | st.just("你好 😀"),
        ending=endings,
        media_type=media_types,
        size=sizes,
        width=lengths,
        height=lengths,
        stranger=strangers,
    )
    def upload(  # noqa: PLR0913, PLR0917 (what a file is drawn from)
        self,
        owner: Owner,
        stem: str,
        ending: str,
        media_type: str,
        size: int,
        width: int,
        height: int,
        stranger: int,
    ) -> Upload:
        """A file is kept as it was sent; its owner and another show it, once and too often."""
        name = stem + ending
        kept = self.client(owner).files.upload_file(
            file=(name, png(size, width, height), media_type), user=owner.user
        )
        assert (name, ending.rpartition(".")[2].lower()) == (kept.name, kept.extension)
        assert (size, media_type) == (kept.size, kept.mime_type)
        self.world.meet(kept.id)
        self.world.recognise(owner, kept.created_by)
        seen = f"{width} by {height} pixels, " if size >= PNG_HEADER_SIZE else ""
        upload = Upload(owner, kept.id, f"{seen}{size} bytes)")
        self.show(owner, [upload])
        self.show(stranger_to(owner, stranger), [upload])
        most = self.app(owner).images
        self.show(owner, [upload] * max(most, 1))
        self.show(owner, [upload] * (most + 1))
        return upload

    @rule(
        target=MESSAGES,
        by=st.none() | owners,
        uploads=st.lists(UPLOADS, min_size=1, max_size=3),
    )
    def show(self, by: Owner | None, uploads: list[Upload]) -> Message | MultipleResults[Message]:
        """The model says how large each image is; an app without vision looks at none (row 19)."""
        owner = by or uploads[0].owner
        most = self.app(owner).images
        if most and (len(uploads) > most or not all(self.may_show(owner, it) for it in uploads)):
            self.fail_to_show(owner, *(upload.id for upload in uploads))
            return multiple()
        reply = self.shown(owner, *(upload.id for upload in uploads))
        self.world.meet(reply.message_id, reply.task_id)
        self.world.hear(reply.answer, owner.app, PROMPT, *(uploads if most else ()))
        if most:
            assert all(upload.look in reply.answer.text for upload in uploads)
        return Message(owner, reply.message_id, reply.answer.text)

    def fail_to_show(self, owner: Owner, *ids: str) -> None:
        """Try to ask with files that can't be brought."""
        with pytest.raises(BadRequestError):
            self.shown(owner, *ids)

    def may_show(self, owner: Owner, upload: Upload) -> bool:
        """Whether a file is within reach (row 20)."""
        return upload.owner == owner or not self.target.files_are_private

    def shown(self, owner: Owner, *ids: str) -> Reply:
        """Ask with files."""
        files = [
            {"type": "image", "transfer_method": "local_file", "upload_file_id": each}
            for each in ids
        ]
        return reply_of_response(
            self.client(owner).completion.create_completion_message(
                inputs={"query": PROMPT}, user=owner.user, files=files
            )
        )


def png(size: int, width: int, height: int) -> bytes:
    """Make the start of a PNG (W3C PNG §5.2, §11.2.1), cut or filled up to a size."""
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4)
    return header.ljust(size, b"\xa5")[:size]
