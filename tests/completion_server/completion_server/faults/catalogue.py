"""Every fault, by subject and by name."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import chain

from completion_server.faults.fault import Fault
from completion_server.faults.mutants import (
    apart,
    audio,
    authentication,
    completion_fields,
    crashes,
    descriptions,
    error_bodies,
    feedback,
    feedback_fields,
    media_types,
    paging,
    statuses,
    stop,
    stream_fields,
    stream_framing,
    stream_order,
    stream_text,
    uploads,
    usage,
    validation,
    waiting,
)
from completion_server.faults.on_demand import error_codes, network, stream_errors

# How alike a name must be to be worth telling, from 0 to 1.
NEAR = 0.4

ON_DEMAND: dict[str, tuple[Fault, ...]] = {
    "error codes": error_codes.FAULTS,
    "errors in streams": stream_errors.FAULTS,
    "network": network.FAULTS,
}
MUTANTS: dict[str, tuple[Fault, ...]] = {
    "statuses": statuses.FAULTS,
    "media types": media_types.FAULTS,
    "error bodies": error_bodies.FAULTS,
    "completion fields": completion_fields.FAULTS,
    "usage": usage.FAULTS,
    "stream fields": stream_fields.FAULTS,
    "stream order": stream_order.FAULTS,
    "stream framing": stream_framing.FAULTS,
    "text and mode": stream_text.FAULTS,
    "uploads": uploads.FAULTS,
    "feedback fields": feedback_fields.FAULTS,
    "feedback": feedback.FAULTS,
    "paging": paging.FAULTS,
    "users and apps": apart.FAULTS,
    "stop": stop.FAULTS,
    "audio": audio.FAULTS,
    "descriptions": descriptions.FAULTS,
    "authentication": authentication.FAULTS,
    "validation": validation.FAULTS,
    "crashes": crashes.FAULTS,
    "time": waiting.FAULTS,
}
SUBJECTS = {**ON_DEMAND, **MUTANTS}


class UnknownFaultError(LookupError):
    """No fault has this name; the message tells the nearest, or where all are listed."""


def by_name(faults: Iterable[Fault]) -> dict[str, Fault]:
    """Give faults by their names; raises ValueError if two have the same."""
    named: dict[str, Fault] = {}
    for fault in faults:
        if fault.name in named:
            raise ValueError(f"two faults are called {fault.name}")
        named[fault.name] = fault
    return named


FAULTS = by_name(chain.from_iterable(SUBJECTS.values()))


def find(name: str) -> Fault:
    """Find a fault by its name; raises UnknownFaultError."""
    if name in FAULTS:
        return FAULTS[name]
    nearest = get_close_matches(name, FAULTS, n=3, cutoff=NEAR)
    told = f"the nearest are {', '.join(nearest)}" if nearest else "--list-faults lists them"
    raise UnknownFaultError(f"no fault {name!r}; {told}")
