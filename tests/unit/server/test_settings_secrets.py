"""Keys are checked and hashed as they are read; neither they nor passwords are ever told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import HttpUrl, ValidationError

from completion_server.settings import App, OpenAICompatible, ServerSettings, Storage, hashed
from tests.unit.server.settings_diagnostics import APP, KEY, told


def test_a_misspelled_hash_is_no_key(tmp_path: Path) -> None:
    text = f'[[apps]]\nname = "A"\nkeys = ["{hashed(KEY)[:-1]}"]\n'
    assert told(tmp_path, text) == ["3: apps[0].keys[0]: must be sha256: and 64 hexadecimal digits"]


@pytest.mark.parametrize("key", [" k", "k ", "k\\n", "\\tk", "k\\u0000", "kéy", "k\\u2028y"])
def test_a_key_that_no_header_carries_is_refused(tmp_path: Path, key: str) -> None:
    text = f'[[apps]]\nname = "A"\nkeys = ["{key}"]\n'
    words = "must be printable ASCII, without white space at its ends"
    assert told(tmp_path, text) == [f"3: apps[0].keys[0]: {words}"]


def test_a_key_may_hold_a_space_and_signs() -> None:
    assert App(name="A", keys=("a b", "~!", "x")).keys == tuple(map(hashed, ("a b", "~!", "x")))


def test_a_key_and_its_hash_are_the_same_key(tmp_path: Path) -> None:
    other = f'[[apps]]\nname = "B"\nkeys = ["sha256:{hashed(KEY)[7:].upper()}"]\n'
    assert told(tmp_path, APP + other) == [
        "6: apps[1].keys[0]: the same as apps[0].keys[0] in line 3"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'compatibility = "{KEY}"',
        f'{KEY} = "x"',
        f'"{KEY}" = 1',
        f'[[apps]]\nname = "A"\nkeys = "{KEY}"',
        f'[[apps]]\nname = "A"\nkeys = [["{KEY}"]]',
        f'[[apps]]\nname = "A"\n[apps.keys]\n{KEY} = "x"',
        f'[[apps]]\nname = "A"\n[apps.{KEY}]\nx = 1',
        f'[[apps]]\nname = "A"\nkeys = ["{KEY}"]\nmode = "{KEY}"\nkey = "{KEY}"',
        f'[[apps]]\nname = "A"\nkeys = ["{KEY}", "{KEY}"]',
        f'{APP}[apps.model]\nprovider = "{KEY}"',
        f'{APP}[apps.model]\nprovider = "openai"\napi_key = ["{KEY}"]',
        f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nbase_url = "me:{KEY}@host"',
        f'faults = ["{KEY}"]',
        f'[storage]\ndatabase = "{KEY}"',
        f'[[apps]]\nname = "A"\nkeys = ["{KEY} "]',
        f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nbase_url = "http://me:{KEY}@host"',
        f"{KEY} = 1\n{KEY} = 2",
        f"[{KEY}]\n[{KEY}]",
        f"x = {{{KEY} = 1, {KEY} = 2}}",
        f'x = "{KEY}',
        f"x = {KEY}",
    ],
)  # fmt: skip
def test_no_key_is_told_wherever_it_was_pasted(tmp_path: Path, text: str) -> None:
    assert KEY not in "\n".join(told(tmp_path, text))


def test_no_password_is_in_what_is_printed() -> None:
    storage = Storage(database=f"postgresql://me:{KEY}@host/name")
    assert KEY not in f"{storage} {storage!r} {ServerSettings(storage=storage)!r}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Storage(database=f"me:{KEY}@host"),
        lambda: OpenAICompatible(provider="openai", name="m", base_url=with_password()),
        lambda: App(name="A", keys=(f"{KEY} ",)),
    ],
)
def test_no_refusal_in_python_shows_a_secret(make: Callable[[], object]) -> None:
    with pytest.raises(ValidationError) as caught:
        make()
    assert KEY not in f"{caught.value} {caught.value!r}"


def with_password() -> HttpUrl:
    return HttpUrl(f"http://me:{KEY}@host")
