"""What a person types for a server, as an address. Talks to nobody."""

from __future__ import annotations

from urllib.parse import urlsplit


def server_address(typed: str) -> str:
    """Scheme and host of what a person typed, "" when it is no address. Plain http is for this machine alone."""
    text = typed.strip().rstrip("/")
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    local = host in ("127.0.0.1", "localhost", "::1")
    if not host or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local):
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port}" if port else f"{parts.scheme}://{shown}"
