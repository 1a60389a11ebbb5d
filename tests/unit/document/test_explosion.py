"""References that multiply, or go round, are told before anything is replaced by what they name."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.diagnostics import Collector, HaltedError
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.mend import mend


def document(last: int, *, ends: bool = True, times: int = 2) -> Document:
    """Headers whose content is a media type whose parts have headers, each twice, and so on."""

    def media_type(number: int) -> dict[str, Any]:
        header = {"content": {"a/b": {"$ref": f"#/components/mediaTypes/M{number}"}}}
        parts = {f"p{part}": {"headers": {"X": header}} for part in range(times)}
        return {"schema": {"type": "object"}, "encoding": parts}

    types = {f"M{number}": media_type(number + 1) for number in range(last)}
    types[f"M{last}"] = {} if ends else media_type(0)
    answer = {"description": "", "content": {"a/b": {"$ref": "#/components/mediaTypes/M0"}}}
    tree = {
        "openapi": "3.2.0",
        "info": {"title": "", "version": ""},
        "paths": {"/": {"get": {"responses": {"200": answer}}}},
        "components": {"mediaTypes": types},
    }
    return Document(tree, JsonSource("bomb.json", "{}"))


@pytest.mark.parametrize("found", [document(40), document(3, ends=False)])
def test_what_multiplies_is_refused(found: Document) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        mend(found, collector)
    assert [error.rule.code for error in collector.errors] == ["DOC015"]


def test_what_is_merely_nested_is_taken() -> None:
    collector = Collector()
    mend(document(5), collector)
    assert collector.errors == []
