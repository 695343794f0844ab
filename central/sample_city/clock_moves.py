"""What moves the handling clock: an extension asked for, granted or refused; a suspension and what it gained.

A pause that is over is kept like an extension, with its reason, so that the due time explains itself.
"""

from __future__ import annotations

from datetime import datetime

from desktop.models.domain.deadlines import Pause
from desktop.models.domain.entities import Extension

from .chance import between, one_of
from .life import Life
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
    life.state, life.paused = "extension_pending", at
    decided = time.after(at, between(rng, 30, 380) * MINUTE_S)
    if decided > town.now:
        return 0
    life.state, life.paused = before, 0
    officer = one_of(rng, town.officers).name
    if life.fate.extension == "refused":
        refusal = one_of(rng, town.lines("timeline", "extension_refusal"))
        life.tell(decided, "handling", life.say("extension_refused").format(reason=refusal), officer)
        return max(done, life.to_axis(decided) + 20 * MINUTE_S)
    old = life.due
    new_at, new, provisional = time.due(days, "working_day", old)
    _grant(life, new_at, new, reason, decided, officer)
    life.provisional = life.provisional or provisional
    day = time.date_of(new)
    text = life.say("extension_granted").format(due=f"{day.month}月{day.day}日")
    life.tell(decided, "extended", text, officer)
    return done + int((life.to_axis(new) - life.to_axis(old)) * (0.4 + 0.59 * rng.random()))


def _suspend(life: Life, at: int, done: int) -> int:
    time, rng, town = life.town.time, life.rng, life.town
    reason = one_of(rng, town.words.reasons["suspension"])
    before = life.state
    life.tell_by_unit(at, "suspended", life.say("suspend").format(reason=reason))
    life.state, life.paused = "suspended", at
    resumed = time.after(at, int((1.5 + 7 * rng.random()) * time.day_length))
    if resumed > town.now:
        return 0
    life.state, life.paused = before, 0
    life.tell_by_unit(resumed, "resumed", life.say("resume"))
    rule = town.rule_of(life.request, life.unit)
    pause = Pause(time.moment(at), time.moment(resumed))
    due = time.compute(rule.limit, rule.unit, life.dispatched, pauses=(pause,))
    old, new = life.due, time.seconds(due.at)
    officer = one_of(rng, town.officers).name
    _grant(life, due.at, new, f"挂起期间不计时：{reason}", resumed, officer)
    return max(done + life.to_axis(new) - life.to_axis(old), life.to_axis(resumed) + HOUR_S)


def _grant(life: Life, new_at: datetime, new: int, reason: str, granted: int, officer: str) -> None:
    moment = life.town.time.moment
    extension = Extension(
        old_due_at=moment(life.due),
        new_due_at=new_at,
        reason=reason,
        granted_at=moment(granted),
        granted_by=officer,
    )
    life.extensions = (*life.extensions, extension)
    life.due_at, life.due = new_at, new
    life.first_due = new
