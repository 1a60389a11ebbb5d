"""The kinds of change between two schemas, but for the bounds of values."""

from __future__ import annotations

from typing import Final

from .bound_rules import change_rule

TYPE = change_rule(
    "DIF500",
    "type-changed",
    "a value may be of other types",
    "What a value may be is what both sides build on. A type less in a request refuses what "
    "clients send; a type more in an answer is one that they can't read.",
)
NULL = change_rule(
    "DIF501",
    "nullability-changed",
    "null is now allowed, or no longer",
    "A null in an answer that never had one breaks clients that don't look for it; a null that is "
    "no longer taken in a request refuses those that send it.",
)
ENUM_ADDED = change_rule(
    "DIF502",
    "enum-value-added",
    "a list of values has more",
    "Clients should bear a value that they don't know, yet many don't: in an answer it is a risk. "
    "Servers of before refuse it in a request.",
)
ENUM_REMOVED = change_rule(
    "DIF503",
    "enum-value-removed",
    "a list of values has fewer",
    "Who still sends the value in a request is refused. In an answer it doesn't come any more.",
)
ENUM_CLOSED = change_rule(
    "DIF504",
    "values-listed",
    "only listed values are left",
    "Any value was allowed; now only those of `enum` or `const` are.",
)
ENUM_OPENED = change_rule(
    "DIF505",
    "values-not-listed",
    "any value is allowed where some were listed",
    "`enum` or `const` is gone. A client that tells the listed values apart meets others.",
)
CONST = change_rule(
    "DIF506",
    "constant-changed",
    "the one value that is allowed is another",
    "What was sent or awaited is no longer valid on either side.",
)
EXTENSIBLE = change_rule(
    "DIF507",
    "known-values-changed",
    "`x-extensible-enum` lists other values",
    "The list is open, so more values break nobody. One that is gone may no longer be understood.",
)
ITEMS = change_rule(
    "DIF522",
    "items-changed",
    "items are now held to a schema, or no longer",
    "`items` was added to an array of anything, or taken away.",
)
PROPERTY_ADDED = change_rule(
    "DIF530",
    "property-added",
    "an object has a property more",
    "One that a request must have breaks every client. One in an answer is passed over by clients, "
    "unless the object was closed.",
)
PROPERTY_REMOVED = change_rule(
    "DIF531",
    "property-removed",
    "an object has a property less",
    "In an answer, clients miss it, and break if it was required. In a request, what they still "
    "send is ignored, or refused where the object is closed.",
)
REQUIRED = change_rule(
    "DIF532",
    "property-became-required",
    "a property must be there that could be left out",
    "Requests without it are refused. In an answer it is a promise more.",
)
OPTIONAL = change_rule(
    "DIF533",
    "property-became-optional",
    "a property may be left out that had to be there",
    "Clients that rely on it in an answer break. In a request it is one duty less.",
)
CLOSED = change_rule(
    "DIF534",
    "object-closed",
    "properties that are not named are refused or held to a schema",
    "`additionalProperties` or `unevaluatedProperties` allows less: in a request, what was ignored "
    "is now refused.",
)
OPENED = change_rule(
    "DIF535",
    "object-opened",
    "properties that are not named are allowed",
    "`additionalProperties` or `unevaluatedProperties` allows more: answers may hold what readers "
    "were told could not be there.",
)
PATTERNS = change_rule(
    "DIF536",
    "pattern-properties-changed",
    "other patterns of names are held to a schema",
    "Which names two patterns share can't be told, so neither can whom this breaks.",
)
ALTERNATIVE_ADDED = change_rule(
    "DIF540",
    "alternative-added",
    "a union has an alternative more",
    "Clients should bear an alternative that they don't know, yet many don't: in an answer it is a "
    "risk. Servers of before refuse it in a request.",
)
ALTERNATIVE_REMOVED = change_rule(
    "DIF541",
    "alternative-removed",
    "a union has an alternative less",
    "Who still sends it in a request is refused. In an answer it just doesn't come any more.",
)
OVERLAPPING = change_rule(
    "DIF542",
    "overlapping-alternatives-changed",
    "overlapping alternatives of a `oneOf` changed",
    "A value must fit exactly one of them. Where nothing rules out that it fits two, more in one "
    "may mean less in all.",
)
TAG = change_rule(
    "DIF543",
    "discriminator-changed",
    "another property tells the alternatives apart",
    "Readers choose by the property that `discriminator` names, and find no such value.",
)
TAG_VALUE = change_rule(
    "DIF544",
    "discriminator-value-changed",
    "an alternative goes by other values of its tag",
    "The values that `discriminator` maps to an alternative are what is sent; without a mapping, "
    "the component's name is (OAS 3.2 §4.25).",
)
DEFAULT = change_rule(
    "DIF550",
    "default-changed",
    "what is left out means something else",
    "The values that are allowed are the same, yet who relied on the default gets another.",
)
READ_ONLY = change_rule(
    "DIF551",
    "read-only-changed",
    "a property is now only read, or no longer",
    "What a client sends for a `readOnly` property is ignored or refused.",
)
WRITE_ONLY = change_rule(
    "DIF552",
    "write-only-changed",
    "a property is now only written, or no longer",
    "A `writeOnly` property doesn't come back in answers.",
)
DEPRECATED = change_rule(
    "DIF553",
    "schema-deprecated",
    "a schema is now deprecated, or no longer",
    "Nothing breaks yet; `deprecated` says that it will be gone one day.",
)
CONTENT_SCHEMA = change_rule(
    "DIF555",
    "content-schema-changed",
    "what a string holds is now held to a schema, or no longer",
    "`contentSchema` was added or taken away. The data of server-sent events is described so.",
)
OPAQUE = change_rule(
    "DIF560",
    "incomparable-change",
    "a condition changed in a way that can't be compared",
    "Of `not`, `if`, `contains`, `dependentSchemas` and the like only this is told: whether they "
    "are still the same. Read both.",
)

RULES: Final = (
    TYPE, NULL, ENUM_ADDED, ENUM_REMOVED, ENUM_CLOSED, ENUM_OPENED, CONST, EXTENSIBLE, ITEMS,
    PROPERTY_ADDED, PROPERTY_REMOVED, REQUIRED, OPTIONAL, CLOSED, OPENED, PATTERNS,
    ALTERNATIVE_ADDED, ALTERNATIVE_REMOVED, OVERLAPPING, TAG, TAG_VALUE, DEFAULT, READ_ONLY,
    WRITE_ONLY, DEPRECATED, CONTENT_SCHEMA, OPAQUE,
)  # fmt: skip
