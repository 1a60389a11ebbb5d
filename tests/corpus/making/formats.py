"""Formats into texts that have them, and into what tells whether a text has one."""

from __future__ import annotations

import base64
import re
from typing import Any

from hypothesis import strategies as st

_BYTES = st.binary(max_size=8)
_DATES = st.dates().map(lambda day: day.isoformat())
_SECONDS = st.times().map(lambda time: time.replace(microsecond=0).isoformat())
TEXTS: dict[str, Any] = {
    "date": _DATES,
    "date-time": st.tuples(
        _DATES, _SECONDS, st.sampled_from(["Z", ".5Z", "+02:00", ".123456Z"])
    ).map(lambda parts: f"{parts[0]}T{parts[1]}{parts[2]}"),
    "time": st.tuples(_SECONDS, st.sampled_from(["Z", "+02:00"])).map("".join),
    "duration": st.sampled_from(["P1D", "PT1H30M", "P1Y2M3DT4H5M6S"]),
    "uuid": st.uuids().map(str),
    "email": st.sampled_from(["someone@example.org", "a.b+c@example.com"]),
    "uri": st.sampled_from(["https://example.org/", "https://example.org/a?b=c#d", "urn:a:b"]),
    "uri-reference": st.sampled_from(["/a", "https://example.org/", "a/b?c"]),
    "uri-template": st.sampled_from(["/a/{b}", "https://example.org/{a}"]),
    "hostname": st.sampled_from(["example.org", "a.example"]),
    "ipv4": st.ip_addresses(v=4).map(str),
    "ipv6": st.ip_addresses(v=6).map(str),
    "byte": _BYTES.map(lambda value: base64.b64encode(value).decode()),
    "base64": _BYTES.map(lambda value: base64.b64encode(value).decode()),
    "decimal": st.decimals(-1000, 1000, places=2).map(str),
    "json-pointer": st.sampled_from(["", "/a", "/a/0"]),
    "regex": st.sampled_from(["a+", "^[a-z]$"]),
}
TEXTS["url"] = TEXTS["uri"]
TEXTS["iri"] = TEXTS["uri"]
TEXTS["idn-email"] = TEXTS["email"]
TEXTS["date-time-local"] = st.tuples(_DATES, _SECONDS).map("T".join)


def _is_base64(text: Any) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return True


# Formats that jsonschema_rs doesn't know.
CHECKS = {
    "byte": _is_base64,
    "decimal": lambda text: re.fullmatch(r"-?\d+(\.\d+)?", text) is not None,
}
