"""Attachments over HTTP: resumable uploads by offset, downloads by range under a strong ETag."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar import Response, get, head, patch, post
from litestar.concurrency import sync_to_thread
from litestar.params import HeaderParameter, PathParameter
from litestar.response import Stream

from central.api.requests import BODY, AnyRequest, Caller, Calls, Payload
from central.api.responses import json_reply
from central.problems import ProblemError
from desktop.models.domain.wire import NewUpload, Upload

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]
CHUNK_TYPE = "application/offset+octet-stream"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


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
    """The file, or a range of it."""
    found = services.uploads.find(session, content_id)
    etag = f'"{found.sha256}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
    }
    start, end, status = 0, found.size, 200
    if (asked := request.headers.get("Range")) and request.headers.get("If-Range", etag) == etag:
        span = _span(asked, found.size)
        if span is not None:
            start, end = span
            status = 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    headers["Content-Length"] = str(end - start)
    return Stream(
        services.uploads.read(found, start, end),
        status_code=status,
        headers=headers,
        media_type="application/octet-stream",
    )


def _span(header: str, size: int) -> tuple[int, int] | None:
    """Start and end (exclusive) of a single range; None for what is to be ignored. Raises 416."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    if start >= end:
        raise ProblemError(416, "bad_range", headers={"Content-Range": f"bytes */{size}"})
    return start, end


def _uploaded(upload: Upload, status: int) -> Response[bytes]:
    return json_reply(msgspec.json.encode(upload), status, {"Upload-Offset": str(upload.offset)})


HANDLERS = (create, offset, append, content)
