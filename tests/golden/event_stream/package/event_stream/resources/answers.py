"""Answers."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Body, EventStream, Operation
from .._runtime.request import RequestOptions
from .._runtime.streaming import AsyncStream, Stream, UnknownEvent


@cache
def _create_answer_operation() -> Operation[models.CreateAnswerResponse]:
    return Operation(
        id="createAnswer",
        method="POST",
        path="/answers",
        body=Body(
            "application/json",
            models.CreateAnswerRequest,
            arguments={"question": "question"},
            constants={"mode": "blocking"},
        ),
        answers=(Answer("200", {"application/json": models.CreateAnswerResponse}),),
    )


@cache
def _stream_answer_operation() -> Operation[models.Event | UnknownEvent]:
    return Operation(
        id="createAnswer",
        method="POST",
        path="/answers",
        body=Body(
            "application/json",
            models.CreateAnswerRequest,
            arguments={"question": "question"},
            constants={"mode": "streaming"},
        ),
        answers=(
            Answer(
                "200",
                {
                    "text/event-stream": EventStream(
                        models.Event,
                        tag="event",
                        ends=frozenset({"end", "error"}),
                        keep_alive="ping",
                        error="error",
                        text={"word": "text", "correction": "whole-text"},
                        replacements=frozenset({"correction"}),
                    )
                },
            ),
        ),
    )


@cache
def _watch_ticks_operation() -> Operation[models.WatchTicksEvent]:
    return Operation(
        id="watchTicks",
        method="GET",
        path="/ticks",
        answers=(
            Answer(
                "200",
                {
                    "text/event-stream": EventStream(
                        models.WatchTicksEvent,
                        tag=None,
                        ends=frozenset(),
                        keep_alive=None,
                        error=None,
                    )
                },
            ),
        ),
    )


class Answers(Resource):
    """Answers."""

    def create_answer(
        self, *, question: str, **options: Unpack[RequestOptions]
    ) -> models.CreateAnswerResponse:
        """Ask, and get the answer whole or word by word."""
        return self._request(_create_answer_operation(), {"question": question}, options)

    def stream_answer(
        self, *, question: str, **options: Unpack[RequestOptions]
    ) -> Stream[models.Event | UnknownEvent]:
        """Ask, and get the answer whole or word by word.

        Gives events as they arrive: enter it by `with`, which sends the request.
        """
        return self._stream(_stream_answer_operation(), {"question": question}, options)

    def watch_ticks(self, **options: Unpack[RequestOptions]) -> Stream[models.WatchTicksEvent]:
        """Watch the clock.

        Gives events as they arrive: enter it by `with`, which sends the request.
        """
        return self._stream(_watch_ticks_operation(), {}, options)


class AsyncAnswers(AsyncResource):
    """Answers."""

    async def create_answer(
        self, *, question: str, **options: Unpack[RequestOptions]
    ) -> models.CreateAnswerResponse:
        """Ask, and get the answer whole or word by word."""
        return await self._request(_create_answer_operation(), {"question": question}, options)

    def stream_answer(
        self, *, question: str, **options: Unpack[RequestOptions]
    ) -> AsyncStream[models.Event | UnknownEvent]:
        """Ask, and get the answer whole or word by word.

        Gives events as they arrive: enter it by `async with`, which sends the request.
        """
        return self._stream(_stream_answer_operation(), {"question": question}, options)

    def watch_ticks(self, **options: Unpack[RequestOptions]) -> AsyncStream[models.WatchTicksEvent]:
        """Watch the clock.

        Gives events as they arrive: enter it by `async with`, which sends the request.
        """
        return self._stream(_watch_ticks_operation(), {}, options)
