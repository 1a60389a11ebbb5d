"""A faulty server is caught by the check that is meant for it; `make mutants` hunts all."""

from __future__ import annotations

import pytest

from completion_server.faults.catalogue import MUTANTS
from tests.contract.mutants.expected import EXPECTED, MISSED, SAMPLE
from tests.contract.mutants.hunt import hunt
from tests.contract.mutants.run import PROMISED, Expected

# One of each kind: an answer's body, its bytes, an order, a meaning, a reach, a key, a page.
SLICE = (
    "code-undocumented",
    "item-key-leaked",
    "audio-truncated",
    "message-id-changes",
    "content-cut",
    "use-another-users-file",
    "wrong-key-accepted",
    "pages-overlap",
    "crash-on-long-text",
    "stream-for-json",
)


def test_every_fault_has_its_check_or_a_reason() -> None:
    faults = {fault.name for faults in MUTANTS.values() for fault in faults}
    assert EXPECTED.keys() | MISSED.keys() == faults
    assert EXPECTED.keys().isdisjoint(MISSED)
    assert len(EXPECTED) / len(faults) >= PROMISED
    assert EXPECTED.keys() >= {*SAMPLE, *SLICE}


@pytest.mark.slow
@pytest.mark.parametrize("fault", SLICE)
def test_a_fault_is_caught_by_its_check(fault: str) -> None:
    check = EXPECTED[fault]
    assert check in hunt(fault, 1, "quick", Expected(check)).checks


@pytest.mark.slow
def test_a_sound_server_is_clean() -> None:
    assert hunt(None, 1, "quick").said == ()
