"""Someone's own document, a file or a URL, into a new `spec/<name>/` that a client is made from.

The document is kept byte for byte; the names of the client are taken from its title.
"""

from __future__ import annotations

import hashlib
import json
import keyword
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specloom import names
from specloom.bundle import bundle
from specloom.config import FILE_NAME, load_config
from specloom.diagnostics import Collector, HaltedError, Location, Rule
from specloom.document.fetch import FetchError, fetch
from specloom.document.load import load
from specloom.document.urls import is_url
from specloom.document.version import version_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

UNFETCHABLE = Rule(
    "NEW001",
    "unfetchable-document",
    "a document can't be had",
    "The URL or file does not give a document: it can't be reached or read, is larger than 64 MiB "
    "or takes longer than a minute.",
    exit_status=2,
)
FOLDER_EXISTS = Rule(
    "NEW002",
    "folder-exists",
    "a folder of that name is there already",
    "Nothing that is there is written over. Give another name with `--name`, or remove the folder.",
    exit_status=2,
)
NAME_TAKEN = Rule(
    "NEW003",
    "name-taken",
    "a file that the document refers to is called like one that `init` makes",
    "The files that a document refers to come along under their own names, and `init` puts "
    "`SOURCE.md` and `specloom.toml` beside them. Call the file otherwise, also where it is "
    "referred to.",
    exit_status=2,
)

RULES = (UNFETCHABLE, FOLDER_EXISTS, NAME_TAKEN)

_MOST_WORDS: Final = 4
_TAKEN: Final = sys.stdlib_module_names | {"httpx2", "pydantic", "specloom"}
_SETTINGS: Final = """\
# How the document becomes a client; specloom's README lists every key.

[document]
upstream = "{document}"
# overlay = "overlay.yaml"  # what is wrong with the document, corrected (OpenAPI Overlay 1.1)

[client]
distribution = "{distribution}"
package = "{package}"
class_name = "{class_name}"
output = "../../generated/{name}"
environment = "{environment}"
"""
_SOURCE_NAME: Final = "SOURCE.md"
_SOURCE: Final = """\
# Where this comes from

`{document}` was taken on {day} from {source}, byte for byte.

sha256: `{digest}`

It is never edited here, so that a newer one can take its place: what is wrong with it is
corrected by an overlay, which `specloom.toml` names.
"""


@dataclass(frozen=True, slots=True)
class _Given:
    """The document as it came: its bytes, from where, and the name that it is kept under.

    `beside` are the files that it refers to, by their paths from its folder.
    """

    content: bytes
    source: str
    file: str
    beside: dict[str, bytes]


def create(source: str, name: str | None, day: date, collector: Collector) -> Path:
    """Make `spec/<name>` in the current folder, whole or not at all; gives its path.

    Raises HaltedError if the document can't be had or is not OpenAPI, or the folder exists.
    """
    given = _given(source, collector)
    with tempfile.TemporaryDirectory() as scratch:
        staged = Path(scratch) / "new"
        staged.mkdir()
        for file, content in {given.file: given.content, **given.beside}.items():
            (staged / file).parent.mkdir(parents=True, exist_ok=True)
            (staged / file).write_bytes(content)
        document = load(staged / given.file, collector, name=given.source)
        version_of(document, collector)
        words = _words(name or _title(document.tree), given.source)
        folder = Path("spec") / _dashed(words)
        if folder.exists():
            place = Location(str(folder))
            collector.halt(FOLDER_EXISTS, "exists already", place, hint="give a --name")
        for file, text in _files(given, words, day).items():
            (staged / file).write_text(text, encoding="utf-8")
        load_config(staged, collector)
        folder.parent.mkdir(exist_ok=True)
        shutil.move(staged, folder)
    return folder


def _given(source: str, collector: Collector) -> _Given:
    try:
        if is_url(source):
            content, url = fetch(source, is_url)
            name = "openapi" + _suffix(urlsplit(url).path, content)
            return _Given(content, _without_secrets(url), name, {})
        return _read(Path(source), collector)
    except (FetchError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        collector.halt(UNFETCHABLE, f"can't be had: {reason}", Location(source))


def _without_secrets(url: str) -> str:
    """The place that a URL names, without what may be a key or a password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _read(path: Path, collector: Collector) -> _Given:
    """A local document, under its own name, since files beside it may refer back to it."""
    content = path.read_bytes()
    beside = _beside(path)
    taken = {PurePosixPath(file).parts[0].lower(): file for file in beside}
    for made in (FILE_NAME, _SOURCE_NAME):
        if made.lower() in taken:
            place = Location(str(path.parent / taken[made.lower()]))
            collector.halt(NAME_TAKEN, f"is called like the {made} that `init` makes", place)
    is_safe = re.fullmatch(r"[\w-][\w.-]*\.(json|yaml|yml)", path.name)
    name = path.name if is_safe else _free("openapi", _suffix(path.name, content), taken)
    return _Given(content, path.name, name, beside)


def _free(stem: str, suffix: str, taken: Collection[str]) -> str:
    """A name for a file, numbered if it is taken."""
    candidates = chain([stem + suffix], (f"{stem}-{number}{suffix}" for number in count(2)))
    return next(name for name in candidates if name not in taken)


def _beside(path: Path) -> dict[str, bytes]:
    """The files below the document's folder that it refers to; `lint` tells what is amiss."""
    collector = Collector()
    try:
        document = bundle(load(path, collector), (), collector)
    except HaltedError:
        return {}
    files = {Path(source.file) for source, _ in document.origins.values()} - {path}
    inside = sorted(file for file in files if file.is_relative_to(path.parent))
    return {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in inside}


def _suffix(path: str, content: bytes) -> str:
    """`.json` or `.yaml`, as the text tells: what the document was called may be wrong."""
    suffix = PurePosixPath(path).suffix.lower()
    is_yaml = suffix in {".yaml", ".yml"}
    text = content.decode(json.detect_encoding(content), errors="replace").lstrip()
    # YAML has braces, too; what is called JSON or nothing, and begins so, may be broken JSON.
    if text.startswith("{") and (not is_yaml or _is_json(text)):
        return ".json"
    return suffix if is_yaml else ".yaml"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _title(tree: dict[str, Any]) -> str:
    info = tree.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    return title if isinstance(title, str) else ""


def _words(title: str, source: str) -> list[str]:
    """What the project is called, in ASCII: the title's words, or those of the document's name."""
    for text in (title, PurePosixPath(source).stem):
        words: list[str] = re.findall(r"[A-Za-z0-9]+", re.sub("['\u2019]", "", text))
        if len(words) > 1 and words[-1].lower() == "api":
            words.pop()
        if words and words[0][0].isalpha():
            return words[:_MOST_WORDS]
    return ["Api"]


def _dashed(words: list[str]) -> str:
    return "-".join(words).lower()


def _files(given: _Given, words: list[str], day: date) -> dict[str, str]:
    package = "_".join(words).lower()
    if keyword.iskeyword(package) or package in _TAKEN:
        package += "_client"
    class_name = names.pascal(" ".join(words), "Api")
    if class_name.removeprefix("Async") in names.RESOURCE_CLASS_RESERVED or class_name.endswith(
        "Error"
    ):
        class_name += "Api"
    settings = _SETTINGS.format(
        document=given.file,
        distribution=_dashed(words) + "-client",
        package=package,
        class_name=class_name,
        name=_dashed(words),
        environment=package.upper(),
    )
    digest = hashlib.sha256(given.content).hexdigest()
    return {
        FILE_NAME: settings,
        _SOURCE_NAME: _SOURCE.format(
            document=given.file, day=day, source=given.source, digest=digest
        ),
    }
