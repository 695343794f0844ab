"""The line at the bottom: how we stand with the server, how old the data are, what waits, who works here.

Shows and asks; must not decide. A click on the state tells why and offers what can be done about it.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.services.background.connection import Connection
from desktop.services.background.progress import FirstSync
from desktop.views.common import theme, tokens
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.layouts import hairline, row
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, connection_words, why_not_online

_TONES = {
    "online": "normal",
    "connecting": "paused",
    "sign_in_expired": "overdue",
    "client_too_old": "overdue",
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


class FirstSyncStrip(QWidget):
    """The first sync: rows, pages, time left, and cancel or resume. The program is usable meanwhile."""

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
        self.setLayout(row(self._bar, self._words, self._cancel, self._resume))
        self.hide()

    def show_progress(self, progress: FirstSync) -> None:
        """Hidden once it is done."""
        self.setVisible(progress.state != "done")
        self._bar.setValue(round(progress.share * 1000))
        self._cancel.setVisible(progress.state == "running")
        self._resume.setVisible(progress.state in ("paused", "waiting"))
        self._words.setText(self._sentence(progress))

    def _sentence(self, progress: FirstSync) -> str:
        if progress.total:
            template = self.tr("First sync: {rows} of {total} rows, {pages} pages")
        else:
            template = self.tr("First sync: asking the server")
        words = template.format(
            rows=f"{progress.rows:,}", total=f"{progress.total:,}", pages=f"{progress.pages:,}"
        )
        if progress.state == "paused":
            return self.tr("{words} · paused").format(words=words)
        if progress.seconds_left is None:
            return words
        if progress.seconds_left < 60:
            template = self.tr("{words} · {seconds} s left")
            return template.format(words=words, seconds=max(1, progress.seconds_left))
        template = self.tr("{words} · {minutes} min left")
        return template.format(words=words, minutes=-(-progress.seconds_left // 60))


class WhyPopup(QFrame):
    """Why we stand as we do, and what can be done about it."""

    sync_asked = Signal()
    sign_in_asked = Signal()
    outbox_asked = Signal()

    def __init__(self, connection: Connection, synced: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(connection_words(connection), kind="title"))
        for sentence in self._sentences(connection, synced):
            column.addWidget(PlainLabel(sentence, tone="secondary", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(Button(self.tr("Sync now"), icon="refresh-cw", on=self._sync))
        if connection.state in ("sign_in_expired", "signed_out"):
            buttons.addWidget(Button(self.tr("Sign in again"), kind="primary", on=self._sign_in))
        if connection.waiting:
            buttons.addWidget(Button(self.tr("Show what is waiting"), on=self._outbox))
        buttons.addStretch(1)
        column.addLayout(buttons)

    def _sentences(self, connection: Connection, synced: str) -> list[str]:
        sentences = []
        why = why_not_online(connection)
        if why:
            sentences.append(why)
            if connection.reason and connection.reason != connection.state:
                sentences.append(code_words(connection.reason))
            sentences.append(
                self.tr("Reading and recording go on; what you record is sent when the server is back.")
            )
        else:
            sentences.append(self.tr("Changes on the server arrive here by themselves."))
        sentences.append(synced)
        if connection.waiting:
            sentences.append(self.tr("%n record(s) waiting to be sent.", "", connection.waiting))
        return sentences

    def _sync(self) -> None:
        self.sync_asked.emit()
        self.close()

    def _sign_in(self) -> None:
        self.sign_in_asked.emit()
        self.close()

    def _outbox(self) -> None:
        self.outbox_asked.emit()
        self.close()


class StatusBar(QWidget):
    """The bar itself. Times come in already in office time."""

    sync_asked = Signal()
    sign_in_asked = Signal()
    outbox_asked = Signal()
    scheme_asked = Signal()
    language_asked = Signal(str)
    cancel_asked = Signal()
    resume_asked = Signal()
    help_asked = Signal()

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connection = Connection()
        self._synced_at: datetime | None = None
        self._other = "en" if language == "zh" else "zh"
        self.state = StateButton()
        self.state.clicked.connect(self._tell_why)
        self.progress = FirstSyncStrip()
        self.progress.cancelled.connect(self.cancel_asked)
        self.progress.resumed.connect(self.resume_asked)
        self.person = PlainLabel(kind="small", tone="secondary")
        self._help = IconButton("circle-help", self.tr("Keys and help"), hint="F1", on=self.help_asked.emit)
        self._scheme = IconButton("moon", self.tr("Light or dark"), on=self.scheme_asked.emit)
        self._language = Button(_SWITCH[self._other], kind="quiet", icon="languages", on=self._switch)
        self._language.setAccessibleName(self.tr("Language"))
        line = row(self.state, self.progress, gap=12, margins=(6, 2, 12, 2))
        line.addStretch(1)
        for widget in (self.person, self._help, self._scheme, self._language):
            line.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(line)
        theme.bus().changed.connect(self._show_scheme)
        self._show_scheme()
        self.show_connection(self._connection, None)

    def show_connection(self, connection: Connection, synced_at: datetime | None) -> None:
        """``synced_at`` is the last sync in office time."""
        self._connection, self._synced_at = connection, synced_at
        parts = [connection_words(connection)]
        if synced_at is not None:
            template = self.tr("synced {time}")
            parts.append(template.format(time=f"{synced_at:%H:%M}"))
        if connection.waiting:
            parts.append(self.tr("%n waiting to be sent", "", connection.waiting))
        tone = _TONES.get(connection.state, "due_soon")
        self.state.show_state(" · ".join(parts), tone, filled=connection.online)

    def show_person(self, name: str, title: str) -> None:
        """Who works here."""
        self.person.setText(f"{title} {name}".strip())

    def _tell_why(self) -> None:
        popup = WhyPopup(self._connection, self._last_sync(), self)
        popup.sync_asked.connect(self.sync_asked)
        popup.sign_in_asked.connect(self.sign_in_asked)
        popup.outbox_asked.connect(self.outbox_asked)
        popup.adjustSize()
        corner = self.state.mapToGlobal(QPoint(0, 0))
        popup.move(corner.x() + 4, corner.y() - popup.height() - 6)
        popup.show()

    def _last_sync(self) -> str:
        if self._synced_at is None:
            return self.tr("Nothing has been synced yet.")
        template = self.tr("Last sync: {time}.")
        return template.format(time=f"{self._synced_at:%Y-%m-%d %H:%M}")

    def _switch(self) -> None:
        self.language_asked.emit(self._other)

    def _show_scheme(self) -> None:
        words = self.tr("Light or dark")
        self._scheme.set_face("sun" if theme.current().dark else "moon", words)


_SWITCH = {"zh": "中文", "en": "English"}
