"""What somebody should look at again before a reply goes: hints in words, each with its reason. Holds nothing back.

Asks in a patient lane, shows, and tells whether there was anything; whoever owns it decides what a second press means.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.reply_checks import Remark
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.reply_checks import Reply, reply_remarks
from desktop.views.common.layouts import discard
from desktop.views.common.text import PlainLabel

_Found = tuple[Reply, tuple[Remark, ...]]


class RemarksBox(QWidget):
    """See the module's docstring."""

    #: A reply was looked over: True where there is nothing to say.
    looked = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reply: Reply | None = None
        self._remarks: tuple[Remark, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 4)
        whole.setSpacing(4)
        whole.addWidget(PlainLabel(self.tr("Before it goes"), kind="strong"))
        whole.addLayout(self._lines)
        self.hide()

    def look(self, reply: Reply) -> None:
        """Look a reply over; only the latest asked for is shown."""
        self._desk.run_query(
            self,
            lambda r: _look(r, reply),
            self._take,
            slot="remarks",
            patient=True,
            failed=self._failed,
        )

    def knows(self, reply: Reply) -> bool:
        """Whether this reply was looked over, as it stands."""
        return self._reply == reply

    def remarks(self) -> tuple[Remark, ...]:
        """The hints shown."""
        return self._remarks

    def clear(self) -> None:
        """Nothing is being written any more."""
        self._reply = None
        self._show(())

    def _take(self, found: _Found) -> None:
        self._reply, remarks = found
        self._show(remarks)
        self.looked.emit(not remarks)

    def _failed(self, error: DeskError) -> None:
        """A check that cannot be made is no reason to keep a reply."""
        self._show(())
        self.looked.emit(True)

    def _show(self, remarks: tuple[Remark, ...]) -> None:
        self._remarks = remarks
        while self._lines.count():
            discard(self._lines.takeAt(0).widget())
        for remark in remarks:
            self._lines.addWidget(PlainLabel(f"· {self._words(remark)}", wrap=True, limit=500))
        self.setVisible(bool(remarks))

    def _words(self, remark: Remark) -> str:
        words = {
            "point": self.tr("Not answered: “{quote}”"),
            "template": self.tr("Hardly more than set phrases: {quote}"),
            "placeholder": self.tr("Left to be filled in: {quote}"),
            "no_contact": self.tr(
                "Nothing shows that anybody spoke with the requester: say when and how, or attach a record."
            ),
            "alike": self.tr("{percent} % the same as what was answered on {number}: “{quote}”"),
        }[remark.code]
        return words.format(quote=remark.quote, percent=remark.percent, number=remark.other_number)


def _look(r: Reader, reply: Reply) -> _Found:
    return reply, reply_remarks(r, reply)
