"""Two surfaces of the generated client into what changes for the programs that use it.

Told apart from the wire: renaming a component changes nothing there, but the name of a class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import arguments, calls, models, package
from .arguments import argument_changes
from .calls import call_changes, moves, resources
from .change import ClientChange, Level
from .inline import placed
from .methods import matched
from .models import ModelPair, model_added, model_removed
from .needs import Needs
from .package import package_changes
from .refusals import RULES as REFUSED
from .refusals import refusals
from .renames import Twins
from .uses import Use, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.diff.reasons import Reasons
    from specloom.ir import Surface

    from .methods import Matched

__all__ = ["RULES", "ClientChange", "Level", "all_changes", "changes"]

RULES = (*package.RULES, *calls.RULES, *arguments.RULES, *models.RULES, *REFUSED)


def all_changes(old: Surface, new: Surface, reasons: Reasons) -> list[ClientChange]:
    """Every change that a program may notice, of the client or of the values that it may send."""
    calls = matched(old.package, new.package)
    now = [call.new for call in calls if call.new]
    was = [call.old for call in calls if call.old]
    told = placed(changes(old, new), reasons, [*now, *was])
    return [*told, *refusals(told, reasons, new, now)]


def changes(old: Surface, new: Surface) -> list[ClientChange]:
    """Every change that a program may notice: of the client, its methods, then its models."""
    found = matched(old.package, new.package)
    twins = Twins(old, new, found)
    before, after = _class_names(old), _class_names(new)
    class_names = {
        before[ours]: after[theirs]
        for ours, theirs in twins.of.items()
        if before[ours] != after[theirs]
    }
    return [
        *package_changes(old.package, new.package, found),
        *_of_methods(found, class_names, (Needs(old), Needs(new))),
        *_of_models(old, new, twins, found, class_names),
    ]


def _class_names(surface: Surface) -> dict[str, str]:
    return {model.component: model.class_name for model in surface.package.models}


def _of_methods(
    found: Sequence[Matched], class_names: Mapping[str, str], needs: tuple[Needs, Needs]
) -> Iterator[ClientChange]:
    moved = moves(found)
    yield from resources(moved, found)
    for call in found:
        yield from call_changes(call, moved, class_names)
        if call.old and call.new:
            yield from argument_changes(call.old, call.new, class_names, needs)


def _of_models(
    old: Surface,
    new: Surface,
    twins: Twins,
    found: Sequence[Matched],
    class_names: Mapping[str, str],
) -> Iterator[ClientChange]:
    before, after = _class_names(old), _class_names(new)
    was = Uses(old, [call.old for call in found if call.old])
    now = Uses(new, [call.new for call in found if call.new])
    for ours, theirs in twins.of.items():
        use, used = was.of(ours), now.of(theirs)
        both = Use(use.given and used.given, use.read and used.read)
        shapes = old.shapes[ours], new.shapes[theirs]
        pair = ModelPair(before[ours], after[theirs], theirs, *shapes, both)
        yield from pair.changes(class_names)
    known = set(twins.of.values())
    yield from (model_removed(name, of) for of, name in before.items() if of not in twins.of)
    yield from (model_added(name, of) for of, name in after.items() if of not in known)
