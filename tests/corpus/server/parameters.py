"""The parameters of a request into values, read as the document says (OAS 3.2 §4.12)."""

from __future__ import annotations

import json
import re
from http.cookies import CookieError
from typing import TYPE_CHECKING, Any

from .styles import Pairs, WrongStyleError, header_texts, path_texts, query_texts, unquote
from .texts import Shapes

if TYPE_CHECKING:
    from .contents import Content
    from .request import Request

IGNORED_HEADERS = {"accept", "content-type", "authorization"}
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


class WrongRequestError(Exception):
    """A request that is not as the document says."""


class Parameter:
    """One parameter of an operation."""

    def __init__(self, value: dict[str, Any], content: Content | None) -> None:
        self.name, self.location = str(value.get("name")), str(value.get("in"))
        self.is_required = bool(value.get("required")) or self.location == "path"
        self._style = value.get("style", _STYLES.get(self.location, "form"))
        self._explode = value.get("explode", self._style in {"form", "cookie", "deepObject"})
        self.content = content
        self._is_content = "content" in value
        self.media_type = next(iter(value["content"]), "") if self._is_content else ""

    @property
    def is_ignored(self) -> bool:
        """Whether it can't be described (OAS 3.2 §4.12.2.1), or not be sent (RFC 9110 §5.1)."""
        is_header = self.location == "header"
        is_name = _TOKEN.fullmatch(self.name) is not None
        return is_header and (self.name.lower() in IGNORED_HEADERS or not is_name)

    def read(self, request: Request, in_path: dict[str, str], named: set[str]) -> list[Any]:
        """The values that it may have been, empty if it isn't there. Raises WrongRequestError."""
        schema = self.content.schema if self.content else {}
        shapes = Shapes(schema)
        found: list[Any] = []
        problems: list[Exception] = []
        kinds = ["text"] if self._is_content else shapes.kinds(schema)
        # Exploded objects may share names, which nothing tells apart: the first or the last counts.
        for kind in kinds + ["object, reversed"] * ("object" in kinds):
            inner = shapes.names(schema) if kind.startswith("object") else None
            try:
                texts = self._texts(request, in_path, kind, inner, named)
            except (WrongStyleError, UnicodeDecodeError, CookieError) as error:
                problems.append(error)
                continue
            if texts is not None:
                found.append(self._value(shapes, texts))
        if problems and not found:
            raise WrongRequestError(f"{self.location} {self.name}: {problems[0]}")
        return found

    def _value(self, shapes: Shapes, texts: Any) -> Any:
        if not self._is_content:
            return shapes.value(shapes.schema, texts)
        try:
            return json.loads(texts) if "json" in self.media_type else texts
        except ValueError:
            raise WrongRequestError(f"{self.location} {self.name} is no JSON") from None

    def _texts(
        self,
        request: Request,
        in_path: dict[str, str],
        kind: str,
        inner: set[str] | None,
        named: set[str],
    ) -> Any:
        kind, _, is_reversed = kind.partition(", ")
        if self.location == "path":
            text = in_path[self.name]
            return path_texts(text, self.name, self._style, kind, explode=self._explode)
        if self.location == "header":
            sent = request.header(self.name)
            return None if sent is None else header_texts(sent, kind, explode=self._explode)
        pairs = query_pairs(request) if self.location == "query" else cookie_pairs(request)
        pairs = pairs[::-1] if is_reversed else pairs
        if self.location == "querystring":
            return unquote(request.query) or None
        if self._style == "cookie":
            found = [value for name, value in pairs if name == self.name]
            return found[0] if found and kind == "text" else found or None
        if inner is None:
            pairs = [
                pair
                for pair in pairs
                if unquote(pair[0]) not in named or unquote(pair[0]) == self.name
            ]
        return query_texts(pairs, self.name, self._style, kind, explode=self._explode, inner=inner)


def query_pairs(request: Request) -> Pairs:
    """The pairs of a query, as they were sent."""
    return [part.partition("=")[::2] for part in request.query.split("&") if part]


def cookie_pairs(request: Request) -> Pairs:
    """The cookies, as they were sent."""
    text = request.header("cookie") or ""
    return [part.strip().partition("=")[::2] for part in text.split(";") if part.strip()]
