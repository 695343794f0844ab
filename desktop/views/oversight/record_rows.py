"""The rows of the record as an item model: what one page of it holds, and the older ones asked for behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.domain.oversight import AuditEntry
from desktop.models.items import roles
from desktop.models.items.frozen import FrozenModel
from desktop.services.background.desk import Desk
from desktop.views.common import oversight_words as words


class RecordModel(FrozenModel):
    """Columns: time, person, act, case, why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(5, parent)
        self._entries: tuple[AuditEntry, ...] = ()

    def set_entries(self, entries: Sequence[AuditEntry], desk: Desk) -> None:
        """Show these."""
        self._entries = tuple(entries)
        self.show([(str(entry.seq), _cells(entry, desk)) for entry in entries])

    def entries(self) -> tuple[AuditEntry, ...]:
        """What is shown, newest first."""
        return self._entries

    def entry(self, row_id: str) -> AuditEntry | None:
        """The act with this number."""
        return next((entry for entry in self._entries if str(entry.seq) == row_id), None)


def _cells(entry: AuditEntry, desk: Desk) -> tuple[dict[int, object], ...]:
    at = f"{desk.office_time(entry.at):%Y-%m-%d %H:%M:%S}"
    what, about = words.action(entry.action), _about(entry)
    why = " · ".join(
        word for word in (words.purpose(desk.profile, entry.purpose, desk.language), entry.reason) if word
    )
    who = entry.person or QCoreApplication.translate("Oversight", "Server's command line")
    return (
        {roles.DISPLAY: at},
        {roles.DISPLAY: who, roles.TOOLTIP: f"{who} {entry.device_id}"},
        {roles.DISPLAY: what, roles.SECONDARY: about, roles.TOOLTIP: f"{what} {about}"},
        {roles.DISPLAY: entry.ticket_number},
        {roles.DISPLAY: why, roles.TOOLTIP: why},
    )


def _about(entry: AuditEntry) -> str:
    parts = [words.field(entry.field)] if entry.field else []
    if entry.second:
        parts.append(QCoreApplication.translate("Oversight", "with {name}").format(name=entry.second))
    if entry.code:
        parts.append(entry.code)
    if entry.rows > 1:
        parts.append(QCoreApplication.translate("Oversight", "{n} rows").format(n=f"{entry.rows:,}"))
    return " · ".join(parts)
