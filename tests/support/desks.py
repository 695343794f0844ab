"""A real Desk over a real encrypted store, without a network: what a page's test needs.

    with open_desk_store(tmp_path) as store, open_desk(store) as desk:
        store.pull(*reference_rows(), ticket := make_ticket())
        page = SupervisionPage(desk)

Its lanes are threads: wait for what you want to see (``qtbot.waitUntil``), never for a time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from sqlalchemy import Connection as Database

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import TYPE_OF, Row, Ticket
from desktop.models.domain.oversight import (
    AuditPage,
    Recusal,
    ReportAsk,
    ReportDecision,
    ReportReveal,
    ReportReveals,
    RequesterAccess,
)
from desktop.models.domain.profile import CalendarData, RuleProfile
from desktop.models.domain.wire import (
    AdvanceClock,
    FieldBlock,
    Lease,
    LeaseHolders,
    NewFieldBlock,
    Revealed,
    RevealRequest,
    RulesVersion,
    RulesVersions,
    ServerMeta,
)
from desktop.models.store.blobs import open_blobs
from desktop.services.background.connection import Connection, Failure
from desktop.services.background.desk import Desk, Identity
from desktop.services.background.files import Files
from desktop.services.background.online import Online
from desktop.services.background.oversight import Oversight
from desktop.services.background.rulebook import Rulebook
from desktop.services.queries.reference import load_reference
from desktop.services.telephony.line import PracticeLine
from desktop.services.transfers.opened import OpenFolder
from desktop.services.transfers.shelf import Shelf

from .stores import KEY, DeskStore

OFFLINE = Connection(state="offline", failure=Failure(code="offline"))
ONLINE = Connection(state="online")


class Unreachable(Exception):
    """What the client raises when nothing answers."""

    code = "offline"


class NoServer:
    """The server's endpoints on a machine without a network: every call fails as the client's would."""

    def claim_next(self) -> Lease | None:
        raise Unreachable

    def claim(self, visit_id: str, takeover_reason: str = "") -> Lease:
        raise Unreachable

    def lease_holders(self) -> LeaseHolders:
        raise Unreachable

    def take_block(self, asked: NewFieldBlock) -> FieldBlock:
        raise Unreachable

    def give_block_back(self, block_id: str) -> None:
        raise Unreachable

    def renew_lease(self, lease_id: str, epoch: int) -> Lease:
        raise Unreachable

    def release_lease(self, lease_id: str) -> None:
        raise Unreachable

    def dialling(self, lease_id: str, epoch: int) -> None:
        raise Unreachable

    def reveal(self, contact_id: str, request: RevealRequest) -> Revealed:
        raise Unreachable

    def advance_clock(self, request: AdvanceClock) -> ServerMeta:
        raise Unreachable


class NoRules:
    """The server's rules on a machine without a network."""

    def rules_versions(self) -> RulesVersions:
        raise Unreachable

    def rules_of_version(self, version: int) -> RuleProfile | None:
        raise Unreachable

    def country_calendar(self) -> CalendarData:
        raise Unreachable

    def publish_rules(self, rules: RuleProfile) -> RulesVersion:
        raise Unreachable


class NoRecords:
    """The server's record on a machine without a network."""

    def report_reveals(self) -> ReportReveals:
        raise Unreachable

    def ask_report(self, asked: ReportAsk) -> ReportReveal:
        raise Unreachable

    def decide_report(self, request_id: str, decision: ReportDecision) -> ReportReveal:
        raise Unreachable

    def reveal_report(self, request_id: str) -> Revealed:
        raise Unreachable

    def withdraw_report(self, request_id: str) -> None:
        raise Unreachable

    def recuse(self, ticket_id: str, recusal: Recusal) -> None:
        raise Unreachable

    def lift_recusal(self, ticket_id: str, person_id: str) -> None:
        raise Unreachable

    def audit(self, **filters: str | int) -> AuditPage:
        raise Unreachable

    def requester_access(self, requester_id: str) -> RequesterAccess:
        raise Unreachable


class DeskFiles(Files):
    """The files of a desk without a network, over real blobs."""

    def __init__(self, desk: Desk, store: DeskStore) -> None:
        self.blobs = open_blobs(store.store.path.with_suffix(".blobs"), KEY)
        folder = OpenFolder(store.store.path.parent)
        super().__init__(desk, Shelf(self.blobs, folder, store.new_id), parent=desk)

    def close(self) -> None:
        super().close()
        self.blobs.close()


def make_desk(
    store: DeskStore,
    *,
    language: str = "zh",
    connection: Connection = OFFLINE,
    parent: QObject | None = None,
) -> Desk:
    """A Desk on ``store`` with the store's person, rules, clock and ids; ``close()`` it (or use :func:`open_desk`)."""
    with store.store.read() as database:
        reference = load_reference(database)
    identity = Identity(me=store.me, profile=store.profile, reference=reference)

    def learn(database: Database) -> Identity:
        return Identity(me=store.me, profile=store.profile, reference=load_reference(database))

    desk = Desk(
        store.store,
        identity,
        clock=store.clock,
        new_id=store.new_id,
        language=language,
        learn=learn,
        parent=parent,
    )
    desk.connection = connection
    desk.files = DeskFiles(desk, store)
    desk.online = Online(NoServer(), clock=store.clock, policy=store.profile.lease, parent=desk)
    desk.oversight = Oversight(NoRecords(), desk, new_id=store.new_id)
    desk.rulebook = Rulebook(NoRules(), desk)
    desk.line = PracticeLine(
        clock=store.clock, rng=random.Random(1), connect_ms=1, ring_ms=(1, 2), parent=desk
    )
    return desk


@contextmanager
def open_desk(store: DeskStore, *, language: str = "zh", connection: Connection = OFFLINE) -> Iterator[Desk]:
    """:func:`make_desk`, closed at the end."""
    desk = make_desk(store, language=language, connection=connection)
    try:
        yield desk
    finally:
        desk.files.close()
        desk.online.close()
        desk.oversight.close()
        desk.rulebook.close()
        desk.close()


def pull(desk: Desk, store: DeskStore, *rows: Row) -> None:
    """Server rows arrive: into the store, then told to the pages as a sync page would."""
    store.pull(*rows)
    keys = [(TYPE_OF[type(row)], row.id) for row in rows]
    desk.committed(Changes.of(keys, [row.id for row in rows if isinstance(row, Ticket)]))
