# pyright: reportUnnecessaryComparison=error
# ruff: noqa: B018 (an attribute is read for its type)
"""Wrong uses of the client; beside each, the rules by which mypy and basedpyright report it.

Never run: see test_typing.py, where a mistake that goes unseen fails.
"""

from __future__ import annotations

from typing import TextIO

import dify_completion
from dify_completion import (
    APIStatusError,
    AsyncDifyCompletion,
    DifyCompletion,
    RequestOptions,
    Stream,
    UnknownEvent,
    models,
)


def clients() -> None:
    DifyCompletion(key="app-…")  # call-arg, reportCallIssue
    DifyCompletion(api_key=1)  # arg-type, reportArgumentType
    DifyCompletion("app-…", "https://example.org", None)  # call-arg, reportCallIssue
    DifyCompletion(timeout="5")  # arg-type, reportArgumentType
    DifyCompletion(strict="yes")  # arg-type, reportArgumentType
    DifyCompletion(on_error_event="ignore")  # arg-type, reportArgumentType
    DifyCompletion().with_options(http_client=None)  # call-arg, reportCallIssue
    DifyCompletion().with_options(max_retries="2")  # arg-type, reportArgumentType
    DifyCompletion().completions  # attr-defined, reportAttributeAccessIssue


def flavours(client: DifyCompletion, awaited: AsyncDifyCompletion) -> None:
    with awaited:  # attr-defined, reportGeneralTypeIssues
        client.close()
    awaited.application.get_app_info().name  # attr-defined, reportAttributeAccessIssue


async def awaiting(client: DifyCompletion, awaited: AsyncDifyCompletion) -> None:
    await client.application.get_app_info()  # misc, reportGeneralTypeIssues
    awaited.application.get_app_info()  # unused-coroutine, reportUnusedCoroutine
    async with client:  # attr-defined, reportGeneralTypeIssues
        await awaited.close()


def arguments(client: DifyCompletion) -> None:
    stop, rate = client.completion.stop_generate, client.feedback.post_message_feedback
    stop(task_id="t", user="u", task="t")  # call-arg, reportCallIssue
    stop(task_id="t")  # call-arg, reportCallIssue
    stop("t", "u")  # call-arg, reportCallIssue
    stop(task_id=1, user="u")  # arg-type, reportArgumentType
    stop(task_id=None, user="u")  # arg-type, reportArgumentType
    rate(message_id="m", rating="love", user="u")  # arg-type, reportArgumentType
    rate(message_id="m", user="u")  # call-arg, reportCallIssue
    rate(message_id="m", rating=None, user="u", content=None)  # arg-type, reportArgumentType
    client.feedback.get_app_feedbacks(page="1")  # arg-type, reportArgumentType
    client.feedback.iter_get_app_feedbacks(size=1)  # call-arg, reportCallIssue


def nested_objects(client: DifyCompletion) -> None:
    create = client.completion.create_completion_message
    create(inputs="Hello", user="u")  # arg-type, reportArgumentType
    create(inputs={1: "Hello"}, user="u")  # dict-item, reportArgumentType
    create(inputs={}, user="u", files={})  # arg-type, reportArgumentType
    create(inputs={}, user="u", response_mode="streaming")  # call-arg, reportCallIssue
    models.CompletionRequestInputs(query=1)  # arg-type, reportArgumentType


def options_of_a_call(client: DifyCompletion) -> None:
    info = client.application.get_app_info
    info(retries=3)  # call-arg, reportCallIssue
    info(timeout="5")  # arg-type, reportArgumentType
    info(extra_headers={"x-trace": 1})  # dict-item, reportArgumentType
    info(idempotent="yes")  # arg-type, reportArgumentType
    RequestOptions(time_out=5)  # typeddict-unknown-key, reportCallIssue


def files(client: DifyCompletion, text: TextIO) -> None:
    client.files.upload_file(file=text)  # arg-type, reportArgumentType
    client.files.upload_file(file="report.pdf")  # arg-type, reportArgumentType
    client.files.upload_file(file=("name.txt", "text"))  # arg-type, reportArgumentType


def streams(client: DifyCompletion, awaited: AsyncDifyCompletion) -> None:
    stream = client.completion.stream_completion_message(inputs={}, user="u")
    for event in stream:
        event.answer  # union-attr, reportAttributeAccessIssue
        if not isinstance(event, UnknownEvent) and event.event == "message":
            event.metadata  # attr-defined, reportAttributeAccessIssue
        if not isinstance(event, UnknownEvent):
            bool(event.event == "messages")  # comparison-overlap, reportUnnecessaryComparison
    awaited_stream = awaited.completion.stream_completion_message(inputs={}, user="u")
    for _ in awaited_stream:  # attr-defined, reportGeneralTypeIssues
        pass
    end = stream.collect().end
    if not isinstance(end, UnknownEvent):
        end.event  # union-attr, reportOptionalMemberAccess
    other: Stream[models.StreamEventMessageEnd] = stream  # assignment, reportAssignmentType
    other.close()


async def responses(client: DifyCompletion, awaited: AsyncDifyCompletion) -> None:
    whole, stop = client.with_response, client.completion.stop_generate
    whole(stop, task_id="t")  # call-arg, reportCallIssue
    whole(stop, task_id=1, user="u")  # arg-type, reportArgumentType
    whole(stop, task_id="t", user="u", time_out=5)  # call-arg, reportCallIssue
    stream = awaited.completion.stream_completion_message
    await awaited.with_response(stream, inputs={}, user="u")  # arg-type, reportArgumentType
    whole(stop(task_id="t", user="u"))  # arg-type, reportArgumentType reportCallIssue


def models_and_errors(answer: models.CompletionResponse, error: APIStatusError) -> None:
    answer.answers  # attr-defined, reportAttributeAccessIssue
    answer.metadata.retriever_resources[0]  # index, reportOptionalSubscript
    models.InputFileObject(type="image")  # call-arg, reportCallIssue
    assert error.code + 1  # operator, reportOperatorIssue


def names() -> None:
    """What is imported when it is asked for is known all the same."""
    dify_completion.Completion  # attr-defined, reportAttributeAccessIssue
    models.CompletionAnswer  # attr-defined, reportAttributeAccessIssue
