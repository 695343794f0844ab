"""The record of who saw what, for a superior: reveals, reports, numbers given out, exports, prints, copies.

Asked of the server each time and kept nowhere: what is shown is gone with the page. Every look is itself on record.
Instead of the whole record it shows that of one requester, by a case of theirs, until one goes back or leaves the page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.oversight import (
    OTHER_ACTIONS,
    SHOWN_ACTIONS,
    AuditEntry,
    AuditPage,
    Chain,
    RequesterAccess,
)
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.tickets import ticket_of_number
from desktop.views.common import oversight_words as words
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import Button
from desktop.views.common.choices import Combo
from desktop.views.common.columns import Column
from desktop.views.common.filters import SearchField
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online
from desktop.views.oversight.record_rows import RecordModel

_SHOWN, _ALL = "shown", "all"
_PAGE = 100
_NO_TICKET = "-"


class RecordPage(Page):
    """See the module's docstring."""

    #: Open the case of this ticket id.
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._ticket = ""
        self._requester = ""
        self._older: int | None = None
        self._appending = False
        self.set_title(self.tr("Access record"))
        self.model = RecordModel(self)
        self.table = ListTable(self._columns(), name=self.tr("Access record"), memory_key="access-record")
        self.table.setModel(self.model)
        self.list = ListPane(self.table)
        self.person = Combo(name=self.tr("Person"))
        self.action = Combo(name=self.tr("Act"))
        self.day = SearchField(self.tr("Day, 2024-05-14"))
        self.number = SearchField(self.tr("Ticket number"))
        for widget in (self.person, self.action, self.day, self.number):
            self.toolbar.addWidget(widget)
        self.older = Button(self.tr("Older"), icon="chevron-down", on=self._ask_older)
        self.list.footer.addWidget(self.older)
        self._chain = PlainLabel(kind="small", tone="secondary")
        self._broken = NoticeBar(kind="error", dismissible=False)
        self._broken.hide()
        self._whose = NoticeBar(dismissible=False)
        self.whole = self._whose.add_action(self.tr("The whole record"), self.show_all, icon="history")
        self._whose.hide()
        self.notices.addWidget(self._whose)
        self.notices.addWidget(self._broken)
        self.notices.addWidget(self._chain)
        self.body.addWidget(self.list)
        self._fill_choices({})
        self.person.chosen.connect(self._chosen)
        self.action.chosen.connect(self._chosen)
        self.day.searched.connect(self._chosen)
        self.number.searched.connect(self._number_given)
        self.table.activated_row.connect(self._enter)
        self.state_acted.connect(self._again)
        self.listen(desk.connection_changed, self._connection_changed)
        self._show_older()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("at", self.tr("On record"), "secondary", width=150, sortable=False, required=True),
            Column("who", self.tr("Who"), width=130, sortable=False, required=True),
            Column(
                "what", self.tr("What"), "rich", stretch=True, min_width=200, sortable=False, required=True
            ),
            Column("ticket", self.tr("Case"), width=150, sortable=False),
            Column("why", self.tr("Why"), "secondary", width=300, sortable=False),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet."""
        return (("Enter", self.tr("Open the case")),)

    # -- asking ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self._desk.connection.online:
            self._forget()
            self.show_state("offline", "", why_not_online(self._desk.connection))
            return
        self._appending = False
        self.table.set_loading(not self.model.entries())
        self.show_state("ready")
        if self._requester:
            self._desk.oversight.access(self, self._requester, self._take_access, self._failed)
            return
        self._desk.oversight.audit(self, self.filters(), self._take, self._failed)

    def show_requester(self, ticket_id: str) -> None:
        """Who saw what of the requester of this case, in all their cases that this person may know of."""
        self._turn_to(ticket_id)
        self.set_stale()

    def show_all(self) -> None:
        """The whole record again."""
        self._turn_to("")
        self.set_stale()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, ticket_id: str) -> None:
        self._forget()
        self._requester = ticket_id
        self._whose.hide()
        self._broken.hide()
        for widget in (self.person, self.action, self.day, self.number, self._chain):
            widget.setVisible(not ticket_id)

    def _take_access(self, found: RequesterAccess) -> None:
        if not self.isVisible() or not self._requester:
            return  # nobody looks any more: what came is not kept
        self.table.set_loading(False)
        self.table.set_empty(
            self.tr("Nobody has seen them"),
            self.tr("Nothing of this requester is on record."),
            "",
            "circle-check",
        )
        self.model.set_entries(tuple(reversed(found.entries)), self._desk)
        said = self.tr("Who saw what of one requester · cases: {numbers}")
        lines = [said.format(numbers=self.tr(", ").join(found.tickets))]
        if not found.complete:
            lines.append(
                self.tr("Their confidential cases and reports are left out: these need a clearance.")
            )
        self._whose.set_notice(" ".join(lines), "info")
        self._whose.show()

    def filters(self) -> dict[str, str | int]:
        """What is asked of the server: the filters chosen, as `GET /audit` names them."""
        chosen = self.action.value()
        actions = {_SHOWN: ",".join(SHOWN_ACTIONS), _ALL: ""}.get(chosen, chosen)
        return {
            "person": self.person.value(),
            "actions": actions,
            "ticket": self._ticket,
            "day": self.day.text().strip(),
            "limit": _PAGE,
        }

    def _ask_older(self) -> None:
        if self._older is not None:
            self._appending = True
            filters = self.filters() | {"before": self._older}
            self.older.setEnabled(False)
            self._desk.oversight.audit(self, filters, self._take, self._failed)

    def _take(self, page: AuditPage) -> None:
        if not self.isVisible() or self._requester:
            return  # nobody looks any more: what came is not kept
        before: tuple[AuditEntry, ...] = self.model.entries() if self._appending else ()
        self._appending = False
        self._older = page.next_before
        self.table.set_loading(False)
        self.table.set_empty(
            self.tr("Nothing on record"), self.tr("No act fits what you look for."), "", "circle-check"
        )
        self.model.set_entries((*before, *page.entries), self._desk)
        self._fill_choices(page.people)
        self._show_chain(page.chain)
        self._show_older()

    def _failed(self, error: DeskError) -> None:
        self._forget()
        self.show_state("error", "", error_words(error), self.tr("Try again"))

    def _again(self, state: str) -> None:
        self.set_stale()

    def _chosen(self, value: str) -> None:
        self.set_stale()

    def _number_given(self, text: str) -> None:
        number = text.strip()
        if not number:
            self._take_ticket("")
            return

        def find(r: Reader) -> str:
            return ticket_of_number(r, number) or _NO_TICKET

        self._desk.run_query(self, find, self._take_ticket, slot="number")

    def _take_ticket(self, ticket_id: str) -> None:
        self._ticket = ticket_id
        self.number.show_matches(self.tr("no such case") if ticket_id == _NO_TICKET else "")
        self.set_stale()

    def _connection_changed(self, connection: Connection) -> None:
        if connection.online != (self.state() == "ready"):
            self.set_stale()

    # -- showing -----------------------------------------------------------------------------------------------

    def _fill_choices(self, people: dict[str, str]) -> None:
        everybody = ("", self.tr("Everybody"))
        self._keep(self.person, [everybody, *((person, name) for person, name in people.items())])
        groups = [(_SHOWN, self.tr("Seen and let out")), (_ALL, self.tr("Everything on record"))]
        acts = [(code, words.action(code)) for code in (*SHOWN_ACTIONS, *OTHER_ACTIONS)]
        self._keep(self.action, [*groups, *acts])

    def _keep(self, combo: Combo, options: list[tuple[str, str]]) -> None:
        chosen = combo.value()
        combo.set_options(options)
        if not chosen or not combo.set_value(chosen):
            combo.set_value(options[0][0])

    def _show_chain(self, chain: Chain) -> None:
        broken = chain.broken_at is not None
        self._broken.setVisible(broken)
        self._chain.setVisible(not broken)
        if chain.broken_at is not None:
            told = self.tr("The record is not as it was written: row {row} was changed or is missing.")
            self._broken.set_notice(told.format(row=f"{chain.broken_at:,}"), "error")
        at = f"{self._desk.office_time(chain.checked_at):%Y-%m-%d %H:%M:%S}"
        seq, _, digits = chain.head.partition(":")
        said = self.tr(
            "The chain was checked at {time}: {rows} rows as they were written, the newest {seq}:{hash}…"
        )
        self._chain.setText(said.format(time=at, rows=f"{chain.rows:,}", seq=seq, hash=digits[:12]))

    def whose(self) -> str:
        """What is said of the one requester whose record is shown, "" for everybody's."""
        return self._whose.text() if not self._whose.isHidden() else ""

    def chain_words(self) -> str:
        """What is said of the chain."""
        return self._chain.text() if self._chain.isVisible() else self._broken.text()

    def _show_older(self) -> None:
        self.older.setVisible(self._older is not None)
        self.older.setEnabled(True)

    def _enter(self, row_id: str) -> None:
        entry = self.model.entry(row_id)
        if entry is not None and entry.ticket_id:
            self.ticket_requested.emit(entry.ticket_id)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn_to("")
        self.set_stale()

    def _forget(self) -> None:
        self._older = None
        self.model.set_entries((), self._desk)
        self._chain.setText("")
        self._show_older()
