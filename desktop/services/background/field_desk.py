"""Keeps what was taken along through a restart, counts its time down, and forgets the numbers when it is over.

Decides nothing about who may call: ``Online`` does. A lock takes the numbers (`locks`), and so they go here too.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.models.domain.carrying import KeptBlock
from desktop.models.domain.clock import Clock
from desktop.services.commands.carrying import keep_block
from desktop.services.queries.carrying import kept_block

from .carried import Carried
from .desk import Desk

_MINUTE_MS = 60_000


class FieldDesk(QObject):
    """See the module. ``start`` once the store is open."""

    def __init__(self, desk: Desk, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._count_down)
        desk.online.block_changed.connect(self._keep)

    def start(self) -> None:
        """Go on with what an earlier run of the program took along."""
        self._desk.run_query(self, kept_block, self._resume)

    def _resume(self, kept: KeptBlock | None) -> None:
        if kept is None or self._desk.online.carried is not None:
            return
        carried = Carried.of_kept(kept, self._clock)
        self._desk.online.carry(carried if carried.left_s > 0 else None)

    def _keep(self, carried: Carried | None) -> None:
        if carried is None:
            self._minute.stop()
        elif not self._minute.isActive():
            self._minute.start()
        kept = carried.kept() if carried is not None else None
        self._desk.run_command(self, lambda w: keep_block(w, kept))

    def _count_down(self) -> None:
        """What has passed is written down: a restart with a wrong clock gives no time back."""
        carried = self._desk.online.carried
        if carried is None:
            self._minute.stop()
        elif carried.left_s <= 0:
            self._desk.online.carry(None)
        else:
            self._keep(carried)
