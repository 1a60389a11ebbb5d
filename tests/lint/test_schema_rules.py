"""What the fragments of rules on schemas and components don't show."""

from typing import Any

from specloom import lint
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.lint.check import Finding


def found(code: str, version: str = "3.2.0", **schemas: Any) -> list[Finding]:
    """What a rule finds in a document of these schemas."""
    operation = {"responses": {"200": {"description": "Done."}}}
    tree = {
        "openapi": version,
        "paths": {"/things": {"get": operation}},
        "components": {"schemas": schemas},
    }
    checks = tuple(check for check in lint.CHECKS if check.rule.code == code)
    document = Document(tree, JsonSource("things.json", "{}"))
    return [finding for _, finding in lint.find(document, checks)]


def to(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_words_that_many_schemas_share_are_told_once() -> None:
    one, two = ({"type": "string", "format": "url", "maxLength": size} for size in (1, 2))
    (finding,) = found("OAS510", One=one, Two=two)
    assert finding.message == "format 'url' is not registered"
    assert finding.pointer == "/components/schemas/One/format"
    assert finding.also == ("/components/schemas/Two/format",)


def test_keyword_of_another_type_is_told_once_for_copies_alone() -> None:
    name, other = {"type": "string", "maxItems": 1}, {"type": "string", "maxItems": 2}
    first, second = found("OAS526", Name=name, Copy=name, Other=other)
    assert first.also == ("/components/schemas/Copy/maxItems",)
    assert second.pointer == "/components/schemas/Other/maxItems"


def test_discriminator_of_an_array_belongs_to_its_items() -> None:
    tag = {"propertyName": "kind"}
    items = {"oneOf": [to("Thing")], "discriminator": tag}
    things = {"type": "array", "items": items, "discriminator": tag}
    (finding,) = found("OAS501", Thing={}, Things=things)
    assert finding.hint == "move it into `items`"


def test_what_an_unused_component_leads_to_is_told_with_it() -> None:
    leaf, twig = ({"items": to(name)} for name in ("Leaf", "Twig"))
    schemas: dict[str, Any] = {"Leaf": {}, "Twig": leaf, "Tree": twig, "Bush": twig}
    assert found("OAS121", **schemas) == []
    tree, bush = found("OAS120", **schemas)
    assert tree.message == "'Tree' is used by nothing, so no operation reaches 'Twig', 'Leaf'"
    assert bush.message == "'Bush' is used by nothing"


def test_what_a_dangling_mapping_names_is_no_component() -> None:
    tag = {"propertyName": "kind", "mapping": {"none": "#/components/schemas/None"}}
    (finding,) = found("OAS120", Thing={"discriminator": tag})
    assert finding.message == "'Thing' is used by nothing"


def test_reference_in_the_value_of_an_example_is_no_use_of_what_it_names() -> None:
    named = {"examples": {"Small": {"value": 1}, "Other": {"value": 2}}}
    value = [{"size": {"$ref": "#/components/examples/Small"}}]
    media = {"application/json": {"examples": {"one": {"value": value}}}}
    operation = {"responses": {"200": {"description": "Done.", "content": media}}}
    tree = {"openapi": "3.2.0", "paths": {"/things": {"get": operation}}, "components": named}
    checks = tuple(check for check in lint.CHECKS if check.rule.code == "OAS120")
    found = lint.find(Document(tree, JsonSource("things.json", "{}")), checks)
    hints = [finding.hint for _, finding in found]
    assert hints == ["a `$ref` in the value of an example is data", None]


def test_components_that_use_one_another_are_told_together() -> None:
    leaf, tree = ({"items": to(name)} for name in ("Tree", "Leaf"))
    (finding,) = found("OAS121", Leaf=leaf, Tree=tree)
    assert finding.message == "'Leaf' is used only by 'Tree', so no operation reaches 'Tree'"


def test_alternative_of_several_tags_is_to_list_them() -> None:
    kind = {"properties": {"kind": {"enum": ["cat", "dog", "cow"]}}}
    tag = {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Pet", "cow": "Pet"}}
    union = {"oneOf": [to("Cat"), to("Pet")]}
    cat, pet = found("OAS560", All={**union, "discriminator": tag}, Cat=kind, Pet=kind)
    assert cat.hint == "pin it by an `enum` of one value, or, from 3.1 on, by `const`"
    assert pet.hint == "list its own in `enum`"


def test_nullable_beside_a_reference_would_do_nothing_beside_all_of_either() -> None:
    thing = {"properties": {"leaf": {**to("Leaf"), "nullable": True, "maxLength": 3}}}
    hints = {finding.hint for finding in found("OAS150", "3.0.4", Leaf={}, Thing=thing)}
    assert hints == {
        "let the schema that is referred to allow null",
        "write allOf: [{$ref: …}] beside it",
    }


def test_nullable_of_a_union_belongs_to_an_alternative() -> None:
    union = {"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": True}
    part = {"allOf": [to("Union")], "nullable": True}
    hints = [finding.hint for finding in found("OAS570", "3.0.4", Union=union, Part=part)]
    assert hints == ["write it in an alternative", "write the `type` beside it"]


def test_what_may_be_anything_needs_no_items() -> None:
    anything = {"type": ["object", "array", "string", "null"]}
    (finding,) = found("OAS525", Anything=anything, Names={"type": ["array", "null"]})
    assert finding.pointer == "/components/schemas/Names"


def test_answer_that_operations_share_is_about_whatever_was_asked_for() -> None:
    gone = {"description": "Ticket not found."}
    operation = {"responses": {"404": {"$ref": "#/components/responses/Gone"}}}
    tree = {
        "openapi": "3.2.0",
        "paths": {"/things": {"get": operation, "put": {"responses": {"404": gone}}}},
        "components": {"responses": {"Gone": gone}},
    }
    checks = tuple(check for check in lint.CHECKS if check.rule.code == "OAS421")
    findings = lint.find(Document(tree, JsonSource("things.json", "{}")), checks)
    assert [finding.pointer for _, finding in findings] == ["/paths/~1things/put/responses/404"]


def test_what_must_not_be_there_needs_no_definition() -> None:
    thing = {"properties": {"a": {}}, "not": {"anyOf": [{"required": ["b"]}]}}
    assert found("OAS540", Thing=thing) == []
    named = {"properties": {"not": {"properties": {"a": {}}, "required": ["b"]}}}
    assert len(found("OAS540", Thing=named)) == 1


def test_alternatives_beside_properties_may_require_these() -> None:
    part = {"properties": {"b": {}}, "required": ["a"]}
    thing = {"properties": {"a": {}}, "anyOf": [to("Part")]}
    assert found("OAS540", Thing=thing, Part=part) == []
    assert len(found("OAS540", Thing={"anyOf": [to("Part")]}, Part=part)) == 1


def test_escaped_dollar_between_slashes_is_a_path() -> None:
    assert found("OAS533", A={"pattern": r"/odata/\$/ref"}) == []
    assert len(found("OAS533", A={"pattern": "/a$/i"}, B={"pattern": "/^a/"})) == 2


def test_mapping_names_a_component_that_looks_like_a_file() -> None:
    union = {
        "oneOf": [to("B.json")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"b": "B.json", "c": "C.json", "d": "https://a.test/D", "e": "E"},
        },
    }
    schemas: dict[str, Any] = {"B.json": {}, "Union": union, "Other": {}}
    (finding,) = found("OAS504", **schemas)
    assert finding.pointer.endswith("/mapping/e")
    (finding,) = found("OAS505", **{**schemas, "Union": {**union, "oneOf": [to("Other")]}})
    assert finding.pointer.endswith("/mapping/b")


def test_tag_may_be_where_a_dynamic_reference_leads() -> None:
    union = {"oneOf": [to("A")], "discriminator": {"propertyName": "kind"}}
    assert found("OAS502", Union=union, A={"$dynamicRef": "#node"}) == []
    assert len(found("OAS502", Union=union, A={"type": "object"})) == 1
