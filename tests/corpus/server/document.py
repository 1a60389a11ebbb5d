"""A document into what its server needs of it: operations, their parameters, bodies and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .answers import Choice, choices
from .bodies import read_body, without_files
from .contents import Content
from .discriminators import Discriminators
from .files import Files
from .media_types import fits_range
from .operations import Operation, matching, operations
from .parameters import Parameter, WrongRequestError
from .schemas import Schemas
from .security import is_shown, keys

if TYPE_CHECKING:
    from pathlib import Path

    from .request import Request


@dataclass
class Read:
    """What the server understood of a request."""

    operation: Described
    parameters: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    media_type: str = ""
    body: Any = None
    has_body: bool = False


class Described:
    """An operation with its parameters, bodies and answers, read when they are needed."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self._document, self.operation = document, operation

    @cached_property
    def parameters(self) -> list[Parameter]:
        """Its parameters."""
        return [self._document.parameter(place) for place in self.operation.parameters]

    @cached_property
    def bodies(self) -> dict[str, Content]:
        """Its bodies by media type."""
        place = self._body
        content = place.get("content") if place else None
        return (
            {
                name: Content(self._document.request, self._document.files.follow(content.at(name)))
                for name in (content.value if content else ())
            }
            if content
            else {}
        )

    @property
    def needs_body(self) -> bool:
        """Whether a body has to be sent."""
        return bool(self._body and self._body.value.get("required"))

    @property
    def _body(self) -> Any:
        place = self.operation.place.get("requestBody")
        return self._document.files.follow(place) if place else None

    @cached_property
    def answers(self) -> list[Choice]:
        """Its successful answers."""
        return choices(self._document.files, self._document.answer, self.operation)

    def body_for(self, media_type: str) -> Content | None:
        """The body of a media type."""
        exact = [
            c for n, c in self.bodies.items() if n.partition(";")[0].strip().lower() == media_type
        ]
        return next(iter(exact), None) or next(
            (c for n, c in self.bodies.items() if fits_range(media_type, n)), None
        )


class Document:
    """A whole document, as a server needs it."""

    def __init__(self, path: Path) -> None:
        self.files = Files(path.resolve())
        discriminators = Discriminators(self.files)
        self.request = Schemas(self.files, "request", discriminators)
        self.answer = Schemas(self.files, "answer", discriminators)
        self.operations = [Described(self, each) for each in operations(self.files)]
        self._by_operation = {each.operation: each for each in self.operations}
        self.keys = keys(self.files)
        # Where the document doesn't say which host it is, the caller does.
        self.any_host = False

    @property
    def first_server(self) -> str:
        """The URL of the first server."""
        servers = self.files.root.value.get("servers") or [{"url": "/"}]
        return str(servers[0]["url"])

    def parameter(self, place: Any) -> Parameter:
        """A parameter with its schema."""
        content = place.get("content")
        if content and content.value:
            place_ = self.files.follow(content.at(next(iter(content.value))))
        else:
            place_ = place
        return Parameter(place.value, Content(self.request, place_))

    def read(self, request: Request) -> Read:
        """Find the operation, and read what the document describes. Raises WrongRequestError."""
        found = matching(list(self._by_operation), request, any_host=self.any_host)
        if not found:
            raise WrongRequestError(f"no operation is at {request.method} {request.path}")
        first: WrongRequestError | None = None
        # Several templates may fit (`/{a}/b`, `/a/{b}`): the plainest that takes the request.
        for operation, texts in found:
            try:
                return self._read(self._by_operation[operation], texts, request)
            except WrongRequestError as error:
                first = first or error
        raise first or WrongRequestError("never")

    def _read(self, described: Described, texts: dict[str, str], request: Request) -> Read:
        read = Read(described)
        if not is_shown(self.files, described.operation, request):
            raise WrongRequestError("no security that the document asks for is shown")
        named = {each.name for each in described.parameters if each.location == "query"}
        for parameter in described.parameters:
            if parameter.is_ignored:
                continue
            values = parameter.read(request, texts, named)
            self._check(parameter, values)
            if values:
                read.parameters[parameter.location, parameter.name] = values
        self._read_body(described, request, read)
        return read

    def _check(self, parameter: Parameter, values: list[Any]) -> None:
        where = f"{parameter.location} {parameter.name}"
        fits = parameter.content.fits if parameter.content else bool
        if not values and parameter.is_required:
            # An empty array or object writes nothing (RFC 6570 §3.2.8).
            if not (fits([]) or fits({})):
                raise WrongRequestError(f"{where} is missing")
        elif values and not any(fits(value) for value in values):
            raise WrongRequestError(f"{where} does not fit its schema: {values[0]!r:.200}")

    def _read_body(self, described: Described, request: Request, read: Read) -> None:
        if not described.bodies:
            if request.content:
                raise WrongRequestError("a body where none is described")
            return
        read.media_type = request.media_type
        if not request.content and not request.media_type:
            if described.needs_body:
                raise WrongRequestError("the body is missing")
            return
        content = described.body_for(request.media_type)
        if content is None:
            raise WrongRequestError(f"a body of {request.media_type or 'no media type'}")
        read.body, read.has_body = read_body(request, content), True
        if not isinstance(read.body, bytes) and not content.fits(without_files(read.body)):
            raise WrongRequestError(f"the body does not fit its schema: {read.body!r:.300}")
