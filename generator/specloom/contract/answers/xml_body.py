"""An XML body into the value that its schema describes (OAS 3.2 §4.26).

XML carries only text: each text is read as its schema likes it best. Namespaces are not told
apart. Knows nothing of who sent it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from specloom.contract.exchanges.exchange import read_json
from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .schemas import Schemas

XML: Final = frozenset({"application/xml", "text/xml"})


def read_xml(schemas: Schemas, pointer: str, content: bytes) -> Any:
    """The document element as a value for the schema at a pointer. Raises ValueError."""
    if b"<!DOCTYPE" in content:
        raise ValueError("a document type may define entities, which are not read")
    try:
        element = ET.fromstring(content)  # noqa: S314 - without a document type
    except ET.ParseError as error:
        raise ValueError(str(error)) from None
    return _value(schemas, pointer, element)


def _value(schemas: Schemas, pointer: str, element: ET.Element) -> Any:
    members = dict(_members(schemas, pointer))
    if members and (len(element) or element.attrib or not _text(element).strip()):
        return _object(schemas, members, element)
    parts = list(_parts(schemas, pointer))
    for part, schema in parts:
        if "items" in schema and (len(element) or not _text(element).strip()):
            return [_value(schemas, join(part, "items"), child) for child in element]
    if len(element):
        return {_name(child): _value(schemas, "", child) for child in element}
    return _reading(schemas, pointer, _text(element))


def _object(schemas: Schemas, members: dict[str, str], element: ET.Element) -> dict[str, Any]:
    value: dict[str, Any] = {}
    known = set()
    for name, pointer in members.items():
        xml = _xml(schemas, pointer)
        tag = xml.get("name", name)
        known.add(tag)
        found = [child for child in element if _name(child) == tag]
        if tag in element.attrib:
            value[name] = _reading(schemas, pointer, element.attrib[tag])
        elif found:
            value[name] = _member(schemas, pointer, found, wrapped=bool(xml.get("wrapped")))
    rest = [child for child in element if _name(child) not in known]
    return value | {_name(child): _text(child) for child in rest}


def _member(schemas: Schemas, pointer: str, found: list[ET.Element], *, wrapped: bool) -> Any:
    """One member; an array that isn't wrapped is its items side by side."""
    items = [join(part, "items") for part, schema in _parts(schemas, pointer) if "items" in schema]
    if items and not wrapped:
        return [_value(schemas, items[0], child) for child in found]
    return _value(schemas, pointer, found[0])


def _reading(schemas: Schemas, pointer: str, text: str) -> Any:
    """The first reading of a text that fits the schema at a pointer, else the text."""
    try:
        readings = [text, read_json(text)]
    except ValueError:
        return text
    if not pointer:
        return text
    return next((one for one in readings if schemas.validator(pointer).is_valid(one)), text)


def _members(schemas: Schemas, pointer: str) -> Iterator[tuple[str, str]]:
    for part, schema in _parts(schemas, pointer):
        for name in schema.get("properties", {}):
            yield name, join(part, "properties", name)


def _parts(schemas: Schemas, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and all that must hold beside it: what it refers to, and its `allOf`."""
    pointer, schema = schemas.follow(pointer)
    if not pointer or not isinstance(schema, dict):
        return
    yield pointer, schema
    for index in range(len(schema.get("allOf", []))):
        yield from _parts(schemas, join(pointer, "allOf", index))


def _xml(schemas: Schemas, pointer: str) -> dict[str, Any]:
    return next((one["xml"] for _, one in _parts(schemas, pointer) if "xml" in one), {})


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    return element.text or ""
