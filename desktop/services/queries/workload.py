"""The workload of the return-visit desk as a question: who has how much, and what each line stands for."""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.workload import Caller, Load, Work, loads

from .base import Reader
from .visits import VisitQueueRow, visit_queue

_CALLS = CATALOGUE["visit.schedule"].roles


class Workload(Struct, frozen=True, kw_only=True):
    """``rows`` is the queue in its order, ``works`` the same as the rules of distribution see it."""

    rows: tuple[VisitQueueRow, ...]
    works: tuple[Work, ...]
    callers: tuple[Caller, ...]
    loads: tuple[Load, ...]


def workload(r: Reader) -> Workload:
    """Everything that waits, by whom it is assigned to."""
    rows = visit_queue(r)
    works = tuple(_work(r, row) for row in rows)
    callers = callers_of(r)
    return Workload(rows=rows, works=works, callers=callers, loads=loads(works, callers))


def callers_of(r: Reader) -> tuple[Caller, ...]:
    """Who may be given a visit: return-visit staff, and whoever else has visits already; by name."""
    persons = r.reference.persons.values()
    staff = [person for person in persons if "return_visit" in person.roles and _CALLS & set(person.roles)]
    made = (Caller(person.id, person.name, "cleared" in person.roles) for person in staff)
    return tuple(sorted(made, key=lambda caller: caller.name))


def _work(r: Reader, row: VisitQueueRow) -> Work:
    place = row.standing
    today = (
        place.next_at is not None and r.profile.local(place.next_at).date() <= r.profile.local(r.now).date()
    )
    booked = place.why in ("booked", "booked_waiting")
    return Work(
        visit_id=row.visit_id,
        person_id=row.assigned_to,
        contact_id=row.contact_id,
        band=place.next_band if today else "",
        booked=booked,
        urgent=row.due_soon,
        fixed=booked,
        report=row.level == "report",
    )
