"""What stands between a caller and the visit on screen: a colleague who has it in hand, or the attempt rules.

Says it in words and offers the way on: a supervisor takes over with a reason, a caller asks for a call outside the
rules, a second person agrees or refuses. Stands in the visit, never over it; decides nothing by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.privacy import SUPERIORS
from desktop.models.domain.return_visits import exception_stands
from desktop.models.domain.wire import TakenOver
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.base import Writer
from desktop.services.commands.return_visits import ask_exception, decide_exception
from desktop.services.queries.visits import VisitInHand
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar
from desktop.views.common.fields import LineField
from desktop.views.common.words import error_words, why_not_online

from . import reasons, visit_words
from .call_session import CallSession
from .holders import Holders

CALLERS = frozenset({"return_visit", "officer"})


class ReasonLine(QFrame):
    """One line for a reason. ``given`` carries it, ``left`` says that there is none."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = LineField(self.tr("Reason"), required=True)
        bar = ActionBar()
        self.confirm = bar.add("", self._give, kind="primary", icon="check", hint="Enter")
        bar.add(self.tr("Leave it"), self.left.emit, hint="Esc")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 4, 12, 8)
        whole.setSpacing(6)
        whole.addWidget(self.field)
        whole.addWidget(bar)
        self.field.changed.connect(self._judge)
        for keys in ("Return", "Enter"):
            QShortcut(QKeySequence(keys), self.field).activated.connect(self._give)
        self.hide()

    def ask(self, verb: str) -> None:
        """Ask for the reason of what ``verb`` does."""
        self.confirm.setText(verb)
        self.field.set_value("")
        self._judge()
        self.show()
        self.field.setFocus()

    def _judge(self) -> None:
        short = len(self.field.value().strip()) < 4
        self.confirm.set_reason(self.tr("Write the reason in a few words first.") if short else "")

    def _give(self) -> None:
        self._judge()
        if not self.confirm.reason():
            self.hide()
            self.given.emit(self.field.value().strip())


class StandingBox(QWidget):
    """See the module. ``takeover_wanted`` carries the reason; ``told`` words for the page's bar."""

    takeover_wanted = Signal(str)
    told = Signal(str, str)

    def __init__(self, desk: Desk, session: CallSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._in_hand: VisitInHand | None = None
        self.holders = Holders(desk, self)
        self.holders.changed.connect(self._say)
        self.holders.taken_over.connect(self._taken_over)
        self._shown: tuple[str, str, tuple[str, ...], str] = ("", "", (), "")
        self._actions: list[Callable[[], None]] = []
        self._for = ""
        self.bar = NoticeBar(kind="info", dismissible=False)
        self.line = ReasonLine()
        self.line.given.connect(self._reason_given)
        self.line.left.connect(self.leave)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 0, 12, 4)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.line)
        self.hide()

    def show_visit(self, in_hand: VisitInHand) -> None:
        """Say what stands in the way of this visit now; nothing where nothing does."""
        if self._in_hand is None or self._in_hand.visit.id != in_hand.visit.id:
            self.line.hide()
        self._in_hand = in_hand
        self._say()

    def _say(self) -> None:
        words, kind, offers = self._standing()
        offline = why_not_online(self._desk.connection)
        shown = (words, kind, tuple(name for name, _, _ in offers), offline)
        if shown != self._shown:
            self._shown = shown
            self.bar.set_notice(words, "warn" if kind == "warn" else "info")
            self.bar.clear_actions()
            self._actions = []
            for name, deed, needs_server in offers:
                button = self.bar.add_action(name, deed)
                button.set_reason(offline if needs_server else "")
                self._actions.append(button.click)
        self.setVisible(bool(words))

    def act(self, place: int) -> None:
        """Press the first or the second of the offers, by its key."""
        if self.isVisible() and place < len(self._actions) and not self.line.isVisible():
            self._actions[place]()

    def leave(self) -> bool:
        """Escape: no reason is given after all; whether one was being asked for."""
        asked = self.line.isVisible()
        self.line.hide()
        return asked

    # -- what stands in the way --------------------------------------------------------------------------------

    def _standing(self) -> tuple[str, str, list[tuple[str, Callable[[], None], bool]]]:
        """The sentence, its kind, and what is offered: verb, deed, whether it needs the server."""
        one, desk = self._in_hand, self._desk
        if one is None or self._session.busy or one.visit.state not in ("waiting", "booked"):
            return "", "", []
        superior = bool(SUPERIORS & set(desk.me.roles))
        holder = self.holders.of(one.visit.id)
        if holder is not None:
            words = visit_words.held(desk, holder)
            over = [(self.tr("Take over…"), self._ask_takeover, True)]
            calls = bool(CALLERS & set(desk.me.roles))
            return words, "info", over if superior and calls and not (holder.block or holder.dialled) else []
        asked = one.visit.exception
        if asked is not None and asked.state == "asked":
            words = self.tr("{name} asks for one call outside the rules: {reason}")
            words = words.format(name=asked.asked_by, reason=asked.reason)
            rule = reasons.rule_in_the_way(desk, one.visit, one.attempts, desk.now())
            words = "\n".join((words, rule))
            if superior and asked.asked_by_id != desk.me.person_id:
                return (
                    words,
                    "warn",
                    [
                        (self.tr("Agree"), self._agree, True),
                        (self.tr("Refuse…"), self._ask_refusal, True),
                    ],
                )
            return words, "info", []
        if asked is not None and exception_stands(one.visit, one.attempts, desk.now()):
            words = self.tr("{name} has agreed to one call outside the rules, until {time}.")
            until = desk.profile.local(asked.until) if asked.until else desk.now()
            words = words.format(name=asked.decided_by, time=f"{until:%H:%M}")
            rule = reasons.rule_in_the_way(desk, one.visit, one.attempts, desk.now())
            return "\n".join((words, rule)), "info", []
        return self._by_the_rules(one)

    def _by_the_rules(self, one: VisitInHand) -> tuple[str, str, list[tuple[str, Callable[[], None], bool]]]:
        desk = self._desk
        if reasons.not_mine(desk, one) or reasons.call_permission(desk, one, desk.now()).allowed:
            return "", "", []
        refused = one.visit.exception
        words = reasons.against_the_rules(desk, one)
        if refused is not None and refused.state == "refused":
            last = self.tr("{reason} {name} has refused an exception: {decision}")
            words = last.format(reason=words, name=refused.decided_by, decision=refused.decision)
        return words, "info", [(self.tr("Ask for an exception…"), self._ask_exception, False)]

    # -- deeds -------------------------------------------------------------------------------------------------

    def _ask_takeover(self) -> None:
        self._for = "takeover"
        self.line.ask(self.tr("Take over"))

    def _ask_exception(self) -> None:
        self._for = "exception"
        self.line.ask(self.tr("Ask for an exception"))

    def _ask_refusal(self) -> None:
        self._for = "refusal"
        self.line.ask(self.tr("Refuse"))

    def _agree(self) -> None:
        self._decide(agreed=True, reason="")

    def _reason_given(self, reason: str) -> None:
        one = self._in_hand
        if one is None:
            return
        if self._for == "takeover":
            self.takeover_wanted.emit(reason)
        elif self._for == "refusal":
            self._decide(agreed=False, reason=reason)
        else:
            visit_id = one.visit.id
            self._run(lambda w: ask_exception(w, visit_id, reason), self._asked)

    def _decide(self, *, agreed: bool, reason: str) -> None:
        one = self._in_hand
        if one is not None:
            visit_id = one.visit.id
            self._run(lambda w: decide_exception(w, visit_id, agreed=agreed, reason=reason), self._decided)

    def _run(self, command: Callable[[Writer], Changes], then: Callable[[Changes], None]) -> None:
        self._desk.run_command(self, command, then, self._failed)

    def _taken_over(self, told: TakenOver) -> None:
        words = self.tr("{name} has taken this person over from you: {reason}")
        self.told.emit(words.format(name=told.by_name, reason=told.reason), "warn")

    def _asked(self, changes: Changes) -> None:
        words = self.tr("Asked. A superior decides; the queue shows when the call may be made.")
        self.told.emit(words, "info")

    def _decided(self, changes: Changes) -> None:
        self.told.emit(self.tr("Decided; the caller sees it in the queue."), "info")

    def _failed(self, error: DeskError) -> None:
        self.told.emit(error_words(error), "error")
