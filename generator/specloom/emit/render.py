"""The IR into texts by the templates: `{path: text}`, paths within the distribution's folder.

Knows nothing of OpenAPI. The runtime is copied as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.names import resource_module

from .own_templates import templates_folder
from .templates import environment

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.ir import Package, Resource

    from .examples import Examples

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
    "streaming": ["AsyncStream", "Collected", "ServerSentEvent", "Stream", "UnknownEvent"],
    "transport": ["Timeout"],
}  # fmt: skip


def render(
    package: Package,
    models: dict[str, str],
    examples: Examples,
    overrides: Path | None = None,
) -> dict[str, str]:
    """Every file of the distribution but its manifest and its document.

    `models` are the modules of models, by their paths within the package. `overrides` holds the
    templates that take the place of specloom's.
    """
    templates = environment(overrides)
    templates.globals["exports"] = _EXPORTS
    name = package.name
    texts = {
        **{f"{name}/{path}": text for path, text in models.items()},
        f"{name}/py.typed": "",
        f"{name}/resources/__init__.py": '"""The operations, by tag."""\n',
    }
    for path, place in _PLACES.items():
        template = templates.get_template(place)
        texts[path.format(name=name)] = template.render(package=package, examples=examples)
    resource_template = templates.get_template("client/resource.py.jinja")
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


def _module(name: str, resource: Resource) -> str:
    return f"{name}/resources/{resource_module(resource.attribute)}.py"
