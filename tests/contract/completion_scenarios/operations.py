"""The ids of the operations, and which of them a request is of."""

CREATE = "createCompletionMessage"
STOP = "stopGenerate"
UPLOAD = "uploadFile"
RATE = "postMessageFeedback"
FEEDBACKS = "getAppFeedbacks"
SPEAK = "textToAudio"
PARAMETERS = "getAppParameters"

_BY_LAST_SEGMENT = {
    ("POST", "completion-messages"): CREATE,
    ("POST", "stop"): STOP,
    ("POST", "upload"): UPLOAD,
    ("POST", "feedbacks"): RATE,
    ("GET", "feedbacks"): FEEDBACKS,
    ("POST", "text-to-audio"): SPEAK,
    ("GET", "parameters"): PARAMETERS,
}


def operation_of(method: str, path: str) -> str:
    """Name the operation that a request is of."""
    return _BY_LAST_SEGMENT[method, path.rpartition("/")[2]]
