"""Operations into methods (OAS 3.2 §4.10): what they take, send and give back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from specloom import names
from specloom.ir import (
    Answer,
    Argument,
    Kind,
    Method,
    Operation,
    Paging,
    Parameter,
    Security,
    SecurityScheme,
)
from specloom.text import printable

from . import bodies, parameters, responses, security, servers
from .media import RequestBody, alternatives
from .paging import paging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .types import Types


@dataclass(frozen=True, slots=True)
class Context:
    """What the translation of an operation needs beside the operation."""

    tree: dict[str, Any]
    types: Types
    schemes: tuple[SecurityScheme, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """An operation as the document declares it, with the names that its methods get."""

    path: str
    method: str
    value: dict[str, Any]
    place: str
    """The pointer of `value`."""
    name: str
    streaming_name: str | None
    """Of the method that streams, if it stands beside one that gives a value."""
    iterating_name: str | None
    """Of the method that walks through pages, if one method gives a page."""
    sending_names: Mapping[tuple[str, str], str]
    """Of the methods that send another media type, by the method and the media type."""


def methods(operation: Declared, context: Context) -> list[Method]:
    """The methods of an operation: for each media type to send, one that gives a value or a stream.

    Where it gives both, there are two.
    """
    answers = responses.answers(operation.value, context.types)
    kinds = responses.kinds(answers)
    found = alternatives(operation.value.get("requestBody"), context.tree)
    made = [
        (body, _method(operation, kind, body, answers, context))
        for body in found or (None,)
        for kind in kinds
    ]
    return [
        _sending(operation, method, body) if body and found[1:] else method for body, method in made
    ]


def _sending(operation: Declared, method: Method, body: RequestBody) -> Method:
    """The method as one of those that send different media types, under a name of its own."""
    name = operation.sending_names.get((method.name, body.key), method.name)
    function = names.operation_function(name)
    return replace(
        method,
        name=name,
        operation=replace(method.operation, function=function),
        paging=method.paging if name == method.name else None,
        sends=body.media_type,
    )


def _method(
    operation: Declared,
    kind: Kind,
    body: RequestBody | None,
    all_answers: tuple[Answer, ...],
    context: Context,
) -> Method:
    both = operation.streaming_name is not None
    name = (operation.streaming_name if kind is Kind.STREAM else None) or operation.name
    constants = _constants(operation.value, kind, body, context) if both else {}
    given = _Arguments.of(operation, body, constants, context)
    answers = responses.of_kind(all_answers, kind)
    returns = responses.returned(answers, kind)
    return Method(
        name,
        kind,
        Operation(
            names.operation_function(name),
            operation.value.get("operationId", operation.name),
            operation.method,
            operation.path,
            returns,
            given.sent,
            bodies.sending(body, given.fields, constants, context.types) if body else None,
            answers,
            _security(operation.value, context),
            servers.base_url(operation.value.get("servers"), context.tree.get("$self", "")),
            operation.value.get("x-idempotent"),
        ),
        given.arguments,
        returns,
        printable(operation.value.get("summary", "")),
        printable(operation.value.get("description", "")),
        operation.value.get("deprecated", False),
        _paging(operation, kind, given, context),
    )


def _paging(operation: Declared, kind: Kind, given: _Arguments, context: Context) -> Paging | None:
    """How a walk through the pages is made of the method that gives one."""
    if operation.iterating_name is None or kind is not Kind.VALUE:
        return None
    query = {item.name_wire: item.argument for item in given.sent if item.location == "query"}
    return paging(operation.value, operation.iterating_name, query, context.types)


def _security(operation: dict[str, Any], context: Context) -> Security | None:
    """What the operation itself says; None leaves it to the document."""
    if "security" not in operation:
        return None
    return security.requirements(operation["security"], context.schemes)


def _constants(
    operation: dict[str, Any], kind: Kind, body: RequestBody | None, context: Context
) -> dict[str, str | bool]:
    """The request field that chooses the answer: by `x-stream-selector`, else a flag `stream`."""
    selector = operation.get("x-stream-selector")
    if selector:
        return {selector["field"]: selector["stream" if kind is Kind.STREAM else "json"]}
    flag = bodies.fields(body, context.tree).get("stream") if body else None
    is_flag = context.types.read(flag) in {"bool", "bool | None"}
    return {"stream": kind is Kind.STREAM} if is_flag else {}


@dataclass(frozen=True, slots=True)
class _Arguments:
    arguments: tuple[Argument, ...]
    sent: tuple[Parameter, ...]
    fields: dict[str, str]

    @classmethod
    def of(
        cls,
        operation: Declared,
        body: RequestBody | None,
        constants: dict[str, str | bool],
        context: Context,
    ) -> _Arguments:
        """Name the arguments for parameters and body fields together, required ones first."""
        declared = [
            parameter
            for parameter in operation.value.get("parameters", [])
            if parameters.can_send(parameter)
        ]
        properties = bodies.fields(body, context.tree) if body else {}
        keys = [f"{parameter['in']}:{parameter['name']}" for parameter in declared]
        wires = [wire for wire in properties if wire not in constants]
        named = _named(dict(zip(keys, declared, strict=True)), wires)
        fields = {wire: named[f"body:{wire}"] for wire in wires}
        arguments = [
            parameters.argument(parameter, named[key], context.types)
            for key, parameter in zip(keys, declared, strict=True)
        ]
        if body:
            arguments += bodies.arguments(body, fields, context.types)
        sent = tuple(
            parameters.sending(parameter, named[key], context.types)
            for key, parameter in zip(keys, declared, strict=True)
        )
        arguments.sort(key=lambda argument: not argument.required)
        return cls(tuple(arguments), sent, fields)


def _named(declared: dict[str, dict[str, Any]], wires: list[str]) -> dict[str, str]:
    """An argument's name for each parameter and body field; the place tells equal names apart."""
    wanted = {key: parameter["name"] for key, parameter in declared.items()}
    wanted |= {f"body:{wire}": wire for wire in wires}
    times = Counter(wanted.values())
    return names.argument_names(
        {
            key: wire if times[wire] == 1 or key.startswith("path:") else key
            for key, wire in wanted.items()
        }
    )
