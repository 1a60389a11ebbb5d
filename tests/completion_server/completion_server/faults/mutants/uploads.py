"""Descriptions of uploaded files that are wrong in form or in fact."""

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import UPLOAD

SAME = "11111111-1111-4111-8111-111111111111"


def _fault(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, UPLOAD, change_json(edit))


FAULTS = (
    _fault("file-id-no-uuid", "`id` is no UUID.", at("id", lambda text: text.replace("-", ""))),
    _fault("file-id-same", "Every file has the same `id`.", put("id", SAME)),
    _fault("file-size-off-by-one", "`size` is one byte too large.", at("size", lambda n: n + 1)),
    _fault(
        "file-type-lost",
        "`mime_type` is always that of bytes.",
        put("mime_type", "application/octet-stream"),
    ),
    _fault("file-name-lost", "`name` is always `file`.", put("name", "file")),
    _fault("file-extension-dotted", "`extension` has its dot.", at("extension", ".{}".format)),
    _fault("file-creator-name", "`created_by` is a name, no UUID.", put("created_by", "someone")),
    _fault("file-created-at-zero", "`created_at` is 0.", put("created_at", 0)),
    _fault("file-url-relative", "`source_url` is no URL.", put("source_url", "files preview")),
    _fault(
        "file-path-leaked",
        "The place on the server's disk is told.",
        put("storage_path", "/app/storage/upload/1.png"),
    ),
)
