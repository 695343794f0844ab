"""The banner that says "sample city" and holds what only a sample can do.

Change person, cut and restore the network, move the clock, start over, go to a real server. It asks by signals; the
composition root does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop.models.domain.calendar import next_working_day
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import SamplePerson
from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.icons import set_icon
from desktop.views.common.text import PlainLabel, menu_text, plain, set_plain_tooltip


def clock_steps(now: datetime, profile: RuleProfile) -> tuple[tuple[str, datetime], ...]:
    """Where the sample's clock may be moved to: (code, moment), all after ``now``, in office time."""
    local = profile.local(now)
    steps = [("hour", local + timedelta(hours=1))]
    afternoon = local.replace(hour=14, minute=0, second=0, microsecond=0)
    evening = local.replace(hour=18, minute=30, second=0, microsecond=0)
    steps += [(code, at) for code, at in (("afternoon", afternoon), ("evening", evening)) if at > local]
    day = local.date()
    for code in ("next_day", "day_after"):
        day = next_working_day(profile.calendar, day)
        opening = time(profile.work_start.hour, 30)
        steps.append((code, datetime.combine(day, opening, tzinfo=profile.zone())))
    return tuple(steps)


_ROOM_FOR_NAMES = 1280


class SampleBanner(QFrame):
    """One quiet line above everything."""

    person_chosen = Signal(str)
    network_asked = Signal(bool)
    clock_asked = Signal(object)
    reset_asked = Signal()
    real_server_asked = Signal()
    guide_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.setProperty("tone", "sample")
        self.setProperty("flush", True)
        self._people: tuple[SamplePerson, ...] = ()
        self._current = ""
        self._cut = False
        self._now: datetime | None = None
        self._profile: RuleProfile | None = None
        self._title = PlainLabel(self.tr("Sample city (made up)"), kind="strong", tone="pending")
        set_plain_tooltip(self._title, self.tr("Yunzhou is made up; nothing here is about a real office."))
        self.people = Button(self.tr("Change person"), on=self._open_people)
        self.network = Button(self.tr("Cut the network"), on=self._toggle_network)
        self.clock = Button(self.tr("Move the clock"), on=self._open_clock)
        self.more = Button(self.tr("More"), on=self._open_more)
        self._faces = QWidget()
        self._row = QHBoxLayout(self._faces)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 2, 8, 2)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self._faces)
        for button, name in (
            (self.people, "users"),
            (self.network, "wifi-off"),
            (self.clock, "clock"),
            (self.more, "ellipsis"),
        ):
            set_icon(button, name, "pending")
            line.addWidget(button)

    def show_people(self, people: Sequence[SamplePerson], current: str) -> None:
        """Who may be chosen, and the login of who works now: a name each where there is room, else a menu."""
        self._people, self._current = tuple(people), current
        while self._row.count():
            old = self._row.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        title = ""
        for person in self._people:
            if person.title != title:
                title = person.title
                self._row.addSpacing(8)
                self._row.addWidget(PlainLabel(title, kind="small", tone="secondary"))
            face = Button(person.name, kind="quiet", on=self._face_clicked)
            face.setObjectName(person.login)
            face.setCheckable(True)
            face.setChecked(person.login == current)
            face.setAccessibleDescription(plain(person.title, single_line=True))
            set_plain_tooltip(face, person.title)
            self._row.addWidget(face)
        self._fit()

    def show_network(self, cut: bool) -> None:
        """Whether the network of the sample has been cut."""
        self._cut = cut
        self.network.setText(self.tr("Restore the network") if cut else self.tr("Cut the network"))
        set_icon(self.network, "refresh-cw" if cut else "wifi-off", "pending")

    def show_clock(self, now: datetime, profile: RuleProfile, *, why_not: str) -> None:
        """Office time, from which the steps are computed when the menu opens; a reason disables it."""
        self._now, self._profile = now, profile
        self.clock.set_reason(why_not)

    def _open_people(self) -> None:
        menu = QMenu(self)
        for person in self._people:
            action = menu.addAction(menu_text(f"{person.title} · {person.name}", 60))
            action.setData(person.login)
            action.setCheckable(True)
            action.setChecked(person.login == self._current)
        menu.triggered.connect(self._person_chosen)
        self._pop(menu, self.people)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme.current().px(_ROOM_FOR_NAMES)
        self._faces.setVisible(wide)
        self.people.setVisible(not wide)

    def _face_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            sender.setChecked(sender.objectName() == self._current)
            if sender.objectName() != self._current:
                self.person_chosen.emit(sender.objectName())

    def _person_chosen(self, action: QAction) -> None:
        login = str(action.data())
        if login != self._current:
            self.person_chosen.emit(login)

    def _toggle_network(self) -> None:
        self.network_asked.emit(not self._cut)

    def _open_clock(self) -> None:
        if self._now is None or self._profile is None:
            return
        menu = QMenu(self)
        for code, moment in clock_steps(self._now, self._profile):
            template = self._step_words(code)
            action = menu.addAction(menu_text(template.format(time=f"{moment:%m-%d %H:%M}")))
            action.setData(moment)
        menu.triggered.connect(self._clock_chosen)
        self._pop(menu, self.clock)

    def _step_words(self, code: str) -> str:
        return {
            "hour": self.tr("One hour on ({time})"),
            "afternoon": self.tr("This afternoon ({time})"),
            "evening": self.tr("This evening ({time})"),
            "next_day": self.tr("Next working day ({time})"),
            "day_after": self.tr("The working day after that ({time})"),
        }[code]

    def _clock_chosen(self, action: QAction) -> None:
        self.clock_asked.emit(action.data())

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Show the guide"), self.guide_asked.emit)
        menu.addAction(self.tr("Start the sample city over"), self.reset_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Connect to a real server…"), self.real_server_asked.emit)
        self._pop(menu, self.more)

    def _pop(self, menu: QMenu, below: Button) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))
