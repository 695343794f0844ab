"""The lane of attachments of an :class:`EngineDesk`, a step at a time: with its own way to the server and its faults.

with open_files(desk) as files:
    file_id = files.attach(photo(), ticket)
    files.settle()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from desktop.models.domain.entities import Ticket
from desktop.models.store import transfers
from desktop.models.store.blobs import BlobStore, open_blobs
from desktop.models.store.transfers import Transfer
from desktop.services.api.client import Api
from desktop.services.api.errors import ApiError
from desktop.services.api.transport import Transport
from desktop.services.commands import attachments as commands
from desktop.services.commands.attachments import About, PickedFile
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.services.queries.base import Reader
from desktop.services.queries.reference import load_reference
from desktop.services.transfers.context import Memory, Pace, TransferContext
from desktop.services.transfers.intake import stage_bytes
from desktop.services.transfers.lane import step
from desktop.services.transfers.tidy import tidy

from .builders import OFFICER
from .engine import EngineDesk, Network
from .stores import KEY, profile

CHUNK = 64 * 1024


class FileDesk:
    """``network`` is the lane's own: cutting it leaves the sync alone."""

    def __init__(self, desk: EngineDesk) -> None:
        self.desk = desk
        self.network = Network(desk.office.server.adapter())
        self.blobs: BlobStore
        self.ctx: TransferContext
        self.open()

    def open(self) -> None:
        """Start the lane anew on what lies on disk."""
        desk = self.desk
        clock = desk.office.clock
        self.blobs = open_blobs(self.path, KEY)
        transport = Transport(desk.office.server.base_url, monotonic=clock.monotonic, adapter=self.network)
        api = Api(transport, device_id=desk.device, client_version="1.0.0", new_id=desk.new_id)
        api.use_tokens(desk.ctx.api._caller.tokens)
        self.ctx = TransferContext(
            store=desk.store,
            blobs=self.blobs,
            files=api.files,
            clock=clock,
            rng=desk.rng,
            office_now=desk.now,
            on_changes=desk.told.append,
            memory=Memory(pace=Pace(chunk=CHUNK, most=CHUNK)),
        )

    @property
    def path(self) -> Path:
        return self.desk.path.with_suffix(".blobs")

    def restart(self) -> None:
        """The program ends without a word and begins again on what lies on disk."""
        self.blobs.close()
        self.desk.crash()
        self.desk.open()
        self.open()
        tidy(self.ctx)

    def attach(self, data: bytes, ticket: Ticket, name: str = "现场.jpg", **about: str) -> str:
        """Pick a file and attach it; its id."""
        staged = stage_bytes(self.blobs, self.desk.new_id(), name, data)
        file = PickedFile(
            id=staged.id, name=name, size=staged.size, sha256=staged.sha256, media_type=staged.media_type
        )
        self.desk.do(lambda w: commands.attach_file(w, file, About(ticket_id=ticket.id, **about)))
        return staged.id

    def fetch(self, file_id: str) -> None:
        """Ask for a file of a case."""
        self.desk.do(lambda w: commands.fetch_file(w, file_id))

    def step(self) -> bool:
        """One exchange; a failure of the network is taken as the lane's owner takes it."""
        try:
            return step(self.ctx)
        except ApiError:
            return True

    def run(self, most: int = 200) -> int:
        """Exchanges until nothing is due; how many."""
        for count in range(most):
            if not self.step():
                return count
        raise AssertionError("the lane does not come to rest")

    def wait(self) -> None:
        """What was put off is due."""
        self.desk.office.clock.advance(400)

    def settle(self) -> None:
        """Everything that can happen without a person: exchanges, rounds, tidying."""
        for _ in range(3):
            self.run()
            self.desk.sync()
            tidy(self.ctx)

    def row(self, file_id: str) -> Transfer | None:
        with self.desk.store.read() as connection:
            return transfers.get(connection, file_id)

    def files(self, ticket: Ticket) -> list[CaseFile]:
        """The files of a case as its page shows them."""
        with self.desk.store.read() as connection:
            reader = Reader(
                connection=connection,
                now=self.desk.now(),
                profile=profile(),
                me=OFFICER,
                reference=load_reference(connection),
            )
            return list(case_files(reader, ticket.id))

    def bytes_of(self, file_id: str) -> bytes:
        return self.blobs.read(file_id, 0, 300 * 1024 * 1024)

    def check(self) -> None:
        """I19 and the blobs' half of I3: what is shown as here is here with its hash, and nothing else is."""
        tidy(self.ctx)
        with self.desk.store.read() as connection:
            rows = {row.id: row for row in transfers.every(connection)}
        blobs = self.blobs.all()
        assert set(blobs) <= set(rows), "bytes that nothing names"
        for row in rows.values():
            if row.state == "done" or row.direction == "up":
                if row.code == "bytes_lost":
                    continue
                assert blobs[row.id].complete
                assert sha256(self.bytes_of(row.id)).hexdigest() == row.sha256

    def close(self) -> None:
        self.ctx.files._caller.transport.close()
        self.blobs.close()


@contextmanager
def open_files(desk: EngineDesk) -> Iterator[FileDesk]:
    """The lane of a desk that has signed in."""
    files = FileDesk(desk)
    try:
        yield files
    finally:
        files.close()


def links(desk: EngineDesk) -> list[str]:
    """The states of the linking operations, in order."""
    return [entry.state for entry in desk.entries() if entry.op.kind == "attachment.link"]


def standing(files: FileDesk, ticket: Ticket) -> list[tuple[str, bool]]:
    """How the files of a case stand, and whether they are here."""
    return [(file.standing, file.here) for file in files.files(ticket)]
