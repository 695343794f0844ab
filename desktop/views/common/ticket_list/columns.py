"""The columns of the ticket list and what stands in their cells: for the screen, the spreadsheet and the print.

`prepare` runs in the reading lane: it turns rows into finished texts, so that painting only draws. Must not fetch, and
must be importable without SQLAlchemy: the first rows of a start are formatted here before it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.ladder_rules import RUNGS
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.search_text import hit_ranges
from desktop.models.items import roles
from desktop.models.items.windowed import Prepared
from desktop.services.queries.base import Reader, Standpoint
from desktop.services.queries.ticket_row import TicketRow
from desktop.views.common import case_words
from desktop.views.common.columns import Column
from desktop.views.common.text import plain

if TYPE_CHECKING:
    from desktop.services.queries.filters import SortKey

Pill = tuple[str, str]
_KEYS = (
    "light",
    "number",
    "title",
    "unit",
    "due",
    "type",
    "channel",
    "place",
    "category",
    "state",
    "received",
    "promised",
    "urges",
    "rework",
    "requester",
    "officer",
)
_SEARCHED = ("number", "title", "unit")
"""Columns whose text a search looks through."""
_MARKED = 400


def ticket_columns() -> tuple[Column, ...]:
    """The columns in the model's order, titled in the language in force."""
    titles = _titles()
    return (
        Column("light", titles["light"], "mark", width=28, sortable=False, required=True),
        Column("number", titles["number"], "text", width=124, min_width=96, required=True),
        Column("title", titles["title"], "rich", width=320, min_width=160, stretch=True, required=True),
        Column("unit", titles["unit"], "secondary", width=116, min_width=72),
        Column("due", titles["due"], "due", width=_due_width(), min_width=96),
        Column("type", titles["type"], "secondary", width=84, hidden=True),
        Column("channel", titles["channel"], "secondary", width=84, hidden=True),
        Column("place", titles["place"], "secondary", width=96, hidden=True),
        Column("category", titles["category"], "secondary", width=180, hidden=True),
        Column("state", titles["state"], "secondary", width=96, hidden=True),
        Column("received", titles["received"], "secondary", width=112, hidden=True),
        Column("promised", titles["promised"], "due", width=112, hidden=True),
        Column("urges", titles["urges"], "number", width=64, hidden=True),
        Column("rework", titles["rework"], "number", width=64, hidden=True),
        Column("requester", titles["requester"], "secondary", width=96, hidden=True, sortable=False),
        Column("officer", titles["officer"], "secondary", width=84, hidden=True),
    )


def sort_key(column: str) -> SortKey | None:
    """What the store sorts by for a column."""
    from desktop.services.queries.filters import SORT_KEYS

    return next((key for key in SORT_KEYS if key == column), None)


def fetch(r: Reader, rids: Sequence[int], text: str = "") -> tuple[Prepared, ...]:
    """The rows of these ids, ready to be drawn; run it in the reading lane.

    With the ``text`` of a search: its hits alone, and marked.
    """
    from desktop.services.queries.tickets import ticket_rows

    if not text.strip():
        return tuple(prepare(row, r) for row in ticket_rows(r, rids))
    from desktop.services.queries.search.finding import checked
    from desktop.services.queries.search.meaning import meaning_of

    meaning = meaning_of(r, text)
    return tuple(prepare(row, r, meaning.query.marked) for row in ticket_rows(r, checked(r, meaning, rids)))


def prepare(row: TicketRow, r: Standpoint, words: Sequence[str] = ()) -> Prepared:
    """One row's cells, in the order of `ticket_columns`; `words` are folded, and marked where they stand."""
    texts = texts_of(row, r)
    due = case_words.short_standing(row.light, row.span, row.due_at, today=row.due_today)
    absolute = case_words.moment(r.profile, row.due_at, r.now) if row.due_at else ""
    lit = row.light if row.light != "none" else ""
    cells: dict[str, dict[int, object]] = {
        key: {roles.DISPLAY: plain_cell(texts, key), roles.TOOLTIP: texts[key]} for key in _KEYS
    }
    cells["light"] |= {roles.LIGHT: lit}
    cells["title"] |= {
        roles.PILLS: _pills(row),
        roles.PENDING: row.pending,
        roles.ACCESSIBLE: _spoken(row, texts),
    }
    cells["due"] |= {
        roles.DISPLAY: due or absolute,
        roles.LIGHT: lit,
    }
    cells["promised"] |= {roles.LIGHT: "overdue" if row.promise_late else ""}
    if words:
        for key in _SEARCHED:
            ranges = hit_ranges(plain(texts[key], _MARKED, single_line=True), words)
            if ranges:
                cells[key] |= {roles.HITS: ranges}
    return Prepared(row.rid, row.id, tuple(cells[key] for key in _KEYS))


def plain_cell(texts: dict[str, str], key: str) -> str:
    """A category on screen is its last name; the whole path stands in the tooltip."""
    return texts[key].rsplit(" / ", 1)[-1] if key == "category" else texts[key]


def texts_of(row: TicketRow, r: Standpoint) -> dict[str, str]:
    """Every column as plain text: what a spreadsheet and a print take. Masked as the list is."""
    profile = r.profile
    return {
        "light": case_words.light(row.light) if row.light != "none" else "",
        "number": row.number,
        "title": row.title,
        "unit": row.unit,
        "due": _due_text(profile, row, r),
        "type": case_words.request_type(row.request_type),
        "channel": case_words.channel(row.channel),
        "place": row.place,
        "category": row.category,
        "state": case_words.ticket_state(row.state),
        "received": case_words.moment(profile, row.received_at, r.now),
        "promised": case_words.moment(profile, row.promised_at, r.now) if row.promised_at else "",
        "urges": str(row.urges) if row.urges else "",
        "rework": str(row.rework) if row.rework else "",
        "requester": row.requester_label,
        "officer": row.officer,
    }


def _due_text(profile: RuleProfile, row: TicketRow, r: Standpoint) -> str:
    absolute = case_words.moment(profile, row.due_at, r.now) if row.due_at else ""
    if row.light == "none":
        return absolute
    return " · ".join(part for part in (absolute, case_words.standing(row.light, row.span)) if part)


def _pills(row: TicketRow) -> tuple[Pill, ...]:
    """What sets a ticket apart, the gravest first; at most three are drawn."""
    pills: list[Pill] = []
    if row.urgency != "normal":
        pills.append(("overdue", case_words.urgency(row.urgency)))
    if row.level != "normal":
        pills.append(("paused", case_words.level(row.level)))
    if row.rung > 1:
        pills.append(("overdue", case_words.rung(RUNGS[row.rung - 1])))
    elif row.notice_state in ("submitted", "returned", "issued", "replied"):
        pills.append(("accent", case_words.notice_state(row.notice_state)))
    elif row.escalated:
        pills.append(("due_soon", QCoreApplication.translate("TicketColumns", "Escalated")))
    if row.contradicted:
        pills.append(("overdue", QCoreApplication.translate("TicketColumns", "Visit disagrees")))
    if row.rework:
        rework = QCoreApplication.translate("TicketColumns", "Rework {n}")
        pills.append(("paused", rework.format(n=row.rework)))
    if row.promise_late:
        pills.append(("due_soon", QCoreApplication.translate("TicketColumns", "Promise not kept")))
    elif row.urges:
        urged = QCoreApplication.translate("TicketColumns", "Urged {n}×")
        pills.append(("paused", urged.format(n=row.urges)))
    return tuple(pills)


def _spoken(row: TicketRow, texts: dict[str, str]) -> str:
    """What a screen reader says of the row: in words what mark, pills and arrow show."""
    parts = [texts["number"], texts["title"], texts["unit"], texts["due"]]
    parts += [word for _, word in _pills(row)]
    if row.pending:
        parts.append(QCoreApplication.translate("TicketColumns", "waiting to be sent"))
    return ", ".join(part for part in parts if part)


def _due_width() -> int:
    """Wide enough for the longest usual standing in the language in force, at 100 %."""
    longest = case_words.short_standing("overdue", (99, 0), None, today=False)
    return 18 + sum(13 if ord(letter) > 0x2E80 else 7 for letter in longest)


def _titles() -> dict[str, str]:
    return {
        "light": QCoreApplication.translate("TicketColumns", "Time limit state"),
        "number": QCoreApplication.translate("TicketColumns", "Number"),
        "title": QCoreApplication.translate("TicketColumns", "Matter"),
        "unit": QCoreApplication.translate("TicketColumns", "Unit"),
        "due": QCoreApplication.translate("TicketColumns", "Time limit"),
        "type": QCoreApplication.translate("TicketColumns", "Type"),
        "channel": QCoreApplication.translate("TicketColumns", "Channel"),
        "place": QCoreApplication.translate("TicketColumns", "District"),
        "category": QCoreApplication.translate("TicketColumns", "Category"),
        "state": QCoreApplication.translate("TicketColumns", "State"),
        "received": QCoreApplication.translate("TicketColumns", "Received"),
        "promised": QCoreApplication.translate("TicketColumns", "Promised for"),
        "urges": QCoreApplication.translate("TicketColumns", "Urges"),
        "rework": QCoreApplication.translate("TicketColumns", "Reworks"),
        "requester": QCoreApplication.translate("TicketColumns", "Requester"),
        "officer": QCoreApplication.translate("TicketColumns", "Looked after by"),
    }
