"""What happens to the city and its machines by itself: the hotline's work, the administrator's, the clock's, bad luck.

Each event is a function of the world that says in a few words what it did; ``EVENTS`` gives their weights.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from msgspec.structs import replace

from central.profile_store import current_profile, store_profile
from central.retention import KEPT, forget_old_changes
from central.writer import Writer
from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket, make_timeline_entry, make_visit
from tests.support.stores import profile

from .network import Late
from .template import UNITS
from .world import Backup, World

Event = Callable[[World], str]
_HORIZON = timedelta(days=25)
"""Backups older than this are not restored: desktops keep applied bodies for thirty days."""


def reassign(w: World) -> str:
    """The hotline moves a case to another unit, sends it back once more, or changes who helps."""
    ticket = w.rng.choice(_tickets(w))
    changes = w.rng.choice(
        (
            {"unit_id": w.rng.choice(UNITS)},
            {"unit_id": w.rng.choice(UNITS), "rework": ticket.rework + 1},
            {"assist_unit_ids": (w.rng.choice(UNITS),)},
            {"level": w.rng.choice(("normal", "report", "confidential"))},
            {"title": f"改{w.rng.randrange(1000)}"},
            {"against_unit_id": w.rng.choice(("", "u-roads"))},
        )
    )
    _put(w, replace(ticket, **changes))
    return f"{ticket.id}: {changes}"


def reassign_many(w: World) -> str:
    """A whole unit's cases move at once: more rows than a desk gives up on one word."""
    source, target = w.rng.sample(UNITS, 2)
    moved = [ticket for ticket in _tickets(w) if ticket.unit_id == source]
    with w.city.database.write() as tx:
        writer = Writer(tx, at=w.clock.now())
        for ticket in moved:
            writer.put(replace(ticket, unit_id=target))
    w.met["large reassignment"] += len(moved) > 5
    return f"{len(moved)} cases from {source} to {target}"


def new_case(w: World) -> str:
    """A new case comes in, sometimes with a visit to make."""
    n = w.rng.randrange(10**6)
    number = len(_tickets(w))
    now = w.city.now
    ticket = make_ticket(
        id=f"t-{number:03d}n",
        number=f"2025{n:07d}",
        title=f"新{n}",
        contact_id=f"k-{w.rng.randrange(6) * 4:03d}",
        unit_id=w.rng.choice(UNITS),
        received_at=now,
        dispatched_at=now,
        due_at=now + timedelta(days=3),
    )
    rows = [ticket, make_timeline_entry(ticket, id=f"e-{ticket.id}", at=now)]
    if w.rng.random() < 0.5:
        rows.append(make_visit(ticket, id=f"v-{ticket.id}", opened_at=now, due_at=now + timedelta(days=4)))
    with w.city.database.write() as tx:
        writer = Writer(tx, at=w.clock.now())
        for row in rows:
            writer.put(row)
    return ticket.id


def change_roles(w: World) -> str:
    """Somebody is given another unit or clearance, or loses it."""
    desk = w.rng.choice(w.desks)
    roles, units = {
        "liaison": (("liaison",), w.rng.sample(UNITS, w.rng.randrange(1, 3))),
        "water": (("liaison",), w.rng.sample(UNITS, w.rng.randrange(1, 3))),
        "chief": (w.rng.choice((("officer", "approve"), ("officer",))), []),
        "visitor": (w.rng.choice((("return_visit",), ("return_visit", "cleared"))), []),
    }.get(desk.login, (w.rng.choice((("officer",), ("officer", "cleared"))), []))
    if desk.login == "visitor2":
        roles = ("return_visit", "officer")
    w.city.services.accounts.set_roles(desk.login, roles, units)
    return f"{desk.login} is {roles} for {units}"


def suspend_person(w: World) -> str:
    """An account is disabled with all its sign-ins, or enabled again."""
    login = w.rng.choice(w.desks).login
    active = w.truth.viewers[f"p-{login}"][2]
    w.city.services.accounts.set_active(login, not active)
    return f"{login} {'disabled' if active else 'enabled'}"


def back_up(w: World) -> str:
    """The night's backup."""
    w.backups = [*w.backups[-2:], Backup(w.city.back_up(), w.truth.history.copy(), w.clock.now())]
    return f"at position {w.truth.history.position}"


def restore(w: World) -> str:
    """The server's disk is lost; the latest backups are what there is."""
    fit = [backup for backup in w.backups if w.clock.now() - backup.taken < _HORIZON]
    if not fit:
        return back_up(w)
    backup = w.rng.choice(fit)
    w.city.restore(backup.content)
    w.truth.forget(backup.history)
    w.revealed.clear()
    w.restores += 1
    w.backups = [each for each in w.backups if each.taken <= backup.taken]
    for desk in w.desks:
        desk.held = None  # calls end where the leases they stood on are gone
    return f"from {w.clock.now() - backup.taken} ago, position {backup.history.position}"


def restart_server(w: World) -> str:
    """The server's process ends between two requests and comes back."""
    w.city.restart()
    return "between two requests"


def shorten_log(w: World) -> str:
    """The log is cut: who comes with an older cursor takes a snapshot."""
    gone = forget_old_changes(w.city.database, w.clock.now() + KEPT - timedelta(minutes=w.rng.randrange(90)))
    return f"{gone} changes forgotten"


def new_rules(w: World) -> str:
    """A new version of the city's rules comes into force."""
    with w.city.database.write() as tx:
        old = current_profile(tx.connection)
        rule = replace(old.escalation, rework=w.rng.randrange(1, 5), repeats=w.rng.randrange(2, 6))
        new = replace(old, version=old.version + 1, escalation=rule)
        store_profile(tx, new, at=w.clock.now())
    return f"version {new.version}, escalation from {rule.rework} returns"


def pass_a_while(w: World) -> str:
    """Time goes by: minutes, an afternoon, a week, or until the next working morning."""
    draw = w.rng.random()
    seconds = (
        w.rng.randrange(5, 600)
        if draw < 0.45
        else w.rng.randrange(600, 20_000)
        if draw < 0.6
        else 7 * 86_400.0
        if draw < 0.68
        else _until_morning(w.city.now)
    )
    w.pass_time(seconds)
    w.met["a week passes"] += seconds >= 600_000
    return f"{timedelta(seconds=int(seconds))}"


def jump_clock(w: World) -> str:
    """Somebody sets a machine's clock wrong by up to 400 days, or right again; the monotonic one goes on."""
    desk = w.rng.choice(w.desks)
    days = w.rng.choice((-400, -30, -1, 0, 0, 1, 30, 400))
    desk.clock.wall = timedelta(days=days)
    desk.link.busy_until = 0.0  # a wait that is written down counts by the clock on the wall
    w.met["clock set back"] += days < 0
    w.met["clock set ahead"] += days > 0
    return f"{desk} by {days} days"


def sleep(w: World) -> str:
    """A lid is closed: the machine's monotonic clock stands while the world's goes on. What it held has run out."""
    desk = w.rng.choice(w.desks)
    seconds = w.rng.choice((60, 600, 8000))
    desk.held = None
    desk.clock.slept_s += seconds
    w.pass_time(seconds)
    return f"{desk} for {seconds} s"


def deliver_late(w: World) -> str:
    """Something that was long under way reaches the server after all."""
    if not w.late:
        return "nothing was under way"
    desk, late = w.late.pop(w.rng.randrange(len(w.late)))
    desk.link.deliver(late)
    w.met["late request delivered"] += 1
    return _about(late)


EVENTS: tuple[tuple[int, Event], ...] = (
    (9, reassign),
    (2, reassign_many),
    (3, new_case),
    (3, change_roles),
    (1, suspend_person),
    (4, back_up),
    (3, restore),
    (2, restart_server),
    (2, shorten_log),
    (1, new_rules),
    (8, pass_a_while),
    (4, jump_clock),
    (2, sleep),
    (5, deliver_late),
)


def _until_morning(now: datetime) -> float:
    local = profile().local(now)
    days = 1 if local.weekday() < 4 else 7 - local.weekday()
    morning = datetime.combine(local.date() + timedelta(days=days), time(9, 30), tzinfo=local.tzinfo)
    return (morning - local).total_seconds()


def _tickets(w: World) -> list[Ticket]:
    w.truth.read()
    return sorted((r.row for r in w.truth.rows.values() if isinstance(r.row, Ticket)), key=lambda t: t.id)


def _put(w: World, ticket: Ticket) -> None:
    with w.city.database.write() as tx:
        Writer(tx, at=w.clock.now()).put(ticket)


def _about(late: Late) -> str:
    return f"{late.request.method} {late.request.path_url.partition('?')[0]}"
