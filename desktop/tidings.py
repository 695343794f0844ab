"""Being told while the window is behind others: one desk's watch, the tray, and the way from a notice into its queue.

Wires only: what is worth telling, and when, stands in ``services.background.tidings_watch``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.services.background.tidings_watch import TidingsWatch
    from desktop.session import Session
    from desktop.views.common.tray import Tray

_HEEDS = frozenset({"officer", "approve", "deputy_director", "return_visit"})
_PAGES = {"booked": "return_visits"}
"""Which page has the queue that was spoken of; every other is supervision's."""
_BOOKED = "booked calls"


class TidingsDesk(QObject):
    """Lives as long as the program; follows it from desk to desk. For those who supervise or call citizens."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        self._session: Session | None = None
        self.watch: TidingsWatch | None = None
        self.tray: Tray | None = None
        app.shown.connect(self._shown)

    def _shown(self, frame: object) -> None:
        """A frame was made; of another language or another person."""
        session = self._app.session
        if session is None or session is self._session:
            return
        if not _HEEDS.intersection(session.desk.me.roles):
            return
        from desktop.services.background.tidings_watch import TidingsWatch  # after the first paint
        from desktop.views.common.tray import Tray

        self._session = session
        session.desk.tidings = self._app.settings.tidings_place()
        self.tray = Tray(self)
        self.watch = TidingsWatch(session.desk, session.desk.tidings, self)
        self.watch.told.connect(self.tray.tell)
        self.watch.promised.connect(self._remind)
        self.tray.opened.connect(self._open)
        session.closing.connect(self.close)
        self.watch.look()

    def close(self) -> None:
        """The desk is about to be closed."""
        watch, tray, self._session = self.watch, self.tray, None
        self.watch = self.tray = None
        if watch is not None:
            watch.close()
            watch.deleteLater()
        if tray is not None:
            tray.close()
            tray.deleteLater()

    def _open(self, queue: str) -> None:
        """The window comes forward, also where it asks for a password first."""
        self._app.come_forward("")
        if queue and self._app.frame is not None and self._app.locks.standing == "open":
            self._app.frame.open_page(_PAGES.get(queue, "supervision"), queue)

    def _remind(self, count: int) -> None:
        """Whoever is promised a call waits by the telephone: said in the window as well, on whatever page."""
        frame = self._app.frame
        if frame is not None and self._app.locks.standing == "open":
            words = self.tr("%n promised call(s) within ten minutes", "", count)
            show = partial(self._open, "booked")
            frame.notices.tell(_BOOKED, words, "warn", action=self.tr("Show"), on=show)
