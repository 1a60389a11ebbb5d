"""What is asked of each operation, so that every fault of it shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.unit.server.asgi_client import Answer
from tests.unit.server.fault_client import KEY
from tests.unit.server.fault_comparison import comparable
from tests.unit.server.fault_requests import (
    ALICE,
    CLOSED_KEY,
    FORM_TYPE,
    LONG,
    NULL,
    OTHER_KEY,
    UNKNOWN,
    UNUSUAL,
    bad_bodies,
    completion,
    form,
)
from tests.unit.server.fault_scenarios import (
    list_pages,
    rate,
    rate_oddly,
    speak_messages,
    stop_running,
    upload_two,
    use_files,
)
from tests.unit.server.fault_servers import Servers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Probe = Callable[[Servers], Awaitable[list[Answer]]]
KEYS = (
    f"bearer {KEY}",
    None,
    "Bearer nonsense",
    f"Basic {KEY}",
    KEY,
    f"Bearer {CLOSED_KEY}",
    f"Bearer {OTHER_KEY}",
)
ODD_TEXTS = (LONG, UNUSUAL, NULL, "", 5)


async def transcript(operation: str, seen: Servers) -> AsyncIterator[str]:
    """Ask an operation what its probes ask; gives comparable text for each."""
    for probe in PROBES[operation]:
        yield comparable(await probe(seen))


def asking(operation: str, *requests: dict[str, Any], **common: Any) -> list[Probe]:
    """Probe one request after another, each with what is common to all."""

    def probe(request: dict[str, Any]) -> Probe:
        async def asked(seen: Servers) -> list[Answer]:
            return [await seen.faulty.ask(operation, **{**common, **request})]

        return asked

    return [probe(each) for each in requests]


def keys(operation: str, **request: Any) -> list[Probe]:
    """Probe what opens an operation."""
    return asking(operation, *({"authorization": each} for each in KEYS), **request)


def spoken(text: Any) -> dict[str, Any]:
    return {"text": text, "user": ALICE}


def prompted(text: Any, **others: Any) -> dict[str, Any]:
    return completion(inputs={"query": text}, **others)


STREAMED = {"body": completion(response_mode="streaming")}
COMPLETE = {"body": completion(response_mode="blocking")}
LIKED = {"user": ALICE, "rating": "like"}

PROBES: dict[str, list[Probe]] = {
    "createCompletionMessage": [
        *asking(
            "createCompletionMessage",
            STREAMED,
            COMPLETE,
            {"body": completion()},
            {"body": prompted("[[say:é 😀 e\u0301]]", response_mode="streaming")},
            {"body": completion(response_mode="sse")},
            {"body": completion(inputs={})},
            {"body": completion(inputs=["x"])},
            {"body": completion(inputs={"query": "[[say:hi]]", "more": "x"})},
            {"body": completion(files={})},
            *({"body": prompted(text)} for text in ODD_TEXTS),
            *bad_bodies(completion()),
        ),
        *keys("createCompletionMessage", body=completion()),
        use_files,
    ],
    "stopGenerate": [
        *asking(
            "stopGenerate", {"body": {"user": ALICE}}, *bad_bodies({"user": ALICE}), path=UNKNOWN
        ),
        *keys("stopGenerate", body={"user": ALICE}, path=UNKNOWN),
        stop_running,
    ],
    "uploadFile": [
        upload_two,
        *asking(
            "uploadFile",
            {"body": form("empty.txt", b"", ALICE)},
            {"body": form("é.txt", b"1", ALICE)},
            {"body": form("a.txt", b"1", "123")},
            {"body": b"--bound--\r\n"},
            content_type=FORM_TYPE,
        ),
        *keys("uploadFile", body=form("a.txt", b"1", ALICE), content_type=FORM_TYPE),
    ],
    "postMessageFeedback": [
        rate,
        rate_oddly,
        *asking("postMessageFeedback", *bad_bodies(LIKED), path=UNKNOWN),
        *keys("postMessageFeedback", body=LIKED, path=UNKNOWN),
    ],
    "getAppFeedbacks": [
        *asking("getAppFeedbacks", {}),
        list_pages,
        *asking(
            "getAppFeedbacks",
            *({"query": query} for query in ("page=0", "limit=0", "limit=102", "limit=x")),
        ),
        *keys("getAppFeedbacks"),
    ],
    "textToAudio": [
        *asking("textToAudio", {"body": spoken("Hello")}),
        speak_messages,
        *asking(
            "textToAudio",
            *({"body": spoken(text)} for text in ODD_TEXTS),
            *bad_bodies(spoken("Hello")),
        ),
        *keys("textToAudio", body=spoken("Hello")),
    ],
    **{
        operation: [*asking(operation, {}), *keys(operation)]
        for operation in ("getAppInfo", "getAppParameters", "getWebAppSettings")
    },
}
