"""From receipt to the unit's "done": dispatch, return by the wrong unit, sign, first contact, work, completion.

Each stage plans a moment and asks whether it has come; the first that has not leaves the ticket as it stands then.
"""

from __future__ import annotations

from .chance import between, one_of
from .clock_moves import move_clock
from .closing import close
from .life import Life
from .upward import apply, decide, instruct
from .worktime import DAY_S, HOUR_S, MINUTE_S
from .world import Handler

_FIRST_CONTACT = {
    "consultation": "first_contact_consultation",
    "suggestion": "first_contact_suggestion",
    "praise": "first_contact_praise",
}
_PROGRESS = {
    "consultation": "progress_consultation",
    "suggestion": "progress_suggestion",
    "praise": "progress_praise",
}
_PROGRESS_SHARE = 0.45
_OFTEN_WRONG = ("zhengwu", "chengguan", "shijian", "zhujian", "jiaotong", "gongan")
"""Units that get what is not theirs where a matter names no other."""
_EARLIEST_DISPATCH = 8 * HOUR_S
_LATEST_DISPATCH = 21 * HOUR_S
_SHORTEST_SPAN = 20 * MINUTE_S
_NIGHT = 22 * HOUR_S
_NIGHT_LENGTH = 10 * HOUR_S + 30 * MINUTE_S
_FIRST_CALLS = 90 * MINUTE_S
NEVER = 40 * 8 * HOUR_S
"""Office seconds later than anything that is played."""


def play(life: Life) -> None:
    """Live until now."""
    if _arrive(life):
        done = _handle(life)
        while done and close(life):
            done = _handle_again(life)


def _arrive(life: Life) -> bool:
    """Receipt, dispatch, returns; True once the ticket is with the unit that will handle it."""
    request, town, rng = life.request, life.town, life.rng
    text = life.say("received").format(
        channel=town.channel_word(request.channel), type=town.type_word(request.request_type)
    )
    life.tell(life.received, "received", text, f"话务员 {between(rng, 1001, 1090)}")
    at = _dispatch_time(life)
    if at > town.now:
        return False
    if life.fate.assisted:
        keys = [key for key in request.telling.unit_keys if key != request.unit.key]
        if keys:
            life.assist = (town.world.units[one_of(rng, keys)].id,)
    chain = [*_wrong_units(life), request.unit] if life.fate.returns else [request.unit]
    for number, unit in enumerate(chain):
        _dispatch(life, unit, at, again=number > 0)
        if unit is chain[-1]:
            break
        at = _return(life, at, chain[number + 1])
        if not at:
            return False
    if life.fate.noted:
        noted = town.time.after(at, between(rng, 60, 420) * MINUTE_S)
        if noted <= town.now:
            instruct(life, noted)
    return True


def _dispatch_time(life: Life) -> int:
    """Minutes after receipt by day; the next morning for what comes at night, unless it is urgent."""
    rng, time, received = life.rng, life.town.time, life.received
    if life.by_hours:
        return received + between(rng, 120, 540)
    of_day = time.time_of_day(received)
    if of_day < _EARLIEST_DISPATCH:
        return time.at(time.day_of(received), _EARLIEST_DISPATCH) + between(rng, 300, 3600)
    if of_day > _LATEST_DISPATCH:
        return time.at(time.day_of(received) + 1, _EARLIEST_DISPATCH) + between(rng, 300, 3600)
    return received + between(rng, 240, 3300)


def _wrong_units(life: Life) -> list[Handler]:
    """Units that return the ticket first: others of the matter, the district, those often taken for the right one."""
    units, request = life.town.world.units, life.request
    likely = [units[key] for key in request.telling.unit_keys]
    likely += [request.area.handler, *(units[key] for key in _OFTEN_WRONG)]
    found: list[Handler] = []
    for unit in likely:
        barred = unit is request.unit or unit is request.against or unit in found
        if not barred and (len(likely) < 3 or life.rng.random() < 0.6):
            found.append(unit)
        if len(found) == life.fate.returns:
            break
    return found


def _dispatch(life: Life, unit: Handler, at: int, *, again: bool) -> None:
    town = life.town
    life.unit = unit
    life.staff = one_of(life.rng, unit.staff)
    rule = life.start_clocks(at)
    life.first_due = life.due
    limit = town.limit_words(rule.limit, rule.unit)
    dispatcher = f"派单员 {between(life.rng, 2001, 2013)}"
    if again:
        text = life.say("redispatch").format(unit=unit.short, limit=limit)
        life.tell(at, "redispatched", text, dispatcher, by_unit=True)
    elif life.assist:
        helper = next(u for u in town.world.units.values() if u.id == life.assist[0])
        text = life.say("dispatch_assist").format(unit=unit.short, assist=helper.short, limit=limit)
        life.tell(at, "dispatched", text, dispatcher, by_unit=True)
    else:
        life.tell(
            at,
            "dispatched",
            life.say("dispatch").format(unit=unit.short, limit=limit),
            dispatcher,
            by_unit=True,
        )


def _return(life: Life, at: int, right: Handler) -> int:
    """The wrong unit objects and the hotline agrees; the time of the next dispatch, 0 while it has not."""
    now, time, rng = life.town.now, life.town.time, life.rng
    objected = _next(life, at, between(rng, 1_200, 19_800))
    if life.fate.moved_ago is not None:
        objected = max(time.from_work(life.town.now_work - int(life.fate.moved_ago * HOUR_S)), at + MINUTE_S)
    if objected > now:
        return 0
    reason = life.say("return_request").format(other=right.short)
    life.tell_by_unit(objected, "objected", reason)
    apply(life, "return", objected, reason, to_unit=right.id)
    life.state = "return_pending"
    agreed = _next(life, objected, between(rng, 900, 15_600))
    if agreed > now:
        return 0
    life.returns += 1
    agreement = life.say("returned").format(unit=life.unit.short)
    life.tell(agreed, "returned", agreement, "派单审核")
    decide(life, agreed, agreement, "派单审核", agreed=True)
    return min(agreed + between(rng, 20, 240), now)


def _next(life: Life, at: int, seconds: int) -> int:
    """The moment after so many office seconds, or after a sixth of them at once where the limit runs in hours."""
    return at + seconds // 6 if life.by_hours else life.town.time.after(at, seconds)


def _handle(life: Life) -> bool:
    """Sign, contact, work, say done; True when the unit has said done."""
    fate, rng = life.fate, life.rng
    start = life.to_axis(life.dispatched)
    span = max(life.to_axis(life.due) - start, _SHORTEST_SPAN)
    done = start + int(span * fate.pace) + fate.late_s
    if fate.done_ago is not None:
        done = max(life.town.now_work - int(fate.done_ago * HOUR_S), start + _SHORTEST_SPAN)
    life.sleeps = _sleeps(life, done)
    signed = start + min(between(rng, 180, 13_800), (done - start) // 3)
    contacted = signed + min(between(rng, 300, 19_800), (done - signed) // 2)
    if not (_sign(life, signed) and _contact(life, contacted)):
        return False
    if fate.return_refused and not life.by_hours and not _refused_return(life, contacted, done):
        return False
    if (fate.extension or fate.suspended) and not life.by_hours:
        done = move_clock(life, contacted, max(done, start + int(span * 0.85)))
        if not done:
            return False
    elif not fate.return_refused and rng.random() < _PROGRESS_SHARE and not _progress(life, contacted, done):
        return False
    return _complete(life, start, done)


def _handle_again(life: Life) -> bool:
    """The same after a rework, which has a limit of its own; True when the unit has said done again."""
    rng = life.rng
    start = life.to_axis(life.dispatched)
    span = max(life.to_axis(life.due) - start, _SHORTEST_SPAN)
    done = start + int(span * (0.3 + 0.69 * rng.random()))
    if life.fate.held and life.rework >= life.fate.rework_after:
        done = start + NEVER
    signed = start + min(between(rng, 180, 7_200), (done - start) // 3)
    contacted = signed + min(between(rng, 600, 14_400), (done - signed) // 2)
    return _sign(life, signed) and _contact(life, contacted) and _complete(life, start, done)


def _sign(life: Life, axis: int) -> bool:
    at = life.to_moment(axis)
    if at > life.town.now:
        return False
    life.signed, life.state = at, "signed"
    life.tell_by_unit(at, "signed", life.say("sign").format(staff=life.staff))
    return True


def _waking(life: Life, axis: int) -> int:
    """The moment of a step that calls on people: what an urgent ticket would bring at night waits for the morning."""
    at = life.to_moment(axis)
    return _pressed(life, at) if life.sleeps else at


def _sleeps(life: Life, done: int) -> bool:
    """Whether the ticket can wait for the morning: emergencies do not, nor does what would be late by it."""
    if not life.by_hours or life.request.urgency == "emergency":
        return False
    return _pressed(life, done) <= life.due


def _pressed(life: Life, at: int) -> int:
    """``at`` with the night pressed into the hour and a half after seven, which keeps every order."""
    into = (life.town.time.time_of_day(at) - _NIGHT) % DAY_S
    if into >= _NIGHT_LENGTH:
        return at
    return at - into + _NIGHT_LENGTH - _FIRST_CALLS + into * _FIRST_CALLS // _NIGHT_LENGTH


def _contact(life: Life, axis: int) -> bool:
    """First contact; an anonymous requester cannot be contacted, so the unit sets to work."""
    at = _waking(life, axis)
    if at > life.town.now:
        return False
    if life.request.citizen is None:
        life.state = "handling"
        life.tell_by_unit(at, "handling", life.say(_PROGRESS.get(life.request.request_type, "progress")))
    else:
        life.contacted, life.state = at, "first_contacted"
        key = _FIRST_CONTACT.get(life.request.request_type, "first_contact")
        life.tell_by_unit(at, "first_contacted", life.say(key))
    return True


def _progress(life: Life, contacted: int, done: int) -> bool:
    at = _waking(life, contacted + int((done - contacted) * (0.25 + 0.5 * life.rng.random())))
    if at > life.town.now:
        return False
    life.state = "handling"
    life.tell_by_unit(at, "handling", life.say(_PROGRESS.get(life.request.request_type, "progress")))
    return True


def _refused_return(life: Life, contacted: int, done: int) -> bool:
    """The unit asks to be rid of it and is not; False while that is undecided."""
    asked = contacted + (done - contacted) // 8
    at, decided = life.to_moment(asked), life.to_moment(asked + (done - contacted) // 8)
    other = one_of(life.rng, life.town.world.departments)
    if at > life.town.now or other is life.unit:
        return at <= life.town.now
    before = life.state
    reason = life.say("return_request").format(other=other.short)
    life.tell_by_unit(at, "objected", reason)
    apply(life, "return", at, reason, to_unit=other.id)
    life.state = "return_pending"
    if decided > life.town.now:
        return False
    life.state = before
    refusal = life.say("return_refused")
    life.tell(decided, "handling", refusal, "派单审核")
    decide(life, decided, refusal, "派单审核", agreed=False)
    return True


def _complete(life: Life, start: int, done: int) -> bool:
    rng, request = life.rng, life.request
    at = _waking(life, done)
    if at > life.town.now:
        return False
    life.complete(at)
    if not life.first_completed:
        life.first_completed, life.was_late = at, at > life.due
    worked = life.town.time.date_of(life.to_moment(start + int((done - start) * (0.6 + 0.39 * rng.random()))))
    slots = request.slots
    slots["hdate"] = f"{worked.month}月{worked.day}日"
    slots["we"] = life.unit.we
    if life.fate.template and life.rework == 0:
        replies = life.town.words.template_replies["lines"]
    else:
        replies = request.telling.case.replies
    life.answer = (replies[0] if len(replies) == 1 else one_of(rng, replies)).format_map(slots)
    if life.rework:
        life.answer = life.say("rework_reply").format(we=life.unit.we) + life.answer
    if request.citizen is None:
        key = "complete_anonymous"
    else:
        key = "complete_praise" if request.request_type == "praise" else "complete"
    life.tell_by_unit(at, "completed", life.say(key))
    return True
