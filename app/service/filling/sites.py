"""The site of a page: scheme, host and port, as browsers compare origins."""

from __future__ import annotations

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
LONGEST = 300


def site_of(url: str) -> str | None:
    """The site of an address: "https://shop.example"; a port that goes without saying is left out. "file://" for a
    page of this machine, None for an address of no page that anybody fills forms on."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme == "file":
        return "file://"
    if parts.scheme not in _PORTS or not host or len(host) > LONGEST - 20:
        return None
    if any(sign.isspace() or sign in "/\\@#?%<>" for sign in host):
        return None
    shown = f"[{host}]" if ":" in host else host
    known = port is None or port == _PORTS[parts.scheme]
    return f"{parts.scheme}://{shown}" if known else f"{parts.scheme}://{shown}:{port}"
