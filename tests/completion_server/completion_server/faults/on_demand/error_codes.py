"""Every documented error, whether a server can be brought to it or not."""

from completion_server.faults.changes.answers import answer_with, error
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import (
    COMPLETION,
    DESCRIPTIONS,
    EVERY,
    JSON_BODIED,
    PARAMETERS,
    RATE,
    SPEAK,
    STOP,
    UPLOAD,
)


def _error(
    status: int, code: str, message: str, operations: frozenset[str], told: str = ""
) -> Fault:
    return Fault(
        f"error-{code}",
        f"{status} `{code}`{told}.",
        operations,
        answer_with(lambda: error(status, code, message)),
    )


FAULTS = (
    _error(401, "unauthorized", "Access token is invalid", EVERY),
    _error(403, "forbidden", "The app's API service has been disabled.", EVERY),
    _error(
        404,
        "not_found",
        "Conversation Not Exists.",
        COMPLETION | RATE | SPEAK,
        ", as for a conversation or a message that does not exist",
    ),
    _error(
        400,
        "invalid_param",
        "query is required in input form",
        EVERY - DESCRIPTIONS,
        ", as for an argument",
    ),
    _error(
        400,
        "bad_request",
        "The browser (or proxy) sent a request that this server could not understand.",
        JSON_BODIED,
    ),
    _error(
        415,
        "unsupported_media_type",
        "Did not attempt to load JSON data because the request Content-Type was not"
        " 'application/json'.",
        JSON_BODIED,
    ),
    _error(
        400,
        "app_unavailable",
        "App unavailable, please check your app configurations.",
        COMPLETION | STOP | PARAMETERS,
    ),
    _error(
        400,
        "provider_not_initialize",
        "No valid model provider credentials found. Please go to Settings -> Model Provider to"
        " complete your provider credentials.",
        COMPLETION | SPEAK,
    ),
    _error(
        400,
        "provider_quota_exceeded",
        "Your quota for Dify Hosted OpenAI has been exhausted. Please go to Settings -> Model"
        " Provider to complete your own provider credentials.",
        COMPLETION | SPEAK,
    ),
    _error(
        400,
        "model_currently_not_support",
        "Dify Hosted OpenAI trial currently not support the GPT-4 model.",
        COMPLETION | SPEAK,
    ),
    _error(400, "completion_request_error", "Completion request failed.", COMPLETION | SPEAK),
    _error(429, "too_many_requests", "Too many requests. Please try again later.", EVERY),
    _error(500, "internal_server_error", "Internal Server Error", EVERY),
    _error(400, "no_file_uploaded", "Please upload your file.", UPLOAD),
    _error(400, "bad_request_key_error", "Please upload your file.", UPLOAD, ", as 1.4.1 says it"),
    _error(400, "filename_not_exists_error", "The specified filename does not exist.", UPLOAD),
    _error(400, "too_many_files", "Only one file is allowed.", UPLOAD),
    _error(400, "unsupported_preview", "The file does not support preview.", UPLOAD),
    _error(400, "unsupported_estimate", "The file does not support estimation.", UPLOAD),
    _error(413, "file_too_large", "File size exceeded.", UPLOAD),
    _error(415, "unsupported_file_type", "File type not allowed.", UPLOAD),
    _error(503, "s3_connection_failed", "Unable to connect to S3 service.", UPLOAD),
    _error(503, "s3_permission_denied", "No permission to upload files to S3.", UPLOAD),
    _error(503, "s3_file_too_large", "The file exceeds the size limit of S3.", UPLOAD),
)
