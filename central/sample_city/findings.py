"""Findings and what units reply to them, each as far as its script and the time that has passed let it come."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.models.domain.entities import Finding, FindingReply, FindingState, Stance
from desktop.models.domain.finding_rules import review_decided_until

from .chance import Lottery, one_of
from .ledger import Ledger
from .life import FINDING, REPLY, Life
from .scripts import FindingScript, paced
from .worktime import HOUR_S

_STANCES: Lottery[Stance] = Lottery({"accepts": 52, "explains": 36, "disputes": 12})
_WAY: tuple[FindingState, ...] = (
    "filed",
    "acknowledged",
    "replied",
    "confirmed",
    "rectifying",
    "rectified",
    "verified",
)
_BRANCHES: dict[FindingState, FindingState] = {
    "withdrawn": "replied",
    "review_requested": "confirmed",
    "returned": "rectified",
}
"""Where a finding leaves the straight way: after the state named here."""
_COMMENDED: FindingState = "confirmed"
"""Where the short life of good practice ends."""
_HOURS: dict[FindingState, tuple[float, float]] = {
    "filed": (0.2, 2.0),
    "acknowledged": (1.0, 9.0),
    "replied": (4.0, 20.0),
    "confirmed": (2.0, 12.0),
    "rectifying": (0.2, 2.0),
    "rectified": (10.0, 40.0),
    "verified": (6.0, 22.0),
    "withdrawn": (3.0, 12.0),
    "review_requested": (4.0, 20.0),
    "returned": (3.0, 12.0),
}
_ENDS: Lottery[FindingState] = Lottery({"verified": 84, "withdrawn": 6, "review_requested": 5, "returned": 5})
"""How a finding that chance made would end, were there time enough."""


def find(life: Life, ledger: Ledger, script: FindingScript) -> None:
    """File a finding about the unit that has the case."""
    town, time, rng = life.town, life.town.time, life.rng
    code = town.profile.finding_code(script.code)
    good = code is not None and code.good
    stop = script.stop if script.sure else _ENDS.draw(rng)
    stop = _COMMENDED if good and stop != "draft" else stop
    at = town.now_work - int(script.ago * HOUR_S)
    created = time.from_work(at)
    if created > town.now:
        return
    state: FindingState = "draft"
    when: dict[FindingState, int] = {}
    steps = _steps_to(stop)
    hours = paced([low + (high - low) * rng.random() for low, high in map(_HOURS.__getitem__, steps)], script)
    for step, length in zip(steps, hours, strict=True):
        at += int(length * HOUR_S)
        moment = time.from_work(at)
        if moment > town.now:
            break
        state, when[step] = step, moment
    severity = code.severity if code else "ordinary"
    days = 0 if good else town.profile.rectify_days[severity]
    words = town.words.finding[script.code]
    filed = when.get("filed", 0)
    finding = Finding(
        id=life.child_id(FINDING),
        ticket_id=life.id,
        unit_id=life.unit.id,
        state=state,
        code=script.code,
        severity=severity,
        facts=_filled(life, one_of(rng, words.facts)),
        requirement=words.requirement,
        cited_ticket_ids=(life.id,),
        rectify_days=days,
        rectify_due_at=time.days_after(days, filed)[0] if filed and not good else None,
        good=good,
        author_id=script.author.id,
        author_name=script.author.name,
        created_at=time.moment(created),
        filed_at=time.moment(filed) if filed else None,
        acknowledged_at=time.moment(when["acknowledged"]) if "acknowledged" in when else None,
        acknowledged_by=town.speaker_of(life.unit, life.staff) if "acknowledged" in when else "",
        replied_at=time.moment(when["replied"]) if "replied" in when else None,
        rectified_at=time.moment(when["rectified"]) if "rectified" in when and state != "returned" else None,
        verified_at=time.moment(when["verified"]) if "verified" in when else None,
        return_reason=town.line("finding_reply", "return_reason") if state == "returned" else "",
        withdraw_reason=town.line("finding_reply", "withdraw") if state == "withdrawn" else "",
        confirmed_at=time.moment(when["confirmed"]) if "confirmed" in when else None,
        confirmed_by=script.author.name if "confirmed" in when else "",
    )
    if "review_requested" in when:
        finding = replace(finding, review_from="confirmed", review_at=time.moment(when["review_requested"]))
        due = review_decided_until(town.profile, finding)
        finding = replace(finding, review_due_at=due.at if due is not None else None)
    ledger.add_finding(finding)
    if "replied" in when:
        stance: Stance = "disputes" if stop in ("withdrawn", "review_requested") else _STANCES.draw(rng)
        _reply(life, finding, when["replied"], stance)
    if "review_requested" in when:
        _reply(life, finding, when["review_requested"], "review")
    if "rectified" in when:
        _reply(life, finding, when["rectified"], "rectified")


def _steps_to(stop: FindingState) -> tuple[FindingState, ...]:
    if stop == "draft":
        return ()
    last = _BRANCHES.get(stop, stop)
    way = _WAY[: _WAY.index(last) + 1]
    return (*way, stop) if stop in _BRANCHES else way


def _reply(life: Life, finding: Finding, at: int, stance: Stance) -> None:
    town = life.town
    own = finding.unit_id == town.liaison_unit
    text = one_of(life.rng, town.lines("finding_reply", stance)).format(we=life.unit.we)
    life.rows.append(
        FindingReply(
            id=life.child_id(REPLY),
            ticket_id=life.id,
            finding_id=finding.id,
            unit_id=finding.unit_id,
            stance=stance,
            text=text,
            by_id=town.liaison.id if own else "",
            by_name=town.speaker_of(life.unit, life.staff),
            at=town.time.moment(at),
        )
    )


def _filled(life: Life, text: str) -> str:
    time, visit = life.town.time, life.visit
    due = time.date_of(life.first_due)
    done = time.date_of(life.completed or life.first_completed or life.received)
    told = visit.completed_at if visit is not None and visit.completed_at is not None else None
    missing = life.contradicted.still_missing if life.contradicted else ""
    return text.format(
        number=life.number,
        title=life.request.title,
        due=f"{due.month}月{due.day}日",
        completed=f"{done.month}月{done.day}日",
        visited=f"{told.month}月{told.day}日" if told else "电话",
        missing=missing or "与单位答复不一致。",
    )
