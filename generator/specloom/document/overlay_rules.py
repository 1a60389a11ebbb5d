"""What can be wrong with an overlay, or be out of date in it."""

from __future__ import annotations

from specloom.diagnostics import Rule, Severity

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

NO_EFFECT = Rule(
    "OVL005",
    "no-effect",
    "a correction changes nothing",
    "What the action writes is in the document already: it may have made the correction itself. "
    "Take the action out, or what of it is so already (a hint). Nothing changes by that but lists, "
    "to which an update appends: what it repeats is in them twice (Overlay 1.1 §4.4.3).",
    Severity.WARNING,
)

RULES = (NOT_AN_OVERLAY, BAD_TARGET, NO_MATCH, BAD_UPDATE, NO_EFFECT)
