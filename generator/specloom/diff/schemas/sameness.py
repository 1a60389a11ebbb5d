"""Whether two schemas allow the same, as far as their forms tell; cycles are no hindrance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .conjunction import item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .form import Child, Form, Opaque, OptionsOf, Slot, Union
    from .forms import Forms

_SCHEMA: Final = {"contentSchema", "propertyNames", "items", "unevaluatedProperties"}
_SCHEMAS_BY_KEY: Final = {"properties", "patternProperties", "rest"}
# Deeper than any schema that people write; what nests deeper is taken to differ.
_DEEPEST: Final = 30
OPAQUE: Final = (
    "not", "if", "contains", "unevaluatedItems", "dependentRequired", "dependentSchemas",
    "$dynamicRef", "unions",
)  # fmt: skip


class Sameness:
    """Compares the schemas of one document with those of another, or of the same."""

    def __init__(
        self, old: Forms, new: Forms, old_options: OptionsOf, new_options: OptionsOf
    ) -> None:
        """Nothing is compared before it is asked for."""
        self._old = old
        self._new = new
        self._old_options = old_options
        self._new_options = new_options
        # What is being compared is taken for the same; what rests on that is forgotten if it isn't.
        self._known: dict[tuple[int, int], bool] = {}
        self._trail: list[tuple[int, int]] = []
        self._depth: list[tuple[int, int]] = []
        self._kept: list[tuple[Form, Form]] = []

    def children(self, old: Child, new: Child) -> bool:
        """Whether two schemas, named by their pointers, allow the same."""
        return self.forms(self._old.of(old), self._new.of(new))

    def forms(self, old: Form, new: Form) -> bool:
        """Whether two forms allow the same."""
        if old is new:
            return True
        key = id(old), id(new)
        if len(self._depth) > _DEEPEST:
            return False
        if key not in self._known:
            self._kept.append((old, new))
            self._known[key] = True
            begun = len(self._trail)
            self._trail.append(key)
            self._depth.append(key)
            alike = self._alike(old, new)
            self._depth.pop()
            if not alike:
                for assumed in self._trail[begun:]:
                    del self._known[assumed]
                del self._trail[begun:]
                self._known[key] = False
        return self._known[key]

    def _alike(self, old: Form, new: Form) -> bool:
        return old.types.keys() == new.types.keys() and all(
            self._type_alike(self._old.restricted(old, name), self._new.restricted(new, name), name)
            for name in old.types
        )

    def _type_alike(self, old: Form, new: Form, name: str) -> bool:
        olds, over = self._old_options(old, name)
        news, also_over = self._new_options(new, name)
        if len(olds) != len(news) or over != also_over:
            return False
        slots = [form.types[name] for form in news]
        return self._pair_up([form.types[name] for form in olds], slots, self._slots)

    def _pair_up(
        self, olds: Sequence[Any], news: Sequence[Any], alike: Callable[[Any, Any], bool]
    ) -> bool:
        """Whether each of the one has its like among the other."""
        left = list(news)
        for old in olds:
            at = next((at for at, new in enumerate(left) if alike(old, new)), None)
            if at is None:
                return False
            del left[at]
        return not left

    def _slots(self, old: Slot, new: Slot) -> bool:
        # What is told apart without looking deeper comes first.
        both = old.keys() | new.keys()
        return (both - {"prefixItems"}) == (old.keys() & new.keys()) - {"prefixItems"} and all(
            self._prefixes(old, new)
            if keyword == "prefixItems"
            else self.facts(keyword, old[keyword].value, new[keyword].value)
            for keyword in sorted(both, key=_depth)
        )

    def _prefixes(self, old: Slot, new: Slot) -> bool:
        lengths = [len(slot["prefixItems"].value) for slot in (old, new) if "prefixItems" in slot]
        return all(self.children(item(old, at), item(new, at)) for at in range(max(lengths)))

    def facts(self, keyword: str, old: Any, new: Any) -> bool:
        """Whether a keyword asks the same of both sides."""
        if keyword in _SCHEMA:
            return self.children(old, new)
        if keyword in _SCHEMAS_BY_KEY:
            return old.keys() == new.keys() and all(
                self.children(child, new[key]) for key, child in old.items()
            )
        if keyword == "unions":
            return self._pair_up(old, new, self._unions)
        if keyword in OPAQUE:
            return self._pair_up(old, new, self._opaque)
        return bool(old == new)

    def _unions(self, old: Union, new: Union) -> bool:
        # So many alternatives that they were not multiplied.
        return old.is_one_of == new.is_one_of and self._pair_up(
            old.alternatives, new.alternatives, self.forms
        )

    def _opaque(self, old: Opaque, new: Opaque) -> bool:
        return (
            old.plain == new.plain
            and len(old.schemas) == len(new.schemas)
            and all(
                self.children((one,), (other,))
                for one, other in zip(old.schemas, new.schemas, strict=True)
            )
        )


def _depth(keyword: str) -> bool:
    return keyword in {*_SCHEMA, *_SCHEMAS_BY_KEY, *OPAQUE, "prefixItems"}
