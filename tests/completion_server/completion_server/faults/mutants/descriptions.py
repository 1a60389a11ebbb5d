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
    _info("info-description-null", "`description` is null.", put("description", None)),
    _info("info-tags-text", "`tags` is text.", at("tags", ",".join)),
    _info("info-tags-null", "`tags` is null.", put("tags", None)),
    _info("info-tag-numbers", "Tags are numbers.", put("tags", [1, 2])),
    _info("info-list", "The answer is a list.", lambda body: [body]),
    _info("info-keys-leaked", "The app's keys are told, hashed.", put("keys", ["sha256:9f86d081"])),
    _parameters(
        "parameters-form-object", "`user_input_form` is an object.", put("user_input_form", {})
    ),
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
        "parameters-required-text",
        "`required` is text.",
        put("user_input_form.*.paragraph.required", "true"),
    ),
    _parameters("parameters-limits-missing", "There are no limits.", without("system_parameters")),
    _parameters(
        "parameters-limit-text",
        "A limit is text, with its unit.",
        at("system_parameters.image_file_size_limit", "{} MB".format),
    ),
    _parameters(
        "parameters-limit-null", "A limit is null.", put("system_parameters.file_size_limit", None)
    ),
    _parameters(
        "parameters-method-unknown",
        "A transfer method is unknown.",
        put(f"{IMAGE}.transfer_methods", ["remote_url", "carrier_pigeon"]),
    ),
    _parameters(
        "parameters-images-text", "`number_limits` is text.", at(f"{IMAGE}.number_limits", str)
    ),
    _parameters("parameters-flag-text", "`enabled` is text.", put("more_like_this.enabled", "no")),
    _parameters(
        "parameters-opening-number", "`opening_statement` is a number.", put("opening_statement", 0)
    ),
    _parameters("parameters-questions-null", "A list is null.", put("suggested_questions", None)),
    _site("site-title-missing", "There is no `title`.", without("title")),
    _site("site-icon-type-unknown", "`icon_type` is unknown.", put("icon_type", "drawing")),
    _site("site-icon-url-relative", "`icon_url` is no URL.", put("icon_url", "icon big.png")),
    _site("site-flag-number", "A boolean is a number.", at("show_workflow_steps", int)),
    _site("site-language-null", "`default_language` is null.", put("default_language", None)),
    _site("site-title-number", "`title` is a number.", put("title", 404)),
)
