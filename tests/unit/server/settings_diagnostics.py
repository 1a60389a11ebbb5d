"""What is told of a text of settings that is wrong, and the beginning of texts to try."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from completion_server.settings.toml_file import SettingsError, read_settings

KEY = "app-0123456789abcdefghijklmn"
APP = f'[[apps]]\nname = "A"\nkeys = ["{KEY}"]\n'
FAULTS = ["slow-answers", "cut-stream"]


def told(folder: Path, text: str) -> list[str]:
    """Give the diagnostics of a text, without the file's path."""
    path = folder / "apps.toml"
    path.write_bytes(text.encode())
    with pytest.raises(SettingsError) as caught:
        read_settings(path, FAULTS)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


def characters_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give a list that gets the length of each text that tomllib reads from now on."""
    lengths: list[int] = []
    loads = tomllib.loads

    def counted(text: str) -> dict[str, Any]:
        lengths.append(len(text))
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    return lengths
