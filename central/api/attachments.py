"""Attachments over HTTP: resumable uploads by offset, downloads by range under a strong ETag.

No header ever carries a file's name: it may be a citizen's.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Response, get, head, patch, post
from litestar.concurrency import sync_to_thread
from litestar.params import HeaderParameter, PathParameter
from litestar.response import Stream

from central.api.ranges import Span, Unsatisfiable, asked_span, same_version
from central.api.requests import BODY, AnyRequest, Caller, Calls, Payload
from central.api.responses import json_reply
from central.problems import ProblemError
from central.uploads import Content
from desktop.models.domain.wire import NewUpload, Upload


class _Head(Response[None]):
    """A reply without a body that keeps the content type of the one it stands for."""

    def render(self, content: Any, media_type: str, enc_hook: Any = None) -> bytes:
        return b""


PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]
CHUNK_TYPE = "application/offset+octet-stream"


@post("/attachments", opt={BODY: NewUpload}, status_code=201, sync_to_thread=True)
def create(services: Calls, session: Caller, payload: Payload[NewUpload]) -> Response[bytes]:
    """Announce a file with size and hash: 201, or 200 where it is known already."""
    upload, made = services.uploads.create(session, payload)
    return _uploaded(upload, 201 if made else 200)


@head("/attachments/{upload_id:str}/upload", sync_to_thread=True)
def offset(services: Calls, session: Caller, upload_id: PathId) -> Response[None]:
    """Where to go on."""
    upload = services.uploads.state(session, upload_id)
    headers = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.size)}
    return Response(None, headers=headers, media_type="text/plain")


@patch("/attachments/{upload_id:str}/upload", status_code=200, opt={"chunk": True})
async def append(
    request: AnyRequest,
    services: Calls,
    session: Caller,
    upload_id: PathId,
    upload_offset: Annotated[int, HeaderParameter(name="Upload-Offset", ge=0, le=2**53 - 1)],
) -> Response[bytes]:
    """Send the next chunk; 409 tells the true offset."""
    if request.content_type[0] not in (CHUNK_TYPE, "application/octet-stream"):
        raise ProblemError(415, "not_a_chunk")
    data = await request.body()
    upload = await sync_to_thread(services.uploads.append, session, upload_id, upload_offset, data)
    return _uploaded(upload, 200)


@get("/attachments/{content_id:str}/content", opt={"bytes": True}, sync_to_thread=True)
def content(request: AnyRequest, services: Calls, session: Caller, content_id: PathId) -> Stream:
    """The file, or a range of it; that it was fetched is on record before its first byte."""
    found = services.uploads.hand_out(session, content_id)
    span, status = _span(request, found)
    return Stream(
        services.uploads.read(found, span.start, span.end),
        status_code=status,
        headers=_headers(found, span, status),
        media_type="application/octet-stream",
    )


@head("/attachments/{content_id:str}/content", sync_to_thread=True)
def content_head(services: Calls, session: Caller, content_id: PathId) -> Response[None]:
    """Size and ETag of the file."""
    found = services.uploads.find(session, content_id)
    headers = _headers(found, Span(0, found.size), 200)
    return _Head(None, headers=headers, media_type="application/octet-stream")


def _span(request: AnyRequest, found: Content) -> tuple[Span, int]:
    """The part to send, and 200 or 206. Raises 416."""
    whole = Span(0, found.size)
    if not same_version(request.headers.get("If-Range"), _etag(found)):
        return whole, 200
    try:
        span = asked_span(request.headers.get("Range", ""), found.size)
    except Unsatisfiable as error:
        raise ProblemError(416, "bad_range", headers={"Content-Range": f"bytes */{found.size}"}) from error
    return (whole, 200) if span is None else (span, 206)


def _headers(found: Content, span: Span, status: int) -> dict[str, str]:
    headers = {
        "ETag": _etag(found),
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": "attachment",
        "Content-Length": str(span.end - span.start),
    }
    if status == 206:
        headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{found.size}"
    return headers


def _etag(found: Content) -> str:
    return f'"{found.sha256}"'


def _uploaded(upload: Upload, status: int) -> Response[bytes]:
    return json_reply(msgspec.json.encode(upload), status, {"Upload-Offset": str(upload.offset)})


HANDLERS = (create, offset, append, content, content_head)
