"""A file's values are taken as TOML types them; callers in Python may be looser."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from completion_server.settings import App, Embedded, Number, ServerSettings
from completion_server.settings.toml_file import read_settings
from tests.unit.server.settings_diagnostics import APP, told

NUMBER = '[[apps.form]]\ntype = "number"\nvariable = "v"\n'
MODEL = '[apps.model]\nprovider = "embedded"\n'


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        (f'{APP}enabled = "no"', "4: apps[0].enabled: must be true or false, not text"),
        (f"{APP}enabled = 0", "4: apps[0].enabled: must be true or false"),
        ('ping_interval = "10"', "1: ping_interval: must be a number, not text"),
        ("ping_interval = true", "1: ping_interval: must be a number"),
        ("ping_interval = 1979-05-27", "1: ping_interval: must be a number"),
        (
            f"{APP}concurrent_requests = true",
            "4: apps[0].concurrent_requests: must be a whole number",
        ),
        (
            f"{APP}concurrent_requests = 2.0",
            "4: apps[0].concurrent_requests: must be a whole number",
        ),
        (f'{APP}{NUMBER}default = "3"', "7: apps[0].form[0].default: must be a number, not text"),
        (f"{APP}{NUMBER}default = true", "7: apps[0].form[0].default: must be a number"),
        (f"{APP}description = 3", "4: apps[0].description: must be text"),
        (f"{APP}tags = [1979-05-27]", "4: apps[0].tags[0]: must be text"),
        ("compatibility = 1.4", "1: compatibility: is none of 1.4.1, 1.14.2"),
        (f"{APP}{MODEL}prompt_price = true", "6: apps[0].model.prompt_price: must be a number"),
        (
            f"{APP}{MODEL}prompt_price = 07:32:00",
            "6: apps[0].model.prompt_price: must be a number",
        ),
        (
            f"{APP}{MODEL}prompt_price = nan",
            "6: apps[0].model.prompt_price: must be a finite number",
        ),
    ],
)
def test_a_value_of_another_type_is_told(tmp_path: Path, text: str, diagnostic: str) -> None:
    assert told(tmp_path, text) == [diagnostic]


def read(folder: Path, text: str) -> ServerSettings:
    path = folder / "apps.toml"
    path.write_text(text)
    return read_settings(path)


@pytest.mark.parametrize("written", ["3", "3.0", "-0.5"])
def test_a_default_keeps_its_type(tmp_path: Path, written: str) -> None:
    [app] = read(tmp_path, f"{APP}{NUMBER}default = {written}").apps
    [control] = app.form
    assert repr(control.default) == written


def test_a_whole_number_is_a_number_too(tmp_path: Path) -> None:
    assert read(tmp_path, "ping_interval = 10").ping_interval == 10.0


PRICES = st.decimals(0, 9_999_999, places=7) | st.decimals(0, 1, places=3) | st.integers(0, 9999)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PRICES, PRICES)
def test_a_price_is_exactly_what_is_written(
    tmp_path: Path, prompt: Decimal | int, completion: Decimal | int
) -> None:
    prices = f'prompt_price = {prompt:f}\ncompletion_price = "{completion:f}"\n'
    [app] = read(tmp_path, f"{APP}{MODEL}{prices}").apps
    assert (prompt, completion) == (app.model.prompt_price, app.model.completion_price)


LARGEST = 2**63 - 1


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 2, 0, LARGEST])
@pytest.mark.parametrize(
    ("before", "place"),
    [
        (f"{APP}{MODEL}seed", "6: apps[0].model.seed"),
        (f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nseed', "7: apps[0].model.seed"),
        (f"{APP}{NUMBER}default", "7: apps[0].form[0].default"),
    ],
)
def test_a_whole_number_fits_into_64_bits(
    tmp_path: Path, before: str, place: str, number: int
) -> None:
    text = f"{before} = {number}"
    if number in {0, LARGEST}:
        assert read(tmp_path, text)
    else:
        assert told(tmp_path, text) == [f"{place}: must fit into 64 bits"]


COUNTS = [
    ("[limits]\nworkflow_files", "2: limits.workflow_files"),
    ("[limits]\nrequests", "2: limits.requests"),
    (f"{APP}concurrent_requests", "4: apps[0].concurrent_requests"),
    (f"{APP}[apps.vision]\nimages", "5: apps[0].vision.images"),
    (
        f'{APP}[[apps.form]]\ntype = "text"\nvariable = "v"\nmax_length',
        "7: apps[0].form[0].max_length",
    ),
    (
        f'{APP}[apps.model]\nprovider = "openai"\nname = "m"\nmax_tokens',
        "7: apps[0].model.max_tokens",
    ),
]


@pytest.mark.parametrize(("before", "place"), COUNTS)
def test_a_count_is_at_least_1_and_fits_into_64_bits(
    tmp_path: Path, before: str, place: str
) -> None:
    assert read(tmp_path, f"{before} = {LARGEST}")
    assert told(tmp_path, f"{before} = 0") == [f"{place}: must be at least 1"]
    assert told(tmp_path, f"{before} = {LARGEST + 1}") == [f"{place}: must fit into 64 bits"]
    # More digits than Python would write.
    assert told(tmp_path, f"{before} = 0x{'F' * 9000}") == [f"{place}: must fit into 64 bits"]


def test_callers_in_python_may_be_loose() -> None:
    app = App.model_validate({"name": "A", "keys": ["k"], "concurrent_requests": "2"})
    assert app.concurrent_requests == 2
    assert Number.model_validate({"variable": "v", "default": "3"}).default == 3
    assert Embedded.model_validate({"prompt_price": 0.1}).prompt_price == Decimal("0.1")
