"""Normalized component schemas into the texts of pydantic models: a module, or a package of many.

The only importer of datamodel-code-generator. Names are the IR's; formats whose Python type would
respell a value become the runtime's types, which keep the wire's text. Knows no operations.
"""

from __future__ import annotations

import re
import warnings
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from datamodel_code_generator import (
    DanglingRefWarning,
    Formatter,
    InputFileType,
    LiteralType,
    OpenAPIScope,
    PythonVersion,
    generate,
)
from datamodel_code_generator.enums import DataModelType

from .culprits import culprits
from .inlined import put_back
from .input import models_input
from .package import as_module, as_package
from .plain import impossible
from .text import read
from .twins import with_twins, without_twins

if TYPE_CHECKING:
    from specloom.ir import Model

    from .text import Statement

HEADER: Final = '"""The models of the API\'s components."""'
# Beyond, it takes longer to import all than a program that calls one operation should wait.
_IN_ONE_MODULE: Final = 100


class ModelsError(Exception):
    """The models could not be made as the IR names them: a bug of the generator."""


class UnmadeError(Exception):
    """Components that datamodel-code-generator makes no model of; the others come out well."""

    def __init__(self, components: tuple[str, ...]) -> None:
        super().__init__(*components)
        self.components = components


def render_models(tree: dict[str, Any], models: tuple[Model, ...], package: str) -> dict[str, str]:
    """The modules by their paths: `models.py`, or `models/…` where there are many.

    Raises UnmadeError for components that must be said more simply first, ModelsError if that
    would not help.
    """
    if not models:
        return {"models.py": HEADER + "\n"}
    if unmade := impossible(tree):
        raise UnmadeError(unmade)
    try:
        imports, statements = _made(tree, models, package)
    except Exception as error:  # of whatever kind: no document is to lose its client by one schema
        raise _unmade(tree, models, package) from error
    if len(statements) <= _IN_ONE_MODULE:
        return {"models.py": _joined(as_module(HEADER, imports, statements))}
    made = as_package(HEADER, imports, statements, package)
    return {path: _joined(text) for path, text in made.items()}


def _unmade(
    tree: dict[str, Any], models: tuple[Model, ...], package: str
) -> UnmadeError | ModelsError:
    schemas = tree["components"]["schemas"]

    def is_made(names: list[str]) -> bool:
        kept = set(names)
        left = {name: schemas[name] if name in kept else True for name in schemas}
        try:
            _made(tree | {"components": {"schemas": left}}, models, package)
        except Exception:  # noqa: BLE001 - as above
            return False
        return True

    found = culprits(sorted(schemas), is_made) if is_made([]) else []
    return UnmadeError(tuple(found)) if found else ModelsError("no models can be made")


def _made(
    tree: dict[str, Any], models: tuple[Model, ...], package: str
) -> tuple[list[str], dict[str, Statement]]:
    """The imports, and the definitions by their names."""
    document, twins = without_twins(models_input(tree, models, package))
    imports, statements = read(_generate(document, models, package))
    statements = put_back(with_twins(statements, twins), {model.class_name for model in models})
    _check(statements, models)
    return imports, statements


def _joined(text: str) -> str:
    """A text where a field stands with its docstring: a blank line after each would double it."""
    return re.sub(r'"""\n\n+(?=    \w)', '"""\n', text)


def _generate(document: dict[str, Any], models: tuple[Model, ...], package: str) -> str:
    """What datamodel-code-generator makes, its warnings kept from the user's terminal."""
    with warnings.catch_warnings(), redirect_stderr(StringIO()):
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", DanglingRefWarning)
        try:
            text = _call(document, models, package)
        except DanglingRefWarning as warning:
            raise ModelsError(str(warning)) from None
    if not isinstance(text, str):
        raise ModelsError("the models did not come as one module")
    return text


def _call(document: dict[str, Any], models: tuple[Model, ...], package: str) -> object:
    ours = {model.class_name for model in models}
    return generate(
        document,
        input_file_type=InputFileType.OpenAPI,
        openapi_scopes=[OpenAPIScope.Schemas],
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class=f"{package}._runtime.model.Model",
        aliases=_aliases(models),
        # What is not ours is no more than a placeholder, which can't be taken for a field.
        custom_class_name_generator=lambda name: name if name in ours else f"Inlined{name}",
        custom_file_header=HEADER,
        formatters=list[Formatter](),
        enum_field_as_literal=LiteralType.All,
        field_constraints=True,
        keep_model_order=True,
        strict_nullable=True,
        treat_dot_as_module=False,
        use_annotated=True,
        use_double_quotes=True,
        use_inline_field_description=True,
        use_field_description=True,
        use_schema_description=True,
        use_single_line_docstring=True,
        use_standard_collections=True,
        use_type_alias=True,
        use_union_operator=True,
    )


def _aliases(models: tuple[Model, ...]) -> dict[str, str | list[str]]:
    return {
        f"{model.class_name}.{wire}": name
        for model in models
        for wire, name in model.fields
        if wire != name
    }


def _check(statements: dict[str, Statement], models: tuple[Model, ...]) -> None:
    """See that every class stands there under its name."""
    missing = {model.class_name for model in models} - statements.keys()
    if missing:
        raise ModelsError(f"no model came out as {', '.join(sorted(missing))}")
