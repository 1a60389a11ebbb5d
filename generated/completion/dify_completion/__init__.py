"""A typed client for the Completion App API."""

from importlib import import_module
from typing import TYPE_CHECKING

from ._client import AsyncDifyCompletion as AsyncDifyCompletion
from ._client import DifyCompletion as DifyCompletion
from ._runtime.api_response import APIResponse as APIResponse
from ._runtime.base_client import ClientOptions as ClientOptions
from ._runtime.binary import AsyncBinaryResponse as AsyncBinaryResponse
from ._runtime.binary import BinaryResponse as BinaryResponse
from ._runtime.errors import APIConnectionError as APIConnectionError
from ._runtime.errors import APIError as APIError
from ._runtime.errors import APIStatusError as APIStatusError
from ._runtime.errors import APITimeoutError as APITimeoutError
from ._runtime.errors import AuthenticationError as AuthenticationError
from ._runtime.errors import BadRequestError as BadRequestError
from ._runtime.errors import ConflictError as ConflictError
from ._runtime.errors import EventTooLargeError as EventTooLargeError
from ._runtime.errors import IncompleteStreamError as IncompleteStreamError
from ._runtime.errors import InternalServerError as InternalServerError
from ._runtime.errors import InvalidArgumentError as InvalidArgumentError
from ._runtime.errors import NotFoundError as NotFoundError
from ._runtime.errors import PayloadTooLargeError as PayloadTooLargeError
from ._runtime.errors import PermissionDeniedError as PermissionDeniedError
from ._runtime.errors import RateLimitError as RateLimitError
from ._runtime.errors import ResponseValidationError as ResponseValidationError
from ._runtime.errors import StreamError as StreamError
from ._runtime.errors import UnexpectedResponseError as UnexpectedResponseError
from ._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
from ._runtime.errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
from ._runtime.files import FileTypes as FileTypes
from ._runtime.operation import UNSET as UNSET
from ._runtime.operation import Unset as Unset
from ._runtime.pages import AsyncPages as AsyncPages
from ._runtime.pages import Pages as Pages
from ._runtime.request import RequestOptions as RequestOptions
from ._runtime.streaming import AsyncStream as AsyncStream
from ._runtime.streaming import Collected as Collected
from ._runtime.streaming import ServerSentEvent as ServerSentEvent
from ._runtime.streaming import Stream as Stream
from ._runtime.streaming import UnknownEvent as UnknownEvent
from ._runtime.transport import Timeout as Timeout

if TYPE_CHECKING:
    from . import models as models
else:

    def __getattr__(name):  # the models are long to import, so they are when they are first used
        if name == "models":
            return import_module(".models", __name__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__version__ = "0.1.0"
