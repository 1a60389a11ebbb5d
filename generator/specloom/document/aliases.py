"""A tree whose parts may stand in several places into one where each place has a part of its own.

YAML's aliases share; an overlay on one place must not change another. Knows nothing of YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 5_000_000


class TooManyError(Exception):
    """Without sharing, the tree would hold more values than any document has."""


def unshared(tree: Any) -> Any:
    """A copy without shared parts. Raises TooManyError, and RecursionError if it holds itself."""
    if _size(tree, {}) > _MOST:
        raise TooManyError
    return _copied(tree)


def _size(value: Any, known: dict[int, int]) -> int:
    """How many values there are in all; what is shared is looked at once, so it takes no time."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        known[id(value)] = 1 + sum(_size(child, known) for child in _children(value))
    return known[id(value)]


def _children(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(child) for name, child in value.items()}
    return [_copied(child) for child in value] if isinstance(value, list) else value
