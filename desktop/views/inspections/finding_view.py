"""One finding as it is read: standing, facts, requirement, evidence, tickets, and its course with the unit's replies.

Fed with a `FindingSheet`; must not fetch and carries no commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.entities import Finding
from desktop.services.background.desk import Desk
from desktop.services.background.files import Target
from desktop.services.commands.attachments import About
from desktop.views.common import case_words, clipboard, inspection_words
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.buttons import Button
from desktop.views.common.finding_clocks import FindingClocks
from desktop.views.common.layouts import row
from desktop.views.common.pills import Pill
from desktop.views.common.text import PlainLabel
from desktop.views.common.timeline import Entry, Timeline
from desktop.views.inspections.evidence import CitedTicket, FindingSheet
from desktop.views.inspections.register import code_words, number_words, severity_light, state_light

_OURS = {
    "returned": "undo-2",
    "verified": "circle-check",
    "upheld": "stamp",
    "changed": "stamp",
    "revoked": "x",
}
"""What the office answered, with its icon."""


class FindingView(QWidget):
    """See the module's docstring; put it into a panel that scrolls."""

    ticket_requested = Signal(str)
    #: Show this finding instead.
    finding_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state = Pill(parent=self, mark=False)
        self._severity = Pill(parent=self, mark=False)
        self._number = PlainLabel(kind="small", tone="secondary", selectable=True)
        self._title = PlainLabel(kind="title", wrap=True, selectable=True)
        self._about = PlainLabel(tone="secondary", wrap=True)
        self._due = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.clocks = FindingClocks()
        self.repeats = NoticeBar(kind="warn", dismissible=False)
        self.repeats.add_action(self.tr("Show it"), self._show_repeat)
        self._repeat = ""
        self._basis_title = Section(self.tr("Rule basis"))
        self._basis = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.notice = NoticeBar(kind="info", dismissible=False)
        self.facts = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.requirement = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._required = Section(self.tr("What is required"))
        self._evidence_title = Section(self.tr("Evidence"))
        self.evidence = Timeline(self.tr("Evidence"))
        self._attached = Section(self.tr("Files"))
        self.files = FileList(desk, with_about=True)
        self._tickets = QVBoxLayout()
        self._tickets.setSpacing(2)
        self.course = Timeline(self.tr("Course"))
        first = row(self._state, self._severity)
        first.addStretch(1)
        first.addWidget(self._number)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(first)
        for widget in (self._title, self._about, self._due, self.clocks, self.notice, self.repeats):
            whole.addWidget(widget)
        whole.addWidget(Section(self.tr("Facts")))
        whole.addWidget(self.facts)
        whole.addWidget(self._required)
        whole.addWidget(self.requirement)
        whole.addWidget(self._basis_title)
        whole.addWidget(self._basis)
        whole.addWidget(self._evidence_title)
        whole.addWidget(self.evidence)
        whole.addWidget(self._attached)
        whole.addWidget(self.files)
        whole.addWidget(Section(self.tr("Tickets cited")))
        whole.addLayout(self._tickets)
        whole.addWidget(Section(self.tr("Course and replies")))
        whole.addWidget(self.course)

    def set_sheet(self, sheet: FindingSheet) -> None:
        """Show a finding."""
        finding, line = sheet.detail.finding, sheet.row
        state = case_words.good_practice_state if finding.good else case_words.finding_state
        self._state.set_state(state(finding.state), state_light(finding.state))
        self._severity.set_state(case_words.severity(finding.severity), severity_light(finding.severity))
        if finding.good:
            self._severity.set_state(self.tr("Good practice"), "normal")
        clipboard.about(self, "finding", finding.id)
        self._number.setText(number_words(finding.number))
        self._title.setText(code_words(line.code, line.code_words))
        written = self.tr("written by {who}")
        about = (sheet.detail.unit_name, written.format(who=finding.author_name))
        self._about.setText(" · ".join(part for part in about if part))
        self._show_due(sheet)
        pending = sheet.detail.pending
        self.notice.setVisible(bool(pending))
        if pending:
            waiting = self.tr("What was done here last is waiting to be sent.")
            self.notice.set_notice(waiting, "info")
        self.facts.setText(finding.facts or self.tr("Not written yet"))
        self.facts.set_tone("text" if finding.facts else "faint")
        for widget in (self._required, self.requirement):
            widget.setVisible(bool(finding.requirement))
        self.requirement.setText(finding.requirement)
        self._show_basis(finding)
        self._show_repeats(sheet)
        evidence = sheet.evidence()
        for shown in (self._evidence_title, self.evidence):
            shown.setVisible(bool(evidence))
        self.evidence.set_entries(evidence)
        self._show_files(sheet)
        self._show_tickets(sheet.cited)
        self.course.set_entries(list(self._course(sheet)))

    def _show_due(self, sheet: FindingSheet) -> None:
        """A draft says how long the unit will have; afterwards each time that runs explains itself."""
        finding = sheet.detail.finding
        self._due.setText(self.tr("%n working day(s) to put it right", "", finding.rectify_days))
        self._due.setVisible(finding.state == "draft" and not finding.good)
        self.clocks.set_counters(sheet.course.counters, self._desk.now())

    def _show_basis(self, finding: Finding) -> None:
        profile, language = self._desk.profile, self._desk.language
        words = finding.basis_words or "\n".join(
            inspection_words.mandate(profile, code, language) for code in finding.basis
        )
        self._basis.setText(words)
        for widget in (self._basis_title, self._basis):
            widget.setVisible(bool(words))

    def _show_repeats(self, sheet: FindingSheet) -> None:
        """A unit's next finding of the same code is no accident; the office sees them together."""
        repeats = sheet.course.repeats if "officer" in self._desk.me.roles else ()
        self.repeats.setVisible(bool(repeats))
        self._repeat = repeats[-1].finding_id if repeats else ""
        if repeats:
            said = self.tr("{n} more of the same code at {unit} within {days} days: {numbers}")
            comma = self.tr(", ")
            named = comma.join(number_words(row.number) for row in repeats[-3:])
            days = self._desk.profile.inspections.repeat_days
            words = said.format(n=len(repeats), unit=sheet.detail.unit_name, days=days, numbers=named)
            self.repeats.set_notice(words, "warn")

    def _show_repeat(self) -> None:
        if self._repeat:
            self.finding_requested.emit(self._repeat)

    def _show_tickets(self, cited: tuple[CitedTicket, ...]) -> None:
        while self._tickets.count():
            old = self._tickets.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for ticket in cited:
            if not ticket.known:
                unknown = self.tr("A ticket that is not on this desktop")
                self._tickets.addWidget(PlainLabel(unknown, tone="faint"))
                continue
            link = Button(f"{ticket.number}  {ticket.title}", kind="link", on=self._go)
            link.setProperty("ticket", ticket.ticket_id)
            self._tickets.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_files(self, sheet: FindingSheet) -> None:
        """Evidence may be added until the finding is closed out or withdrawn."""
        finding = sheet.detail.finding
        ticket = sheet.detail.ticket
        cleared = ticket is None or ticket.level != "report" or "cleared" in self._desk.me.roles
        may_add = finding.state not in ("verified", "withdrawn") and cleared
        about = About(ticket_id=finding.ticket_id, type="finding", id=finding.id)
        self.files.set_target(Target(about=about) if may_add else None)
        self.files.set_files(sheet.files)
        for widget in (self._attached, self.files):
            widget.setVisible(may_add or bool(sheet.files))

    def _go(self) -> None:
        self.ticket_requested.emit(str(self.sender().property("ticket")))

    def _course(self, sheet: FindingSheet) -> Iterator[Entry]:
        """What happened to it, newest first; replies are never merged or replaced."""
        happened = sorted(self._happened(sheet), key=lambda told: told[0], reverse=True)
        undated = self._undated(sheet)
        if undated is not None:
            yield undated
        for _, entry in happened:
            yield entry

    def _happened(self, sheet: FindingSheet) -> Iterator[tuple[datetime, Entry]]:
        finding = sheet.detail.finding
        steps: tuple[tuple[datetime | None, str, str, str], ...] = (
            (finding.created_at, self.tr("Written"), finding.author_name, "pencil"),
            (finding.filed_at, self.tr("Filed with the unit"), finding.author_name, "flag"),
            (finding.acknowledged_at, self.tr("Receipt confirmed"), finding.acknowledged_by, "check"),
            (finding.confirmed_at, self._upheld(finding), finding.confirmed_by, "stamp"),
        )
        for place, (at, title, actor, icon) in enumerate(steps):
            if at is not None:
                yield at, Entry(f"step:{place}", self._moment(at), title, actor, icon=icon)
        for reply in sheet.detail.replies:
            role = "due_soon" if reply.stance in ("disputes", "review", "returned") else "accent"
            stance = case_words.stance(reply.stance)
            pending = bool(sheet.detail.pending) and reply.version == 0
            yield (
                reply.at,
                Entry(
                    reply.id,
                    self._moment(reply.at),
                    stance,
                    reply.by_name,
                    reply.text,
                    role=role,
                    icon=_OURS.get(reply.stance, "file-check"),
                    pending=pending,
                ),
            )

    def _undated(self, sheet: FindingSheet) -> Entry | None:
        """The step whose time the server does not tell: withdrawn, sent back, upheld."""
        finding = sheet.detail.finding
        if finding.state == "withdrawn":
            return Entry("last", "", self.tr("Withdrawn"), body=finding.withdraw_reason, icon="x")
        if finding.state == "returned" and not any(r.stance == "returned" for r in sheet.detail.replies):
            title = self.tr("Rectification sent back")
            return Entry("last", "", title, body=finding.return_reason, role="due_soon", icon="undo-2")
        if finding.state in ("confirmed", "rectifying") and finding.confirmed_at is None:
            return Entry("last", "", self._upheld(finding), role="accent", icon="stamp")
        if finding.state == "verified" and not any(r.stance == "verified" for r in sheet.detail.replies):
            at = self._moment(finding.verified_at) if finding.verified_at else ""
            return Entry("last", at, self.tr("Closed out"), icon="circle-check")
        return None

    def _upheld(self, finding: Finding) -> str:
        return self.tr("Commended") if finding.good else self.tr("Upheld; to be put right")

    def _moment(self, at: datetime) -> str:
        return case_words.moment(self._desk.profile, at, self._desk.now())
