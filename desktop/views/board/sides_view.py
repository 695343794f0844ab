"""One contradicted case: what the file says, the citizen says and the evidence says, side by side.

Every text is painted as plain text. Holds buttons for what a person may do about it; does none of it itself.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.background.desk import Desk
from desktop.services.queries.board.sides import Sides
from desktop.views.common import case_words, theme, tokens
from desktop.views.common.bars import Section
from desktop.views.common.buttons import ActionBar
from desktop.views.common.layouts import discard, hairline, scrolled, stacked
from desktop.views.common.states import StateView
from desktop.views.common.text import PlainLabel
from desktop.views.common.watermark import cover

from . import facts, sign_words

_TEXT = 1_500


class _Side(QWidget):
    """One of the three columns."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._lines: list[PlainLabel] = []
        self._body = stacked(self, (16, 0, 16, 16), gap=6)
        self._body.addWidget(Section(title))

    def clear(self) -> None:
        for line in self._lines:
            self._body.removeWidget(line)
            discard(line)
        self._lines = []

    def add(self, text: str, *, kind: str = "body", tone: str = "text") -> None:
        """One paragraph; nothing for an empty text."""
        if text.strip():
            line = PlainLabel(text, kind=kind, tone=tone, wrap=True, selectable=True, limit=_TEXT)
            self._lines.append(line)
            self._body.addWidget(line)

    def words(self) -> tuple[str, ...]:
        """The paragraphs, in order."""
        return tuple(line.text() for line in self._lines)


class SidesView(QWidget):
    """See the module's docstring."""

    finding_wanted = Signal()
    aside_wanted = Signal()
    case_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sides: Sides | None = None
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("No case chosen"), self.tr("Choose one to see what stands against what."), "", "inbox"
        )
        self._number = PlainLabel(kind="strong")
        self._title = PlainLabel(kind="title", tone="text")
        self.bar = ActionBar(gap=6)
        self.finding = self.bar.add(
            self.tr("Draft a finding F01"), self.finding_wanted.emit, kind="primary", icon="flag", hint="F"
        )
        self.aside = self.bar.add(self.tr("Put aside"), self.aside_wanted.emit, icon="minus", hint="X")
        self.open = self.bar.add(
            self.tr("Open the case"), self.case_wanted.emit, icon="external-link", hint="Enter"
        )
        self.file = _Side(self.tr("The file says"))
        self.citizen = _Side(self.tr("The citizen says"))
        self.evidence = _Side(self.tr("The evidence says"))
        self._lay_out()
        cover(self)
        self.show_sides(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(12)
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        for place, side in enumerate((self.file, self.citizen, self.evidence)):
            if place:
                columns.addWidget(_Upright())
            columns.addWidget(side, 1)
        self.area = scrolled(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = QWidget()
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(0)
        shown.addLayout(head)
        shown.addWidget(hairline())
        shown.addWidget(self.area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.nothing)
        whole.addWidget(self._shown)
        self.setMinimumHeight(tokens.DETAIL_MIN // 2)

    def sides(self) -> Sides | None:
        """The case shown."""
        return self._sides

    def show_sides(self, sides: Sides | None) -> None:
        """Show a case, or that none is chosen."""
        before, self._sides = self._sides, sides
        self.nothing.setVisible(sides is None)
        self._shown.setVisible(sides is not None)
        if sides is None:
            return
        self._number.setText(sides.ticket.number)
        self._title.setText(sides.ticket.title)
        for side in (self.file, self.citizen, self.evidence):
            side.clear()
        self._fill_file(sides)
        self._fill_citizen(sides)
        self._fill_evidence(sides)
        if before is None or before.case.ticket_id != sides.case.ticket_id:
            self.area.verticalScrollBar().setValue(0)

    def _fill_file(self, sides: Sides) -> None:
        desk, ticket = self._desk, sides.ticket
        if ticket.completed_at is not None:
            said = self.tr("{unit} said done on {time}").format(
                unit=desk.reference.unit_name(ticket.unit_id), time=self._moment(ticket.completed_at)
            )
            self.file.add(said, kind="strong")
        times = [self.tr("Received {time}").format(time=self._moment(ticket.received_at))]
        if ticket.first_contact_at is not None:
            times.append(self.tr("first contact {time}").format(time=self._moment(ticket.first_contact_at)))
        if ticket.due_at is not None:
            times.append(self.tr("due {time}").format(time=self._moment(ticket.due_at)))
        self.file.add(" · ".join(times), kind="small", tone="secondary")
        self.file.add(ticket.unit_answer)
        entry = sides.said_done
        if entry is not None and entry.text and entry.text != ticket.unit_answer:
            self.file.add(
                " ".join(part for part in (entry.actor, entry.text) if part), kind="small", tone="secondary"
            )

    def _fill_citizen(self, sides: Sides) -> None:
        desk, visit = self._desk, sides.visit
        told = self.tr("Told the return visit on {time}").format(time=self._moment(sides.case.said_at))
        self.citizen.add(told, kind="strong")
        if visit.completed_by:
            self.citizen.add(
                self.tr("Visited by {name}").format(name=visit.completed_by), kind="small", tone="secondary"
            )
        answers = visit.answers
        if answers is not None:
            for question, answer in facts.answered(desk.profile, answers, desk.language):
                self.citizen.add(f"{question}  {answer}")
            self.citizen.add(answers.still_missing)
            self.citizen.add(answers.note, kind="small", tone="secondary")
        self.citizen.add(
            self.tr("Asked for: {text}").format(text=sides.ticket.request_text),
            kind="small",
            tone="secondary",
        )

    def _fill_evidence(self, sides: Sides) -> None:
        case = sides.case
        shown = sign_words.shown_on(case)
        for words in sign_words.combination(case):
            self.evidence.add(words)
        for sign in shown:
            self.evidence.add(sign_words.sentence(sides, sign), kind="strong")
            self.evidence.add(sign_words.rate(case, sign), kind="small", tone="secondary")
        if not shown:
            self.evidence.add(self.tr("Nothing else in the file speaks against it."))
        for sign in case.signs:
            if sign not in shown:
                said = self.tr("The citizen says: {sign}").format(sign=sign_words.name(sign))
                self.evidence.add(said)
                self.evidence.add(sign_words.rate(case, sign), kind="small", tone="secondary")
        self.evidence.add(
            self.tr("These are signs and no verdict: a person decides."), kind="small", tone="secondary"
        )

    def _moment(self, at: datetime) -> str:
        return case_words.moment(self._desk.profile, at, self._desk.now())


class _Upright(QWidget):
    """One vertical line of one pixel in the hairline colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("hairline"))
