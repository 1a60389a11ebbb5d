"""Every recorded answer keeps the contract, or shows a fault that is known."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from specloom.config import load_config
from specloom.contract.answers import Contract
from specloom.contract.exchange import Exchange, Request, Response
from specloom.contract.known_faults import KnownFault, load_known_faults
from specloom.contract.recordings import Outcome, compare, read_recordings, unused_faults
from specloom.diagnostics import Collector, Location
from specloom.pipeline import effective

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "tests/recordings"
VERSIONS = ("1.4.1", "1.14.2")

OUTSIDE = {
    ("1.4.1", "cm_get_405"),
    ("1.4.1", "unknown_path_404"),
    ("1.4.1", "trailing_slash"),
    ("1.4.1", "root_index"),
    ("1.4.1", "options_cors"),
    ("1.14.2", "cm_get_405"),
    ("1.14.2", "unknown_path_404"),
    ("1.14.2", "root_index"),
}
"""The exchanges that address no documented operation."""

EXCHANGES = [
    exchange
    for version in VERSIONS
    for exchange in read_recordings(
        RECORDINGS / f"recordings-{version}.jsonl", version, Collector()
    )
]


def label(exchange: Exchange) -> str:
    return f"{exchange.version}-{exchange.name}"


@pytest.fixture(scope="module")
def contract() -> Contract:
    config = load_config(ROOT / "spec/completion", Collector())
    return Contract(effective(config, Collector()).tree)


@pytest.fixture(scope="module")
def faults() -> Sequence[KnownFault]:
    return load_known_faults(ROOT / "spec/completion/known-faults.yaml", Collector())


@pytest.mark.parametrize("exchange", EXCHANGES, ids=label)
def test_a_recorded_answer_keeps_the_contract(
    exchange: Exchange, contract: Contract, faults: Sequence[KnownFault]
) -> None:
    outcome = compare(contract, exchange, faults)
    assert (outcome.addressed is None) == ((exchange.version, exchange.name) in OUTSIDE)
    assert outcome.fault or list(outcome.violations) == []


def outcomes(contract: Contract, faults: Sequence[KnownFault]) -> list[Outcome]:
    return [compare(contract, exchange, faults) for exchange in EXCHANGES]


def test_every_known_fault_was_recorded(contract: Contract, faults: Sequence[KnownFault]) -> None:
    assert unused_faults(outcomes(contract, faults), faults) == []


def test_the_known_faults_explain_nine_answers_and_no_more(
    contract: Contract, faults: Sequence[KnownFault]
) -> None:
    explained = [label(outcome.exchange) for outcome in outcomes(contract, faults) if outcome.fault]
    assert explained == [
        "1.4.1-cm_json_array",
        "1.4.1-feedback_bad_uuid",
        "1.4.1-app_feedbacks__page_0",
        "1.4.1-app_feedbacks__page_1",
        "1.4.1-vision_files_object",
        "1.4.1-tts_bad_uuid",
        "1.4.1-tts_unknown_msg",
        "1.14.2-feedback_bad_uuid",
        "1.14.2-tts_unknown_msg",
    ]


def stopped_streams() -> list[bytes]:
    """The bodies in the file of stopped streams: what stands behind the head, without the times."""
    text = (RECORDINGS / "stop-streams-1.14.2.txt").read_text(encoding="utf-8")
    streams = [part.split("\n") for part in text.split("== ")[1:]]
    lines = [[line[7:] for line in stream[2:] if line.strip()] for stream in streams]
    return ["\n".join([*stream[stream.index("") + 1 :], ""]).encode() for stream in lines]


@pytest.mark.parametrize("body", stopped_streams(), ids=["by its user", "by another user"])
def test_a_stopped_stream_keeps_the_contract(body: bytes, contract: Contract) -> None:
    exchange = Exchange(
        "stopped",
        "1.14.2",
        Request("POST", "/v1/completion-messages"),
        Response(200, "text/event-stream; charset=utf-8", body),
        Location("stop-streams-1.14.2.txt"),
    )
    assert body.endswith(b"\n\n")
    assert list(compare(contract, exchange, []).violations) == []
