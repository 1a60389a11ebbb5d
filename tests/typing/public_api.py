"""What a type checker, and so an editor, makes of the client's public names.

Checked by mypy and basedpyright, never run: see test_typing.py.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, assert_never, assert_type

import httpx2

import dify_completion
from dify_completion import (
    UNSET,
    APIConnectionError,
    APIError,
    APIResponse,
    APIStatusError,
    APITimeoutError,
    AsyncBinaryResponse,
    AsyncDifyCompletion,
    AsyncPages,
    AsyncStream,
    BinaryResponse,
    Collected,
    DifyCompletion,
    FileTypes,
    IncompleteStreamError,
    InvalidArgumentError,
    Pages,
    RateLimitError,
    RequestOptions,
    ResponseValidationError,
    Stream,
    StreamError,
    Timeout,
    UnknownEvent,
    Unset,
    models,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY = "app-…"


# The clients


def clients() -> None:
    assert_type(DifyCompletion(), DifyCompletion)
    DifyCompletion(KEY, "https://example.org/v1")
    DifyCompletion(lambda: KEY)
    DifyCompletion({"ApiKeyAuth": lambda: KEY})
    DifyCompletion(timeout=5, max_retries=0, strict=True, on_error_event="yield")
    DifyCompletion(timeout=None)
    DifyCompletion(timeout=Timeout(60, connect=2))
    DifyCompletion(http_client=httpx2.Client())
    DifyCompletion(transport=httpx2.HTTPTransport())
    with DifyCompletion(KEY) as client:
        assert_type(client, DifyCompletion)
    assert_type(client.base_url, str)
    assert_type(client.max_retries, int)
    assert_type(client.close(), None)


async def async_clients() -> None:
    AsyncDifyCompletion(http_client=httpx2.AsyncClient())
    AsyncDifyCompletion(transport=httpx2.AsyncHTTPTransport(), strict=True)
    async with AsyncDifyCompletion(KEY, max_retries=5) as client:
        assert_type(client, AsyncDifyCompletion)
    assert_type(await client.close(), None)


class MyClient(DifyCompletion):
    """A subclass, which stays one."""


def other_options(client: DifyCompletion, mine: MyClient, awaited: AsyncDifyCompletion) -> None:
    assert_type(client.with_options(timeout=5.0), DifyCompletion)
    assert_type(mine.with_options(api_key=KEY, base_url="https://example.org"), MyClient)
    assert_type(awaited.with_options(strict=True, max_retries=1), AsyncDifyCompletion)
    assert_type(client.with_options(on_error_event="yield").application.get_app_info().name, str)


# The operations


def answers(client: DifyCompletion) -> None:
    completion = client.completion
    assert_type(
        completion.create_completion_message(inputs={"query": "Hello"}, user="u"),
        models.CompletionResponse,
    )
    assert_type(completion.stop_generate(task_id="t", user="u"), models.StopGenerateResponse)
    assert_type(
        client.feedback.post_message_feedback(message_id="m", rating=None, user="u", content="!"),
        models.PostMessageFeedbackResponse,
    )
    assert_type(client.feedback.get_app_feedbacks(page=1, limit=2), models.AppFeedbacksResponse)
    assert_type(client.files.upload_file(file=b"", user="u"), models.FileUploadResponse)
    assert_type(client.tts.text_to_audio(text="Hello", streaming=False), BinaryResponse)
    assert_type(client.application.get_app_info(), models.AppInfoResponse)
    assert_type(client.application.get_app_parameters(), models.AppParametersResponse)
    assert_type(client.application.get_web_app_settings(), models.WebAppSettingsResponse)


async def awaited_answers(client: AsyncDifyCompletion) -> None:
    completion = client.completion
    assert_type(
        await completion.create_completion_message(inputs={"query": "Hello"}, user="u"),
        models.CompletionResponse,
    )
    assert_type(await completion.stop_generate(task_id="t", user="u"), models.StopGenerateResponse)
    assert_type(
        await client.feedback.post_message_feedback(message_id="m", rating="like", user="u"),
        models.PostMessageFeedbackResponse,
    )
    assert_type(await client.feedback.get_app_feedbacks(page=1), models.AppFeedbacksResponse)
    assert_type(await client.files.upload_file(file=b""), models.FileUploadResponse)
    assert_type(await client.tts.text_to_audio(text="Hello"), AsyncBinaryResponse)
    assert_type(await client.application.get_app_info(), models.AppInfoResponse)
    assert_type(await client.application.get_app_parameters(), models.AppParametersResponse)
    assert_type(await client.application.get_web_app_settings(), models.WebAppSettingsResponse)


def options_of_a_call(client: DifyCompletion) -> None:
    options: RequestOptions = {"timeout": 5.0, "extra_headers": {"x-trace": "1"}}
    client.application.get_app_info(**options)
    client.files.upload_file(file=b"", timeout=None)
    client.files.upload_file(file=b"", timeout=Timeout(5), extra_body={"more": 1})
    client.feedback.get_app_feedbacks(extra_query={"since": 3, "tags": ["a", "b"]})
    client.feedback.post_message_feedback(message_id="m", rating=None, user="u", idempotent=True)


def arguments_left_out(client: DifyCompletion, page: int | None) -> None:
    assert_type(UNSET, Literal[Unset.UNSET])
    client.feedback.get_app_feedbacks(page=UNSET if page is None else page)


def nested_objects(client: DifyCompletion, inputs: Mapping[str, str]) -> None:
    create = client.completion.create_completion_message
    create(inputs=inputs, user="u")
    create(inputs=models.CompletionRequestInputs(query="Hello"), user="u")
    create(inputs={}, user="u", files=())
    image = models.InputFileObject(type="image", transfer_method="local_file", upload_file_id="f")
    by_url = {"type": "image", "transfer_method": "remote_url", "url": "https://example.org/"}
    create(inputs={"language": "French", "count": 3}, user="u", files=[image, by_url])


def files_to_upload(client: DifyCompletion, path: Path) -> None:
    upload = client.files.upload_file
    upload(file=path)
    upload(file=b"text")
    upload(file=BytesIO(b"text"))
    upload(file=("name.txt", b"text"))
    upload(file=("name.txt", path, "text/plain"))
    with path.open("rb") as file:
        upload(file=file)
        upload(file=("name.txt", file, None))
    named: FileTypes = ("name.txt", BytesIO())
    upload(file=named)


# Streams


def events_of_a_stream(client: DifyCompletion) -> str:
    text = ""
    stream = client.completion.stream_completion_message(inputs={}, user="u")
    assert_type(stream, Stream[models.ChunkCompletionEvent | UnknownEvent])
    with stream as events:
        assert_type(events, Stream[models.ChunkCompletionEvent | UnknownEvent])
        for event in events:
            assert_type(event, models.ChunkCompletionEvent | UnknownEvent)
            if isinstance(event, models.StreamEventMessage):
                assert_type(event, models.StreamEventMessage)
                text += event.answer
    assert_type(next(stream), models.ChunkCompletionEvent | UnknownEvent)
    assert_type(iter(stream), Iterator[models.ChunkCompletionEvent | UnknownEvent])
    assert_type(stream.response, httpx2.Response | None)
    return text


async def awaited_events(client: AsyncDifyCompletion) -> None:
    stream = client.completion.stream_completion_message(inputs={}, user="u")
    assert_type(stream, AsyncStream[models.ChunkCompletionEvent | UnknownEvent])
    async with stream as events:
        async for event in events:
            assert_type(event, models.ChunkCompletionEvent | UnknownEvent)
    assert_type(await anext(stream), models.ChunkCompletionEvent | UnknownEvent)
    assert_type(aiter(stream), AsyncIterator[models.ChunkCompletionEvent | UnknownEvent])
    assert_type(await stream.close(), None)


def told_by_tag(event: models.ChunkCompletionEvent | UnknownEvent) -> None:
    if isinstance(event, UnknownEvent):
        assert_type(event.tag, str)
        assert_type(event.data, Any)
    elif event.event == "message":
        assert_type(event, models.StreamEventMessage)
    elif event.event == "message_end":
        assert_type(event.metadata, models.CompletionMetadata)
    elif event.event == "tts_message":
        assert_type(event.audio, bytes)
    elif event.event == "error":
        assert_type(event.status, int)
    else:
        assert_type(event, models.StreamEventMessageReplace | models.StreamEventTtsMessageEnd)


def told_by_class(event: models.ChunkCompletionEvent | UnknownEvent) -> str:
    match event:
        case models.StreamEventMessage(answer=text) | models.StreamEventMessageReplace(answer=text):
            return assert_type(text, str)
        case models.StreamEventMessageEnd() | models.StreamEventError():
            return event.event
        case models.StreamEventTtsMessage() | models.StreamEventTtsMessageEnd():
            return event.task_id
        case UnknownEvent(tag=tag):
            return tag
        case _:
            assert_never(event)


async def whole_streams(client: DifyCompletion, awaited: AsyncDifyCompletion) -> None:
    stream = client.completion.stream_completion_message(inputs={}, user="u")
    whole = stream.collect()
    assert_type(whole, Collected[models.ChunkCompletionEvent | UnknownEvent])
    assert_type(whole.text, str)
    assert_type(whole.end, models.ChunkCompletionEvent | UnknownEvent | None)
    assert_type(whole.events, list[models.ChunkCompletionEvent | UnknownEvent])
    if isinstance(whole.end, models.StreamEventMessageEnd):
        assert_type(whole.end.metadata.usage.total_tokens, int)
    other = awaited.completion.stream_completion_message(inputs={}, user="u")
    assert_type(await other.collect(), Collected[models.ChunkCompletionEvent | UnknownEvent])


# Bytes, pages, whole responses


def audio(client: DifyCompletion, path: Path) -> None:
    with client.tts.text_to_audio(text="Hello") as answer:
        assert_type(answer, BinaryResponse)
        assert_type(answer.content_type, str | None)
        assert_type(answer.iter_bytes(1024), Iterator[bytes])
    assert_type(answer.read(), bytes)
    assert_type(answer.write_to(path), None)
    answer.write_to("audio.mp3")
    assert_type(answer.response, httpx2.Response)


async def awaited_audio(client: AsyncDifyCompletion) -> None:
    async with await client.tts.text_to_audio(text="Hello") as answer:
        assert_type(answer, AsyncBinaryResponse)
        async for chunk in answer.iter_bytes():
            assert_type(chunk, bytes)
    assert_type(await answer.read(), bytes)
    assert_type(await answer.write_to("audio.mp3"), None)


def pages(client: DifyCompletion) -> None:
    feedbacks = client.feedback.iter_get_app_feedbacks(limit=50, timeout=5)
    assert_type(feedbacks, Pages[models.AppFeedbacksResponse, models.FeedbackItem])
    for item in feedbacks:
        assert_type(item, models.FeedbackItem)
    for page in feedbacks.pages():
        assert_type(page, models.AppFeedbacksResponse)


async def awaited_pages(client: AsyncDifyCompletion) -> None:
    feedbacks = client.feedback.iter_get_app_feedbacks()
    assert_type(feedbacks, AsyncPages[models.AppFeedbacksResponse, models.FeedbackItem])
    assert_type([item async for item in feedbacks], list[models.FeedbackItem])
    async for page in feedbacks.pages():
        assert_type(page, models.AppFeedbacksResponse)


def responses(client: DifyCompletion) -> None:
    answer = client.with_response(client.application.get_app_info, timeout=5)
    assert_type(answer, APIResponse[models.AppInfoResponse])
    assert_type(answer.value, models.AppInfoResponse)
    assert_type(answer.status_code, int)
    assert_type(answer.headers, httpx2.Headers)
    assert_type(answer.tries, int)
    assert_type(answer.response, httpx2.Response)
    uploaded = client.with_response(client.files.upload_file, file=b"", user="u")
    assert_type(uploaded.value.id, str)


async def awaited_responses(client: AsyncDifyCompletion) -> None:
    stopped = client.with_response(client.completion.stop_generate, task_id="t", user="u")
    assert_type(await stopped, APIResponse[models.StopGenerateResponse])


# Models


def fields(client: DifyCompletion) -> None:
    parameters = client.application.get_app_parameters()
    assert_type(parameters.opening_statement, str | None)
    assert_type(parameters.suggested_questions, list[str])
    assert_type(parameters.text_to_speech.auto_play, str | None)
    assert_type(
        parameters.file_upload.image.transfer_methods,
        list[Literal["remote_url", "local_file"]],
    )
    for item in parameters.user_input_form:
        assert_type(item, models.UserInputFormItem)
        if isinstance(item, models.TextInputControlWrapper):
            assert_type(item.text_input.max_length, int | None)
    feedback = client.feedback.get_app_feedbacks().data[0]
    assert_type(feedback.rating, Literal["like", "dislike"] | None)
    assert_type(feedback.created_at, dt.datetime)
    assert_type(client.application.get_web_app_settings().icon_type, Literal["emoji", "image"])


def fields_of_an_answer(answer: models.CompletionResponse) -> None:
    assert_type(answer.mode, Literal["completion"])
    assert_type(answer.metadata.usage.total_price, decimal.Decimal)
    assert_type(answer.metadata.retriever_resources, list[models.RetrieverResource] | None)
    assert_type(answer.model_fields_set, set[str])
    assert_type(answer.to_wire(), dict[str, Any])
    assert_type(models.CompletionResponse.model_validate({}), models.CompletionResponse)


# Errors


def errors(client: DifyCompletion) -> None:
    try:
        client.application.get_app_info()
    except RateLimitError as refused:
        assert_type(refused.status_code, int)
        assert_type(refused.code, str | int | None)
        assert_type(refused.message, str)
        assert_type(refused.body, Any)
        assert_type(refused.response, httpx2.Response)
        assert_type(refused.request, httpx2.Request)
        assert_type(refused.tries, int)
        refusal: APIStatusError = refused
        assert_type(refusal.response.headers.get("retry-after", ""), str)
    except APITimeoutError as late:
        same: tuple[APIConnectionError, TimeoutError] = (late, late)
        assert_type(same[0].request.url, httpx2.URL)
    except IncompleteStreamError as incomplete:
        assert_type(incomplete.tries, int)
    except ResponseValidationError as misfit:
        assert_type(misfit.pointer, str | None)
        assert_type(misfit.expected, str | None)
        assert_type(misfit.found, Any)
        assert_type(misfit.response, httpx2.Response)
        assert_type(misfit.status_code, int)
    except StreamError as reported:
        assert_type(reported.event, Any)
        assert_type(reported.code, str | int | None)
        assert_type(reported.response, httpx2.Response | None)
    except InvalidArgumentError as wrong:
        value_error: ValueError = wrong
        assert_type(wrong.argument, str)
        raise value_error from wrong
    except APIError as error:
        assert_type(error.message, str)


def package() -> None:
    """Imported as a whole, though its parts are read only when they are asked for."""
    assert_type(dify_completion.DifyCompletion(), DifyCompletion)
    assert_type(dify_completion.models.AppInfoResponse.model_validate({}), models.AppInfoResponse)
    assert_type(dify_completion.__version__, str)
