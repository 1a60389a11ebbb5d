"""The JUnit reports of several shards into one: each test case once, with all that befell it.

Knows nothing of what the cases are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_COUNTED: Final = {"errors": "error", "failures": "failure", "skipped": "skipped"}


def merged_junit(paths: Sequence[Path]) -> bytes:
    """The document of all. Raises OSError or ET.ParseError."""
    suites = [_suite(path) for path in paths]
    named: dict[str, list[ET.Element]] = {}
    for case in (case for suite in suites for case in suite.iter("testcase")):
        named.setdefault(case.get("name", ""), []).append(case)
    root = ET.Element("testsuites")
    whole = ET.SubElement(root, "testsuite", suites[0].attrib)
    whole.extend(_one(name, cases) for name, cases in named.items())
    counts = _counts(whole)
    root.attrib.update(counts)
    whole.attrib.update(counts)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _suite(path: Path) -> ET.Element:
    suite = ET.parse(path).getroot().find("testsuite")  # noqa: S314 - a report of our own
    return ET.Element("testsuite") if suite is None else suite


def _one(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    time = sum(float(case.get("time", 0)) for case in cases)
    whole = ET.Element("testcase", {"name": name, "time": f"{time:.6f}"})
    whole.extend(_befell(cases))
    return whole


def _befell(cases: Sequence[ET.Element]) -> Iterator[ET.Element]:
    """What happened in any; it was skipped only if it was in all."""
    skips = [case.find("skipped") for case in cases]
    for case in cases:
        yield from (child for child in case if child.tag != "skipped")
    if skips[0] is not None and None not in skips:
        yield skips[0]


def _counts(suite: ET.Element) -> dict[str, str]:
    cases = list(suite.iter("testcase"))
    time = sum(float(case.get("time", 0)) for case in cases)
    return {
        **{
            name: str(sum(case.find(tag) is not None for case in cases))
            for name, tag in _COUNTED.items()
        },
        "tests": str(len(cases)),
        "time": f"{time:.6f}",
    }
