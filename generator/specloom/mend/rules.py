"""The rules on what is mended: each is said at its place."""

from __future__ import annotations

from typing import Final

from specloom.diagnostics import Rule, Severity

MENDED: Final = Rule(
    "DOC040",
    "mended",
    "what breaks the specification was given its nearest meaning",
    "A client is made from the document all the same, as the message says. Correct the place in "
    "the overlay if something else is meant; `specloom lint` refuses the document as it is.",
    Severity.WARNING,
)
ANYTHING: Final = Rule(
    "DOC041",
    "mended-to-anything",
    "something that is no schema, or a `$ref` that leads to nothing, is taken for anything",
    "The client's type there is `Any`, or bytes; or a parameter is left out, since nothing is "
    "known of it. Correct the place in the overlay for a better one.",
    Severity.WARNING,
)
UNFIT_DEFAULT: Final = Rule(
    "DOC042",
    "unfit-default",
    "a default does not fit its own schema",
    "It is left out, so that no argument or field of the client starts with a value that the "
    "document forbids. Correct it in the overlay to have one.",
    Severity.WARNING,
)
BEYOND_MENDING: Final = Rule(
    "DOC043",
    "beyond-mending",
    "an operation, or a path with its operations, can't be read",
    "Nobody can tell what is meant, so no method can be made. Correct the place in the overlay, or "
    "leave the operation out by `[[operations.skip]]` in specloom.toml.",
)

RULES: Final = (MENDED, ANYTHING, UNFIT_DEFAULT, BEYOND_MENDING)
