"""Turns a host name into the addresses that it may be fetched from; knows nothing of URLs."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# A slow name server holds up these threads and no others.
LOOKUPS = ThreadPoolExecutor(4, thread_name_prefix="lookup")

GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


class NoAddressError(Exception):
    """The host has no address."""


class NotPublicError(Exception):
    """The host has an address that is not public."""


async def find_addresses(host: str, *, private: bool) -> list[str]:
    """Look a host up, once; NoAddressError, or NotPublicError unless they may be private.

    Who connects to what this gives is safe from a name that points elsewhere a moment later.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.run_in_executor(LOOKUPS, _look_up, host)
    except (OSError, ValueError):
        raise NoAddressError from None
    if not private and not all(is_public(address) for address in found):
        raise NotPublicError
    return found


def is_public(address: str) -> bool:
    """Tell whether an address is one host on the public internet, within a wrapping too."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        return _is_public_v6(ip)
    return ip.is_global and not ip.is_multicast


def _is_public_v6(ip: IPv6Address) -> bool:
    wrapped = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
    if wrapped is not None:
        return is_public(str(wrapped))
    return ip.is_global and ip in GLOBAL_UNICAST


def _nat64(ip: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address in the last four bytes (RFC 6052 §2.1)."""
    return IPv4Address(ip.packed[-4:]) if ip in NAT64 else None


def _look_up(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
