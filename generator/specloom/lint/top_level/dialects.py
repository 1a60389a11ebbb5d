"""Rules on what one version of OpenAPI says in a way that another does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NULLABLE_WITHOUT_TYPE = Rule(
    "OAS570",
    "nullable-without-type",
    "`nullable` has no effect without `type`",
    "In 3.0 `nullable` adds null to the `type` beside it, and does nothing where there is none "
    "(OAS 3.0.4 §4.7.24.2), beside `allOf` or an `enum` for one. Readers differ: this program "
    "takes null to be meant. Write the `type`, too.",
    Severity.WARNING,
)
NULLABLE_LEFT_OVER = Rule(
    "OAS572",
    "nullable-left-over",
    "`nullable` means nothing since 3.1",
    "3.1 and later have no `nullable`: null is a type (JSON Schema 2020-12 Validation §6.1.1), so "
    "the null that is meant is refused. Write `type: [string, 'null']`, or an alternative "
    "`{type: 'null'}`.",
    Severity.WARNING,
)
OTHER_DIALECT = Rule(
    "OAS574",
    "other-dialect",
    "schemas are in a dialect that tools of OpenAPI do not read",
    "`jsonSchemaDialect` and `$schema` say by which rules a schema is read (OAS 3.2 §4.24.6). Few "
    "tools heed any but OpenAPI's own and JSON Schema 2020-12, and read the schema by those, this "
    "program too. Translate the schemas, and remove the keyword.",
    Severity.WARNING,
)
SCHEMA_EXAMPLE = Rule(
    "OAS575",
    "schema-example",
    "`example` of a schema is deprecated since 3.1",
    "In 3.1 and later a schema has JSON Schema's `examples`, a list; `example` is deprecated (OAS "
    "3.2 §4.24). Write `examples: [value]`.",
    Severity.INFO,
    recommended=False,
)
XML_NODE_TYPE = Rule(
    "OAS576",
    "xml-node-type",
    "`attribute` and `wrapped` of XML are deprecated since 3.2",
    "3.2 says by `nodeType` what a schema is in XML, and deprecates `attribute` and `wrapped` (OAS "
    "3.2 §4.26). Write `nodeType: attribute`, or `nodeType: element`.",
    Severity.INFO,
)

# Where none of these stands, anything is allowed anyway; what is beside a `$ref` is OAS150's.
_RESTRICTING: Final = {"allOf", "anyOf", "oneOf", "not", "enum"}
_JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
_OPENAPI: Final = ("https://spec.openapis.org/oas/3.1/", "https://spec.openapis.org/oas/3.2/")
_NODE_TYPES: Final = {"attribute": "attribute", "wrapped": "element"}


def nullables_without_type(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema's `nullable`, if no type stands beside it in a 3.0 document."""
    schema = node.value
    if schema.get("nullable") is not True or "type" in schema:
        return
    if _RESTRICTING & schema.keys() and scope.version.startswith("3.0"):
        is_union = not {"oneOf", "anyOf"}.isdisjoint(schema)
        hint = "write it in an alternative" if is_union else "write the `type` beside it"
        yield Finding(join(node.pointer, "nullable"), NULLABLE_WITHOUT_TYPE.summary, hint)


def nullables_left_over(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema's `nullable`, which the lift has taken away where it meant something."""
    if "nullable" in node.value and not scope.version.startswith("3.0"):
        yield Finding(join(node.pointer, "nullable"), NULLABLE_LEFT_OVER.summary, _meant(node))


def _meant(node: Node) -> str | None:
    kind = node.value.get("type")
    if node.value["nullable"] is True and isinstance(kind, str):
        return f"write type: [{kind}, 'null']"
    return None


def other_dialects(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The document's or a schema's dialect, if it is no usual one."""
    for keyword in ("jsonSchemaDialect", "$schema"):
        dialect = node.value.get(keyword)
        if isinstance(dialect, str) and not _is_usual(dialect):
            message = f"few tools of OpenAPI read the dialect {dialect!r}"
            yield Finding(join(node.pointer, keyword), message)


def _is_usual(dialect: str) -> bool:
    return dialect.rstrip("#") == _JSON_SCHEMA or dialect.startswith(_OPENAPI)


def schema_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema's `example`, if the document's version deprecates it."""
    if "example" in node.value and not scope.version.startswith("3.0"):
        yield Finding(join(node.pointer, "example"), SCHEMA_EXAMPLE.summary, "write examples: […]")


def xml_node_types(node: Node, scope: Scope) -> Iterator[Finding]:
    """What a schema's `xml` says by words that the document's version deprecates."""
    xml = node.value.get("xml")
    if isinstance(xml, dict) and scope.version.startswith("3.2"):
        for keyword in _NODE_TYPES.keys() & xml.keys():
            hint = f"write nodeType: {_NODE_TYPES[keyword]}"
            place = join(node.pointer, "xml", keyword)
            yield Finding(place, f"{keyword!r} is deprecated since 3.2", hint)


CHECKS = (
    Check(NULLABLE_WITHOUT_TYPE, "schema", nullables_without_type, as_written=True),
    Check(NULLABLE_LEFT_OVER, "schema", nullables_left_over),
    Check(OTHER_DIALECT, "openapi", other_dialects),
    Check(OTHER_DIALECT, "schema", other_dialects),
    Check(SCHEMA_EXAMPLE, "schema", schema_examples, as_written=True),
    Check(XML_NODE_TYPE, "schema", xml_node_types, as_written=True),
)
