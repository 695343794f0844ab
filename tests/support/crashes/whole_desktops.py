"""The whole program, window and all, killed in the midst of typing, sending, being answered and loading.

Each case is one desktop from its first start: what it had said was kept must be there when it is started again.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.models.domain.entities import Note, Ticket, decode_row
from tests.journeys.processes import Desktop, Died, Office

LOGIN, PASSWORD = "officer", "a-sound-password-7"

_PUSH = b"POST /api/v1/sync/operations"
_PAGE = b"GET /api/v1/sync/snapshots/"


def in_mid_typing(office: Office, database: Path, folder: Path, number: int) -> str:
    """Half a sentence is a draft; the rest of the word was not yet. What does not hold, "" where all is well."""
    desktop = _signed_in(office, folder, f"typist{number}")
    try:
        case = some_case(database, number)
        desktop.do("type_note", number=case, text="The pump is back, and the", more=" cel")
        desktop.kill()
        _come_back(desktop)
        left = str(desktop.do("note_as_left", number=case))
        desktop.do("sync")
        return "" if left.startswith("The pump is back, and the") else f"the draft says {left!r}"
    finally:
        desktop.close()


def while_sending(office: Office, database: Path, folder: Path, number: int) -> str:
    """Killed when the note is on the wire: the server has it and nobody has read the answer."""
    return _note_with_kill(office, database, folder, f"sender{number}", answered=False)


def when_answered(office: Office, database: Path, folder: Path, number: int) -> str:
    """Killed when the answer is on the wire."""
    return _note_with_kill(office, database, folder, f"answered{number}", answered=True)


def while_loading(office: Office, database: Path, folder: Path, number: int) -> str:
    """Killed in the midst of the very first load."""
    desktop = Desktop(f"loader{number}", folder, office.port)
    try:
        dead = _kill_on(desktop, _PAGE, answered=bool(number % 2))
        try:
            desktop.do("sign_in", login=LOGIN, password=PASSWORD)
        except Died:
            dead.wait(60)
        desktop.kill()
        _come_back(desktop)
        desktop.do("sync")
        return ", ".join(desktop.do("differences"))
    finally:
        desktop.close()


CASES: tuple[Callable[[Office, Path, Path, int], str], ...] = (
    in_mid_typing,
    while_sending,
    when_answered,
    while_loading,
)


def some_case(database: Path, number: int) -> str:
    """A case's number as a person types it."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT data FROM entity WHERE type = 'ticket' ORDER BY id LIMIT 1 OFFSET ?"
        (data,) = connection.execute(query, (number,)).fetchone()
    ticket = decode_row("ticket", data)
    assert isinstance(ticket, Ticket)
    return ticket.number


def _note_with_kill(office: Office, database: Path, folder: Path, name: str, *, answered: bool) -> str:
    desktop = _signed_in(office, folder, name)
    try:
        dead = _kill_on(desktop, _PUSH, answered=answered)
        try:
            desktop.do("add_note", number=some_case(database, 0), text=f"note of {name}")
        except Died:
            """It may be dead before it has said that the note is recorded."""
        if not dead.wait(60):
            return "it was never killed: nothing was sent"
        desktop.kill()
        _come_back(desktop)
        desktop.do("sync")
        states = [str(row["state"]) for row in desktop.do("rows", table="outbox")]
        differences = ", ".join(desktop.do("differences"))
        notes = [note for note in _notes(database) if note == f"note of {name}"]
    finally:
        desktop.close()
    if (states, len(notes)) != (["applied"], 1):
        return f"the note is {states} here and {len(notes)} times on the server"
    return differences


def _signed_in(office: Office, folder: Path, name: str) -> Desktop:
    desktop = Desktop(name, folder, office.port)
    desktop.do("sign_in", login=LOGIN, password=PASSWORD)
    return desktop


def _come_back(desktop: Desktop) -> None:
    desktop.wire.on_request = desktop.wire.on_reply = lambda data: None
    desktop.start_again()
    desktop.do("come_back")
    desktop.do("sign_in_again", login=LOGIN, password=PASSWORD)


def _kill_on(desktop: Desktop, words: bytes, *, answered: bool) -> threading.Event:
    """Kills the program when a request with these words passes, or when its answer does; set once it is dead."""
    asked, dead = threading.Event(), threading.Event()

    def kill() -> None:
        if not dead.is_set():
            desktop.process.kill()
            dead.set()

    def on_request(data: bytes) -> None:
        if words in data:
            asked.set()
            if not answered:
                kill()

    def on_reply(data: bytes) -> None:
        if asked.is_set() and answered:
            kill()

    desktop.wire.on_request, desktop.wire.on_reply = on_request, on_reply
    return dead


def _notes(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT data FROM entity WHERE type = 'note'").fetchall()
    rows = [decode_row("note", data) for (data,) in found]
    return [row.text for row in rows if isinstance(row, Note)]
