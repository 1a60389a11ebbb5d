"""A document into diagnostics: whether it is OpenAPI, and how it breaks the specification.

By the schemas that openapi-spec-validator ships, read by jsonschema-rs; or by that library itself,
which takes a hundred times as long and says the same. Works on the tree, never on the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule

from .error_place import pointer_of
from .later_words import hint_of
from .references import check_references
from .validity import faults
from .version import NOT_OPENAPI, SWAGGER, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError
    from openapi_spec_validator.validation.validators import SpecValidator

    from .load import Document

INVALID = Rule(
    "DOC020",
    "invalid-document",
    "the document breaks the OpenAPI specification",
    "The document was compared with the specification's own schema of its version, and its Schema "
    "Objects with that of their dialect. What a schema can't say has rules of its own, such as "
    "OAS201 on path parameters, OAS302 on operation ids and OAS603 on defaults. Correct the place "
    "as the message says; a word of a later version is allowed once `openapi` says that version.",
)

RULES = (NOT_OPENAPI, SWAGGER, INVALID)


def validate(document: Document, collector: Collector) -> None:
    """Report how the document breaks the specification's schema, and references that dangle.

    Raises HaltedError if it does.
    """
    judge(document, collector)
    collector.halt_on_errors()


def judge(document: Document, collector: Collector) -> bool:
    """Report all of that. Raises HaltedError only if the document is no OpenAPI at all.

    Gives whether references lead to where OpenAPI puts no objects, which are not looked at.
    """
    version = version_of(document, collector)
    for fault in faults(document.tree, version):
        hint = hint_of(document.tree, fault.path, version)
        collector.add(INVALID, fault.message, document.locate(fault.pointer), hint=hint)
    return check_references(document, collector)


def validate_by_library(document: Document, collector: Collector) -> None:
    """Report what openapi-spec-validator itself finds in a document whose references lead on."""
    validator = _validator(version_of(document, collector))
    failures: list[Exception] = []
    found = 0
    for error in _errors(validator, document.tree, failures):
        found += 1
        _report(document, error, collector)
    # The validator goes on after its meta-schema though the structure is not to be trusted.
    if failures and not found:
        message = f"openapi-spec-validator could not finish: {failures[0]!r}"
        collector.add(INVALID, _shorten(message), document.locate(""))


def _validator(version: str) -> type[SpecValidator]:
    # Imported where it is needed: nothing else needs any part of it, and it is slow to import.
    import openapi_spec_validator as library  # noqa: PLC0415

    by_version: dict[str, type[SpecValidator]] = {
        "3.0": library.OpenAPIV30SpecValidator,
        "3.1": library.OpenAPIV31SpecValidator,
        "3.2": library.OpenAPIV32SpecValidator,
    }
    return by_version[version]


def _errors(
    validator: type[SpecValidator], tree: dict[str, Any], failures: list[Exception]
) -> Iterator[ValidationError]:
    """What the library finds; if it breaks down on the way, `failures` gets the reason."""
    try:
        yield from validator(tree).iter_errors()
    except Exception as error:  # noqa: BLE001 - it has no type for this
        failures.append(error)


def _report(document: Document, error: ValidationError, collector: Collector) -> None:
    # jsonschema-rs says the message once more, with the whole schema.
    message = str(error.message).partition("\n\nFailed validating")[0]
    place = document.locate(pointer_of(_deepest(error), document.tree))
    collector.add(INVALID, f"openapi-spec-validator: {_shorten(message)}", place)


def _deepest(error: ValidationError) -> ValidationError:
    """The innermost error of the branch that came closest, which names the real place."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _shorten(message: Any, limit: int = 300) -> str:
    text = " ".join(str(message).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
