"""A request's path, query and headers into a method's arguments.

Knows nothing of bodies, nor of how the method was found.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from specloom.document.references import follow
from specloom.ir import Location

from .given_arguments import UnsendableError, single
from .sent_texts import UNFIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.ir import Parameter

    from .given_arguments import Given

_SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


def take_parameters(
    given: Given, path: Mapping[str, str], query: str, headers: Mapping[str, str]
) -> None:
    """Take what stands in a path, a query and headers. Raises UnsendableError."""
    texts: dict[str, list[str]] = defaultdict(list)
    for name, text in parse_qsl(query, keep_blank_values=True):
        texts[name].append(text)
    for parameter in given.method.operation.parameters:
        name = parameter.name_wire
        if parameter.location is Location.PATH:
            _take_text(given, parameter, path[name])
        elif parameter.location is Location.QUERY and name in texts:
            _take_query(given, parameter, texts.pop(name))
        elif parameter.location is Location.HEADER and name.lower() in headers:
            _take_text(given, parameter, headers[name.lower()])
    given.extra_query |= {name: single(items) for name, items in texts.items()}


def _take_text(given: Given, parameter: Parameter, text: str) -> None:
    # A format that is only a text's is not held to.
    schema = True if parameter.annotation == "str" else _schema(given, parameter)
    value = given.fitting.value(schema, [text], ",")
    if value is UNFIT or parameter.style != "simple":
        raise UnsendableError
    given.give(parameter.argument, value)


def _take_query(given: Given, parameter: Parameter, texts: list[str]) -> None:
    schema = _schema(given, parameter)
    separator = None if parameter.explode else _SEPARATORS.get(parameter.style, ",")
    value = given.fitting.value(schema, texts, separator)
    if value is UNFIT:
        given.extra_query[parameter.name_wire] = single(texts)
        given.stand_in(parameter.argument, schema, parameter.name_wire)
    else:
        given.give(parameter.argument, value)


def _schema(given: Given, parameter: Parameter) -> Any:
    tree = given.fitting.tree
    for item in given.operation.get("parameters", ()):
        declared = follow(tree, item)
        if (declared["name"], declared["in"]) == (parameter.name_wire, parameter.location):
            content = next(iter(declared.get("content", {}).values()), declared)
            return content.get("schema", True)
    return True
