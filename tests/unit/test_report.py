"""Findings are written in the form that people and programs know."""

import io
import json

import pytest

from specloom.diagnostics import Diagnostic, Location, Rule, Severity
from specloom.report import json as json_report
from specloom.report import text as text_report

RULE = Rule("OAS404", "no-error-response", "no error response", "Because.")
WARNED = Diagnostic(RULE, "says ünïcode", Location("b.yaml", 1, 1, ""), Severity.WARNING, "mend it")
FAILED = Diagnostic(RULE, "is missing", Location("a.json", 412, 9, "/a~1b"), Severity.ERROR)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_text_is_one_place_a_line_and_a_count() -> None:
    stream = io.StringIO()
    text_report.write([FAILED, WARNED], stream)
    assert stream.getvalue() == (
        "a.json:412:9 error[OAS404] is missing\n"
        "  at /a~1b\n"
        "b.yaml:1:1 warning[OAS404] says ünïcode\n"
        "  hint: mend it\n"
        "1 error, 1 warning\n"
    )


def test_text_of_a_document_can_not_reach_the_terminal_as_a_command() -> None:
    place = Location("a\0\n.json", 1, 1, "/a\x9b2J\r\nb")
    evil = Diagnostic(RULE, "\x1b[2Jsays\u2028more\u202e", place, Severity.ERROR, "mend\x07\nit")
    stream = io.StringIO()
    text_report.write([evil], stream)
    assert stream.getvalue() == (
        "a .json:1:1 error[OAS404] [2Jsays more\n  at /a2J b\n  hint: mend it\n1 error\n"
    )


def test_terminal_gets_colours_and_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    text_report.write([FAILED], stream)
    assert "\x1b[1;31merror[OAS404]\x1b[0m" in stream.getvalue()


@pytest.mark.parametrize(
    ("findings", "counts"),
    [
        ([], "no findings"),
        ([WARNED, WARNED], "2 warnings"),
        ([WARNED, FAILED, FAILED], "2 errors, 1 warning"),
    ],
)
def test_counts(findings: list[Diagnostic], counts: str) -> None:
    assert text_report.counts(findings) == counts


def test_json_has_exactly_the_keys_that_programs_read() -> None:
    assert json.loads(json_report.render([WARNED])) == [
        {
            "code": "OAS404",
            "rule": "no-error-response",
            "severity": "warning",
            "message": "says ünïcode",
            "hint": "mend it",
            "file": "b.yaml",
            "line": 1,
            "column": 1,
            "pointer": "",
        }
    ]


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json_report.render([]) == "[]"
