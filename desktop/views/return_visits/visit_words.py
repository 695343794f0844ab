"""Words of the return-visit desk: why an entry stands where it stands, why we call, what follows a call.

Codes, times and rows in, translated sentences out. Must not decide anything: order and reasons come from
``domain.return_visits``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Application, Attempt
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.return_visits import Permission, Standing, band_of
from desktop.models.domain.wire import LeaseHolder
from desktop.services.background.desk import Desk
from desktop.services.queries.visits import Slot, VisitInHand, VisitQueueRow
from desktop.views.common import case_words, channel_words
from desktop.views.common.words import code_words


def band(name: str) -> str:
    """A part of the day by its name in the profile; a name of the city's own as it is."""
    return {
        "morning": QCoreApplication.translate("VisitWords", "morning"),
        "afternoon": QCoreApplication.translate("VisitWords", "afternoon"),
        "evening": QCoreApplication.translate("VisitWords", "evening"),
    }.get(name, name)


def when(profile: RuleProfile, at: datetime, now: datetime) -> str:
    """A time as short as it can be understood: "14:00" today, "tomorrow 09:00", "05-16 09:00"."""
    local = profile.local(at)
    day = when_day(profile, at, now)
    return f"{day} {local:%H:%M}" if day else f"{local:%H:%M}"


def when_day(profile: RuleProfile, at: datetime, now: datetime) -> str:
    """The day of that time; "" for today."""
    away = (profile.local(at).date() - profile.local(now).date()).days
    if away == 0:
        return ""
    if away == 1:
        return QCoreApplication.translate("VisitWords", "tomorrow")
    if away == -1:
        return QCoreApplication.translate("VisitWords", "yesterday")
    return case_words.day(profile, at, now)


def holder(desk: Desk, held: LeaseHolder) -> str:
    """Who has a visit in hand, as short as a row has room for: "王 · 14:32 起"."""
    name = case_words.surname(held.name)
    if held.block:
        away = QCoreApplication.translate("VisitWords", "{name} · to {time}")
        return away.format(name=name, time=f"{desk.office_time(held.until):%H:%M}")
    since = QCoreApplication.translate("VisitWords", "{name} · {time}")
    return since.format(name=name, time=f"{desk.office_time(held.since):%H:%M}")


def held(desk: Desk, by: LeaseHolder) -> str:
    """The same as a sentence."""
    since = f"{desk.office_time(by.since):%H:%M}"
    if by.block:
        away = QCoreApplication.translate(
            "VisitWords",
            "{name} has taken this person along since {since}, to call without a network until {until}.",
        )
        until = f"{desk.office_time(by.until):%H:%M}"
        return away.format(name=by.name, since=since, until=until)
    if by.dialled:
        ringing = QCoreApplication.translate(
            "VisitWords", "{name} is on the telephone with this person since {since}."
        )
        return ringing.format(name=by.name, since=since)
    calling = QCoreApplication.translate("VisitWords", "{name} has this person in hand since {since}.")
    return calling.format(name=by.name, since=since)


def why_here(profile: RuleProfile, row: VisitQueueRow, now: datetime) -> str:
    """Why an entry of the queue stands where it stands."""
    place = row.standing
    if place.why in ("booked", "booked_waiting") and place.next_at is not None:
        booked = QCoreApplication.translate("VisitWords", "Booked {time}")
        return booked.format(time=when(profile, place.next_at, now))
    if place.why == "exception":
        return QCoreApplication.translate("VisitWords", "Exception agreed")
    if place.why == "close_to_due" and row.due_at is not None:
        soon = QCoreApplication.translate("VisitWords", "Due {time}")
        return soon.format(time=when(profile, row.due_at, now))
    if place.why == "overdue" and row.due_at is not None:
        late = QCoreApplication.translate("VisitWords", "Overdue, {time}")
        return late.format(time=when_day(profile, row.due_at, now) or when(profile, row.due_at, now))
    if place.why == "new_band":
        untried = QCoreApplication.translate("VisitWords", "Untried: {band}")
        return untried.format(band=band(place.next_band))
    if place.why == "resting":
        return resting(profile, place, now)
    oldest = QCoreApplication.translate("VisitWords", "Oldest, since {day}")
    return oldest.format(day=case_words.day(profile, row.opened_at, now))


def resting(profile: RuleProfile, place: Standing, now: datetime) -> str:
    """Until when nobody may call, or that nobody may any more."""
    if place.exhausted:
        return QCoreApplication.translate("VisitWords", "All attempts used")
    if place.next_at is None:
        return QCoreApplication.translate("VisitWords", "Resting")
    until = QCoreApplication.translate("VisitWords", "Resting, from {time}")
    return until.format(time=when(profile, place.next_at, now))


def when_next(profile: RuleProfile, place: Standing, now: datetime) -> str:
    """When the next call may be made and because of what: "tomorrow 18:30–20:00, because both calls in vain were in
    the morning"; "" where nothing has been tried, a time is promised, or nobody may call."""
    if place.next_at is None or not place.missed_bands or place.why in ("booked", "booked_waiting"):
        return ""
    until = next((b.end for b in profile.attempts.bands if b.name == place.next_band), None)
    stretch = when(profile, place.next_at, now) + (f"–{until:%H:%M}" if until else "")
    bands = list(dict.fromkeys(band(name) for name in place.missed_bands if name))
    if not bands:
        return stretch
    if len(place.missed_bands) == 1:
        once = QCoreApplication.translate("VisitWords", "{time}, because the call in vain was in the {band}")
        return once.format(time=stretch, band=bands[0])
    both = QCoreApplication.translate("VisitWords", "{time}, because the calls in vain were in the {bands}")
    between = QCoreApplication.translate("VisitWords", " and ")
    return both.format(time=stretch, bands=between.join(bands))


def light_of(row: VisitQueueRow, now: datetime) -> str:
    """The shape and colour that goes with the reason."""
    place = row.standing
    if place.why == "overdue":
        return "overdue"
    if place.why == "booked":
        late = place.next_at is not None and place.next_at < now - timedelta(minutes=10)
        return "overdue" if late else "due_soon"
    return {"close_to_due": "due_soon", "booked_waiting": "provisional", "resting": "paused"}.get(
        place.why, "normal"
    )


def outcome_key(code: str) -> str:
    """The short word on an outcome's button."""
    return {
        "answered": QCoreApplication.translate("VisitWords", "Answered"),
        "no_answer": QCoreApplication.translate("VisitWords", "No answer"),
        "busy": QCoreApplication.translate("VisitWords", "Busy"),
        "switched_off": QCoreApplication.translate("VisitWords", "Switched off"),
        "call_later": QCoreApplication.translate("VisitWords", "Call later"),
        "wrong_number": QCoreApplication.translate("VisitWords", "Wrong number"),
        "refused": QCoreApplication.translate("VisitWords", "Refused"),
        "line_fault": QCoreApplication.translate("VisitWords", "Line fault"),
    }.get(code, code)


def why_we_call(profile: RuleProfile, in_hand: VisitInHand, now: datetime) -> str:
    """One sentence: what the unit says, which call this is, how the last one went."""
    ticket, attempts = in_hand.ticket, in_hand.attempts
    parts = []
    if ticket.completed_at is not None:
        done = QCoreApplication.translate("VisitWords", "Unit reported completion on {day}")
        parts.append(done.format(day=case_words.day(profile, ticket.completed_at, now)))
    else:
        parts.append(QCoreApplication.translate("VisitWords", "Unit has not reported completion"))
    if ground := channel_words.ground(in_hand.visit.ground):
        parts.append(ground)
    if not attempts:
        parts.append(QCoreApplication.translate("VisitWords", "first call"))
        return _joined(parts)
    nth = QCoreApplication.translate("VisitWords", "call no. {n}")
    parts.append(nth.format(n=len(attempts) + 1))
    parts.append(previous_call(profile, attempts[-1], now))
    return _joined(parts)


def previous_call(profile: RuleProfile, attempt: Attempt, now: datetime) -> str:
    """How an earlier call went: "previous one 11-20 morning: no answer"."""
    local = profile.local(attempt.at)
    part = band_of(profile, attempt.at)
    time = band(part.name) if part else f"{local:%H:%M}"
    day = _named_day(profile, attempt.at, now)
    previous = QCoreApplication.translate("VisitWords", "previous one {day} {time}: {outcome}")
    return previous.format(day=day, time=time, outcome=outcome_key(attempt.outcome))


def care_flag(code: str) -> tuple[str, str]:
    """(who it is, what that asks of the caller); a flag of the city's own has no hint."""
    words = {
        "elderly": (
            QCoreApplication.translate("VisitWords", "Elderly"),
            QCoreApplication.translate("VisitWords", "Speak slowly, please."),
        ),
        "deaf": (
            QCoreApplication.translate("VisitWords", "Hard of hearing"),
            QCoreApplication.translate("VisitWords", "Speak clearly, and repeat what matters."),
        ),
        "dialect": (
            QCoreApplication.translate("VisitWords", "Speaks dialect"),
            QCoreApplication.translate("VisitWords", "Ask whether you were understood."),
        ),
        "self_harm": (
            QCoreApplication.translate("VisitWords", "Spoke of harming themselves"),
            QCoreApplication.translate(
                "VisitWords", "Stay on the line and tell the officer on duty at once."
            ),
        ),
    }
    return words.get(code, (code, ""))


def explained(profile: RuleProfile, in_hand: VisitInHand, now: datetime, language: str) -> tuple[str, ...]:
    """What a citizen is told who asks what became of it: who has it, and what can be done about a result."""
    ticket = in_hand.ticket
    unit = in_hand.unit_name
    if ticket.completed_at is None:
        handling = QCoreApplication.translate("VisitWords", "{unit} is still handling this matter.")
        first = handling.format(unit=unit)
    else:
        done = QCoreApplication.translate(
            "VisitWords",
            "{unit} told us on {day} that this matter has been handled; its answer stands above.",
        )
        first = done.format(unit=unit, day=case_words.day(profile, ticket.completed_at, now))
    remedies = profile.visits.remedies_for(ticket.request_type, profile.local(now).date())
    decided = (_decision(profile, each, now) for each in in_hand.decided)
    return (first, *decided, *(each.words(language) for each in remedies))


def _decision(profile: RuleProfile, decided: Application, now: datetime) -> str:
    """What a review decided, in the words that the reviewer wrote for the citizen."""
    said = {
        ("extension", "agreed"): QCoreApplication.translate("VisitWords", "More time granted {day}: {words}"),
        ("extension", "refused"): QCoreApplication.translate(
            "VisitWords", "More time refused {day}: {words}"
        ),
        ("return", "agreed"): QCoreApplication.translate(
            "VisitWords", "Given to another unit {day}: {words}"
        ),
        ("return", "refused"): QCoreApplication.translate("VisitWords", "Left with its unit {day}: {words}"),
    }.get((decided.matter, decided.state), "{words}")
    at = decided.decided_at or now
    return said.format(day=case_words.day(profile, at, now), words=decided.citizen_words)


def duty_numbers(profile: RuleProfile, flags: Sequence[str], language: str) -> str:
    """Whom to call for somebody with these flags, in one line; "" for nobody."""
    found = profile.visits.numbers_for(flags)
    return " · ".join(f"{each.words(language)} {each.number}" for each in found)


def refusal(profile: RuleProfile, permission: Permission, *, named: bool) -> str:
    """Why a time is refused, "" when it is not. ``named`` = the citizen named it."""
    if permission.allowed or permission.reason is None:
        return ""
    if permission.reason == "outside_hours":
        return outside_hours(profile, named=named)
    return code_words(permission.reason)


def outside_hours(profile: RuleProfile, *, named: bool) -> str:
    """The hours in which citizens may be called, as the reason for refusing others."""
    if named:
        hours = profile.attempts.citizen_named
        own = QCoreApplication.translate(
            "VisitWords", "A time the citizen names must lie between {start} and {end}."
        )
        return own.format(start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")
    listed = ", ".join(f"{b.start:%H:%M}–{b.end:%H:%M}" for b in profile.attempts.bands)
    only = QCoreApplication.translate("VisitWords", "Citizens may be called at {hours} only.")
    return only.format(hours=listed)


def slot(profile: RuleProfile, stretch: Slot, now: datetime) -> str:
    """A stretch of time to choose: "tomorrow afternoon 14:00–17:30"."""
    words = QCoreApplication.translate("VisitWords", "{day} {band} {start}–{end}")
    return words.format(
        day=_named_day(profile, stretch.start, now),
        band=band(stretch.band),
        start=f"{stretch.start:%H:%M}",
        end=f"{stretch.end:%H:%M}",
    )


def slot_start(profile: RuleProfile, stretch: Slot, now: datetime) -> str:
    """Its beginning alone: "tomorrow 14:00"."""
    words = QCoreApplication.translate("VisitWords", "{day} {time}")
    return words.format(day=_named_day(profile, stretch.start, now), time=f"{stretch.start:%H:%M}")


def _named_day(profile: RuleProfile, at: datetime, now: datetime) -> str:
    return when_day(profile, at, now) or QCoreApplication.translate("VisitWords", "today")


def _joined(parts: list[str]) -> str:
    return QCoreApplication.translate("VisitWords", ", ").join(parts)
