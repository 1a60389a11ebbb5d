"""The generated client's nine operations against a real server over real sockets."""

import time
from pathlib import Path
from typing import Any

import pytest

from completion_server import RunningServer
from dify_completion import (
    APIError,
    AuthenticationError,
    BadRequestError,
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    StreamError,
    models,
)
from tests.behaviour.client.flavours import Call, Client, info

INPUTS = {"query": "Hello"}
NOBODY = "00000000-0000-4000-8000-000000000000"


def complete(client: Client, **arguments: Any) -> models.CompletionResponse:
    arguments = {"inputs": INPUTS, "user": "u"} | arguments
    answer = client.call(lambda client: client.completion.create_completion_message(**arguments))
    assert isinstance(answer, models.CompletionResponse)
    return answer


def streaming(query: str) -> Call:
    return lambda client: client.completion.stream_completion_message(
        inputs={"query": query}, user="u"
    )


def like(client: Client, message: str) -> None:
    client.call(
        lambda client: client.feedback.post_message_feedback(
            message_id=message, rating="like", user="u"
        )
    )


def text_of(events: list[Any]) -> str:
    return "".join(e.answer for e in events if isinstance(e, models.StreamEventMessage))


def test_a_completion_comes_whole(client: Client) -> None:
    reply = complete(client)
    usage = reply.metadata.usage
    assert reply.answer
    assert usage.prompt_price + usage.completion_price == usage.total_price


def test_a_model_may_be_given_where_a_dict_may(client: Client) -> None:
    assert complete(client, inputs=models.CompletionRequestInputs(query="Hello")).answer


def test_a_stream_gives_the_same_text_in_typed_events(client: Client) -> None:
    events = client.events(streaming("Hello"))
    assert text_of(events) == complete(client).answer
    assert isinstance(events[-1], models.StreamEventMessageEnd)


def test_a_stream_can_be_had_whole(client: Client) -> None:
    whole = client.call(lambda client: streaming("Hello")(client).collect())
    assert whole.text == text_of(whole.events) == complete(client).answer
    assert isinstance(whole.end, models.StreamEventMessageEnd)


def test_a_stream_shows_its_response(client: Client) -> None:
    stream: Any = streaming("Hello")(client.wrapped)
    before = stream.response
    client.done(stream.collect())
    assert before is None
    assert stream.response.headers["content-type"].startswith("text/event-stream")


def test_events_arrive_as_they_are_made(client: Client) -> None:
    """Three words 0.3 s apart don't come at once, and the pings between them are skipped."""
    words, arrivals = [], []
    with client.stream(streaming("[[slow:3:0.3]]")) as events:
        for event in events:
            arrivals.append(time.monotonic())
            words += [event.answer] if isinstance(event, models.StreamEventMessage) else []
    assert words[:3] == ["w0 ", "w1 ", "w2 "]
    assert arrivals[2] - arrivals[0] > 0.5


def test_a_running_stream_can_be_stopped(client: Client) -> None:
    came = []
    with client.stream(streaming("[[slow:1000:0.05]]")) as events:
        for event in events:
            came.append(event)
            if len(came) == 2:
                task = event.task_id
                client.call(lambda c: c.completion.stop_generate(task_id=task, user="u"))  # noqa: B023
    assert isinstance(came[-1], models.StreamEventMessageEnd)
    assert len(came) < 100


def test_speech_comes_as_bytes_and_may_follow_the_end(client: Client) -> None:
    events = client.with_options(api_key="key-AutoPlay").events(streaming("Hello"))
    audio = [event.audio for event in events if isinstance(event, models.StreamEventTtsMessage)]
    assert b"".join(audio)[:1] == b"\xff"
    assert isinstance(events[-1], models.StreamEventTtsMessageEnd)


def test_an_error_event_is_an_exception(client: Client) -> None:
    with pytest.raises(StreamError) as caught:
        client.events(streaming("[[midfail:InvokeServerUnavailableError]]"))
    assert isinstance(caught.value.event, models.StreamEventError)
    assert caught.value.event.code == "completion_request_error"


def test_an_error_event_can_be_had_as_an_event(client: Client) -> None:
    """It ends the stream: nothing is missing after it."""
    send = streaming("[[midfail:InvokeServerUnavailableError]]")
    events = client.with_options(on_error_event="yield").events(send)
    assert text_of(events)
    assert isinstance(events[-1], models.StreamEventError)
    assert events[-1].code == "completion_request_error"


def test_a_file_can_be_uploaded(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "t.png"
    path.write_bytes(b"\x89PNG")
    uploaded = client.call(lambda client: client.files.upload_file(file=path, user="u"))
    assert (uploaded.name, uploaded.size, uploaded.mime_type) == ("t.png", 4, "image/png")


def test_feedback_comes_back(client: Client) -> None:
    message = complete(client).message_id
    like(client, message)
    newest = client.call(lambda client: client.feedback.get_app_feedbacks(limit=1)).data[0]
    assert (newest.message_id, newest.rating) == (message, "like")


def test_feedback_over_several_pages_comes_as_one(client: Client) -> None:
    liked = {complete(client).message_id for _ in range(5)}
    for message in liked:
        like(client, message)
    whole = client.call(lambda client: client.feedback.get_app_feedbacks(limit=101)).data
    assert client.items(lambda client: client.feedback.iter_get_app_feedbacks(limit=2)) == whole
    assert liked <= {item.message_id for item in whole}
    pages = client.items(lambda client: client.feedback.iter_get_app_feedbacks(limit=2).pages())
    assert [item for page in pages for item in page.data] == whole
    assert {len(page.data) for page in pages} <= {0, 1, 2}


def test_text_becomes_audio(client: Client, tmp_path: Path) -> None:
    def speak(client: Any) -> Any:
        return client.tts.text_to_audio(text="Hello", user="u")

    audio = client.call(speak)
    assert audio[:1] == b"\xff"
    client.done(client.done(speak(client.wrapped)).write_to(tmp_path / "speech.mp3"))
    assert (tmp_path / "speech.mp3").read_bytes() == audio


def test_the_app_describes_itself(client: Client) -> None:
    assert client.call(info).name == "My App"
    form = client.call(lambda client: client.application.get_app_parameters()).user_input_form
    assert isinstance(form[0], models.ParagraphControlWrapper)
    assert client.call(lambda c: c.application.get_web_app_settings()).title == "My App"


def test_an_answer_can_be_had_with_its_response(client: Client) -> None:
    answer = client.call(lambda client: client.with_response(client.application.get_app_info))
    assert (answer.value.name, answer.status_code, answer.tries) == ("My App", 200, 1)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.response.json() == answer.value.to_wire()


def test_a_stream_has_a_response_of_its_own(client: Client) -> None:
    with pytest.raises(APIError, match="response"):
        client.call(
            lambda client: client.with_response(
                client.completion.stream_completion_message, inputs=INPUTS, user="u"
            )
        )


def test_refusals_are_told_apart(client: Client) -> None:
    with pytest.raises(AuthenticationError):
        client.with_options(api_key="wrong").call(info)
    with pytest.raises(PermissionDeniedError):
        client.with_options(api_key="key-Disabled").call(info)
    with pytest.raises(BadRequestError) as caught:
        complete(client, inputs={})
    assert (caught.value.status_code, caught.value.code) == (400, "invalid_param")
    with pytest.raises(NotFoundError):
        like(client, NOBODY)


def test_a_key_may_rotate(flavour: str, server: RunningServer) -> None:
    keys = iter(["expired", server.api_key])
    with Client(flavour, server.base_url, api_key=lambda: next(keys)) as client:
        with pytest.raises(AuthenticationError):
            client.call(info)
        assert client.call(info).name == "My App"


def test_options_are_of_the_copy_alone(client: Client, server: RunningServer) -> None:
    """A copy shares the connections and does not close them."""
    other = client.with_options(api_key=server.other_api_key)
    assert other.call(info).name == "Other App"
    assert client.call(info).name == "My App"
    other.close()
    assert client.call(info).name == "My App"


def test_a_wrong_argument_is_refused_before_it_is_sent(client: Client) -> None:
    with pytest.raises(InvalidArgumentError, match="limit"):
        client.call(lambda client: client.feedback.get_app_feedbacks(limit=102))


def test_a_misspelt_argument_is_not_swallowed(client: Client) -> None:
    with pytest.raises(TypeError, match="pagee"):
        client.call(lambda client: client.feedback.get_app_feedbacks(pagee=2))
