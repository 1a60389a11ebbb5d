"""The prompts that the server makes of recorded requests are as long as the real ones were."""

import json
import re
from pathlib import Path

import pytest

from completion_server.operations.form import prompt_of
from completion_server.operations.usage import prompt_tokens
from completion_server.settings.toml_file import read_settings

TESTS = Path(__file__).parents[2]
APPS = {app.name: app for app in read_settings(TESTS / "replay/recorded_apps.toml").apps}


def recorded(version: str) -> list[tuple[str, int]]:
    """Give the prompt and its recorded token count of every completion that a model answered."""
    found = []
    # Not by splitlines(): an answer may hold U+2028.
    lines = (TESTS / f"recordings/recordings-{version}.jsonl").read_text().strip().split("\n")
    for exchange in map(json.loads, lines):
        text = exchange["response"]["body"].get("text", "")
        counts = re.findall(r'"prompt_tokens": ?([1-9]\d*)', text)
        if counts:
            body = json.loads(exchange["request"]["json_text"])
            found.append((prompt_of(APPS[exchange["app"]], body["inputs"]), int(counts[-1])))
    return found


@pytest.mark.parametrize("version", ["1.4.1", "1.14.2"])
def test_prompts_have_the_recorded_number_of_tokens(version: str) -> None:
    prompts = recorded(version)
    assert len(prompts) > 20
    assert [count for _, count in prompts] == [prompt_tokens(prompt) for prompt, _ in prompts]
