"""Files on this desktop: what a case, a form, an operation and a damaged disk do to them."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.models.domain.absence import Absence
from desktop.models.domain.attachments import BadFile
from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Attachment, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.taking_along import closes_at
from desktop.models.store.blobs import ROW_BYTES
from desktop.services.commands import attachments as commands
from desktop.services.commands.attachments import About, PickedFile
from desktop.services.commands.base import Writer
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import discard_operation
from desktop.services.commands.taking_along import stop_taking, take_along
from desktop.services.queries.taking_along import pack_state
from desktop.services.sync.context import Stopped
from desktop.services.transfers.intake import stage_bytes, stage_path
from desktop.services.transfers.tidy import tidy
from tests.support import files as made
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import Office
from tests.support.conflicts import ask
from tests.support.engine import EngineDesk, open_engine
from tests.support.transfers import FileDesk, links, open_files, standing

PHOTO = made.photo(700_000)
SMALL = made.photo(2_000, seed=3)


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


def test_files_of_a_form_go_with_what_it_makes(
    office: Office, ticket: Ticket, desk: EngineDesk, files: FileDesk
) -> None:
    """Picked before the note exists, sent after it, and gone with a form that is thrown away."""
    for name, key in (("a.jpg", "note:x"), ("b.jpg", "note:x"), ("c.jpg", "note:y")):
        staged = stage_bytes(files.blobs, desk.new_id(), name, SMALL)
        file = PickedFile(
            id=staged.id, name=name, size=staged.size, sha256=staged.sha256, media_type="image/jpeg"
        )
        desk.do(partial(commands.pick_file, file=file, ticket_id=ticket.id, draft_key=key))
    files.restart()
    assert len(files.blobs.all()) == 3, "picked files survive the program"
    assert not files.step(), "and are not sent before the form is"

    def submit(w: Writer) -> Changes:
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
        other.desk.do(partial(commands.note_use, file_id=file_id))
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


def test_a_liaison_takes_files_along_by_size_and_keeps_them(
    office: Office, ticket: Ticket, files: FileDesk, tmp_path: Path
) -> None:
    """Chosen at the office before the road: what was taken stays, whatever the shelf's limit; stopping stops."""
    small, large = files.attach(SMALL, ticket, "a.jpg"), files.attach(PHOTO, ticket, "b.jpg")
    files.settle()
    with open_engine(tmp_path, office, "liaison") as desk, open_files(desk) as liaison:
        desk.sync()
        steps = ask(desk, pack_state).steps
        assert [(step.files, step.bytes) for step in steps][-1] == (2, len(SMALL) + len(PHOTO))
        desk.do(lambda w: take_along(w, len(SMALL)))
        liaison.run()
        assert {f.id: f.standing for f in liaison.files(ticket)} == {small: "here", large: "server"}
        liaison.ctx.keep_bytes = 0
        tidy(liaison.ctx)
        assert {f.id: f.standing for f in liaison.files(ticket)} == {small: "here", large: "server"}
        desk.do(lambda w: take_along(w, len(PHOTO)))
        state = ask(desk, pack_state)
        assert (state.here, state.fetching, state.fetching_bytes) == (1, 1, len(PHOTO))
        desk.do(stop_taking)
        assert not liaison.step()
        state = ask(desk, pack_state)
        assert (state.here, state.fetching, state.pack) == (1, 0, None)
        desk.do(lambda w: take_along(w, len(PHOTO)))
        tidy(liaison.ctx)
        liaison.run()
        assert ask(desk, pack_state).here == 2
        assert ask(desk, pack_state).steps == ()


def test_a_pack_says_when_it_closes() -> None:
    """Whoever packs on Friday has to know whether the desk still opens on the Monday after next."""
    away = Absence(wall=NOW, away_s=86_400.0)
    assert closes_at(away, NOW + timedelta(days=1)) == NOW + timedelta(days=13)
    assert closes_at(away, NOW + timedelta(days=20)) == NOW + timedelta(days=20)
    assert closes_at(away, NOW - timedelta(days=1)) == NOW + timedelta(days=12), (
        "a clock set back buys nothing"
    )


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
