"""What one side says of an object's properties, named and not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .conjunction import Rest, joined, matches, unnamed
from .form import Fact
from .pruned import asks
from .scalars import place

if TYPE_CHECKING:
    from .form import Child, Form
    from .forms import Forms


@dataclass(frozen=True, slots=True)
class Declared:
    """An object of one side."""

    form: Form
    forms: Forms
    passed_over: str
    """The annotation of properties that are not sent this way: `readOnly` in a request."""

    def said(self, keyword: str) -> Any:
        """What a keyword asks; nothing if it isn't there."""
        slot = self.form.types["object"]
        return slot[keyword].value if keyword in slot else {}

    @property
    def required(self) -> frozenset[str]:
        """The names of the properties that must be there."""
        return frozenset(self.said("required"))

    def must_have(self, name: str) -> bool:
        """Whether a property must be sent; what is not sent this way need not be."""
        child = self.said("properties").get(name, ())
        return name in self.required and not self.is_passed_over(child)

    @property
    def rest(self) -> Rest:
        """What is asked of the properties that are not named."""
        rest: Rest = dict(self.said("rest"))
        if self.said("unevaluatedProperties"):
            patterns = frozenset(self.said("patternProperties"))
            rest[patterns] = joined(rest.get(patterns, ()), self.said("unevaluatedProperties"))
        return rest

    @property
    def all_rest(self) -> Child:
        """What must hold to properties that neither a name nor a pattern chooses."""
        child: Child = ()
        for asked in self.rest.values():
            child = joined(child, asked)
        return child

    @property
    def place_of_rest(self) -> str:
        """Where that is written; the object itself if nowhere."""
        found = place(self.form, "rest")
        return found if self.said("rest") else place(self.form, "unevaluatedProperties")

    def place_of(self, name: str) -> str:
        """Where a property is written; the list of the required, or the object, if nowhere."""
        child = self.said("properties").get(name)
        return child[0] if child else place(self.form, "required")

    def undeclared(self, name: str) -> Child:
        """What is asked of a property that is not listed."""
        child = unnamed({"rest": Fact(self.rest, "")}, name)
        for pattern, asked in self.said("patternProperties").items():
            if matches(pattern, name):
                child = joined(child, asked)
        return child

    def refuses(self, child: Child) -> bool:
        """Whether a schema allows nothing."""
        return bool(child) and not self.forms.of(child).types

    def asks(self, child: Child) -> bool:
        """Whether a schema allows less than anything."""
        return asks(self.forms, child)

    def is_passed_over(self, child: Child) -> bool:
        """Whether a property is not sent this way."""
        notes = self.forms.of(child).notes
        return self.passed_over in notes and notes[self.passed_over].value is True
