"""A lifted document and corrections to it into the effective document (OpenAPI Overlay 1.1).

Knows nothing of what OpenAPI means: it merges, removes and copies, and remembers which part was
written in the overlay.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonpath

from specloom.diagnostics import Collector, Rule

from .load import Document
from .pointer import join, resolve, tokens

if TYPE_CHECKING:
    from .source import Source

NOT_AN_OVERLAY = Rule(
    "OVL001",
    "not-an-overlay",
    "the overlay is not an OpenAPI Overlay 1.x document",
    "An overlay has the fields `overlay`, `info` and `actions`; each action has a `target` and "
    "one of `update`, `remove` and `copy` (Overlay 1.1 §4).",
)
BAD_TARGET = Rule(
    "OVL002",
    "bad-target",
    "a target is no JSONPath",
    "`target` and `copy` are JSONPath query expressions (RFC 9535).",
)
NO_MATCH = Rule(
    "OVL003",
    "no-match",
    "a target matches nothing",
    "A correction that finds nothing to correct is out of date: the document has changed, "
    "has made the correction itself, or the target is misspelt.",
)
BAD_UPDATE = Rule(
    "OVL004",
    "bad-update",
    "an update does not fit its target",
    "An object can only be merged into an object, a primitive value only take the place of one "
    "(Overlay 1.1 §4.4.3); the whole document can't be removed; `copy` names one value.",
)

RULES = (NOT_AN_OVERLAY, BAD_TARGET, NO_MATCH, BAD_UPDATE)

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

    def _written(self) -> str:
        return join(self.place, "update")

    def _complain(self, rule: Rule, message: str, field: str) -> None:
        self.collector.add(rule, message, self.overlay.locate(join(self.place, field)))

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
            parent, _, token = target.rpartition("/")
            self._replace(resolve(self.document.tree, parent), token, update)
            self.document.origins[target] = (source, written)
        else:
            self._refuse(target)

    def _refuse(self, place: str) -> None:
        field = "copy" if "copy" in self.action else "update"
        kinds = "an object, an array and a primitive value don't merge with one another"
        self._complain(BAD_UPDATE, f"{place}: {kinds}; remove what is there first", field)

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
                self._refuse(place)
            else:
                self._forget(place)
                value[name] = copy.deepcopy(new)
                self.document.origins[place] = (source, origin)
