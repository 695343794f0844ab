"""The line as a desk holds it: what is plugged in may be another while the desk is open, and may be nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject

from .line import Line, LineRefused


class Switch(Line):
    """Says and does what the line that is plugged in says and does; ``trouble`` is "no_line" where none is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self.trouble = "no_line"

    def plug(self, line: Line | None, trouble: str = "no_line") -> None:
        """Use another line from now on; a call in hand ends. ``trouble`` says why there is none."""
        old, self._line = self._line, None
        if old is not None:
            old.ringing.disconnect(self._ringing)
            old.answered.disconnect(self._answered)
            old.ended.disconnect(self._ended)
            old.changed.disconnect(self._changed)
            old.close()
            old.deleteLater()
        if self.state != "idle":
            self._ended("line_fault", 0)
        self._line = line
        if line is None:
            self.practice, self.observes, self.trouble = False, True, trouble
            self.changed.emit()
            return
        line.setParent(self)
        line.ringing.connect(self._ringing)
        line.answered.connect(self._answered)
        line.ended.connect(self._ended)
        line.changed.connect(self._changed)
        self._changed()

    def dial(self, number: str) -> None:
        self._refuse_unless_free()
        if self._line is None:
            raise LineRefused("no_line")
        self.recording = ""
        self._line.dial(number)
        self._follow()

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.hang_up()

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        self.state, self.trouble = "idle", "no_line"

    def _follow(self) -> None:
        self.state = "idle" if self._line is None else self._line.state

    def _ringing(self) -> None:
        self._follow()
        self.ringing.emit()

    def _answered(self) -> None:
        self._follow()
        self.answered.emit()

    def _ended(self, outcome: str, seconds: int) -> None:
        self.state = "idle"
        self.recording = self._line.recording if self._line is not None else ""
        self.ended.emit(outcome, seconds)

    def _changed(self) -> None:
        line = self._line
        if line is not None:
            self.practice, self.observes, self.trouble = line.practice, line.observes, line.trouble
            self.changed.emit()
