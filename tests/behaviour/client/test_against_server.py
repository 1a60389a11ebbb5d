"""The generated client's nine operations against a real server over real sockets."""

from typing import Any

import pytest

from dify_completion import (
    AuthenticationError,
    BadRequestError,
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    StreamError,
    models,
)

INPUTS = {"query": "Hello"}


def complete(client: Any, **arguments: Any) -> models.CompletionResponse:
    answer = client.call(
        "completion", "create_completion_message", **{"inputs": INPUTS, "user": "u"} | arguments
    )
    assert isinstance(answer, models.CompletionResponse)
    return answer


def test_a_completion_comes_whole(client: Any) -> None:
    reply = complete(client)
    usage = reply.metadata.usage
    assert reply.answer
    assert usage.prompt_price + usage.completion_price == usage.total_price


def test_a_model_may_be_given_where_a_dict_may(client: Any) -> None:
    assert complete(client, inputs=models.CompletionRequestInputs(query="Hello")).answer


def test_a_stream_gives_the_same_text_in_typed_events(client: Any) -> None:
    events = client.stream("Hello")
    text = "".join(e.answer for e in events if isinstance(e, models.StreamEventMessage))
    assert text == complete(client).answer
    assert isinstance(events[-1], models.StreamEventMessageEnd)


def test_events_arrive_as_they_are_made(client: Any) -> None:
    """Three words 0.3 s apart don't come at once, and the pings between them are skipped."""
    events = client.stream("[[slow:3:0.3]]")
    words = [event.answer for event in events if isinstance(event, models.StreamEventMessage)]
    assert words[:3] == ["w0 ", "w1 ", "w2 "]
    assert client.arrivals[2] - client.arrivals[0] > 0.5


def test_a_running_stream_can_be_stopped(client: Any) -> None:
    events = client.stream("[[slow:1000:0.05]]", stop_after=2)
    assert isinstance(events[-1], models.StreamEventMessageEnd)
    assert len(events) < 100


def test_speech_comes_as_bytes_and_may_follow_the_end(client: Any) -> None:
    events = client.stream("Hello", api_key="key-AutoPlay")
    audio = [event.audio for event in events if isinstance(event, models.StreamEventTtsMessage)]
    assert b"".join(audio)[:1] == b"\xff"
    assert isinstance(events[-1], models.StreamEventTtsMessageEnd)


def test_an_error_event_is_an_exception(client: Any) -> None:
    with pytest.raises(StreamError) as caught:
        client.stream("[[midfail:InvokeServerUnavailableError]]")
    assert isinstance(caught.value.event, models.StreamEventError)
    assert caught.value.event.code == "completion_request_error"


def test_a_file_can_be_uploaded(client: Any, tmp_path: Any) -> None:
    path = tmp_path / "t.png"
    path.write_bytes(b"\x89PNG")
    uploaded = client.call("files", "upload_file", file=path, user="u")
    assert (uploaded.name, uploaded.size, uploaded.mime_type) == ("t.png", 4, "image/png")


def test_feedback_comes_back(client: Any) -> None:
    message = complete(client).message_id
    client.call("feedback", "post_message_feedback", message_id=message, rating="like", user="u")
    newest = client.call("feedback", "get_app_feedbacks", limit=1).data[0]
    assert (newest.message_id, newest.rating) == (message, "like")


def test_text_becomes_audio(client: Any) -> None:
    assert client.call("tts", "text_to_audio", text="Hello", user="u")[:1] == b"\xff"


def test_the_app_describes_itself(client: Any) -> None:
    assert client.call("application", "get_app_info").name == "My App"
    form = client.call("application", "get_app_parameters").user_input_form
    assert isinstance(form[0], models.ParagraphControlWrapper)
    assert client.call("application", "get_web_app_settings").title == "My App"


def test_refusals_are_told_apart(client: Any) -> None:
    with pytest.raises(AuthenticationError):
        client.call("application", "get_app_info", api_key="wrong")
    with pytest.raises(PermissionDeniedError):
        client.call("application", "get_app_info", api_key="key-Disabled")
    with pytest.raises(BadRequestError) as caught:
        complete(client, inputs={})
    assert (caught.value.status_code, caught.value.code) == (400, "invalid_param")
    with pytest.raises(NotFoundError):
        client.call(
            "feedback",
            "post_message_feedback",
            message_id="00000000-0000-4000-8000-000000000000",
            rating="like",
            user="u",
        )


def test_a_wrong_argument_is_refused_before_it_is_sent(client: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="limit"):
        client.call("feedback", "get_app_feedbacks", limit=102)


def test_a_misspelt_argument_is_not_swallowed(client: Any) -> None:
    with pytest.raises(TypeError, match="pagee"):
        client.call("feedback", "get_app_feedbacks", pagee=2)
