"""The rows of inspections, and of the tickets of one sample, as item models. Cells only; no question, no deed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.items import roles
from desktop.models.items.frozen import FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.queries.inspections import DrawnTicket, InspectionRow
from desktop.views.common import case_words
from desktop.views.common import inspection_words as words
from desktop.views.common.columns import Column


class InspectionModel(FrozenModel):
    """Columns: state, inspection, units, sample, latest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(5, parent)

    def set_rows(self, rows: Sequence[InspectionRow], desk: Desk) -> None:
        """Show these."""
        self.show([(row.id, _cells(row, desk)) for row in rows])


class TicketModel(FrozenModel):
    """Columns: number, matter, why it is in, what the check came to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(4, parent)
        self._tickets: dict[str, DrawnTicket] = {}

    def set_tickets(self, tickets: Sequence[DrawnTicket], *, checks: bool) -> None:
        """Show these; ``checks`` = whoever looks is told what the checks came to."""
        self._tickets = {ticket.number: ticket for ticket in tickets}
        self.show([(ticket.number, _ticket_cells(ticket, checks)) for ticket in tickets])

    def ticket(self, number: str) -> DrawnTicket | None:
        """The ticket with this number."""
        return self._tickets.get(number)


def inspection_columns() -> tuple[Column, ...]:
    """The columns of :class:`InspectionModel`."""
    return (
        Column(
            "state", QCoreApplication.translate("Sampling", "Standing"), "pill", width=128, sortable=False
        ),
        Column(
            "what",
            QCoreApplication.translate("Sampling", "Inspection"),
            "rich",
            stretch=True,
            min_width=170,
            sortable=False,
            required=True,
        ),
        Column("units", QCoreApplication.translate("Sampling", "Units"), width=130, sortable=False),
        Column(
            "sample", QCoreApplication.translate("Sampling", "Checked"), "number", width=76, sortable=False
        ),
        Column(
            "latest",
            QCoreApplication.translate("Sampling", "Last step"),
            "secondary",
            width=92,
            sortable=False,
        ),
    )


def ticket_columns() -> tuple[Column, ...]:
    """The columns of :class:`TicketModel`."""
    return (
        Column(
            "number",
            QCoreApplication.translate("Sampling", "Ticket"),
            width=132,
            sortable=False,
            required=True,
        ),
        Column(
            "title",
            QCoreApplication.translate("Sampling", "Matter"),
            stretch=True,
            min_width=110,
            sortable=False,
        ),
        Column("why", QCoreApplication.translate("Sampling", "Drawn"), "secondary", width=76, sortable=False),
        Column("score", QCoreApplication.translate("Sampling", "Check"), "pill", width=104, sortable=False),
    )


def _cells(row: InspectionRow, desk: Desk) -> tuple[dict[int, object], ...]:
    comma = QCoreApplication.translate("Sampling", ", ")
    units = comma.join(row.unit_names)
    number = row.number or QCoreApplication.translate("Sampling", "Number on issue")
    checked = f"{row.drawn:,}" if row.checked is None else f"{row.checked} / {row.drawn}"
    return (
        {roles.DISPLAY: words.state(row.state), roles.LIGHT: words.state_light(row.state)},
        {
            roles.DISPLAY: row.title,
            roles.SECONDARY: number,
            roles.PENDING: row.pending,
            roles.TOOLTIP: f"{number} {row.title}",
        },
        {roles.DISPLAY: units, roles.TOOLTIP: units},
        {roles.DISPLAY: checked if row.drawn else "—"},
        {roles.DISPLAY: case_words.moment(desk.profile, row.latest_at, desk.now())},
    )


def _ticket_cells(ticket: DrawnTicket, checks: bool) -> tuple[dict[int, object], ...]:
    why = (
        QCoreApplication.translate("Sampling", "in any case")
        if ticket.must
        else QCoreApplication.translate("Sampling", "by lot")
    )
    check = ticket.check
    if not checks:
        light, result = "", ""
    elif check is None:
        light, result = "paused", QCoreApplication.translate("Sampling", "Not checked")
    elif not check.complete:
        light, result = "due_soon", QCoreApplication.translate("Sampling", "Begun")
    elif check.passed:
        light, result = "normal", words.points(check.tenths)
    else:
        failed = QCoreApplication.translate("Sampling", "{points} failed")
        light, result = "overdue", failed.format(points=words.points(check.tenths))
    return (
        {roles.DISPLAY: ticket.number},
        {roles.DISPLAY: ticket.title or "—", roles.SECONDARY: ticket.unit_name, roles.TOOLTIP: ticket.title},
        {roles.DISPLAY: why},
        {roles.DISPLAY: result, roles.LIGHT: light},
    )
