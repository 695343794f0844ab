"""Blocking work outside the store, one after another in a lane of its own: the network, the keyring, a process.

Answers come home like a query's; nothing is ever overtaken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from .errands import Errands
from .errors import DeskError, desk_error
from .lanes import Job, Lane
from .relay import Relay

T = TypeVar("T")


class Tasks(QObject):
    """Lives on the GUI thread. ``unheard`` carries a DeskError that nobody asked to hear."""

    unheard = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands(Relay(self), self.unheard.emit)
        self._lane = Lane(name)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Run ``work`` in the lane and hand its value to ``then``, its failure to ``failed``, on the GUI thread.

        Both are bound methods of QObjects; nothing is delivered for a destroyed owner.
        """
        errand = self._errands.deed(owner, then, failed)

        def job() -> None:
            try:
                value = work()
            except Exception as error:  # noqa: BLE001  every failure goes home as words
                errand.fail(desk_error(error))
            else:
                errand.succeed(value)

        if not self._lane.submit(job):
            errand.fail(DeskError("closing"))

    def refuse(
        self, owner: QObject, error: DeskError, failed: Callable[[DeskError], None] | None = None
    ) -> None:
        """Answer ``error`` without doing anything, the way a failure would come."""
        self._errands.deed(owner, None, failed).fail(error)

    def submit(self, job: Job) -> None:
        """Run ``job`` in the lane for nobody; it must not raise."""
        self._lane.submit(job)

    def post(self, delivery: Callable[[], None]) -> None:
        """From any thread: have ``delivery`` called on the GUI thread."""
        self._errands.post(delivery)

    def close(self, *, drain: bool, timeout_s: float) -> bool:
        """Deliver nothing more and end the lane; True when its thread has ended."""
        self._errands.close()
        return self._lane.close(drain=drain, timeout_s=timeout_s)
