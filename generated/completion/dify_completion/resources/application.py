"""Operations to retrieve application settings and information."""

from __future__ import annotations

from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions

_GET_APP_INFO: Operation[models.AppInfoResponse] = Operation(
    id="getAppInfo",
    method="GET",
    path="/info",
    answers=(Answer("200", {"application/json": models.AppInfoResponse}),),
)

_GET_APP_PARAMETERS: Operation[models.AppParametersResponse] = Operation(
    id="getAppParameters",
    method="GET",
    path="/parameters",
    answers=(Answer("200", {"application/json": models.AppParametersResponse}),),
)

_GET_WEB_APP_SETTINGS: Operation[models.WebAppSettingsResponse] = Operation(
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
        return self._request(_GET_APP_INFO, {}, options)

    def get_app_parameters(self, **options: Unpack[RequestOptions]) -> models.AppParametersResponse:
        """Get Application Parameters Information.

        Used at the start of entering the page to obtain information such as features, input
        parameter names, types, and default values.
        """
        return self._request(_GET_APP_PARAMETERS, {}, options)

    def get_web_app_settings(
        self, **options: Unpack[RequestOptions]
    ) -> models.WebAppSettingsResponse:
        """Get Application WebApp Settings.

        Used to get the WebApp settings of the application.
        """
        return self._request(_GET_WEB_APP_SETTINGS, {}, options)


class AsyncApplication(AsyncResource):
    """Operations to retrieve application settings and information."""

    async def get_app_info(self, **options: Unpack[RequestOptions]) -> models.AppInfoResponse:
        """Get Application Basic Information.

        Used to get basic information about this application.
        """
        return await self._request(_GET_APP_INFO, {}, options)

    async def get_app_parameters(
        self, **options: Unpack[RequestOptions]
    ) -> models.AppParametersResponse:
        """Get Application Parameters Information.

        Used at the start of entering the page to obtain information such as features, input
        parameter names, types, and default values.
        """
        return await self._request(_GET_APP_PARAMETERS, {}, options)

    async def get_web_app_settings(
        self, **options: Unpack[RequestOptions]
    ) -> models.WebAppSettingsResponse:
        """Get Application WebApp Settings.

        Used to get the WebApp settings of the application.
        """
        return await self._request(_GET_WEB_APP_SETTINGS, {}, options)
