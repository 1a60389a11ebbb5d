"""A document into another that says the same: what is sent by it, and nothing else, counts."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import from_reference, resolve
from specloom.document.references import follow, is_reference
from specloom.document.walk import METHODS, SECTIONS, Node, path_items, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Tree = dict[str, Any]


def shuffled(tree: Tree, random: Random) -> None:
    """Every object's members, and all lists of parameters and tags, in another order."""
    for value in list(_objects(tree)):
        members = list(value.items())
        random.shuffle(members)
        value.clear()
        value.update(members)
    for node in walk(tree):
        for field in ("parameters", "tags"):
            if node.kind in {"operation", "path-item"} and isinstance(node.value.get(field), list):
                random.shuffle(node.value[field])


def _objects(value: Any) -> Iterator[Tree]:
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending += value.values()
        elif isinstance(value, list):
            pending += value


def inlined(tree: Tree, random: Random) -> None:
    """Some of what is referred to, in the place of the references."""
    for node in list(walk(tree)):
        bare = is_reference(node.value) and node.value.keys() <= {"$ref", "summary", "description"}
        if bare and _may_move(node) and random.random() < 0.5:
            place = from_reference(node.value["$ref"])
            if not _leads_to_itself(tree, place):
                node.parent[node.key] = copy.deepcopy(resolve(tree, place))


def _may_move(node: Node) -> bool:
    """Whether a name of it, or none, says nothing: that of an alternative may be a tag."""
    *_, before, _ = node.pointer.split("/")
    return node.parent is not None and before not in {"oneOf", "anyOf", "allOf", "pathItems"}


def _leads_to_itself(tree: Tree, place: str) -> bool:
    seen: set[str] = set()
    pending = [place]
    while pending:
        for value in _objects(resolve(tree, pending.pop())):
            if is_reference(value):
                target = from_reference(value["$ref"])
                if target == place:
                    return True
                if target not in seen:
                    seen.add(target)
                    pending.append(target)
    return False


def extracted(tree: Tree, random: Random) -> None:
    """Some of what is written in its place, as components."""
    for node in list(walk(tree)):
        section = SECTIONS.get(node.kind)
        if (
            section in {"schemas", "parameters", "responses", "requestBodies", "headers"}
            and node.parent is not tree.get("components", {}).get(section)
            and isinstance(node.value, dict)
            and "$ref" not in node.value
            and _may_move(node)
            and random.random() < 0.3
        ):
            named = tree.setdefault("components", {}).setdefault(section, {})
            name = f"Moved{len(named)}"
            named[name] = node.value
            node.parent[node.key] = {"$ref": f"#/components/{section}/{name}"}


def renamed(tree: Tree, _random: Random) -> None:
    """Other names for all components, but for schemas where names are tags."""
    components = tree.get("components", {})
    discriminators = [
        value["discriminator"] for value in _objects(tree) if "discriminator" in value
    ]
    tagged = any(not isinstance(one, dict) or "mapping" not in one for one in discriminators)
    sections = [
        section
        for section in (
            "schemas",
            "parameters",
            "responses",
            "requestBodies",
            "headers",
            "examples",
        )
        if section in components and not (section == "schemas" and tagged)
    ]
    for section in sections:
        components[section] = {f"{name}Anew": one for name, one in components[section].items()}
    beginnings = tuple(f"#/components/{section}/" for section in sections)
    for value in _objects(tree):
        for key, said in value.items():
            if isinstance(said, str) and said.startswith(beginnings):
                *top, name = said.split("/", 4)[:4]
                rest = said.removeprefix("/".join([*top, name]))
                value[key] = "/".join([*top, f"{name}Anew"]) + rest


def schemes_renamed(tree: Tree, _random: Random) -> None:
    """Other names for the security schemes."""
    schemes = tree.get("components", {}).get("securitySchemes")
    if not schemes or any(is_reference(one) for one in schemes.values()):
        return
    names = {name: f"{name}Anew" for name in schemes}
    tree["components"]["securitySchemes"] = {names[name]: one for name, one in schemes.items()}
    for holder in (tree, *(node.value for node in walk(tree) if node.kind == "operation")):
        if isinstance(holder.get("security"), list):
            holder["security"] = [
                {names.get(name, name): scopes for name, scopes in one.items()}
                for one in holder["security"]
            ]


def parameters_moved(tree: Tree, _random: Random) -> None:
    """The parameters of a path in each of its operations."""
    for item in path_items(tree):
        shared = item.value.pop("parameters", []) if isinstance(item.value, dict) else []
        for method in METHODS:
            if method in item.value:
                own = item.value[method].get("parameters", [])
                known = {_known_by(tree, parameter) for parameter in own}
                more = [copy.deepcopy(one) for one in shared if _known_by(tree, one) not in known]
                item.value[method]["parameters"] = [*own, *more]


def _known_by(tree: Tree, parameter: Any) -> tuple[str, str]:
    parameter = follow(tree, parameter)
    return parameter.get("in", ""), parameter.get("name", "")


def respelt(tree: Tree, _random: Random) -> None:
    """Media types and header names in another case, a parameter more; servers with a slash."""
    for node in list(walk(tree)):
        if node.kind in {"request-body", "response"} and "content" in node.value:
            content = node.value["content"]
            node.value["content"] = {
                _respelt(name) if len(content) == 1 else name: media
                for name, media in content.items()
            }
        if node.kind == "response" and isinstance(node.value.get("headers"), dict):
            headers = node.value["headers"]
            node.value["headers"] = {name.upper(): header for name, header in headers.items()}
    for server in tree.get("servers", ()):
        server["url"] = server["url"].rstrip("/") + "/"


def _respelt(media_type: str) -> str:
    return media_type.replace("application/json", "Application/JSON; charset=utf-8")


def untold(tree: Tree, _random: Random) -> None:
    """Other texts, examples, tags and operationIds."""
    tree["info"] = {"title": "Another", "version": "2"}
    tree.pop("tags", None)
    for node in walk(tree):
        if isinstance(node.value, dict) and node.kind != "openapi":
            texts = {"summary", "example", "examples", "externalDocs", "tags"}
            for field in texts & node.value.keys():
                del node.value[field]
            if isinstance(node.value.get("operationId"), str):
                node.value["operationId"] += "Anew"
            if "description" in node.value and node.kind != "components":
                node.value["description"] = "Another."


REWRITINGS: tuple[Callable[[Tree, Random], None], ...] = (
    shuffled, inlined, extracted, renamed, schemes_renamed, parameters_moved, respelt, untold,
)  # fmt: skip


def mutilate(tree: Tree, random: Random) -> None:
    """Take something away, or put in its place what stands elsewhere."""
    for _ in range(random.randint(1, 3)):
        places = [
            (value, name)
            for part in ("paths", "components", "servers", "security", "webhooks")
            for value in _objects(tree.get(part))
            for name in value
        ]
        holder, name = random.choice(places)
        other, also = random.choice(places)
        if random.random() < 0.5:
            del holder[name]
        else:
            holder[name] = copy.deepcopy(other[also])
