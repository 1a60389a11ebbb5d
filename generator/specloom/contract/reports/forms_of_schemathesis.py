"""The events of a run into the reports that schemathesis writes: HTML, JUnit and HAR.

Our own phases come as events like its own, and so are in them. Knows nothing of findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schemathesis.cli.commands.run.context import ExecutionContext
from schemathesis.cli.commands.run.handlers.har import HarHandler
from schemathesis.cli.commands.run.handlers.html import HtmlReportHandler
from schemathesis.cli.commands.run.handlers.junitxml import JunitXMLHandler
from schemathesis.engine import events

from specloom.contract.transport.redaction import (
    redact_answer,
    redact_text_file,
    redact_xml_file,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from schemathesis import BaseSchema

    from specloom.contract.transport.target import Target

HTML: Final = "html"
JUNIT: Final = "junit.xml"
HAR: Final = "exchanges.har"


def reported(
    made: Iterator[Any], schema: BaseSchema, target: Target, folder: Path
) -> Generator[Any]:
    """The events, each also given to the reports, which are written anew."""
    context = ExecutionContext(config=schema.config)
    handlers = [
        HtmlReportHandler(folder / HTML),
        JunitXMLHandler(folder / JUNIT),
        HarHandler(folder / HAR, schema.config.output, preserve_bytes=True),
    ]
    for handler in handlers:
        handler.start(context)
    try:
        for event in made:
            if isinstance(event, events.ScenarioFinished):
                _redact_asides(event, target)
            context.on_event(event)
            for handler in handlers:
                handler.handle_event(context, event)
            yield event
    finally:
        for handler in handlers:
            handler.shutdown(context)
        _redact(target, folder)


def _redact_asides(event: events.ScenarioFinished, target: Target) -> None:
    """Take the key out of the answers to what checks asked on the side: no hook sees those."""
    for interaction in event.recorder.interactions.values():
        if interaction.response is not None:
            redact_answer(target, interaction.response)


def _redact(target: Target, folder: Path) -> None:
    """Take the key out of the files."""
    redact_xml_file(target, folder / JUNIT)
    redact_text_file(target, folder / HTML / "index.html")
    redact_text_file(target, folder / HAR)
