"""Replies that are not a plain struct: ready JSON, conditional resources, redirects and pages."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

JSON = "application/json"


def json_reply(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A body that already is JSON."""
    return Response(body, status_code=status, media_type=JSON, headers=headers)


def conditional(request: Request[Any, Any, Any], body: bytes, etag: str) -> Response[bytes]:
    """``body`` under a strong ETag (given without quotes), or 304 where the client holds it already."""
    quoted = f'"{etag}"'
    headers = {"ETag": quoted, "Cache-Control": "private, no-cache"}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if quoted in known or "*" in known:
        return Response(b"", status_code=304, media_type=JSON, headers=headers)
    return json_reply(body, headers=headers)


def page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> Response[str]:
    """An HTML page."""
    return Response(html, status_code=status, media_type="text/html", headers=headers)
