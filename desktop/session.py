"""One person's session with one server: store, tokens, desk, sync, telephone, opened and closed as one.

Opening blocks (a file, a key, perhaps the server) and belongs into a worker thread; the desk and what listens to it are
then made on the GUI thread. Decides nothing about who signs in or where.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.models.store import settings as kept
from desktop.models.store.blobs import BlobStore, open_blobs
from desktop.models.store.engine import MigrationFailed, NewerStore, WrongKey, open_store
from desktop.services.account.tokens import Keeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk, Identity
from desktop.services.background.files import Files
from desktop.services.background.network_watch import SleepWatch
from desktop.services.background.online import Online
from desktop.services.background.progress import FirstSync
from desktop.services.background.sync_worker import SyncWorker
from desktop.services.background.transfer_worker import TransferWorker
from desktop.services.queries.reference import identity, load_reference
from desktop.services.sync.context import SyncContext
from desktop.services.sync.identity import note_offset, refresh_identity
from desktop.services.telephony.line import PracticeLine
from desktop.services.transfers.context import TransferContext
from desktop.services.transfers.opened import OpenFolder
from desktop.services.transfers.shelf import Shelf
from desktop.world import World

STORE_NAME = "desk.db"
BLOBS_NAME = "blobs.db"
PREFETCH_BYTES = 1024 * 1024
"""A unit's people have files of their own cases up to this size on their machine without asking for them."""


@dataclass(frozen=True)
class Server:
    """The way to one server for one device: sync, what must not wait, and files each have connections of their own."""

    sync: Api
    online: Api
    files: Api
    sign_in: SignIn


class StoreTrouble(Exception):
    """The store cannot be used; ``code`` has words in the interface."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def reach(url: str, device_id: str, keeper: Keeper, *, version: str, world: World) -> Server:
    """The clients of a server, signed in as far as ``keeper`` knows. Talks to nobody yet."""

    server_time = ServerTime(world.clock)

    def api() -> Api:
        transport = Transport(url, monotonic=world.clock.monotonic)
        return Api(
            transport,
            device_id=device_id,
            client_version=version,
            new_id=world.new_id,
            server_time=server_time,
        )

    sync, online, files = api(), api(), api()
    sign_in = SignIn(online, keeper, monotonic=world.clock.monotonic)
    for each in (sync, online, files):
        each.use_tokens(sign_in)
    return Server(sync, online, files, sign_in)


@dataclass(frozen=True)
class Opened:
    """What opening found; the makings of a :class:`Session`."""

    server: Server
    context: SyncContext
    identity: Identity
    offset: timedelta
    synced_at: datetime | None
    loaded: bool
    """A first sync has been completed at some time."""

    folder: Path
    blobs: BlobStore


def open_session(folder: Path, key: bytes, server: Server, *, device_name: str, world: World) -> Opened:
    """Open the store in ``folder``; ask the server who works here where the store does not know yet. Blocks.

    Raises :class:`StoreTrouble`, and what the server's refusal raises.
    """
    try:
        store = open_store(folder / STORE_NAME, key)
    except WrongKey as error:
        raise StoreTrouble("store_unreadable") from error
    except NewerStore as error:
        raise StoreTrouble("store_newer") from error
    except MigrationFailed as error:
        raise StoreTrouble("store_not_upgraded") from error
    try:
        context = SyncContext(
            store=store, api=server.sync, clock=world.clock, rng=world.rng, device_name=device_name
        )
        with store.read() as connection:
            known = identity(connection)
        if known is None:
            refresh_identity(context)
            _learn_office_time(context)
        with store.read() as connection:
            return Opened(
                server,
                context,
                learn(connection),
                offset=timedelta(seconds=kept.get(connection, kept.CLOCK_OFFSET_S, float) or 0.0),
                synced_at=kept.get(connection, kept.LAST_SYNC_AT, datetime),
                loaded=kept.get(connection, kept.CURSOR, str) is not None,
                folder=folder,
                blobs=open_blobs(folder / BLOBS_NAME, key),
            )
    except BaseException:
        store.close()
        raise


def _learn_office_time(context: SyncContext) -> None:
    """Before the first row is shown, or what is overdue would be reckoned by another clock than the office's."""
    meta = context.api.meta()
    with context.store.write() as connection:
        note_offset(context, connection, meta.office_time - meta.server_time)


def learn(connection: Any) -> Identity:
    """Me, rules and reference rows as the store has them. Raises StoreTrouble before the first answer."""
    known = identity(connection)
    if known is None:
        raise StoreTrouble("signed_out")
    me, profile = known
    return Identity(me=me, profile=profile, reference=load_reference(connection))


class Session(QObject):
    """Made on the GUI thread from what was opened; ``close`` ends everything within some seconds."""

    def __init__(
        self,
        opened: Opened,
        *,
        language: str,
        practice: bool,
        world: World,
        parent: QObject | None = None,
    ) -> None:
        """``practice``: calls are played; without it there is no telephone yet."""
        super().__init__(parent)
        self.server = opened.server
        self._store = opened.context.store
        self._blobs = opened.blobs
        self.desk = Desk(
            self._store,
            opened.identity,
            clock=world.clock,
            new_id=world.new_id,
            offset=opened.offset,
            language=language,
            learn=learn,
            parent=self,
        )
        self.desk.connection = Connection(last_sync_at=opened.synced_at)
        policy = opened.identity.profile.lease
        self.desk.online = Online(opened.server.online, clock=world.clock, policy=policy, parent=self)
        self.desk.online.unheard.connect(self.desk.refused)
        if practice:
            self.desk.line = PracticeLine(clock=world.clock, rng=world.rng, parent=self)
        shelf = Shelf(opened.blobs, OpenFolder(opened.folder), world.new_id)
        self.desk.files = Files(self.desk, shelf, parent=self)
        self.desk.files.unheard.connect(self.desk.refused)
        self.transfers = self._make_transfers(opened, world)
        self.transfers.progressed.connect(self.desk.files.show_traffic)
        first = FirstSync(state="done" if opened.loaded else "waiting")
        self.worker = SyncWorker(opened.context, self.desk, wait=world.wait, first=first, parent=self)
        self._connected = True
        sleep = SleepWatch(world.clock, self)
        sleep.woke.connect(self._woke)

    def start(self) -> None:
        """Begin to sync."""
        self.worker.start()
        self.desk.files.wipe_opened()  # what a crash left in plain form
        self.transfers.start()

    def _make_transfers(self, opened: Opened, world: World) -> TransferWorker:
        context = TransferContext(
            store=self._store,
            blobs=opened.blobs,
            files=opened.server.files.files,
            clock=world.clock,
            rng=world.rng,
            office_now=self.desk.now,
            prefetch_bytes=PREFETCH_BYTES,
        )
        transport = opened.server.files.transport
        return TransferWorker(context, self.desk, transport, wait=world.wait, parent=self)

    def network_changed(self, connected: bool) -> None:
        """The machine is on another network, or on none: nothing waits for a connection that is dead."""
        self._connected = connected
        self.server.online.transport.forget_connections()
        self.server.files.transport.forget_connections()
        self.worker.network_changed(connected)

    def _woke(self) -> None:
        self.network_changed(self._connected)

    def set_cut(self, cut: bool) -> None:
        """Play a cut network, or restore it."""
        self.server.online.transport.unplugged = cut
        if cut:
            self.server.online.transport.abort()
        self.transfers.set_cut(cut)
        self.worker.set_cut(cut)

    def close(self) -> None:
        """Nothing recorded is lost: commands queued are run before the store is closed."""
        self.desk.online.close()
        self.desk.files.close()
        self.transfers.close()
        self.worker.close()
        self.desk.close()
        self.server.online.transport.close()
        self._blobs.close()
        self._store.close()
