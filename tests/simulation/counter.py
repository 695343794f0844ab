"""What needs the server at that moment: leases on visits, calls to citizens, reveals; as the caller's desk plays them.

The device counts a lease from the moment of sending on its own monotonic clock, less the margin, as the program does.
"""

from __future__ import annotations

from desktop.models.domain.wire import Lease, RevealRequest
from desktop.services.api.errors import ApiError
from tests.support.stores import profile

from .acts import Deed, outcome
from .desk import Held, SimDesk
from .doing import do
from .faults import Died
from .weather import weather
from .world import World

MARGIN_S = profile().lease.margin_s
DIALLING_S = profile().lease.dialling_s


def play_call(w: World, desk: SimDesk) -> None:
    """Goes on with a lease that still holds, or asks for one; officers look at a number now and then."""
    if not desk.tokens.known() or w.views[desk.device].me is None:
        return
    faults = weather(w.rng) if w.rng.random() < 0.4 else ()
    desk.link.begin(*(fault for fault in faults if fault.kind not in ("426", "413")))
    try:
        if desk.held is not None and desk.clock.monotonic() >= desk.held.good_until:
            desk.held = None
            w.met["lease ran out"] += 1
        if desk.held is not None:
            _go_on(w, desk, desk.held)
        elif w.rng.random() < 0.3:
            _reveal(w, desk)
        else:
            _claim(w, desk)
    except ApiError as error:
        w.story.tell(f"not now: {type(error).__name__} {error.code}")
        w.met[f"counter refuses {error.code}"] += 1
    except Died as death:
        w.story.tell(f"{desk} dies {death}")
    finally:
        desk.link.begin()
        desk.link.busy_until = 0.0  # said to the person who asked, not to the sync
        w.late += [(desk, late) for late in desk.link.late]
        desk.link.late.clear()


def _claim(w: World, desk: SimDesk) -> None:
    sent = desk.clock.monotonic()
    visits = sorted(i for t, i in w.views[desk.device].shown if t == "visit")
    named = visits and w.rng.random() < 0.5
    lease = desk.ctx.api.claim(w.rng.choice(visits)) if named else desk.ctx.api.claim_next()
    if lease is None:
        w.story.tell("nobody waits")
        return
    w.truth.read()
    w.revealed[desk.person_id, "lease"] += 1
    desk.held = Held(lease, sent + max(0, lease.ttl_s - MARGIN_S))
    w.story.tell(f"leases {', '.join(v.visit_id for v in lease.visits)} at epoch {lease.epoch}")
    w.met["lease granted"] += 1
    if w.rng.random() < 0.3:  # somebody comes in; the lease runs out
        w.pass_time(lease.ttl_s + 1)


def _go_on(w: World, desk: SimDesk, held: Held) -> None:
    lease, draw = held.lease, w.rng.random()
    if draw < 0.15:
        desk.held = None
        desk.ctx.api.release_lease(lease.lease_id)
        w.story.tell("gives the lease back")
    elif draw < 0.3:
        sent = desk.clock.monotonic()
        renewed = desk.ctx.api.renew_lease(lease.lease_id, lease.epoch)
        held.good_until = sent + max(0, renewed.ttl_s - MARGIN_S)
        w.story.tell("holds the lease on")
    else:
        _dial(w, desk, lease)


def _dial(w: World, desk: SimDesk, lease: Lease) -> None:
    """The call begins when the server has said so; it takes its time, and how it went is recorded."""
    desk.ctx.api.dialling(lease.lease_id, lease.epoch)
    began = w.clock.now()
    desk.held = None
    w.pass_time(w.rng.randrange(20, 900))
    w.dialled.append((lease.phone, desk.login, began, w.clock.now()))
    w.met["call made"] += 1
    for visit in lease.visits:
        act = outcome(w, desk, visit.visit_id, lease.lease_id, lease.epoch)
        do(w, desk, Deed(f"records the call about {visit.visit_id}", act))


def _reveal(w: World, desk: SimDesk) -> None:
    tickets = sorted(i for t, i in w.views[desk.device].shown if t == "ticket")
    if not tickets:
        return
    ticket_id = w.rng.choice(tickets)
    row = w.truth.visible(desk.person_id).get(("ticket", ticket_id))
    contact = str(getattr(row, "contact_id", "")) or ticket_id
    request = RevealRequest(
        purpose=profile().reveal_purposes[0].code, reason="核实情况用", ticket_id=ticket_id, field="phone"
    )
    desk.ctx.api.reveal(contact, request)
    w.truth.read()
    w.revealed[desk.person_id, "reveal"] += 1
    w.met["value revealed"] += 1
