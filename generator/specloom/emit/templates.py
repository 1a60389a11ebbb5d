"""Where templates come from: specloom's own, each of which a project's folder may replace.

Knows nothing of what they are given.
"""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)

from specloom.diagnostics import Collector, Location, Rule

from .filters import FILTERS
from .format import FormatError
from .own_templates import files_below, templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD_TEMPLATE = Rule(
    "TPL001",
    "bad-template",
    "a template of the project's own can't be used",
    "The folder given with `--templates` holds what is called like a template of specloom's "
    "(`package/README.md.jinja`), and takes its place. The template must be Jinja, use only what "
    "the one that it replaces is given, and what comes out must be what the file is: Python, TOML.",
    exit_status=2,
)

RULES = (BAD_TEMPLATE,)

_SUFFIX: Final = ".jinja"


def environment(overrides: Path | None) -> Environment:
    """What finds templates, first among the project's own; an unknown name in one is an error.

    specloom's own are also found as `specloom/…`, for one that builds on what it replaces.
    """
    ours = FileSystemLoader(templates_folder())
    theirs = [FileSystemLoader(overrides)] if overrides else []
    environment = Environment(
        loader=ChoiceLoader([*theirs, ours, PrefixLoader({"specloom": ours})]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Python and Markdown; every text goes through a filter
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= FILTERS
    return environment


def check_overrides(overrides: Path, collector: Collector) -> None:
    """See that every file of the folder replaces a template. Raises HaltedError."""
    ours = templates_folder()
    known = {_name(file, ours) for file in files_below(ours) if file.suffix == _SUFFIX}
    given = sorted(files_below(overrides))
    for file in given:
        if _name(file, overrides) not in known:
            message = f"replaces no template; there are {', '.join(sorted(known))}"
            collector.add(BAD_TEMPLATE, message, Location(str(file)))
    if not given:
        collector.add(BAD_TEMPLATE, "holds no template", Location(str(overrides)))
    collector.halt_on_errors()


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


@contextmanager
def reporting_errors(overrides: Path | None, collector: Collector) -> Iterator[None]:
    """Turn what goes wrong in a project's templates into a finding. Raises HaltedError."""
    try:
        yield
    except Exception as error:  # a template may fail in any way that Python can
        place = _place(error, overrides) if overrides else None
        if place is None:
            raise
        collector.halt(BAD_TEMPLATE, str(error).strip() or repr(error), place)


def _place(error: Exception, overrides: Path) -> Location | None:
    """The line of a template of the project's where it went wrong; None if in none of them."""
    if isinstance(error, FormatError):
        return Location(str(overrides))
    if isinstance(error, TemplateSyntaxError):
        lines = [(error.filename or "", error.lineno)]
    else:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [(frame.filename, frame.lineno or 1) for frame in reversed(frames)]
    return next(
        (Location(file, line) for file, line in lines if Path(file).is_relative_to(overrides)),
        None,
    )
