"""A file of recordings is read whole, or refused with the place of what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.replay import run
from tests.replay.recording import BadRecordingError, read_recording

if TYPE_CHECKING:
    from pathlib import Path


def line(order: int = 0, *, version: str | None = "1.4.1", **changed: Any) -> str:
    headers = [["Content-Type", "application/json"]]
    said = [["X-Version", version]] if version else []
    request = {"method": "GET", "path": "/v1/info"}
    response = {"status": 200, "headers": headers + said, "body": {"text": "{}"}}
    recorded = {"order": order, "name": f"n{order}", "app": "My App"}
    return json.dumps(recorded | {"request": request, "response": response} | changed)


def written(folder: Path, *lines: str, name: str = "recordings.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_version_is_what_most_answers_say(tmp_path: Path) -> None:
    lines = (line(version="1.4.1"), line(version="1.14.2"), line(version="1.14.2"))
    assert read_recording(written(tmp_path, *lines, name="1.4.1.jsonl")).version == "1.14.2"


def test_the_version_is_what_the_file_is_called_where_no_answer_says_it(tmp_path: Path) -> None:
    path = written(tmp_path, line(version=None), name="aside-1.4.1.jsonl")
    assert read_recording(path).version == "1.4.1"


def test_requests_are_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    recording = read_recording(written(tmp_path, line(7), "", line(3)))
    assert [exchange.name for exchange in recording.exchanges] == ["n3", "n7"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line(), "{"), ":2: not a recorded exchange: the line: Invalid JSON"),
        ((line(), "", line(request=None)), ":3: not a recorded exchange: request: Input should"),
        ((json.dumps({"name": "n"}),), ":1: not a recorded exchange: request: Field required"),
        (
            (line(response={"status": 200, "headers": [], "body": {"base64": "x"}}),),
            ":1: body is no",
        ),
        ((line(version="2.0.0"),), ": recorded with version 2.0.0; known are 1.4.1 and 1.14.2"),
        ((line(version=None),), ": no answer has X-Version, and the name tells no version"),
        ((), ": there is no exchange"),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    lines: tuple[str, ...], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(BadRecordingError) as caught:
        read_recording(path)
    assert str(caught.value).startswith(f"{path}{expected}")
    assert run.main([path]) == 2
    assert capsys.readouterr().err == f"{caught.value}\n"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadRecordingError, match="can't be read"):
        read_recording(tmp_path / "missing.jsonl")
