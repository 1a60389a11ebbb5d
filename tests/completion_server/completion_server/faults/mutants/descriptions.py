"""/info, /parameters and /site with a field that is wrong in form."""

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put, without
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import INFO, PARAMETERS, SITE

IMAGE = "file_upload.image"


def _info(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, INFO, change_json(edit))


def _parameters(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, PARAMETERS, change_json(edit))


def _site(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, SITE, change_json(edit))


FAULTS = (
    _info("info-name-missing", "There is no `name`.", without("name")),
    _info("info-tags-text", "`tags` is text.", at("tags", ",".join)),
    _info("info-keys-leaked", "The app's keys are told, hashed.", put("keys", ["sha256:9f86d081"])),
    _parameters(
        "parameters-control-unknown",
        "A control is of no known kind.",
        put("user_input_form", [{"slider": {"label": "x", "variable": "x", "required": True}}]),
    ),
    _parameters(
        "parameters-control-nameless",
        "A control has no `variable`.",
        without("user_input_form.*.paragraph.variable"),
    ),
    _parameters(
        "parameters-limit-text",
        "A limit is text, with its unit.",
        at("system_parameters.image_file_size_limit", "{} MB".format),
    ),
    _parameters(
        "parameters-method-unknown",
        "A transfer method is unknown.",
        put(f"{IMAGE}.transfer_methods", ["remote_url", "carrier_pigeon"]),
    ),
    _site("site-icon-type-unknown", "`icon_type` is unknown.", put("icon_type", "drawing")),
    _site("site-icon-url-relative", "`icon_url` is no URL.", put("icon_url", "icon big.png")),
)
