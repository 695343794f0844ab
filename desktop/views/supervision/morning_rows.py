"""The lines of the morning sheet as an item model, and the words of its sections: for the screen and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.domain.redaction import redact_for_paper
from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.queries.morning import MorningItem, MorningSection, MorningSheet
from desktop.views.common import case_words

_LIGHTS = {"fell": "overdue", "due": "due_soon", "contradicted": "overdue", "answered": "normal"}


class MorningModel(FrozenModel):
    """Columns: tick, why it is here, number, matter, unit, when. Cells are made when they are painted."""

    COLUMNS = 6

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(self.COLUMNS, parent)
        self._desk = desk
        self._items: tuple[MorningItem, ...] = ()
        self._whys: dict[str, str] = {}
        self._made: dict[int, Cells] = {}

    def set_sheet(self, sheet: MorningSheet, wanted: str = "") -> None:
        """Show every line, or those of one section."""
        chosen = [s for s in sheet.sections if not wanted or section_key(s) == wanted]
        self._whys = {item.key: short_title(self._desk, s) for s in sheet.sections for item in s.items}
        self._items = tuple(item for section in chosen for item in section.items)
        self._made = {}
        same = self.ids() == tuple(item.key for item in self._items)
        self.show([(item.key, ()) for item in self._items])
        if same and self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, self.COLUMNS - 1))

    def item(self, key: str) -> MorningItem | None:
        """The line with this key."""
        row = self.row_of(key)
        return self._items[row] if row >= 0 else None

    def next_open(self, key: str) -> str:
        """The first line below that is not looked at yet, "" where there is none."""
        below = self._items[self.row_of(key) + 1 :]
        return next((item.key for item in below if not item.done), "")

    def cell(self, row: int, column: int, role: int) -> object:
        if role == roles.ROW_ID:
            return super().cell(row, column, role)
        if row not in self._made:
            item = self._items[row]
            self._made[row] = _cells(item, self._whys[item.key], self._desk)
        return self._made[row][column].get(role, "" if role == roles.LIGHT else None)


def _cells(item: MorningItem, why: str, desk: Desk) -> Cells:
    ticket = item.ticket
    when = case_words.moment(desk.profile, item.at, desk.now())
    return (
        {roles.DISPLAY: "", roles.CHECKED: item.done},
        {roles.DISPLAY: why, roles.LIGHT: _LIGHTS[item.kind]},
        {roles.DISPLAY: ticket.number},
        {
            roles.DISPLAY: ticket.title,
            roles.PENDING: ticket.pending,
            roles.TOOLTIP: ticket.title,
            roles.ACCESSIBLE: ", ".join((why, ticket.number, ticket.title, ticket.unit, when)),
        },
        {roles.DISPLAY: ticket.unit, roles.TOOLTIP: ticket.unit},
        {roles.DISPLAY: when},
    )


def section_key(section: MorningSection) -> str:
    """What one section is called in code: its kind, and its closing hour."""
    return f"{section.kind}{section.until:%H%M}" if section.until is not None else section.kind


def short_title(desk: Desk, section: MorningSection) -> str:
    """Two or three words: on a line, on a chip."""
    if section.until is not None:
        by = QCoreApplication.translate("Morning", "Due by {time}")
        return by.format(time=_hour(desk, section.until))
    return {
        "fell": QCoreApplication.translate("Morning", "Became overdue"),
        "contradicted": QCoreApplication.translate("Morning", "Visit disagrees"),
        "answered": QCoreApplication.translate("Morning", "Unit answered"),
    }[section.kind]


def since_words(desk: Desk, sheet: MorningSheet) -> str:
    """From when on."""
    words = QCoreApplication.translate("Morning", "Since you left on {time}")
    return words.format(time=case_words.moment(desk.profile, sheet.since, desk.now()))


def paper_titles() -> tuple[str, ...]:
    """The columns on paper."""
    return (
        QCoreApplication.translate("Morning", "Why"),
        QCoreApplication.translate("Morning", "Number"),
        QCoreApplication.translate("Morning", "Matter"),
        QCoreApplication.translate("Morning", "Unit"),
        QCoreApplication.translate("Morning", "When"),
        QCoreApplication.translate("Morning", "Looked at"),
    )


def paper_rows(desk: Desk, sheet: MorningSheet) -> Sequence[Sequence[str]]:
    """Every line as texts, masked as all paper is."""
    ticked = QCoreApplication.translate("Morning", "yes")
    return [
        (
            short_title(desk, section),
            item.ticket.number,
            redact_for_paper(item.ticket.title),
            item.ticket.unit,
            case_words.moment(desk.profile, item.at, desk.now()),
            ticked if item.done else "",
        )
        for section in sheet.sections
        for item in section.items
    ]


def _hour(desk: Desk, at: datetime) -> str:
    """ "12:00"; with the day where it is another one."""
    local = desk.profile.local(at)
    today = local.date() == desk.profile.local(desk.now()).date()
    return f"{local:%H:%M}" if today else case_words.moment(desk.profile, at, desk.now())
