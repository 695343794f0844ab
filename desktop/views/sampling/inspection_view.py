"""One inspection as it is read: its plan, how its sample came to be, and the tickets of the sample.

Fed with an `InspectionSheet`; must not fetch and carries no commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.entities import Inspection
from desktop.models.domain.privacy import viewer_of
from desktop.services.background.desk import Desk
from desktop.services.queries.inspections import InspectionSheet
from desktop.views.common import case_words, clipboard
from desktop.views.common import inspection_words as words
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.layouts import row
from desktop.views.common.pills import Pill
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.timeline import Entry, Timeline
from desktop.views.sampling.rows import TicketModel, ticket_columns

_LEAST_ROWS, _MOST_ROWS = 4, 14


class InspectionView(QWidget):
    """See the module's docstring; put it into a panel that scrolls."""

    #: Enter or a double click on a ticket: its number.
    ticket_entered = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state = Pill(parent=self, mark=False)
        self._kind = Pill(parent=self, mark=False)
        self._number = PlainLabel(kind="small", tone="secondary", selectable=True)
        self._title = PlainLabel(kind="title", wrap=True, selectable=True)
        self._about = PlainLabel(tone="secondary", wrap=True, selectable=True)
        self.notice = NoticeBar(kind="info", dismissible=False)
        self._purpose = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._plan_title = Section(self.tr("How it is gone about"))
        self._plan = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._checklist_title = Section(self.tr("What is looked at in each ticket"))
        self._checklist = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._result_title = Section(self.tr("What came of it"))
        self._result = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.course = Timeline(self.tr("How the sample came to be"))
        self.model = TicketModel(self)
        self.tickets = ListTable(ticket_columns(), name=self.tr("Sample"), memory_key="sample_tickets")
        self.tickets.setModel(self.model)
        self.tickets.activated_row.connect(self.ticket_entered)
        self._sample_title = Section(self.tr("Sample"))
        first = row(self._state, self._kind)
        first.addStretch(1)
        first.addWidget(self._number)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(first)
        for widget in (
            self._title,
            self._about,
            self.notice,
            Section(self.tr("Purpose")),
            self._purpose,
            self._plan_title,
            self._plan,
            self._checklist_title,
            self._checklist,
            self._result_title,
            self._result,
            Section(self.tr("How the sample came to be")),
            self.course,
            self._sample_title,
            self.tickets,
        ):
            whole.addWidget(widget)

    def set_sheet(self, sheet: InspectionSheet) -> None:
        """Show an inspection."""
        inspection = sheet.inspection
        clipboard.about(self, "inspection", inspection.id)
        self._state.set_state(words.state(inspection.state), words.state_light(inspection.state))
        self._kind.set_state(words.kind(inspection.kind), "provisional")
        self._number.setText(inspection.number or self.tr("Numbered when it is issued"))
        self._title.setText(inspection.title)
        self._about.setText("\n".join(self._lines(inspection)))
        self.notice.setVisible(bool(sheet.pending))
        if sheet.pending:
            self.notice.set_notice(self.tr("What was done here last is waiting to be sent."), "info")
        self._purpose.setText(inspection.purpose or self.tr("Not written yet"))
        for title, label, text in (
            (self._plan_title, self._plan, inspection.plan),
            (self._checklist_title, self._checklist, "\n".join(self._items(inspection))),
            (self._result_title, self._result, inspection.result or inspection.withdraw_reason),
        ):
            label.setText(text)
            title.setVisible(bool(text))
            label.setVisible(bool(text))
        self.course.set_entries(list(self._course(inspection)))
        self.model.set_tickets(sheet.tickets, checks=viewer_of(self._desk.me).office)
        for widget in (self._sample_title, self.tickets):
            widget.setVisible(bool(sheet.tickets))
        rows = min(max(len(sheet.tickets), _LEAST_ROWS), _MOST_ROWS)
        self.tickets.setFixedHeight((rows + 1) * self.tickets.verticalHeader().defaultSectionSize() + 4)

    def _lines(self, inspection: Inspection) -> Iterator[str]:
        desk, comma = self._desk, self.tr(", ")
        mandate = words.mandate(desk.profile, inspection.mandate, desk.language, inspection.mandate_words)
        if mandate:
            yield self.tr("Mandate: {words}").format(words=mandate)
        units = comma.join(desk.reference.unit_name(unit) or unit for unit in inspection.unit_ids)
        yield self.tr("Units: {words}").format(words=units or "—")
        period = self.tr("Tickets {by} from {first} to {last}")
        yield period.format(
            by=words.by_date(inspection.by_date), first=inspection.from_day, last=inspection.to_day
        )
        if inspection.request_types:
            types = comma.join(case_words.request_type(code) for code in inspection.request_types)
            yield self.tr("Types: {words}").format(words=types)
        names = [self._name(person) for person in inspection.inspector_ids]
        yield self.tr("Inspectors: {words}").format(words=comma.join(names) or "—")
        for recusal in inspection.recusals:
            gone = self.tr("Recused: {who}, because {reason}")
            yield gone.format(who=self._name(recusal.person_id), reason=recusal.reason)

    def _items(self, inspection: Inspection) -> Iterator[str]:
        """The lines that an inspector goes through: the unit prepares by the same ones."""
        checklist = self._desk.profile.inspections.checklist(inspection.checklist)
        for item in checklist.items if checklist is not None else ():
            line = self.tr("{words} · fails the ticket") if item.critical else self.tr("{words} · weight {n}")
            yield line.format(words=item.words(self._desk.language), n=item.weight)

    def _name(self, person_id: str) -> str:
        person = self._desk.reference.persons.get(person_id)
        return person.name if person is not None else self.tr("a colleague")

    def _course(self, inspection: Inspection) -> Iterator[Entry]:
        steps: tuple[tuple[datetime | None, str, str, str, str], ...] = (
            (inspection.closed_at, self.tr("Closed"), inspection.closed_by, "", "circle-check"),
            (
                inspection.drawn_at,
                self.tr("Drawn by the seed"),
                inspection.drawn_by,
                f"{inspection.seed}  ·  {inspection.seed_source}",
                "check",
            ),
            (
                inspection.fixed_at,
                self.tr("Criteria fixed"),
                inspection.fixed_by,
                self._criteria(inspection),
                "stamp",
            ),
            (
                inspection.frozen_at,
                self.tr("Frame frozen"),
                inspection.frozen_by,
                self._frame(inspection),
                "clipboard-check",
            ),
            (inspection.issued_at, self.tr("Issued"), inspection.issued_by, "", "flag"),
            (inspection.created_at, self.tr("Planned"), inspection.author_name, "", "pencil"),
        )
        for place, (at, title, actor, body, icon) in enumerate(steps):
            if at is not None:
                when = case_words.moment(self._desk.profile, at, self._desk.now())
                yield Entry(f"step:{place}", when, title, actor, body, icon=icon)

    def _criteria(self, inspection: Inspection) -> str:
        said = self.tr("{method}; {n} by lot; in any case: {musts}. The seed will come from: {source}")
        return said.format(
            method=words.method(inspection.method),
            n=f"{inspection.size:,}",
            musts=words.musts(inspection.musts, inspection.rework_from),
            source=inspection.seed_source,
        )

    def _frame(self, inspection: Inspection) -> str:
        part = self.tr("{unit} {size}")
        drawn = self.tr("{unit} {size}, of which {musts} in any case and {lots} by lot")
        lines = [
            (drawn if inspection.drawn_at else part).format(
                unit=self._desk.reference.unit_name(each.unit_id) or each.unit_id,
                size=f"{each.size:,}",
                musts=each.musts,
                lots=each.lots,
            )
            for each in inspection.parts
        ]
        digest = self.tr("SHA-256 {digest}").format(digest=inspection.frame) if inspection.frame else ""
        return "\n".join((*lines, *((digest,) if digest else ())))
