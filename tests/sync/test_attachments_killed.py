"""SIGKILL in the middle of a file, up and down, on the encrypted files of a real process: nothing is lost or half."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from central.tables import upload, upload_chunk
from desktop.models.domain.entities import Ticket
from desktop.models.store import outbox, transfers
from desktop.models.store.blobs import open_blobs
from desktop.models.store.engine import open_store
from tests.support.central_office import Office
from tests.support.files import photo, write
from tests.support.live_server import live_server
from tests.support.stores import KEY

ROOT = Path(__file__).resolve().parents[2]
DATA = photo(600_000)


@contextmanager
def life(url: str, login: str, folder: Path, *what: str) -> Iterator[subprocess.Popen[str]]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.support.file_life", url, login, str(folder), *what]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def live(url: str, login: str, folder: Path, *what: str, kill_after: int = -1) -> list[str]:
    """Run a life to its end, or kill it once it has said so many words; what it said."""
    said: list[str] = []
    with life(url, login, folder, *what) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if len(said) == kill_after:
                return said  # the signal comes while it is in the middle of what follows
    return said


def check(folder: Path) -> None:
    """I19: what the store calls here is whole; nothing lies there that the store does not name."""
    store, blobs = open_store(folder / "desk.db", KEY), open_blobs(folder / "blobs.db", KEY)
    try:
        with store.read() as connection:
            rows = {row.id: row for row in transfers.every(connection)}
            links = {
                str(entry.op.payload["upload_id"])
                for entry in outbox.in_states(connection, outbox.UNSENT)
                if entry.op.kind == "attachment.link"
            }
        assert links <= set(rows), "an operation without its file"
        for row in rows.values():
            if row.direction == "up" or row.state == "done":
                assert blobs.digest(row.id) == row.sha256
    finally:
        blobs.close()
        store.close()


@pytest.mark.timeout(300)
def test_a_killed_upload_and_a_killed_download_end_whole(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The program dies wherever it likes; the next start goes on, and both ends hold the very same bytes."""
    path = write(tmp_path, "现场.jpg", DATA)
    rng = random.Random(7)
    with live_server(office.app) as url:
        folder = tmp_path / "officer"
        said = live(url, "officer", folder, "attach", str(path), kill_after=3)
        file_id = said[-1].removeprefix("attached ")
        path.unlink()
        check(folder)
        for _ in range(3):
            live(url, "officer", folder, "go", kill_after=rng.randint(2, 5))
            check(folder)
        assert live(url, "officer", folder, "go")[-1] == "done"
        check(folder)
        hand = office.hand("cleared")
        assert hand.call("GET", f"/attachments/{file_id}/content").content == DATA
        with office.database.read() as connection:
            assert connection.execute(upload.select()).one().attachment_id == file_id
            starts = [
                row.start for row in connection.execute(upload_chunk.select().order_by(upload_chunk.c.start))
            ]
        assert starts == sorted(set(starts))
        reader = tmp_path / "chief"
        live(url, "chief", reader, "fetch", file_id, kill_after=4)
        for _ in range(2):
            check(reader)
            live(url, "chief", reader, "go", kill_after=rng.randint(2, 4))
        assert live(url, "chief", reader, "go")[-1] == "done"
        check(reader)
        blobs = open_blobs(reader / "blobs.db", KEY)
        assert blobs.all()[file_id].complete
        assert sha256(blobs.read(file_id, 0, len(DATA))).digest() == sha256(DATA).digest()
        blobs.close()


@pytest.mark.timeout(120)
def test_killed_while_a_file_is_being_taken_in_nothing_half_is_left(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Bytes without a name are swept at the next start; a name without bytes never was."""
    path = write(tmp_path, "现场.jpg", DATA)
    with live_server(office.app) as url:
        folder = tmp_path / "officer"
        assert live(url, "officer", folder, "attach", str(path), kill_after=2)[-1] == "staged"
        check(folder)
        assert live(url, "officer", folder, "go")[-1] == "done"
        blobs = open_blobs(folder / "blobs.db", KEY)
        named = len(blobs.all())
        blobs.close()
        store = open_store(folder / "desk.db", KEY)
        with store.read() as connection:
            assert len(transfers.every(connection)) == named
        store.close()
