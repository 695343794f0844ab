"""The check of a reply before it goes: the domain's hints, with what the unit has replied before. For a patient lane.

Of a hundred thousand earlier replies the store itself leaves out those that share no stretch of letters with this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select, text

from desktop.models.domain.entities import Ticket, decode_row
from desktop.models.domain.reply_checks import Asked, Remark, alike, probes_of, remarks_on
from desktop.models.store.tables import projection, ticket_list

from .base import Reader

MOST_COMPARED: Final = 400
"""So many earlier replies are compared whole; where more share a stretch, the unit writes from a template anyway."""
_WHERE: Final = {
    "finding_reply": "text",
    "notice": "reply_text",
    "ticket": "unit_answer",
}
_NUMBER = select(ticket_list.c.number).where(ticket_list.c.id == bindparam("id"))
_TICKET = select(projection.c.data).where(projection.c.type == "ticket", projection.c.id == bindparam("id"))


class Reply(Struct, frozen=True, kw_only=True):
    """A reply as it is about to go. ``ask_id`` is what it answers, ``files`` how many go with it.

    ``about_contact``: what is asked is whether anybody was contacted, so that the file's own word proves nothing.
    """

    ticket_id: str
    ask_id: str
    request: str
    text: str
    files: int = 0
    about_contact: bool = False


def reply_remarks(r: Reader, reply: Reply) -> tuple[Remark, ...]:
    """The hints about a reply, those about earlier replies last."""
    rules = r.profile.replies
    data = r.connection.execute(_TICKET, {"id": reply.ticket_id}).scalar()
    ticket = decode_row("ticket", data) if data is not None else None
    contacted = isinstance(ticket, Ticket) and ticket.first_contact_at is not None
    asked = Asked(request=reply.request, shown=reply.files > 0 or (contacted and not reply.about_contact))
    found = remarks_on(reply.text, asked, rules)
    twin = alike(reply.text, _earlier(r, reply), rules, own_ticket=reply.ticket_id)
    if twin is None:
        return found
    number = r.connection.execute(_NUMBER, {"id": twin.other_id}).scalar()
    return (*found, replace(twin, other_number=number or ""))


def _earlier(r: Reader, reply: Reply) -> Iterator[tuple[str, str]]:
    """(ticket, text) of what the unit said elsewhere and that shares a stretch with this reply."""
    probes = probes_of(reply.text)
    if not probes or not r.profile.replies.alike_percent:
        return
    shared = " OR ".join(f"instr(data, CAST(:p{place} AS BLOB)) > 0" for place in range(len(probes)))
    values = {f"p{place}": probe for place, probe in enumerate(probes)}
    for row_type, field in _WHERE.items():
        statement = text(
            f"SELECT ticket_id, CAST(data AS TEXT) ->> '$.{field}' AS said FROM projection "  # noqa: S608 - our own names
            f"WHERE type = :type AND ticket_id <> :own AND ({shared}) LIMIT {MOST_COMPARED}"
        )
        for row in r.connection.execute(statement, values | {"type": row_type, "own": reply.ticket_id}):
            if row.said:
                yield row.ticket_id, row.said
