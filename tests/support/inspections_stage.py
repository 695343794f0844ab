"""The inspector's page on a desk on a store, for tests of its register, its form and the life of a finding."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Finding
from desktop.models.store import outbox
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.queries.base import Reader
from desktop.services.queries.finding_filter import FindingFilter
from desktop.services.queries.findings import (
    FindingDetail,
    finding_detail,
    finding_ids,
    finding_rows,
)
from desktop.views.common.fields import TextField
from desktop.views.inspections.page import InspectionsPage
from tests.support.builders import (
    make_unit,
    reference_rows,
)
from tests.support.desks import OFFLINE, open_desk
from tests.support.stores import DeskStore, open_desk_store


def write(field: TextField, text: str) -> None:
    """As an input method puts a text in, in the place of what is there."""
    field.input.setFocus()
    field.input.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field.input, event)


def _detail(finding_id: str, r: Reader) -> FindingDetail | None:
    return finding_detail(r, finding_id)


class Stage:
    """The page on a desk on a store, as an officer sees it."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.page = self.rebuild()

    def release(self) -> None:
        """Let go of the page that is there at the end."""
        self.page.release()

    def rebuild(self) -> InspectionsPage:
        """The page made anew, as after a restart or a change of language."""
        page = self.page = InspectionsPage(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1166, 720)
        with self.qtbot.waitExposed(page):
            page.show()
        return page

    def begin(self, ticket_id: str) -> None:
        self.page.begin_finding(ticket_id)
        self.qtbot.waitUntil(lambda: self.page.form.value() is not None)

    def choose_code(self, code: str) -> None:
        combo = self.page.form.form.code.input
        combo.setCurrentIndex(combo.findData(code))
        combo.activated.emit(combo.currentIndex())

    def listed(self) -> list[Finding]:
        found = self.store.ask(lambda r: finding_rows(r, finding_ids(r, FindingFilter()).rids))
        details = [self.store.ask(partial(_detail, row.finding_id)) for row in found]
        return [detail.finding for detail in details if detail is not None]

    def only(self) -> Finding:
        (finding,) = self.listed()
        return finding

    def shown(self, state: str) -> None:
        """Wait for a finding in this state to be on screen."""
        self.qtbot.waitUntil(lambda: self.state() == state)

    def state(self) -> str:
        sheet = self.page.pane.sheet()
        return sheet.detail.finding.state if sheet else ""

    def kinds(self) -> list[str]:
        with self.store.store.read() as connection:
            return [entry.op.kind for entry in outbox.in_states(connection, outbox.UNSENT)]

    def changed_fields(self) -> list[str]:
        with self.store.store.read() as connection:
            ops = [e.op for e in outbox.in_states(connection, outbox.UNSENT)]
        return [change.field for op in ops if op.kind == "finding.edit" for change in op.changes]


class Theatre:
    """Opens stages; closes everything in order at the end."""

    def __init__(self, qtbot: QtBot, folder: Path, stack: ExitStack) -> None:
        self._qtbot, self.folder, self.stack = qtbot, folder, stack

    def open(self, *rows: object, connection: Connection = OFFLINE) -> Stage:
        store = self.stack.enter_context(open_desk_store(self.folder))
        store.pull(*reference_rows(), make_unit("u-water", "自来水公司"), *rows)  # type: ignore[arg-type]
        desk = self.stack.enter_context(open_desk(store, language="en", connection=connection))
        stage = Stage(self._qtbot, store, desk)
        self.stack.callback(stage.release)
        return stage
