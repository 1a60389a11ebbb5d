"""The prompts that the server makes of recorded requests are as long as the real ones were."""

import re

import pytest

from completion_server.operations.form import prompt_of
from completion_server.operations.usage import prompt_tokens
from tests.replay.apps import recorded_apps
from tests.replay.recording import VERSIONS, recording_of

APPS = recorded_apps()


def recorded(version: str) -> list[tuple[str, int]]:
    """Give the prompt and its recorded token count of every completion that a model answered."""
    found = []
    for exchange in recording_of(version).exchanges:
        counts = re.findall(rb'"prompt_tokens": ?([1-9]\d*)', exchange.answer.body)
        if counts:
            prompt = prompt_of(APPS[exchange.app], exchange.fields["inputs"])
            found.append((prompt, int(counts[-1])))
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_prompts_have_the_recorded_number_of_tokens(version: str) -> None:
    prompts = recorded(version)
    assert len(prompts) > 20
    assert [count for _, count in prompts] == [prompt_tokens(prompt) for prompt, _ in prompts]
