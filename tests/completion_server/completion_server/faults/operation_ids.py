"""The operationIds of the document, as sets that can be joined."""

COMPLETION = frozenset({"createCompletionMessage"})
STOP = frozenset({"stopGenerate"})
UPLOAD = frozenset({"uploadFile"})
RATE = frozenset({"postMessageFeedback"})
FEEDBACKS = frozenset({"getAppFeedbacks"})
SPEAK = frozenset({"textToAudio"})
INFO = frozenset({"getAppInfo"})
PARAMETERS = frozenset({"getAppParameters"})
SITE = frozenset({"getWebAppSettings"})

DESCRIPTIONS = INFO | PARAMETERS | SITE
JSON_BODIED = COMPLETION | STOP | RATE | SPEAK
ANSWERING_JSON = COMPLETION | STOP | UPLOAD | RATE | FEEDBACKS | DESCRIPTIONS
EVERY = ANSWERING_JSON | SPEAK
