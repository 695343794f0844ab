"""The rows of the outbox as an item model: some dozens at most, held as they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.models.items import roles
from desktop.models.items.frozen import FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.queries.outbox import OutboxRow
from desktop.views.common import case_words
from desktop.views.outbox import sentences


class EntryModel(FrozenModel):
    """Columns: mark, sentence, standing, time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(4, parent)
        self._rows: tuple[OutboxRow, ...] = ()

    def set_rows(self, rows: Sequence[OutboxRow], desk: Desk) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self.show([(row.key, _cells(row, desk)) for row in rows])

    def entry(self, key: str) -> OutboxRow | None:
        """The entry with this key."""
        return next((row for row in self._rows if row.key == key), None)


def _cells(row: OutboxRow, desk: Desk) -> tuple[dict[int, object], ...]:
    profile, now = desk.profile, desk.now()
    what = sentences.sentence(row)
    standing = sentences.standing(row, profile, desk.offset)
    asks = row.standing in ("conflict", "refused", "out_of_scope", "lost")
    spoken = f"{what}, {standing}"
    return (
        {roles.DISPLAY: "", roles.LIGHT: sentences.light(row)},
        {
            roles.DISPLAY: what,
            roles.SECONDARY: row.ticket_title or row.ticket_number,
            roles.EMPHASIS: asks,
            roles.ACCESSIBLE: spoken,
            roles.TOOLTIP: f"{what} {row.ticket_title}",
        },
        {roles.DISPLAY: standing, roles.TOOLTIP: standing},
        {roles.DISPLAY: case_words.moment(profile, row.made_at, now)},
    )
