"""The settings and credentials of two packages into what a program notices that makes a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.markdown import code

from .change import ClientChange, Level, kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from specloom.diagnostics import Rule
    from specloom.ir import Package, SecurityScheme

    from .methods import Matched

PACKAGE_RENAMED = kind(
    "DIF800",
    "client-package-renamed",
    "the distribution, the package or the client's class has another name",
    "Programs must be changed where they install, import or make the client. The names are those "
    "of `[client]` in specloom.toml.",
)
ENVIRONMENT_RENAMED = kind(
    "DIF801",
    "client-environment-renamed",
    "the variables that give the key and the base URL have other names",
    "Wherever programs run, their environment must be changed: `environment` of `[client]`.",
)
BASE_URL_CHANGED = kind(
    "DIF802",
    "client-base-url-changed",
    "a client that is given no base URL calls another server, or none",
    "The first server of the document whose URL is whole is where a client goes that is told "
    "nothing else. Without one, every program must give `base_url`.",
)
CREDENTIAL_ADDED = kind(
    "DIF803",
    "client-credential-added",
    "there is one more way to say who a request is from",
    "Where one of the ways that were there is still enough, programs go on working; else each must "
    "give the new key, too.",
)
CREDENTIAL_REMOVED = kind(
    "DIF804",
    "client-credential-removed",
    "a way to say who a request is from is gone",
    "Programs that give keys by the names of the security schemes must be changed.",
)
CREDENTIAL_CHANGED = kind(
    "DIF805",
    "client-credential-changed",
    "a key is another thing under the same name",
    "A basic credential is `user:password`, all others are one token or key: programs must give "
    "the other one.",
)

RULES = (
    PACKAGE_RENAMED,
    ENVIRONMENT_RENAMED,
    BASE_URL_CHANGED,
    CREDENTIAL_ADDED,
    CREDENTIAL_REMOVED,
    CREDENTIAL_CHANGED,
)


def package_changes(old: Package, new: Package, calls: Sequence[Matched]) -> Iterator[ClientChange]:
    """What became of the client itself."""
    for what, was, now in (
        ("distribution", old.distribution, new.distribution),
        ("package", old.name, new.name),
        ("class", old.class_name, new.class_name),
    ):
        if was != now:
            message = f"the {what} is `{now}`, no more `{was}`"
            yield ClientChange(PACKAGE_RENAMED, message, Level.MAJOR, now)
    if old.environment != new.environment:
        message = f"the variables begin with `{new.environment}_`, no more `{old.environment}_`"
        yield ClientChange(ENVIRONMENT_RENAMED, message, Level.MAJOR, f"{new.environment}_API_KEY")
    yield from _base_url(old.base_url, new.base_url)
    yield from _credentials(old, new, calls)


def _base_url(old: str | None, new: str | None) -> Iterator[ClientChange]:
    if old == new:
        return
    if new is None:
        message, level = f"must be given now; it was {code(old or '')} if left out", Level.MAJOR
    elif old is None:
        message, level = f"may be left out now, and is {code(new)} then", Level.MINOR
    else:
        message, level = f"is {code(new)} if left out, no more {code(old)}", Level.MINOR
    yield ClientChange(BASE_URL_CHANGED, f"`base_url` {message}", level, "client(base_url)")


def _credentials(old: Package, new: Package, calls: Sequence[Matched]) -> Iterator[ClientChange]:
    before, after = (
        {scheme.name_wire: scheme for scheme in package.security_schemes} for package in (old, new)
    )
    if len(before) == len(after) == 1:
        # A single key is given without a name.
        yield from _compared(*before.values(), *after.values())
        return
    for name in before:
        if name in after:
            yield from _compared(before[name], after[name])
        else:
            yield _credential(CREDENTIAL_REMOVED, name, "is gone", Level.MAJOR)
    needed = _needed(new, before.keys(), calls)
    for name in after:
        if name not in before:
            said = "is new, and must be given" if name in needed else "is new"
            level = Level.MAJOR if name in needed else Level.MINOR
            yield _credential(CREDENTIAL_ADDED, name, said, level)


def _needed(new: Package, known: Collection[str], calls: Sequence[Matched]) -> set[str]:
    """The schemes without which a method fails that was there before."""
    remaining = [call.new.method.operation for call in calls if call.old and call.new]
    asked = [new.security, *(sent.security for sent in remaining)]
    return {
        name
        for alternatives in asked
        if alternatives and not any(set(names) <= set(known) for names in alternatives)
        for names in alternatives
        for name in names
    }


def _compared(old: SecurityScheme, new: SecurityScheme) -> Iterator[ClientChange]:
    if (old.kind == "basic") != (new.kind == "basic"):
        said = f"is of the kind `{new.kind}`, no more `{old.kind}`"
        yield _credential(CREDENTIAL_CHANGED, new.name_wire, said, Level.MAJOR)


def _credential(rule: Rule, name: str, said: str, level: Level) -> ClientChange:
    return ClientChange(
        rule, f"`api_key`: {code(name)} {said}", level, "client(api_key)", wire=name
    )
