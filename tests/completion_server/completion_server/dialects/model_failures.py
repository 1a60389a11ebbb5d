"""The codes of those failures of a model that every version knows by name."""

import json

from completion_server.dialects.failure import Failure
from completion_server.models.model import ModelError

CODES = {
    "InvokeRateLimitError": "completion_request_error",
    "InvokeAuthorizationError": "completion_request_error",
    "InvokeBadRequestError": "completion_request_error",
    "InvokeConnectionError": "completion_request_error",
    "InvokeServerUnavailableError": "completion_request_error",
    "ProviderTokenNotInitError": "provider_not_initialize",
    "QuotaExceededError": "provider_quota_exceeded",
    "ModelCurrentlyNotSupportError": "model_currently_not_support",
    # An unknown model is a bad argument of the app's configuration (row 18).
    "ModelNotExistError": "invalid_param",
}


def known_failure(error: ModelError) -> Failure | None:
    """Give the failure for a kind that is known by name."""
    code = CODES.get(error.kind)
    return None if code is None else Failure(code, error.message)


def plugin_dump(error: ModelError) -> str:
    """Write an unforeseen failure as Dify's plugins do."""
    described = {"description": error.message}
    return json.dumps({"error_type": error.kind, "args": described, "message": error.message})
