"""The guide: six steps once round the office, each with a button that goes there and a tick when it is done.

It watches what was committed; it never does the work itself and is never in the way: it can be folded and dismissed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.views.common import theme
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.icons import paint_icon
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel

STEPS = ("overdue", "urge", "notice", "visit", "finding", "answer")


@dataclass(frozen=True)
class GuideEvent:
    """Something that happened: a page was opened, a row of a type was made by this person, online or not."""

    page: str = ""
    made: frozenset[str] = frozenset()
    role: str = ""
    online: bool = True
    case_opened: bool = False


_DONE: dict[str, Callable[[GuideEvent], bool]] = {
    "overdue": lambda e: e.case_opened,
    "urge": lambda e: "urge" in e.made and e.role == "officer",
    "notice": lambda e: "notice" in e.made and e.role == "officer",
    "visit": lambda e: bool({"attempt", "visit"} & e.made) and e.role == "return_visit",
    "finding": lambda e: "finding" in e.made and e.role == "officer",
    "answer": lambda e: bool({"finding_reply", "notice"} & e.made) and e.role == "liaison" and not e.online,
}


class StepMark(QWidget):
    """The number of a step in a ring, or a tick."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.state = "waiting"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str) -> None:
        """ "waiting", "next" or "done"."""
        self.state = state
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(20)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRect(0, 0, self.width(), self.height()).adjusted(1, 1, -1, -1)
        if self.state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("fine_soft"))
            painter.drawEllipse(ring)
            paint_icon(painter, "check", ring.adjusted(3, 3, -3, -3), "fine")
            return
        role = "accent" if self.state == "next" else "faint"
        painter.setPen(QPen(now.color(role), 1.4))
        painter.drawEllipse(ring)
        painter.setFont(now.font("pill"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class GuideCard(QFrame):
    """One line of steps and one line that says what the next one is about. Lies in the layout, over nothing.

    ``go_asked`` carries the code of the step whose place is wanted; ``dismissed`` when the card is closed.
    """

    go_asked = Signal(str)
    dismissed = Signal()

    def __init__(self, done: frozenset[str] = frozenset(), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._done = set(done)
        self._marks: dict[str, StepMark] = {}
        self._titles: dict[str, PlainLabel] = {}
        steps = row(PlainLabel(self.tr("Once round the office"), kind="strong"), gap=8)
        for number, code in enumerate(STEPS, 1):
            mark, title = StepMark(number), PlainLabel(self._title(code), kind="small")
            self._marks[code], self._titles[code] = mark, title
            steps.addSpacing(8)
            steps.addWidget(mark)
            steps.addWidget(title)
        steps.addStretch(1)
        steps.addWidget(IconButton("x", self.tr("Close the guide"), self, on=self.dismissed.emit))
        self._hint = PlainLabel(kind="small", tone="secondary")
        self._go = Button(self.tr("Go there"), kind="link", icon="chevron-right", on=self._go_there)
        below = row(self._hint, self._go, gap=4)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 4, 8, 4)
        whole.setSpacing(0)
        whole.addLayout(steps)
        whole.addLayout(below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show()

    @property
    def done(self) -> frozenset[str]:
        """The codes of the steps done."""
        return frozenset(self._done)

    def next_step(self) -> str:
        """The first step not done, "" when all are."""
        return next((code for code in STEPS if code not in self._done), "")

    def notice(self, event: GuideEvent) -> None:
        """Tick what this event does."""
        new = {code for code in STEPS if code not in self._done and _DONE[code](event)}
        if new & {"urge", "notice", "finding"}:
            new.add("overdue")  # whoever acted on a case has looked at one
        if new:
            self._done |= new
            self._show()

    def _go_there(self) -> None:
        self.go_asked.emit(self.next_step())

    def _show(self) -> None:
        following = self.next_step()
        for code in STEPS:
            done = code in self._done
            self._marks[code].set_state("done" if done else ("next" if code == following else "waiting"))
            self._titles[code].set_tone("text" if code == following else "secondary")
        self._go.setVisible(bool(following))
        self._hint.setText(self._words(following))

    def _title(self, code: str) -> str:
        return {
            "overdue": self.tr("Overdue case"),
            "urge": self.tr("Urge"),
            "notice": self.tr("Supervision notice"),
            "visit": self.tr("Return visit"),
            "finding": self.tr("Finding"),
            "answer": self.tr("The unit's answer, offline"),
        }[code]

    def _words(self, code: str) -> str:
        return {
            "overdue": self.tr(
                "Open the first overdue case: its clocks and its timeline stand on the right."
            ),
            "urge": self.tr("Press U on a case: whom you reached, what was answered, what was promised."),
            "notice": self.tr("Press S on a case: ground and requirement, then submit it to the chief."),
            "visit": self.tr(
                "As the return-visit staff, take the next person and dial: the practice line answers."
            ),
            "finding": self.tr("A visit contradicts the file? Press F on the case and cite what proves it."),
            "answer": self.tr(
                "As the liaison, with the network cut: the answer waits and goes out by itself."
            ),
            "": self.tr("That was the whole round. Look around as long as you like."),
        }[code]


def event_of(changes: Changes, role: str, *, online: bool) -> GuideEvent:
    """The guide's view of what one of this person's own commands changed."""
    return GuideEvent(made=changes.types, role=role, online=online)
