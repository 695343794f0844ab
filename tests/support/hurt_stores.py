"""A real store, cut off in mid-work, and the ways to hurt it: flipped bytes, a short file, no head, a torn log.

with cut_off_desk(tmp_path) as made:
    damaged_outbox_page(made.path)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from desktop.models.domain.entities import Note
from desktop.models.store.driver import PAGE_BYTES, side_file
from desktop.models.store.engine import open_store
from desktop.models.store.log_file import Log
from desktop.models.store.salvage import _Pages
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.notes import add_note
from desktop.services.commands.supervision import NoticeForm

from .builders import make_ticket
from .central_office import Office, open_office
from .engine import EngineDesk
from .stores import KEY

AT = datetime(2026, 5, 12, 8, 30, tzinfo=UTC)
LONG = "长" * 6_000
"""Longer than a page: it lies on pages of its own."""

SAID = tuple(LONG + str(n) if n % 7 == 0 else f"第{n}句话" * 20 for n in range(40))
"""What an officer noted offline. The first of them was refused."""


class Made(NamedTuple):
    """A desktop that was cut off in mid-work: its store and log as they lie on disk, and what had been said."""

    desk: EngineDesk
    path: Path
    office: Office

    def entries(self) -> dict[str, tuple[int, str, bytes]]:
        """Every entry of the outbox by its id: number, state, body."""
        store = open_store(self.path, KEY)
        try:
            with store.read() as connection:
                rows = connection.exec_driver_sql("SELECT op_id, seq, state, body FROM outbox").all()
                return {op_id: (seq, state, body) for op_id, seq, state, body in rows}
        finally:
            store.close()

    def open_again(self) -> EngineDesk:
        """The program on what lies at the path now."""
        self.desk.open_after_power_cut(self.path)
        return self.desk

    def said_at_the_server(self) -> list[str]:
        return sorted(
            r.text for r in self.office.hand("officer", "looking").rows().values() if isinstance(r, Note)
        )


@contextmanager
def cut_off_desk(tmp_path: Path) -> Iterator[Made]:
    """A desktop killed in mid-work: its last notes are in the log alone, its mark says "running"."""
    with open_office(tmp_path) as office:
        ticket = make_ticket()
        office.load(ticket, *(make_ticket() for _ in range(60)))
        folder = tmp_path / "desk"
        folder.mkdir()
        desk = EngineDesk(folder, office, "officer", "desk", 1)
        desk.sync()
        desk.do(lambda w: add_note(w, ticket.id, "早已送达的话"))
        desk.sync()
        for number, text in enumerate(SAID):
            if number == 30:
                checkpoint(desk)
            desk.do(lambda w, text=text: add_note(w, ticket.id, text))  # type: ignore[misc]  # bound early on purpose
            if number == 0:
                refuse_the_first(desk)
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="写了一半", requirement=LONG)
        desk.do(lambda w: save_draft(w, f"notice:{ticket.id}", form, ticket.id))
        cut = tmp_path / "cut"
        cut.mkdir()
        for file in folder.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, cut / file.name)
        yield Made(desk, cut / desk.path.name, office)
        desk.crash()


def checkpoint(desk: EngineDesk) -> None:
    with desk.store._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # type: ignore[union-attr]


def refuse_the_first(desk: EngineDesk) -> None:
    """The entry waiting is parked with its text in quarantine, as a refusal of the server would."""
    with desk.store.write() as connection:
        run = connection.exec_driver_sql
        run("UPDATE outbox SET state = 'rejected', code = 'forbidden' WHERE state = 'queued'")
        run(
            "INSERT INTO quarantine (op_id, type, entity_id, reason, body, at, ticket_id) SELECT op_id, entity_type, "
            "entity_id, 'rejected', body, created_at, ticket_id FROM outbox WHERE state = 'rejected'"
        )


# -- ways to hurt a file ------------------------------------------------------------------------------------------


def flip(path: Path, offset: int, length: int = 1) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        content = file.read(length)
        file.seek(offset)
        file.write(bytes(byte ^ 0x5A for byte in content))


def pages_of(path: Path, table: str) -> list[int]:
    """The pages of the file that hold rows of ``table``, found the way the salvage finds them."""
    workshop = path.parent / "looking"
    workshop.mkdir()
    shown = _Pages(workshop / "pages.db", KEY, path.read_bytes()[:16])
    shown.lay_out(path, path, Log(), held=False)
    count = path.stat().st_size // PAGE_BYTES
    found = [n for n in range(2, count + 1) if shown._read([n], lambda share: None)[table]]
    shutil.rmtree(workshop)
    return found


def flipped_middle(path: Path) -> None:
    """A byte in every tenth page of the middle of the file."""
    count = path.stat().st_size // PAGE_BYTES
    for page in range(count // 3, count * 2 // 3, 10):
        flip(path, (page - 1) * PAGE_BYTES + 1_000)


def cut_short(path: Path) -> None:
    """The file ends in the middle of a page, a tenth before its end; the log is gone with it."""
    side_file(path, "-wal").unlink()
    os.truncate(path, path.stat().st_size * 9 // 10 + 77)


def zeroed_head(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(PAGE_BYTES))


def damaged_outbox_page(path: Path) -> None:
    page = pages_of(path, "outbox")[1]
    flip(path, (page - 1) * PAGE_BYTES + 4_000, 16)


def damaged_log_head(path: Path) -> None:
    flip(side_file(path, "-wal"), 16, 8)


def damaged_log(path: Path) -> None:
    flip(side_file(path, "-wal"), 32 + 24 + 500, 4)


DAMAGES: dict[Callable[[Path], None], tuple[str, bool]] = {
    flipped_middle: ("pages", False),
    cut_short: ("", False),
    zeroed_head: ("head", False),
    damaged_outbox_page: ("pages", True),
    damaged_log_head: ("log", False),
    damaged_log: ("log", False),
}
"""Each with the damage to be named ("" = any), and whether entries are lost for certain."""
