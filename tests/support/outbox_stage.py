"""The outbox page over a desktop's own engine and store, against the real server in process.

    with outbox_stage(qtbot, mine, language="en") as stage:
        stage.open()

The engine syncs on the test's thread (`stage.sync()`); the page hears of it as it would from the sync thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.changes import Changes
from desktop.models.items import roles
from desktop.models.store import settings
from desktop.services.api.errors import Offline
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk, Identity
from desktop.services.background.online import Online
from desktop.services.background.oversight import Oversight
from desktop.services.background.rulebook import Rulebook
from desktop.services.queries.reference import load_reference
from desktop.services.queries.settling import Matter
from desktop.views.common import theme
from desktop.views.outbox.page import OutboxPage

from .desks import ONLINE, NoRecords, NoServer
from .engine import EngineDesk


class OutboxStage:
    """A page on a desk on an engine's store."""

    def __init__(self, qtbot: QtBot, engine: EngineDesk, desk: Desk) -> None:
        self.qtbot = qtbot
        self.engine = engine
        self.desk = desk
        self.page = OutboxPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)

    def open(self, queue: str = "needs") -> None:
        """Show the page with a queue, and wait for its first entry."""
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.page.show_queue(queue)
        self.qtbot.waitUntil(lambda: self.page.model.rowCount() > 0)
        self.shown(self.page.model.cell(0, 0, roles.ROW_ID))

    def shown(self, key: object = None) -> Matter:
        """Wait for an entry to be laid out; the selected one where none is named."""
        self.qtbot.waitUntil(lambda: self._key() == (key or self.page.table.current_id()) != "")
        matter = self.page.panel.matter()
        assert matter is not None
        return matter

    def shown_anew(self) -> None:
        """Lay the entry out once more, as after each commit, and wait for that."""
        before = self.page.panel.matter()
        self.page.refresh()
        self.qtbot.waitUntil(lambda: self.page.panel.matter() is not before)

    def _key(self) -> str:
        matter = self.page.panel.matter()
        return matter.row.key if matter is not None else ""

    def empty(self) -> None:
        """Wait for the list to be empty."""
        self.qtbot.waitUntil(lambda: self.page.model.rowCount() == 0 and self.page.panel.matter() is None)

    def sync(self) -> None:
        """One round; without a network it fails quietly, as the sync thread's would."""
        with suppress(Offline):
            self.engine.sync()
        self.desk.committed(Changes(everything=True, outbox=True))

    def story(self) -> str:
        """The sentences above the person's words."""
        return self.page.panel.story.text()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focused = QApplication.focusWidget()
        QTest.keyClick(focused or self.page, key, modifier)


@contextmanager
def desk_on(
    engine: EngineDesk,
    *,
    language: str = "en",
    scheme: theme.Scheme = "light",
    connection: Connection = ONLINE,
) -> Iterator[Desk]:
    """A Desk on the engine's store, as its person has it; for any page."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, scheme)
    with engine.store.read() as database:
        me, rules = settings.me(database), settings.profile(database)
        reference = load_reference(database)
    assert me is not None
    assert rules is not None
    desk = Desk(
        engine.store,
        Identity(me=me, profile=rules, reference=reference),
        clock=engine.office.clock,
        new_id=engine.new_id,
        offset=engine.now() - engine.office.clock.now(),
        language=language,
    )
    desk.connection = connection
    desk.oversight = Oversight(NoRecords(), desk, new_id=engine.new_id)
    desk.rulebook = Rulebook(engine.ctx.api, desk)
    desk.online = Online(NoServer(), clock=engine.office.clock, policy=rules.lease, parent=desk)
    try:
        yield desk
    finally:
        desk.online.close()
        desk.oversight.close()
        desk.rulebook.close()
        desk.close()


@contextmanager
def outbox_stage(
    qtbot: QtBot,
    engine: EngineDesk,
    *,
    language: str = "en",
    scheme: theme.Scheme = "light",
    connection: Connection = ONLINE,
) -> Iterator[OutboxStage]:
    """An outbox page on the engine's store."""
    with desk_on(engine, language=language, scheme=scheme, connection=connection) as desk:
        stage = OutboxStage(qtbot, engine, desk)
        try:
            yield stage
        finally:
            stage.page.release()
