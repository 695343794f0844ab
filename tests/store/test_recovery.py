"""A damaged store: what a person made is read out of it, the old files stay, work goes on under the same ids.

Real damage on a real encrypted file. A wrong key is not damage, and never leads to a new store.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.models.domain.wire import DataAct
from desktop.models.store import data_acts, mark, recovery
from desktop.models.store.blobs import open_blobs
from desktop.models.store.driver import PAGE_BYTES, DamagedStore, UnusablePlace, WrongKey, side_file
from desktop.models.store.engine import open_store
from desktop.models.store.inspection import inspect_store, needs_inspection
from desktop.models.store.recovery import Recovered, recover
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.notes import add_note
from desktop.services.commands.supervision import NoticeForm
from tests.support.hurt_stores import (
    AT,
    DAMAGES,
    Made,
    cut_off_desk,
    cut_short,
    damaged_outbox_page,
    flip,
    flipped_middle,
    zeroed_head,
)
from tests.support.stores import KEY


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with cut_off_desk(tmp_path) as cut_off:
        yield cut_off


@pytest.mark.parametrize("hurt", DAMAGES, ids=lambda hurt: hurt.__name__)
def test_what_a_person_made_comes_over_and_goes_out_once(made: Made, hurt: Callable[[Path], None]) -> None:
    """Whatever part of the file is hurt: every entry that can be read reaches the server once, under its old id; what
    cannot be read is named; and the damaged files lie where the person is told."""
    before = made_before(made)
    hurt(made.path)
    hurt_bytes = made.path.read_bytes()
    assert needs_inspection(made.path)
    named, loses = DAMAGES[hurt]
    health = inspect_store(made.path, KEY)
    assert health.damage
    assert named in ("", health.damage)
    steps: list[str] = []
    told = recover(made.path, KEY, at=AT, told=lambda step, share: steps.append(step))
    assert list(dict.fromkeys(steps)) == ["reading", "making", "moving"]
    assert (Path(told.place) / made.path.name).read_bytes() == hurt_bytes
    assert not list(made.path.parent.glob("*.new*"))
    assert not list(made.path.parent.glob("*.workshop*"))
    assert inspect_store(made.path, KEY).damage == ""
    after = made.entries()
    assert all(before[op_id] == entry for op_id, entry in after.items())
    missing = before.keys() - after.keys()
    assert told.operations == len(after)
    if hurt not in (cut_short, flipped_middle):
        assert bool(missing) == loses
    assert {entry.seq for entry in told.lost} <= {before[op_id][0] for op_id in missing}
    if loses:
        assert {entry.seq for entry in told.lost} == {
            before[op_id][0] for op_id in missing if before[op_id][1] != "applied"
        }
        assert not told.whole
    check_drains(made, after)


def made_before(made: Made) -> dict[str, tuple[int, str, bytes]]:
    """What is in the store, without touching it."""
    safe = made._replace(path=made.path.with_name("safe") / made.path.name)
    shutil.copytree(made.path.parent, safe.path.parent)
    entries = safe.entries()
    shutil.rmtree(safe.path.parent)
    assert sorted(state for _, state, _ in entries.values()) == ["applied", *["queued"] * 39, "rejected"]
    return entries


def check_drains(made: Made, entries: dict[str, tuple[int, str, bytes]]) -> None:
    """A sync brings the cases back and sends every waiting entry once."""
    desk = made.open_again()
    waiting = [entry.op_id for entry in desk.entries("queued")]
    assert waiting == [
        op_id for op_id, (_, state, _) in sorted(entries.items(), key=by_seq) if state == "queued"
    ]
    with desk.store.read() as connection:
        report = recovery.report_of(connection)
        assert isinstance(report, Recovered)
    desk.sync()
    desk.sync()
    assert [entry.op_id for entry in desk.entries("queued", "in_flight")] == []
    assert desk.server_rows() == made.office.hand("officer").rows()
    assert len(made.said_at_the_server()) == 1 + len(waiting)
    highest = max(seq for seq, _, _ in entries.values())
    ticket_id = next(key[1] for key in desk.rows() if key[0] == "ticket")
    desk.do(lambda w: add_note(w, ticket_id, "恢复之后"))
    (new,) = desk.entries("queued")
    assert new.seq > highest


def by_seq(item: tuple[str, tuple[int, str, bytes]]) -> int:
    return item[1][0]


def test_drafts_quarantine_and_the_person_come_over(made: Made) -> None:
    """Half a notice, a refused text, and whose desk it is: the desk opens without a network and shows them."""
    before = tables(made.path, "draft", "quarantine")
    flip(made.path, (made.path.stat().st_size // PAGE_BYTES - 1) * PAGE_BYTES + 99)
    zeroed_head(made.path)
    told = recover(made.path, KEY, at=AT)
    assert (told.drafts, told.texts) == (1, 1)
    assert tables(made.path, "draft", "quarantine") == before
    desk = made.open_again()
    made.desk.network.cut = True
    assert desk.do(
        lambda w: save_draft(w, "another", NoticeForm(ticket_id="t", unit_id="u", ground="", requirement=""))
    )


def tables(path: Path, *names: str) -> list[list[tuple[Any, ...]]]:
    """Rows of the store and log at ``path``, read from a copy."""
    copy = path.with_name("copy-to-read")
    for suffix in ("", "-wal"):
        if side_file(path, suffix).exists():
            shutil.copyfile(side_file(path, suffix), side_file(copy, suffix))
    store = open_store(copy, KEY)
    with store.read() as connection:
        found = [
            [tuple(r) for r in connection.exec_driver_sql(f"SELECT * FROM {n} ORDER BY 1")] for n in names
        ]
    store.close()
    for file in path.parent.glob("copy-to-read*"):
        file.unlink()
    return found


def test_files_on_their_way_stay_or_are_said_to_be_lost(made: Made) -> None:
    """A picture waiting to be sent lies in a file of its own: a whole one stays where it is, a damaged one is set aside
    and the picture is asked for again."""
    blobs_path = made.path.with_name("blobs.db")
    content = bytes(range(256)) * 400
    blobs = open_blobs(blobs_path, KEY)
    blob = blobs.store("up-1", iter([content]))
    blobs.close()
    store = open_store(made.path, KEY)
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO transfer (id, direction, ticket_id, op_id, name, media_type, size, sha256, state, asked, "
            "done_bytes, attempts, code, draft_key, created_at, used_at) "
            "VALUES ('up-1', 'up', 't', '', '照片.jpg', '', ?, ?, 'waiting', 0, 0, 0, '', '', 1, 0)",
            (blob.size, blob.sha256),
        )
        data_acts.put(connection, DataAct(id="act-1", action="export", object_type="ticket_list", at=AT))
    store.close()
    damaged_outbox_page(made.path)
    told = recover(made.path, KEY, at=AT)
    assert (told.files, told.files_lost) == (1, 0)
    assert blobs_path.exists()
    damaged_outbox_page(made.path)
    flip(blobs_path, 5 * PAGE_BYTES + 99)
    told = recover(made.path, KEY, at=AT)
    assert (told.files, told.files_lost) == (1, 1)
    assert (Path(told.place) / "blobs.db").exists()
    assert not blobs_path.exists()
    assert tables(made.path, "transfer")[0][0][8] == "failed"
    assert tables(made.path, "data_act")[0][0][0] == "act-1", "no damage takes an export out of the audit"


def test_a_damaged_file_of_blobs_is_set_aside_when_it_is_opened(tmp_path: Path) -> None:
    """Bytes that come again from the server, or from the person, must not keep them from their cases."""
    path = tmp_path / "blobs.db"
    open_blobs(path, KEY).close()
    flip(path, 200)
    open_blobs(path, KEY).close()
    assert len(list(tmp_path.glob("blobs.db.unreadable-*"))) == 1


def test_a_folder_that_may_only_be_read_is_told_and_nothing_is_touched(made: Made) -> None:
    """A disk mounted for reading: words, not a traceback, and the file as it was."""
    target = made.path.parent
    try:
        subprocess.run(["mount", "--bind", str(target), str(target)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this account may not mount a folder for reading")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(target)], check=True, capture_output=True)
        before = made.path.read_bytes()
        with pytest.raises(UnusablePlace, match="store_read_only"):
            open_store(made.path, KEY)
        assert made.path.read_bytes() == before
    finally:
        subprocess.run(["umount", str(target)], check=True, capture_output=True)


def test_a_torn_end_of_the_log_is_no_damage(made: Made) -> None:
    """The power went while a transaction was being written: it was promised to nobody, and all before it is there."""
    before = made_before(made)
    log = side_file(made.path, "-wal")
    os.truncate(log, log.stat().st_size - 5_000)
    assert inspect_store(made.path, KEY).damage == ""
    assert len(before.keys() - made.entries().keys()) <= 1


def test_a_log_that_is_gone_is_told(made: Made) -> None:
    """Somebody tidied up: the store holds, its last minutes are missing, and the person must know."""
    side_file(made.path, "-wal").unlink()
    health = inspect_store(made.path, KEY)
    assert health.damage == ""
    assert health.log_missing


def test_a_wrong_key_is_never_damage(made: Made) -> None:
    """A mistyped passphrase over a healthy or a damaged store must not lead to an empty one."""
    for hurt in (lambda path: None, flipped_middle, zeroed_head):
        hurt(made.path)
        before = {file.name: file.read_bytes() for file in made.path.parent.iterdir()}
        for act in (inspect_store, open_store, lambda path, key: recover(path, key, at=AT)):
            with pytest.raises(WrongKey):
                act(made.path, bytes(32))
        assert {file.name: file.read_bytes() for file in made.path.parent.iterdir()} == before
    mark.mark_path(made.path).unlink()
    with pytest.raises(WrongKey):  # no head, no mark: nothing proves the key
        recover(made.path, KEY, at=AT)


def test_a_store_of_before_the_mark_proves_its_key_by_its_pages(made: Made) -> None:
    """A store of an earlier version, its first page hurt: damage, not a wrong key."""
    for beside in ("-wal", ".mark"):
        side_file(made.path, beside).unlink()
    flip(made.path, 3_000)
    assert inspect_store(made.path, KEY).damage == "head"
    with pytest.raises(WrongKey):
        inspect_store(made.path, bytes(32))
    with pytest.raises(DamagedStore):
        open_store(made.path, KEY)
    assert recover(made.path, KEY, at=AT).operations > 20


def test_a_store_that_is_gone_is_not_a_first_run(made: Made) -> None:
    """The file was removed and its mark stayed: what was in it must not be forgotten without a word."""
    made.path.unlink()
    with pytest.raises(DamagedStore):
        open_store(made.path, KEY)
    assert not made.path.exists()
    assert inspect_store(made.path, KEY).damage == "gone"
    told = recover(made.path, KEY, at=AT)
    assert told.operations > 0, "the log alone still held entries"
    assert inspect_store(made.path, KEY).damage == ""


def test_the_power_goes_between_the_moves(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step of the ladder a power cut leaves the old files, or a way on to the new store; never an empty one."""
    before = made_before(made)
    damaged_outbox_page(made.path)
    copies: list[Path] = []

    def keep_copy() -> None:
        copies.append(tmp_path / f"after-{len(copies)}")
        shutil.copytree(made.path.parent, copies[-1])

    for name in ("rename", "replace", "unlink"):
        original = getattr(Path, name)

        def watched(self: Path, *args: Any, original: Any = original, **kwargs: Any) -> Any:
            if made.path.parent in self.parents:
                keep_copy()
            return original(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, watched)
    told = recover(made.path, KEY, at=AT)
    monkeypatch.undo()
    assert len(copies) >= 6
    for copy in copies:
        path = copy / made.path.name
        if recovery.is_recovering(path):
            recovery.finish(path)
        if inspect_store(path, KEY).damage:
            recover(path, KEY, at=AT)
        after = made._replace(path=path).entries()
        assert len(after) == told.operations
        assert all(before[op_id] == entry for op_id, entry in after.items())


def test_a_clean_end_is_told_from_a_killed_one(tmp_path: Path) -> None:
    """Only who was cut off waits for a check; a mark that says nothing counts as cut off."""
    path = tmp_path / "desk.db"
    assert mark.last_ending(path) == "none"
    store = open_store(path, KEY)
    assert mark.last_ending(path) == "unclean"
    assert store.check() is True
    mark.note_checked(path, AT)
    store.close()
    assert store.check() is None
    assert mark.last_ending(path) == "clean"
    known = mark.read_mark(path)
    assert known is not None
    assert known.checked_at == AT
    open_store(path, KEY).close()
    known = mark.read_mark(path)
    assert known is not None
    assert known.checked_at == AT
    mark.mark_path(path).write_bytes(b"\x00" * 512)
    assert mark.last_ending(path) == "unknown"
    assert needs_inspection(path)
    assert inspect_store(path, KEY).damage == ""
