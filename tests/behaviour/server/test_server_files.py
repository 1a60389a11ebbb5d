"""Uploads: what is told of a file, what is refused, and who may use it in a completion."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from starlette.requests import Request

from completion_server.operations import files
from completion_server.storage import StoredFile

ClientOf = Callable[[str], httpx2.Client]
Ask = Callable[..., httpx2.Response]

PNG = ("t.png", b"\x89PNG", "image/png")
MEGABYTE = 1024 * 1024
BOUNDARY = {"Content-Type": "multipart/form-data; boundary=BBB"}


def upload(client: httpx2.Client, file: Any = PNG, **fields: str) -> httpx2.Response:
    return client.post("/files/upload", files={"file": file}, data={"user": "abc-123", **fields})


def test_an_upload_is_described_as_recorded(client: httpx2.Client) -> None:
    response = upload(client)
    body = response.json()
    assert response.status_code == 201
    assert list(body) == [
        "id", "name", "size", "extension", "mime_type", "created_by", "created_at", "preview_url",
        "source_url", "original_url", "user_id", "tenant_id", "conversation_id", "file_key",
    ]  # fmt: skip
    described = {name: body[name] for name in ("name", "size", "extension", "mime_type")}
    assert described == {"name": "t.png", "size": 4, "extension": "png", "mime_type": "image/png"}


@pytest.mark.parametrize(
    ("file", "extension"),
    [
        (("empty.png", b"", "image/png"), "png"),
        (("a.ZIP", b"x", "application/zip"), "zip"),
        (("noext", b"x", "text/plain"), ""),
        (("你好 é.png", b"x", "image/png"), "png"),
        (("a:b.png", b"x", "image/png"), "png"),
    ],
)
def test_any_name_and_content_is_accepted(
    client: httpx2.Client, file: tuple[str, bytes, str], extension: str
) -> None:
    response = upload(client, file)
    assert response.status_code == 201
    assert response.json()["name"] == file[0]
    assert response.json()["extension"] == extension


def test_a_user_keeps_one_id_and_nobody_is_someone(client: httpx2.Client) -> None:
    makers = [upload(client, user=user).json()["created_by"] for user in ("a", "a", "b", "")]
    assert makers[0] == makers[1]
    assert len(set(makers)) == 3


@pytest.mark.parametrize(("name", "megabytes"), [("big.png", 10), ("big.zip", 15)])
def test_a_file_is_accepted_up_to_its_limit(
    client: httpx2.Client, name: str, megabytes: int
) -> None:
    largest = bytes(megabytes * MEGABYTE)
    assert upload(client, (name, largest, "application/octet-stream")).status_code == 201
    refused = upload(client, (name, largest + b"x", "application/octet-stream"))
    assert refused.status_code == 413
    assert refused.json() == {"code": "file_too_large", "message": "", "status": 413}


def test_two_files_of_one_name_count_as_one(client: httpx2.Client) -> None:
    two = [("file", PNG), ("file", ("other.txt", b"x", "text/plain"))]
    response = client.post("/files/upload", files=two)
    assert response.status_code == 201
    assert response.json()["name"] == "t.png"


def part(headers: str, content: str = "xx") -> bytes:
    return f"--BBB\r\n{headers}\r\n\r\n{content}\r\n--BBB--\r\n".encode()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (part('Content-Disposition: form-data; name="user"'), 400, "no_file_uploaded"),
        (part('Content-Disposition: form-data; name="file"'), 400, "no_file_uploaded"),
        (
            part('Content-Disposition: form-data; name="file"; filename="a.png"'),
            415,
            "unsupported_file_type",
        ),
        (
            part(
                'Content-Disposition: form-data; name="file"; filename=""\r\n'
                "Content-Type: image/png"
            ),
            400,
            "filename_not_exists_error",
        ),
        (
            part(
                'Content-Disposition: form-data; name="file"; filename="../a.png"\r\n'
                "Content-Type: image/png"
            ),
            400,
            "invalid_param",
        ),
        (b"not multipart at all", 400, "bad_request"),
        (part("Content-Disposition: form-data"), 400, "bad_request"),
    ],
)
def test_a_bad_part_is_refused(client: httpx2.Client, body: bytes, status: int, code: str) -> None:
    response = client.post("/files/upload", content=body, headers=BOUNDARY)
    assert response.status_code == status
    assert response.json()["code"] == code
    assert response.json()["status"] == status


def test_two_files_of_different_names_are_too_many(client: httpx2.Client) -> None:
    response = client.post("/files/upload", files={"file": PNG, "file2": PNG})
    assert response.status_code == 400
    assert response.json()["code"] == "too_many_files"


def test_json_brings_no_file(client: httpx2.Client) -> None:
    response = client.post("/files/upload", json={"user": "abc-123"})
    assert response.status_code == 400
    assert response.json()["code"] == "no_file_uploaded"


def image(**fields: Any) -> dict[str, Any]:
    return {"type": "image", "transfer_method": "local_file", **fields}


def test_an_uploaded_image_can_be_brought(ask: Ask, client_of: ClientOf) -> None:
    seeing = client_of("Seeing")
    file_id = upload(seeing).json()["id"]
    for file in (image(upload_file_id=file_id), image(upload_file_id=file_id, url="")):
        assert ask("look", by=seeing, files=[file, file]).status_code == 200


@pytest.mark.parametrize("url", [None, ""])
def test_a_remote_image_may_be_nowhere(ask: Ask, client_of: ClientOf, url: str | None) -> None:
    remote = {"type": "image", "transfer_method": "remote_url", "url": url}
    assert ask("look", by=client_of("Seeing"), files=[remote]).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x.png", "http://localhost/x", "http://10.0.0.1/", "http://[::1]/x",
        "http://[", "file:///etc/passwd", "x", 5,
    ],
)  # fmt: skip
def test_an_address_nobody_could_fetch_is_refused(ask: Ask, client_of: ClientOf, url: Any) -> None:
    remote = {"type": "image", "transfer_method": "remote_url", "url": url}
    response = ask("look", by=client_of("Seeing"), files=[remote])
    assert response.status_code == 400
    expected = f"Reached maximum retries (3) for URL {url}"
    assert response.json()["message"] == expected


UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"upload_file_id": UNKNOWN}, "Invalid upload file"),
        ({"upload_file_id": "nope"}, "Invalid upload file id format"),
        ({"upload_file_id": None}, "Invalid upload file id format"),
        ({"upload_file_id": 5}, "Invalid upload file id format"),
        ({"type": "video"}, "File validation failed for file: t.png"),
        ({"type": None}, "File validation failed for file: t.png"),
        ({"transfer_method": "ftp"}, "No matching enum found for value 'ftp'"),
        ({"url": "https://example.com/"}, "A file has a url or an upload_file_id, not both"),
    ],
)
def test_a_bad_file_is_refused(
    ask: Ask, client_of: ClientOf, change: dict[str, Any], message: str
) -> None:
    seeing = client_of("Seeing")
    file = image(**{"upload_file_id": upload(seeing).json()["id"], **change})
    response = ask("look", by=seeing, files=[file])
    assert response.status_code == 400
    assert response.json() == {"code": "invalid_param", "message": message, "status": 400}


def test_too_many_images_are_refused(ask: Ask, client_of: ClientOf) -> None:
    seeing = client_of("Seeing")
    file = image(upload_file_id=upload(seeing).json()["id"])
    response = ask("look", by=seeing, files=[file] * 3)
    assert response.status_code == 400
    assert response.json()["message"] == "Number of image files exceeds the maximum limit 2"


@pytest.mark.parametrize(("app", "user"), [("Seeing", "other"), ("My App", "abc-123")])
def test_a_file_of_another_user_or_app_is_unknown(
    ask: Ask, client_of: ClientOf, app: str, user: str
) -> None:
    file = image(upload_file_id=upload(client_of(app), user=user).json()["id"])
    response = ask("look", by=client_of("Seeing"), files=[file])
    assert response.json()["message"] == "Invalid upload file"


def test_an_address_of_ipv6_has_brackets() -> None:
    scope = {"type": "http", "server": ("::1", 8765)}
    file = StoredFile("f", "app", "user", "a.png", "png", "image/png", 1, 1)
    assert files._source_url(file, Request(scope)).startswith("http://[::1]:8765/files/f/")
