"""What a method's signature admits, and what the document does, into arguments for one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.corpus.making.letters import ANY, HEADER, PATH
from tests.corpus.making.validity import NoValueError

from .bodies import Bodies
from .drawing import Types, Wanted
from .fitting import RefusedError, can_stand

if TYPE_CHECKING:
    from tests.corpus.server.document import Described
    from tests.corpus.server.parameters import Parameter

    from .package import Method

_LETTERS = {"path": PATH, "header": HEADER, "cookie": HEADER}
_BOOLEANS = st.booleans()


@dataclass
class Call:
    """The arguments of one call, and what they mean on the wire."""

    arguments: dict[str, Any] = field(default_factory=dict)
    parameters: dict[tuple[str, str], Any] = field(default_factory=dict)
    body: Any = None
    has_body: bool = False
    files: dict[str, list[bytes]] = field(default_factory=dict)
    is_wider: bool = False

    def give_body(self, wire: Any, value: Any) -> None:
        """Give a body that has one argument."""
        self.arguments["body"], self.body, self.has_body = value, wire, True


class Arguments:
    """Makes the calls of one method."""

    def __init__(self, method: Method, described: Described) -> None:
        self._method = method
        self._documented = {_key(each): each for each in described.parameters}
        self._types = Types()
        self._bodies = Bodies(method, described, self._types)

    def call(self, draw: Any, *, by_document: bool) -> Call:
        """Make a call. Raises RefusedError, NoValueError."""
        made = Call()
        for parameter in self._method.operation.parameters:
            self._add(draw, made, parameter, by_document=by_document)
        self._miss()
        self._bodies.add(draw, made, by_document=by_document)
        return made

    def _miss(self) -> None:
        """Raise for a parameter of the document that the signature doesn't have."""
        known = {_key(each) for each in self._method.operation.parameters}
        for key, each in self._documented.items():
            if not each.is_ignored and key not in known:
                raise RefusedError(f"no argument for {each.location} {each.name}")

    def _add(self, draw: Any, made: Call, parameter: Any, *, by_document: bool) -> None:
        documented = self._documented.get(_key(parameter))
        if documented and documented.is_ignored:
            return
        is_needed = self._is_needed(parameter, documented)
        if not is_needed and draw(_BOOLEANS):
            return
        wanted = Wanted(
            f"{parameter.location} {parameter.name}",
            parameter.type,
            documented.content if documented else None,
            lambda wire: can_stand(parameter, wire),
            _LETTERS.get(parameter.location, ANY),
        )
        drawn = self._types.draw(draw, wanted, by_document=by_document)
        if drawn.wire is not None:
            made.is_wider |= drawn.is_wider
            made.arguments[parameter.argument] = drawn.value
            made.parameters[parameter.location, parameter.name] = drawn.wire
        elif is_needed:
            raise NoValueError(f"only null was made for {wanted.where}")

    def _is_needed(self, parameter: Any, documented: Parameter | None) -> bool:
        found = self._method.signature.parameters.get(parameter.argument)
        if found is None:
            raise RefusedError(f"the method has no argument {parameter.argument}")
        return (documented is not None and documented.is_required) or found.default is found.empty


def _key(parameter: Any) -> tuple[str, str]:
    """What tells a parameter from others; headers have no case."""
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return parameter.location, name
