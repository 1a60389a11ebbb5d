"""Operations related to text generation and completion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import (
    UNSET,
    Answer,
    Body,
    EventStream,
    Operation,
    Parameter,
    Unset,
)
from .._runtime.request import RequestOptions
from .._runtime.streaming import AsyncStream, Stream, UnknownEvent


@cache
def _create_completion_message_operation() -> Operation[models.CompletionResponse]:
    return Operation(
        id="createCompletionMessage",
        method="POST",
        path="/completion-messages",
        body=Body(
            "application/json",
            models.CompletionRequest,
            arguments={"inputs": "inputs", "user": "user", "files": "files"},
            constants={"response_mode": "blocking"},
            not_null=frozenset({"files"}),
        ),
        answers=(Answer("200", {"application/json": models.CompletionResponse}),),
    )


@cache
def _stream_completion_message_operation() -> Operation[models.ChunkCompletionEvent | UnknownEvent]:
    return Operation(
        id="createCompletionMessage",
        method="POST",
        path="/completion-messages",
        body=Body(
            "application/json",
            models.CompletionRequest,
            arguments={"inputs": "inputs", "user": "user", "files": "files"},
            constants={"response_mode": "streaming"},
            not_null=frozenset({"files"}),
        ),
        answers=(
            Answer(
                "200",
                {
                    "text/event-stream": EventStream(
                        models.ChunkCompletionEvent,
                        tag="event",
                        ends=frozenset({"message_end", "error"}),
                        keep_alive="ping",
                        error="error",
                        text={"message": "answer", "message_replace": "answer"},
                        replacements=frozenset({"message_replace"}),
                    )
                },
            ),
        ),
    )


@cache
def _stop_generate_operation() -> Operation[models.StopGenerateResponse]:
    return Operation(
        id="stopGenerate",
        method="POST",
        path="/completion-messages/{task_id}/stop",
        parameters=(Parameter("task_id", "task_id", "path", str, style="simple"),),
        body=Body("application/json", models.StopGenerateRequest, arguments={"user": "user"}),
        answers=(Answer("200", {"application/json": models.StopGenerateResponse}),),
        is_idempotent=True,
    )


class Completion(Resource):
    """Operations related to text generation and completion."""

    def create_completion_message(
        self,
        *,
        inputs: models.CompletionRequestInputs | Mapping[str, object],
        user: str,
        files: Sequence[models.InputFileObject | Mapping[str, object]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CompletionResponse:
        """Create Completion Message.

        Send a request to the text generation application.

        Args:
            inputs: The values of the app's form, by variable; GET /parameters describes the form in
                `user_input_form`. Unknown variables are ignored.
            user: User identifier, used to define the identity of the end-user for retrieval and
                statistics. Should be uniquely defined by the developer within the application.
            files: Files to look at beside the text. An app whose model has no vision ignores them.
        """
        return self._request(
            _create_completion_message_operation(),
            {"inputs": inputs, "user": user, "files": files},
            options,
        )

    def stream_completion_message(
        self,
        *,
        inputs: models.CompletionRequestInputs | Mapping[str, object],
        user: str,
        files: Sequence[models.InputFileObject | Mapping[str, object]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Stream[models.ChunkCompletionEvent | UnknownEvent]:
        """Create Completion Message.

        Gives events as they arrive: enter it by `with`, which sends the request.

        Send a request to the text generation application.

        Args:
            inputs: The values of the app's form, by variable; GET /parameters describes the form in
                `user_input_form`. Unknown variables are ignored.
            user: User identifier, used to define the identity of the end-user for retrieval and
                statistics. Should be uniquely defined by the developer within the application.
            files: Files to look at beside the text. An app whose model has no vision ignores them.
        """
        return self._stream(
            _stream_completion_message_operation(),
            {"inputs": inputs, "user": user, "files": files},
            options,
        )

    def stop_generate(
        self, *, task_id: str, user: str, **options: Unpack[RequestOptions]
    ) -> models.StopGenerateResponse:
        """Stop Generate.

        Asks to stop a streaming task. The stream ends soon after with an ordinary
        `message_end`. The answer is the same for a task that is unknown, has ended, or is
        another user's; the last goes on.

        Args:
            task_id: Task ID, can be obtained from the streaming chunk return of a
                `/completion-messages` request.
            user: User identifier, used to define the identity of the end-user, must be consistent
                with the user passed in the send message interface.
        """
        return self._request(
            _stop_generate_operation(), {"task_id": task_id, "user": user}, options
        )


class AsyncCompletion(AsyncResource):
    """Operations related to text generation and completion."""

    async def create_completion_message(
        self,
        *,
        inputs: models.CompletionRequestInputs | Mapping[str, object],
        user: str,
        files: Sequence[models.InputFileObject | Mapping[str, object]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CompletionResponse:
        """Create Completion Message.

        Send a request to the text generation application.

        Args:
            inputs: The values of the app's form, by variable; GET /parameters describes the form in
                `user_input_form`. Unknown variables are ignored.
            user: User identifier, used to define the identity of the end-user for retrieval and
                statistics. Should be uniquely defined by the developer within the application.
            files: Files to look at beside the text. An app whose model has no vision ignores them.
        """
        return await self._request(
            _create_completion_message_operation(),
            {"inputs": inputs, "user": user, "files": files},
            options,
        )

    def stream_completion_message(
        self,
        *,
        inputs: models.CompletionRequestInputs | Mapping[str, object],
        user: str,
        files: Sequence[models.InputFileObject | Mapping[str, object]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncStream[models.ChunkCompletionEvent | UnknownEvent]:
        """Create Completion Message.

        Gives events as they arrive: enter it by `async with`, which sends the request.

        Send a request to the text generation application.

        Args:
            inputs: The values of the app's form, by variable; GET /parameters describes the form in
                `user_input_form`. Unknown variables are ignored.
            user: User identifier, used to define the identity of the end-user for retrieval and
                statistics. Should be uniquely defined by the developer within the application.
            files: Files to look at beside the text. An app whose model has no vision ignores them.
        """
        return self._stream(
            _stream_completion_message_operation(),
            {"inputs": inputs, "user": user, "files": files},
            options,
        )

    async def stop_generate(
        self, *, task_id: str, user: str, **options: Unpack[RequestOptions]
    ) -> models.StopGenerateResponse:
        """Stop Generate.

        Asks to stop a streaming task. The stream ends soon after with an ordinary
        `message_end`. The answer is the same for a task that is unknown, has ended, or is
        another user's; the last goes on.

        Args:
            task_id: Task ID, can be obtained from the streaming chunk return of a
                `/completion-messages` request.
            user: User identifier, used to define the identity of the end-user, must be consistent
                with the user passed in the send message interface.
        """
        return await self._request(
            _stop_generate_operation(), {"task_id": task_id, "user": user}, options
        )
