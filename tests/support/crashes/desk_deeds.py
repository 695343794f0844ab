"""What a person at a campaign's desk does: one seeded deed at a time, from what stands on their screen.

Each deed is one command of the program and carries a word of its own, so that a test can ask where that word is kept.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import EntityType, Finding, Notice, Row, Ticket, decode_row
from desktop.models.store import outbox
from desktop.models.store.outbox import PARKED
from desktop.services.commands import findings, notes, supervision
from desktop.services.commands import outbox as unsent
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import save_draft

Deed = Callable[[Writer], Changes]


class Words(Struct):
    """A form of any kind."""

    text: str


def draw_deed(connection: Connection, rng: random.Random, word: str, *, chief: bool) -> Deed | None:
    """Something this person could do now; None before the first rows have come."""
    ticket = _draw(connection, rng, "ticket")
    if not isinstance(ticket, Ticket):
        return None
    draw = rng.random()
    if chief and draw < 0.3 and (signature := _signature(connection, rng, word)) is not None:
        return signature
    if draw < 0.6:
        return _append(rng, ticket, word)
    if draw < 0.8:
        return _notice(connection, rng, ticket, word)
    return _finding(connection, rng, ticket, word)


def draw_draft(connection: Connection, rng: random.Random, word: str) -> tuple[str, Deed] | None:
    """A half-written note and the key it is kept under."""
    ticket = _draw(connection, rng, "ticket")
    if ticket is None:
        return None
    key = f"note:{ticket.id}"
    return key, partial(save_draft, key=key, form=Words(word), ticket_id=ticket.id)


def draw_settling(connection: Connection, rng: random.Random) -> Deed | None:
    """The person looks into the outbox and withdraws or retries one thing that was refused."""
    parked = outbox.in_states(connection, PARKED)
    if not parked:
        return None
    deed = unsent.discard_operation if rng.random() < 0.6 else unsent.retry_operation
    return partial(deed, op_id=rng.choice(parked).op_id)


def about_of(deed: Deed) -> str:
    """The operation that a deed of :func:`draw_settling` is about; "" for any other deed."""
    return str(deed.keywords.get("op_id", "")) if isinstance(deed, partial) else ""


def _append(rng: random.Random, ticket: Ticket, word: str) -> Deed:
    if rng.random() < 0.5:
        return partial(notes.add_note, ticket_id=ticket.id, text=word)
    form = supervision.UrgeForm(
        ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘科长", answer=word
    )
    return partial(supervision.urge_ticket, form=form)


def _notice(connection: Connection, rng: random.Random, ticket: Ticket, word: str) -> Deed:
    old = _draw(connection, rng, "notice")
    at_once = rng.random() < 0.4
    if not isinstance(old, Notice) or rng.random() < 0.4:
        form = supervision.NoticeForm(
            ticket_id=ticket.id, unit_id=ticket.unit_id, ground=word, requirement="三日内报告"
        )
        return partial(supervision.write_notice, form=form, submit_now=at_once)
    if rng.random() < 0.2:
        return partial(supervision.withdraw_notice, notice_id=old.id, reason=word)
    form = supervision.NoticeForm(
        ticket_id=old.ticket_id, unit_id=old.unit_id, ground=word, requirement=old.requirement
    )
    return partial(supervision.write_notice, form=form, submit_now=at_once, notice_id=old.id)


def _finding(connection: Connection, rng: random.Random, ticket: Ticket, word: str) -> Deed:
    old = _draw(connection, rng, "finding")
    edits = isinstance(old, Finding) and old.state == "draft" and rng.random() < 0.6
    about: Ticket | Finding = old if edits and isinstance(old, Finding) else ticket
    form = findings.FindingForm(
        ticket_id=about.ticket_id if isinstance(about, Finding) else about.id,
        unit_id=about.unit_id,
        code="F02",
        severity="ordinary",
        facts=word,
        requirement="重新办理",
    )
    if isinstance(about, Finding):
        return partial(findings.edit_finding, finding_id=about.id, form=form)
    return partial(findings.create_finding, form=form, file_now=rng.random() < 0.4)


def _signature(connection: Connection, rng: random.Random, word: str) -> Deed | None:
    notice = _draw(connection, rng, "notice")
    if not isinstance(notice, Notice) or notice.state != "submitted":
        return None
    if rng.random() < 0.7:
        return partial(supervision.approve_notice, notice_id=notice.id)
    return partial(supervision.return_notice, notice_id=notice.id, reason=word)


def _draw(connection: Connection, rng: random.Random, entity_type: EntityType) -> Row | None:
    found: list[tuple[Any, ...]] = [
        tuple(row)
        for row in connection.exec_driver_sql(
            "SELECT id, data FROM projection WHERE type = ? ORDER BY id", (entity_type,)
        )
    ]
    return decode_row(entity_type, rng.choice(found)[1]) if found else None
