"""Answers as schemathesis holds them, and the reports it writes, into the same without the key.

Knows nothing of what a key looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path

    from schemathesis import Response as Answer

    from .target import Target


def redact_answer(target: Target, answer: Answer) -> None:
    """Take the key out of an answer, before a check or a report quotes or shortens it."""
    answer.content = target.redact_bytes(answer.content or b"")
    answer.headers = {
        name: [target.redact(value) for value in values] for name, values in answer.headers.items()
    }


def redact_text_file(target: Target, path: Path) -> None:
    """Take the key out of a file of text or HTML that this run wrote."""
    if path.is_file():
        content = path.read_bytes()
        path.write_bytes(target.redact_bytes(content))


def redact_xml_file(target: Target, path: Path) -> None:
    """Take the key out of what an XML file says; a key may be a word that its tags are made of."""
    tree = ET.parse(path)  # noqa: S314 - this run wrote it
    for element in tree.iter():
        element.text = target.redact(element.text) if element.text else element.text
        for name, value in element.items():
            element.set(name, target.redact(value))
    tree.write(path, encoding="utf-8", xml_declaration=True)
