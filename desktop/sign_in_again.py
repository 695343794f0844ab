"""Signing in again while the desk stays on the screen: the browser opens, the page behind keeps its place.

The new sign-in is tried beside the session's and handed to it only when it is the same person: the store holds their
unsent work. Decides nothing about when; knows no tokens longer than it takes to hand them over.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.session import Server, Session, StoreTrouble
from desktop.views.common.bars import NoticeKind
from desktop.views.common.words import error_words
from desktop.world import World

_NOTICE = "sign-in-again"
_CLOSE_S = 3.0


class Bars(Protocol):
    """Where it says how it stands: the bars of the frame, or a page in their place."""

    def tell(
        self,
        key: str,
        text: str,
        kind: NoticeKind = "info",
        *,
        action: str = "",
        on: Callable[[], object] | None = None,
        dismissible: bool = True,
    ) -> None: ...

    def withdraw(self, key: str) -> None: ...


class SignInAgain(QObject):
    """One session's way back to its server. ``done`` comes when the session goes on."""

    done = Signal()

    def __init__(
        self,
        session: Session,
        beside: Callable[[], Server],
        notices: Callable[[], Bars | None],
        *,
        world: World,
        language: Callable[[], str],
    ) -> None:
        """``beside`` makes clients of the same server that know no sign-in; ``notices`` are those on the screen."""
        super().__init__(session)
        self._session = session
        self._beside = beside
        self._notices = notices
        self._world = world
        self._language = language
        self._tasks = Tasks("sign-in", parent=self)
        self._cancel = Event()
        self._running = False
        session.destroyed.connect(self._cancel.set)

    @property
    def session(self) -> Session:
        """Whose way back this is."""
        return self._session

    def begin(self) -> None:
        """Open the browser; while one attempt runs, another click only says so."""
        if self._running:
            self._tell_waiting()
            return
        self._running = True
        self._cancel.clear()
        self._tell_waiting()
        self._tasks.run(self, self._sign_in, self._signed_in, self._failed)

    def give_up(self) -> None:
        """The person does not want to, after all."""
        self._cancel.set()

    def close(self) -> None:
        """Give up what runs; the session is ending."""
        self._cancel.set()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    # -- in the lane -------------------------------------------------------------------------------------------

    def _sign_in(self) -> None:
        """Raises what the attempt raises, and StoreTrouble("other_person")."""
        server = self._beside()
        try:
            attempt = LoopbackSignIn(
                server.online,
                random_bytes=self._world.rng.randbytes,
                monotonic=self._world.clock.monotonic,
                language=self._language(),
            )
            with attempt:
                self._tasks.post(lambda: self._open_browser(attempt.url))
                tokens = attempt.wait(self._cancel)
            server.sign_in.begin(tokens)
            if server.online.me().person_id != self._session.desk.me.person_id:
                server.sign_in.end()
                raise StoreTrouble("other_person")
            self._session.server.sign_in.begin(tokens)
        finally:
            server.online.transport.close()
            server.sync.transport.close()

    # -- on the GUI thread -------------------------------------------------------------------------------------

    def _open_browser(self, url: str) -> None:
        if not QDesktopServices.openUrl(QUrl(url)):
            template = self.tr("No browser could be opened. Open this address yourself: {url}")
            self._tell(template.format(url=url))

    def _tell_waiting(self) -> None:
        self._tell(self.tr("Go on in the browser; this desk goes on by itself afterwards."))

    def _tell(self, words: str) -> None:
        notices = self._notices()
        if notices is not None:
            cancel = self.tr("Cancel the sign-in")
            notices.tell(_NOTICE, words, "info", action=cancel, on=self._cancel.set, dismissible=False)

    def _signed_in(self, _: None) -> None:
        self._end()
        self._session.worker.signed_in()
        self.done.emit()

    def _failed(self, error: DeskError) -> None:
        self._end()
        notices = self._notices()
        if notices is not None and error.code != "sign_in_cancelled":
            notices.tell(_NOTICE, error_words(error), "error")

    def _end(self) -> None:
        self._running = False
        notices = self._notices()
        if notices is not None:
            notices.withdraw(_NOTICE)
