"""A schema of which no model can be made becomes `Any`, and costs nobody else anything."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from datamodel_code_generator import generate
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from specloom import cli
from specloom.emit import models as emit
from specloom.emit.models.culprits import culprits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = {"type": "string"}
NAMES = [f"S{number}" for number in range(8)]
GROUPS = st.lists(st.sets(st.sampled_from(NAMES), min_size=1, max_size=3), max_size=3)


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


@given(groups=GROUPS)
def test_what_fails_alone_or_together_is_found_and_little_else(groups: list[set[str]]) -> None:
    def is_made(names: list[str]) -> bool:
        return not any(group <= set(names) for group in groups)

    found = culprits(NAMES, is_made)
    assert is_made([name for name in NAMES if name not in found])
    assert set(found) <= set().union(*groups)
    assert len(found) <= sum(map(len, groups))


def test_one_of_many_is_found_in_a_few_tries() -> None:
    tries = []

    def is_made(names: list[str]) -> bool:
        tries.append(len(names))
        return "S777" not in names

    many = [f"S{number}" for number in range(1000)]
    assert culprits(many, is_made) == ["S777"]
    assert sum(tries) < 5 * len(many)


def fails_on(word: str) -> Any:
    """datamodel-code-generator, which does not take schemas that say a word."""

    def failing(document: Any, **options: Any) -> object:
        if word in json.dumps(document):
            raise RuntimeError("no such luck")
        return generate(document, **options)

    return failing


def forgets(name: str) -> Any:
    def failing(document: Any, **options: Any) -> object:
        return str(generate(document, **options)).replace(f"class {name}(", "class Lost(")

    return failing


def answered(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": ref(name)}}
    return {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}


def project(folder: Path, schemas: dict[str, Any]) -> Path:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {f"/{name}": {"post": answered(name)} for name in schemas},
        "components": {"schemas": schemas},
    }
    (folder / "spec").mkdir()
    (folder / "spec/openapi.json").write_text(json.dumps(document, indent=1))
    (folder / "spec/specloom.toml").write_text(
        '[document]\nupstream = "openapi.json"\n[client]\ndistribution = "unmade"\n'
        'package = "unmade"\nclass_name = "Unmade"\noutput = "../out"\n'
    )
    return folder / "spec"


def generated(folder: Path, schemas: dict[str, Any]) -> tuple[str, str]:
    """What was said, and the models."""
    done = CliRunner().invoke(cli.app, ["generate", str(project(folder, schemas))])
    assert done.exit_code == 0, done.output
    return done.output, (folder / "out/unmade/models.py").read_text()


SCHEMAS: dict[str, Any] = {
    "Bad": {"type": "object", "properties": {"poison": TEXT}},
    "Twin": {"type": "object", "properties": {"poison": TEXT}},
    "Heir": {"allOf": [ref("Bad"), {"type": "object", "properties": {"a": TEXT}}]},
    "Holder": {"type": "object", "properties": {"bad": ref("Bad"), "b": TEXT}},
    "Choice": {
        "oneOf": [ref("Bad"), ref("Holder")],
        "discriminator": {"propertyName": "poison"},
    },
}


@pytest.fixture
def unmade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    monkeypatch.setattr(emit, "generate", fails_on("poison"))
    said, _ = generated(tmp_path, SCHEMAS)
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    yield said, tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == "unmade"]:
        del sys.modules[name]


def test_what_is_not_taken_is_any_and_said_at_its_place(unmade: tuple[str, Path]) -> None:
    said, folder = unmade
    lines = (folder / "spec/openapi.json").read_text().splitlines()
    told = [line for line in said.splitlines() if "GEN020" in line]
    assert len(told) == 2
    for name in ("Bad", "Twin"):
        line = next(number for number, text in enumerate(lines, 1) if f'"{name}": {{' in text)
        assert any(f"openapi.json:{line}:" in text for text in told)
    assert "5 of 5 operations, 2 widened" in said


def test_what_is_made_of_what_is_not_taken_is_made_all_the_same(unmade: tuple[str, Path]) -> None:
    assert unmade
    import unmade as client  # type: ignore[import-not-found]
    from unmade import models

    assert models.Holder.model_validate({"bad": [1], "b": "x"}).bad == [1]
    assert models.Heir.model_validate({"a": "x"}).a == "x"
    assert client.Unmade(base_url="https://a.test")


def test_a_model_that_is_missing_is_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emit, "generate", forgets("Holder"))
    said, text = generated(tmp_path, {"Holder": SCHEMAS["Bad"], "Other": SCHEMAS["Bad"]})
    assert "1 widened" in said
    assert 'Holder = TypeAliasType("Holder", Any)' in text
    assert "class Other(Model)" in text


def test_a_schema_that_is_really_not_taken_is_any(tmp_path: Path) -> None:
    odd = {"type": "object", "properties": {"a": {"oneOf": [False], "required": ["a"]}}}
    said, text = generated(tmp_path, {"Odd": odd, "Other": SCHEMAS["Bad"]})
    assert "GEN020" in said
    assert 'Odd = TypeAliasType("Odd", Any)' in text
    assert "class Other(Model)" in text


def test_parts_that_have_no_type_in_common_are_any_and_not_an_empty_class(tmp_path: Path) -> None:
    odd = {"allOf": [TEXT, {"type": "integer"}]}
    of_object = {"allOf": [SCHEMAS["Bad"], TEXT]}
    said, text = generated(tmp_path, {"Odd": odd, "Other": of_object})
    assert said.count("GEN020") == 1
    assert "2 of 2 operations, 1 widened" in said
    assert 'Odd = TypeAliasType("Odd", Any)' in text
    assert "class Other(Model)" in text


def test_if_nothing_can_be_made_it_is_a_bug_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from specloom.translate.models import models

    monkeypatch.setattr(emit, "generate", fails_on("openapi"))
    tree = {"components": {"schemas": {"Bad": SCHEMAS["Bad"]}}}
    with pytest.raises(emit.ModelsError):
        emit.render_models(tree, models(tree), "pkg")
