"""XML into the value that a schema asks for (OAS 3.2 §4.26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from .document import types
from .texts import WrongTextError, value_of

if TYPE_CHECKING:
    from .document import Document


def xml_value(document: Document, schema: Any, content: bytes) -> Any:
    """The document element as a value. Raises ValueError."""
    if b"<!" in content:
        raise ValueError("a document type or a comment is no part of a value")
    try:
        element = ET.fromstring(content)  # noqa: S314 - no document type, so no entities
    except ET.ParseError as error:
        raise ValueError(str(error)) from None
    return _value(document, schema, element)


def _value(document: Document, schema: Any, element: ET.Element) -> Any:
    flat = document.flat(schema)
    if "array" in types(flat):
        if (element.text or "").strip():
            return element.text
        return [_value(document, flat.get("items", True), child) for child in element]
    if "object" in types(flat) or "properties" in flat:
        return _object(document, flat, element)
    if len(element):
        return {child.tag: child.text or "" for child in element}
    text = element.text or ""
    try:
        return value_of(document, schema, [text])
    except WrongTextError:
        return text


def _object(document: Document, schema: dict[str, Any], element: ET.Element) -> Any:
    if not len(element) and (element.text or "").strip():
        return element.text
    values: dict[str, Any] = {}
    for name, described in schema.get("properties", {}).items():
        flat = document.flat(described)
        xml = flat.get("xml", {})
        tag = xml.get("name", name)
        found = element.findall(tag)
        if xml.get("attribute") and tag in element.attrib:
            values[name] = element.attrib[tag]
        elif found and "array" in types(flat) and not xml.get("wrapped"):
            values[name] = [_value(document, flat.get("items", True), child) for child in found]
        elif found:
            values[name] = _value(document, described, found[0])
    return values
