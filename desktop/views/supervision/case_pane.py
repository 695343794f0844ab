"""The right pane: the case, or one of the forms about it, in one place. Its buttons stand at the bottom.

Fetches the case when the current ticket or the store changes; a case stays on screen until the next one is here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.tickets import is_open
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common import tokens
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar, IconButton
from desktop.views.common.case_view import CaseView
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.states import StateView
from desktop.views.common.watermark import cover
from desktop.views.common.words import error_words
from desktop.views.supervision.approval import ApprovalBox
from desktop.views.supervision.case_form import CaseForm
from desktop.views.supervision.case_menu import ask_letter, case_menu, passing_menu
from desktop.views.supervision.ladder_box import LadderBox
from desktop.views.supervision.related_box import RelatedBox

if TYPE_CHECKING:
    from desktop.views.common.letters.outputs import LetterOutputs
    from desktop.views.supervision.note_form import NotePanel
    from desktop.views.supervision.notice_form import NoticePanel
    from desktop.views.supervision.recusal_box import RecusalBox
    from desktop.views.supervision.urge_form import UrgePanel

F = TypeVar("F", bound=CaseForm)
FormName = Literal["urge", "notice", "note"]
FORMS: tuple[FormName, ...] = get_args(FormName)


class CasePane(QWidget):
    """See the module's docstring."""

    #: Something was recorded: words for the footer, and whether the next case may come.
    recorded = Signal(str, bool)
    #: "Register finding" for this ticket: the shell opens the form of the inspections page.
    finding_requested = Signal(str)
    #: "Go to the return visit".
    visit_requested = Signal(str)
    #: "report" or "instruction", and the ticket it is about.
    upward_requested = Signal(str, str)
    #: Who has seen the requester of this ticket.
    access_requested = Signal(str)
    print_requested = Signal(str)
    #: Words for the footer of the list; the case stays.
    told = Signal(str)
    link_wanted = Signal(str)
    ticket_wanted = Signal(str)
    #: A form was closed: the keyboard goes back to the list.
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id = ""
        self._wanted_form: tuple[str, FormName] | None = None
        # Each part is made in its place: a tree that moves to another parent is styled anew, widget by widget.
        self.nothing = StateView(self)
        self.side = QWidget(self)
        self.side.setMinimumWidth(tokens.DETAIL_MIN)
        self._stack = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._stack)  # first of all: a stack without a parent shows what it gets as a window
        for widget in (self.nothing, self.side):
            self._stack.addWidget(widget)
        self.bar = ActionBar(gap=6)
        self.more = IconButton("ellipsis", self.tr("More"), hint="M", on=self.open_more)
        inner = QWidget()
        self.area = self._lay_out_case(inner)
        self.case = CaseView(desk, inner)
        self.approval = ApprovalBox(desk)
        self.ladder = LadderBox(desk)
        self._trouble = NoticeBar(kind="error", parent=inner)
        self._trouble.hide()
        body = self._body = stacked(inner, (16, 12, 16, 16), gap=8)
        body.addWidget(self._trouble)
        body.addWidget(self.case)
        self.case.slot.addWidget(self.approval)
        self.case.slot.addWidget(self.ladder)
        self.related = RelatedBox(desk)
        self.case.below.addWidget(self.related)
        self._forms: dict[FormName, CaseForm] = {}
        self.nothing.set_state(
            self.tr("No ticket chosen"),
            self.tr("Choose one in the list to see its clocks and its history."),
            "",
            "inbox",
        )
        self._add_buttons()
        self.approval.decided.connect(self._decided)
        self.ladder.step_wanted.connect(self.open_notice)
        self.related.ticket_wanted.connect(self.ticket_wanted)
        cover(self)

    def _lay_out_case(self, inner: QWidget) -> QScrollArea:
        area = scrolled(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 10)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self.side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        return area

    def _add_buttons(self) -> None:
        bar = self.bar
        officer = "officer" in self._desk.me.roles
        self.urge = bar.add(self.tr("Urge"), self.open_urge, icon="bell-ring", hint="U")
        self.supervise = bar.add(self.tr("Supervise"), self.open_notice, icon="stamp", hint="S")
        self.register = bar.add(self.tr("Finding"), self.ask_finding, icon="flag", hint="F")
        for button in (self.urge, self.supervise, self.register):
            button.setVisible(officer)

    # -- forms, made when they are first opened ----------------------------------------------------------------

    @cached_property
    def urge_form(self) -> UrgePanel:
        from desktop.views.supervision.urge_form import UrgePanel

        return self._keep("urge", UrgePanel(self._desk))

    @cached_property
    def notice_form(self) -> NoticePanel:
        from desktop.views.supervision.notice_form import NoticePanel

        return self._keep("notice", NoticePanel(self._desk))

    @cached_property
    def note_form(self) -> NotePanel:
        from desktop.views.supervision.note_form import NotePanel

        return self._keep("note", NotePanel(self._desk))

    @cached_property
    def recusals(self) -> RecusalBox:
        from desktop.views.supervision.recusal_box import RecusalBox

        box = RecusalBox(self._desk)
        self.case.slot.addWidget(box)
        box.told.connect(self.told)
        box.closed.connect(self.left)
        return box

    @cached_property
    def letters(self) -> LetterOutputs:
        from desktop.views.common.letters.outputs import LetterOutputs

        made = LetterOutputs(self._desk, self)
        self._body.insertWidget(0, made.bar)
        made.told.connect(self.told)
        made.spoke.connect(self._to_top)
        return made

    def _keep(self, name: FormName, form: F) -> F:
        form.closed.connect(self._form_closed)
        form.recorded.connect(self._form_recorded)
        self._stack.addWidget(form)
        self._forms[name] = form
        return form

    def _form(self, name: FormName) -> CaseForm:
        if name == "urge":
            return self.urge_form
        return self.notice_form if name == "notice" else self.note_form

    # -- what is shown -----------------------------------------------------------------------------------------

    def ticket_id(self) -> str:
        """The ticket chosen, "" for none."""
        return self._ticket_id

    def panel(self) -> TicketPanel | None:
        """The case on screen, where it is the one chosen."""
        panel = self.case.panel()
        return panel if panel is not None and panel.ticket.id == self._ticket_id else None

    def show_ticket(self, ticket_id: str) -> None:
        """Another ticket is chosen; an open form is kept as a draft and closed."""
        if ticket_id == self._ticket_id:
            return
        form = self.open_form()
        if form is not None:
            form.form.flush()
        self._ticket_id = ticket_id
        if "letters" in self.__dict__:
            self.letters.bar.hide()  # it speaks of the case before
        if not ticket_id:
            self._stack.setCurrentWidget(self.nothing)
            return
        self.refresh()

    def refresh(self) -> None:
        """Ask for the case again."""
        ticket_id = self._ticket_id
        if ticket_id:
            self._desk.run_query(
                self, lambda r: ticket_panel(r, ticket_id), self._take, slot="case", failed=self._failed
            )

    def open_form(self) -> CaseForm | None:
        """The form that is open, if one is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, CaseForm) else None

    def _take(self, panel: TicketPanel | None) -> None:
        if panel is None:
            self._stack.setCurrentWidget(self.nothing)
            return
        if panel.ticket.id != self._ticket_id:
            return
        before = self.case.panel()
        other = before is None or before.ticket.id != panel.ticket.id
        self._trouble.hide()
        self.approval.set_panel(panel)
        self.ladder.set_panel(panel)
        self.case.set_panel(panel, with_notice=False)
        self.related.set_panel(panel)
        if "recusals" in self.__dict__:
            self.recusals.show_case(panel.ticket)
        self._judge_buttons(panel)
        form = self.open_form()
        if form is not None and form.panel is not None and form.panel.ticket.id == panel.ticket.id:
            form.update_case(panel)
        else:
            self._stack.setCurrentWidget(self.side)
        if other:
            self.area.verticalScrollBar().setValue(0)
        if self._wanted_form is not None and self._wanted_form[0] == panel.ticket.id:
            wanted, self._wanted_form = self._wanted_form[1], None
            self._open(wanted)

    def _failed(self, error: DeskError) -> None:
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()

    def _judge_buttons(self, panel: TicketPanel) -> None:
        """A button that cannot be pressed says why."""
        nobody = "" if panel.ticket.unit_id else self.tr("No unit handles this ticket yet.")
        closed = "" if is_open(panel.ticket) else self.tr("The unit has completed this ticket.")
        self.urge.set_reason(closed or nobody)
        self.supervise.set_reason(nobody if panel.notice is None else "")

    # -- what the person does ----------------------------------------------------------------------------------

    def open_urge(self) -> None:
        """U."""
        if self.urge.isEnabled():
            self._open("urge")

    def open_notice(self) -> None:
        """S."""
        if self.supervise.isEnabled():
            self._open("notice")

    def open_note(self) -> None:
        """A note for colleagues."""
        self._open("note")

    def form_name(self) -> str:
        """Which form is open, "" for none."""
        shown = self.open_form()
        return next((name for name, form in self._forms.items() if form is shown), "")

    def open_notice_on(self, ticket_id: str) -> None:
        """The notice for a ticket that is about to be shown."""
        self.open_form_on(ticket_id, "notice")

    def open_form_on(self, ticket_id: str, name: str) -> None:
        """One of the forms for a ticket that is about to be shown; a name that is none opens nothing."""
        known = next((form for form in FORMS if form == name), None)
        if known is None:
            return
        self._wanted_form = (ticket_id, known)
        if (panel := self.panel()) is not None and panel.ticket.id == ticket_id:
            self._take(panel)

    def ask_finding(self) -> None:
        """F."""
        if self._ticket_id and "officer" in self._desk.me.roles:
            self.finding_requested.emit(self._ticket_id)

    def ask_upward(self, what: str = "report") -> None:
        """Z: a one-page report upward is drafted from this case; "instruction": a leader has written on it."""
        if self._ticket_id and (what != "report" or "officer" in self._desk.me.roles):
            self.upward_requested.emit(what, self._ticket_id)

    def ask_visit(self) -> None:
        """Go to the return visit."""
        if self._ticket_id:
            self.visit_requested.emit(self._ticket_id)

    def _open(self, name: FormName) -> None:
        if "officer" not in self._desk.me.roles and name != "note":
            return
        panel = self.panel()
        if panel is None:
            self._wanted_form = (self._ticket_id, name)
            return
        form, open_now = self._form(name), self.open_form()
        if open_now is form:
            return
        if open_now is not None:
            open_now.form.flush()
        form.open_for(panel)
        self._stack.setCurrentWidget(form)
        shown = [f for f in form.form.fields if not f.isHidden()]
        gap = next((f for f in shown if f.required and f.is_empty()), None)
        if self.isVisible() and (gap is not None or shown):  # not from another page
            (gap or shown[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_more(self) -> None:
        """M: what else can be done with the case."""
        menu = case_menu(self, self._desk, self.panel())
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def fill_letters(self, menu: QMenu, panel: TicketPanel) -> None:
        """Offer the letters of a case."""
        from desktop.views.common.letters.offers import offers_of

        self.letters.fill(menu, offers_of(panel, self._desk.profile, self._desk.reference))

    def open_letters(self) -> None:
        """L: the letters of this case."""
        panel = self.panel()
        if panel is not None:
            menu = passing_menu(self)
            self.fill_letters(menu, panel)
            menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def ask_letter(self, kind: str) -> None:
        """One letter of this case, by its kind."""
        ask_letter(self, self._desk, kind)

    def _to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)

    def release(self) -> None:
        """The page is going: a letter under way is finished first."""
        if "letters" in self.__dict__:
            self.letters.close()

    def open_recusals(self) -> None:
        """Who shall have no part in this case."""
        panel = self.panel()
        if panel is not None:
            self.recusals.open_for(panel.ticket)
            self.area.ensureWidgetVisible(self.recusals)

    def ask_access(self) -> None:
        """Who has seen this requester."""
        self.access_requested.emit(self._ticket_id)

    def ask_print(self) -> None:
        """Print the case."""
        self.print_requested.emit(self._ticket_id)

    def ask_number(self) -> None:
        """Copy the number."""
        panel = self.panel()
        if panel is not None:
            self.link_wanted.emit(panel.ticket.number)

    def _form_closed(self) -> None:
        self._stack.setCurrentWidget(self.side if self.panel() is not None else self.nothing)
        self.left.emit()

    def _form_recorded(self, words: str) -> None:
        sender = self.sender()
        self.recorded.emit(words, sender is not self._forms.get("note"))

    def _decided(self, words: str) -> None:
        self.recorded.emit(words, True)

    def concerned(self, changes: Changes) -> bool:
        """Whether a commit may have changed the case on screen."""
        return (
            changes.everything or self._ticket_id in changes.ticket_ids or changes.concerns("unit", "person")
        )
