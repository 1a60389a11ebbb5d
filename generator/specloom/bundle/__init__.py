"""A document of several files into one: what `$ref`s take from elsewhere becomes part of the tree.

So does what they name by `$id`, `$anchor` or `$self`: afterwards each is a JSON pointer into the
tree. Knows how OpenAPI names components; knows nothing of Python.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Severity
from specloom.document.copied import copied
from specloom.document.load import UNPARSABLE, is_too_deep
from specloom.document.pointer import join, tokens
from specloom.document.walk import SECTIONS, Node, below
from specloom.names import free_component

from .files import Files, root_file
from .gather import Gathering
from .identifiers import KEYWORDS
from .part import Key, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Collector
    from specloom.document.load import Document

_ELSEWHERE: Final = re.compile(
    r"""\$(?:id\b|self\b|anchor\b|dynamic|ref["']?\s*+:\s*+["']?+(?!\#/(?:components|paths)/))"""
)
_ESCAPED: Final = re.compile(r"\\(?:u00|x|U000000)(?:24|[46][1-9A-Fa-f]|[57][0-9Aa])")
"""What a text holds if something is to be done; most hold neither.

A keyword may be spelt by escapes of `$` and of letters.
"""
_STRUCTURE: Final = {"schema", "items", "properties", "$defs", "content", "value"}


def bundle(
    document: Document,
    remote: Sequence[str],
    collector: Collector,
    *,
    refusals: Severity = Severity.ERROR,
) -> Document:
    """The document with everything that it refers to, `origins` telling where it was written.

    `remote` are the beginnings of the URLs that may be read. What may not or can't be read is
    told with the weight of `refusals`; as errors, they raise HaltedError.
    """
    text = document.source.text
    if not (_ELSEWHERE.search(text) or _ESCAPED.search(text)):
        return document
    root = root_file(document.tree, document.source)
    files = Files(root, remote)
    whole = Part(Key("", "", "openapi"), copied(document.tree), {"": (root, "")})
    gathering = Gathering(files, collector, str(document.tree.get("openapi"))[:3], refusals)
    gathering.gather(whole)
    collector.halt_on_errors()
    _assemble(gathering, whole, document)
    if is_too_deep(document.tree):
        collector.halt(UNPARSABLE, "nested too deeply with what it refers to", document.locate(""))
    return document


def _assemble(gathering: Gathering, whole: Part, document: Document) -> None:
    """Make components of the parts, and spell the references to them."""
    for part in gathering.parts.values():
        _forget_identifiers(part)
    inner = {key for key in gathering.parts if gathering.placed[key][0] != key}
    names = _names(gathering, whole.value, inner)
    for use in gathering.uses:
        use.holder[use.name] = "#" + _place(gathering, names, use.key).replace("%", "%25")
    document.tree = whole.value
    _note_origins(document, whole, "")
    for key, name in sorted(names.items(), key=lambda named: (named[1], named[0])):
        section = SECTIONS[key.kind]
        _object_in(_object_in(document.tree, "components"), section)[name] = gathering.parts[
            key
        ].value
        _note_origins(document, gathering.parts[key], join("/components", section, name))


def _object_in(tree: dict[str, Any], field: str) -> dict[str, Any]:
    if not isinstance(tree.get(field), dict):
        tree[field] = {}
    found: dict[str, Any] = tree[field]
    return found


def _note_origins(document: Document, part: Part, place: str) -> None:
    for here, (file, pointer) in part.origins.items():
        if place or here:
            document.origins[place + here] = file.source, pointer


def _place(gathering: Gathering, names: dict[Key, str], key: Key) -> str:
    """The pointer in the document of what stands at a place of a file."""
    if key.file == "":
        return key.pointer
    holder, here = gathering.placed[key]
    if holder.file == "":
        return here
    return join("/components", SECTIONS[holder.kind], names[holder]) + here


def _names(gathering: Gathering, tree: dict[str, Any], inner: set[Key]) -> dict[Key, str]:
    """The name of each part as a component; the same in any order of the references."""
    components = _object_in(tree, "components") if len(gathering.parts) > 1 else {}
    named = {key: name for key, name in gathering.homes.items() if key not in inner}
    taken: dict[str, set[str]] = {}
    wanted = {
        key: _wanted(key)
        for key in gathering.parts
        if key.file and key not in inner and key not in named
    }
    for key in sorted(wanted, key=lambda key: (wanted[key], key)):
        section = SECTIONS[key.kind]
        names = taken.setdefault(section, set(_object_in(components, section)))
        named[key] = free_component(wanted[key], names)
        names.add(named[key])
    return named


def _wanted(key: Key) -> str:
    """The name that a part has where it was written, or else its file's."""
    parts = [part for part in tokens(key.pointer) if not part.isdecimal()]
    telling = [part for part in parts if part not in _STRUCTURE]
    name = telling[-1] if telling else PurePosixPath(key.file.partition("?")[0]).stem
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_") or key.kind.replace("-", "_")


def _forget_identifiers(part: Part) -> None:
    """Drop the names that references went by: others would take pointers relative to them."""
    for node in below(Node(part.key.kind, "", part.value)):
        if node.kind == "schema" and isinstance(node.value, dict):
            for keyword in KEYWORDS:
                if isinstance(node.value.get(keyword), str):
                    del node.value[keyword]
            if part.key.file and not node.pointer:
                node.value.pop("$schema", None)
                node.value.pop("definitions", None)
