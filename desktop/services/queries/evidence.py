"""What proves a finding, row by row: the finding, what the unit said, the cases it cites and the evidence it names.

Rows as they are in the store, with their versions; nothing is judged and nothing hidden here (the bundle does that).
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import (
    Attachment,
    Check,
    Finding,
    FindingReply,
    Inspection,
    Row,
    Ticket,
    decode_row,
)
from desktop.models.domain.letters import NoLetter, no_letter
from desktop.models.domain.sampling_protocol import Protocol
from desktop.models.store import transfers
from desktop.models.store.tables import projection

from .base import Reader
from .findings import replies_to
from .inspections import redrawn

_BY_ID = select(projection.c.type, projection.c.id, projection.c.data).where(
    projection.c.type.in_(bindparam("types", expanding=True)),
    projection.c.id.in_(bindparam("ids", expanding=True)),
)
_AT_ONCE = 200
_EVIDENCE = ("timeline_entry", "visit", "attachment", "urge", "note", "attempt", "finding_reply")


class EvidenceFacts(Struct, frozen=True, kw_only=True):
    """``checks`` are what its inspection found in the cases it cites, as far as they are on this desktop.

    ``unknown_ids`` are named as evidence and not on this machine; ``here`` are attachments whose bytes are whole.
    """

    finding: Finding
    tickets: tuple[Ticket, ...]
    replies: tuple[FindingReply, ...]
    rows: tuple[Row, ...]
    unknown_ids: tuple[str, ...]
    here: frozenset[str]
    inspection: Inspection | None
    checks: tuple[Check, ...]
    protocols: tuple[Protocol, ...]
    unit_names: dict[str, str]
    categories: dict[str, str]


def evidence_facts(r: Reader, finding_id: str) -> EvidenceFacts | NoLetter | None:
    """All that a bundle about a finding may draw on; or why there is none. None where it is not in the store.

    The same people are kept from it as from a letter: whoever gets the bundle reads what the letter would say.
    """
    (finding,) = _rows(r, ("finding",), (finding_id,)) or (None,)
    if not isinstance(finding, Finding):
        return None
    wanted = tuple(dict.fromkeys((finding.ticket_id, *finding.cited_ticket_ids)))
    tickets = tuple(row for row in _rows(r, ("ticket",), wanted) if isinstance(row, Ticket))
    if not tickets or tickets[0].id != finding.ticket_id:
        return None
    for ticket in tickets:
        refused = no_letter(ticket, finding, r.reference.persons, r.profile.letters)
        if refused is not None and refused != "letter_good_practice":
            return refused
    rows = _rows(r, _EVIDENCE, finding.evidence_ids)
    answers = replies_to(r, finding)
    known = {row.id for row in rows}
    about = {finding.id, *(reply.id for reply in answers)}
    files = [row for row in _files(r, finding.ticket_id) if row.about_id in about and row.id not in known]
    rows = (*rows, *files)
    (inspection,) = _rows(r, ("inspection",), (finding.inspection_id,)) or (None,)
    whole = [row for row in rows if isinstance(row, Attachment)]
    on_shelf = (transfers.get(r.connection, file.id) for file in whole)
    return EvidenceFacts(
        finding=finding,
        tickets=tickets,
        replies=answers,
        rows=rows,
        unknown_ids=tuple(each for each in finding.evidence_ids if each not in known),
        here=frozenset(
            way.id for way in on_shelf if way is not None and (way.direction == "up" or way.state == "done")
        ),
        inspection=inspection if isinstance(inspection, Inspection) else None,
        checks=_checks(r, finding, wanted) if finding.inspection_id else (),
        protocols=tuple(each.protocol for each in redrawn(r, finding.inspection_id))
        if finding.inspection_id
        else (),
        unit_names={unit.id: unit.name for unit in r.reference.units.values()},
        categories={t.category_id: r.reference.category_path(t.category_id) for t in tickets},
    )


def _rows(r: Reader, types: tuple[str, ...], ids: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of these ids in their order, as far as they are in the store."""
    found = {
        each.id: decode_row(each.type, each.data)
        for start in range(0, len(ids), _AT_ONCE)
        for each in r.all(_BY_ID, {"types": list(types), "ids": list(ids[start : start + _AT_ONCE])})
    }
    return tuple(found[each] for each in ids if each in found)


_CHECKS = select(projection.c.data).where(
    projection.c.type == "check", projection.c.ticket_id.in_(bindparam("tickets", expanding=True))
)


def _checks(r: Reader, finding: Finding, ticket_ids: tuple[str, ...]) -> tuple[Check, ...]:
    """The check sheets of these cases in the finding's inspection, in the order of the cases."""
    rows = (decode_row("check", row.data) for row in r.all(_CHECKS, {"tickets": list(ticket_ids)}))
    found = (row for row in rows if isinstance(row, Check) and row.inspection_id == finding.inspection_id)
    return tuple(sorted(found, key=lambda row: (ticket_ids.index(row.ticket_id), row.id)))


_FILES = select(projection.c.data).where(
    projection.c.ticket_id == bindparam("ticket_id"), projection.c.type == "attachment"
)


def _files(r: Reader, ticket_id: str) -> tuple[Attachment, ...]:
    """The files of a case, oldest first."""
    found = (decode_row("attachment", row.data) for row in r.all(_FILES, {"ticket_id": ticket_id}))
    return tuple(sorted((x for x in found if isinstance(x, Attachment)), key=lambda x: (x.at, x.id)))
