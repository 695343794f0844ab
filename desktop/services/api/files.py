"""The endpoints of attachments: announce, send a chunk, fetch a range. Each call is one exchange of at most 1 MiB.

Every method blocks and raises one of ``errors``. Whether bytes are the right ones is decided by whoever keeps them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from desktop.models.domain.wire import NewUpload, Upload

from .errors import BadReply
from .exchange import PAGE_S, Ask, Caller, decode
from .transport import Reply

_CHUNK_TYPE = "application/offset+octet-stream"
_BYTES = "application/octet-stream"
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")


class Sent(NamedTuple):
    """What the server has of a file after a chunk: ``offset`` bytes; ``complete`` when it has judged the whole."""

    offset: int
    complete: bool


class Part(NamedTuple):
    """Bytes of a file from ``start``; ``size`` and ``etag`` (without quotes) are the whole file's."""

    start: int
    data: bytes
    size: int
    etag: str


class FilesApi:
    """Attachments of one server for one device."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def announce(self, new: NewUpload) -> Upload:
        """Make an upload known, or learn how far it has come."""
        return self._caller.fetch(Ask("POST", "/attachments", new, expect=(200, 201)), Upload)

    def send(self, upload_id: str, offset: int, data: bytes) -> Sent:
        """Send the bytes from ``offset``; where the server stands elsewhere, its offset is the answer."""
        reply = self._caller.call(
            Ask(
                "PATCH",
                f"/attachments/{quote(upload_id)}/upload",
                data=data,
                expect=(200, 409),
                headers={"Content-Type": _CHUNK_TYPE, "Upload-Offset": str(offset)},
                limit_s=PAGE_S,
            )
        )
        if reply.status == 409:
            return Sent(_offset(reply), complete=False)
        upload = decode(reply, Upload)
        return Sent(upload.offset, upload.complete)

    def part(self, content_id: str, start: int, length: int, *, etag: str = "") -> Part | None:
        """Bytes from ``start``, at most ``length``; None where ``etag`` is no longer the file's.

        Raises RefusedByServer(416) where the file ends before ``start``.
        """
        headers = {
            "Range": f"bytes={start}-{start + length - 1}",
            "Accept": f"{_BYTES}, application/problem+json",
        }
        if etag:
            headers["If-Range"] = f'"{etag}"'
        path = f"/attachments/{quote(content_id)}/content"
        reply = self._caller.call(Ask("GET", path, expect=(200, 206), headers=headers, limit_s=PAGE_S))
        if reply.status == 200:
            return None
        return _part(reply, start, length)


def _offset(reply: Reply) -> int:
    told = reply.headers.get("Upload-Offset", "")
    if not (told.isascii() and told.isdigit() and len(told) <= 15):
        raise BadReply
    return int(told)


def _part(reply: Reply, start: int, length: int) -> Part:
    """The part that was asked for. Raises BadReply for any other."""
    told = _CONTENT_RANGE.fullmatch(reply.headers.get("Content-Range", ""))
    tag = reply.headers.get("ETag", "")
    if (
        told is None
        or reply.content_type != _BYTES
        or len(tag) < 3
        or not tag.startswith('"')
        or tag[-1] != '"'
    ):
        raise BadReply
    first, last, size = (int(number) for number in told.groups())
    if first != start or last != min(start + length, size) - 1 or len(reply.body) != last - first + 1:
        raise BadReply("reply_truncated")
    return Part(first, reply.body, size, tag[1:-1])
