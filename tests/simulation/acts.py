"""What the people at the desks do: every kind of operation their role may do, on what stands on their screen.

A deed is a command of the product with words in it that nobody wrote before. Which deed is drawn from the step's own
randomness; a desk with nothing to do on it does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import (
    WORKING_STATES,
    Answers,
    Application,
    Finding,
    Guidance,
    Inquiry,
    Notice,
    Outcome,
    Row,
    Ticket,
    Unit,
    Urge,
    Visit,
)
from desktop.models.store.outbox import PARKED
from desktop.services.commands import (
    bulk,
    directory,
    drafts,
    guidance,
    my_cases,
    notes,
    quarantine,
    return_visits,
    reviews,
    settling,
    supervision,
    visit_records,
)
from desktop.services.commands import outbox as unsent
from desktop.services.commands.base import Writer

from .desk import SimDesk
from .inspecting import inspecting
from .on_findings import new_finding, on_finding
from .view import Line, View
from .world import World

T = TypeVar("T", bound=Row)

Act = Callable[[Writer], Changes]
_UNITS = frozenset({"liaison", "water"})
_CALLERS = frozenset({"visitor", "visitor2"})
_NAMED = ("", "p-officer", "p-cleared", "p-chief", "p-visitor")
"""Who may be said to look after a case; the last one is no officer, which the server says."""
_MISSED: tuple[Outcome, ...] = ("no_answer", "busy", "refused", "wrong_number")


class Deed(NamedTuple):
    """``name`` for the story; ``again`` and ``discarded`` name operations that the person touched by it."""

    name: str
    act: Act
    again: tuple[str, ...] = ()
    discards: bool = False


class DraftForm(Struct, frozen=True):
    """A half-written text."""

    text: str


def some_deed(w: World, desk: SimDesk, view: View) -> Deed | None:
    """Something this person could do now."""
    rows = list(view.rows().values())
    draw = w.rng.random()
    if draw < 0.08:
        return _draft(w, view)
    if desk.login in _UNITS:
        lost = _kept(desk) if draw < 0.5 else []
        return _hand_over(w, lost) if lost else _of_the_unit(w, rows)
    if desk.login in _CALLERS:
        return _of_the_caller(w, desk, rows)
    return _of_the_office(w, desk, rows)


def some_repair(w: World, desk: SimDesk, view: View) -> Deed | None:
    """The person looks into the outbox and settles, repeats, rewords, hands over or discards one thing."""
    kept = _kept(desk)
    if kept and w.rng.random() < 0.5:
        return _hand_over(w, kept)
    lines = [line for line in view.outbox.values() if line.state in (*PARKED, "queued", "suspended")]
    if not lines:
        return None
    line = w.rng.choice(lines)
    return w.rng.choice(_repairs(w, view, line))


def _hand_over(w: World, kept: list[int]) -> Deed:
    """The words of a lost case go to the office, or are thrown away."""
    which = w.rng.choice(kept)
    if w.rng.random() < 0.7:
        act = partial(quarantine.hand_over, quarantine_id=which, text=w.say())
        return Deed("hand the words of a lost case over", act, discards=True)
    act = partial(quarantine.discard_quarantined, quarantine_id=which)
    return Deed("throw the words of a lost case away", act, discards=True)


def _repairs(w: World, view: View, line: Line) -> list[Deed]:
    about = f"{line.op.kind} {line.seq} ({line.state})"
    blocked = tuple(each.op_id for each in view.outbox.values() if each.state in (*PARKED, "suspended"))
    found = [
        Deed(f"discard {about}", lambda wr: unsent.discard_operation(wr, line.op_id), blocked, discards=True),
        Deed(f"retry {about}", lambda wr: unsent.retry_operation(wr, line.op_id), blocked),
        Deed(f"leave {about}", lambda wr: settling.settle_by_leaving(wr, line.op_id), blocked, discards=True),
        Deed(
            f"make a note of {about}",
            partial(settling.settle_as_note, op_id=line.op_id, text=w.say()),
            blocked,
            discards=True,
        ),
    ]
    field = next((f for f in ("text", "ground", "facts", "reason") if f in line.op.payload), "")
    seen = settling.Seen(version=_version(view, line))
    if line.op.changes:
        change = line.op.changes[0]
        values = {change.field: change.after}
        seen = replace(seen, values={change.field: change.before})
    else:
        values = {field: w.say()} if field else {}
    found.append(
        Deed(
            f"send {about} as it should be",
            partial(settling.settle_by_sending, op_id=line.op_id, values=values, seen=seen),
            blocked,
            discards=True,
        )
    )
    return found


def _version(view: View, line: Line) -> int | None:
    held = view.server_versions()
    return next((v for (_, i), v in held.items() if i == line.op.entity_id), None)


def _kept(desk: SimDesk) -> list[int]:
    with desk.store.read() as connection:
        return list(
            connection.exec_driver_sql(
                "SELECT id FROM quarantine WHERE state = 'kept' AND reason IN ('out_of_scope', 'evicted')"
            ).scalars()
        )


def _draft(w: World, view: View) -> Deed | None:
    tickets = [i for t, i in view.shown if t == "ticket"]
    if view.drafts and w.rng.random() < 0.3:
        key = w.rng.choice(sorted(view.drafts))
        return Deed(f"throw the draft {key} away", partial(drafts.forget_draft, key=key))
    if not tickets:
        return None
    ticket_id = w.rng.choice(tickets)
    form = DraftForm(w.say())
    key = f"notice:{ticket_id}"
    return Deed(f"draft {key}", partial(drafts.save_draft, key=key, form=form, ticket_id=ticket_id))


def _of_the_unit(w: World, rows: list[Row]) -> Deed | None:
    words = w.say()
    found: list[Deed] = []
    for urge in _some(w, [u for u in _all(rows, Urge) if u.acknowledged_at is None]):
        act = partial(my_cases.acknowledge_urge, urge_id=urge.id, text=words)
        found.append(Deed(f"acknowledge {urge.id[-6:]}", act))
    for notice in _some(w, [n for n in _all(rows, Notice) if n.state == "issued"]):
        act = partial(my_cases.reply_to_notice, notice_id=notice.id, text=words)
        found.append(Deed(f"reply to notice {notice.id[-6:]}", act))
    for finding in _some(w, _all(rows, Finding)):
        name, state = finding.id[-6:], finding.state
        answer = partial(my_cases.reply_to_finding, finding_id=finding.id, text=words, stance="explains")
        if state in ("filed", "acknowledged", "replied"):
            found.append(Deed(f"reply to finding {name}", answer))
        if state == "filed":
            act = partial(my_cases.acknowledge_finding, finding_id=finding.id)
            found.append(Deed(f"acknowledge finding {name}", act))
        if state in ("confirmed", "rectifying", "returned"):
            act = partial(my_cases.report_rectification, finding_id=finding.id, text=words)
            found.append(Deed(f"report {name} put right", act))
        if state in ("confirmed", "returned"):
            begin = partial(my_cases.begin_rectification, finding_id=finding.id, text=words)
            review = partial(my_cases.ask_review, finding_id=finding.id, text=words)
            found += [Deed(f"begin to put {name} right", begin), Deed(f"ask for a review of {name}", review)]
    for tip in _some(w, _all(rows, Guidance)):
        act = partial(guidance.confirm_guidance, guidance_id=tip.id, text=words)
        found.append(Deed(f"confirm guidance {tip.id[-6:]}", act))
    for asked in _some(w, [i for i in _all(rows, Inquiry) if i.state == "asked"]):
        act = partial(my_cases.answer_inquiry, inquiry_id=asked.id, text=words)
        found.append(Deed(f"send the contact log {asked.id[-6:]}", act))
    working = [t for t in _all(rows, Ticket) if t.state in WORKING_STATES]
    found += [_application(w, ticket, words) for ticket in _some(w, working)[:1]]
    return w.rng.choice(found) if found else None


def _application(w: World, ticket: Ticket, words: str) -> Deed:
    """More time, or that the case goes elsewhere; whether it may be asked for is for the product to say."""
    form = reviews.ApplicationForm(ticket_id=ticket.id, reason=words, days=w.rng.choice((1, 3)))
    if ticket.due_at is None or w.rng.random() < 0.3:
        form = replace(form, matter="return", to_unit_id=w.rng.choice(("", "u-water")))
    return Deed(f"apply for {form.matter} of {ticket.id}", partial(reviews.apply_for, form=form))


def _of_the_caller(w: World, desk: SimDesk, rows: list[Row]) -> Deed | None:
    visits = [v for v in _all(rows, Visit) if v.state in ("waiting", "booked")]
    tickets = _all(rows, Ticket)
    found: list[Deed] = []
    if tickets:
        ticket = _hot(w, tickets)
        found.append(Deed(f"note on {ticket.id}", partial(notes.add_note, ticket_id=ticket.id, text=w.say())))
    if visits:
        visit = _hot(w, visits)
        at = desk.now() + timedelta(hours=w.rng.choice((2, 5, 26)))
        book = partial(
            return_visits.schedule_visit,
            visit_id=visit.id,
            booked_at=at if w.rng.random() < 0.8 else None,
            assigned_to=w.rng.choice(("", desk.person_id)),
            named_by_citizen=True,
            note=w.say(),
        )
        found.append(Deed(f"book {visit.id}", book))
        found.append(Deed(f"call about {visit.id} without a lease", outcome(w, desk, visit.id)))
        why = partial(return_visits.ask_exception, visit_id=visit.id, reason=w.say())
        found.append(Deed(f"ask for a call outside the rules of {visit.id}", why))
        ask = partial(visit_records.ask_for_contact_log, visit_id=visit.id, text=w.say())
        found.append(Deed(f"ask for the contact log of {visit.id}", ask))
    for inquiry in _some(w, [i for i in _all(rows, Inquiry) if i.state != "settled"]):
        again = w.rng.random() < 0.5
        act = partial(visit_records.settle_inquiry, inquiry_id=inquiry.id, text=w.say(), again=again)
        found.append(Deed(f"close the inquiry {inquiry.id[-6:]}", act))
    return w.rng.choice(found) if found else None


def outcome(w: World, desk: SimDesk, visit_id: str, lease_id: str = "", epoch: int = 0) -> Act:
    """How a call went: nobody there, or all answers."""
    call = return_visits.Call(at=desk.now(), duration_s=60, lease_id=lease_id, lease_epoch=epoch)
    if w.rng.random() < 0.5:
        missed = w.rng.choice(_MISSED)
        return partial(
            return_visits.record_attempt, visit_id=visit_id, outcome=missed, call=call, note=w.say()
        )
    answers = Answers(
        identity_confirmed=True,
        contacted="yes",
        resolved=w.rng.choice(("resolved", "not_resolved")),
        satisfied_result=w.rng.choice(("satisfied", "dissatisfied")),
        note=w.say(),
        result_told=True,
    )
    matter = w.say() if w.rng.random() < 0.4 else ""
    return partial(
        return_visits.complete_visit, visit_id=visit_id, answers=answers, call=call, new_matter=matter
    )


def _of_the_office(w: World, desk: SimDesk, rows: list[Row]) -> Deed | None:
    tickets = _all(rows, Ticket)
    if not tickets:
        return None
    ticket = _hot(w, tickets)
    words, at_once = w.say(), w.rng.random() < 0.5
    urge = supervision.UrgeForm(
        ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘", answer=words
    )
    notice = supervision.NoticeForm(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        ground=words,
        requirement="报告",
        rung=w.rng.choice(("notice", "yellow_card")),  # what the chief may sign
    )
    found = [
        Deed(f"urge {ticket.id}", partial(supervision.urge_ticket, form=urge)),
        Deed(f"note on {ticket.id}", partial(notes.add_note, ticket_id=ticket.id, text=words)),
        Deed(f"notice on {ticket.id}", partial(supervision.write_notice, form=notice, submit_now=at_once)),
        Deed(*new_finding(ticket, words, at_once)),
    ]
    found.append(_giving(w, ticket))
    for unit in _some(w, _all(rows, Unit)):
        found += _about_unit(w, unit, words)
    found += [Deed(*named) for named in inspecting(w, desk, rows, words)[:2]]
    for old in _some(w, _all(rows, Notice)):
        found += _on_notice(desk, old, notice, words, at_once)
    for finding in _some(w, _all(rows, Finding)):
        found += [Deed(*named) for named in on_finding(finding, words, _all(rows, Visit))]
    for asked in _some(w, [a for a in _all(rows, Application) if a.state == "asked"]):
        form = reviews.DecisionForm(reason=words, citizen_words=words)
        act = partial(reviews.decide, application_id=asked.id, form=form, agreed=at_once)
        found.append(Deed(f"decide on {asked.matter} {asked.id[-6:]}", act))
    for visit in _some(w, [v for v in _all(rows, Visit) if v.state == "completed"]):
        challenge = partial(visit_records.challenge_visit, visit_id=visit.id, reason=words, again=at_once)
        decide = partial(visit_records.decide_challenge, visit_id=visit.id, reason=words, agreed=at_once)
        found.append(Deed(f"ask to overturn {visit.id}", challenge))
        found.append(Deed(f"decide whether {visit.id} is overturned", decide))
    return w.rng.choice(found)


def _giving(w: World, ticket: Ticket) -> Deed:
    """Who looks after the case: two may say so at once, and whether this person may is for the server to say."""
    whose = w.rng.choice(_NAMED)
    act = partial(
        bulk.give_many,
        cases={ticket.id: ticket.officer_id},
        person_id=whose,
        hold_until=0.0,
        done=bulk.BulkDone(),
    )
    return Deed(f"give {ticket.id} to {whose or 'nobody'}", act)


def _about_unit(w: World, unit: Unit, words: str) -> list[Deed]:
    """What belongs to no case: a light document to a unit, and a line of the directory that two may write at once."""
    tip = guidance.GuidanceForm(title="提示", text=words, unit_ids=(unit.id, "u-parks"))
    known = directory.UnitForm(**{name: getattr(unit, name) for name in directory.UnitForm.__struct_fields__})
    line = replace(known, **{w.rng.choice(("liaison", "duty_phone")): words[:20]})
    return [
        Deed(f"guidance to {unit.id}", partial(guidance.send_guidance, form=tip)),
        Deed(f"directory of {unit.id}", partial(directory.edit_unit, unit_id=unit.id, form=line)),
    ]


def _on_notice(
    desk: SimDesk, old: Notice, form: supervision.NoticeForm, words: str, at_once: bool
) -> list[Deed]:
    """What a notice in this state permits; whose it is, is for the product to say."""
    name, found = old.id[-6:], []
    mine = replace(form, ticket_id=old.ticket_id, unit_id=old.unit_id)
    if old.state in ("draft", "returned"):
        edit = partial(supervision.write_notice, form=mine, submit_now=at_once, notice_id=old.id)
        found.append(Deed(f"edit notice {name}", edit))
    if old.state == "submitted" and (desk.login == "chief" or at_once):
        back = partial(supervision.return_notice, notice_id=old.id, reason=words)
        found.append(Deed(f"approve notice {name}", partial(supervision.approve_notice, notice_id=old.id)))
        found.append(Deed(f"return notice {name}", back))
    if old.state != "withdrawn" and at_once:
        act = partial(supervision.withdraw_notice, notice_id=old.id, reason=words)
        found.append(Deed(f"withdraw notice {name}", act))
    return found


def _all(rows: list[Row], kind: type[T]) -> list[T]:
    return sorted((row for row in rows if isinstance(row, kind)), key=lambda row: row.id)


def _some(w: World, rows: list[T]) -> list[T]:
    """Up to three; most work is about what was there first, as everybody knows it."""
    pool = rows[:6] if w.rng.random() < 0.6 else rows
    return w.rng.sample(pool, min(3, len(pool)))


def _hot(w: World, rows: list[T]) -> T:
    """Most work is about the same few cases, as in any office: that is where people meet."""
    return w.rng.choice(rows[:4] if w.rng.random() < 0.6 else rows)
