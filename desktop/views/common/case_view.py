"""One case as every page shows it: header, requester masked, the reason of the due time, clocks, texts, timeline.

`CaseView(desk)` is a widget for the body of a panel; `set_panel(panel)` shows what `queries.ticket_panel` answered.
It carries no commands: a page adds its own buttons. Must not fetch, and must not show more than it was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.models.domain.entities import Ticket
from desktop.models.domain.privacy import may_ask_requester, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.background.files import Target
from desktop.services.commands.attachments import About
from desktop.services.queries.ticket_panel import Clock, TicketPanel
from desktop.views.common import case_words as words
from desktop.views.common import clipboard, theme
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.buttons import Button
from desktop.views.common.case_reveal import RevealBox
from desktop.views.common.case_timeline import entries_of, notice_name
from desktop.views.common.colleagues import ColleaguesLine
from desktop.views.common.layouts import FlowLayout
from desktop.views.common.marked_label import MarkedLabel
from desktop.views.common.pills import Mark, Pill
from desktop.views.common.sent_answer import SentAnswer, is_letter
from desktop.views.common.text import PlainLabel
from desktop.views.common.timeline import Timeline
from desktop.views.common.unit_words import last_words, whom_to_call
from desktop.views.common.why_due import WhyDue

_ONE_TEXT = 1_200


class CaseHeader(QWidget):
    """Standing, number, title, who handles it, who asked. Used above forms too, where the case must stay in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._compact = compact
        self._light = Pill(parent=self)
        self._number = PlainLabel(kind="small", tone="secondary", selectable=True)
        self._title = MarkedLabel(kind="title", wrap=True, selectable=True)
        self._tags = QWidget()
        self._tag_row = FlowLayout(self._tags, gap=6)
        self._handled = PlainLabel(tone="secondary", wrap=True)
        self._asked = PlainLabel(tone="secondary", wrap=True)
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(8)
        first.addWidget(self._light)
        first.addStretch(1)
        first.addWidget(self._number)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(first)
        for widget in (self._title, self._handled, self._asked, self._tags):
            whole.addWidget(widget)
        self.colleagues = ColleaguesLine(desk, self, writing=compact)
        whole.addWidget(self.colleagues)

    def set_panel(self, panel: TicketPanel) -> None:
        """Show a case."""
        ticket = panel.ticket
        self.colleagues.set_case(ticket.id)
        self._light.set_state(words.standing(panel.light, panel.span), _lit(panel.light))
        self._number.setText(ticket.number)
        self._title.setText(ticket.title)
        self._handled.setText(" · ".join(part for part in (panel.place, *self._units(panel)) if part))
        kind = [words.request_type(ticket.request_type), words.channel(ticket.channel)]
        category = panel.category.rsplit(" / ", 1)[-1]
        state = words.ticket_state(ticket.state)
        self._asked.setText(" · ".join(part for part in (*kind, category, state) if part))
        self._asked.setVisible(not self._compact)
        self._show_tags(panel)

    def set_hits(self, words: Sequence[str]) -> None:
        """Mark what was searched for, as folded words."""
        self._title.set_hits(words)

    def _units(self, panel: TicketPanel) -> list[str]:
        shown = []
        if panel.unit:
            lead = self.tr("{unit} (lead)")
            shown.append(lead.format(unit=panel.unit))
        if panel.assist_units:
            assist = self.tr("{units} (assisting)")
            shown.append(assist.format(units=", ".join(panel.assist_units)))
        officer = self._desk.reference.person_name(panel.ticket.officer_id)
        if officer:
            looked_after = self.tr("looked after by {name}")
            shown.append(looked_after.format(name=officer))
        return shown

    def _show_tags(self, panel: TicketPanel) -> None:
        _empty(self._tag_row)
        tags = [] if self._compact else self._tags_of(panel)
        for light, word in tags:
            self._tag_row.addWidget(Pill(word, light, self._tags, mark=False))
        self._tags.setVisible(bool(tags))

    def _tags_of(self, panel: TicketPanel) -> list[tuple[str, str]]:
        ticket = panel.ticket
        tags = [("overdue", words.urgency(ticket.urgency)), ("paused", words.level(ticket.level))]
        if panel.escalated:
            tags.append(("due_soon", self.tr("Escalated")))
        if ticket.noted_by_leader:
            tags.append(("due_soon", self.tr("Leader's instruction")))
        if ticket.rework:
            rework = self.tr("Rework {n}")
            tags.append(("paused", rework.format(n=ticket.rework)))
        if ticket.repeats:
            repeats = self.tr("Repeated {n}×")
            tags.append(("paused", repeats.format(n=ticket.repeats)))
        if ticket.merged_into:
            tags.append(("paused", self.tr("Merged")))
        if ticket.enterprise:
            tags.append(("accent", words.person_or_enterprise(enterprise=True)))
        return [(light, word) for light, word in tags if word]


class ClockGrid(QWidget):
    """The clocks of a case, one a line: name, until when, how it stands."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        # Until when and how it stands are read first: a long name is broken to make room for them.
        self._grid.setColumnMinimumWidth(2, theme.current().px(84))
        self._grid.setColumnMinimumWidth(3, theme.current().px(160))

    def set_panel(self, panel: TicketPanel) -> None:
        """Show a case's clocks."""
        _empty(self._grid)
        for line, clock in enumerate(panel.clocks):
            self._add(line, clock, panel)

    def _add(self, line: int, clock: Clock, panel: TicketPanel) -> None:
        name = words.clock_name(clock.kind)
        if clock.about:
            name = f"{name} {clock.about}"
        due = words.moment(self._desk.profile, clock.due_at, panel.at)
        standing, tone = self._standing(clock, panel)
        mark = "overdue" if clock.late else "normal" if clock.light == "none" else clock.light
        said = PlainLabel(standing, tone=tone, wrap=True)
        told = PlainLabel(name, wrap=True)
        cells = (Mark(mark, words.light(mark)), told, PlainLabel(due, tone="secondary"), said)
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignVCenter)

    def _standing(self, clock: Clock, panel: TicketPanel) -> tuple[str, str]:
        if clock.done_at is None:
            tone = clock.light if clock.light in ("overdue", "due_soon", "paused") else "secondary"
            return words.standing(clock.light, clock.span), tone
        done = words.moment(self._desk.profile, clock.done_at, panel.at)
        if not clock.late:
            in_time = self.tr("done {time}")
            return in_time.format(time=done), "secondary"
        by = words.working_time(clock.span) or self.tr("less than an hour")
        late = self.tr("done {time}, {span} late")
        return late.format(time=done, span=by), "overdue"


class CaseView(QWidget):
    """The whole case; put it into a panel that scrolls."""

    #: Show what needs the person on this ticket id.
    settle_requested = Signal(str)
    #: Show this unit id in the directory.
    unit_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel: TicketPanel | None = None
        self.header = CaseHeader(desk)
        self._unit = PlainLabel(kind="small", tone="secondary", wrap=True, selectable=True)
        self._directory = Button(self.tr("Directory…"), kind="link", on=self._ask_unit)
        self._requester = PlainLabel()
        self._reveal = Button(self.tr("Show…"), kind="link", on=self._ask_reveal)
        self.reveal_box = RevealBox(desk)
        self._notice = NoticeBar(kind="info", dismissible=False)
        self.needs_you = NoticeBar(kind="warn", dismissible=False)
        self.needs_you.add_action(self.tr("Settle"), self._ask_settling)
        self.needs_you.hide()
        #: Room between header and body for what a page adds: an approval, a reply.
        self.slot = QVBoxLayout()
        self.slot.setSpacing(8)
        #: The same between the texts and the files: what stands beside the case.
        self.below = QVBoxLayout()
        self.below.setSpacing(4)
        self.why_due = WhyDue()
        self._clocks = ClockGrid(desk)
        self._asked = Section(self.tr("Request"))
        self._request = MarkedLabel(wrap=True, selectable=True, limit=20_000)
        self._more = Button(self.tr("Show all"), kind="link", on=self._show_all)
        self._answered = Section(self.tr("Answer of the unit"))
        self._answer = MarkedLabel(wrap=True, selectable=True, limit=20_000)
        self._sent = SentAnswer(desk)
        self._attached = Section(self.tr("Attachments"))
        self.files = FileList(desk, with_about=True)
        self._history = Section(self.tr("Timeline"))
        self.timeline = Timeline(self.tr("Timeline"))
        self._lay_out()

    def set_hits(self, words: Sequence[str]) -> None:
        """Mark what was searched for, as folded words, in title, request and answer."""
        self.header.set_hits(words)
        self._request.set_hits(words)
        self._answer.set_hits(words)

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(4)
        who.addWidget(self._requester)
        who.addWidget(self._reveal)
        who.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.header)
        unit = QHBoxLayout()
        unit.setSpacing(4)
        unit.addWidget(self._unit, 1)
        unit.addWidget(self._directory, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(unit)
        whole.addLayout(who)
        whole.addWidget(self.reveal_box)
        whole.addWidget(self.needs_you)
        whole.addWidget(self._notice)
        whole.addLayout(self.slot)
        whole.addWidget(self.why_due)
        whole.addWidget(self._clocks)
        whole.addWidget(self._asked)
        whole.addWidget(self._request)
        whole.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._answered)
        whole.addWidget(self._answer)
        whole.addWidget(self._sent)
        whole.addLayout(self.below)
        for under in (self._attached, self.files, self._history, self.timeline):
            whole.addWidget(under)

    def panel(self) -> TicketPanel | None:
        """The case shown."""
        return self._panel

    def set_panel(self, panel: TicketPanel, *, with_notice: bool = True) -> None:
        """Show a case; the same case again keeps what is open. Without the notice where the page shows it itself."""
        other = self._panel is None or self._panel.ticket.id != panel.ticket.id
        self._panel = panel
        clipboard.about(self, "ticket", panel.ticket.id)
        if other:
            self.reveal_box.close_box()
        self.header.set_panel(panel)
        self._show_unit(panel)
        self._show_requester(panel.ticket)
        self._show_needs(panel)
        self._show_notice(panel)
        self._notice.setVisible(with_notice and panel.notice is not None)
        self.why_due.set_panel(panel)
        self._clocks.set_panel(panel)
        self._clocks.setVisible(bool(panel.clocks))
        self._show_texts(panel.ticket)
        self._show_files(panel)
        self.timeline.set_entries(entries_of(panel, self._desk.profile, self._desk.language))

    def _show_unit(self, panel: TicketPanel) -> None:
        """Whom to call there, and when the office last did: for those who call."""
        unit = self._desk.reference.units.get(panel.ticket.unit_id)
        shown = unit is not None and viewer_of(self._desk.me).office
        self._unit.setVisible(shown)
        self._directory.setVisible(shown)
        if unit is not None:
            last = last_words(panel.last_contact, self._desk.profile, self._desk.now())
            self._unit.setText("\n".join(part for part in (whom_to_call(unit), last) if part))

    def _ask_unit(self) -> None:
        if self._panel is not None:
            self.unit_requested.emit(self._panel.ticket.unit_id)

    def _show_requester(self, ticket: Ticket) -> None:
        sample = bool({"requester", "phone_tail"} & set(ticket.sample_fields))
        who = words.requester(ticket.requester_label, ticket.phone_tail, sample=sample)
        asked = self.tr("Requester: {who}")
        self._requester.setText(asked.format(who=who))
        self._reveal.setVisible(may_ask_requester(viewer_of(self._desk.me), ticket))

    def _ask_reveal(self) -> None:
        if self._panel is not None:
            self.reveal_box.ask_for(self._panel.ticket)

    def _show_needs(self, panel: TicketPanel) -> None:
        self.needs_you.setVisible(panel.needs_you > 0)
        words = self.tr("%n record(s) of yours on this case need(s) you.", "", panel.needs_you)
        self.needs_you.set_notice(words, "warn")

    def _ask_settling(self) -> None:
        if self._panel is not None:
            self.settle_requested.emit(self._panel.ticket.id)

    def _show_notice(self, panel: TicketPanel) -> None:
        notice = panel.notice
        if notice is None:
            return
        said = self.tr("{act} {number}: {state}")
        state = words.act_state(notice.rung, notice.state)
        parts = [said.format(act=words.rung(notice.rung), number=notice_name(notice), state=state)]
        if notice.state == "issued" and notice.reply_due_at is not None:
            until = self.tr("reply due {time}")
            due = words.moment(self._desk.profile, notice.reply_due_at, panel.at)
            parts.append(until.format(time=due))
        if notice.state == "returned" and notice.return_reason:
            parts.append(notice.return_reason)
        if panel.notice_pending:
            parts.append(self.tr("waiting to be sent"))
        warn = notice.state == "returned"
        self._notice.set_notice(" · ".join(parts), "warn" if warn else "info")

    def _show_texts(self, ticket: Ticket) -> None:
        long = len(ticket.request_text) > _ONE_TEXT
        self._asked.set_title(self.tr("Text of the letter") if is_letter(ticket) else self.tr("Request"))
        self._asked.setVisible(bool(ticket.request_text))
        self._request.setVisible(bool(ticket.request_text))
        self._request.setText(f"{ticket.request_text[:_ONE_TEXT]}…" if long else ticket.request_text)
        self._more.setVisible(long)
        self._answered.set_title(self._sent.show_ticket(ticket))
        self._answered.setVisible(bool(ticket.unit_answer))
        self._answer.setVisible(bool(ticket.unit_answer))
        self._answer.setText(ticket.unit_answer)

    def _show_files(self, panel: TicketPanel) -> None:
        """The case's files; on a report only cleared colleagues add one."""
        may_add = panel.ticket.level != "report" or "cleared" in self._desk.me.roles
        self.files.set_target(Target(about=About(ticket_id=panel.ticket.id)) if may_add else None)
        self.files.set_files(panel.files)
        for widget in (self._attached, self.files):
            widget.setVisible(may_add or bool(panel.files))

    def _show_all(self) -> None:
        if self._panel is not None:
            self._request.setText(self._panel.ticket.request_text)
            self._request.show_all()
            self._more.hide()


def _empty(layout: QLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()


def _lit(light: str) -> str:
    """The light a mark or pill is drawn in; a case without a running limit has a quiet one."""
    return "paused" if light == "none" else light
