"""A version that is not written whole is read as the one that it means, but by lint."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from specloom import pipeline
from specloom.config import load_config
from specloom.diagnostics import Collector, HaltedError

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.config import Config


def project(folder: Path, version: str) -> Config:
    text = f"openapi: {version}\ninfo: {{title: t, version: v}}\npaths: {{}}\n"
    text += "components: {schemas: {A: {type: string, nullable: true}}}\n"
    (folder / "openapi.yaml").write_text(text)
    (folder / "specloom.toml").write_text(
        '[document]\nupstream = "openapi.yaml"\n'
        '[client]\ndistribution = "d"\npackage = "p"\nclass_name = "C"\noutput = "o"\n'
    )
    return load_config(folder, Collector())


@pytest.mark.parametrize("version", ["3.0", "'3.0'", "3.1", "'3.2'"])
def test_it_is_read_with_a_warning(version: str, tmp_path: Path) -> None:
    collector = Collector()
    tree = pipeline.mended(project(tmp_path, version), collector).tree
    said = [(one.rule.code, one.location.pointer) for one in collector.diagnostics]
    assert ("DOC040", "/openapi") in said
    assert (tree["components"]["schemas"]["A"]["type"] == ["string", "null"]) is ("3.0" in version)


@pytest.mark.parametrize("version", ["3", "3.3", "true", "'3.0.'"])
def test_it_is_refused_where_nothing_is_meant(version: str, tmp_path: Path) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        pipeline.mended(project(tmp_path, version), collector)
    assert [one.rule.code for one in collector.errors] == ["DOC005"]


def test_lint_tells_it_and_the_effective_document_is_refused(tmp_path: Path) -> None:
    for look in (pipeline.linted, pipeline.effective):
        collector = Collector()
        with suppress(HaltedError):
            look(project(tmp_path, "3.1"), collector)
        assert [one.rule.code for one in collector.errors] == ["DOC005"]
