"""The IR into texts by the templates: `{path: text}`, paths within the distribution's folder.

Knows nothing of OpenAPI. The runtime is copied as it stands.
"""

from __future__ import annotations

import json
import re
import textwrap
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specloom.text import printable

if TYPE_CHECKING:
    from specloom.ir import Argument, Package, Resource

    from .examples import Examples

# A quote that could end a docstring with its neighbours, or with the quotes behind the text.
_ENDING_QUOTE: Final = re.compile(r'"(?="|\Z)')
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>|~&])")
# What begins a heading, a list or a rule if it begins a line.
_LEADING: Final = re.compile(r"^(\d*)([#+=.)-])(?=[\s#=-]|$)")

# What a package offers of the runtime, by its modules.
_EXPORTS: Final = {
    "api_response": ["APIResponse"],
    "base_client": ["ClientOptions"],
    "binary": ["AsyncBinaryResponse", "BinaryResponse"],
    "errors": [
        "APIConnectionError", "APIError", "APIStatusError", "APITimeoutError",
        "AuthenticationError", "BadRequestError", "ConflictError", "EventTooLargeError",
        "IncompleteStreamError", "InternalServerError", "InvalidArgumentError", "NotFoundError",
        "PayloadTooLargeError", "PermissionDeniedError", "RateLimitError",
        "ResponseValidationError", "StreamError", "UnexpectedResponseError",
        "UnprocessableEntityError", "UnsupportedMediaTypeError",
    ],
    "files": ["FileTypes"],
    "operation": ["UNSET", "Unset"],
    "pages": ["AsyncPages", "Pages"],
    "request": ["RequestOptions"],
    "streaming": ["AsyncStream", "Collected", "Stream", "UnknownEvent"],
    "transport": ["Timeout"],
}  # fmt: skip


def render(package: Package, models: str, examples: Examples) -> dict[str, str]:
    """Every file of the distribution but its manifest and its document."""
    environment = _environment()
    name = package.name
    texts = {
        f"{name}/models.py": models,
        f"{name}/py.typed": "",
        f"{name}/resources/__init__.py": '"""The operations, by tag."""\n',
    }
    for path, place in _PLACES.items():
        template = environment.get_template(place)
        texts[path.format(name=name)] = template.render(package=package, examples=examples)
    resource_template = environment.get_template("client/resource.py.jinja")
    for resource in package.resources:
        texts[_module(name, resource)] = resource_template.render(
            package=package, resource=resource
        )
    for file in sorted((templates_folder() / "runtime").glob("*.py")):
        texts[f"{name}/_runtime/{file.name}"] = file.read_text(encoding="utf-8")
    return texts


_PLACES: Final = {
    "pyproject.toml": "package/pyproject.toml.jinja",
    "README.md": "package/README.md.jinja",
    "api.md": "package/api.md.jinja",
    "{name}/__init__.py": "client/__init__.py.jinja",
    "{name}/_client.py": "client/client.py.jinja",
}


def templates_folder() -> Path:
    """Where the templates are: in the wheel, or beside the generator in a checkout."""
    packed = Path(str(files("specloom"))) / "_templates"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "templates"


def _module(name: str, resource: Resource) -> str:
    return f"{name}/resources/{resource.attribute}.py"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Python and Markdown; every text goes through a filter
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
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
        "any": any,
        "signature": signature,
    }
    environment.globals["exports"] = _EXPORTS
    return environment


def toml(text: str) -> str:
    """A text as a TOML basic string (TOML 1.0 §String), which JSON's escapes fit."""
    return json.dumps(line(text), ensure_ascii=False)


def line(text: str) -> str:
    """A text in one line, without characters that could hide or reorder what is read."""
    return " ".join(printable(text).split())


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


def prose(text: str) -> str:
    """A text within Markdown, as plain words in one line."""
    return _LEADING.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", line(text)))


def code(text: str) -> str:
    """A text within Markdown as a code span, its backticks included (CommonMark §6.1)."""
    text = line(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


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
