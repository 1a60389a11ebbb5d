"""Only hosts of the public internet are public, however their addresses are wrapped."""

import asyncio
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.images import ImageError, fetch_image
from completion_server.images.addresses import is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("8.8.8.8", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing binds to it
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.2.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("2606:2800:220:1::1", True),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::8.8.8.8", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::192.168.0.1", False),
        ("64:ff9b:1::8.8.8.8", False),
        ("2002:808:808::1", True),
        ("2002:a00:1::1", False),
        ("2001:0:7f00:1::", False),
        ("2001:db8::1", False),
        ("100::1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
    ],
)
def test_only_hosts_of_the_public_internet_are_public(address: str, public: bool) -> None:  # noqa: FBT001 - a column
    assert public == is_public(address)


@given(st.ip_addresses())
def test_no_address_crashes(address: Any) -> None:
    assert is_public(str(address)) in {True, False}


@pytest.mark.parametrize(("host", "lines"), [("10.1.2.3", 1), ("no..host", 0)])
def test_the_log_says_that_an_address_was_not_public(
    caplog: pytest.LogCaptureFixture, host: str, lines: int
) -> None:
    """Who asks isn't told why there is no image; who runs the server is, but not which."""
    caplog.set_level(logging.INFO)
    with pytest.raises(ImageError):
        asyncio.run(fetch_image(f"http://{host}/x.png?token=secret", private_urls=False))
    expected = "a remote image was refused: its host is not public (private_urls = false)"
    told = [("completion_server.images.remote", logging.INFO, expected)]
    ours = [it for it in caplog.record_tuples if it[0].startswith("completion_server")]
    assert told * lines == ours
