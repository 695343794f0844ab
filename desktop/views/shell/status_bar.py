"""The line at the bottom: how we stand with the server, how old the data are, what waits, who works here.

Shows and asks; must not decide. What a click on the state opens stands in ``why_panel``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.background.connection import Connection
from desktop.services.background.files import Traffic
from desktop.services.background.search_worker import IndexState
from desktop.views.common import theme, tokens
from desktop.views.common.attachments.file_words import part_words
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.layouts import hairline, row
from desktop.views.common.text import PlainLabel, plain

from .connection_words import ConnectionWords
from .first_sync import FirstSyncStrip

Now = Callable[[], datetime]

_AGE_MS = 15_000
_NAME_MOST = 40
_TONES = {
    "online": "normal",
    "connecting": "paused",
    "sign_in_expired": "overdue",
    "client_too_old": "overdue",
    "signed_out": "overdue",
}


class StateButton(QAbstractButton):
    """A dot and a line of words that can be clicked. The dot is filled online, open otherwise: not colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "paused"
        self._filled = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, text: str, tone: str, *, filled: bool) -> None:
        """Words and a dot in the colour of a light."""
        self._tone, self._filled = tone, filled
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(now.metrics("small").horizontalAdvance(self.text()) + now.px(36), now.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            focused = QPen(now.color("accent"), 2) if self.hasFocus() else QPen(Qt.PenStyle.NoPen)
            painter.setPen(focused)
            painter.setBrush(now.color("hover"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
        side = now.px(8)
        dot = QRect(now.px(10), (self.height() - side) // 2, side, side)
        painter.setPen(QPen(now.color(self._tone), 1.6))
        painter.setBrush(now.color(self._tone) if self._filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setPen(now.color("secondary"))
        painter.setFont(now.font("small"))
        words = self.rect().adjusted(dot.right() + now.px(8), 0, -now.px(8), 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class StatusBar(QWidget):
    """The bar itself. The age of the data grows by itself; a click on the state is ``why_asked``."""

    why_asked = Signal()
    outbox_asked = Signal()
    language_asked = Signal(str)
    cancel_asked = Signal()
    resume_asked = Signal()
    help_asked = Signal()
    lock_asked = Signal()
    sign_out_asked = Signal()

    def __init__(
        self, language: str, words: ConnectionWords, now: Now, parent: QWidget | None = None
    ) -> None:
        """``now`` gives real time."""
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._say = words
        self._now = now
        self._connection = Connection()
        self._other = "en" if language == "zh" else "zh"
        self.state = StateButton()
        self.state.clicked.connect(self.why_asked)
        self.state.setAccessibleDescription(self.tr("Says why, and what can be done"))
        self.needs_you = Button("", kind="link", icon="bell", on=self.outbox_asked.emit)
        self.progress = FirstSyncStrip()
        self.progress.cancelled.connect(self.cancel_asked)
        self.progress.resumed.connect(self.resume_asked)
        self.files = PlainLabel(kind="small", tone="secondary")
        self.files.hide()
        self.index = PlainLabel(kind="small", tone="secondary")
        self.index.hide()
        self.person = Button("", kind="quiet", icon="chevron-down", on=self._open_menu)
        self._help = IconButton("circle-help", self.tr("Keys and help"), hint="F1", on=self.help_asked.emit)
        self._scheme = IconButton("moon", self.tr("Light or dark"), on=theme.toggle_scheme)
        self._language = Button(_SWITCH[self._other], kind="quiet", icon="languages", on=self._switch)
        self._language.setAccessibleName(self.tr("Language"))
        line = row(
            self.state, self.needs_you, self.progress, self.files, self.index, gap=12, margins=(6, 2, 12, 2)
        )
        line.addStretch(1)
        for widget in (self.person, self._help, self._scheme, self._language):
            line.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(line)
        self._aging = QTimer(self)
        self._aging.setInterval(_AGE_MS)
        self._aging.timeout.connect(self.renew)
        self._aging.start()
        theme.bus().changed.connect(self._show_scheme)
        self._show_scheme()
        self.renew()

    def show_connection(self, connection: Connection) -> None:
        """How we stand now."""
        self._connection = connection
        self.renew()

    def show_files(self, traffic: Traffic) -> None:
        """What is on its way beside the records: "2 files on their way, 3.1 of 12.0 MB"."""
        words = self.tr("%n file(s) on their way", "", traffic.files)
        part = self.tr("{files}, {part}")
        self.files.setText(part.format(files=words, part=part_words(traffic.done, traffic.total)))
        self.files.setVisible(traffic.files > 0)

    def show_index(self, state: IndexState) -> None:
        """How far the search index is while it is built; a search reads the rest meanwhile."""
        words = ""
        if state.state == "building":
            words = self.tr("Search index {share} %").format(share=int(100 * state.share))
        elif state.state == "off":
            words = self.tr("No search index: a search takes longer")
        self.index.setText(words)
        self.index.setVisible(bool(words))

    def show_person(self, name: str, title: str) -> None:
        """Who works here."""
        self.person.setText(plain(f"{title} {name}".strip(), _NAME_MOST, single_line=True))

    def release(self) -> None:
        """Let the data age unseen."""
        self._aging.stop()

    def renew(self) -> None:
        """Say it again, for the time that has passed."""
        connection = self._connection
        tone = _TONES.get(connection.state, "due_soon")
        self.state.show_state(self._say.line(connection, self._now()), tone, filled=connection.online)
        self.needs_you.setVisible(connection.to_settle > 0)
        self.needs_you.setText(self.tr("%n need(s) you", "", connection.to_settle))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lock = menu.addAction(self.tr("Lock now"))
        lock.setShortcut(QKeySequence("Ctrl+L"))
        lock.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here; the frame listens
        lock.triggered.connect(self.lock_asked)
        menu.addAction(self.tr("Appearance…")).triggered.connect(self._open_look)
        menu.addAction(self.tr("Sign out…")).triggered.connect(self.sign_out_asked)
        menu.popup(self.person.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _open_look(self) -> None:
        from .look_sheet import LookSheet

        LookSheet(self.window()).open()

    def _switch(self) -> None:
        self.language_asked.emit(self._other)

    def _show_scheme(self) -> None:
        words = self.tr("Light or dark")
        self._scheme.set_face("sun" if theme.current().dark else "moon", words)


_SWITCH = {"zh": "中文", "en": "English"}
