"""A key into what else could stand in its headers: wrong keys, and the right one otherwise.

Knows nothing of requests.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from specloom.contract.transport.credentials import BASIC, REDACTED, WRONG_KEY, Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHANGED: Final = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """Headers and query in the place of the key's; `shown` stands where `secret` must not be seen.

    An `exact` variant is well-formed, so that only 401 fits it; one that isn't may be a 400
    (RFC 6750 §3.1).
    """

    name: str
    headers: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    secret: str | None = field(default=None, repr=False)
    shown: str = REDACTED
    exact: bool = False


def refused_variants(held: Credentials) -> Iterator[Variant]:
    """What must not open anything."""
    near = near_key(held.key)
    yield Variant("no key", {}, exact=True)
    wrong = _headers(held, near)
    yield Variant("a wrong key", wrong, secret=near, shown=WRONG_KEY, exact=True)
    longer = f"{held.key}x"
    more = _headers(held, longer)
    shown = f"{REDACTED}x"
    yield Variant("the key and more behind it", more, secret=longer, shown=shown, exact=True)
    schemes = {header: scheme for header, scheme in held.schemes.items() if scheme}
    if schemes:
        yield Variant("another scheme", _other_scheme(held.key, schemes))
        yield Variant("a scheme without a key", schemes)
        yield Variant("a key without a scheme", _bare(held))
    yield Variant("an empty header", dict.fromkeys(held.schemes, ""))
    escaped = quote(held.key, safe="")
    yield Variant("the key in the query instead", {}, query={"api_key": held.key}, secret=escaped)


def accepted_variants(held: Credentials) -> Iterator[Variant]:
    """What must open as much as the key as usual: a scheme's case says nothing (RFC 9110 §11.1)."""
    if any(held.schemes.values()):
        for name, change in (("lower", str.lower), ("upper", str.upper)):
            headers = {
                header: f"{change(scheme)}{held.headers[header].removeprefix(scheme)}"
                for header, scheme in held.schemes.items()
            }
            yield Variant(f"the scheme in {name} case", headers)


def near_key(key: str) -> str:
    """A key of the same length and shape; its last characters are others."""
    changed = key[:-_CHANGED] + "".join(map(_another, key[-_CHANGED:]))
    return changed if changed != key else f"{key[:-1]}q"


def _another(character: str) -> str:
    for kind, candidates in ((str.isdigit, "07"), (str.isupper, "QX"), (str.islower, "qx")):
        if kind(character):
            return candidates[character == candidates[0]]
    return character if not character.isalnum() else "q"


def _headers(held: Credentials, key: str) -> dict[str, str]:
    return Credentials(key, held.schemes).headers


def _bare(held: Credentials) -> dict[str, str]:
    """The headers that have schemes, without them."""
    return {
        header: held.headers[header].removeprefix(scheme).strip()
        for header, scheme in held.schemes.items()
        if scheme
    }


def _other_scheme(key: str, schemes: Mapping[str, str]) -> dict[str, str]:
    """`Basic` for `Bearer`, and the reverse."""
    encoded = base64.b64encode(key.encode()).decode()
    return {
        header: f"Bearer {encoded}" if scheme == BASIC else f"{BASIC} {key}"
        for header, scheme in schemes.items()
    }
