"""References' URIs into the files that they name, each read once, and only where that is allowed.

Local files go by relative paths; URLs only if settings allow them. Knows nothing of OpenAPI's
objects.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from specloom.diagnostics import Collector, HaltedError
from specloom.document.lift import lift
from specloom.document.load import NO_OBJECT, UNREADABLE, UnreadableError, bytes_of, parse
from specloom.document.references import FOREIGN
from specloom.document.urls import is_url

from .identifiers import Identifiers, identifiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Rule
    from specloom.document.source import Source

_MOST_FILES: Final = 10_000


class RefusedError(Exception):
    """What a reference names is not read; says by which rule and why."""

    def __init__(self, rule: Rule, message: str, hint: str | None = None) -> None:
        """Say why, and what helps."""
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


@dataclass(slots=True, eq=False)
class File:
    """One file that was read; `key` is its path from the document's folder, or its URL."""

    uri: str
    key: str
    tree: Any
    source: Source
    identifiers: Identifiers


@dataclass(slots=True)
class Files:
    """The document's own file and the others, by every URI that names one or a schema in it."""

    root: File
    remote: Sequence[str]
    known: dict[str, tuple[File, str]] = field(default_factory=dict)
    broken: dict[str, RefusedError] = field(default_factory=dict)
    read: list[File] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Know the document itself."""
        self._note(self.root)

    def find(self, file: File, pointer: str, reference: str) -> tuple[File, str] | None:
        """The file, and the resource in it, that a reference's URI names.

        None if it is no relative path and nothing read so far is called so.
        Raises RefusedError.
        """
        resource = file.identifiers.resource(pointer)
        try:
            uri = urldefrag(reference).url
            if not uri:
                return file, resource
            named = urljoin(file.identifiers.bases[resource], uri)
            written = urljoin(file.uri, uri)
            relative = not urlsplit(uri).scheme
        except ValueError:
            raise RefusedError(FOREIGN, f"{reference!r} is no URI") from None
        if named in self.known:
            return self.known[named]
        return self._first_of(written, named, reference) if relative else None

    def _first_of(self, written: str, named: str, reference: str) -> tuple[File, str]:
        """The file beside the one that refers, or what the URI says that this one has."""
        try:
            return self.at(written, reference)
        except RefusedError:
            if named != written and is_url(named) and self._allows(named):
                return self.at(named, reference)
            raise

    def at(self, uri: str, reference: str) -> tuple[File, str]:
        """The file at a URI; one written otherwise may be known. Raises RefusedError."""
        if uri not in self.known:
            if len(self.read) >= _MOST_FILES:
                raise RefusedError(FOREIGN, f"more than {_MOST_FILES} files are referred to")
            if uri in self.broken:
                raise self.broken[uri]
            read = self._remote if is_url(uri) else self._local
            self._note(read(uri, reference))
        return self.known[uri]

    def _note(self, file: File) -> None:
        self.read.append(file)
        self.known[file.uri] = file, ""
        for pointer, base in file.identifiers.bases.items():
            self.known.setdefault(base, (file, pointer))

    def _local(self, uri: str, reference: str) -> File:
        path = self._allowed(uri, reference)
        folder = os.path.dirname(unquote(urlsplit(self.root.uri).path))  # noqa: PTH120 - no Path keeps `..`
        key = Path(os.path.relpath(path, folder)).as_posix()
        shown = os.path.normpath(os.path.join(os.path.dirname(self.root.source.file), key))  # noqa: PTH118, PTH120
        try:
            content = bytes_of(path)
        except UnreadableError as error:
            raise RefusedError(UNREADABLE, f"{reference!r} can't be read: {error}") from None
        return self._file(uri, key, content, shown)

    def _allowed(self, uri: str, reference: str) -> Path:
        """The path of a file that may be read: no absolute one, none in a hidden folder."""
        # Parsed, for spaces around it and the case of its scheme mean nothing.
        parts, said = urlsplit(uri), urlsplit(reference)
        if (
            parts.scheme != "file"
            or parts.netloc
            or "\0" in unquote(uri)
            or said.scheme == "file"
            or said.netloc
            or said.path.startswith("/")
        ):
            raise RefusedError(
                FOREIGN,
                f"{reference!r} is neither a relative path nor a URL",
                hint="refer to other files by paths relative to the one that refers",
            )
        path = Path(unquote(parts.path))
        home = Path(unquote(urlsplit(self.root.uri).path)).parent
        real = Path(os.path.realpath(path))
        added = [part for part in real.parts if part not in Path(os.path.realpath(home)).parts]
        if any(part.startswith(".") for part in added):
            raise RefusedError(FOREIGN, f"{reference!r} is a hidden file, or in a hidden folder")
        return path

    def _remote(self, url: str, reference: str) -> File:
        if not self._allows(url):
            raise RefusedError(
                FOREIGN,
                f"{reference!r} leads to {url}, which may not be read",
                hint='allow it in specloom.toml: `[document] remote = ["https://…/"]`',
            )
        # Few documents need it, and it takes longer to import than most take to read.
        from specloom.document.fetch import FetchError, fetch  # noqa: PLC0415

        try:
            content, _ = fetch(url, self._allows)
        except FetchError as error:
            raise RefusedError(UNREADABLE, f"{url} can't be read: {error}") from None
        return self._file(url, url, content, url)

    def _allows(self, url: str) -> bool:
        return any(_begins(url, prefix) for prefix in self.remote)

    def _file(self, uri: str, key: str, content: bytes, shown: str) -> File:
        tree, source = self._parsed(uri, content, shown)
        if not isinstance(tree, dict | list):
            raise RefusedError(NO_OBJECT, f"{shown} holds neither an object nor a list")
        if isinstance(tree, dict) and _is_3_0(tree) and not _is_3_0(self.root.tree):
            tree = lift(tree)
        return File(uri, key, tree, source, identifiers(uri, tree, source.text))

    def _parsed(self, uri: str, content: bytes, shown: str) -> tuple[Any, Source]:
        """What a file holds; a broken one is refused as a missing one is."""
        collector = Collector()
        try:
            return parse(content, shown, collector)
        except HaltedError:
            fault = collector.errors[-1]
            self.broken[uri] = RefusedError(fault.rule, f"{fault.location}: {fault.message}")
            raise self.broken[uri] from None


def root_file(tree: Any, source: Source) -> File:
    """The document's own file."""
    uri = Path(os.path.abspath(source.file)).as_uri() if "\0" not in source.file else "file:///"  # noqa: PTH100 - symbolic links stay
    return File(uri, "", tree, source, identifiers(uri, tree, source.text))


def _is_3_0(tree: Any) -> bool:
    return isinstance(tree, dict) and str(tree.get("openapi")).startswith("3.0")


def _begins(url: str, prefix: str) -> bool:
    """Whether a URL is of the prefix's server, and its path the prefix's or below it."""
    try:
        ours, theirs = urlsplit(prefix), urlsplit(url)
        same = (ours.scheme, ours.hostname, ours.port) == (
            theirs.scheme,
            theirs.hostname,
            theirs.port,
        )
    except ValueError:
        return False
    path = unquote(theirs.path)
    if not same or theirs.username is not None or {"..", "."} & set(path.split("/")):
        return False
    begin = unquote(ours.path)
    return path == begin or path.startswith(begin if begin.endswith("/") else begin + "/")
