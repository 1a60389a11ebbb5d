"""Run by itself: every operation of a document there and back; prints JSON lines."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.corpus.client.package import Package
from tests.corpus.roundtrip import RoundTrips
from tests.corpus.server.document import Document

if __name__ == "__main__":
    _, document, folder, package, class_name, examples = sys.argv
    known = Package(Path(folder), package, class_name)
    for outcome in RoundTrips(Document(Path(document)), known, int(examples)):
        print(json.dumps(asdict(outcome)), flush=True)  # noqa: T201 (its output)
