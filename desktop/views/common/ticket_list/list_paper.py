"""What leaves the list on paper or as a spreadsheet: columns, values, words about the filter. Masked as an export is.

The visible columns in their order, but never the requester: a name in a list belongs to nobody's hard disk. Runs in
the reading lane. Must not fetch by itself nor write a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.redaction import redact_for_paper
from desktop.services.documents.listing import PrintColumn
from desktop.services.documents.values import SheetColumn, Value
from desktop.services.queries.base import Reader, Reference
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.ticket_row import TicketRow
from desktop.services.queries.tickets import ticket_rows
from desktop.views.common import case_words
from desktop.views.common.columns import Column
from desktop.views.common.ticket_list import queues
from desktop.views.common.ticket_list.columns import texts_of

_NEVER = ("requester",)
_NUMBERS = ("urges", "rework")
_SHARES = {"title": 270, "due": 230, "number": 125}


def exported(columns: Sequence[Column]) -> list[Column]:
    """The columns that may leave."""
    return [column for column in columns if column.key not in _NEVER]


def printed(columns: Sequence[Column]) -> list[Column]:
    """The same for paper, where the time limit says its state itself."""
    return [column for column in exported(columns) if column.key != "light"]


def sheet_columns(columns: Sequence[Column]) -> list[SheetColumn]:
    """Titles and widths for a spreadsheet."""
    return [SheetColumn(c.title, 48 if c.stretch else max(10, c.width // 7)) for c in columns]


def print_columns(columns: Sequence[Column]) -> list[PrintColumn]:
    """Titles and shares for paper."""
    return [PrintColumn(c.title, _SHARES.get(c.key, c.width)) for c in columns]


def sheet_rows(r: Reader, rids: Sequence[int], keys: Sequence[str]) -> list[list[Value]]:
    """The typed values of these rows."""
    return [[_value(row, r, key) for key in keys] for row in ticket_rows(r, rids)]


def print_rows(r: Reader, rids: Sequence[int], keys: Sequence[str]) -> list[list[str]]:
    """The same as texts."""
    return [[texts[key] for key in keys] for row in ticket_rows(r, rids) if (texts := _texts(row, r))]


def filter_words(wanted: TicketFilter, reference: Reference) -> str:
    """The queue and what narrows it, in one line."""
    parts = [queues.title_of(wanted.queue)]
    parts += [reference.unit_name(i) for i in wanted.unit_ids]
    parts += [case_words.request_type(code) for code in wanted.request_types]
    parts += [reference.category_path(i) for i in wanted.category_ids]
    parts += [case_words.channel(code) for code in wanted.channels]
    parts += [reference.place_name(i) for i in wanted.place_ids]
    parts += [case_words.light(code) for code in wanted.lights]
    if wanted.party:
        parts.append(case_words.person_or_enterprise(enterprise=wanted.party == "enterprise"))
    if wanted.text:
        said = QCoreApplication.translate("ListPaper", "text “{text}”")
        parts.append(said.format(text=wanted.text))
    return " · ".join(part for part in parts if part)


def _texts(row: TicketRow, r: Reader) -> dict[str, str]:
    texts = texts_of(row, r)
    texts["title"] = redact_for_paper(texts["title"])
    return texts


def _value(row: TicketRow, r: Reader, key: str) -> Value:
    if key == "due":
        return row.due_at
    if key == "promised":
        return row.promised_at
    if key == "received":
        return row.received_at
    if key in _NUMBERS:
        return row.urges if key == "urges" else row.rework
    if key == "light":
        return case_words.standing(row.light, row.span) if row.light != "none" else ""
    return _texts(row, r)[key]
