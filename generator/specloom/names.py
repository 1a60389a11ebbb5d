"""Wire names into Python identifiers: the only maker of them.

The same names give the same identifiers in any order, and a new name changes no other's unless
both would be spelt alike. Knows nothing of documents or templates.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

# A module is called like its resource, and file systems end a name at 255 bytes.
_LONGEST: Final = 200

_BUILTIN_TYPES: Final = {"bool", "bytes", "dict", "float", "int", "list", "str", "tuple"}

_METHOD_OPTIONS: Final = {
    "extra_headers", "extra_query", "extra_body", "idempotent", "options", "timeout",
}  # fmt: skip

ARGUMENT_RESERVED: Final = frozenset({"self", "body", *_METHOD_OPTIONS})
"""Names that a generated method uses for itself."""

FIELD_RESERVED: Final = frozenset(
    {
        "construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw",
        "schema", "schema_json", "validate", "model_computed_fields", "model_config",
        "model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra",
        "model_fields", "model_fields_set", "model_json_schema", "model_parametrized_name",
        "model_post_init", "model_rebuild", "model_validate", "model_validate_json",
        "model_validate_strings", "mro", "to_wire", "update_forward_refs",
        *_BUILTIN_TYPES,
    }
)  # fmt: skip
"""Names that pydantic's BaseModel or our Model has already, or that annotations need."""

CLASS_RESERVED: Final = frozenset(
    {
        "Annotated", "Any", "Base64", "ConfigDict", "DateTime", "Decimal", "Dict", "Field",
        "Literal", "MISSING", "Model", "Optional", "RootModel", "StringConstraints",
        "TypeAliasType", "Union",
        *(name for name in dir(builtins) if name[0].isupper()),
    }
)  # fmt: skip
"""Names that the module of models imports or that Python gives a meaning."""

METHOD_RESERVED: Final = frozenset(
    {
        "base_url", "cached_property", "close", "date", "deprecated", "max_retries",
        "models", "object", "on_error_event", "strict", "timeout",
        "with_options", "with_response", *_BUILTIN_TYPES,
    }
)  # fmt: skip
"""Names that a generated client has already, or that a class needs in its annotations."""

RESOURCE_CLASS_RESERVED: Final = frozenset(
    {
        "API", "APIKey", "APIResponse", "Annotated", "Answer", "Any", "BINARY", "Base64", "Basic",
        "Bearer", "BinaryResponse", "Body", "Client", "ClientOptions", "Collected", "DateTime",
        "Decimal", "Encoding", "EventStream", "Field", "FileContent", "FileTypes", "Literal",
        "Iterable", "Mapping", "Operation", "Pages", "Paging", "Parameter", "RequestOptions",
        "Resource", "Sequence", "ServerSentEvent", "Stream", "SyncClient", "TEXT", "TYPE_CHECKING",
        "Timeout", "UNSET", "UnknownEvent", "Unpack", "Unset", "annotations", "cache",
        "cached_property", "date", "deprecated", "import_module", "models",
    }
)  # fmt: skip
"""Names that the modules of operations and clients import, alone or after `Async`."""


def words(text: str) -> list[str]:
    """The words of a name in any convention: camelCase, snake_case, kebab-case, dotted."""
    normal = unicodedata.normalize("NFKC", text)
    # Some numerals are letters to `re`, but none to Python.
    plain = "".join(char if ("a" + char).isidentifier() else " " for char in normal)
    parts = re.split(r"[^\w]+|_+", plain)
    return [word for part in parts for word in _BOUNDARY.split(part) if word]


@cache
def snake(text: str, otherwise: str) -> str:
    """A name as a variable; `otherwise` goes before a digit and stands for no word at all."""
    name = "_".join(word.lower() for word in words(text))
    return _identifier(name, otherwise, "_")


@cache
def pascal(text: str, otherwise: str) -> str:
    """A name as a class; `otherwise` goes before a digit and stands for no word at all."""
    name = "".join(word[0].upper() + word[1:] for word in words(text))
    # Of a script without capitals, it would be spelt as a field is.
    return _identifier(name if name[:1].isupper() else otherwise + name, otherwise, "")


def _identifier(name: str, otherwise: str, joint: str) -> str:
    # Python reads identifiers so normalized; changing the case may undo it.
    name = unicodedata.normalize("NFKC", name)
    name = "".join(char for char in name if ("a" + char).isidentifier())
    if not name:
        return otherwise
    if not name.isidentifier():
        name = otherwise + joint + name
    name = name.encode()[:_LONGEST].decode(errors="ignore")
    return name + "_" if keyword.iskeyword(name) else name


def assign(
    wire_names: Iterable[str],
    spell: Callable[[str], str],
    reserved: Collection[str] = (),
) -> dict[str, str]:
    """An identifier for each wire name, all different and none reserved.

    Where two would be spelt alike, the one that is already spelt so keeps it; the others are
    numbered in the order of their wire names.
    """
    return _assign({wire: wire for wire in wire_names}, spell, reserved)


def _assign(
    wires: Mapping[str, str], spell: Callable[[str], str], reserved: Collection[str]
) -> dict[str, str]:
    """As `assign`, for keys of which each stands for a wire name."""
    taken: set[str] = set(reserved)
    given: dict[str, str] = {}
    spelt = {key: spell(wire) for key, wire in wires.items()}
    for key in sorted(wires, key=lambda key: (spelt[key] != wires[key], wires[key], key)):
        given[key] = _free(spelt[key], taken)
        taken.add(given[key])
    return {key: given[key] for key in wires}


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or what no other name is spelt like: with `_`, then numbered."""
    candidates = chain([name, name + "_"], (f"{name}__{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def field_names(wire_names: Iterable[str]) -> dict[str, str]:
    """The attributes of a model for its properties."""
    return assign(wire_names, lambda wire: snake(wire, "field"), FIELD_RESERVED)


def argument_names(wire_names: Mapping[str, str]) -> dict[str, str]:
    """The arguments of a method for its parameters and body fields, by the mapping's keys."""
    return _assign(wire_names, lambda wire: snake(wire, "argument"), ARGUMENT_RESERVED)


def class_names(wire_names: Iterable[str]) -> dict[str, str]:
    """The classes of the models for the components."""
    return assign(wire_names, lambda wire: pascal(wire, "Model"), CLASS_RESERVED)


def method_names(wire_names: Mapping[str, str]) -> dict[str, str]:
    """The methods of a client for its operations' ids, by the mapping's keys."""
    return _assign(wire_names, lambda wire: snake(wire, "operation"), METHOD_RESERVED)


def resource_names(tags: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """The attributes of a client for the tags of its operations; `taken` are its methods."""
    return assign(tags, lambda tag: snake(tag, "resource"), METHOD_RESERVED.union(taken))


# What Windows takes for a device, whatever follows the dot.
_DEVICES: Final = {
    "aux", "con", "nul", "prn",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}  # fmt: skip


def resource_module(attribute: str) -> str:
    """The module for an attribute of a client, in ASCII and without capitals, as its file is.

    No attribute has `__` before a letter, so no two modules meet.
    """
    if attribute.isascii() and attribute not in _DEVICES:
        return attribute
    return "resource__x" + attribute.encode("punycode").decode().replace("-", "_")


def resource_classes(tags: Iterable[str], client: str) -> dict[str, str]:
    """The classes that hold the operations of each tag, none called as the client is.

    None begins with `Async`, which tells the awaited flavour of another apart.
    """
    reserved = RESOURCE_CLASS_RESERVED | {client, client.removeprefix("Async")}
    return assign(tags, _resource_class, reserved)


def _resource_class(tag: str) -> str:
    name = pascal(tag, "Resource")
    return "Resource" + name if name.startswith("Async") else name


def streaming_names(methods: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """The methods that stream what others give whole, `create_x` → `stream_x`, none taken."""
    return assign(methods, lambda name: "stream_" + name.removeprefix("create_"), taken)


def iterating_names(methods: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """The methods that walk through the pages of others, `list_x` → `iter_list_x`, none taken."""
    return assign(methods, lambda name: "iter_" + name, taken)


_MEDIA_WORDS: Final = {
    "*/*": "any",
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
    "text/plain": "text",
}


def sending_names(
    wanted: Iterable[tuple[str, str]], taken: Collection[str]
) -> dict[tuple[str, str], str]:
    """The methods that send as another media type what a method sends, `x` → `x_as_form`.

    Where the short word is taken, the whole media type stands in its place.
    """
    given: dict[tuple[str, str], str] = {}
    taken = set(taken)
    for method, media_type in sorted(wanted):
        short, whole = (
            f"{method}_as_{snake(text, 'media')}" for text in (_short(media_type), media_type)
        )
        name = _free(whole if short in taken else short, taken)
        given[method, media_type] = name
        taken.add(name)
    return given


def _short(media_type: str) -> str:
    """The word for a media type: of its subtype, or of its type if that says more."""
    essence = media_type.partition(";")[0].strip().lower()
    kind, _, subtype = essence.partition("/")
    if kind == "multipart":
        subtype = essence
    word = kind if subtype == "*" else subtype.removeprefix("x-")
    return _MEDIA_WORDS.get(essence, word)


def operation_function(method: str) -> str:
    """The function that describes a method's operation, another for each method."""
    return f"_{method}_operation"


def constant_name(method: str) -> str:
    """The constant that describes how a method pages, another for each method."""
    loud = method.upper()
    # Some letters have no capital of their own: `ß` and `ss` would meet.
    return f"_{loud if loud.lower() == method else method}"


def component_name(parent: str, *parts: str) -> str:
    """A component's name for an inline schema, from where it stands."""
    return pascal(parent, "Model") + "".join(pascal(part, "") for part in parts)


def free_component(wanted: str, taken: Collection[str]) -> str:
    """The wanted component name, numbered if it is taken."""
    candidates = chain([wanted], (f"{wanted}{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)
