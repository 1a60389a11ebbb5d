"""Writes where a server is as the beginning of a URL."""


def origin(host: str, port: int) -> str:
    """Give `http://HOST:PORT`, an IPv6 address in brackets (RFC 3986 §3.2.2)."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
