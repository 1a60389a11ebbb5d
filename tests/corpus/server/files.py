"""The files of a document, JSON or YAML 1.2, into trees; references into their targets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urldefrag

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class Place(NamedTuple):
    """A value of a document, and the file and the JSON pointer where it stands."""

    value: Any
    file: Path
    pointer: str

    def at(self, *steps: str | int) -> Place:
        """The place below; KeyError if there is none."""
        value, pointer = self.value, self.pointer
        for step in steps:
            value = value[step]
            pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
        return Place(value, self.file, pointer)

    def get(self, step: str) -> Place | None:
        """The place below, None if there is none."""
        return self.at(step) if isinstance(self.value, dict) and step in self.value else None

    @property
    def key(self) -> str:
        """What names the place."""
        return f"{self.file.name}#{self.pointer}"


class Files:
    """All files that a document is in; others than the first are read when they are referred to."""

    def __init__(self, path: Path) -> None:
        self._trees: dict[Path, Any] = {}
        self._anchors: dict[Path, dict[str, Place]] = {}
        self.root = self._place(path)

    def follow(self, place: Place) -> Place:
        """What a place is once its references are followed."""
        seen = set[str]()
        while isinstance(place.value, dict) and isinstance(place.value.get("$ref"), str):
            if place.key in seen:
                raise LookupError(f"{place.key} refers to itself")
            seen.add(place.key)
            place = self.target(place, place.value["$ref"])
        return place

    def target(self, place: Place, reference: str) -> Place:
        """Where a reference at a place leads; LookupError if nowhere."""
        url, fragment = urldefrag(reference)
        if re.match("[a-z]+:", url):
            raise LookupError(f"{reference} is not a local file")
        file = (place.file.parent / unquote(url)).resolve() if url else place.file
        found = self._place(file)
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchored(found)[fragment]
        for step in fragment.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            found = found.at(int(name) if isinstance(found.value, list) else name)
        return found

    def _place(self, file: Path) -> Place:
        if file not in self._trees:
            self._trees[file] = read(file)
        return Place(self._trees[file], file, "")

    def _anchored(self, root: Place) -> dict[str, Place]:
        if root.file not in self._anchors:
            self._anchors[root.file] = dict(_anchors(root))
        return self._anchors[root.file]


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's core schema: no dates, and only `true` and `false` are booleans."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", "<<", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def _int(_loader: Any, node: Any) -> int:
    text = node.value
    return int(text, 0) if text.startswith(("0o", "0x")) else int(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))


def read(file: Path) -> Any:
    """The tree of a JSON or YAML file; its keys are strings."""
    content = file.read_bytes()
    if file.suffix == ".json":
        return json.loads(content)
    return _with_texts_as_keys(yaml.load(content, _Loader))  # noqa: S506 (made of the safe one)


def _with_texts_as_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(name): _with_texts_as_keys(item) for name, item in value.items()}
    return [_with_texts_as_keys(item) for item in value] if isinstance(value, list) else value


def _key(name: Any) -> str:
    return name if isinstance(name, str) else json.dumps(name)


def _anchors(place: Place) -> Any:
    if isinstance(place.value, dict):
        if isinstance(place.value.get("$anchor"), str):
            yield place.value["$anchor"], place
        for name in place.value:
            yield from _anchors(place.at(name))
    elif isinstance(place.value, list):
        for index in range(len(place.value)):
            yield from _anchors(place.at(index))
