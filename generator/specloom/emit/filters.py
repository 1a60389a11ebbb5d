"""The filters of templates: texts and IR fields into what may stand in Python and Markdown."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any, Final

from specloom.markdown import code, line, prose
from specloom.names import resource_module
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.ir import Argument

# A quote that could end a docstring with its neighbours, or with the quotes behind the text.
_ENDING_QUOTE: Final = re.compile(r'"(?="|\Z)')


def toml(text: str) -> str:
    """A text as a TOML basic string (TOML 1.0 §String), which JSON's escapes fit."""
    return json.dumps(line(text), ensure_ascii=False)


def docstring(text: str, indent: int) -> str:
    """A text within a docstring: wrapped, indented, and unable to end it."""
    safe = _ENDING_QUOTE.sub(r"\"", printable(text).replace("\\", "\\\\"))
    width = 96 - indent
    lines = [part for row in safe.splitlines() for part in _wrap(row, width)]
    return ("\n" + " " * indent).join(lines).replace("\n" + " " * indent + "\n", "\n\n")


def _wrap(row: str, width: int) -> list[str]:
    # A list item's further lines stand under its text.
    hanging = "  " if row.lstrip().startswith(("- ", "* ")) else ""
    return textwrap.wrap(
        row, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    ) or [""]


def sentence(text: str) -> str:
    """A text with a full stop at its end."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def mapping(pairs: tuple[tuple[str, str], ...]) -> str:
    """Pairs as a dict's literal."""
    return repr(dict(pairs))


def frozen(names: tuple[str, ...]) -> str:
    """Names as a frozenset's literal, in their order."""
    return f"frozenset({{{', '.join(map(repr, names))}}})" if names else "frozenset()"


def told(argument: Argument) -> str:
    """What the document says of an argument, its default included; empty if it says nothing."""
    said = line(argument.description)
    parts = [sentence(said)] if said else []
    if argument.default and not ("default" in said.lower() and argument.default in said):
        parts.append(f"The server takes `{argument.default}` if it is left out.")
    return " ".join(parts)


def passed(arguments: tuple[Argument, ...]) -> str:
    """The dict that hands a method's arguments on."""
    return "{" + ", ".join(f"{item.name!r}: {item.name}" for item in arguments) + "}"


def signature(arguments: tuple[Argument, ...]) -> str:
    """Arguments with their types, as in a method's definition."""
    parts = [
        f"{item.name}: {item.annotation}{'' if item.required else ' = UNSET'}" for item in arguments
    ]
    return ", ".join(["*", *parts]) if parts else ""


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "literal": repr,
    "docstring": docstring,
    "prose": prose,
    "code": code,
    "toml": toml,
    "line": line,
    "sentence": sentence,
    "mapping": mapping,
    "frozenset": frozen,
    "passed": passed,
    "told": told,
    "module": resource_module,
    "any": any,
    "signature": signature,
}
"""The filters by the names that templates know them under."""
