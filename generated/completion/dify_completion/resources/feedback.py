"""Operations related to user feedback."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Unpack

from pydantic import Field

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import (
    UNSET,
    Answer,
    Body,
    Operation,
    Paging,
    Parameter,
    Unset,
)
from .._runtime.pages import AsyncPages, Pages
from .._runtime.request import RequestOptions


@cache
def _get_app_feedbacks_operation() -> Operation[models.AppFeedbacksResponse]:
    return Operation(
        id="getAppFeedbacks",
        method="GET",
        path="/app/feedbacks",
        parameters=(
            Parameter("page", "page", "query", Annotated[int, Field(ge=1)], explode=True),
            Parameter("limit", "limit", "query", Annotated[int, Field(ge=1, le=101)], explode=True),
        ),
        answers=(Answer("200", {"application/json": models.AppFeedbacksResponse}),),
    )


_ITER_GET_APP_FEEDBACKS = Paging(by="page", items="/data", start=1)


@cache
def _post_message_feedback_operation() -> Operation[models.PostMessageFeedbackResponse]:
    return Operation(
        id="postMessageFeedback",
        method="POST",
        path="/messages/{message_id}/feedbacks",
        parameters=(Parameter("message_id", "message_id", "path", str, style="simple"),),
        body=Body(
            "application/json",
            models.MessageFeedbackRequest,
            arguments={"user": "user", "rating": "rating", "content": "content"},
            not_null=frozenset({"content"}),
        ),
        answers=(Answer("200", {"application/json": models.PostMessageFeedbackResponse}),),
        is_idempotent=True,
    )


class Feedback(Resource):
    """Operations related to user feedback."""

    def get_app_feedbacks(
        self,
        *,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AppFeedbacksResponse:
        """Get feedbacks of application.

        Get application's feedbacks.

        Args:
            page: (optional) Pagination page number. Default: 1.
            limit: (optional) Records per page. Default: 20.
        """
        return self._request(
            _get_app_feedbacks_operation(), {"page": page, "limit": limit}, options
        )

    def iter_get_app_feedbacks(
        self,
        *,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Pages[models.AppFeedbacksResponse, models.FeedbackItem]:
        """Get feedbacks of application.

        Gives the items of all pages, which are asked for while it is iterated.

        Get application's feedbacks.

        Args:
            page: (optional) Pagination page number. Default: 1.
            limit: (optional) Records per page. Default: 20.
        """
        return self._paginate(
            _get_app_feedbacks_operation(),
            _ITER_GET_APP_FEEDBACKS,
            {"page": page, "limit": limit},
            options,
        )

    def post_message_feedback(
        self,
        *,
        message_id: str,
        user: str,
        rating: Literal["like", "dislike"] | None,
        content: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.PostMessageFeedbackResponse:
        """Message Feedback.

        End-users can provide feedback messages, facilitating application developers to optimize
        expected outputs.

        Args:
            message_id: Message ID for which feedback is being provided.
            user: The user who asked for the message.
            rating: `like`, `dislike`, or null to revoke. To revoke feedback that does not exist is
                an error.
            content: What the user says about it. Left out, an earlier text is lost.
        """
        return self._request(
            _post_message_feedback_operation(),
            {"message_id": message_id, "user": user, "rating": rating, "content": content},
            options,
        )


class AsyncFeedback(AsyncResource):
    """Operations related to user feedback."""

    async def get_app_feedbacks(
        self,
        *,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.AppFeedbacksResponse:
        """Get feedbacks of application.

        Get application's feedbacks.

        Args:
            page: (optional) Pagination page number. Default: 1.
            limit: (optional) Records per page. Default: 20.
        """
        return await self._request(
            _get_app_feedbacks_operation(), {"page": page, "limit": limit}, options
        )

    def iter_get_app_feedbacks(
        self,
        *,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncPages[models.AppFeedbacksResponse, models.FeedbackItem]:
        """Get feedbacks of application.

        Gives the items of all pages, which are asked for while it is iterated.

        Get application's feedbacks.

        Args:
            page: (optional) Pagination page number. Default: 1.
            limit: (optional) Records per page. Default: 20.
        """
        return self._paginate(
            _get_app_feedbacks_operation(),
            _ITER_GET_APP_FEEDBACKS,
            {"page": page, "limit": limit},
            options,
        )

    async def post_message_feedback(
        self,
        *,
        message_id: str,
        user: str,
        rating: Literal["like", "dislike"] | None,
        content: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.PostMessageFeedbackResponse:
        """Message Feedback.

        End-users can provide feedback messages, facilitating application developers to optimize
        expected outputs.

        Args:
            message_id: Message ID for which feedback is being provided.
            user: The user who asked for the message.
            rating: `like`, `dislike`, or null to revoke. To revoke feedback that does not exist is
                an error.
            content: What the user says about it. Left out, an earlier text is lost.
        """
        return await self._request(
            _post_message_feedback_operation(),
            {"message_id": message_id, "user": user, "rating": rating, "content": content},
            options,
        )
