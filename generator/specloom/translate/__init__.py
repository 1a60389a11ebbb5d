"""The normalized document into the IR: Python names settled, wire names kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom import names
from specloom.document.walk import operations_of, path_items
from specloom.ir import Method, Package, Resource
from specloom.text import printable

from . import losses, wider
from .media import alternatives
from .models import models
from .operations import Context, Declared, methods
from .paging import can_page
from .responses import streams_beside, without_content
from .security import requirements, schemes
from .servers import base_url
from .types import Types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import ClientSettings
    from specloom.diagnostics import Collector
    from specloom.document.load import Document


def translate(document: Document, client: ClientSettings, collector: Collector) -> Package:
    """Say the whole document in Python's terms; what can't be said goes to the collector."""
    tree = document.tree
    classes = models(tree)
    types = Types(tree, {model.component: model.class_name for model in classes})
    known = schemes(tree)
    context = Context(tree, types, known)
    by_tag: dict[str, list[Method]] = {}
    declared = _declared(tree, types)
    losses.report(declared, document, collector)
    wider.report(document, types, collector)
    for operation in declared:
        tag = next(iter(operation.value.get("tags", ())), "")
        by_tag.setdefault(tag, []).extend(methods(operation, context))
    untagged = tuple(by_tag.pop("", ()))
    info = tree["info"]
    return Package(
        client.distribution,
        client.package,
        client.class_name,
        client.version,
        client.environment or client.package.upper(),
        printable(info["title"]) or client.distribution,
        printable(info.get("description", "")),
        printable(info["version"]),
        base_url(tree.get("servers"), tree.get("$self", "")),
        known,
        requirements(tree.get("security", []), known),
        tuple(_resources(tree, by_tag, untagged, client.class_name)),
        untagged,
        classes,
    )


def _declared(tree: dict[str, Any], types: Types) -> list[Declared]:
    """The operations, with the names of their methods: more where one streams or walks pages."""
    found = {place: (path, method, value) for place, path, method, value in _operations(tree)}
    spelt = names.method_names({place: _id(*operation) for place, operation in found.items()})
    streaming = names.streaming_names(
        (spelt[place] for place, (_, _, value) in found.items() if streams_beside(value, types)),
        spelt.values(),
    )
    iterating = names.iterating_names(
        (spelt[place] for place, (_, _, value) in found.items() if can_page(value, types)),
        {*spelt.values(), *streaming.values()},
    )
    sending = names.sending_names(
        (
            (name, body.key)
            for place, (_, _, value) in found.items()
            for body in alternatives(value.get("requestBody"), tree)[1:]
            for name in (spelt[place], streaming.get(spelt[place]))
            if name
        ),
        {*spelt.values(), *streaming.values(), *iterating.values()},
    )
    return [
        Declared(
            path, method, value, place, name, streaming.get(name), iterating.get(name), sending
        )
        for place, (path, method, value) in found.items()
        for name in [spelt[place]]
    ]


def _id(path: str, method: str, operation: dict[str, Any]) -> str:
    given: str = operation.get("operationId", f"{method.lower()} {path}")
    return given


def _operations(tree: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each operation after its place, its path and its method; no other method is capitalized."""
    for item in path_items(tree):
        for node in operations_of(item):
            method = str(node.key)
            fixed = node.parent is item.value
            value = without_content(node.value) if fixed and method == "head" else node.value
            yield node.pointer, str(item.key), method.upper() if fixed else method, value


def _resources(
    tree: dict[str, Any], by_tag: dict[str, list[Method]], untagged: tuple[Method, ...], client: str
) -> Iterator[Resource]:
    described = {tag["name"]: printable(tag.get("description", "")) for tag in tree.get("tags", ())}
    order = [tag for tag in described if tag in by_tag]
    order += [tag for tag in by_tag if tag not in described]
    attributes = names.resource_names(order, [method.name for method in untagged])
    classes = names.resource_classes(order, client)
    for tag in order:
        yield Resource(attributes[tag], classes[tag], described.get(tag, ""), tuple(by_tag[tag]))
