"""The editor of a moment by keyboard: a date and time with a calendar, which may hold nothing yet.

Qt's own keeps Tab for ever in an empty one and begins to count in its least year; both are mended here.
"""

from __future__ import annotations

from PySide6.QtCore import QDateTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateTimeEdit


class MomentInput(QDateTimeEdit):
    """A date and time with a calendar, unmoved by the wheel; ``start`` is where the arrow keys begin from nothing."""

    start: QDateTime | None = None

    def _is_empty(self) -> bool:
        return self.dateTime() <= self.minimumDateTime()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Out of an empty one at once: it has no parts to go through, and Qt would look for the next for ever."""
        if self._is_empty():
            return super(QDateTimeEdit, self).focusNextPrevChild(next)
        return super().focusNextPrevChild(next)

    def stepBy(self, steps: int) -> None:
        if self._is_empty() and self.start is not None:
            self.setDateTime(self.start)
        else:
            super().stepBy(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        if self._is_empty() and self.start is not None:
            return (
                QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
                | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
            )
        return super().stepEnabled()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
