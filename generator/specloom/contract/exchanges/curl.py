"""A request into the curl command that makes it again, with the key as a variable of the shell.

The command runs as it is in bash and zsh, once the variable is set. Knows nothing of what the
request is for.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from specloom.contract.transport.credentials import REDACTED

from .exchange_json import below
from .transport_headers import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.transport.target import Target

    from .exchange import Request

KEY: Final = '"$SPECLOOM_API_KEY"'
"""What stands for the key."""

# Linux takes no argument of more than 128 KiB.
_LONGEST_ARGUMENT: Final = 100_000
_SHORT: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "'": "\\'", "\\": "\\\\"}


def curl(request: Request, target: Target) -> str:
    """The command; a body that no argument can hold is piped to it."""
    body = target.redact_bytes(request.body)
    piped = b"\0" in body or len(body) > _LONGEST_ARGUMENT
    words = ["curl", "-N", *_method(request), *_headers(request, target)]
    if piped:
        words += ["--data-binary", "@-"]
    elif _has_body(request):
        words += ["--data-raw", _quoted(body)]
    command = " ".join([*words, *_url(request, target)])
    return f"printf %b {_for_printf(body)} | {command}" if piped else command


def _method(request: Request) -> list[str]:
    # With `-X HEAD` curl would wait for a body.
    is_head = request.method == "HEAD" and not request.body
    return ["--head"] if is_head else ["-X", shlex.quote(request.method)]


def _headers(request: Request, target: Target) -> Iterator[str]:
    ours = {name.lower(): value for name, value in target.headers.items()}
    shown = {name.lower(): value for name, value in target.shown_headers.items()}
    for name, value in meant(request.headers).items():
        if value.startswith("Basic ") and value in {ours.get(name), shown.get(name)}:
            yield from ("-u", KEY)
        elif not value:
            # curl takes `name:` for a header that it is to leave out.
            yield from ("-H", shlex.quote(f"{name};"))
        elif name in ours:
            yield from ("-H", _keyed(f"{name}: {target.redact_header(name, value)}"))
        else:
            # Nothing behind a colon would take the header away.
            field = f"{name}: {target.redact(value)}" if value else f"{name};"
            yield from ("-H", _quoted(_sent(field)))
    if "content-type" not in request.headers and _has_body(request):
        yield from ("-H", "content-type:")


def _has_body(request: Request) -> bool:
    """Whether there is a body, be it an empty one (RFC 9112 §6)."""
    return bool(request.body) or "content-length" in request.headers


def _keyed(text: str) -> str:
    """A redacted text in quotes, with the variable where the key was."""
    return KEY.join(_quoted(_sent(part)) if part else "" for part in text.split(REDACTED))


def _sent(field: str) -> bytes:
    """A header as bytes, of which each was read as a character (RFC 9110 §5.5)."""
    try:
        return field.encode("latin-1")
    except UnicodeEncodeError:
        return field.encode()


def _url(request: Request, target: Target) -> Iterator[str]:
    """The URL, and what keeps curl from changing it."""
    rest = below(request.target, target)
    url = target.redact_url(rest if "://" in rest.partition("?")[0] else target.url + rest)
    if set("[]{}") & set(url):
        yield "--globoff"
    if "/." in url:
        yield "--path-as-is"
    yield _keyed(url)


def _quoted(content: bytes) -> str:
    """Bytes as one word: as text if they are nothing but that, else in escapes."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if all(char.isprintable() or char in "\n\t" for char in text):
        return shlex.quote(text)
    return "$'" + "".join(map(_escaped, content)) + "'"


def _escaped(byte: int) -> str:
    char = chr(byte)
    if char in _SHORT:
        return _SHORT[char]
    return char if char.isascii() and char.isprintable() else f"\\x{byte:02x}"


def _for_printf(content: bytes) -> str:
    """Bytes in the escapes of `printf %b`, which may hold NUL."""
    plain = set(range(0x20, 0x7F)) - set(b"'\\")
    escaped = (chr(byte) if byte in plain else f"\\0{byte:03o}" for byte in content)
    return "'" + "".join(escaped) + "'"
