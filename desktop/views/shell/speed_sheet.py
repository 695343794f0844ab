"""How fast the program answers: what was slow in this session, for whoever is asked why it hangs.

Shows names of our functions, milliseconds and places in the program, as they stand in the desk's record; fetches and
measures nothing.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.background.desk import Desk
from desktop.services.background.speed import Slow, Stall
from desktop.views.common.dialogs import Sheet
from desktop.views.common.text import PlainLabel, PlainText

_MEGABYTE = 1_000_000


class SpeedSheet(Sheet):
    """A reading of the record at the moment it is opened."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("How fast the program answers"), parent, width=760)
        words = self.tr(
            "What took long since the desk was opened: questions to the store and commands above 50 ms, and moments "
            "above 100 ms in which the window did not answer. No word of a case is in it, and nothing is sent."
        )
        self.body.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        self.body.addWidget(PlainLabel(self._lists(desk), wrap=True))
        self.record = PlainText(self._record(desk))
        self.record.document().setDocumentMargin(8)
        self.record.setMinimumHeight(300)
        self.record.setAccessibleName(self.tr("How fast the program answers"))
        self.body.addWidget(self.record, 1)
        self.add_button(self.tr("Close"), self.accept, kind="primary")

    def _lists(self, desk: Desk) -> str:
        held = desk.lists_in_memory()
        if held is None:
            return self.tr("Lists are sorted and counted by the store.")
        words = self.tr("Lists are sorted and counted in memory: {count} cases, {size} MB.")
        return words.format(count=f"{held[0]:,}", size=f"{held[1] / _MEGABYTE:.0f}")

    def _record(self, desk: Desk) -> str:
        stalls = [self._stall(desk, stall) for stall in reversed(desk.speed.stalls())]
        slow = [self._slow(desk, slow) for slow in reversed(desk.speed.slow())]
        parts = [self.tr("The window did not answer"), *(stalls or [self.tr("Never.")])]
        parts += ["", self.tr("Slow questions and commands"), *(slow or [self.tr("None.")])]
        return "\n".join(parts)

    def _stall(self, desk: Desk, stall: Stall) -> str:
        head = f"{desk.profile.local(stall.at):%H:%M:%S}  {stall.ms:,} ms"
        return "\n".join([head, *(f"    {line}" for line in stall.stack)])

    def _slow(self, desk: Desk, slow: Slow) -> str:
        waited = self.tr("(waited {ms} ms)").format(ms=f"{slow.waited_ms:,}") if slow.waited_ms else ""
        kind = self.tr("question") if slow.kind == "query" else self.tr("command")
        line = f"{desk.profile.local(slow.at):%H:%M:%S}  {slow.ran_ms:,} ms  {kind}  {slow.name}  {waited}"
        return line.rstrip()
