"""Writes the catalogue as tables in Markdown, one a subject."""

from collections.abc import Iterable

from completion_server.faults.catalogue import MUTANTS, ON_DEMAND
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import ANSWERING_JSON, EVERY, JSON_BODIED

JOINT = {EVERY: "all", ANSWERING_JSON: "all that answer JSON", JSON_BODIED: "all with a JSON body"}


def fault_table() -> str:
    """Write all faults: name, what it does, and the operations it spoils."""
    parts = []
    for title, subjects in (("On demand", ON_DEMAND), ("Mutants", MUTANTS)):
        parts.append(f"## {title}\n")
        parts.extend(_table(subject, faults) for subject, faults in subjects.items())
    return "\n".join(parts)


def _table(subject: str, faults: Iterable[Fault]) -> str:
    rows = "".join(f"| `{each.name}` | {each.summary} | {_where(each)} |\n" for each in faults)
    return (
        f"### {subject.capitalize()}\n| fault | what it does | operations |\n|---|---|---|\n{rows}"
    )


def _where(fault: Fault) -> str:
    return JOINT.get(fault.operations) or ", ".join(sorted(fault.operations))
