"""How the person of a real account opens their locked desk: passphrase, the computer's password, or the city's sign-in.

The order of the ways is the store's: behind a passphrase nothing else opens it; with a keyring the operating system is
asked who sits here; the browser is there for both, and alone where the system cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.account import Account
from desktop.services.account.keys import AskPassphrase, KeyAnswer, KeyReady
from desktop.services.account.tokens import MemoryKeeper
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.session import Opened
from desktop.sign_in_again import SignInAgain
from desktop.views.common.bars import NoticeKind
from desktop.views.shell.lock_page import Way

if TYPE_CHECKING:
    from threading import Event

    from desktop.app import App


class Doors(NamedTuple):
    """What the mode does for the gate: open the store with a key, in the lane; take what was opened, or what is
    missing where the key cannot be had; let go of the key that was kept."""

    open: Callable[[bytes], Opened]
    opened: Callable[[Opened], None]
    asks: Callable[[KeyAnswer], None]
    forget: Callable[[], None]


class RealGate(QObject):
    """See ``locks.Gate``."""

    def __init__(
        self, app: App, account: Account, tasks: Tasks, cancel: Event, doors: Doors, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._account = account
        self._tasks = tasks
        self._cancel = cancel
        self._doors = doors
        self._again: SignInAgain | None = None
        self._face = _LockFace(self)

    @property
    def app(self) -> App:
        return self._app

    # -- a gate ------------------------------------------------------------------------------------------------

    def way(self) -> Way:
        """What is asked for. Cheap: whether the system can be asked was found out when the desk was opened."""
        if self._account.by_passphrase:
            return "passphrase"
        return "system" if self._account.owner() is not None else "sign_in"

    def offers_browser(self) -> bool:
        """A passphrase is the only key there is once the store is closed; the sign-in cannot stand for it."""
        return not (self._account.by_passphrase and self._app.locks.standing == "hard")

    def try_secret(self, secret: str, *, closed: bool) -> None:
        if closed:
            self._tasks.run(self, partial(self._open, secret), self._opened, self._refused)
        else:
            self._tasks.run(self, partial(self._account.prove, secret), self._proven, self._refused)

    def try_browser(self, *, closed: bool) -> None:
        self._cancel.clear()
        session = self._app.session
        if not closed and session is not None:
            if self._again is None or self._again.session is not session:
                self._again = SignInAgain(
                    session,
                    partial(self._account.reach, session.server.sync.transport.base_url, MemoryKeeper()),
                    lambda: self._face,
                    world=self._app.world,
                    language=lambda: self._app.languages.current,
                )
                self._again.done.connect(self._app.locks.opened)
            self._again.begin()
        else:
            self._tasks.run(self, self._sign_in, self._opened, self._refused)

    def cancel(self) -> None:
        self._cancel.set()
        if self._again is not None:
            self._again.give_up()

    def let_go(self) -> None:
        self.close()
        self._account.drop()
        self._doors.forget()

    def close(self) -> None:
        """The mode ends."""
        again, self._again = self._again, None
        if again is not None:
            again.close()

    # -- in the lane -------------------------------------------------------------------------------------------

    def _open(self, secret: str) -> Opened | KeyAnswer:
        """Prove, then fetch the key anew: nothing of it was kept."""
        account = self._account
        account.prove(secret)
        folder = account.folder
        assert folder is not None  # a store that was closed has one
        answer = account.come_back(self._app.settings.server, folder)
        if isinstance(answer, AskPassphrase):
            return self._doors.open(account.key_by_passphrase(secret))
        return self._with(answer)

    def _sign_in(self) -> Opened | KeyAnswer:
        folder = self._account.folder
        answer = self._account.sign_in(
            self._app.settings.server,
            language=self._app.languages.current,
            open_browser=self._open_browser,
            cancel=self._cancel,
            only=folder.name if folder is not None else "",
        )
        return self._with(answer)

    def _with(self, answer: KeyAnswer) -> Opened | KeyAnswer:
        return self._doors.open(answer.key) if isinstance(answer, KeyReady) else answer

    def _open_browser(self, url: str) -> None:
        self._tasks.post(lambda: self._browse(url))

    def _browse(self, url: str) -> None:
        if not QDesktopServices.openUrl(QUrl(url)):
            self._app.locks.show_link(url)

    # -- at home -----------------------------------------------------------------------------------------------

    def _proven(self, _: None) -> None:
        self._app.locks.opened()

    def _opened(self, found: Opened | KeyAnswer) -> None:
        if isinstance(found, Opened):
            self._app.locks.opened()
            self._doors.opened(found)
        else:
            self._app.locks.give_way()
            self._doors.asks(found)

    def _refused(self, error: DeskError) -> None:
        self._app.locks.refused(error)


class _LockFace:
    """The lock page in the place of the bars that a sign-in speaks through."""

    def __init__(self, gate: RealGate) -> None:
        self._gate = gate

    def tell(
        self,
        key: str,
        text: str,
        kind: NoticeKind = "info",
        *,
        action: str = "",
        on: Callable[[], object] | None = None,
        dismissible: bool = True,
    ) -> None:
        """Only failures: that the browser is waited for, the page says itself."""
        if kind == "error":
            page = self._gate.app.locks.page
            if page is not None:
                page.show_lock(text)

    def withdraw(self, key: str) -> None:
        """Nothing of ours stands in a bar."""
