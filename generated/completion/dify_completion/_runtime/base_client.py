"""What a client is told once: its keys, its server, and how it sends and reads.

Holds the settings of both flavours and prepares their requests. Knows nothing of sending.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, Self, TypedDict, TypeVar, Unpack

from . import transport as http
from .errors import InvalidArgumentError
from .operation import UNSET, Operation, Security, Unset
from .reading import Reading
from .request import Arguments, RequestOptions, prepare
from .security import APIKey, Keys, credentials_for

HTTP = TypeVar("HTTP", http.Client, http.AsyncClient)
Transport = TypeVar("Transport", http.BaseTransport, http.AsyncBaseTransport)


@dataclass(frozen=True)
class API:
    """What the document says to the client as a whole."""

    name: str
    version: str
    base_url: str | None = None
    environment: str = ""
    schemes: Mapping[str, APIKey] = field(default_factory=dict)
    security: Security = ()


class ClientOptions(TypedDict, total=False):
    """What `with_options` changes; each is as the client itself takes it."""

    api_key: Keys | None
    base_url: str | None
    timeout: http.TimeoutTypes
    max_retries: int
    strict: bool
    on_error_event: Literal["raise", "yield"]


class BaseClient(Generic[HTTP, Transport]):
    """The settings, told by the docstring of each generated client, and what they decide."""

    _api: ClassVar[API]
    _new_http: Callable[..., HTTP]

    def __init__(
        self,
        api_key: Keys | None = None,
        base_url: str | None = None,
        *,
        http_client: HTTP | None = None,
        transport: Transport | None = None,
        timeout: http.TimeoutTypes | Unset = UNSET,
        max_retries: int = 2,
        strict: bool = False,
        on_error_event: Literal["raise", "yield"] = "raise",
    ) -> None:
        keys = self._variable("API_KEY") if api_key is None else api_key
        # A function shows no key where the settings are printed, and can't be pickled.
        self._keys: Callable[[], Keys | None] = lambda: keys
        self._base_url = self._variable("BASE_URL") if base_url is None else base_url
        is_known = self._base_url is not None or self._api.base_url is not None
        if is_known and not (isinstance(self.base_url, str) and http.is_base_url(self.base_url)):
            raise InvalidArgumentError("base_url", "should be http(s)://host:port/path, no more")
        if http_client is not None and transport is not None:
            raise InvalidArgumentError("transport", "give it to the http_client instead")
        if not isinstance(max_retries, int) or max_retries < 0:
            raise InvalidArgumentError("max_retries", "should be an integer, 0 or more")
        if on_error_event not in ("raise", "yield"):
            raise InvalidArgumentError("on_error_event", "should be 'raise' or 'yield'")
        self.max_retries, self.strict, self.on_error_event = max_retries, strict, on_error_event
        self._owns_http = http_client is None
        self._http: HTTP = http_client or self._new_http(
            limits=http.LIMITS, timeout=http.DEFAULT_TIMEOUT, transport=transport
        )
        self.timeout = http.timeout_of(self._http) if timeout is UNSET else timeout

    @property
    def base_url(self) -> str:
        """Where requests go, unless the document gives an operation a server of its own."""
        return (self._api.base_url or "") if self._base_url is None else self._base_url

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def _variable(self, name: str) -> str | None:
        """Read a variable of the environment; one that is empty is not set."""
        return os.environ.get(f"{self._api.environment}_{name}") or None

    @property
    def _reading(self) -> Reading:
        return Reading(self.strict, yields_errors=self.on_error_event == "yield")

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """Give a client with other settings over the same connections, which it does not close."""
        names = ("timeout", "max_retries", "strict", "on_error_event")
        same: Any = {"api_key": self._keys(), "base_url": self._base_url}
        same |= {name: getattr(self, name) for name in names}
        return type(self)(http_client=self._http, **{**same, **options})

    def _prepare(
        self, operation: Operation[Any], arguments: Arguments, options: RequestOptions
    ) -> http.PreparedRequest:
        security = self._api.security if operation.security is None else operation.security
        credentials = credentials_for(security, self._api.schemes, self._keys())
        if credentials is None:
            variable = f"{self._api.environment}_API_KEY"
            raise InvalidArgumentError("api_key", f"give one to the client, or set {variable}")
        base_url = self._base_url or operation.base_url or self.base_url
        if not base_url:
            variable = f"{self._api.environment}_BASE_URL"
            raise InvalidArgumentError("base_url", f"give one to the client, or set {variable}")
        settings = RequestOptions(timeout=self.timeout)
        prepared = prepare(operation, arguments, settings | options, base_url, credentials)
        if self._http.headers.get("user-agent", "").startswith("python-httpx"):
            prepared.headers.setdefault("user-agent", f"{self._api.name}/{self._api.version}")
        return prepared
