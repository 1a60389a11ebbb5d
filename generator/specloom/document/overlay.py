"""A lifted document and corrections to it into the effective document (OpenAPI Overlay 1.1).

Knows nothing of what OpenAPI means: it merges, removes and copies, and remembers which part was
written in the overlay.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jsonpath

from specloom.diagnostics import Collector, Severity

from .effects import Effects, is_same
from .load import Document
from .overlay_rules import BAD_TARGET, BAD_UPDATE, NO_EFFECT, NO_MATCH, NOT_AN_OVERLAY, RULES
from .pointer import join, resolve, tokens

if TYPE_CHECKING:
    from specloom.diagnostics import Rule

    from .source import Source

__all__ = ["RULES", "apply"]

_JSONPATH = jsonpath.JSONPathEnvironment(strict=True)
_VERSIONS = ("1.0", "1.1")


def apply(document: Document, overlay: Document, collector: Collector) -> Document:
    """A new document with the overlay's actions applied in their order."""
    effective = Document(copy.deepcopy(document.tree), document.source, dict(document.origins))
    for index, action in enumerate(_actions(overlay, collector)):
        _Action(effective, overlay, join("/actions", index), action, collector).apply()
    return effective


def _actions(overlay: Document, collector: Collector) -> list[dict[str, Any]]:
    version = str(overlay.tree.get("overlay", ""))
    if not version.startswith(_VERSIONS):
        collector.halt(NOT_AN_OVERLAY, "`overlay` must say 1.0 or 1.1", overlay.locate("/overlay"))
    actions = overlay.tree.get("actions")
    if not isinstance(actions, list) or not actions:
        collector.halt(NOT_AN_OVERLAY, "`actions` must be a list", overlay.locate("/actions"))
    for index, action in enumerate(actions):
        place = join("/actions", index)
        if not isinstance(action, dict) or not isinstance(action.get("target"), str):
            message = "an action must have a `target`"
            collector.halt(NOT_AN_OVERLAY, message, overlay.locate(place))
        if not {"update", "copy", "remove"} & action.keys():
            message = "an action must have one of `update`, `copy` and `remove`"
            collector.halt(NOT_AN_OVERLAY, message, overlay.locate(place))
        if not isinstance(action.get("copy", ""), str):
            message = "`copy` must be a JSONPath"
            collector.halt(NOT_AN_OVERLAY, message, overlay.locate(join(place, "copy")))
    return actions


@dataclass(frozen=True, slots=True)
class _Action:
    """One action being applied: `document` is changed, `place` is the action's own pointer."""

    document: Document
    overlay: Document
    place: str
    action: dict[str, Any]
    collector: Collector
    effects: Effects = field(default_factory=Effects)

    def apply(self) -> None:
        """Apply the action to everything that its target matches."""
        targets = self._find("target")
        if targets == []:
            self._complain(NO_MATCH, f"`{self.action['target']}` matches nothing", "target")
        if not targets:
            return
        if self.action.get("remove") is True:
            for target in targets:
                self._remove(target)
        elif "copy" in self.action:
            self._copy(targets)
        elif "update" in self.action:
            for target in targets:
                self._merge(target, self.action["update"], self.overlay.source, self._written())
            self._tell_effects()

    def _written(self) -> str:
        return join(self.place, "update")

    def _complain(self, rule: Rule, message: str, field: str) -> None:
        self.collector.add(rule, message, self.overlay.locate(join(self.place, field)))

    def _tell_effects(self) -> None:
        """Say what of an update was so already."""
        if self.effects.are_none:
            self._complain(NO_EFFECT, f"`{self.action['target']}` is so already", "update")
            return
        for place in self.effects.settled():
            message = f"`{place.rpartition('/update/')[2]}` is so already"
            where, hint = self.overlay.locate(place), self._hint_at_list(place)
            self.collector.add(NO_EFFECT, message, where, hint=hint, severity=Severity.HINT)

    def _hint_at_list(self, place: str) -> str | None:
        """What else happens, if what is so already is an item or the items of a list."""
        values = [resolve(self.overlay.tree, at) for at in (place, place.rpartition("/")[0])]
        is_listed = any(isinstance(value, list) for value in values)
        return "lists are appended: what is there already is there twice now" if is_listed else None

    def _find(self, field: str) -> list[str] | None:
        """The pointers that a field's JSONPath matches; None, and a finding, if it is none.

        What is within another, or behind it in a list, comes first, so that removing one leaves
        the places of the rest. Each comes once, however often it matches.
        """
        try:
            matches = _JSONPATH.finditer(self.action[field], self.document.tree)
            places = {tuple(match.parts) for match in matches}
        except jsonpath.JSONPathError as error:
            self._complain(BAD_TARGET, f"not a JSONPath: {error}", field)
            return None
        return [join("", *parts) for parts in sorted(places, reverse=True)]

    def _copy(self, targets: list[str]) -> None:
        found = self._find("copy")
        if found is None:
            return
        if len(found) != 1:
            message = f"`{self.action['copy']}` must match one value, not {len(found)}"
            self._complain(BAD_UPDATE if found else NO_MATCH, message, "copy")
            return
        source, written = self.document.origin(found[0])
        # Merging what is around or within the target would change it while it is read.
        value = copy.deepcopy(resolve(self.document.tree, found[0]))
        for target in targets:
            self._merge(target, value, source, written)
        if self.effects.are_none:
            self._complain(NO_EFFECT, f"`{self.action['target']}` is so already", "copy")

    def _remove(self, target: str) -> None:
        if not target:
            self._complain(BAD_UPDATE, "the whole document can't be removed", "target")
            return
        parent, _, token = target.rpartition("/")
        container = resolve(self.document.tree, parent)
        if isinstance(container, list):
            self._remove_item(container, parent, int(token))
        else:
            [name] = tokens("/" + token)
            del container[name]
            self._forget(target)

    def _remove_item(self, items: list[Any], parent: str, removed: int) -> None:
        """Take an item out, and let those behind it still know where they were written."""
        moved: dict[str, tuple[Source, str]] = {}
        for index in range(removed + 1, len(items)):
            old, new = join(parent, index), join(parent, index - 1)
            moved[new] = self.document.origin(old)
            moved |= {
                new + known.removeprefix(old): origin
                for known, origin in self.document.origins.items()
                if known.startswith(old + "/")
            }
        for index in range(removed, len(items)):
            self._forget(join(parent, index))
        del items[removed]
        self.document.origins.update(moved)

    def _forget(self, pointer: str) -> None:
        for known in list(self.document.origins):
            if known == pointer or known.startswith(pointer + "/"):
                del self.document.origins[known]

    def _merge(self, target: str, update: Any, source: Source, written: str) -> None:
        """Merge objects, lengthen arrays, replace primitive values (Overlay 1.1 §4.4.3)."""
        value = resolve(self.document.tree, target)
        if isinstance(value, list):
            self._lengthen(value, target, update, source, written)
        elif isinstance(value, dict) and isinstance(update, dict):
            self._merge_object(value, target, update, source, written)
        elif not isinstance(value, dict) and not isinstance(update, dict | list):
            self.effects.note(written, changes=not is_same(value, update))
            parent, _, token = target.rpartition("/")
            self._replace(resolve(self.document.tree, parent), token, update)
            self.document.origins[target] = (source, written)
        else:
            self._refuse(target, written)

    def _refuse(self, place: str, written: str) -> None:
        kinds = "an object, an array and a primitive value don't merge with one another"
        message = f"{place}: {kinds}; remove what is there first"
        self.effects.note(written, changes=True)
        where = join(self.place, "copy") if "copy" in self.action else written
        self.collector.add(BAD_UPDATE, message, self.overlay.locate(where))

    def _replace(self, container: Any, token: str, update: Any) -> None:
        [name] = tokens("/" + token)
        container[int(name) if isinstance(container, list) else name] = update

    def _lengthen(
        self, items: list[Any], target: str, update: Any, source: Source, written: str
    ) -> None:
        """Concatenate an array to an array, or append anything else."""
        if not isinstance(update, list):
            self._append(items, target, update, source, written)
            return
        for index, item in enumerate(update):
            self._append(items, target, item, source, join(written, index))

    def _append(
        self, items: list[Any], target: str, update: Any, source: Source, written: str
    ) -> None:
        # A list that is copied is meant to be longer; what is written down twice is not.
        is_there = "update" in self.action and any(is_same(item, update) for item in items)
        self.effects.note(written, changes=not is_there)
        self.document.origins[join(target, len(items))] = (source, written)
        items.append(copy.deepcopy(update))

    def _merge_object(
        self,
        value: dict[str, Any],
        target: str,
        update: dict[str, Any],
        source: Source,
        written: str,
    ) -> None:
        for name, new in update.items():
            place, origin = join(target, name), join(written, name)
            old = value.get(name)
            if isinstance(old, dict) and isinstance(new, dict):
                self._merge_object(old, place, new, source, origin)
            elif isinstance(old, list) and isinstance(new, list):
                self._lengthen(old, place, new, source, origin)
            elif name in value and isinstance(old, dict | list) | isinstance(new, dict | list):
                self._refuse(place, origin)
            else:
                self.effects.note(origin, changes=name not in value or not is_same(old, new))
                self._forget(place)
                value[name] = copy.deepcopy(new)
                self.document.origins[place] = (source, origin)
