"""Speech: audio that plays, of a message or of a text."""

import base64
import io
import wave
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.unit.server.mp3_file import mp3_seconds

Ask = Callable[..., httpx2.Response]


@pytest.mark.parametrize("text", ["Hello Dify", ""])
def test_a_text_is_said(client: httpx2.Client, text: str) -> None:
    response = client.post("/text-to-audio", json={"text": text, "user": "abc-123"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "audio/mpeg"
    assert mp3_seconds(response.content) > 0


def test_wav_is_given_to_who_accepts_it(client: httpx2.Client) -> None:
    headers = {"Accept": "audio/wav"}
    response = client.post("/text-to-audio", json={"text": "Hello Dify"}, headers=headers)
    assert response.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(response.content)) as audio:
        assert audio.getnframes() > 0


def test_an_app_may_speak_wav(client_of: Callable[[str], httpx2.Client]) -> None:
    wav = client_of("Wav")
    assert wav.post("/text-to-audio", json={"text": "Hi"}).headers["content-type"] == "audio/wav"
    headers = {"Accept": "audio/mpeg"}
    answer = wav.post("/text-to-audio", json={"text": "Hi"}, headers=headers)
    assert answer.headers["content-type"] == "audio/mpeg"


def test_neither_user_nor_known_voice_is_needed(client: httpx2.Client) -> None:
    body = {"text": "Hello", "voice": "zzz", "streaming": True}
    assert client.post("/text-to-audio", json=body).status_code == 200


@pytest.mark.parametrize("text", [None, "x"])
def test_a_message_goes_before_a_text(client: httpx2.Client, ask: Ask, text: str | None) -> None:
    message = ask("Hello").json()
    body = {"message_id": message["message_id"], "text": text, "user": "abc-123"}
    response = client.post("/text-to-audio", json=body)
    said = client.post("/text-to-audio", json={"text": message["answer"]})
    assert response.content == said.content


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
    events = events_of("[[say:One. Two. Three. Four. Five. Six.]]", by=client_of("AutoPlay"))
    spoken = [event["audio"] for event in events if event["event"] == "tts_message"]
    assert len(spoken) > 1
    assert mp3_seconds(b"".join(map(base64.b64decode, spoken))) > 0
