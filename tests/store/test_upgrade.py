"""Upgrades: every released schema, with the outbox in every state; and the power going at every step.

Whoever installs a new version after a week without network must find every word, and send it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, event

from desktop.models.domain.entities import Note, Notice, Urge, Visit
from desktop.models.domain.operations import decode_operation
from desktop.models.store import migrate
from desktop.models.store.driver import connect, side_file
from desktop.models.store.engine import SCHEMA_VERSION, open_store
from desktop.services.commands.outbox import retry_operation
from desktop.services.commands.supervision import NoticeForm
from desktop.services.queries.drafts import draft_form
from tests.support.builders import make_ticket, make_urge, make_visit
from tests.support.central_office import Office, open_office
from tests.support.crashes.first_release import write_as_first_release
from tests.support.engine import EngineDesk
from tests.support.old_stores import (
    ENTRIES,
    NOTICE,
    REFUSED,
    RELEASED,
    STATES,
    TICKET,
    WAITING,
    write_old_store,
)
from tests.support.stores import KEY, open_desk_store, profile
from tests.support.ticket_rows import reference, tickets
from tools import campaigns

RULES = msgspec.json.encode(profile())


@pytest.fixture(scope="module")
def tally() -> Iterator[dict[str, int]]:
    """What the tests of this file did, told at the end as one line."""
    done = {"cells": 0, "cuts": 0, "violations": 0}
    yield done
    if done["cells"]:
        campaigns.report(
            "upgrade", done=done["cells"], violations=done["violations"], power_cuts=done["cuts"]
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The server of that day: it has the case, and two of the notes have reached it already."""
    folder = tmp_path / "central"
    folder.mkdir()
    with open_office(folder) as opened:
        ticket = make_ticket(id=TICKET, number="20240000001")
        opened.load(ticket, make_visit(ticket, id="v-1"))
        yield opened


def old_desk(tmp_path: Path, office: Office, schema: int) -> EngineDesk:
    """The new program started on an old store; the server has taken what was applied and what got no answer."""
    desk = EngineDesk(tmp_path, office, "officer", "desk", 1)
    desk.crash()
    desk.path.unlink()
    desk.path.with_name("desk.db.mark").unlink()
    write_old_store(desk.path, schema, RULES)
    before = office.hand("officer", "desk")
    reached = [decode_operation(e.body(schema)) for e in ENTRIES if e.state in ("applied", "in_flight")]
    assert [result.status for result in before.push(*reached)] == ["applied", "applied"]
    desk.open()
    return desk


@pytest.mark.parametrize("schema", RELEASED)
def test_every_word_is_there_and_goes_out(
    tmp_path: Path, office: Office, schema: int, tally: dict[str, int]
) -> None:
    """Each entry keeps state, order and wording; what waited reaches the server once; what was parked is still to be
    settled, and can be."""
    tally["violations"] += 1  # taken back when all of it holds
    desk = old_desk(tmp_path, office, schema)
    try:
        check_kept(desk)
        desk.sync()
        desk.sync()
        check_drained(desk, office)
    finally:
        desk.crash()
    tally["cells"] += len({entry.state for entry in ENTRIES})
    tally["violations"] -= 1
    assert {entry.state for entry in ENTRIES} == set(STATES)
    assert tuple(range(1, SCHEMA_VERSION + 1)) == RELEASED, "a new schema is to be tried as well"
    assert len(RELEASED) * len(STATES) == campaigns.CAMPAIGNS["upgrade"].large


def check_kept(desk: EngineDesk) -> None:
    """Before anything is sent."""
    entries = desk.entries()
    assert [(e.seq, e.op_id, e.state, e.code) for e in entries] == [
        (e.seq, e.op_id, e.state, e.code) for e in ENTRIES
    ]
    for now, made in zip(entries, ENTRIES, strict=True):
        assert now.op.payload == made.payload
        assert now.op.kind == made.kind
        assert now.op.resolves is None
    texts = {row[1]: row[7] for row in desk.table("quarantine")}
    assert texts == {e.op_id: e.payload.get("ticket_id", TICKET) for e in REFUSED}, "a text without its case"
    with open_desk_store(desk.path.parent, name=desk.path.name) as looking:
        form = looking.ask(lambda r: draft_form(r, f"notice:{TICKET}", NoticeForm))
    assert form is not None
    assert form.ground == "写了一半的依据"


def check_drained(desk: EngineDesk, office: Office) -> None:
    """What the server and the outbox say after two rounds, and after the person has tried the parked ones again."""
    assert desk.entries("queued", "in_flight", "suspended") == []
    states = {e.op_id: e.state for e in desk.entries()}
    for made in ENTRIES:
        assert states[made.op_id] == ("applied" if made in WAITING else made.state), made
    rows = office.hand("officer", "looking").rows()
    texts = sorted(row.text for row in rows.values() if isinstance(row, Note))
    sent = [e.text for e in ENTRIES if e.kind == "note.add" and (e in WAITING or e.state == "applied")]
    assert texts == sorted(sent)
    assert [row.answer for row in rows.values() if isinstance(row, Urge)] == ["明日到场"]
    assert desk.server_rows() == rows
    for made in ENTRIES:
        if made.state in ("rejected", "conflict"):
            desk.do(lambda w, made=made: retry_operation(w, made.op_id))  # type: ignore[misc]  # bound early
    desk.sync()
    rows = office.hand("officer", "looking").rows()
    notice = rows["notice", NOTICE]
    assert isinstance(notice, Notice)
    assert (notice.state, notice.ground) == ("submitted", "逾期两日")
    visit = rows["visit", "v-1"]
    assert isinstance(visit, Visit)
    assert visit.booked_at is not None


def test_a_visit_before_a_rework_no_longer_contradicts_what_was_done_since(tmp_path: Path) -> None:
    """Two of five contradictions that an older program listed were of visits that had led to the rework."""
    path = tmp_path / "desk.db"
    write_old_store(path, 2, RULES)
    old = connect(path, KEY)
    for number, (completed, visited) in {"before": (200, 100), "after": (100, 200)}.items():
        old.execute(
            "INSERT INTO ticket_list (id, number, title, state, open, paused, provisional, request_type, channel, "
            "urgency, level, category_id, unit_id, place_id, enterprise, escalated, rework, repeats, requester_label, "
            "received_at, completed_at, urges, notice_state, findings, contradicted, pending) "
            "VALUES (?, ?, '', 'to_visit', 0, 0, 0, 'complaint', 'phone', 'normal', 'normal', '', '', '', 0, 0, 1, 0, "
            "'', 1, ?, 0, '', 0, 1, 0)",
            (f"t-{number}", number, completed),
        )
        old.execute(
            "INSERT INTO visit_list (id, ticket_id, unit_id, contact_id, state, opened_at, assigned_to, attempts, "
            "last_outcome, completed_at, completed_by_id, valid, proposal, pending) "
            "VALUES (?, ?, '', '', 'completed', 1, '', 1, 'answered', ?, '', 1, 'rework', 0)",
            (f"v-{number}", f"t-{number}", visited),
        )
        old.execute(
            "INSERT INTO projection (type, id, ticket_id, version, pending, data) VALUES ('visit', ?, ?, 1, 0, ?)",
            (f"v-{number}", f"t-{number}", b'{"answers": {"resolved": "not_resolved"}}'),
        )
    old.commit()
    old.close()
    store = open_store(path, KEY)
    with store.read() as connection:
        flags = connection.exec_driver_sql("SELECT number, contradicted FROM ticket_list").fetchall()
    store.close()
    assert dict(tuple(row) for row in flags) == {"before": 0, "after": 1}


def test_what_lists_are_made_of_is_counted_from_an_old_store_as_from_the_server(tmp_path: Path) -> None:
    """A queue that an upgrade counts otherwise than a first load would be wrong until each of its cases changes."""
    path = tmp_path / "desk.db"
    with open_desk_store(tmp_path, name=path.name) as desk:
        desk.pull(*reference(), *tickets(120, seed=9))
        ticket = make_ticket(id="t-urged", number="YZ-2024-900001")
        desk.pull(ticket, *(make_urge(ticket, answer=answer) for answer in ("", " \u3000", "在办")))
        with desk.store.read() as connection:
            loaded = connection.exec_driver_sql(_LISTED).fetchall()
    write_as_first_release(path)
    store = open_store(path, KEY)
    with store.read() as connection:
        upgraded = connection.exec_driver_sql(_LISTED).fetchall()
    store.close()
    assert [tuple(row) for row in upgraded] == [tuple(row) for row in loaded]
    assert any(row[2] == 2 for row in loaded)


_LISTED = (
    "SELECT number, asked_at, unanswered, dissatisfied, rung, acting, matter_id, answered_at, contradicted, "
    "contact_key, address_key "
    "FROM ticket_list ORDER BY number"
)


@pytest.mark.parametrize("schema", [s for s in RELEASED if s < SCHEMA_VERSION])
def test_a_power_cut_leaves_the_old_or_the_new(
    tmp_path: Path, schema: int, monkeypatch: pytest.MonkeyPatch, tally: dict[str, int]
) -> None:
    """The machine dies at any step of the upgrade: the file is of one schema, whole, and the next start goes on."""
    tally["violations"] += 1  # taken back when all of it holds
    folder = tmp_path / "desk"
    folder.mkdir()
    path = folder / "desk.db"
    write_old_store(path, schema, RULES)
    copies: list[Path] = []

    def cut() -> None:
        copies.append(tmp_path / f"cut-{len(copies)}")
        shutil.copytree(folder, copies[-1], ignore=shutil.ignore_patterns("*-shm"))

    watch_steps(monkeypatch, cut)
    open_store(path, KEY).close()
    monkeypatch.undo()
    seen: set[int] = set()
    for copy in [folder, *copies]:
        name = copy / "desk.db"
        seen.add(raw_schema(name))
        open_store(name, KEY).close()
        assert raw_schema(name) == SCHEMA_VERSION
        check_rows(name)
        left = {file.name.removeprefix("desk.db") for file in copy.iterdir()}
        assert left <= {"", ".mark", f".before-{schema + 1}", ".upgrading", ".upgrading-wal"}, left
    assert seen == {schema, SCHEMA_VERSION}
    assert len(copies) >= 10
    tally["cuts"] += len(copies)
    tally["violations"] -= 1


def watch_steps(monkeypatch: pytest.MonkeyPatch, cut: Callable[[], None]) -> None:
    """``cut`` is called before each change of a file's name, each copy, and after each statement of a revision."""

    def watched(original: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.undo()  # the copy itself is no step
            cut()
            watch_steps(monkeypatch, cut)
            return original(*args, **kwargs)

        return run

    for owner, name in (
        (Path, "replace"),
        (Path, "unlink"),
        (os, "link"),
        (shutil, "copyfile"),
        (os, "fsync"),
    ):
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    run_to, verify = migrate.run_to, migrate._verify

    def run_watched(engine: Engine, revision: str = "head") -> None:
        event.listen(engine, "after_cursor_execute", lambda *_: cut_quietly())
        run_to(engine, revision)

    def cut_quietly() -> None:
        monkeypatch.undo()
        cut()
        watch_steps(monkeypatch, cut)

    monkeypatch.setattr(migrate, "run_to", run_watched)
    monkeypatch.setattr(migrate, "_verify", watched(verify))


def raw_schema(path: Path) -> int:
    """What the file and its log say, asked of a copy."""
    copy = path.parent / "asked" / path.name
    copy.parent.mkdir()
    for suffix in ("", "-wal"):
        if side_file(path, suffix).exists():
            shutil.copyfile(side_file(path, suffix), side_file(copy, suffix))
    connection = connect(copy, KEY)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    shutil.rmtree(copy.parent)
    return version


def check_rows(path: Path) -> None:
    connection = connect(path, KEY)
    assert connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    found = connection.execute("SELECT op_id, state FROM outbox ORDER BY seq").fetchall()
    assert found == [(e.op_id, e.state) for e in ENTRIES]
    assert connection.execute("SELECT count(*) FROM draft").fetchone()[0] == 1
    assert connection.execute("SELECT count(*) FROM quarantine").fetchone()[0] == 3
    connection.close()


def test_the_copy_of_before_is_kept_for_a_month(tmp_path: Path) -> None:
    """It helps nobody for ever, and it holds what may have left the person's scope since."""
    path = tmp_path / "desk.db"
    write_old_store(path, 1, RULES)
    open_store(path, KEY).close()
    backup = tmp_path / "desk.db.before-2"
    assert raw_schema(backup) == 1
    made = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
    assert migrate.forget_backups(path, made + timedelta(days=29)) == 0
    assert migrate.forget_backups(path, made + timedelta(days=31)) == 1
    assert not backup.exists()
    assert path.exists()
