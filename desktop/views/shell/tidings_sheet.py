"""Whether the system's tray tells what came, and between which hours it is quiet."""

from __future__ import annotations

from datetime import time

from PySide6.QtWidgets import QWidget

from desktop.models.domain.tidings import QuietHours
from desktop.services.background.tidings_watch import TidingsPlace
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.dialogs import Sheet
from desktop.views.common.text import PlainLabel

_HALF_HOURS = tuple(time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 30))


class TidingsSheet(Sheet):
    """See the module's docstring."""

    def __init__(self, place: TidingsPlace, parent: QWidget) -> None:
        super().__init__(self.tr("Notifications"), parent, width=520)
        self._place = place
        about = self.tr(
            "While the window is behind others, one notice says how many cases were escalated, are due within the "
            "hour, or were answered to you. It names numbers of cases and nobody."
        )
        self.body.addWidget(PlainLabel(about, tone="secondary", wrap=True))
        self.wanted = SegmentedChoice(self.tr("Tell me"), numbers=False, required=True)
        self.wanted.set_options((("yes", self.tr("Yes")), ("no", self.tr("No"))))
        self.begins = ChoiceField(self.tr("Quiet from"), required=True)
        self.until = ChoiceField(self.tr("Quiet until"), required=True)
        hours = [(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in _HALF_HOURS]
        for field in (self.begins, self.until):
            field.set_options(hours)
        for widget in (self.wanted, self.begins, self.until):
            self.body.addWidget(widget)
        self.wanted.set_value("yes" if place.wanted else "no")
        self.begins.set_value(f"{place.quiet.begins:%H:%M}")
        self.until.set_value(f"{place.quiet.until:%H:%M}")
        self.add_button(self.tr("Close"), self.reject)
        self.save = self.add_button(self.tr("Tell me so"), self._save, kind="primary")

    def _save(self) -> None:
        quiet = QuietHours(_hour(self.begins.value()), _hour(self.until.value()))
        self._place.choose(self.wanted.value() != "no", quiet)
        self.accept()


def _hour(words: str) -> time:
    return time.fromisoformat(words)
