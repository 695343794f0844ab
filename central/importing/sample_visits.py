"""Return visits for a source that holds no callers: a stated, seeded number of cases closed lately.

The persons are generated, their numbers lie in a range reserved for fiction, and every row says so. Which cases are
chosen depends on their keys and the seed alone, and is remembered by ``run``, so that a later import changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b

from msgspec.structs import replace

from central.loader import Contact
from desktop.models.domain.calendar import is_working_day
from desktop.models.domain.clocks import due_of
from desktop.models.domain.entities import Visit
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import mask_name, phone_tail

from .mapping import FileMapping, SampleVisits
from .problems import ImportProblem
from .translate import Case, stable_id

SAMPLE_FIELDS = ("requester", "phone_tail")


def window_start(profile: RuleProfile, as_of: datetime, working_days: int) -> datetime:
    """Midnight at the start of the last ``working_days`` working days before the office day of ``as_of``."""
    day = profile.local(as_of).date()
    while working_days:
        day -= timedelta(days=1)
        working_days -= is_working_day(profile.calendar, day)
    return datetime.combine(day, time(), tzinfo=profile.zone())


def choose(keys: Iterable[str], sample: SampleVisits) -> tuple[str, ...]:
    """At most ``sample.count`` of the keys, in an order that only the seed decides."""
    seed = sample.seed.encode()
    ranked = sorted(set(keys), key=lambda k: blake2b(k.encode(), key=seed[:64], digest_size=16).digest())
    return tuple(ranked[: sample.count])


def person(sample: SampleVisits, number: int) -> tuple[str, str]:
    """Name and telephone number of the generated person ``number``; no two are alike within ``sample.count``."""
    given, surnames = sample.given_names, sample.surnames
    name = f"{given[number % len(given)]} {surnames[(number + number // len(given)) % len(surnames)]}"
    prefix = sample.phones[number // 100 % len(sample.phones)]
    return name, f"{prefix}{number % 100:02}"


def check(sample: SampleVisits) -> None:
    """Raises :class:`ImportProblem` where a mapping asks for more persons than it can tell apart."""
    if not (sample.given_names and sample.surnames and sample.phones):
        raise ImportProblem("[sample_visits] needs given_names, surnames and phones")
    if sample.count > 100 * len(sample.phones):
        raise ImportProblem(
            f"[sample_visits] has telephone numbers for {100 * len(sample.phones)} visits only"
        )


def with_visit(case: Case, number: int, mapping: FileMapping, profile: RuleProfile) -> Case:
    """The case as one that waits for its return visit, with the generated person ``number``."""
    sample = mapping.sample_visits
    closed = case.ticket.completed_at or case.ticket.archived_at
    if sample is None or closed is None:
        return case
    name, phone = person(sample, number)
    contact = Contact(stable_id(mapping.source, "sample contact", case.ticket.id), name, phone, sample=True)
    done = replace(case.ticket, completed_at=closed)
    visit_due = due_of(profile, "visit", done, case.unit_kind)
    due = visit_due.at.astimezone(UTC) if visit_due is not None else None
    ticket = replace(
        case.ticket,
        state="to_visit",
        completed_at=closed,
        archived_at=None,
        visit_due_at=due,
        real_name="real_name",
        contact_id=contact.id,
        requester_label=mask_name(name),
        phone_tail=phone_tail(phone),
        sample_fields=SAMPLE_FIELDS,
    )
    visit = Visit(
        id=stable_id(mapping.source, "visit", case.ticket.id),
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        contact_id=contact.id,
        level=ticket.level,
        opened_at=closed,
        due_at=due,
    )
    return Case(ticket, [*case.children, visit], case.reference, contact, case.secret, case.unit_kind)
