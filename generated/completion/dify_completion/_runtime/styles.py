"""How a parameter's value is written into a path, a query, a header or a cookie.

Turns a JSON value into text by OAS 3.2 §4.12.3 and RFC 6570; the value has been checked before.
"""

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import quote

from .operation import Parameter

Escape: TypeAlias = Callable[[Any], str]
# What may stand in a value without ending it, for those who allow reserved characters.
_RESERVED = ":/?@!$'()*,;="
_DOTS = re.compile(r"(^|/)\.\.?(/|$)")
_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")  # RFC 6265 §4.1.1
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def segment(parameter: Parameter, value: Any) -> str:
    """Write a value into the path; ValueError if that would change the path's shape."""
    text = _one(parameter, value, _escape(parameter, "#"))
    if not text or "?" in text or "#" in text or _DOTS.search(text):
        raise ValueError(f"{text!r} can't stand in a path")
    return text


def header(parameter: Parameter, value: Any) -> str:
    """Write a value into a header; ValueError if a header can't hold it."""
    text = _one(parameter, value, to_text)
    if not (text.isascii() and text.isprintable() and text == text.strip()):
        raise ValueError("a header holds printable ASCII only, with no space around it")
    return text


def header_name(text: str) -> str:
    """Give a header's name in lower case; ValueError if it is none (RFC 9110 §5.1)."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("a header's name holds letters, digits and few signs only")
    return text.lower()


def pairs(parameter: Parameter, value: Any) -> list[str]:
    """Write a value into a query or a cookie, as pairs `name=value`."""
    is_cookie = parameter.style == "cookie"
    name = parameter.name if is_cookie else quote(parameter.name, safe="")
    escape = _cookie if is_cookie else _escape(parameter)
    if parameter.content_type:
        return [f"{name}={escape(to_json(value))}"]
    if parameter.style == "deepObject" and isinstance(value, dict):
        inner = [(f"{name}%5B{escape(key)}%5D", item) for key, item in value.items()]
        return [pair for key, item in inner for pair in _exploded(key, item, escape)]
    if parameter.explode:
        return _exploded(name, value, escape)
    separator = _SEPARATORS.get(parameter.style, ",")
    return [f"{name}={separator.join(_parts(value, escape))}"] if value not in ([], {}) else []


def _cookie(value: Any) -> str:
    """Write a value of a cookie as it is (RFC 6265 §4.1.1)."""
    if not _COOKIE.fullmatch(text := to_text(value)):
        raise ValueError('a cookie holds printable ASCII only, no space and none of ",;\\')
    return text


def to_text(value: Any) -> str:
    """Write a string as it is, and everything else as JSON."""
    return value if isinstance(value, str) else to_json(value)


def to_json(value: Any) -> str:
    """Write a JSON value as compact text; ValueError for what JSON can't hold, such as infinity."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _one(parameter: Parameter, value: Any, escape: Escape) -> str:
    explode = parameter.explode
    if parameter.content_type:
        return escape(to_json(value))
    if parameter.style == "label":
        return "." + ("." if explode else ",").join(_parts(value, escape, joined=explode))
    if parameter.style == "matrix":
        # An empty value has no sign of equality (RFC 6570 §3.2.7).
        written = (p.removesuffix("=") if p.count("=") == 1 else p for p in pairs(parameter, value))
        return "".join(f";{pair}" for pair in written)
    return ",".join(_parts(value, escape, joined=explode))


def _exploded(name: str, value: Any, escape: Escape) -> list[str]:
    if isinstance(value, dict):
        return _parts(value, escape, joined=True)
    return [f"{name}={part}" for part in _parts(value, escape)]


def _parts(value: Any, escape: Escape, *, joined: bool = False) -> list[str]:
    """List the items; an object's names and values alternate, or are `joined`."""
    if not isinstance(value, dict):
        return [escape(item) for item in (value if isinstance(value, list) else [value])]
    if joined:
        return [f"{escape(key)}={escape(item)}" for key, item in value.items()]
    return [escape(part) for pair in value.items() for part in pair]


def _escape(parameter: Parameter, also: str = "") -> Escape:
    safe = _RESERVED + also if parameter.allow_reserved else ""
    return lambda value: quote(to_text(value), safe=safe)
