"""Attachments both ways on the real engine and server: cut at every chunk, restored, tampered with, evicted."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from hashlib import sha256

import pytest
import requests
from msgspec.structs import replace
from sqlalchemy import delete, update

from central.installation import Installation, installation_of, renew_epoch
from central.tables import upload, upload_chunk
from central.writer import Writer
from desktop.models.domain.entities import Ticket
from desktop.services.commands import attachments as commands
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import retry_operation
from desktop.services.transfers.lane import traffic
from desktop.services.transfers.tidy import tidy
from tests.support import files as made
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer
from tests.support.transfers import FileDesk, links, standing

PHOTO = made.photo(700_000)
SMALL = made.photo(2_000, seed=3)


def server_bytes(office: Office, file_id: str) -> bytes:
    hand = office.hand("officer", "looking")
    return hand.call("GET", f"/attachments/{file_id}/content").content


def test_a_file_travels_from_one_desk_to_another_and_holds_up_nothing(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk, other: FileDesk
) -> None:
    """The link waits for its file, in the outbox and in words; a note made after it goes out at once."""
    file_id = files.attach(PHOTO, ticket)
    desk.do(lambda w: add_note(w, ticket.id, "现场已拍照"))
    assert standing(files, ticket) == [("sending", True)]
    desk.sync()
    assert [e.op.kind for e in desk.entries("applied")] == ["note.add"], "only the link waits"
    files.run()
    assert standing(files, ticket) == [("waiting", True)]
    desk.sync()
    assert standing(files, ticket) == [("here", True)]
    assert links(desk) == ["applied"]
    other.desk.sync()
    assert standing(other, ticket) == [("server", False)]
    other.fetch(file_id)
    assert standing(other, ticket) == [("fetching", False)]
    other.run()
    assert standing(other, ticket) == [("here", True)]
    assert other.bytes_of(file_id) == PHOTO


def _cut(files: FileDesk, at: int, lost_reply: bool) -> None:
    """The line goes at the ``at``-th exchange from now, before the request or after the server has done its part."""
    seen = iter(range(1_000_000))
    way = files.network._way

    def fault(request: requests.PreparedRequest) -> requests.Response | None:
        if next(seen) != at:
            return None
        files.network.fault = None
        if lost_reply:
            way.send(request)
        raise requests.ConnectionError

    files.network.fault = fault


@pytest.mark.parametrize("lost_reply", [False, True])
def test_a_cut_at_any_exchange_costs_a_chunk(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk, other: FileDesk, lost_reply: bool
) -> None:
    for at in range(5):
        _cut(files, at, lost_reply)
        file_id = files.attach(made.photo(200_000, seed=at), ticket, f"{at}.jpg")
        files.run()
        assert files.network.fault is None, "the cut was never reached"
        row = files.row(file_id)
        assert row is not None
        assert row.attempts == 1
        assert row.next_try_at is not None
        if at == 2:
            files.restart()
        files.wait()
        files.settle()
        assert server_bytes(office, file_id) == made.photo(200_000, seed=at)
        other.desk.sync()
        other.fetch(file_id)
        _cut(other, at % 4, lost_reply)
        other.run()
        if at == 2:
            other.restart()
        other.wait()
        other.settle()
        assert other.bytes_of(file_id) == made.photo(200_000, seed=at)
        other.network.fault = None
    assert links(desk) == ["applied"] * 5


def test_what_is_sent_again_is_only_what_is_missing(ticket: Ticket, files: FileDesk) -> None:
    """A long upload over a bad line must come to an end."""
    files.attach(PHOTO, ticket)
    for _ in range(6):
        files.step()
    files.restart()
    before = files.network.seen.count(next(s for s in files.network.seen if s.startswith("PATCH")))
    files.run()
    patches = sum(s.startswith("PATCH") for s in files.network.seen)
    assert before == 5
    assert patches < before + 8, "the first five chunks did not go out twice"


def test_a_server_restored_from_yesterday_is_sent_the_file_again(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """It knows neither upload nor link any more, though both were acknowledged."""
    running = files.attach(PHOTO, ticket, "b.jpg")
    done = files.attach(SMALL, ticket, "a.jpg")
    for _ in range(5):
        files.step()
    desk.sync()
    assert sorted(links(desk)) == ["applied", "queued"]
    with office.database.write() as tx:
        tx.connection.execute(delete(upload_chunk))
        tx.connection.execute(delete(upload))
        for table in ("operation", "change WHERE caused_by <> ''", "entity WHERE type = 'attachment'"):
            tx.connection.exec_driver_sql(f"DELETE FROM {table}")
    renew_epoch(office.database, random.Random(5))
    office.services.installation = replace_epoch(office)
    for _ in range(4):
        files.wait()
        files.settle()
    assert links(desk) == ["applied", "applied"]
    assert server_bytes(office, running) == PHOTO
    assert server_bytes(office, done) == SMALL


def replace_epoch(office: Office) -> Installation:
    """The installation as the restored database states it."""
    with office.database.read() as connection:
        return installation_of(connection)


def test_an_upload_the_server_swept_starts_again(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """A month offline in the middle of a file."""
    file_id = files.attach(PHOTO, ticket)
    for _ in range(4):
        files.step()
    with office.database.write() as tx:
        tx.connection.execute(delete(upload_chunk))
        tx.connection.execute(delete(upload))
    files.settle()
    assert server_bytes(office, file_id) == PHOTO
    assert links(desk) == ["applied"]


@pytest.mark.parametrize("times", [1, 2])
def test_bytes_damaged_on_their_way_are_sent_once_more_and_then_told(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk, times: int
) -> None:
    """A proxy that rewrites images must not be fed for ever, and the person keeps the file."""
    left = [times]

    def damage(request: requests.PreparedRequest) -> requests.Response | None:
        if request.method == "PATCH" and left[0]:
            left[0] -= 1
            assert isinstance(request.body, bytes)
            request.body = request.body[:-1] + bytes([request.body[-1] ^ 1])
        return None

    files.network.fault = damage
    file_id = files.attach(SMALL, ticket)
    files.settle()
    if times == 1:
        assert server_bytes(office, file_id) == SMALL
        assert links(desk) == ["applied"]
        return
    assert links(desk) == ["rejected"]
    (file,) = files.files(ticket)
    assert (file.standing, file.code, file.linked, file.here) == ("failed", "hash_mismatch", False, True)
    assert files.bytes_of(file_id) == SMALL, "the bytes stay for the person"
    op_id = desk.entries("rejected")[0].op_id
    desk.do(lambda w: retry_operation(w, op_id))
    tidy(files.ctx)
    files.settle()
    assert links(desk) == ["applied"]


def test_a_tampered_chunk_from_the_server_never_becomes_a_file(
    office: Office, ticket: Ticket, files: FileDesk, other: FileDesk
) -> None:
    """Something between us and the server, or its disk, changed a byte."""
    file_id = files.attach(PHOTO, ticket)
    files.settle()
    with office.database.write() as tx:
        tx.connection.execute(
            update(upload_chunk)
            .where(upload_chunk.c.start == 0)
            .values(data=PHOTO[: 64 * 1024 - 1] + bytes([PHOTO[64 * 1024 - 1] ^ 1]))
        )
    other.desk.sync()
    other.fetch(file_id)
    other.run()
    (file,) = other.files(ticket)
    assert (file.standing, file.code, file.here) == ("failed", "hash_mismatch", False)


def test_another_file_under_the_same_id_is_never_mixed_in(
    office: Office, ticket: Ticket, files: FileDesk, other: FileDesk
) -> None:
    """The content changes between two ranges: what was here already must not be glued to the rest of another file."""
    file_id = files.attach(PHOTO, ticket)
    files.settle()
    other.desk.sync()
    other.fetch(file_id)
    for _ in range(3):
        other.step()
    new = made.photo(600_000, seed=9)
    with office.database.write() as tx:
        tx.connection.execute(delete(upload_chunk))
        for at in range(0, len(new), 500_000):
            part = {"upload_id": file_id, "start": at, "data": new[at : at + 500_000]}
            tx.connection.execute(upload_chunk.insert().values(part))
        digest = sha256(new).hexdigest()
        tx.connection.execute(update(upload).values(size=len(new), sha256=digest, received=len(new)))
    other.run()
    waiting = other.row(file_id)
    assert waiting is not None
    assert (waiting.code, waiting.attempts) == ("content_changed", 1)
    row = other.desk.row("attachment", file_id)
    with office.database.write() as tx:  # and the row that says so comes by pull
        Writer(tx, at=office.clock.now()).put(replace(row, size=len(new), sha256=digest))
    other.desk.sync()
    other.wait()
    other.run()
    assert other.bytes_of(file_id) == new


def test_small_files_pass_a_large_one_and_a_person_waits_least(
    ticket: Ticket, files: FileDesk, other: FileDesk
) -> None:
    """Two megabytes of evidence must not stand behind two hundred."""
    large = files.attach(PHOTO, ticket, "large.jpg")
    files.step()
    files.step()
    small = files.attach(SMALL, ticket, "small.jpg")
    files.step()
    files.step()
    states = {i: row.state for i in (large, small) if (row := files.row(i)) is not None}
    assert states == {large: "waiting", small: "done"}
    now = traffic(files.ctx)
    assert (now.files, now.done, now.total) == (1, 64 * 1024, len(PHOTO))
    files.settle()
    other.desk.sync()
    other.ctx.prefetch_bytes = 1
    other.fetch(large)
    other.desk.do(lambda w: commands.pause_file(w, large))
    assert not other.step(), "paused"
    other.fetch(small)
    other.desk.do(lambda w: commands.resume_file(w, large))
    other.run()
    assert other.bytes_of(large) == PHOTO


def test_the_server_asking_for_patience_is_heard_across_a_restart(ticket: Ticket, files: FileDesk) -> None:
    files.attach(SMALL, ticket)
    files.network.fault = lambda request: answer(request, 503, "maintenance", **{"Retry-After": "300"})
    files.step()
    files.network.fault = None
    files.restart()
    before = len(files.network.seen)
    assert not files.step()
    assert len(files.network.seen) == before
    files.wait()
    files.settle()
    assert links(files.desk) == ["applied"]


STRANGE: tuple[Callable[[requests.PreparedRequest], requests.Response], ...] = (
    lambda request: _reply(request, 206, PHOTO[:100], {"Content-Range": "bytes 0-99/700000"}),
    lambda request: _reply(request, 206, PHOTO[:50], {"Content-Range": "bytes 0-99/700000", "ETag": '"x"'}),
    lambda request: _reply(
        request, 206, b"x" * 65536, {"Content-Range": "bytes 9-65544/700000", "ETag": '"x"'}
    ),
    lambda request: _reply(request, 200, b"<html>sign in</html>", {}, "text/html"),
    lambda request: _reply(request, 204, b"", {}),
)


def test_no_strange_reply_becomes_part_of_a_file(ticket: Ticket, files: FileDesk, other: FileDesk) -> None:
    """Half a range, another range, another file's tag, a portal's page: each is asked for again."""
    file_id = files.attach(PHOTO, ticket)
    files.settle()
    other.desk.sync()
    other.fetch(file_id)
    for strange in STRANGE:
        other.network.fault = strange
        other.step()
        assert other.blobs.get(file_id) is None or other.blobs.all()[file_id].received == 0
        other.wait()
    other.network.fault = None
    other.run()
    assert other.bytes_of(file_id) == PHOTO


def _reply(
    request: requests.PreparedRequest, status: int, body: bytes, headers: dict[str, str], kind: str = ""
) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(body)
    response.headers.update({"Content-Type": kind or "application/octet-stream", **headers})
    response.request = request
    response.url = request.url or ""
    return response
