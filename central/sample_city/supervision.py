"""What the office does with a case: urges, supervision notices, notes; what units answer to them.

Either a scene's script, or chance for cases that went wrong. Findings are in ``findings``. Notices wait in the ledger
until the end, because their numbers follow the order of issue over the whole city.
"""

from __future__ import annotations

from desktop.models.domain.entities import Note, Notice, NoticeState, Urge, UrgeMeans
from desktop.models.domain.ladder_rules import may_sign

from .chance import Lottery, between, one_of
from .findings import find
from .ledger import Ledger
from .life import NOTE, NOTICE, URGE, Life
from .scripts import Deeds, FindingScript, NoticeScript, NoticeStop, UrgeScript, paced
from .upward import finish, instruct, report
from .worktime import HOUR_S
from .world import Colleague

_MEANS: Lottery[UrgeMeans] = Lottery({"phone": 72, "sms": 20, "letter": 8})
_PROMISED = Lottery({1: 40.0, 2: 40.0, 3: 20.0})
_STOPS: Lottery[NoticeStop] = Lottery(
    {"draft": 8, "submitted": 16, "returned": 5, "issued": 42, "replied": 26, "withdrawn": 3}
)
_SHARE_PROMISE = 0.62
_SHARE_ACKNOWLEDGED = 0.74
_SHARE_NOTICE = 0.42
_SHARE_NOTICE_AFTER = 0.10
_SHARE_URGED_SOON = 0.06
_SHARE_URGED_FIRST_DAY = 0.6
_SHARE_URGED_LATE = 0.45
_SHARE_NOTE = 0.25
_SHARE_NOTE_OTHERWISE = 0.006
_NOTICE_FROM_DAYS = 1.5
_CODES = {
    "evasive": "F03",
    "passed_on": "F06",
    "wrong_facts": "F05",
    "attitude": "F09",
    "recurred": "F17",
    "slow": "F15",
}
"""What a citizen's reason makes of a contradicted completion; F01 or F02 where none of these is named."""
_COUNTS = ("", "一次", "两次", "三次", "四次")


def supervise(life: Life, ledger: Ledger, deeds: Deeds | None) -> None:
    """Add the office's deeds to a life that has been played."""
    if deeds is not None:
        _play(life, ledger, deeds)
    elif life.is_overdue:
        _overdue(life, ledger)
    elif life.was_late:
        _was_late(life, ledger)
    else:
        _ordinary(life, ledger)
    finish(life)


def officer_of(life: Life) -> Colleague:
    """One of those who may write a notice or a finding; the chief seldom does."""
    town, draw = life.town, life.rng.random()
    return town.chief if draw < 0.07 else town.officers[draw < 0.53]


def _play(life: Life, ledger: Ledger, deeds: Deeds) -> None:
    for urge in deeds.urges:
        _urge(life, urge)
    if deeds.notice is not None:
        _notice(life, ledger, deeds.notice, urges=len(deeds.urges))
    for step in deeds.steps:
        _notice(life, ledger, step, urges=len(deeds.urges))
    for finding in deeds.findings:
        find(life, ledger, finding)
    if deeds.noted:
        instruct(life, min(life.town.time.after(life.dispatched, 2 * HOUR_S), life.town.now))
    if deeds.report:
        report(life, ledger, deeds.report)
    if deeds.note_by is not None:
        _note(life, deeds.note_by)


def _overdue(life: Life, ledger: Ledger) -> None:
    """Urged after the first day at the latest, again after the third; then a notice. A promise may be broken by now."""
    rng, time = life.rng, life.town.time
    late = (life.town.now_work - time.to_work(life.due)) / HOUR_S
    officer = officer_of(life)
    day = time.day_length / HOUR_S
    count = 1 if late < 3 * day else 2
    if late < day and rng.random() > _SHARE_URGED_FIRST_DAY:
        count = 0
    ago = late
    for number in range(count):
        ago -= rng.random() * min(ago, day) * 0.9
        why = "broken" if number else "repeated" if life.request.repeats else "overdue"
        _urge(life, _drawn_urge(life, officer, ago, why))
        ago -= min(ago * 0.3, day)
    if count and late > _NOTICE_FROM_DAYS * day and rng.random() < _SHARE_NOTICE:
        stop = _STOPS.draw(rng)
        _notice(
            life,
            ledger,
            NoticeScript(officer, max(ago * (0.4 + 0.6 * rng.random()), 0.2), stop, sure=False),
            urges=count,
        )
    if late > 6 * day and rng.random() < 0.3:
        find(life, ledger, FindingScript(officer, ago * rng.random(), "F07", "verified", sure=False))
    if rng.random() < _SHARE_NOTE:
        _note(life, officer)


def _was_late(life: Life, ledger: Ledger) -> None:
    """Done, but after its time."""
    rng, time = life.rng, life.town.time
    since_due = (life.town.now_work - time.to_work(life.first_due)) / HOUR_S
    since_done = (life.town.now_work - time.to_work(life.first_completed)) / HOUR_S
    if since_due < 0.5 or rng.random() > _SHARE_URGED_LATE:
        return
    officer = officer_of(life)
    ago = since_done + (since_due - since_done) * (0.3 + 0.6 * rng.random())
    _urge(life, _drawn_urge(life, officer, ago, "overdue"))
    if rng.random() < _SHARE_NOTICE_AFTER:
        _notice(life, ledger, NoticeScript(officer, ago * 0.9, "replied", sure=False), urges=1)
    if rng.random() < 0.16:
        find(life, ledger, FindingScript(officer, since_done * rng.random(), "F07", "verified", sure=False))


def _ordinary(life: Life, ledger: Ledger) -> None:
    rng, town = life.rng, life.town
    if life.contradicted is not None:
        _contradicted(life, ledger)
    elif life.is_open and 0 < life.due - town.now < 30 * HOUR_S and rng.random() < _SHARE_URGED_SOON:
        if life.dispatched and life.state != "return_pending":
            passed = (town.now_work - town.time.to_work(life.dispatched)) / HOUR_S
            _urge(life, _drawn_urge(life, officer_of(life), min(passed * 0.5, 6 * rng.random()), "due_soon"))
    elif life.completed and rng.random() < 0.004:
        _found_by_chance(life, ledger)
    if rng.random() < _SHARE_NOTE_OTHERWISE:
        _note(life, officer_of(life))


def _contradicted(life: Life, ledger: Ledger) -> None:
    """The visit contradicts the file: a finding for a quarter of them."""
    rng, town = life.rng, life.town
    answers = life.contradicted
    visit = life.visit
    if answers is None or visit is None or rng.random() > 0.17:
        return
    code = next((_CODES[reason] for reason in answers.reasons if reason in _CODES), "F01")
    if answers.contacted == "no":
        code = "F02" if answers.resolved != "not_resolved" else "F01"
    told = visit.completed_at or visit.opened_at
    since = (town.now_work - town.time.to_work(town.time.seconds(told))) / HOUR_S
    find(life, ledger, FindingScript(officer_of(life), since * rng.random(), code, "verified", sure=False))


def _found_by_chance(life: Life, ledger: Ledger) -> None:
    """What a spot check turns up: templates, gaps in the file, buck-passing, and good work."""
    rng, town = life.rng, life.town
    if life.fate.template:
        code = "F04"
    elif life.returns > 1:
        code = "F06"
    elif life.request.repeats > 1:
        code = "F17"
    else:
        code = one_of(rng, ("F15", "F03", "F15", "F90", "F90"))
    since = (town.now_work - town.time.to_work(life.completed)) / HOUR_S
    find(life, ledger, FindingScript(officer_of(life), since * rng.random(), code, "verified", sure=False))


def _drawn_urge(life: Life, officer: Colleague, ago: float, why: str) -> UrgeScript:
    rng = life.rng
    means = _MEANS.draw(rng)
    promised = _PROMISED.draw(rng) if means == "phone" and rng.random() < _SHARE_PROMISE else None
    return UrgeScript(officer, ago, means, promised, rng.random() < _SHARE_ACKNOWLEDGED, why)


def _urge(life: Life, script: UrgeScript) -> None:
    """An urge, answered at once on the telephone; acknowledged some hours later."""
    town, time, rng = life.town, life.town.time, life.rng
    at = time.from_work(town.now_work - int(script.ago * HOUR_S) - between(rng, 0, 900))
    reached = town.speaker_of(life.unit, one_of(rng, life.unit.staff)) if script.means == "phone" else ""
    promised = None
    if script.promised_days is not None:
        promised, life.promised, _ = time.days_after(script.promised_days, at)
    acknowledged = time.after(at, between(rng, 1_200, 21_600)) if script.acknowledged else 0
    if acknowledged > town.now:
        acknowledged = 0
    life.rows.append(
        Urge(
            id=life.child_id(URGE),
            ticket_id=life.id,
            unit_id=life.unit.id,
            means=script.means,
            person_reached=reached,
            answer=one_of(rng, town.lines("urge", "answer")) if reached else "",
            promised_at=promised,
            text=one_of(rng, town.lines("urge", script.why)),
            by_id=script.author.id,
            by_name=script.author.name,
            at=time.moment(at),
            acknowledged_at=time.moment(acknowledged) if acknowledged else None,
            acknowledged_by=town.speaker_of(life.unit, life.staff) if acknowledged else "",
            acknowledgement=one_of(rng, town.lines("urge", "acknowledgement")) if acknowledged else "",
        )
    )


_STEPS: dict[NoticeStop, tuple[NoticeState, ...]] = {
    "draft": (),
    "submitted": ("submitted",),
    "returned": ("submitted", "returned"),
    "issued": ("submitted", "issued"),
    "replied": ("submitted", "issued", "replied"),
    "withdrawn": ("submitted", "issued", "withdrawn"),
}
_STEP_HOURS: dict[NoticeState, tuple[float, float]] = {
    "submitted": (0.1, 0.8),
    "returned": (0.5, 3.0),
    "issued": (0.5, 4.0),
    "replied": (4.0, 22.0),
    "withdrawn": (3.0, 8.0),
}


def _notice(life: Life, ledger: Ledger, script: NoticeScript, *, urges: int) -> None:
    if life.merged_into:  # one matter has one supervision, and it stands on its first ticket
        return
    """A notice, as far as its script and the time that has passed let it come."""
    town, time, rng = life.town, life.town.time, life.rng
    at = begun = town.now_work - int(script.ago * HOUR_S) - between(rng, 0, 900)
    state: NoticeState = "draft"
    when: dict[NoticeState, int] = {}
    created = time.from_work(at)
    steps = _STEPS[script.stop]
    hours = paced(
        [low + (high - low) * rng.random() for low, high in map(_STEP_HOURS.__getitem__, steps)], script
    )
    for step, length in zip(steps, hours, strict=True):
        at += int(length * HOUR_S)
        if step == "replied" and life.completed:
            at = max(at, time.to_work(life.completed) + between(rng, 600, 7_200))
        moment = time.from_work(at)
        if moment > town.now:
            break
        state, when[step] = step, moment
    issued, replied = when.get("issued", 0), when.get("replied", 0)
    chiefs = (
        may_sign(town.profile.ladder, script.rung, town.chief.person.roles)
        and script.author is not town.chief
    )
    approver = town.chief if chiefs else town.deputy
    signed = bool(issued or "returned" in when)
    days = town.profile.reply_days(script.rung)
    stands = state in ("issued", "replied")
    life.supervised = life.supervised or stands
    life.carded = life.carded or (stands and script.rung != "notice")
    asked = "requirement" if script.rung == "notice" else f"requirement_{script.rung}"
    ledger.add_notice(
        Notice(
            id=life.child_id(NOTICE),
            ticket_id=life.id,
            unit_id=life.unit.id,
            state=state,
            rung=script.rung,
            ground=_ground(life, begun, urges, step=script.rung != "notice"),
            requirement=one_of(rng, town.lines("notice", asked)).format(days=days),
            author_id=script.author.id,
            author_name=script.author.name,
            created_at=time.moment(created),
            submitted_at=time.moment(when["submitted"]) if "submitted" in when else None,
            return_reason=one_of(rng, town.lines("notice", "return_reason")) if state == "returned" else "",
            approver_id=approver.id if signed else "",
            approver_name=approver.name if signed else "",
            issued_at=time.moment(issued) if issued else None,
            reply_due_at=time.days_after(days, issued)[0] if issued else None,
            reply_text=_answer_to_notice(life) if replied else "",
            replied_at=time.moment(replied) if replied else None,
            replied_by=town.speaker_of(life.unit, life.staff) if replied else "",
            withdraw_reason=one_of(rng, town.lines("notice", "withdraw_reason"))
            if state == "withdrawn"
            else "",
        )
    )


def _answer_to_notice(life: Life) -> str:
    """What the unit reports: the work done, or that it is under way."""
    lines = life.town.lines("notice", "reply" if life.completed else "reply_open")
    return one_of(life.rng, lines).format(we=life.unit.we)


def _ground(life: Life, begun: int, urges: int, *, step: bool) -> str:
    """Why, as it stood when the notice was begun (in office seconds)."""
    time = life.town.time
    due = time.date_of(life.first_due)
    late_days = max((begun - time.to_work(life.first_due)) // time.day_length, 0)
    broken = 0 < life.promised < time.from_work(begun)
    kind = "ground_step" if step else "ground_promise" if broken else "ground_overdue"
    return one_of(life.rng, life.town.lines("notice", kind)).format(
        number=life.number,
        title=life.request.title,
        due=f"{due.month}月{due.day}日",
        late=f"{late_days}个工作日" if late_days else "数小时",
        urges=_COUNTS[min(max(urges, 1), 4)],
    )


def _note(life: Life, author: Colleague) -> None:
    town, time, rng = life.town, life.town.time, life.rng
    start = time.to_work(life.dispatched or life.received)
    at = time.from_work(start + int((town.now_work - start) * (0.4 + 0.58 * rng.random())))
    if at > town.now:
        return
    life.rows.append(
        Note(
            id=life.child_id(NOTE),
            ticket_id=life.id,
            text=one_of(rng, town.words.note["office"]),
            by_id=author.id,
            by_name=author.name,
            at=time.moment(at),
        )
    )
