"""Who has whom in hand at this moment, asked of the server while the desk is looked at. Shows nothing, keeps nothing.

A lease changes no row, so it does not come with the sync; what is older than a few questions is not said any more.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.wire import LeaseHolder, LeaseHolders, TakenOver
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError

EVERY_MS = 15_000


class Holders(QObject):
    """See the module. ``changed`` when anybody was taken or let go; ``taken_over`` carries a TakenOver, once each."""

    changed = Signal()
    taken_over = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._by_visit: dict[str, LeaseHolder] = {}
        self._told: set[tuple[str, str]] = set()
        self._first = True
        self.block_id = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        """The page is seen."""
        self._timer.start()
        self.ask()

    def stop(self) -> None:
        """It is not, or goes."""
        self._timer.stop()

    def ask(self) -> None:
        """Look again now. Without a connection nobody knows, and nothing is said."""
        if not self._desk.connection.online:
            self._learn(LeaseHolders(holders=()), told=False)
        else:
            self._desk.online.ask_holders(self, self._heard, self._unheard)

    def of(self, visit_id: str) -> LeaseHolder | None:
        """Who has this visit in hand, at another desk than this."""
        held = self._by_visit.get(visit_id)
        if held is None or held.mine or held.until <= self._desk.real_now():
            return None
        return held

    def _heard(self, said: LeaseHolders) -> None:
        self._learn(said, told=True)

    def _unheard(self, error: DeskError) -> None:
        self._learn(LeaseHolders(holders=()), told=False)

    def _learn(self, said: LeaseHolders, *, told: bool) -> None:
        by_visit = {held.visit_id: held for held in said.holders}
        if told:
            self.block_id = said.block_id
        if by_visit != self._by_visit:
            self._by_visit = by_visit
            self.changed.emit()
        for each in said.taken_over:
            self._tell(each)
        self._first = self._first and not told

    def _tell(self, each: TakenOver) -> None:
        key = (each.by_name, each.at.isoformat())  # one person's matters are one takeover
        if key not in self._told:
            self._told.add(key)
            if not self._first:
                self.taken_over.emit(each)
