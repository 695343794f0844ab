"""One desktop's files in a process of their own, to be killed: sync, attach or fetch, step by step, saying each step.

python -m tests.support.file_life URL LOGIN FOLDER [attach PATH | fetch ID | go]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import msgspec

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.store import settings
from desktop.models.store.blobs import open_blobs
from desktop.models.store.engine import open_store
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.transport import Transport
from desktop.services.commands import attachments as commands
from desktop.services.commands.attachments import About, PickedFile
from desktop.services.commands.base import Writer
from desktop.services.sync.context import SyncContext
from desktop.services.sync.round import run_round
from desktop.services.transfers.context import Memory, Pace, TransferContext
from desktop.services.transfers.intake import stage_path
from desktop.services.transfers.lane import step
from desktop.services.transfers.tidy import tidy

from .stores import KEY

CHUNK = 64 * 1024


def say(word: str) -> None:
    """A line that is out before the next thing happens."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Life:
    """Store, blobs and both engines of one person at one device."""

    def __init__(self, url: str, login: str, folder: Path) -> None:
        clock = SystemClock()
        self.rng = random.SystemRandom()
        self.new_id = IdSource(clock, self.rng)
        self.store = open_store(folder / "desk.db", KEY)
        self.blobs = open_blobs(folder / "blobs.db", KEY)
        transport = Transport(url, monotonic=clock.monotonic)
        api = Api(transport, device_id=f"desk-{login}", client_version="1.0.0", new_id=self.new_id)
        tokens = SignIn(api, MemoryKeeper(), monotonic=clock.monotonic)
        tokens.begin(api.sign_in_sample(login))
        api.use_tokens(tokens)
        self.sync = SyncContext(self.store, api, clock, self.rng)
        self.files = TransferContext(
            store=self.store,
            blobs=self.blobs,
            files=api.files,
            clock=clock,
            rng=self.rng,
            office_now=self.sync.office_now,
            memory=Memory(pace=Pace(chunk=CHUNK, most=CHUNK)),
        )

    def do(self, command: object) -> Changes:
        """One command in one transaction."""
        with self.store.write() as connection:
            me, rules = settings.me(connection), settings.profile(connection)
            assert me is not None
            assert rules is not None
            now = rules.local(self.sync.office_now())
            writer = Writer(connection=connection, now=now, new_id=self.new_id, me=me, profile=rules)
            changes: Changes = command(writer)  # type: ignore[operator]
            return changes

    def attach(self, path: Path) -> None:
        with self.store.read() as connection:
            ticket_id = connection.exec_driver_sql("SELECT id FROM ticket_list LIMIT 1").scalar_one()
        file_id = self.new_id()
        with self.blobs.held(file_id):
            staged = stage_path(self.blobs, file_id, path)
            say("staged")
            file = PickedFile(**msgspec.structs.asdict(staged))
            self.do(lambda w: commands.attach_file(w, file, About(ticket_id=ticket_id)))
        say(f"attached {file_id}")


def main() -> None:
    """Live until there is nothing more to do."""
    url, login, folder, what, *more = sys.argv[1:]
    life = Life(url, login, Path(folder))
    run_round(life.sync)
    tidy(life.files)
    say("begun")
    if what == "attach":
        life.attach(Path(more[0]))
    elif what == "fetch":
        life.do(lambda w: commands.fetch_file(w, more[0]))
        say("asked")
    while step(life.files):
        say("step")
    run_round(life.sync)
    tidy(life.files)
    life.blobs.close()
    life.store.close()
    say("done")


if __name__ == "__main__":
    main()
