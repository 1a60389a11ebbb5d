"""Writes the catalogue as lines of text, under a heading a subject."""

from collections.abc import Iterable

from completion_server.faults.catalogue import SUBJECTS
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import ANSWERING_JSON, EVERY, JSON_BODIED, UPLOAD

JOINT = {
    EVERY: "all",
    EVERY - UPLOAD: "all but uploadFile",
    ANSWERING_JSON: "all that answer JSON",
    JSON_BODIED: "all with a JSON body",
}


def fault_table() -> str:
    """Write all faults: name, what it does, and the operations it spoils."""
    return "\n".join(_lines(subject, faults) for subject, faults in SUBJECTS.items())


def spoiled_operations(fault: Fault) -> str:
    """Name the operations of a fault, by a word for many where there is one."""
    return JOINT.get(fault.operations) or ", ".join(sorted(fault.operations))


def _lines(subject: str, faults: Iterable[Fault]) -> str:
    names = max(len(fault.name) for fault in faults)
    lines = "".join(
        f"  {each.name:<{names}}  {_plain(each.summary)}  ({spoiled_operations(each)})\n"
        for each in faults
    )
    return f"{subject.capitalize()}\n{lines}"


def _plain(summary: str) -> str:
    return summary.replace("`", '"')
