"""Components into those by which datamodel-code-generator fails on them, found by halving.

What it says of a failure names no component, and what fails may be the way of two to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def culprits(names: list[str], is_made: Callable[[list[str]], bool]) -> list[str]:
    """The components without which the others are made.

    `is_made` says whether these come out well while all others are left out.
    """
    if is_made(names):
        return []
    if len(names) == 1:
        return names
    half = len(names) // 2
    found = culprits(names[:half], is_made) + culprits(names[half:], is_made)
    kept = [name for name in names if name not in set(found)]
    while not is_made(kept):
        # Each half is made by itself: one of the first half fails because of the others.
        culprit = _first_that_fails(kept, is_made)
        found.append(culprit)
        kept.remove(culprit)
    return found


def _first_that_fails(names: list[str], is_made: Callable[[list[str]], bool]) -> str:
    """The last of the fewest components, from the first on, that are not made together."""
    most, fewest = 0, len(names)  # so many are made, so many are not
    while fewest - most > 1:
        middle = (most + fewest) // 2
        if is_made(names[:middle]):
            most = middle
        else:
            fewest = middle
    return names[fewest - 1]
