"""What was asked of a contract test.

Knows nothing of how it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """Without a URL, the project's own server is tested.

    `report` is a folder; `replay` is the command that makes the same run again.
    """

    url: str | None
    key: str | None = field(repr=False)
    seed: int
    max_examples: int
    report: Path
    replay: str
