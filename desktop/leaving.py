"""Leaving an account: the sign-out with its question, and the wipe that the server orders.

A wipe begins only after the server itself, asked about this very device, has said so; a refused sign-in is none. The
key goes first, then the files. Nothing here waits on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.account import Account
from desktop.services.account.kept_key import Keep
from desktop.services.account.wiping import WipeOrder
from desktop.services.background.connection import Connection
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.services.queries.unsent import Unsent, unsent
from desktop.views.shell.sign_out_panel import SignOutPanel
from desktop.views.shell.wiped_page import WipedPage

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.session import Session

_LOOK_MS = 700
_WITHDRAWN = "device_wipe"


class Leaving(QObject):
    """``left``: nobody is signed in on this machine any more."""

    left = Signal()

    def __init__(
        self, app: App, account: Account, tasks: Tasks, key: Callable[[], bytes], parent: QObject
    ) -> None:
        """``key`` gives the key of the open store, as long as there is one."""
        super().__init__(parent)
        self._app = app
        self._account = account
        self._tasks = tasks
        self._key = key
        self._panel: SignOutPanel | None = None
        self._sending = False
        self._asked = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._count)
        self._page: WipedPage | None = None

    @property
    def panel(self) -> SignOutPanel | None:
        """The question, while it is asked."""
        return self._panel

    def watch(self, session: Session) -> None:
        """Hear of an order that comes while somebody works."""
        self._asked = False
        session.desk.connection_changed.connect(self._take_connection)

    # -- signing out -------------------------------------------------------------------------------------------

    def sign_out(self) -> None:
        """Count first what would be left behind."""
        session, frame = self._app.session, self._app.frame
        if session is None or frame is None or self._look.isActive():
            return
        frame.keep_drafts()
        session.desk.run_query(self, unsent, self._counted, slot="unsent", after_commands=True)

    def _counted(self, found: Unsent) -> None:
        session, frame = self._app.session, self._app.frame
        if session is None or frame is None:
            self._close_panel()
            return
        if not found:
            self._go()
            return
        if self._panel is None or not isValid(self._panel):  # the frame was made anew in another language
            self._panel = SignOutPanel(frame)
            self._panel.send_asked.connect(self._send)
            self._panel.seal_asked.connect(self._seal)
            self._panel.closed.connect(self._close_panel)
            self._panel.open_over()
            self._look.start()
        self._panel.show_unsent(found, online=session.desk.connection.online)
        if self._sending:
            self._tell_sending(found, online=session.desk.connection.online)

    def _tell_sending(self, found: Unsent, *, online: bool) -> None:
        assert self._panel is not None  # it is being shown
        if not online:
            self._sending = False
            self._panel.show_sending(self.tr("The server could not be reached; nothing is lost."))
        elif found.sendable:
            self._panel.show_sending(self.tr("It is being sent…"))
        else:
            self._sending = False
            self._panel.show_sending(self.tr("Everything that could be sent has arrived."))

    def _count(self) -> None:
        session = self._app.session
        if session is None:
            self._close_panel()
        else:
            session.desk.run_query(self, unsent, self._counted, slot="unsent", after_commands=True)

    def _send(self) -> None:
        session = self._app.session
        if session is not None:
            self._sending = True
            session.worker.sync_now()
            self._count()

    def _seal(self) -> None:
        session = self._app.session
        if session is not None:
            me = session.desk.me
            self._go(Keep(key=self._key(), public_key=me.keep_key, person_id=me.person_id))

    def _close_panel(self) -> None:
        self._look.stop()
        self._sending = False
        panel, self._panel = self._panel, None
        if panel is not None and isValid(panel):
            panel.hide()
            panel.deleteLater()

    def _go(self, keep: Keep | None = None) -> None:
        self._close_panel()
        self._app.leave_session()
        self._app.locks.forget()
        self._app.window.show_skeleton(self.tr("Signing out…"))
        self._tasks.run(self, lambda: self._account.sign_out(keep=keep), self._gone, self._not_gone)

    def _gone(self, _: None) -> None:
        self.left.emit()

    def _not_gone(self, error: DeskError) -> None:
        """A disk that will not let go keeps what nobody can read."""
        self.left.emit()

    # -- a wipe ------------------------------------------------------------------------------------------------

    def _take_connection(self, connection: Connection) -> None:
        if connection.reason == _WITHDRAWN and not self._asked:
            self._asked = True
            self._tasks.run(self, self._account.wipe_is_ordered, self._answered, self._unanswered)

    def _unanswered(self, error: DeskError) -> None:
        """No order without the server's own word; the next refusal asks again."""
        self._asked = False

    def _answered(self, ordered: bool) -> None:
        if not ordered:
            self._asked = False
            return
        if self._app.frame is not None:
            self._app.frame.keep_drafts()
        key = self._key()
        self._close_panel()
        self._app.leave_session()
        self._app.locks.forget()
        self._app.window.show_skeleton(self.tr("Your office has withdrawn this device. It is being wiped…"))
        self._tasks.run(self, lambda: self._account.begin_wipe(key), self._wiped, self._not_wiped)

    def show_wiped(self, order: WipeOrder) -> None:
        """What was done, also where a start has finished it."""
        page = WipedPage(unsent=order.unsent, sealed=order.sealed, left=order.left)
        page.sign_in_asked.connect(self.left)
        self._page = page
        self._app.window.show_content(page)

    def _wiped(self, order: WipeOrder) -> None:
        self.show_wiped(order)

    def _not_wiped(self, error: DeskError) -> None:
        """Whatever stood in the way: the order stands, and the next start goes on."""
        self._app.window.show_trouble(
            self.tr("The wipe could not be completed. It goes on at the next start."),
            self.tr("Quit"),
            self._quit,
        )

    def _quit(self) -> None:
        self._app.window.close()
