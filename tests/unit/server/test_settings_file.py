"""A file of settings is read, or all that is wrong with it is told with its lines, keys never."""

import copy
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from completion_server.settings import ServerSettings, Storage, WebApp, hashed
from completion_server.settings.toml_file import SettingsError, read_settings
from completion_server.settings.wording import PATTERNS
from tests.unit.server.settings_diagnostics import APP, FAULTS, KEY, told

EXAMPLE = (Path(__file__).parents[2] / "completion_server/example.toml").read_text()


def test_a_file_becomes_settings(tmp_path: Path) -> None:
    path = tmp_path / "apps.toml"
    path.write_text(f'\ufeffcompatibility = "1.4.1"\r\n{APP}[storage]\nmegabytes = 1\n')
    read = read_settings(path)
    assert (read.compatibility, read.storage) == ("1.4.1", Storage(megabytes=1))
    assert [app.keys for app in read.apps] == [(hashed(KEY),)]


def test_an_empty_file_is_a_server_without_settings(tmp_path: Path) -> None:
    path = tmp_path / "apps.toml"
    path.touch()
    assert read_settings(path) == ServerSettings()


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
compatibility = "1.14.3"
ping_intervall = 3
[limits]
image = 0
file = "big"
[[apps]]
name = "A"
modl = "x"
form = [
  {type = "text", variable = "x", default = "cats", max_length = 3},
  {type = "selct", variable = "y"},
  # between
  {type = "select", variable = "1y", options = []},
  {type = "number", variable = "z", default = []},
  {variable = "z"},
]
[apps.model]
provider = "openai"
prompt_price = "free"
[apps.speech]
auto_play = 3
language = "en_US"
[[apps]]
keys = "app-plain"
[apps.form]
type = "text"
[apps.model]
provider = "ollama"
[apps.web_app]
zzz = 1
"""
    assert told(tmp_path, text) == [
        "1: compatibility: '1.14.3' is none of 1.4.1, 1.14.2",
        "2: ping_intervall: is unknown; did you mean ping_interval?",
        "4: limits.image: must be at least 1",
        "5: limits.file: must be a whole number, not text",
        "6: apps[0].keys: is required",
        "8: apps[0].modl: is unknown; did you mean model?",
        "10: apps[0].form[0].default: must not be longer than max_length",
        "11: apps[0].form[1].type: 'selct' is none of text, paragraph, select, number",
        "13: apps[0].form[2].options: must not be empty",
        f"13: apps[0].form[2].variable: {PATTERNS['variable']}",
        "14: apps[0].form[3].default: must be a number",
        "15: apps[0].form[4].type: is required",
        "17: apps[0].model.name: is required",
        "19: apps[0].model.prompt_price: must be a number",
        "21: apps[0].speech.auto_play: must be true or false",
        "22: apps[0].speech.language: must be a language tag such as en-US",
        "23: apps[1].name: is required",
        "24: apps[1].keys: must be a list",
        "25: apps[1].form: must be a list of tables, each headed [[apps.form]]",
        "28: apps[1].model.provider: 'ollama' is none of embedded, openai",
        "30: apps[1].web_app.zzz: is unknown; known are " + ", ".join(WebApp.model_fields),
    ]


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ("apps = []", "1: apps: must not be empty"),
        ("limits = 3", "1: limits: must be a table"),
        (f"{APP}form = [3]", "4: apps[0].form[0]: must be a table"),
        (f"{APP}[apps.tags]", "4: apps[0].tags: must be a list"),
        (f"{APP}[apps.model]", "4: apps[0].model.provider: is required"),
        (f"{APP}tags = [1]", "4: apps[0].tags[0]: must be text"),
        (
            f"{APP}concurrent_requests = 1.5",
            "4: apps[0].concurrent_requests: must be a whole number",
        ),
        ("ping_interval = -1.0", "1: ping_interval: must be at least 0.01"),
        ("ping_interval = 1e-300", "1: ping_interval: must be at least 0.01"),
        ("ping_interval = inf", "1: ping_interval: must be at most 3600"),
        (
            f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nbase_url = "ftp://h"',
            "7: apps[0].model.base_url: must be an http or https URL",
        ),
        (
            f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nbase_url = "http://me:pw@h"',
            "7: apps[0].model.base_url: must hold no user or password; use api_key",
        ),
        (
            '[storage]\ndatabase = "nonsense"',
            f"2: storage.database: {PATTERNS['database']}",
        ),
        (
            f'{APP}[apps.model]\nprovider = "embedded"\nprompt_price = 0.00000001',
            "6: apps[0].model.prompt_price: must have at most 7 decimal places",
        ),
        (
            f'{APP}[[apps.form]]\ntype="select"\nvariable="v"\noptions=["a"]\ndefault="b"',
            "8: apps[0].form[0].default: must be one of the options",
        ),
        (
            f'{APP}[[apps.form]]\ntype="number"\nvariable="v"\ndefault=inf',
            "7: apps[0].form[0].default: must be a finite number",
        ),
        (
            f'{APP}[[apps.form]]\ntype="text"\nvariable="v"\nlable="x"',
            "7: apps[0].form[0].lable: is unknown; did you mean label?",
        ),
    ],
)
def test_each_kind_of_mistake_has_plain_words(tmp_path: Path, text: str, diagnostic: str) -> None:
    assert told(tmp_path, text) == [diagnostic]


def test_a_key_of_the_top_below_a_header_is_sent_there(tmp_path: Path) -> None:
    belongs = "belongs at the top of the file, before the first [table]"
    text = f"[storage]\nfaults_by_header = true\n{APP}[apps.model]\nping_interval = 3\n"
    assert told(tmp_path, text) == [
        f"2: storage.faults_by_header: {belongs}",
        "6: apps[0].model.provider: is required",
    ]
    assert told(tmp_path, f"{APP}ping_interval = 3") == [f"4: apps[0].ping_interval: {belongs}"]
    assert told(tmp_path, f"{APP}[apps.limits]\n") == [
        "4: apps[0].limits: is a table of its own, in no other"
    ]


def test_a_fault_is_one_of_those_that_the_reader_knows(tmp_path: Path) -> None:
    assert told(tmp_path, 'faults = [\n"slow-answers",\n"cut-steam",\n"no-such"]') == [
        "3: faults[1]: 'cut-steam' is no fault; did you mean cut-stream?",
        "4: faults[2]: 'no-such' is no fault; see completion-server --list-faults",
    ]
    path = tmp_path / "apps.toml"
    path.write_text('faults = ["cut-stream"]')
    assert read_settings(path, FAULTS).faults == ("cut-stream",)
    path.write_text('faults = ["any"]')
    assert read_settings(path).faults == ("any",)


def test_what_may_stand_but_once_is_told_with_both_lines(tmp_path: Path) -> None:
    second = f'[[apps]]\nname = "A"\nkeys = [\n  "app-b",\n  "{KEY}",\n]\n'
    assert told(tmp_path, APP + second) == [
        "5: apps[1].name: the same as apps[0].name in line 2",
        "8: apps[1].keys[1]: the same as apps[0].keys[0] in line 3",
    ]
    form = '[[apps.form]]\ntype = "text"\nvariable = "v"\n'
    assert told(tmp_path, APP + form + form) == [
        "9: apps[0].form[1].variable: the same as apps[0].form[0].variable in line 6"
    ]


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ("a = 1\nb = \n", "2: not TOML: invalid value"),
        ("a = 1\na = 2\nb = 3", "2: not TOML: the key has a value already"),
        ("a = 1\na = 2", "2: not TOML: the key has a value already"),
        ("[a]\n[b]\n[a]\n", "3: not TOML: the table is there already"),
        ("a = {}\na.b = 1\n", "2: not TOML: an inline table or array takes no further keys"),
        ("a = 1\nb = [\n 1,\n", "2: not TOML: invalid value, but the file ends"),
        ('a = 1\nb = """\nx\n', "2: not TOML: unterminated string, but the file ends"),
        ("a = 1\nb = " + "9" * 5000, "2: not TOML: the number has too many digits"),
        ("a = 1\nb = " + "[" * 5000, "2: not TOML: the value is nested too deep"),
    ],
)
def test_what_is_no_toml_is_told_in_the_same_form(
    tmp_path: Path, text: str, diagnostic: str
) -> None:
    assert told(tmp_path, text) == [diagnostic]


def refusal(path: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    return str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing, large, latin = tmp_path / "no.toml", tmp_path / "big.toml", tmp_path / "latin.toml"
    large.write_bytes(b"#" * (128 * 1024 + 1))
    latin.write_bytes(b'a = 1\nb = "\xe9"\n')
    assert refusal(missing) == f"{missing}: can't be read: No such file or directory"
    assert refusal(tmp_path) == f"{tmp_path}: can't be read: Is a directory"
    assert refusal(large) == f"{large}: is larger than 128 KiB"
    assert refusal(latin) == f"{latin}:2: not UTF-8"
    assert "can't be read" in refusal(Path("a\0b"))


def test_every_pattern_of_the_settings_has_its_words() -> None:
    schema = ServerSettings.model_json_schema(by_alias=False)
    keys = [each for table in schema["$defs"].values() for each in table["properties"].items()]
    assert {key for key, rule in keys if '"pattern"' in json.dumps(rule)} == set(PATTERNS)


def toml(value: Any) -> str:
    """Write a value inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def containers(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return []
    return [value, *(found for content in inner for found in containers(content))]


VALUES = st.recursive(
    st.booleans()
    | st.integers(-5, 5)
    | st.floats(-5, 5)
    | st.just(KEY)
    | st.sampled_from(["", "a"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["type", "name", "text", "int"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_file_with_anything_in_any_place_is_read_or_told(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = copy.deepcopy(tomllib.loads(EXAMPLE))
    for _ in range(data.draw(st.integers(1, 3))):
        container = data.draw(st.sampled_from([c for c in containers(content) if c]))
        steps = list(container) if isinstance(container, dict) else range(len(container))
        container[data.draw(st.sampled_from(steps))] = data.draw(VALUES)
    path = tmp_path / "apps.toml"
    path.write_text("\n".join(f"{key} = {toml(value)}" for key, value in content.items()))
    try:
        read_settings(path)
    except SettingsError as error:
        for line in str(error).split("\n"):
            assert re.fullmatch(rf"{re.escape(str(path))}:\d+: \w[^:]*: .+", line)
            assert KEY not in line
            assert "is not valid" not in line
