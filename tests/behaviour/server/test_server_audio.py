"""Speech: an MP3 that plays, as long as its text, of a message or of a text."""

import base64
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.mp3 import speak

Ask = Callable[..., httpx2.Response]

# ISO/IEC 11172-3 §2.4.2.3, for MPEG-1 Layer III.
KILOBITS = (None, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, None)
HERTZ = (44_100, 48_000, 32_000, None)
SAMPLES = 1152


def seconds_of(audio: bytes) -> float:
    """Walk an MP3 frame by frame; fail where a frame is no MPEG-1 Layer III, or cut short."""
    seconds, at = 0.0, 0
    while at < len(audio):
        header = int.from_bytes(audio[at : at + 4])
        assert header >> 21 == 0x7FF, "no sync"
        assert header >> 17 & 0b1111 == 0b1101, "no MPEG-1 Layer III"
        kilobits, hertz = KILOBITS[header >> 12 & 0xF], HERTZ[header >> 10 & 0b11]
        assert kilobits is not None
        assert hertz is not None
        at += 144 * kilobits * 1000 // hertz + (header >> 9 & 1)
        seconds += SAMPLES / hertz
    assert at == len(audio), "the last frame is cut short"
    return seconds


@given(text=st.text(max_size=300))
def test_every_text_gives_an_mp3_as_long_as_it_takes_to_say(text: str) -> None:
    assert seconds_of(speak(text)) == pytest.approx(max(0.25, 0.06 * len(text)), abs=0.024)


def test_speech_is_bounded() -> None:
    assert seconds_of(speak("x" * 1_000_000)) == pytest.approx(300)


@pytest.mark.parametrize("text", ["Hello Dify", ""])
def test_a_text_is_said(client: httpx2.Client, text: str) -> None:
    response = client.post("/text-to-audio", json={"text": text, "user": "abc-123"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "audio/mpeg"
    assert seconds_of(response.content) > 0


def test_neither_user_nor_known_voice_is_needed(client: httpx2.Client) -> None:
    body = {"text": "Hello", "voice": "zzz", "streaming": True}
    assert client.post("/text-to-audio", json=body).status_code == 200


@pytest.mark.parametrize("text", [None, "x"])
def test_a_message_goes_before_a_text(client: httpx2.Client, ask: Ask, text: str | None) -> None:
    message = ask("Hello").json()
    body = {"message_id": message["message_id"], "text": text, "user": "abc-123"}
    response = client.post("/text-to-audio", json=body)
    assert response.content == speak(message["answer"])


@pytest.mark.parametrize("message_id", ["00000000-0000-4000-8000-000000000000", "nope"])
def test_an_unknown_message_is_not_found_even_with_a_text(
    client: httpx2.Client, message_id: str
) -> None:
    body = {"message_id": message_id, "text": "fallback", "user": "abc-123"}
    response = client.post("/text-to-audio", json=body)
    assert response.status_code == 404
    expected = {"code": "not_found", "message": "Message Not Exists.", "status": 404}
    assert response.json() == expected


@pytest.mark.parametrize(
    ("app", "user"), [("My App", "other"), ("AutoPlay", "abc-123"), ("AutoPlay", None)]
)
def test_a_message_of_another_user_or_app_is_not_found(
    ask: Ask, client_of: Callable[[str], httpx2.Client], app: str, user: str | None
) -> None:
    body = {"message_id": ask("Hello").json()["message_id"], "user": user}
    assert client_of(app).post("/text-to-audio", json=body).status_code == 404


@pytest.mark.parametrize(
    ("app", "body", "message"),
    [
        ("My App", {}, "Text is required"),
        ("My App", {"text": None, "message_id": ""}, "Text is required"),
        ("Other App", {"text": "Hello"}, "TTS is not enabled"),
    ],
)
def test_nothing_to_say_or_no_speech_is_refused(
    client_of: Callable[[str], httpx2.Client], app: str, body: dict[str, Any], message: str
) -> None:
    response = client_of(app).post("/text-to-audio", json=body)
    assert response.status_code == 400
    assert response.json() == {"code": "invalid_param", "message": message, "status": 400}


@pytest.mark.parametrize("field", ["text", "message_id"])
def test_a_text_that_is_no_string_is_refused(client: httpx2.Client, field: str) -> None:
    assert client.post("/text-to-audio", json={field: 5}).status_code == 400


def test_a_form_is_refused(client: httpx2.Client) -> None:
    assert client.post("/text-to-audio", data={"text": "Hello Dify"}).status_code == 415


def test_speech_in_a_stream_plays_too(
    client_of: Callable[[str], httpx2.Client], events_of: Callable[..., list[dict[str, Any]]]
) -> None:
    events = events_of("One. Two. Three.", by=client_of("AutoPlay"))
    spoken = [event["audio"] for event in events if event["event"] == "tts_message"]
    assert len(spoken) > 1
    assert all(seconds_of(base64.b64decode(audio)) > 0 for audio in spoken)
