"""Holds the names of faults to those that whoever reads a file knows; knows none itself."""

import difflib
from collections.abc import Collection
from typing import Annotated, TypedDict

from pydantic import AfterValidator, ValidationInfo

from completion_server.settings.places import refuse, shown


class Known(TypedDict):
    """What a validation is told: the names of all faults, or None to take any."""

    faults: Collection[str] | None


def _known(name: str, info: ValidationInfo[Known | None]) -> str:
    names = info.context["faults"] if info.context else None
    if names is not None and name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        advice = f"did you mean {near[0]}?" if near else "see completion-server --list-faults"
        refuse("fault", (), f"{shown(name)}is no fault; {advice}")
    return name


FaultName = Annotated[str, AfterValidator(_known)]
