"""The sign-in page: which server, whether it answers, signing in through the browser, and the passphrase.

Shows one of six faces in the same place; asks by signals. Never sees a password of the city (the browser does) and
forgets a passphrase as soon as it has been handed over.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.bars import NoticeBar, NoticeKind
from desktop.views.common.buttons import Button
from desktop.views.common.fields import LineField
from desktop.views.common.states import Glyph
from desktop.views.common.text import PlainLabel

from .keyring_words import KeyringSays

Face = Literal["server", "waiting", "new_passphrase", "passphrase", "keyring", "lost"]

PASSPHRASE_MIN = 10


class SignInPage(QWidget):
    """``test_asked`` and ``sign_in_asked`` carry the address typed; ``passphrase_given`` the passphrase."""

    test_asked = Signal(str)
    sign_in_asked = Signal(str)
    #: At the server's own page, beside an office's provider: the address typed.
    own_page_asked = Signal(str)
    cancel_asked = Signal()
    passphrase_given = Signal(str)
    keyring_retry_asked = Signal()
    start_over_asked = Signal()
    sample_asked = Signal()
    settings_asked = Signal()

    def __init__(
        self, address: str = "", *, offer_sample: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget()
        self._faces: dict[Face, QWidget] = {}
        self.address = LineField(
            self.tr("Address of the server"), hint=self.tr("The address your office gave you")
        )
        self.address.set_value(address)
        self._result = NoticeBar(dismissible=False)
        self._secret = _secret_line(self.tr("Passphrase"))
        self._again = _secret_line(self.tr("Passphrase, once more"))
        self._known = _secret_line(self.tr("Passphrase"))
        self._secret_error = PlainLabel(kind="small", tone="overdue", wrap=True)
        self._known_error = PlainLabel(kind="small", tone="overdue", wrap=True)
        self._keyring_title = PlainLabel(kind="title", wrap=True)
        self._keyring_what = PlainLabel(tone="secondary", wrap=True)
        self._keyring_do = PlainLabel(wrap=True)
        self._keyring_instead = Button(self.tr("Use a passphrase instead"), on=self._instead)
        self._link = PlainLabel(kind="small", selectable=True)
        self._link_words = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._add("server", self._server_face(offer_sample))
        self._add("waiting", self._waiting_face())
        self._add("new_passphrase", self._new_passphrase_face())
        self._add("passphrase", self._passphrase_face())
        self._add("keyring", self._keyring_face())
        self._add("lost", self._lost_face())
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(theme.current().px(460))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(self._stack)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        self._result.hide()
        self.show_face("server")

    def show_face(self, face: Face) -> None:
        """Show this face; passphrase fields are emptied."""
        for line in (self._secret, self._again, self._known):
            line.clear()
        self._secret_error.hide()
        self._known_error.hide()
        self._stack.setCurrentWidget(self._faces[face])

    def face(self) -> Face:
        """The face shown."""
        return next(name for name, widget in self._faces.items() if widget is self._stack.currentWidget())

    def offer_own_page(self) -> None:
        """The office's own sign-in service was tried and let nobody in: accounts of the server itself go on."""
        self.own_page.show()

    def show_result(self, words: str, kind: NoticeKind) -> None:
        """What a test or a sign-in came to, in words; "" takes it away."""
        self._result.set_notice(words, kind)
        self._result.setVisible(bool(words))

    def show_wrong_passphrase(self, words: str) -> None:
        """The passphrase did not open the store."""
        self._known_error.setText(words)
        self._known_error.show()

    def show_keyring(self, code: str, *, new: bool) -> None:
        """The keyring does not give the key, for this reason; ``new``: there is no store that it would open."""
        words = KeyringSays().of(code, new=new)
        self.show_face("keyring")
        self._keyring_title.setText(words.title)
        self._keyring_what.setText(words.what)
        self._keyring_do.setText(words.do)
        self._keyring_instead.setVisible(new)

    def show_link(self, url: str) -> None:
        """No browser could be opened from here: the address to open by hand."""
        self._link_words.setText(self.tr("No browser could be opened. Open this address yourself:"))
        self._link.setText(url)

    def _add(self, face: Face, widget: QWidget) -> None:
        self._faces[face] = widget
        self._stack.addWidget(widget)

    def _server_face(self, offer_sample: bool) -> QWidget:
        face, column = _face("building-2", self.tr("Sign in to your city's server"))
        column.addWidget(self.address)
        column.addWidget(self._result)
        sign_in = Button(
            self.tr("Sign in with the browser"), kind="primary", icon="external-link", on=self._sign_in
        )
        test = Button(self.tr("Test the connection"), on=self._test)
        column.addLayout(_buttons(sign_in, test))
        note = self.tr("Your password is typed in the browser only; this program never sees it.")
        column.addWidget(PlainLabel(note, kind="small", tone="secondary", wrap=True))
        self.own_page = Button(
            self.tr("Sign in with a password of this server"), kind="link", on=self._sign_in_here
        )
        self.own_page.hide()
        column.addLayout(_buttons(self.own_page))
        links = [Button(self.tr("Connection settings…"), kind="link", on=self.settings_asked.emit)]
        if offer_sample:
            links.insert(
                0, Button(self.tr("Try the sample city first"), kind="link", on=self.sample_asked.emit)
            )
        column.addLayout(_buttons(*links))
        return face

    def _waiting_face(self) -> QWidget:
        face, column = _face("external-link", self.tr("Go on in the browser"))
        words = self.tr(
            "A page of your city's server has been opened. This window goes on by itself afterwards."
        )
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        column.addWidget(self._link_words)
        column.addWidget(self._link)
        column.addLayout(_buttons(Button(self.tr("Cancel the sign-in"), on=self.cancel_asked.emit)))
        return face

    def _new_passphrase_face(self) -> QWidget:
        face, column = _face("lock", self.tr("Choose a passphrase"))
        words = self.tr(
            "This machine has no keyring. The passphrase locks what is kept here; nobody can restore it for you."
        )
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        for line in (self._secret, self._again):
            column.addWidget(line)
        column.addWidget(self._secret_error)
        column.addLayout(_buttons(Button(self.tr("Set the passphrase"), kind="primary", on=self._choose)))
        self._again.returnPressed.connect(self._choose)
        return face

    def _passphrase_face(self) -> QWidget:
        face, column = _face("lock", self.tr("Enter your passphrase"))
        words = self.tr("It opens what is kept on this machine.")
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        column.addWidget(self._known)
        column.addWidget(self._known_error)
        column.addLayout(_buttons(Button(self.tr("Open"), kind="primary", on=self._enter)))
        self._known.returnPressed.connect(self._enter)
        return face

    def _keyring_face(self) -> QWidget:
        face, column = _face("lock", self._keyring_title)
        column.addWidget(self._keyring_what)
        column.addWidget(self._keyring_do)
        again = Button(self.tr("Try again"), kind="primary", on=self.keyring_retry_asked.emit)
        column.addLayout(_buttons(again, self._keyring_instead))
        column.addLayout(_buttons(Button(self.tr("Another server or person…"), kind="link", on=self._other)))
        return face

    def _other(self) -> None:
        self.show_face("server")

    def _instead(self) -> None:
        self.show_face("new_passphrase")

    def _lost_face(self) -> QWidget:
        face, column = _face("lock", self.tr("The key to your work is gone"))
        words = self.tr(
            "There is work on this machine, but the system's keyring no longer holds its key. Ask your "
            "administrator before you go on: an empty store can be begun, the old one is set aside, and what was "
            "not sent from it can only be read again if the key comes back."
        )
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        again = Button(self.tr("Try again"), kind="primary", on=self.keyring_retry_asked.emit)
        over = Button(self.tr("Begin with an empty store"), kind="danger", on=self.start_over_asked.emit)
        column.addLayout(_buttons(again, over))
        return face

    def _test(self) -> None:
        self.test_asked.emit(self.address.value().strip())

    def _sign_in(self) -> None:
        self.show_result("", "info")
        self.sign_in_asked.emit(self.address.value().strip())

    def _sign_in_here(self) -> None:
        self.show_result("", "info")
        self.own_page_asked.emit(self.address.value().strip())

    def _choose(self) -> None:
        problem = self._problem()
        self._secret_error.setText(problem)
        self._secret_error.setVisible(bool(problem))
        if not problem:
            self._hand_over(self._secret)

    def _problem(self) -> str:
        if len(self._secret.text()) < PASSPHRASE_MIN:
            template = self.tr("At least {count} characters.")
            return template.format(count=PASSPHRASE_MIN)
        if self._secret.text() != self._again.text():
            return self.tr("The two are not the same.")
        return ""

    def _enter(self) -> None:
        if self._known.text():
            self._hand_over(self._known)

    def _hand_over(self, line: QLineEdit) -> None:
        secret = line.text()
        for each in (self._secret, self._again, self._known):
            each.clear()
        self.passphrase_given.emit(secret)


def _face(icon: str, title: str | PlainLabel) -> tuple[QWidget, QVBoxLayout]:
    face = QWidget()
    column = QVBoxLayout(face)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(Glyph(icon, "accent"), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(title if isinstance(title, PlainLabel) else PlainLabel(title, kind="title"))
    return face, column


def _buttons(*buttons: Button) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line


def _secret_line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line
