"""Attachments both ways on the real engine and server: cut at every chunk, restored, tampered with, evicted."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace
from sqlalchemy import delete, update

from central.installation import renew_epoch
from central.tables import upload, upload_chunk
from central.writer import Writer
from desktop.models.domain.attachments import BadFile
from desktop.models.domain.entities import Attachment, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.store.blobs import ROW_BYTES
from desktop.services.commands import attachments as commands
from desktop.services.commands.attachments import About, PickedFile
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import discard_operation, retry_operation
from desktop.services.sync.context import Stopped
from desktop.services.transfers.intake import stage_bytes, stage_path
from desktop.services.transfers.lane import traffic
from desktop.services.transfers.tidy import tidy
from tests.support import files as made
from tests.support.builders import make_ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer, open_engine
from tests.support.transfers import FileDesk, open_files

PHOTO = made.photo(700_000)
SMALL = made.photo(2_000, seed=3)


@pytest.fixture
def desk(tmp_path: Path, office: Office) -> Iterator[EngineDesk]:
    with open_engine(tmp_path, office, "officer") as opened:
        opened.sync()
        yield opened


@pytest.fixture
def files(desk: EngineDesk) -> Iterator[FileDesk]:
    with open_files(desk) as opened:
        yield opened
        opened.check()


@pytest.fixture
def other(tmp_path: Path, office: Office) -> Iterator[FileDesk]:
    """A colleague's desktop."""
    with open_engine(tmp_path, office, "chief") as desk:
        desk.sync()
        with open_files(desk) as opened:
            yield opened
            opened.check()


def links(desk: EngineDesk) -> list[str]:
    return [entry.state for entry in desk.entries() if entry.op.kind == "attachment.link"]


def standing(files: FileDesk, ticket: Ticket) -> list[tuple[str, bool]]:
    return [(file.standing, file.here) for file in files.files(ticket)]


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


def replace_epoch(office: Office) -> object:
    """The installation as the restored database states it."""
    from central.installation import installation_of

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


def test_a_case_that_leaves_takes_its_files_along(
    office: Office, ticket: Ticket, files: FileDesk, tmp_path: Path
) -> None:
    """Nobody's photographs stay on a machine that lost the right to the case; also after a crash in between."""
    mine = make_ticket()
    office.load(mine)
    files.desk.sync()
    kept, lost = files.attach(SMALL, mine, "kept.jpg"), files.attach(PHOTO, ticket)
    files.settle()
    with open_engine(tmp_path, office, "liaison") as desk, open_files(desk) as liaison:
        desk.sync()
        for file_id in (kept, lost):
            liaison.fetch(file_id)
        liaison.run()
        assert set(liaison.blobs.all()) == {kept, lost}
        office.load(replace(ticket, unit_id="u-water"))
        desk.sync()
        assert liaison.files(ticket) == [], "unseen at once, whatever the blobs still hold"
        liaison.restart()
        assert set(liaison.blobs.all()) == {kept}
        liaison.check()


def test_cancelling_takes_the_link_back_and_the_other_way_round(
    ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    one, two = files.attach(PHOTO, ticket, "1.jpg"), files.attach(PHOTO, ticket, "2.jpg")
    files.step()
    desk.do(lambda w: commands.cancel_file(w, one))
    op_id = desk.entries("queued")[0].op_id
    desk.do(lambda w: discard_operation(w, op_id))
    tidy(files.ctx)
    assert files.row(two) is None
    assert files.blobs.all() == {}
    assert links(desk) == ["discarded", "discarded"]
    assert files.files(ticket) == []
    assert not files.step()


def test_a_link_that_has_gone_out_cannot_be_cancelled(
    ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    file_id = files.attach(SMALL, ticket)
    files.settle()
    with pytest.raises(Refused, match="already_sent"):
        desk.do(lambda w: commands.cancel_file(w, file_id))


def test_a_case_lost_while_its_file_waited_parks_the_link_and_keeps_the_bytes(
    office: Office, ticket: Ticket, tmp_path: Path
) -> None:
    with open_engine(tmp_path, office, "liaison") as desk, open_files(desk) as files:
        desk.sync()
        file_id = files.attach(SMALL, ticket)
        office.load(replace(ticket, unit_id="u-water"))
        desk.sync()
        files.run()
        assert links(desk) == ["out_of_scope"]
        assert files.bytes_of(file_id) == SMALL
        files.check()


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


def test_files_of_a_form_go_with_what_it_makes(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """Picked before the note exists, sent after it, and gone with a form that is thrown away."""
    for name, key in (("a.jpg", "note:x"), ("b.jpg", "note:x"), ("c.jpg", "note:y")):
        staged = stage_bytes(files.blobs, desk.new_id(), name, SMALL)
        file = PickedFile(
            id=staged.id, name=name, size=staged.size, sha256=staged.sha256, media_type="image/jpeg"
        )
        desk.do(lambda w, file=file, key=key: commands.pick_file(w, file, ticket.id, key))
    files.restart()
    assert len(files.blobs.all()) == 3, "picked files survive the program"
    assert not files.step(), "and are not sent before the form is"

    def submit(w: object) -> object:
        made_note = add_note(w, ticket.id, "见附件")
        note_id = next(i for kind, i in made_note.keys if kind == "note")
        about = About(ticket_id=ticket.id, type="note", id=note_id)
        return made_note | commands.attach_picked(w, "note:x", about)

    desk.do(submit)
    desk.do(lambda w: commands.drop_picked(w, "note:y"))
    tidy(files.ctx)
    assert len(files.blobs.all()) == 2
    files.settle()
    assert links(desk) == ["applied", "applied"]
    rows = [row for row in desk.rows().values() if isinstance(row, Attachment)]
    assert {(row.about_type, row.audience) for row in rows} == {("note", "office")}


def test_a_refused_note_holds_its_file_back(ticket: Ticket, desk: EngineDesk, files: FileDesk) -> None:
    """A photograph without the words it belongs to says nothing."""
    note = desk.do(lambda w: add_note(w, ticket.id, "x"))
    note_id = next(i for kind, i in note.keys if kind == "note")
    staged = stage_bytes(files.blobs, desk.new_id(), "a.jpg", SMALL)
    file = PickedFile(
        id=staged.id, name="a.jpg", size=staged.size, sha256=staged.sha256, media_type="image/jpeg"
    )
    about = About(ticket_id=ticket.id, type="note", id=note_id)
    desk.do(lambda w: commands.attach_file(w, file, about))
    op_id = next(e.op_id for e in desk.entries("queued") if e.op.kind == "note.add")
    desk.do(lambda w: discard_operation(w, op_id))
    tidy(files.ctx)
    assert links(desk) == ["discarded"], "the note was taken back, and the file with it"
    assert files.blobs.all() == {}


def test_a_store_rebuilt_from_its_outbox_finds_the_bytes_again(
    ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """Recovery saves operations, not the table of files: their bytes must not be swept as nobody's."""
    file_id = files.attach(SMALL, ticket)
    with desk.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM transfer")
    tidy(files.ctx)
    assert files.bytes_of(file_id) == SMALL
    files.settle()
    assert links(desk) == ["applied"]


def test_a_file_of_blobs_that_cannot_be_read_is_set_aside_and_said_so(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """The disk ate it: what is at the server is fetched again, what was not is told in words."""
    there, waiting = files.attach(SMALL, ticket, "a.jpg"), ""
    files.settle()
    waiting = files.attach(PHOTO, ticket, "b.jpg")
    files.blobs.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{files.path}{suffix}").unlink(missing_ok=True)
    files.path.write_bytes(random.Random(1).randbytes(50_000))
    files.restart()
    assert files.path.with_name(files.path.name + ".unreadable-1").exists()
    assert links(desk) == ["applied", "rejected"]
    shown = {file.id: (file.standing, file.here, file.code) for file in files.files(ticket)}
    assert shown == {there: ("server", False, ""), waiting: ("failed", False, "bytes_lost")}
    files.fetch(there)
    files.run()
    assert files.bytes_of(there) == SMALL


def test_what_nobody_looks_at_makes_room(ticket: Ticket, files: FileDesk, other: FileDesk) -> None:
    """A disk has an end; what was looked at last stays, and a clock that jumps empties nothing."""
    old, new = (files.attach(SMALL, ticket, name) for name in ("old.jpg", "new.jpg"))
    files.settle()
    other.desk.sync()
    for file_id in (new, old, new):
        other.fetch(file_id)
        other.run()
        other.desk.office.clock.advance(60)
        other.desk.do(lambda w, file_id=file_id: commands.note_use(w, file_id))
    other.desk.office.clock.advance(400 * 86_400)
    tidy(other.ctx)
    assert set(other.blobs.all()) == {old, new}
    other.ctx.keep_bytes = len(SMALL)
    tidy(other.ctx)
    assert set(other.blobs.all()) == {new}
    assert standing(other, ticket) == [("server", False), ("here", True)]


def test_small_files_of_a_units_own_cases_come_by_themselves(
    office: Office, ticket: Ticket, files: FileDesk, tmp_path: Path
) -> None:
    """A liaison on the road reads the evidence without a network; large files wait to be asked for."""
    small, large = files.attach(SMALL, ticket, "a.jpg"), files.attach(PHOTO, ticket, "b.jpg")
    files.settle()
    with open_engine(tmp_path, office, "liaison") as desk, open_files(desk) as liaison:
        liaison.ctx.prefetch_bytes = 100_000
        desk.sync()
        tidy(liaison.ctx)
        liaison.run()
        assert {f.id: f.standing for f in liaison.files(ticket)} == {small: "here", large: "server"}


def test_a_picked_file_is_taken_in_whole_or_not_at_all(
    tmp_path: Path, desk: EngineDesk, files: FileDesk
) -> None:
    """From then on the original may vanish; what is not allowed leaves nothing behind."""
    path = made.write(tmp_path, "现场 1.jpg", PHOTO)
    staged = stage_path(files.blobs, "f-1", path)
    path.unlink()
    assert files.bytes_of("f-1") == PHOTO
    assert (staged.name, staged.size, staged.sha256) == ("现场 1.jpg", len(PHOTO), sha256(PHOTO).hexdigest())
    bad = {
        "run.exe": (b"MZ", "type_not_allowed"),
        "x.png": (PHOTO, "type_mismatch"),
        "y.png": (made.huge_picture(), "image_too_large"),
        "z.txt": (b"", "empty_file"),
    }
    for name, (data, code) in bad.items():
        with pytest.raises(BadFile, match=code):
            stage_path(files.blobs, "f-2", made.write(tmp_path, name, data))
    with pytest.raises(BadFile, match="file_unreadable"):
        stage_path(files.blobs, "f-2", tmp_path / "gone.jpg")
    assert set(files.blobs.all()) == {"f-1"}

    def stop() -> None:
        raise Stopped

    big = made.write(tmp_path, "big.jpg", made.photo(3 * ROW_BYTES))
    with pytest.raises(Stopped):
        stage_path(files.blobs, "f-3", big, stop)
    assert set(files.blobs.all()) == {"f-1"}
    tidy(files.ctx)
    assert files.blobs.all() == {}, "nothing named it"
