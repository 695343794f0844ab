"""A return visit made at the server by a hand of an office: leased, called, recorded, given back."""

from __future__ import annotations

import msgspec

from desktop.models.domain.entities import Visit
from desktop.models.domain.wire import Lease

from .central_office import Hand

GOOD = {
    "identity_confirmed": True,
    "contacted": "yes",
    "resolved": "resolved",
    "satisfied_result": "satisfied",
}
BAD = GOOD | {"resolved": "not_resolved", "satisfied_result": "dissatisfied"}


def complete(hand: Hand, visit: Visit, answers: dict[str, object]) -> None:
    """Call and record."""
    reply = hand.post(f"/visits/{visit.id}/lease")
    assert reply.status_code == 201, reply.text
    lease = msgspec.json.decode(reply.content, type=Lease)
    held = {"lease_id": lease.lease_id, "lease_epoch": lease.epoch}
    call = {"ticket_id": visit.ticket_id, "visit_id": visit.id, "outcome": "answered", "at": hand.office.now}
    attempt = hand.op("visit.attempt", {**call, **held})
    payload = {"answers": answers, "questionnaire": "1", "attempt_id": attempt.entity_id, **held}
    done = hand.op("visit.complete", payload, entity_id=visit.id, base=1)
    assert [r.status for r in hand.push(attempt, done)] == ["applied", "applied"]
    hand.call("DELETE", f"/visit-leases/{lease.lease_id}")
