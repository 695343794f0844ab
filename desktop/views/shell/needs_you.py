"""What needs the person, wherever they are: a bar when something new does, and one key that leads there.

Never modal, never taking the focus. Says how many, never what is in them; must not count by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.services.background.connection import Connection

if TYPE_CHECKING:
    from .frame import Frame

KEY = "Ctrl+J"
_BAR = "needs-you"
_REQUESTS = "report-requests"
_REQUESTS_PAGE = "report_requests"


class NeedsYou(QObject):
    """Tells of each new entry once, unless it appears before the person's eyes anyway."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._known = 0
        QShortcut(QKeySequence(KEY), frame).activated.connect(self.open)
        frame.page_opened.connect(self._look)
        self._asked: frozenset[str] = frozenset()
        frame.desk.oversight.looked.connect(self._show_requests)

    def _show_requests(self) -> None:
        """Colleagues who wait for this person's agreement to see behind a report: said once for each."""
        waiting = frozenset(request.id for request in self._frame.desk.oversight.waiting_for_me())
        new, self._asked = waiting - self._asked, waiting
        if new and self._frame.current_page != _REQUESTS_PAGE:
            words = self.tr(
                "%n request(s) to see behind a report wait(s) for a second person.", "", len(waiting)
            )
            self._frame.notices.tell(
                _REQUESTS, words, "warn", action=self.tr("Decide"), on=self.open_requests
            )
        elif not waiting:
            self._frame.notices.withdraw(_REQUESTS)

    def open_requests(self) -> None:
        """Lead to the requests; the bar has done its work."""
        self._frame.notices.withdraw(_REQUESTS)
        self._frame.open_page(_REQUESTS_PAGE)

    def show_connection(self, connection: Connection) -> None:
        """How many there are now."""
        many, before = connection.to_settle, self._known
        self._known = many
        if many > before and not self._is_shown():
            words = self.tr(
                "%n record(s) could not go out as recorded and need(s) you. Your words are kept.", "", many
            )
            self._frame.notices.tell(_BAR, words, "warn", action=self.tr("Settle now"), on=self.open)
        elif many < before:
            self._frame.notices.withdraw(_BAR)

    def open(self) -> None:
        """Lead there; the bar has done its work."""
        self._frame.notices.withdraw(_BAR)
        self._frame.why.close_panel()
        self._frame.open_page("outbox").open_needs()

    def _look(self) -> None:
        if self._is_shown():
            self._frame.notices.withdraw(_BAR)

    def _is_shown(self) -> bool:
        return (self._frame.current_page, self._frame.current_queue) == ("outbox", "needs")
