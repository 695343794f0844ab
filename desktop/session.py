"""One person's session with one server: store, tokens, desk, sync, telephone, opened and closed as one.

Opening blocks (a file, a key, perhaps the server) and belongs into a worker thread; the desk and what listens to it are
then made on the GUI thread. Decides nothing about who signs in or where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.privacy import viewer_of
from desktop.models.domain.wire import Presence
from desktop.models.store import mark, recovery
from desktop.models.store import settings as kept
from desktop.models.store.blobs import BlobStore, open_blobs
from desktop.models.store.driver import place_code
from desktop.models.store.engine import MigrationFailed, Store, StoreError, open_store
from desktop.models.store.inspection import inspect_store, needs_inspection
from desktop.models.store.recovery import Recovered
from desktop.models.store.space import Space
from desktop.paths import STORE_NAME
from desktop.services.account.tokens import Keeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from desktop.services.background.colleagues import PresenceTeller
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk, Identity
from desktop.services.background.field_desk import FieldDesk
from desktop.services.background.files import Files
from desktop.services.background.network_watch import SleepWatch
from desktop.services.background.online import Online
from desktop.services.background.oversight import Oversight
from desktop.services.background.progress import FirstSync
from desktop.services.background.rulebook import Rulebook
from desktop.services.background.search_worker import SearchWorker
from desktop.services.background.sync_worker import SyncWorker
from desktop.services.background.transfer_worker import TransferWorker
from desktop.services.background.work_watch import WorkWatch
from desktop.services.queries.reference import identity, load_reference
from desktop.services.sync.context import SyncContext
from desktop.services.sync.identity import note_offset, recall_offset, refresh_identity
from desktop.services.sync.search_upkeep import SearchIndex, Upkeep, index_of
from desktop.services.telephony.line import PracticeLine
from desktop.services.transfers.context import TransferContext
from desktop.services.transfers.opened import OpenFolder
from desktop.services.transfers.shelf import Shelf
from desktop.store_care import StoreCare
from desktop.world import World

BLOBS_NAME = "blobs.db"
_CALM_MS = 400
"""The network's libraries, a round and the index would otherwise be in the way of the first rows."""

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
    search: SearchIndex

    log_missing: bool = False
    """The last session was cut off, and the log of its last minutes is not there any more."""

    recovered: Recovered | None = None
    """What came over from a damaged store, until the person has read it."""


def _nobody() -> None:
    """Nobody is told."""


def open_session(
    folder: Path,
    key: bytes,
    server: Server,
    *,
    device_name: str,
    world: World,
    checking: Callable[[], None] = _nobody,
) -> Opened:
    """Open the store in ``folder``; ask the server who works here where the store does not know yet. Blocks.

    ``checking`` is called before a store is looked through whose last session was cut off, which may take seconds.
    Raises :class:`StoreTrouble`, and what the server's refusal raises.
    """
    path = folder / STORE_NAME
    with troubles():
        missing = _settle_last_end(path, key, world, checking)
        store = _open(path, key, world)
    try:
        context = SyncContext(
            store=store, api=server.sync, clock=world.clock, rng=world.rng, device_name=device_name
        )
        with store.read() as connection:
            known = identity(connection)
        recall_offset(context)  # a first round that reaches nobody must not take the office's time away
        if known is None:
            refresh_identity(context)
            _learn_office_time(context)
        with store.read() as connection:
            return Opened(
                server,
                context,
                learn(connection),
                offset=context.memory.offset,
                synced_at=kept.get(connection, kept.LAST_SYNC_AT, datetime),
                loaded=kept.get(connection, kept.CURSOR, str) is not None,
                folder=folder,
                blobs=open_blobs(folder / BLOBS_NAME, key),
                search=index_of(store, key),
                log_missing=missing,
                recovered=recovery.report_of(connection),
            )
    except BaseException:
        store.close()
        raise


@contextmanager
def troubles() -> Iterator[None]:
    """Whatever a store or its place refuses, as :class:`StoreTrouble`."""
    try:
        yield
    except StoreError as error:
        raise StoreTrouble(error.code) from error
    except OSError as error:
        raise StoreTrouble(place_code(error)) from error


def _settle_last_end(path: Path, key: bytes, world: World, checking: Callable[[], None]) -> bool:
    """What an unclean end calls for, before the store is opened; whether its log is missing."""
    if recovery.is_recovering(path):
        recovery.finish(path)
    if not needs_inspection(path):
        return False
    checking()
    health = inspect_store(path, key)
    if health.damage:
        raise StoreTrouble("store_damaged")
    mark.note_checked(path, world.clock.now())
    return health.log_missing


def _open(path: Path, key: bytes, world: World) -> Store:
    try:
        return open_store(path, key, space=Space(path.parent, monotonic=world.clock.monotonic))
    except MigrationFailed as error:
        if inspect_store(path, key).damage:
            raise StoreTrouble("store_damaged") from error
        raise


def recover_store(folder: Path, key: bytes, *, world: World, told: recovery.Told) -> Recovered:
    """Climb the ladder for the damaged store in ``folder``; the next :func:`open_session` finds the new one. Blocks.

    Raises :class:`StoreTrouble`.
    """
    with troubles():
        return recovery.recover(folder / STORE_NAME, key, at=world.clock.now(), told=told)


def inspect_again(folder: Path, key: bytes) -> bool:
    """Whether the store in ``folder``, which nobody has open, is damaged after all. Blocks."""
    with troubles():
        return bool(inspect_store(folder / STORE_NAME, key).damage)


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

    #: It is about to be closed: the last chance to have something kept.
    closing = Signal()

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
        self.field = FieldDesk(self.desk, world.clock, parent=self)
        self.desk.oversight = Oversight(opened.server.online, self.desk, new_id=world.new_id)
        self.desk.oversight.unheard.connect(self.desk.refused)
        self.desk.rulebook = Rulebook(opened.server.online, self.desk)
        self.desk.rulebook.unheard.connect(self.desk.refused)
        if practice:
            self.desk.line = PracticeLine(clock=world.clock, rng=world.rng, parent=self)
        shelf = Shelf(opened.blobs, OpenFolder(opened.folder), world.new_id)
        self.desk.files = Files(self.desk, shelf, parent=self)
        self.desk.files.unheard.connect(self.desk.refused)
        self.transfers = self._make_transfers(opened, world)
        self.transfers.progressed.connect(self.desk.files.show_traffic)
        first = FirstSync(state="done" if opened.loaded else "waiting")
        self.worker = SyncWorker(opened.context, self.desk, wait=world.wait, first=first, parent=self)
        self.search = SearchWorker(
            partial(Upkeep, self._store, opened.search),
            opened.search,
            self.desk,
            wait=world.wait,
            parent=self,
        )
        self.presence = PresenceTeller(opened.server.online, self.desk.colleagues, parent=self)
        self.worker.present.connect(self._heard_presence)
        self.desk.connection_changed.connect(self._look_who_is_there)
        self.care = StoreCare(self._store, world.clock, parent=self)
        self.work = WorkWatch(self.desk, self)
        self.log_missing = opened.log_missing
        self._connected = True
        self._loaded = opened.loaded
        self._closed = False
        sleep = SleepWatch(world.clock, self)
        sleep.woke.connect(self._woke)

    def start(self) -> None:
        """Look after the store, and begin to sync: at once where there are no rows yet, else once they are seen."""
        self.desk.files.wipe_opened()  # what a crash left in plain form
        self.care.start()
        if self._loaded:
            QTimer.singleShot(_CALM_MS, self, self._begin_work)
        else:
            self._begin_work()

    def _begin_work(self) -> None:
        if not self._closed:
            self.field.start()
            self.worker.start()
            self.transfers.start()
            self.search.start()

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

    def _heard_presence(self, presence: Presence) -> None:
        self.presence.heard(presence, self.desk.me)

    def _look_who_is_there(self, connection: Connection) -> None:
        self.presence.set_online(connection.online and viewer_of(self.desk.me).office)

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
        self.closing.emit()
        self._closed = True
        self.work.finish()
        self.care.close()
        self.presence.close()
        self.desk.online.close()
        self.desk.oversight.close()
        self.desk.rulebook.close()
        self.desk.files.close()
        self.transfers.close()
        self.search.close()
        self.worker.close()
        self.desk.close()
        self.server.online.transport.close()
        self._blobs.close()
        self._store.close()
        self.care.end()
