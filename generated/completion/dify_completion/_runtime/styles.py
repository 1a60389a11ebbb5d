"""How a parameter's value is written into a path, a query, a header or a cookie.

Turns a JSON value into text by OAS 3.2 §4.12.3 and RFC 6570; the value has been checked before.
"""

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import quote, quote_plus, unquote

from .operation import Encoding, Parameter

Escape: TypeAlias = Callable[[Any], str]
# What may stand in a value without ending it, for those who allow reserved characters.
_RESERVED = ":/?@!$'()*,;="
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DOTS = re.compile(r"(^|/)(\.|%2E){1,2}(/|$)", re.IGNORECASE)
_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")  # RFC 6265 §4.1.1
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_JSON = re.compile(r"\s*[^;,\s]+[/+]json\s*([;,]|$)", re.IGNORECASE)
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
    if parameter.location == "querystring":
        return _whole_query(parameter, value)
    is_cookie = parameter.style == "cookie"
    name = parameter.name if is_cookie else quote(parameter.name, safe="")
    escape = _cookie if is_cookie else _escape(parameter)
    if parameter.content_type:
        return [f"{name}={escape(_content(parameter, value))}"]
    if parameter.style == "deepObject":
        return _deep(name, value, escape, indexed=True)
    if parameter.explode:
        return _exploded(name, value, escape)
    separator = _SEPARATORS.get(parameter.style, ",")
    parts = _parts(value, escape)
    return [f"{name}={separator.join(parts)}"] if parts else []


def fields(name: str, value: Any, encoding: Encoding) -> list[tuple[str, str]]:
    """Write a property of a form as names and texts (OAS 3.2 §4.15.1.1), which are not escaped.

    A list repeats the name, for a server to tell the items; null has no text and is left out.
    """
    if encoding.style:
        split = (pair.partition("=") for pair in _styled(name, value, encoding))
        return [(unquote(key), unquote(text)) for key, _, text in split]
    items = value if isinstance(value, list) else [value]
    write = to_json if is_json(encoding.content_type) else to_text
    return [(name, write(item)) for item in items if item is not None]


def form(name: str, value: Any, encoding: Encoding) -> list[str]:
    """Write a property of a form as pairs `name=value`."""
    if encoding.style:
        return _styled(name, value, encoding, reserved=encoding.allow_reserved)
    return [f"{quote_plus(key)}={quote_plus(text)}" for key, text in fields(name, value, encoding)]


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON or built on it (RFC 6839 §3.1)."""
    return bool(_JSON.match(media_type))


def _styled(name: str, value: Any, encoding: Encoding, *, reserved: bool = False) -> list[str]:
    style = encoding.style or "form"
    parameter = Parameter(name, name, "query", Any, style, encoding.explode, reserved)
    return pairs(parameter, value) if value is not None else []


def _whole_query(parameter: Parameter, value: Any) -> list[str]:
    """Write a value that is the whole query (OAS 3.2 §4.12.2)."""
    if parameter.content_type == "application/x-www-form-urlencoded" and isinstance(value, dict):
        return [pair for name, item in value.items() for pair in form(name, item, Encoding())]
    return [quote(_content(parameter, value), safe="")]


def _content(parameter: Parameter, value: Any, *, ascii_only: bool = False) -> str:
    """Write a value as the media type of its parameter."""
    if not is_json(parameter.content_type or ""):
        return to_text(value)
    return to_json(value, ascii_only=ascii_only)


def _deep(name: str, value: Any, escape: Escape, *, indexed: bool = False) -> list[str]:
    """Write an object with its keys in brackets, also those of what is nested in it.

    OpenAPI leaves open what arrays become: one in an object repeats its name if it holds plain
    values, others have their indices in brackets.
    """
    if isinstance(value, list) and (indexed or any(isinstance(i, dict | list) for i in value)):
        value = dict(enumerate(value))
    if not isinstance(value, dict):
        return _exploded(name, value, escape)
    inner = [(f"{name}%5B{escape(key)}%5D", item) for key, item in value.items()]
    return [pair for key, item in inner for pair in _deep(key, item, escape)]


def _cookie(value: Any) -> str:
    """Write a value of a cookie as it is (RFC 6265 §4.1.1)."""
    if not _COOKIE.fullmatch(text := to_text(value)):
        raise ValueError('a cookie holds printable ASCII only, no space and none of ",;\\')
    return text


def to_text(value: Any) -> str:
    """Write a string as it is, and everything else as JSON."""
    return value if isinstance(value, str) else to_json(value)


def to_json(value: Any, *, ascii_only: bool = False) -> str:
    """Write a JSON value as compact text; ValueError for what JSON can't hold, such as infinity."""
    return json.dumps(value, ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":"))


def _one(parameter: Parameter, value: Any, escape: Escape) -> str:
    explode = parameter.explode
    if parameter.content_type:
        return escape(_content(parameter, value, ascii_only=parameter.location == "header"))
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
    """List the items; an object's names and values alternate, or are `joined`.

    What is null is undefined to RFC 6570 §2.3, and left out.
    """
    if not isinstance(value, dict):
        items = value if isinstance(value, list) else [value]
        return [escape(item) for item in items if item is not None]
    given = [(escape(key), escape(item)) for key, item in value.items() if item is not None]
    return (
        ["=".join(pair) for pair in given] if joined else [part for pair in given for part in pair]
    )


def _escape(parameter: Parameter, also: str = "") -> Escape:
    if not parameter.allow_reserved:
        return lambda value: quote(to_text(value), safe="")
    kept = _RESERVED + also
    # What is escaped already stays so (RFC 6570 §3.2.3).
    return lambda value: _LONE_PERCENT.sub("%25", quote(to_text(value), safe=kept + "%"))
