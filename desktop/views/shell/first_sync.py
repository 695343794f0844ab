"""The first sync: a strip in the status bar while the program is in use, and what stands in a page's place before the
first rows have come.

Both say what is going on and never that something runs when nothing does. Show and ask; must not decide.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from desktop.services.background.connection import NEEDS_SIGN_IN, Connection
from desktop.services.background.progress import FirstSync
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import row
from desktop.views.common.page import Skeleton
from desktop.views.common.states import Glyph
from desktop.views.common.text import PlainLabel

from .connection_words import ConnectionWords

_TICK_MS = 1_000


class FirstSyncStrip(QWidget):
    """Rows, pages, time left, and pause, resume or try now. The program is usable meanwhile."""

    cancelled = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("First sync"))
        self._words = PlainLabel(kind="small", tone="secondary")
        self._cancel = Button(self.tr("Pause"), kind="link", on=self.cancelled.emit)
        self._resume = Button(self.tr("Resume"), kind="link", on=self.resumed.emit)
        self._try = Button(self.tr("Try now"), kind="link", on=self.resumed.emit)
        self.setLayout(row(self._bar, self._words, self._try, self._cancel, self._resume))
        self.hide()

    def show_progress(self, progress: FirstSync) -> None:
        """Hidden once it is done."""
        self.setVisible(progress.state != "done")
        self._bar.setValue(round(progress.share * 1000))
        self._cancel.setVisible(progress.state in ("running", "waiting"))
        self._try.setVisible(progress.state == "waiting")
        self._resume.setVisible(progress.state == "paused")
        self._words.setText(self._sentence(progress))

    def _sentence(self, progress: FirstSync) -> str:
        if progress.indexes_left:
            template = self.tr("First sync: all {total} rows are here, sorting the lists ({left} to go)")
        elif progress.total:
            template = self.tr("First sync: {rows} of {total} rows, {pages} pages")
        elif progress.state == "running":
            template = self.tr("First sync: asking the server")
        else:
            template = self.tr("First sync")
        words = template.format(
            rows=f"{progress.rows:,}",
            total=f"{progress.total:,}",
            pages=f"{progress.pages:,}",
            left=progress.indexes_left,
        )
        if progress.state == "paused":
            return self.tr("{words} · paused").format(words=words)
        if progress.state == "waiting":
            return self.tr("{words} · waiting for the server").format(words=words)
        if progress.seconds_left is None:
            return words
        if progress.seconds_left < 60:
            template = self.tr("{words} · {seconds} s left")
            return template.format(words=words, seconds=max(1, progress.seconds_left))
        template = self.tr("{words} · {minutes} min left")
        return template.format(words=words, minutes=-(-progress.seconds_left // 60))


class FirstSyncView(QWidget):
    """Before the first row: skeleton rows while it runs; why it does not, and two buttons, when it does not."""

    sync_asked = Signal()
    pause_asked = Signal()
    sign_in_asked = Signal()
    why_asked = Signal()

    def __init__(
        self, words: ConnectionWords, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """``now`` gives real time."""
        super().__init__(parent)
        self._say = words
        self._now = now
        self._progress = FirstSync()
        self._connection = Connection()
        self._glyph = Glyph("cloud-off")
        self._title = PlainLabel(kind="title", wrap=True)
        self._happened = PlainLabel(wrap=True)
        self._next = PlainLabel(tone="secondary", wrap=True)
        for label in (self._title, self._happened, self._next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sign_in = Button(self.tr("Sign in again"), kind="primary", on=self.sign_in_asked.emit)
        self.sync = Button("", kind="primary", icon="refresh-cw", on=self.sync_asked.emit)
        self.pause = Button(self.tr("Pause"), on=self.pause_asked.emit)
        self.why = Button(self.tr("Why?"), kind="link", on=self.why_asked.emit)
        self._trouble = QWidget()
        self._lay_out()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Skeleton())
        self._stack.addWidget(self._trouble)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._renew)

    def show_progress(self, progress: FirstSync) -> None:
        """How far it is."""
        self._progress = progress
        self._renew()

    def show_connection(self, connection: Connection) -> None:
        """How we stand with the server."""
        self._connection = connection
        self._renew()

    def troubled(self) -> bool:
        """Whether it says that nothing comes at the moment."""
        return self._stack.currentWidget() is self._trouble

    def release(self) -> None:
        """Count no more seconds."""
        self._tick.stop()

    def _renew(self) -> None:
        progress, connection, now = self._progress, self._connection, self._now()
        paused = progress.state == "paused"
        if not paused and (progress.rows or progress.state == "done" or not connection.reason):
            self._stack.setCurrentIndex(0)
            self._tick.stop()
            return
        signed_out = connection.state in NEEDS_SIGN_IN
        self._title.setText(self._headline(paused=paused))
        happened = "" if paused else self._say.happened(connection)
        following = self._paused_words() if paused else self._say.next(connection, now)
        self._happened.setText(happened)
        self._happened.setVisible(bool(happened))
        self._next.setText(following)
        self._glyph.set_icon("play" if paused else "cloud-off", "secondary" if paused else "due_soon")
        self.sync.setText(self.tr("Go on") if paused else self.tr("Try now"))
        self.sync.setVisible(not signed_out)
        self.sign_in.setVisible(signed_out)
        self.pause.setVisible(not paused and not signed_out)
        self.why.setVisible(not paused)
        self._trouble.setAccessibleName(" ".join(filter(None, (self._title.text(), happened, following))))
        self._stack.setCurrentIndex(1)
        if not self._tick.isActive():
            self._tick.start()

    def _headline(self, *, paused: bool) -> str:
        return self.tr("The first sync is paused") if paused else self.tr("Your cases cannot be fetched yet")

    def _paused_words(self) -> str:
        return self.tr("What has come is kept; it goes on from there.")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.sign_in, self.sync, self.pause, self.why):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self._trouble)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        for label in (self._title, self._happened, self._next):
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)
