"""The panel behind the status bar: what happened, since when, what the program does next, what the person can do.

It stands over the lower left corner of the frame and stops nothing: the page behind stays in use, and it lives on while
things change. Escape and the cross close it. Shows and asks; must not decide, and the details hold nothing personal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.background.connection import NEEDS_SIGN_IN, Connection
from desktop.views.common import theme
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.layouts import FlowLayout, hairline
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import connection_words

from .connection_words import DEVICE_HELD, ConnectionWords

_WIDTH = 440
_TICK_MS = 1_000

Now = Callable[[], datetime]


class ConnectionFacts(Struct, frozen=True, kw_only=True):
    """What a technician asks for first. ``server`` is scheme, host and port, without anything secret."""

    server: str = ""
    version: str = ""
    configurable: bool = False
    """Whether this person may set the way to the server (a sample city has none)."""


def shown_address(address: str) -> str:
    """Scheme, host and port of an address: never a name or password that somebody typed into it."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}:{parts.port}" if parts.port else f"{parts.scheme}://{host}"


class WhyPanel(QFrame):
    """Hidden until :meth:`open_over`; ``show_connection`` keeps it true meanwhile."""

    sync_asked = Signal()
    sign_in_asked = Signal()
    outbox_asked = Signal()
    settings_asked = Signal()
    #: It is gone, by whatever way.
    closed = Signal()

    def __init__(self, words: ConnectionWords, facts: ConnectionFacts, now: Now, parent: QWidget) -> None:
        """``now`` gives real time."""
        super().__init__(parent)
        self.setObjectName("why")
        self.setProperty("kind", "floating")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._say = words
        self._facts = facts
        self._connection = Connection()
        self._now = now
        self._title = PlainLabel(kind="title")
        self._happened = PlainLabel(wrap=True)
        self._since = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._next = PlainLabel(wrap=True)
        self._advice = PlainLabel(wrap=True)
        self._meanwhile = PlainLabel(tone="secondary", wrap=True)
        self._age = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._told = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._facts_shown = PlainLabel(kind="small", tone="secondary", wrap=True, selectable=True)
        self.sync = Button("", icon="refresh-cw", on=self.sync_asked.emit)
        self.sign_in = Button(self.tr("Sign in again"), kind="primary", on=self.sign_in_asked.emit)
        self.portal = Button(
            self.tr("Open the network's page"), kind="primary", icon="external-link", on=self._open_portal
        )
        self.outbox = Button(self.tr("Show the outbox"), on=self.outbox_asked.emit)
        self.settings = Button(self.tr("Connection settings…"), on=self.settings_asked.emit)
        self.details = Button("", kind="link", on=self._toggle_details)
        self.copy = Button(self.tr("Copy the details"), kind="link", icon="copy", on=self._copy)
        self._fold(open_=False)
        self._lay_out()
        QShortcut(
            QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.close_panel)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._renew)
        self.hide()

    # -- showing -----------------------------------------------------------------------------------------------

    def show_connection(self, connection: Connection) -> None:
        """What holds now."""
        self._connection = connection
        if self.isVisible():
            self._renew()

    def _renew(self) -> None:
        connection, now, say = self._connection, self._now(), self._say
        online = connection.online
        self._title.setText(connection_words(connection))
        self.setAccessibleName(f"{self._title.text()}. {say.happened(connection)}")
        _fill(self._happened, say.happened(connection))
        _fill(self._since, say.since(connection, now))
        _fill(self._next, say.next(connection, now))
        _fill(self._advice, say.advice(connection))
        _fill(self._meanwhile, say.meanwhile(connection))
        _fill(self._age, " ".join(filter(None, (say.synced(connection, now), self._counts(connection)))))
        self._facts_shown.setText(self.details_text())
        self.sync.setText(self.tr("Sync now") if online else self.tr("Try now"))
        held = connection.reason in DEVICE_HELD
        waits = connection.state in NEEDS_SIGN_IN and not held
        self.sync.setVisible(not waits or connection.reason.startswith("keyring"))
        self.sign_in.setVisible(waits)
        self.portal.setVisible(connection.state == "captive_portal")
        self.outbox.setVisible(bool(connection.waiting or connection.to_settle))
        self.settings.setVisible(not online and self._facts.configurable)
        self._fit()

    def open_over(self, *, take_focus: bool) -> None:
        """Show it; ``take_focus`` when it was asked for by the keyboard."""
        self._told.hide()
        self._fold(open_=False)
        self.show()
        self._renew()
        self._tick.start()
        self.raise_()
        if take_focus:
            first = next((b for b in self._buttons() if b.isVisible()), self.details)
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_panel(self) -> None:
        """Put it away."""
        self.hide()

    def holds_focus(self) -> bool:
        """Whether the keyboard is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self.closed.emit()

    def place(self) -> None:
        """Go to the lower left corner above the status bar; the frame calls it when it is resized."""
        over = self.parentWidget()
        if over is not None:
            bar = theme.current().target + 5
            self.move(8, max(8, over.height() - bar - self.height() - 8))

    def details_text(self) -> str:
        """What goes to the technician: no name, no case, no token."""
        connection, facts = self._connection, self._facts
        failure = connection.failure
        rows = [
            (self.tr("State"), f"{connection.state} ({connection.reason or '–'})"),
            (self.tr("Since"), connection.since.isoformat(timespec="seconds") if connection.since else "–"),
            (self.tr("Server"), shown_address(facts.server) or "–"),
            (self.tr("Request"), (failure.request_id if failure else "") or "–"),
            (self.tr("HTTP status"), str(failure.answered) if failure and failure.answered else "–"),
            (
                self.tr("Last sync"),
                connection.last_sync_at.isoformat(timespec="seconds") if connection.last_sync_at else "–",
            ),
            (self.tr("Clock"), f"{connection.skew.total_seconds():+.0f} s"),
            (self.tr("Version"), facts.version or "–"),
        ]
        return "\n".join(f"{name}: {value}" for name, value in rows)

    # -- inside ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        cross = IconButton("x", self.tr("Close"), on=self.close_panel)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(cross)
        buttons = FlowLayout(gap=8)
        for button in self._buttons():
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.details)
        foot.addWidget(self.copy)
        foot.addWidget(self._told, 1)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        for label in (self._happened, self._since, self._next, self._advice, self._meanwhile, self._age):
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addWidget(hairline())
        column.addLayout(foot)
        column.addWidget(self._facts_shown)

    def _buttons(self) -> tuple[Button, ...]:
        return self.sign_in, self.portal, self.sync, self.outbox, self.settings

    def _counts(self, connection: Connection) -> str:
        parts = []
        if connection.waiting:
            parts.append(self.tr("%n record(s) waiting to be sent.", "", connection.waiting))
        if connection.to_settle:
            parts.append(self.tr("%n record(s) need you.", "", connection.to_settle))
        return " ".join(parts)

    def _toggle_details(self) -> None:
        self._fold(open_=self._facts_shown.isHidden())
        self._fit()

    def _fold(self, *, open_: bool) -> None:
        self._facts_shown.setVisible(open_)
        self.details.setText(self.tr("Hide the details") if open_ else self.tr("Details"))

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            self._facts_shown.ensurePolished()  # while hidden it did not know the size of its type
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))  # with the frame's own line
        self.place()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details_text())
        self._told.setText(self.tr("Copied."))
        self._told.show()
        self._fit()

    def _open_portal(self) -> None:
        """Any page without TLS will do: the network answers it with its own."""
        host = urlsplit(self._facts.server).hostname or ""
        if not QDesktopServices.openUrl(QUrl(f"http://{host}/")):
            self._told.setText(self.tr("No browser could be opened. Open one yourself and call up any page."))
            self._told.show()
            self._fit()


def _fill(label: PlainLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
