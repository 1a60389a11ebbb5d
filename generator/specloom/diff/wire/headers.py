"""The headers of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted

from .both import places, said
from .content import same_content
from .kind import BREAKING, RISKY, SAFE, kind
from .spelling import same_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both, Held

REQUIRED_ADDED: Final = kind(
    "DIF350 required-header-added",
    SAFE,
    BREAKING,
    "an answer always has another header",
    "Nobody looks for it yet. Servers that speak the old document do not send it.",
)
REQUIRED_REMOVED: Final = kind(
    "DIF351 required-header-removed",
    BREAKING,
    SAFE,
    "a header that answers always had is gone",
    "Who relies on it finds nothing there. Go on sending it for as long as it is read.",
)
OPTIONAL_ADDED: Final = kind(
    "DIF352 optional-header-added",
    SAFE,
    RISKY,
    "an answer may have another header",
    "Nobody looks for it yet. Servers that speak the old document do not send it.",
)
OPTIONAL_REMOVED: Final = kind(
    "DIF353 optional-header-removed",
    RISKY,
    SAFE,
    "a header that answers could have is gone",
    "Who makes use of it, such as a limit or a cursor, does so no longer.",
)
BECAME_REQUIRED: Final = kind(
    "DIF354 header-became-required",
    SAFE,
    BREAKING,
    "an answer always has a header",
    "Servers that speak the old document may leave it out.",
)
BECAME_OPTIONAL: Final = kind(
    "DIF355 header-became-optional",
    BREAKING,
    SAFE,
    "an answer may be without a header",
    "Who relies on it may find nothing.",
)
RESTYLED: Final = kind(
    "DIF356 header-style-changed",
    BREAKING,
    BREAKING,
    "a header's value is written differently",
    "`explode` or its media type says otherwise (OAS 3.2 §4.21), so the value is misread.",
)
DEPRECATED: Final = kind(
    "DIF357 header-deprecated",
    SAFE,
    SAFE,
    "a header is deprecated",
    "It is still sent, but should no longer be relied on.",
)
RESTORED: Final = kind(
    "DIF358 header-no-longer-deprecated",
    SAFE,
    SAFE,
    "a header is no longer deprecated",
    "It may be relied on as before, and nothing else need take its place.",
)
KINDS: Final = (
    REQUIRED_ADDED, REQUIRED_REMOVED, OPTIONAL_ADDED, OPTIONAL_REMOVED, BECAME_REQUIRED,
    BECAME_OPTIONAL, RESTYLED, DEPRECATED, RESTORED,
)  # fmt: skip


def changes(both: Both, old: Held, new: Held) -> Iterator[Change]:
    """What changed of the headers of an answer."""
    before, after = _headers(old), _headers(new)
    for name, header in after.items():
        if name in before:
            yield from _changes(both, name, before[name], header)
        else:
            found = REQUIRED_ADDED if said(header.value, "required") else OPTIONAL_ADDED
            yield found.change(f"the header {quoted(name)} is new", None, header.pointer)
    for name, header in before.items():
        if name not in after:
            found = REQUIRED_REMOVED if said(header.value, "required") else OPTIONAL_REMOVED
            yield found.change(f"the header {quoted(name)} is gone", header.pointer, None)


def _headers(answer: Held) -> dict[str, Held]:
    """The headers by their names; the media type is told by `content` (OAS 3.2 §4.17)."""
    headers = {name.lower(): header for name, header in answer.children("headers").items()}
    headers.pop("content-type", None)
    return headers


def _changes(both: Both, name: str, old: Held, new: Held) -> Iterator[Change]:
    called, where = f"the header {quoted(name)}", places(old, new, "required")
    required = said(old.value, "required"), said(new.value, "required")
    if required == (False, True):
        yield BECAME_REQUIRED.change(f"{called} is now always there", *where)
    elif required == (True, False):
        yield BECAME_OPTIONAL.change(f"{called} may now be missing", *where)
    types = both.types(old, new)
    same = same_content(both, old, new, Direction.RESPONSE)
    if not (same and same_spelling(old.value, new.value, "header", types)):
        yield RESTYLED.change(f"{called} is written differently", old.pointer, new.pointer)
    where = places(old, new, "deprecated")
    deprecated = said(old.value, "deprecated"), said(new.value, "deprecated")
    if deprecated == (False, True):
        yield DEPRECATED.change(f"{called} is deprecated", *where)
    elif deprecated == (True, False):
        yield RESTORED.change(f"{called} is no longer deprecated", *where)
