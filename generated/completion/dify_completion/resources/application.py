"""Operations to retrieve application settings and information."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _get_app_info_operation() -> Operation[models.AppInfoResponse]:
    return Operation(
        id="getAppInfo",
        method="GET",
        path="/info",
        answers=(Answer("200", {"application/json": models.AppInfoResponse}),),
    )


@cache
def _get_app_parameters_operation() -> Operation[models.AppParametersResponse]:
    return Operation(
        id="getAppParameters",
        method="GET",
        path="/parameters",
        answers=(Answer("200", {"application/json": models.AppParametersResponse}),),
    )


@cache
def _get_web_app_settings_operation() -> Operation[models.WebAppSettingsResponse]:
    return Operation(
        id="getWebAppSettings",
        method="GET",
        path="/site",
        answers=(Answer("200", {"application/json": models.WebAppSettingsResponse}),),
    )


class Application(Resource):
    """Operations to retrieve application settings and information."""

    def get_app_info(self, **options: Unpack[RequestOptions]) -> models.AppInfoResponse:
        """Get Application Basic Information.

        Used to get basic information about this application.
        """
        return self._request(_get_app_info_operation(), {}, options)

    def get_app_parameters(self, **options: Unpack[RequestOptions]) -> models.AppParametersResponse:
        """Get Application Parameters Information.

        Used at the start of entering the page to obtain information such as features, input
        parameter names, types, and default values.
        """
        return self._request(_get_app_parameters_operation(), {}, options)

    def get_web_app_settings(
        self, **options: Unpack[RequestOptions]
    ) -> models.WebAppSettingsResponse:
        """Get Application WebApp Settings.

        Used to get the WebApp settings of the application.
        """
        return self._request(_get_web_app_settings_operation(), {}, options)


class AsyncApplication(AsyncResource):
    """Operations to retrieve application settings and information."""

    async def get_app_info(self, **options: Unpack[RequestOptions]) -> models.AppInfoResponse:
        """Get Application Basic Information.

        Used to get basic information about this application.
        """
        return await self._request(_get_app_info_operation(), {}, options)

    async def get_app_parameters(
        self, **options: Unpack[RequestOptions]
    ) -> models.AppParametersResponse:
        """Get Application Parameters Information.

        Used at the start of entering the page to obtain information such as features, input
        parameter names, types, and default values.
        """
        return await self._request(_get_app_parameters_operation(), {}, options)

    async def get_web_app_settings(
        self, **options: Unpack[RequestOptions]
    ) -> models.WebAppSettingsResponse:
        """Get Application WebApp Settings.

        Used to get the WebApp settings of the application.
        """
        return await self._request(_get_web_app_settings_operation(), {}, options)
