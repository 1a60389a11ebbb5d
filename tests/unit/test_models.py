"""Models of odd schemas: they import, build, read and write, in one module and in many."""

from __future__ import annotations

import importlib
import json
import pickle
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from specloom.emit import models as emit
from specloom.emit.format import format_python
from specloom.emit.models.bounds import is_pattern
from specloom.emit.models.modules import modules_of
from specloom.emit.models.text import Statement
from specloom.emit.own_templates import templates_folder
from specloom.translate.models import models
from tests.unit.odd_schemas import GRAPHS, SCHEMAS, SHORT, TYPES, obj, ref

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType


def tree_of(schemas: dict[str, Any]) -> dict[str, Any]:
    return {"components": {"schemas": schemas}}


def rendered(schemas: dict[str, Any], package: str = "pkg") -> dict[str, str]:
    tree = tree_of(json.loads(json.dumps(schemas)))
    return emit.render_models(tree, models(tree), package)


def write(folder: Path, package: str, texts: dict[str, str]) -> None:
    named = {f"{package}/{path}": text for path, text in texts.items()}
    for path, text in format_python(named | {f"{package}/__init__.py": ""}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    shutil.copytree(templates_folder() / "runtime", folder / package / "_runtime")


@pytest.fixture(scope="module", params=["module", "package"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    """The models of all schemas above, in one module or in many."""
    folder, package = tmp_path_factory.mktemp("models"), f"odd_{request.param}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emit, "_IN_ONE_MODULE", 1000 if request.param == "module" else 1)
        write(folder, package, rendered(SCHEMAS, package))
    sys.path.insert(0, str(folder))
    yield importlib.import_module(f"{package}.models")
    sys.path.remove(str(folder))


def class_of(component: str) -> str:
    return next(m.class_name for m in models(tree_of(SCHEMAS)) if m.component == component)


def read(made: ModuleType, component: str, value: Any) -> Any:
    return TypeAdapter(getattr(made, class_of(component))).validate_json(json.dumps(value))


@pytest.mark.parametrize("component", SCHEMAS)
def test_every_model_can_be_built(made: ModuleType, component: str) -> None:
    model = getattr(made, class_of(component))
    assert TypeAdapter(model).validator
    if isinstance(model, type) and issubclass(model, BaseModel):
        model.model_rebuild()
        assert model.__pydantic_complete__


def test_attributes_are_named_as_the_methods_expect(made: ModuleType) -> None:
    for model in models(tree_of(SCHEMAS)):
        found = getattr(made, model.class_name)
        if (
            isinstance(found, type)
            and issubclass(found, BaseModel)
            and not model.component.startswith("Circle")
        ):
            # Its fields may refer to what is defined further down, and have no alias before.
            found.model_rebuild()
            wires = {
                name if info.alias is None else info.alias: name
                for name, info in found.model_fields.items()
            }
            assert wires == dict(model.fields)


@pytest.mark.parametrize(
    ("component", "value"),
    [
        ("Json", {"a": [{"b": "c"}]}),
        ("Tree", {"branches": [{"branches": []}]}),
        ("Heir", {"x": "a", "json": [["b"]], "z": 1}),
        ("Contradicts", {"x": 1, "json": ["b"]}),
        ("Pet", {"kind": "dog"}),
        ("Fed", {"kind": "cat", "food": "fish"}),
        ("Typed", {"a": "b", "more": {"a": "c"}}),
        ("Shadow", {"date": "2020-01-01", "list": ["a"], "input": 3, "Foo": {"x": {}}, "": "e"}),
        ("Bounds", {"ahead": "b", "letters": "1", "either": 7, "nested": [["a"]]}),
        ("Refined", {"a": "x"}),
        ("Either", {"a": "x", "c": "y"}),
        ("Spaced", "a  b"),
    ],
)
def test_what_is_read_is_written_back(made: ModuleType, component: str, value: Any) -> None:
    adapter = TypeAdapter(getattr(made, class_of(component)))
    assert value == adapter.dump_python(
        read(made, component, value), mode="json", exclude_unset=True
    )


def test_a_type_that_no_class_stands_for_is_said_as_narrowly_as_it_can_be() -> None:
    schemas = {name: schema for name, (_, schema) in TYPES.items()}
    text = rendered(schemas | {"Foo": obj(a=SHORT), "Bar": obj(b=SHORT)})["models.py"]
    found = dict(re.findall(r'^(\w+) = TypeAliasType\("\w+", (.*)\)$', text, re.MULTILINE))
    assert found == {name: type_ for name, (type_, _) in TYPES.items()}


def test_a_default_that_does_not_fit_is_left_to_the_server(made: ModuleType) -> None:
    defaults = read(made, "Defaults", {})
    values = {name: getattr(defaults, name) for name in type(defaults).model_fields}
    assert values == dict.fromkeys(values) | {"kept": 3}
    assert defaults.to_wire() == {}


def test_an_heir_inherits_unless_it_contradicts(made: ModuleType) -> None:
    assert issubclass(made.Heir, made.Base)
    assert issubclass(made.HeirOfAlias, made.Base)
    assert issubclass(made.WrongOrder, made.Heir)
    assert issubclass(made.Narrows, made.Base)
    assert not issubclass(made.Contradicts, made.Base)


def test_bases_say_the_same_of_the_fields_that_they_share(made: ModuleType) -> None:
    classes: list[Any] = [getattr(made, name) for name in dir(made)]
    heirs = [found for found in classes if len(getattr(found, "__bases__", ())) > 1]
    assert {"FedOption1", "NamedOption1"} <= {heir.__name__ for heir in heirs}
    for heir in heirs:
        first, *others = [base.model_fields for base in heir.__bases__]
        for other in others:
            for name in first.keys() & other.keys():
                assert first[name].is_required() == other[name].is_required()


def test_what_constrains_the_fields_of_an_object_leaves_one_class(made: ModuleType) -> None:
    assert issubclass(made.Refined, BaseModel)


def test_every_name_is_ours_or_begins_with_one_of_ours() -> None:
    ours = {model.class_name for model in models(tree_of(SCHEMAS))}
    text = rendered(SCHEMAS | {f"More{n}": obj() for n in range(20)})["models.py"]
    defined = re.findall(r"^(?:class )?(\w+)(?:\(| = )", text, re.MULTILINE)
    others = set(defined) - ours - {f"More{n}" for n in range(20)}
    assert others == {
        "EitherOption1", "EitherOption2", "FedOption1", "FedOption2", "FedOption1Option1",
        "NamedOption1", "NamedOption1Option1", "NumberedOption1", "NumberedOption2",
    }  # fmt: skip


def test_a_model_is_what_pickle_and_a_star_import_expect(made: ModuleType) -> None:
    heir = read(made, "Heir", {"x": "a"})
    assert pickle.loads(pickle.dumps(heir)) == heir  # noqa: S301 - our own
    found: dict[str, Any] = {}
    exec(f"from {made.__name__} import *", found)  # noqa: S102 - as users may
    assert found["Heir"] is made.Heir
    assert {"Heir", "Pet"} <= set(dir(made))
    with pytest.raises(AttributeError, match="Nobody"):
        _ = made.Nobody


def test_many_models_are_imported_when_they_are_used(tmp_path: Path) -> None:
    schemas = {f"{word}{n}": obj(next=ref(f"{word}{n}")) for word in "AB" for n in range(60)}
    write(tmp_path, "many", rendered(schemas, "many"))
    sys.path.insert(0, str(tmp_path))
    many = importlib.import_module("many.models")
    sys.path.remove(str(tmp_path))
    assert many.A1.model_validate({"next": {}}).next is not None
    loaded = {name for name in sys.modules if name.startswith("many.models.")}
    assert 1 <= len(loaded) < len(list((tmp_path / "many/models").glob("_*.py"))) - 1


def test_the_order_of_components_is_of_no_matter() -> None:
    reverse = dict(reversed(SCHEMAS.items()))
    assert rendered(SCHEMAS) == rendered(reverse)


def test_objects_that_are_described_twice_are_written_down_twice() -> None:
    user = obj(name=SHORT, friend=ref("Pet"))
    text = rendered(GRAPHS | {"UserA": user, "UserB": user})["models.py"]
    first, second = re.findall(r"^class User[AB]\(Model\):\n((?:    .*\n)+)", text, re.MULTILINE)
    assert first == second
    assert "friend: Pet | None = None" in first


WORDS = st.lists(st.sampled_from(["User", "List", "Get", "A", "B", "C"]), min_size=1, max_size=4)
NAMES = st.sets(WORDS.map("".join), min_size=60, max_size=200)


def placed(names: set[str]) -> dict[str, str]:
    return modules_of({name: Statement(name, "class", "", (), "") for name in names})


@settings(max_examples=30)
@given(names=NAMES, added=WORDS.map("".join))
def test_a_model_that_is_added_moves_only_its_neighbours(names: set[str], added: str) -> None:
    before, after = placed(names), placed(names | {added})
    moved = {before[name] for name in names if before[name] != after[name]}
    # A module that gets too large parts, and what is left over may make one with others' rest.
    assert len(moved) <= 3
    assert all(list(before.values()).count(module) <= 60 for module in before.values())


@pytest.mark.parametrize("letter", ["a", "名", "𠀀"])
def test_however_long_the_names_of_models_are_files_can_be_called_so(letter: str) -> None:
    found = placed({f"{letter * 2000}{number}" for number in range(200)})
    assert all(len(f"{module}.py".encode()) <= 255 for module in found.values())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("^[a-z]+$", True), ("a\\/b", True), ("(?=a)", False), ("\\p{L}", False), ("(", False)],
)
def test_a_pattern_is_kept_if_pydantic_and_python_take_it(pattern: str, *, expected: bool) -> None:
    assert is_pattern(pattern) is expected
