"""Every fault, by subject and by name."""

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
FAULTS = {fault.name: fault for fault in chain.from_iterable(SUBJECTS.values())}


class UnknownFaultError(LookupError):
    """No fault has this name; the message tells the nearest."""


def find(name: str) -> Fault:
    """Find a fault by its name; raises UnknownFaultError."""
    if name in FAULTS:
        return FAULTS[name]
    nearest = get_close_matches(name, FAULTS, n=3, cutoff=0.0)
    raise UnknownFaultError(f"no fault {name!r}; the nearest are {', '.join(nearest)}")


def subject_of(fault: Fault) -> str:
    """Give the subject under which a fault stands."""
    return next(subject for subject, faults in SUBJECTS.items() if fault in faults)
