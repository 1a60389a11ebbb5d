"""docs/settings.md holds every key with its default, and examples that load."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from completion_server.operations.form import prompt_of
from completion_server.settings import App, ServerSettings, Text, hashed
from completion_server.settings.setting import Setting
from completion_server.settings.tables import kind_of, tables_under
from completion_server.settings.toml_file import read_settings

SERVER = Path(__file__).parents[2] / "completion_server"
PAGE = (SERVER / "docs/settings.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| .+ \|$", re.MULTILINE)
SPOKEN_ELSEWHERE = {"apps", "limits", "storage", "form", "model", "web_app"}


def keys_by_section() -> dict[str, dict[str, str]]:
    """Give the default of each key, as the page writes it, by section."""
    sections = re.split(r"^##+ (.+)$", PAGE, flags=re.MULTILINE)
    return {
        title: rows
        for title, body in zip(sections[1::2], sections[2::2], strict=True)
        if (rows := dict(ROW.findall(body)))
    }


def tables(
    title: str = "Top of the file", table: type[Setting] = ServerSettings
) -> dict[str, type[Setting]]:
    """Give a table and all below it, by the titles of their sections: a key or a kind."""
    found = {title: table}
    for key in table.model_fields:
        for inner in tables_under(table, key):
            found |= tables(kind_of(inner) or key, inner)
    return found


KINDS = {"form": {"text", "paragraph", "select", "number"}, "model": {"embedded", "openai"}}
"""What the sections on all kinds of a table are titled, and those on the kinds."""


def documented(title: str) -> dict[str, str]:
    """Give the keys of a table: those of its section, and of the section on all its kinds."""
    sections = keys_by_section()
    general = [sections[name] for name, kinds in KINDS.items() if title in kinds]
    return {**(general[0] if general else {}), **sections[title]}


def written(name: str, field: FieldInfo) -> str:
    """Write a default as the page does."""
    if name in SPOKEN_ELSEWHERE:
        return f"see [below](#{name})"
    # A table's kind must be named, whatever pydantic would take.
    if field.default is PydanticUndefined or name in {"type", "provider"}:
        return "required"
    if field.default is None:
        return "none"
    if isinstance(field.default, tuple | bool | int | float):
        return f"`{json.dumps(field.default)}`"
    return f'`"{field.default}"`'


@pytest.mark.parametrize("title", tables())
def test_each_key_is_described_with_its_default(title: str) -> None:
    fields = tables()[title].model_fields
    assert {name: written(name, field) for name, field in fields.items()} == documented(title)


def test_every_section_of_keys_is_that_of_a_table() -> None:
    assert set(keys_by_section()) == {*tables(), *KINDS}


EXAMPLES = [
    (SERVER / "example.toml").read_text(),
    *re.findall(r"^```toml\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL),
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_loads(text: str, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(text)
    assert read_settings(path).apps


def test_its_python_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "settings.md", "exec"), {})  # noqa: S102 - our own page


def test_a_hashed_key_of_the_page_is_the_one_it_names() -> None:
    assert f"$ echo app-hashed | completion-server --hash-key\n{hashed('app-hashed')}\n" in PAGE


def test_what_is_said_of_templates_is_so() -> None:
    form = (Text(variable="topic", default="cats"), Text(variable="tone"))
    said = re.findall(r"^\| `(\{\{.+?\}\})`.* \| (.+?) \| `(.+?)`", PAGE, re.MULTILINE)
    for template, request, gets in said:
        app = App(name="A", keys=("k",), prompt=template, form=form)
        inputs = json.loads(request.strip("`")) if "`{" in request else {}
        assert (template, gets) == (template, prompt_of(app, inputs))
    assert len(said) == 5


def test_the_example_file_shows_what_it_says() -> None:
    settings = read_settings(SERVER / "example.toml")
    assert [app.name for app in settings.apps] == ["Writer", "Translator", "Describer"]
    writer, translator, describer = settings.apps
    assert [control.type for control in writer.form] == ["text", "select", "number", "paragraph"]
    assert (hashed("app-translator"),) == translator.keys
    assert Decimal("0.00015") == translator.model.prompt_price
    assert describer.moderation
    assert describer.moderation.flags("this is a badword indeed")
    assert describer.moderation.flags("Another BAD word")
