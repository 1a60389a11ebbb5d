"""Images come from where a prompt says, within bounds, and never from a private network."""

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from completion_server.images import ImageError, addresses, fetch_image, get
from completion_server.models.model import Image
from tests.unit.server.image_site import PNG, Answers, answer, redirect, site

RETRIES = "Reached maximum retries (3) for URL {}"


def fetched(answers: Answers, path: str = "/", **bounds: Any) -> tuple[Image | str, list[str]]:
    """What a site's path gives, or why not, and the paths that were asked for."""

    async def fetch() -> tuple[Image | str, list[str]]:
        async with site(answers) as stands:
            try:
                image = await fetch_image(stands.url(path), private_urls=True, **bounds)
            except ImageError as error:
                return str(error).replace(str(stands.port), "PORT"), stands.paths
            return image, stands.paths

    return asyncio.run(fetch())


def refused(url: str, *, private_urls: bool = False) -> str:
    """Why a URL gives no image."""
    with pytest.raises(ImageError) as error:
        asyncio.run(fetch_image(url, private_urls=private_urls))
    return str(error.value)


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[list[str]]]], list[str]]:
    """Make names stand for addresses, a list for each lookup; gives the names looked up."""

    def fake(names: dict[str, list[list[str]]]) -> list[str]:
        asked: list[str] = []

        def look_up(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
            asked.append(host)
            if host not in names:
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            found = names[host][min(asked.count(host), len(names[host])) - 1]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return fake


def test_an_image_is_fetched_and_its_header_not_believed() -> None:
    assert (Image(PNG, "image/png"), ["/a?b=c"]) == fetched(
        {"/a?b=c": [answer(Content_Type="text/html")]}, "/a?b=c#d"
    )


def test_the_request_is_bare() -> None:
    async def head() -> str:
        async with site({"/": [answer(Set_Cookie="a=b"), answer()]}) as stands:
            for _ in range(2):
                await fetch_image(stands.url("/"), private_urls=True)
            return stands.heads[1].replace(str(stands.port), "PORT")

    assert sorted(asyncio.run(head()).split("\r\n")) == [
        "",
        "",
        "Accept-Encoding: identity",
        "Accept: image/*",
        "Connection: keep-alive",
        "GET / HTTP/1.1",
        "Host: 127.0.0.1:PORT",
        "User-Agent: completion-server",
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (answer(b"<html>", Content_Type="image/png"), "URL {} gives no PNG, JPEG, GIF or WebP"),
        (answer(b""), "URL {} gives no PNG, JPEG, GIF or WebP"),
        (answer(gzip.compress(PNG, mtime=0), Content_Encoding="gzip"), "URL {} gives no PNG"),
        (answer(status=404), "Failed to fetch an image from URL {}: status 404"),
        (answer(status=204, body=b""), "Failed to fetch an image from URL {}: status 204"),
        (answer(status=302), "Failed to fetch an image from URL {}: status 302"),
        (answer(PNG + bytes(1000)), "Failed to fetch an image from URL {}: more than 500 bytes"),
        (answer()[:-1], "Failed to fetch an image from URL {}: the transfer failed"),
        (b"SSH-2.0\r\n", "Failed to fetch an image from URL {}: the transfer failed"),
        (b"", "Failed to fetch an image from URL {}: the transfer failed"),
        (redirect("http://x:y/"), "Failed to fetch an image from URL {}: the transfer failed"),
        (redirect("http://a:b@127.0.0.1/"), "Failed to fetch an image from URL {}: credentials"),
        (redirect("file:///etc/passwd"), RETRIES),
        (redirect("/"), "Failed to fetch an image from URL {}: more than 3 redirects"),
    ],
    ids=(
        "a page", "nothing", "compressed", "not found", "no content", "a redirect to nowhere",
        "too large", "cut short", "another protocol", "hung up", "a bad port", "credentials",
        "a file", "a circle",
    ),
)  # fmt: skip
def test_an_answer_without_an_image(given: bytes, reason: str) -> None:
    got, _ = fetched({"/": [given]}, largest=500)
    assert isinstance(got, str)
    assert got.startswith(reason.format("http://127.0.0.1:PORT/"))


def test_an_image_may_be_as_large_as_allowed() -> None:
    assert Image(PNG, "image/png") == fetched({"/": [answer()]}, largest=len(PNG))[0]
    assert "more than" in str(fetched({"/": [answer()]}, largest=len(PNG) - 1)[0])


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    endless = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 300
    assert "more than 10485760 bytes" in str(fetched({"/": [endless]})[0])


@pytest.mark.parametrize("pause", [0.05, 30])
def test_a_slow_answer_is_given_up(pause: float) -> None:
    async def fetch() -> None:
        async with site({"/": [answer()]}, drip=pause) as stands:
            before = time.monotonic()
            with pytest.raises(ImageError) as error:
                await fetch_image(stands.url("/"), private_urls=True, seconds=0.4)
            assert time.monotonic() - before < 2
            assert RETRIES.format(stands.url("/")) == str(error.value)

    asyncio.run(fetch())


@pytest.mark.parametrize("failures", [1, 2])
def test_a_server_error_is_tried_again(failures: int) -> None:
    got, paths = fetched({"/": [*[answer(status=503)] * failures, answer()]})
    assert Image(PNG, "image/png") == got
    assert failures + 1 == len(paths)


def test_three_server_errors_are_enough() -> None:
    got, paths = fetched({"/": [answer(status=500)]})
    assert RETRIES.format("http://127.0.0.1:PORT/") == got
    assert paths == ["/", "/", "/"]


def test_other_errors_are_not_tried_again() -> None:
    assert fetched({"/": [answer(status=404)]})[1] == ["/"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status: int) -> None:
    answers = {"/a/": [redirect("b", status)], "/a/b": [answer()]}
    assert (Image(PNG, "image/png"), ["/a/", "/a/b"]) == fetched(answers, "/a/")


def test_three_redirects_are_followed_and_no_fourth() -> None:
    steps = {f"/{number}": [redirect(f"/{number + 1}")] for number in range(4)}
    assert Image(PNG, "image/png") == fetched({**steps, "/4": [answer()]}, "/1")[0]
    assert "more than 3 redirects" in str(fetched({**steps, "/4": [answer()]}, "/0")[0])


def test_where_nothing_listens() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/x.png"
        assert RETRIES.format(url) == refused(url, private_urls=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x.png",
        "//127.0.0.1/x.png",
        "ftp://127.0.0.1/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,iVBORw0KGgo=",
        "http://",
        "http:///x.png",
        "http://[/x.png",
        "http://\ud800/",
        "http://a\0b/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://127.0.0.1:x/",
        "http://a..b/",
        f"http://{'a' * 70}.test/",
    ],
)
def test_what_is_no_web_address_can_not_be_reached(url: str) -> None:
    assert RETRIES.format(url) == refused(url, private_urls=True)


@pytest.mark.parametrize("url", ["http://a:b@127.0.0.1/", "http://a@127.0.0.1/"])
def test_credentials_are_refused(url: str) -> None:
    assert "credentials" in refused(url, private_urls=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
    ],
)
def test_a_private_address_is_not_asked_however_it_is_written(host: str) -> None:
    async def fetch() -> None:
        async with site({"/": [answer()]}) as stands:
            with pytest.raises(ImageError) as error:
                await fetch_image(stands.url("/", host), private_urls=False)
            assert RETRIES.format(stands.url("/", host)) == str(error.value)
            assert stands.heads == []

    asyncio.run(fetch())


def test_one_private_address_among_public_ones_is_too_many(lookups: Any) -> None:
    lookups({"images.test": [["93.184.216.34", "10.0.0.1"]]})
    url = "http://images.test/x.png"
    assert RETRIES.format(url) == refused(url)


def test_an_unknown_name_can_not_be_reached(lookups: Any) -> None:
    lookups({})
    url = "http://images.test/x.png"
    assert RETRIES.format(url) == refused(url)


# The loopback network has many addresses: in these tests 127.0.0.2 stands for a public one.
@pytest.fixture
def one_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.2")


@pytest.mark.usefixtures("one_public")
def test_a_name_that_turns_private_is_looked_up_once(lookups: Any) -> None:
    asked = lookups({"images.test": [["127.0.0.2"], ["127.0.0.1"]]})

    async def fetch() -> tuple[list[str], list[str]]:
        async with (
            site({"/": [answer(status=500), answer()]}, "127.0.0.2") as outside,
            site({"/": [answer()]}, "127.0.0.1", outside.port) as inside,
        ):
            await fetch_image(outside.url("/", "images.test"), private_urls=False)
            assert all(f"Host: images.test:{outside.port}" in head for head in outside.heads)
            return outside.paths, inside.paths

    assert asyncio.run(fetch()) == (["/", "/"], [])
    assert asked == ["images.test"]


@pytest.mark.usefixtures("one_public")
@pytest.mark.parametrize("host", ["127.0.0.1", "inside.test", "[::ffff:127.0.0.1]"])
def test_a_redirect_to_a_private_address_is_not_followed(lookups: Any, host: str) -> None:
    lookups(
        {name: [[name]] for name in ("127.0.0.1", "127.0.0.2")} | {"inside.test": [["127.0.0.1"]]}
    )

    async def fetch() -> list[str]:
        async with site({"/": [answer()]}, "127.0.0.1") as inside:
            away = redirect(inside.url("/", host))
            async with site({"/": [away]}, "127.0.0.2") as outside:
                url = outside.url("/", "127.0.0.2")
                with pytest.raises(ImageError) as error:
                    await fetch_image(url, private_urls=False)
                assert RETRIES.format(url) == str(error.value)
                assert len(outside.heads) == 1
            return inside.heads

    assert asyncio.run(fetch()) == []


def test_another_address_is_tried_where_one_does_not_answer(lookups: Any) -> None:
    lookups({"images.test": [["127.0.0.3", "127.0.0.2"]]})

    async def fetch() -> Image:
        async with site({"/": [answer()]}, "127.0.0.2") as stands:
            return await fetch_image(stands.url("/", "images.test"), private_urls=True)

    assert Image(PNG, "image/png") == asyncio.run(fetch())


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Image(PNG, "image/png") == fetched({"/": [answer()]})[0]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(("host", "good"), [("images.test", True), ("other.test", False)])
def test_a_certificate_must_be_the_host_s(
    tmp_path: Path, lookups: Any, monkeypatch: pytest.MonkeyPatch, host: str, *, good: bool
) -> None:
    certificate, key = _certificate("images.test", tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate, key)
    names: list[str | None] = []
    served.sni_callback = lambda _socket, name, _context: names.append(name)
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(get, "_tls", lambda: trusting)
    lookups({host: [["127.0.0.1"]]})

    async def fetch() -> Image | str:
        async with site({"/": [answer()]}, tls=served) as stands:
            url = stands.url("/", host).replace("http:", "https:")
            try:
                return await fetch_image(url, private_urls=True)
            except ImageError as error:
                return str(error).partition(" for")[0]

    expected = Image(PNG, "image/png") if good else "Reached maximum retries (3)"
    assert expected == asyncio.run(fetch())
    assert {host} == set(names)


def _certificate(host: str, folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    asked = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    named = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    files = ["-out", str(certificate), "-keyout", str(key)]
    subprocess.run(["openssl", *asked, *named, *files], check=True, capture_output=True)  # noqa: S603, S607
    return certificate, key


def test_a_certificate_of_nobody_s_is_not_trusted() -> None:
    assert get._tls().verify_mode == ssl.CERT_REQUIRED
    assert get._tls().check_hostname


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from("[]:/@%?#.0a1\\ "), max_size=30))
def test_no_url_crashes(rest: str) -> None:
    def look_up(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", look_up)
        refused(f"http://{rest}", private_urls=True)
        refused(rest, private_urls=True)


def test_a_cancelled_fetch_closes_its_connection() -> None:
    async def fetch() -> None:
        async with site({"/": [answer()]}, drip=30) as stands:
            fetching = asyncio.create_task(fetch_image(stands.url("/"), private_urls=True))
            while not stands.heads:  # noqa: ASYNC110 - the site has no event for it
                await asyncio.sleep(0.01)
            fetching.cancel()
            await asyncio.wait({fetching}, timeout=2)
            assert fetching.cancelled()

    asyncio.run(fetch())


def test_a_url_of_httpx_is_what_is_checked() -> None:
    """A reader of URLs that differs from the checker's would see another host."""
    assert httpx2.URL("http://127.0.0.1\\@images.test/").userinfo != b""
