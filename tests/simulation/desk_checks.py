"""The invariants of one device's store, looked at after every step in which it committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from central.cursors import Place, decode_cursor
from central.problems import ProblemError
from desktop.models.domain.entities import Finding, Key, Notice, Row, Ticket, Urge, Visit, ticket_id_of
from desktop.models.domain.operations import ticket_hint, touches
from desktop.models.domain.return_visits import contradicts
from desktop.models.store.outbox import KEEP_APPLIED_S, KEEP_DISCARDED_S, PARKED, UNSENT

from .desk import SimDesk
from .view import View
from .world import Made, World

_LISTS = ("visit", "urge", "notice", "finding", "application", "instruction", "urgent_report", "inquiry")


def i02_nothing_vanishes(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """Every operation made is on its way, applied, visibly parked, or discarded by its person."""
    for op_id, made in w.made.items():
        if made.desk != desk.device:
            continue
        line = view.outbox.get(op_id)
        what = f"{made.op.kind} {op_id} of {desk}"
        if line is None:
            age = (w.city.now - made.settled).total_seconds() if made.settled is not None else 0.0
            keep = {"applied": KEEP_APPLIED_S, "discarded": KEEP_DISCARDED_S}.get(made.state)
            if keep is None or age < keep:
                yield f"{what} was {made.state} and is nowhere {age / 86_400:.0f} days later"
            continue
        if line.state == "discarded" and not made.discarded:
            yield f"{what} counts as discarded, and nobody discarded it"
        if line.state in PARKED and not line.code:
            yield f"{what} is {line.state} without a word why"
        if line.state not in (*UNSENT, *PARKED, "applied", "discarded"):
            yield f"{what} is in the unknown state {line.state}"
        if line.op != made.op:
            yield f"{what} says something else now than when it was made"


def i03_lists_and_base(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """Base rows stand only below operations; every list says of a case what its rows say."""
    folded = {key for keys in view.folded.values() for key in keys}
    for key in view.base.keys() - folded:
        yield f"{desk} keeps a base of {key} without an operation on it"
    for key in view.base.keys() - view.shown.keys():
        yield f"{desk} keeps a base of {key} and shows nothing of it"
    rows = view.rows()
    with desk.store.read() as connection:
        run = connection.exec_driver_sql
        listed: dict[str, Mapping[str, Any]] = {
            line["id"]: dict(line) for line in run("SELECT * FROM ticket_list").mappings()
        }
        searched = set(
            run("SELECT l.id FROM ticket_text t LEFT JOIN ticket_list l ON l.rid = t.rid").scalars()
        )
        ids = {name: set(run(f"SELECT id FROM {name}_list").scalars()) for name in _LISTS}
    tickets = {i: row for (t, i), row in rows.items() if isinstance(row, Ticket)}
    for name in _LISTS:
        if ids[name] != {i for t, i in rows if t == name}:
            yield f"the list of {name} rows of {desk} and the rows differ"
    if listed.keys() != tickets.keys() or searched != tickets.keys():
        yield f"{desk} lists or searches other cases than it shows"
        return
    yield from _lines(desk, rows, _waiting(w, view, rows), listed)


def _lines(
    desk: SimDesk, rows: dict[Key, Row], waiting: Counter[str], listed: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    children: dict[str, list[Row]] = {}
    for row in rows.values():
        children.setdefault(ticket_id_of(row), []).append(row)
    for (entity_type, ticket_id), ticket in rows.items():
        if entity_type != "ticket" or not isinstance(ticket, Ticket):
            continue
        mine = children[ticket_id]
        notices = [r for r in mine if isinstance(r, Notice) and r.state != "withdrawn"]
        latest = max(notices, key=lambda n: (int(n.created_at.timestamp()), n.id), default=None)
        visits = [r for r in mine if isinstance(r, Visit) and r.valid and r.answers]
        said = {
            "unit_id": ticket.unit_id,
            "rework": ticket.rework,
            "urges": sum(isinstance(r, Urge) for r in mine),
            "notice_state": latest.state if latest else "",
            "findings": sum(isinstance(r, Finding) and r.state != "withdrawn" for r in mine),
            "pending": waiting[ticket_id],
            "contradicted": any(_denies(v, ticket) for v in visits),
        }
        line = listed[ticket_id]
        for name, value in said.items():
            if line[name] != value:
                yield f"{desk} lists {name} {line[name]} of {ticket_id}, its rows say {value}"


def _denies(visit: Visit, ticket: Ticket) -> bool:
    """A visit made after the unit said done, to whole seconds, says otherwise."""
    if visit.answers is None or visit.completed_at is None or ticket.completed_at is None:
        return False
    after = int(visit.completed_at.timestamp()) >= int(ticket.completed_at.timestamp())
    return after and contradicts(visit.answers, completed=True)


def _waiting(w: World, view: View, rows: dict[Key, Row]) -> Counter[str]:
    """How many operations wait on each case.

    One may be about a row that is not here: it comes with a later page of a load, or its making was refused.
    """
    case_of = {key: ticket_id_of(found.row) for key, found in w.truth.rows.items()}
    for line in view.outbox.values():
        named = ticket_hint(line.op)
        if named:
            case_of.update(dict.fromkeys(touches(line.op), named))
    case_of |= {key: ticket_id_of(row) for key, row in rows.items()}
    return Counter(
        ticket_hint(line.op) or next((case_of[key] for key in touches(line.op) if key in case_of), "")
        for line in view.outbox.values()
        if line.state in UNSENT
    )


def i05_cursor(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """The cursor is never ahead of the rows: all it says to have is there, and what had left is gone."""
    cursor = desk.ctx.memory.cursor or view.cursor
    if not cursor or view.loading or not view.cursor:
        return
    viewer, scope_rev, _ = w.truth.viewers[desk.person_id]
    services = w.city.services
    here = Place(services.installation.epoch, viewer.person_id, scope_rev, w.truth.history.position)
    try:
        position = decode_cursor(services.installation.key("cursor"), cursor, here)
    except ProblemError:
        return  # of another epoch or scope: the next round starts over
    have = view.server_versions()
    visible = w.truth.visible(desk.person_id)
    for key, row in visible.items():
        if (
            w.truth.history.last.get(key, 0) <= position
            and have.get(key) != row.version
            and key not in view.parted
        ):
            yield f"{desk} stands at {position} and has {key} in version {have.get(key)}, not {row.version}"
    for key in have.keys() - visible.keys():
        if w.truth.history.last.get(key, 0) <= position:
            yield f"{desk} stands at {position} and still holds {key}, which had left its scope"


def i06_monotonic(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """A row never goes back to an earlier version, but for a restored server."""
    if not view.cursor:
        return  # its rows are those of the server it knew before, and are being replaced
    eyes = w.eyes[desk.device]
    epoch = view.settings.get("server_epoch", b"").decode()
    if epoch != eyes.epoch:
        eyes.epoch, eyes.versions = epoch, {}
    for key, version in view.server_versions().items():
        seen = eyes.versions.get(key, 0)
        if version < seen and w.knows_epoch(desk):
            yield f"{desk} had {key} in version {seen} and now shows {version}"
        eyes.versions[key] = max(seen, version)


def i07_own_writes(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """The screen is fold(the server's rows, own operations), and an operation stays in it until its rows have come."""
    if view.me is None:
        return
    shown, expected = view.rows(), view.expected()
    if shown != expected:
        for key in sorted(shown.keys() | expected.keys()):
            if shown.get(key) != expected.get(key):
                yield f"{desk} shows {key} as {shown.get(key)}; folded anew it is {expected.get(key)}"
                return
    have = view.server_versions()
    for line in view.outbox.values():
        if line.state in UNSENT and line.seq not in view.folded:
            yield f"{desk} has {line.op.kind} {line.op_id} {line.state} and does not show it"
        if line.state != "applied" or line.answer is None or line.seq in view.folded:
            continue
        key = touches(line.op)[0]
        held = have.get(key)
        if held is not None and held < line.answer.version and w.knows_epoch(desk):
            yield f"{desk} no longer shows {line.op_id} on {key}, whose version {line.answer.version} is to come"


def i08_none_past_a_refused_one(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """What was made on a row before an earlier step on it was refused waits with that one for the person."""
    refused: dict[Key, Made] = {}
    for line in view.outbox.values():
        made = w.made[line.op_id]
        if line.state in ("conflict", "rejected", "out_of_scope"):
            refused.setdefault(made.key, made)
        before = refused.get(made.key)
        if line.state != "applied" or made.again or before is None or before.again:
            continue
        if made.born < before.ended <= made.ended:
            yield f"{desk} had {line.op.kind} {line.op_id} applied behind the refused {before.op.op_id}"


def i09_refused_words_are_kept(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """The words of what the server refused lie in quarantine from the moment of the refusal."""
    for line in view.outbox.values():
        refused = line.state in ("conflict", "rejected", "out_of_scope")
        if refused and line.op_id not in view.quarantined:
            yield f"{desk} keeps no copy of the refused {line.op.kind} {line.op_id}"


def i21_written_before_sent(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """Nothing is sent that is not written down as sent: a crash in between must find it so."""
    for line in view.outbox.values():
        if line.attempts == 0 and line.op_id in w.truth.applied:
            yield f"the server has {line.op.kind} {line.op_id}, and {desk} takes it for never sent"


def i23_no_quarrel_with_oneself(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """No operation conflicts only with its own device's earlier one.

    What an earlier one caused elsewhere (a third miss closes the visit) may well forbid a later step on it, and one
    that its person sent again after the later was made comes behind that. Judged by the versions that the server had
    when it refused: after a restore a colleague's edit and one's own may come back in another order.
    """
    for line in view.outbox.values():
        if line.state != "conflict" or line.op.base_version is None or w.made[line.op_id].again:
            continue
        if w.made[line.op_id].restores != w.restores:
            continue
        key = w.made[line.op_id].key
        now = w.truth.history.versions.get(key, 0)
        authors = [
            w.made.get(w.truth.history.authors.get((key, version), ""))
            for version in range(line.op.base_version + 1, now + 1)
        ]
        own = [
            made is not None
            and made.desk == desk.device
            and made.resent <= w.made[line.op_id].born
            and made.op.seq < line.seq
            and (line.code == "stale" or made.key == key)
            for made in authors
        ]
        if own and all(own) and w.knows_epoch(desk):
            yield f"{desk} conflicts with itself: {line.op.kind} {line.op_id} on {key} ({line.code})"
