"""Models are built when first needed, however they hang together."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from runtime.fitting import fit
from runtime.model import Model
from runtime.operation import adapter_of, validator


class Square(Model):
    side: int = 0


class Circle(Model):
    side: int = 0


def module(monkeypatch: pytest.MonkeyPatch, name: str, source: str) -> ModuleType:
    made = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, made)
    head = "from __future__ import annotations\nfrom runtime.model import Model\n"
    exec(head + source, vars(made))  # noqa: S102 (as generated code is)
    return made


@pytest.mark.parametrize("types", [(Square, Circle), (Circle, Square)])
def test_a_union_is_read_in_its_own_order(types: tuple[type[Model], type[Model]]) -> None:
    first, second = types
    assert isinstance(validator(first | second)(b"{}"), first)
    assert isinstance(validator(list[first | second])(b"[{}]")[0], first)  # type: ignore[valid-type]
    fitted, _ = fit(first | second, {"side": "x"})
    assert isinstance(fitted, first)


def test_a_model_of_the_users_own_knows_the_types_of_its_base(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "class Pet(Model):\n    owner: Owner\nclass Owner(Model):\n    name: str\n"
    models = module(monkeypatch, "models_of_pets", source)

    class Dog(models.Pet):  # type: ignore[misc, name-defined]
        age: int

    dog = Dog.model_validate({"owner": {"name": "n"}, "age": 1})
    assert isinstance(dog.owner, models.Owner)


@pytest.mark.parametrize("step", [1, -1])
def test_a_long_chain_of_models_is_built(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    chain = [f"class M{i}(Model):\n    n: M{i + 1} | None = None\n" for i in range(150)]
    source = "".join([*chain, "class M150(Model):\n    n: int = 0\n"][::step])
    models = module(monkeypatch, f"models_in_a_chain_{step + 1}", source)
    assert isinstance(adapter_of(models.M0).validate_python({"n": {}}).n, models.M1)
