"""An operation with `x-pagination` into pages of several sizes, which must hold the same.

Others may write meanwhile, so what looks wrong is looked at twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.answers.fault import Fault
from specloom.contract.plan.phases import PAGING
from specloom.contract.requests.limits import breaks
from specloom.contract.transport.sender import NoAnswerError

from .attempts import Attempts
from .filling import fill
from .pages import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange, Request
    from specloom.contract.requests.bases import Base
    from specloom.contract.transport.sender import Sender

    from .pages import Page, Pages
    from .trial import Trial

CHECK: Final = "paging"
_LARGEST: Final = 100
_SIZES: Final = (1, 2, 3)
_STRETCH: Final = 6
_ENOUGH: Final = 3
_FAR: Final = 1_000_000
_SLOW: Final = 3.0


def try_paging(
    subject: Subject,
    sender: Sender,
    operation: Operation,
    base: Base | None,
    *,
    safe_only: bool = False,
) -> Iterator[Trial]:
    """Walk through the pages; with `safe_only` nothing is made to have some."""
    if base is None or "x-pagination" not in operation.value:
        return
    attempts = Attempts(subject, operation, PAGING, (CHECK,), base.before)
    pages = pages_of(subject.schemas, operation, base.draft)
    if pages is None or base.answered is None or not base.accepted:
        yield attempts.skipped("no page could be had")
        return
    if base.answered.seconds > _SLOW:
        yield attempts.skipped("a page takes too long to be asked for often")
        return
    walking = _Walking(attempts, sender, pages)
    try:
        if not safe_only:
            fill(subject, sender, walking.count, _ENOUGH)
        if walking.count() < _ENOUGH:
            yield attempts.skipped(f"the list has fewer than {_ENOUGH} items")
        else:
            yield from walking.stretch()
        yield from walking.behind()
    except NoAnswerError as error:
        yield attempts.unanswered("pages", error)


@dataclass(slots=True)
class _Walking:
    attempts: Attempts
    sender: Sender
    pages: Pages
    asked: list[Exchange] = field(default_factory=list)

    def count(self) -> int:
        """How many items the largest page has, or the smallest ones, where that has none."""
        whole = self._whole()[-1].items
        if whole or not self._may_be(1):
            return len(whole or ())
        return sum(len(page.items or ()) for page in self.pages.walk(self._ask, 1, _ENOUGH))

    def stretch(self) -> Iterator[Trial]:
        """The same items in pages of each size."""
        sizes = [size for size in _SIZES if self._may_be(size)] if self.pages.sizes else []
        for size in [*sizes, None]:
            trial = self._compared(size)
            yield self._compared(size) if trial.faults else trial

    def behind(self) -> Iterator[Trial]:
        """A page behind the last, where there is nothing."""
        self.asked.clear()
        whole = self._whole()[-1]
        size = self._largest()
        items = whole.items or ()
        is_all = size is not None and len(items) < size
        position = self.pages.behind(max(len(items), 1) if is_all else _FAR, size)
        if position is None:
            return
        page = self.pages.at(self._ask, position, size)
        faults = [Fault(CHECK, "a page behind the last has items")] if page.items else []
        yield from self._trials("a page behind the last", faults)

    def _compared(self, size: int | None) -> Trial:
        """The walk in pages of one size, the default one if it is None, beside one large page."""
        self.asked.clear()
        whole = self._whole()[-1].items or []
        most = -(-_STRETCH // (size or _STRETCH)) if self.pages.sizes else _ENOUGH
        found = self.pages.walk(self._ask, size, most)
        name = f"pages of {size}" if size else "pages as long as they are"
        faults = [Fault(CHECK, f"{name}: {fault}") for fault in self._faults(found, whole, size)]
        return next(iter(self._trials(name, faults)))

    def _faults(self, found: list[Page], whole: list[Any], size: int | None) -> Iterator[str]:
        pages = [page.items for page in found if page.items is not None]
        longest = size or self._default()
        if longest and any(len(items) > longest for items in pages):
            yield f"one is longer than {longest}"
            return
        items = [item for page in pages for item in page]
        if any(items.count(item) > max(1, whole.count(item)) for item in items):
            yield "an item comes twice"
        elif self.pages.sizes and not _same(
            items, whole, ended=not found[-1].items and bool(pages)
        ):
            yield "they don't hold what one large page does"

    def _trials(self, name: str, faults: list[Fault]) -> Iterator[Trial]:
        """What is wrong with the pages, and apart from it with the first answer at all."""
        for index, exchange in enumerate(self.asked):
            wrong = self.attempts.document_faults(exchange)
            if wrong:
                yield self.attempts.trial(name, tuple(self.asked[: index + 1]), wrong)
                break
        yield self.attempts.trial(name, tuple(self.asked), faults)

    def _whole(self) -> list[Page]:
        return self.pages.walk(self._ask, self._largest(), 1)

    def _ask(self, request: Request) -> Exchange:
        exchange = self.sender.send(request, self.attempts.operation.id)
        self.asked.append(exchange)
        return exchange

    def _largest(self) -> int | None:
        """The largest size that the document allows, or one that is large enough."""
        if self.pages.sizes is None:
            return None
        most = self.pages.sizes[1].get("maximum", _LARGEST)
        return int(min(most, 1000))

    def _default(self) -> int | None:
        default = self.pages.sizes[1].get("default") if self.pages.sizes else None
        return default if isinstance(default, int) else None

    def _may_be(self, size: int) -> bool:
        sizes = self.pages.sizes
        return sizes is not None and not breaks(self.attempts.subject.schemas, sizes[0], size)


def _same(items: list[Any], whole: list[Any], *, ended: bool) -> bool:
    """Whether pages hold the beginning of the whole, and all of it if they ended."""
    return items == whole if ended else items == whole[: len(items)]
