"""The pages of a contract test open from a file and can be read; nothing in them runs or hides."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest

from completion_server import serve_settings
from specloom.contract.plan.options import PROFILES, Options
from specloom.contract.reports.charts import histogram, status_bar
from specloom.contract.reports.latency import latency
from specloom.contract.reports.page import page
from specloom.contract.reports.report_json import plain_report
from specloom.contract.reports.visible import on_one_line, visible
from specloom.contract.reports.writing import write_reports
from specloom.contract.session import run_phases
from specloom.diagnostics import Collector
from tests.contract import reported
from tests.contract.browser import opened
from tests.contract.reported import HOSTILE, failure
from tests.contract.runs import Quiet, flagship
from tests.contract.test_contract import KEY, spoiled

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.answers.subject import Subject

BROKEN = "response_schema_conformance"


@pytest.fixture
def about(tmp_path: Path) -> Subject:
    return reported.subject(tmp_path)


def hostile(about: Subject) -> dict[str, object]:
    """A report whose every text means harm."""
    evil = dataclasses.replace(
        failure(about, "names_are_kept", body=HOSTILE.encode(), known=HOSTILE),
        cause=HOSTILE, message=HOSTILE, steps=(HOSTILE,),
    )  # fmt: skip
    return reported.plain(about, evil)


@pytest.mark.slow
def test_the_page_tells_all_of_a_finding_in_a_browser(about: Subject, tmp_path: Path) -> None:
    told = reported.plain(about, failure(about, BROKEN, body=b'{"nome":1}'))
    write_reports(told, tmp_path)
    shown = opened(tmp_path / "index.html")
    assert shown.title == "1 finding · 127.0.0.1:8765"
    (finding,) = told["findings"]
    for text in (
        "The server strays from its document: 1 new finding", "seed 7", "profile quick",
        f"high {BROKEN} getInfo {finding['id']}", f"what {BROKEN} found", "CON012",
        f"openapi.json:{finding['said']['line']}", '"Info": {', '"name"', '{"nome":1}',
        "curl http://127.0.0.1:8765/v1/info", f"--replay {finding['id']}",
        "no stream is documented", "it could not be reached", "5xx", "900.0 ms",
        "never answered with success",
    ):  # fmt: skip
        assert text in shown.text, text
    # The filter is the page's own script: the policy lets it run.
    assert "1 of 1" in shown.text
    assert shown.count("svg") == 4


@pytest.mark.slow
def test_nothing_that_a_server_or_a_document_says_runs_or_hides(
    about: Subject, tmp_path: Path
) -> None:
    write_reports(hostile(about), tmp_path)
    shown = opened(tmp_path / "index.html")
    assert shown.title == "0 findings · 127.0.0.1:8765"
    assert (shown.count("script"), shown.count("img")) == (1, 0)
    assert shown.text.count("<img src=x onerror=alert(1)>\\x00\\u202egnp.exe") >= 4
    assert reported.SUMMARY in shown.text
    assert not re.search("[\x00\u202e]", shown.html)


def test_the_page_needs_nothing_but_itself(about: Subject, tmp_path: Path) -> None:
    html = page(hostile(about), tmp_path)
    links = set(re.findall(r'<[^>]+\s(?:src|href|action)="([^"]*)"', html))
    assert {link for link in links if not link.startswith("#")} == {"report.json", "report.sarif"}
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import", html)


def test_the_page_links_to_what_is_in_its_folder(about: Subject, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").touch()
    html = page(reported.plain(about), tmp_path)
    assert 'href="html/index.html"' in html
    assert 'href="junit.xml"' not in html


@pytest.mark.slow
def test_a_real_runs_pages_can_be_read_and_schemathesis_page_shows_our_checks(
    tmp_path: Path,
) -> None:
    with serve_settings(spoiled("info-name-missing")) as url:
        options = Options(
            url, KEY, 1, PROFILES["quick"], tmp_path, "specloom contract", only=("getAppInfo",)
        )
        found = run_phases(flagship(), options, Collector(), Quiet())
    write_reports(plain_report(found), tmp_path)
    ours, theirs = opened(tmp_path / "index.html"), opened(tmp_path / "html" / "index.html")
    assert "response_schema_conformance getAppInfo" in ours.text
    assert theirs.title == "Schemathesis Report"
    assert "GET /info" in theirs.text
    assert "not_a_server_error" in theirs.text
    assert KEY not in ours.html + theirs.html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("Grüße, 你好 😀", "Grüße, 你好 😀"),
        ("a\x00b\x1b[2J", "a\\x00b\\x1b[2J"),
        ("a\u202eb\u2066\ufeff", "a\\u202eb\\u2066\\ufeff"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_can_not_be_seen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_fits_on_one_line() -> None:
    assert on_one_line("a\nb  c" + "d" * 9, 8) == "a b cdd…"


def test_charts_say_their_figures_to_who_can_not_see_them() -> None:
    assert 'aria-label="200: 3, 404: 1"' in status_bar({"200": 3, "404": 1})
    assert 'aria-label="5 to 10 ms: 2"' in histogram(latency([0.006, 0.007])["histogram"])
    assert 'aria-label="no answers"' in status_bar({})
    assert 'aria-label="no answers"' in histogram(latency([])["histogram"])
