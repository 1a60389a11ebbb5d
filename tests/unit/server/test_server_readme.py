"""The completion server's page: its Python runs, and it names every option."""

import re
from pathlib import Path

import pytest

from completion_server.cli import main

FOLDER = Path(__file__).parents[2] / "completion_server"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_its_python_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own page


def test_it_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    options = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))
    assert options - {"--help", "--version"} <= set(re.findall(r"--[a-z][a-z-]+", PAGE))


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAGE)
    assert [link for link in links if not (FOLDER / link).exists()] == []
    assert links
