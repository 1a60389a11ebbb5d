"""Answers that nest too deeply, into ones that schemathesis takes for text of no known charset.

What it does with a body outside its checks expects that, and nothing of what is too deep for it:
its worker would end there, and with it all operations that come after. The bytes stay as they are.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from schemathesis import Response as Answer

from specloom.contract.answers.depth import is_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_CODEC: Final = "nested-too-deeply"


@contextmanager
def deep_answers_unread() -> Iterator[None]:
    """Mark each such answer that schemathesis receives within the block.

    Its checks make calls of their own, of which no hook is told.
    """
    usual = Answer.from_requests

    def marked(*args: Any, **options: Any) -> Answer:
        answer = usual(*args, **options)
        if is_deep(answer.content or b""):
            answer.encoding = _NO_CODEC
        return answer

    Answer.from_requests = marked  # type: ignore[method-assign]
    try:
        yield
    finally:
        Answer.from_requests = usual  # type: ignore[method-assign]
