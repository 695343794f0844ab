"""The setup page of the way to the server: what is set on the left, the test of it, step by step, on the right.

Asks, shows what was wrong and what a test found; checks nothing itself and keeps nothing. What an administrator has
laid down is shown and cannot be changed here.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.background.connection_test import Step
from desktop.views.common import theme
from desktop.views.common.bars import IconLabel, NoticeBar
from desktop.views.common.buttons import Button
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.dialogs import Sheet
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.layouts import discard, row
from desktop.views.common.text import PlainLabel
from desktop.views.shell.connection_report import ConnectionReport

_OWN = "own"
_ICONS = {
    "good": ("circle-check", "normal"),
    "warn": ("triangle-alert", "due_soon"),
    "bad": ("circle-alert", "overdue"),
}


class GivenWay(NamedTuple):
    """What stands on the page: ``proxy`` "system", "none" or an address; ``pins`` apart by blanks or lines."""

    server: str
    proxy: str
    authority: str
    pins: str


class ConnectionSettings(Sheet):
    """``given`` and ``test_asked`` carry a GivenWay, ``copied`` the text of a test."""

    given = Signal(object)
    test_asked = Signal(object)
    cancel_asked = Signal()
    copied = Signal(str)

    def __init__(
        self, way: GivenWay, locked: Collection[str], by: str, version: str, parent: QWidget
    ) -> None:
        """``locked`` names fields that the administrator has laid down, in the words ``by``."""
        title = self.tr("Connection settings")
        super().__init__(title, parent, width=theme.current().px(900))
        self._steps: list[Step] = []
        self._version = version
        self._report = ConnectionReport(self)
        self.server = LineField(self.tr("Address of the server"), placeholder="https://desk.city.example")
        self.proxy = SegmentedChoice(self.tr("Proxy"))
        self.proxy.set_options(
            (
                ("system", self.tr("As the system says")),
                ("none", self.tr("None")),
                (_OWN, self.tr("This one")),
            )
        )
        self.address = LineField(self.tr("Address of the proxy"), placeholder="proxy.example:8080")
        self.authority = LineField(
            self.tr("Certificate of the city"),
            hint=self.tr("Only where the city's server has a certificate of the city's own authority."),
            limit=1000,
        )
        self.pins = TextField(
            self.tr("Pins of the server's key"),
            hint=self.tr("Empty, or two: the key in use and the one kept for the day it is changed."),
            placeholder="sha256/…",
            limit=400,
            lines=2,
            most_lines=3,
        )
        self._choose = Button(self.tr("Choose a file…"), on=self._open_files)
        self._trouble = NoticeBar(dismissible=False)
        self._trouble.hide()
        self._laid_down = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.test = Button(self.tr("Test the connection"), on=self._ask_test)
        self.stop = Button(self.tr("Stop the test"), on=self._stop)
        self.copy = Button(self.tr("Copy for the administrator"), icon="copy", on=self._copy)
        self._found = QVBoxLayout()
        self._lay_out()
        self._fill(way)
        self._lock(frozenset(locked), by)
        self.add_cancel()
        self.add_button(self.tr("Save"), self._give, kind="primary")
        self.proxy.changed.connect(self._fit)
        self._fit()
        self._show_running(running=False)

    # -- what the owner says -----------------------------------------------------------------------------------

    def show_trouble(self, words: str) -> None:
        """What was given does not do."""
        self._trouble.set_notice(words, "error")
        self._trouble.show()

    def show_step(self, step: Step) -> None:
        """One more step of the test is known."""
        self._steps.append(step)
        self._found.insertWidget(self._found.count() - 1, _StepRow(step, self._report))

    def end_test(self) -> None:
        """The test is over."""
        self._show_running(running=False)
        self.copy.setVisible(bool(self._steps))

    def steps(self) -> tuple[Step, ...]:
        """What the test has found so far."""
        return tuple(self._steps)

    def way(self) -> GivenWay:
        """What stands on the page now."""
        own = self.proxy.value() == _OWN
        proxy = self.address.value() if own else str(self.proxy.value())
        return GivenWay(self.server.value(), proxy, self.authority.value(), self.pins.value())

    # -- inside ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        line = row(self._choose)
        line.addStretch(1)
        for widget in (self._laid_down, self.server, self.proxy, self.address, self.authority):
            left.addWidget(widget)
        left.addLayout(line)
        left.addWidget(self.pins)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        buttons = row(self.test, self.stop, self.copy)
        buttons.addStretch(1)
        right.addLayout(buttons)
        right.addWidget(self._results(), 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.body.addWidget(self._trouble)
        self.body.addLayout(both, 1)

    def _results(self) -> QScrollArea:
        inside = QWidget()
        self._found.setContentsMargins(0, 0, 8, 0)
        self._found.setSpacing(10)
        words = self.tr("Nothing is changed by a test, and nothing of a person or a case is sent.")
        self._found.addWidget(PlainLabel(words, kind="small", tone="faint", wrap=True))
        self._found.addStretch(1)
        inside.setLayout(self._found)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(theme.current().px(480))
        return area

    def _fill(self, way: GivenWay) -> None:
        own = way.proxy not in ("system", "none")
        self.server.set_value(way.server)
        self.proxy.set_value(_OWN if own else way.proxy)
        self.address.set_value(way.proxy if own else "")
        self.authority.set_value(way.authority)
        self.pins.set_value(way.pins)

    def _lock(self, locked: frozenset[str], by: str) -> None:
        fields = {
            "server": (self.server,),
            "proxy": (self.proxy, self.address),
            "authority": (self.authority,),
            "pins": (self.pins,),
        }
        for name in locked:
            for field in fields[name]:
                field.set_read_only(True)
        self._choose.setVisible("authority" not in locked)
        laid_down = self.tr("What is greyed has been laid down by your administrator.")
        named = self.tr("What is greyed has been laid down by: {who}")
        self._laid_down.setText(named.format(who=by) if by else laid_down)
        self._laid_down.setVisible(bool(locked))

    def _fit(self) -> None:
        self.address.setVisible(self.proxy.value() == _OWN)

    def _give(self) -> None:
        self._trouble.hide()
        self.given.emit(self.way())

    def _ask_test(self) -> None:
        self._trouble.hide()
        self._steps.clear()
        while self._found.count() > 1:
            discard(self._found.takeAt(0).widget())
        self._show_running(running=True)
        self.test_asked.emit(self.way())

    def _stop(self) -> None:
        self.cancel_asked.emit()
        self.end_test()

    def _show_running(self, *, running: bool) -> None:
        self.test.setVisible(not running)
        self.stop.setVisible(running)
        self.copy.setVisible(False)

    def _copy(self) -> None:
        self.copied.emit(self._report.as_text(self._steps, self._version))

    def _open_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate of the city"))
        dialog.setNameFilter(self.tr("Certificates (*.pem *.crt *.cer)"))
        dialog.fileSelected.connect(self.authority.set_value)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _StepRow(QWidget):
    """One step: a sign, what was tried, how it went, and what to do."""

    def __init__(self, step: Step, report: ConnectionReport) -> None:
        super().__init__()
        icon, role = _ICONS.get(step.state, ("minus", "faint"))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        tone = {"bad": "overdue", "skipped": "faint"}.get(step.state, "text")
        heading = f"{report.title(step)}: {report.state(step)}"
        texts.addWidget(PlainLabel(heading, kind="strong", tone=tone))
        texts.addWidget(PlainLabel(report.sentence(step), wrap=True, tone=tone))
        for line in report.details(step):
            texts.addWidget(PlainLabel(line, kind="small", tone="secondary", wrap=True, selectable=True))
        advice = report.advice(step)
        if advice:
            texts.addWidget(PlainLabel(advice, kind="small", wrap=True))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(IconLabel(icon, role), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(texts, 1)
