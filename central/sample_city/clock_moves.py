"""What moves the handling clock: an extension asked for, granted or refused; a suspension and what it gained.

Pauses and extensions are kept with the ticket, so that its due time explains itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.models.domain.deadlines import Pause
from desktop.models.domain.entities import Extension

from .chance import between, one_of
from .life import Life
from .upward import apply, decide
from .worktime import HOUR_S, MINUTE_S

_DAYS = (3, 5, 5)


def move_clock(life: Life, contacted: int, done: int) -> int:
    """Play the extension or suspension of the fate; the new time of completion on the axis, 0 while it is open."""
    asked = contacted + int((done - contacted) * (0.5 + 0.35 * life.rng.random()))
    if life.fate.moved_ago is not None:
        asked = max(life.town.now_work - int(life.fate.moved_ago * HOUR_S), contacted + MINUTE_S)
    at = life.to_moment(asked)
    if at > life.town.now:
        return 0
    return _suspend(life, at, done) if life.fate.suspended else _extend(life, at, done)


def _extend(life: Life, at: int, done: int) -> int:
    time, rng, town = life.town.time, life.rng, life.town
    days = one_of(rng, _DAYS)
    reason = one_of(rng, town.words.reasons["extension"])
    before = life.state
    life.tell_by_unit(
        at, "extension_requested", life.say("extension_request").format(days=days, reason=reason)
    )
    apply(life, "extension", at, reason, days=days)
    life.stand_still(at, "extension_pending")
    decided = time.after(at, between(rng, 30, 380) * MINUTE_S)
    if decided > town.now:
        return 0
    officer = one_of(rng, town.officers).name
    life.go_on(decided, before, officer)
    if life.fate.extension == "refused":
        refusal = one_of(rng, town.lines("timeline", "extension_refusal"))
        answer = life.say("extension_refused").format(reason=refusal)
        life.tell(decided, "handling", answer, officer)
        decide(life, decided, answer, officer, agreed=False)
        return max(done, life.to_axis(decided) + 20 * MINUTE_S)
    old = life.due
    new_at, new, provisional = time.days_after(days, old)
    extension = Extension(
        old_due_at=time.moment(old),
        new_due_at=new_at,
        reason=reason,
        granted_at=time.moment(decided),
        granted_by=officer,
        asked_at=time.moment(at),
    )
    life.extensions = (*life.extensions, extension)
    _move_to(life, new_at, new)
    life.provisional = life.provisional or provisional
    day = time.date_of(new)
    text = life.say("extension_granted").format(due=f"{day.month}月{day.day}日")
    life.tell(decided, "extended", text, officer)
    decide(life, decided, text, officer, agreed=True)
    return done + int((life.to_axis(new) - life.to_axis(old)) * (0.4 + 0.59 * rng.random()))


def _suspend(life: Life, at: int, done: int) -> int:
    time, rng, town = life.town.time, life.rng, life.town
    reason = one_of(rng, town.words.reasons["suspension"])
    before = life.state
    life.tell_by_unit(at, "suspended", life.say("suspend").format(reason=reason))
    life.stand_still(at, "suspended")
    resumed = time.after(at, int((1.5 + 7 * rng.random()) * time.day_length))
    if resumed > town.now:
        return 0
    life.go_on(resumed, before, one_of(rng, town.officers).name)
    life.tell_by_unit(resumed, "resumed", life.say("resume"))
    due = time.compute(life.rule_of("handling"), life.dispatched, tuple(_counted(life)))
    old, new = life.due, time.seconds(due.at)
    _move_to(life, due.at, new)
    life.provisional = due.provisional
    return max(done + life.to_axis(new) - life.to_axis(old), life.to_axis(resumed) + HOUR_S)


def _counted(life: Life) -> Iterator[Pause]:
    """The pauses whose time its rule gives back."""
    states = life.rule_of("handling").pause_states
    return (Pause(p.start, p.end) for p in life.pauses if p.state in states)


def _move_to(life: Life, new_at: datetime, new: int) -> None:
    life.due_at, life.due = new_at, new
    life.first_due = new
