"""Instructions and urgent reports: what leaders wrote, first of all, and what goes up to them, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.models.items.frozen import FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.queries.base import Reader
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.services.queries.upward import UPWARD_QUEUES, UpwardCase, UpwardQueue, upward_case

if TYPE_CHECKING:
    from desktop.models.domain.entities import UrgentReport
    from desktop.views.common.letters.outputs import LetterOutputs

from desktop.views.common.paired_page import Found, PairedPage

from . import queues
from .instruction_card import InstructionCard, InstructionWriter
from .report_card import ReportCard
from .upward_rows import upward_columns, upward_rows


class UpwardPage(PairedPage):
    """See the module's docstring."""

    TYPES = ("instruction", "urgent_report")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        name = self.tr("Instructions and reports")
        super().__init__(desk, UPWARD_QUEUES, upward_columns(), name, "upward", parent)
        self.writer = InstructionWriter(desk)
        self.instruction = InstructionCard(desk)
        self.report = ReportCard(desk)
        for card in (self.writer, self.instruction, self.report):
            self.add_card(card)
        for recorded in (self.writer.recorded, self.instruction.recorded, self.report.recorded):
            recorded.connect(self._recorded)
        self.writer.closed.connect(self._closed)
        self.report.closed.connect(self._closed)
        self.report.instruction_wanted.connect(self._came_back)
        self.report.paper_wanted.connect(self._save_paper)
        self.bind(
            ("N", self.new_instruction),
            ("F7", self.new_instruction),
            ("A", self.report.press_approve),
            ("F8", self.report.press_approve),
            ("R", self.report.press_return),
            ("F9", self.report.press_return),
            ("S", self.report.press_sent),
            ("F10", self.report.press_sent),
            ("D", self.report.press_paper),
            ("F11", self.report.press_paper),
            ("W", self._withdraw),
            ("F4", self._withdraw),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("N  F7", self.tr("Register an instruction")),
            ("Ctrl+Enter", self.tr("Report back, register, submit")),
            ("A  F8", self.tr("Approve the report")),
            ("R  F9", self.tr("Return the report")),
            ("S  F10", self.tr("Record the report as sent")),
            ("D  F11", self.tr("Save the report as a document")),
            ("W  F4", self.tr("Withdraw it: first the reason, then F4 again")),
            ("Ctrl+S", self.tr("Keep the report as a draft")),
            ("O  F12", self.tr("Open the case")),
            ("J  K", self.tr("Next, previous line")),
            ("F6", self.tr("List, card")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def begin(self, what: str, ticket_id: str) -> None:
        """From a case: "report" drafts an urgent report, "instruction" registers one."""

        def ask(r: Reader) -> tuple[str, TicketPanel | None]:
            return what, ticket_panel(r, ticket_id)

        self.desk.run_query(self, ask, self._begin, slot="begin", failed=self.say_trouble)

    def new_instruction(self) -> None:
        """N: on no case; on the report on screen, where one was sent."""
        row = self.report.row()
        if row is not None and not self.report.isHidden() and row.state == "sent":
            self._came_back()
            return
        self.writer.begin()
        self._make_room()

    # -- the list and the card ---------------------------------------------------------------------------------

    def lines(self, queue: str) -> Callable[[Reader], tuple[FrozenRow, ...]]:
        key: UpwardQueue = next(q for q in UPWARD_QUEUES if q == queue)
        return lambda r: upward_rows(r, key)

    def one(self, key: str) -> Callable[[Reader], Found | None]:
        entity_type, _, entity_id = key.partition(":")

        def ask(r: Reader) -> Found | None:
            case = upward_case(r, entity_type, entity_id)
            return None if case is None else Found(key, case, case.panel)

        return ask

    def show_thing(self, found: Found | None) -> None:
        thing = found.thing if found is not None else None
        case = thing if isinstance(thing, UpwardCase) else None
        self.report.show_case(case)
        self.instruction.show_case(case)
        self._make_room()

    def queue_title(self, queue: str) -> str:
        return queues.upward_title(queue)

    def empty_words(self, queue: str) -> str:
        return queues.upward_empty(queue)

    def enter(self, key: str) -> None:
        if not self.report.isHidden():
            self.report.take_focus()
        else:
            self.instruction.take_focus()

    def _begin(self, asked: tuple[str, TicketPanel | None]) -> None:
        what, panel = asked
        if panel is None:
            return
        if what == "report":
            self.show_queue("reports")
            self.writer.hide()
            self.report.begin(panel)
        else:
            ticket = panel.ticket
            self.writer.begin(ticket_id=ticket.id, unit_id=ticket.unit_id, number=ticket.number)
        self._make_room()
        self.panel.area.verticalScrollBar().setValue(0)

    def _withdraw(self) -> None:
        """W: whichever of the two is on screen."""
        if not self.instruction.isHidden():
            self.instruction.press_withdraw()
        elif not self.report.isHidden():
            self.report.press_withdraw()

    def _came_back(self) -> None:
        row = self.report.row()
        if row is not None:
            panel = self.case.panel()
            unit_id = panel.ticket.unit_id if panel is not None else ""
            number = panel.ticket.number if panel is not None else ""
            self.writer.begin(ticket_id=row.ticket_id, unit_id=unit_id, number=number, report_id=row.id)
            self._make_room()

    def _make_room(self) -> None:
        """One card at a time: what is being written, else what is chosen; Ctrl+Enter is that card's."""
        if not self.writer.isHidden():
            self.report.hide()
        if not self.writer.isHidden() or self.report.writing():
            self.instruction.hide()
            self.nothing.hide()

    @cached_property
    def letters(self) -> LetterOutputs:
        """Made when the first document is wanted."""
        from desktop.views.common.letters.outputs import LetterOutputs

        made = LetterOutputs(self.desk, self)
        self.panel.body.insertWidget(0, made.bar)
        made.told.connect(self.tell)
        return made

    def release(self) -> None:
        """The page is going: a document under way is finished first."""
        if "letters" in self.__dict__:
            self.letters.close()
        super().release()

    def _save_paper(self, row: UrgentReport, number: str) -> None:
        from desktop.views.common.letters.offers import offer_of_report

        self.letters.ask(offer_of_report(row, number))

    def _recorded(self, words: str) -> None:
        self.tell(words)
        self.step_on()
        self.set_stale()

    def _closed(self) -> None:
        self.step_on()
        self.set_stale()
