"""What goes between a unit, the office and a leader: applications, instructions with their feedback, urgent reports.

Rows beside the story: nothing here moves a clock or throws the story's dice. Whoever plays the story says what came.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

from msgspec.structs import replace

from desktop.models.domain.entities import (
    Application,
    ApplicationMatter,
    Instruction,
    UrgentReport,
    UrgentReportState,
)

from .ledger import Ledger
from .life import APPLICATION, INSTRUCTION, REPORT, Life
from .worktime import DAY_S, MINUTE_S

_DAYS_FOR_A_LEADER = 3


def apply(
    life: Life, matter: ApplicationMatter, at: int, reason: str, *, days: int = 0, to_unit: str = ""
) -> None:
    """The unit that has the ticket applies at ``at``; what it asks for is not decided yet."""
    time, due = life.town.time, life.due
    longer = time.days_after(days, due)[0] if days else None
    life.rows.append(
        Application(
            id=life.child_id(APPLICATION),
            ticket_id=life.id,
            unit_id=life.unit.id,
            matter=matter,
            reason=reason,
            days=days,
            old_due_at=time.moment(due) if days else None,
            new_due_at=longer,
            to_unit_id=to_unit,
            asked_at=time.moment(at),
            by_name=life.town.speaker_of(life.unit, life.staff),
            by_id=life.town.liaison.id if life.unit.id == life.town.liaison_unit else "",
            ticket_state=life.state,
        )
    )


def decide(life: Life, at: int, reason: str, by: str, *, agreed: bool) -> None:
    """The latest application is decided."""
    place = next(i for i in reversed(range(len(life.rows))) if isinstance(life.rows[i], Application))
    row = life.rows[place]
    assert isinstance(row, Application)  # it was just found as one
    life.rows[place] = replace(
        row,
        state="agreed" if agreed else "refused",
        decided_at=life.town.time.moment(at),
        decided_by=by,
        decision=reason,
    )


def instruct(life: Life, at: int) -> None:
    """A leader writes on the case; what was done is reported back once the unit has said done."""
    town = life.town
    life.noted = True
    text = life.say("instruction").format(unit=life.unit.short)
    leaders = town.lines("leader", "names")
    leader = leaders[crc32(life.id.encode()) % len(leaders)]
    life.tell(at, "instruction", text, leader)
    life.instructed.append((at, text, leader))


def report(life: Life, ledger: Ledger, state: UrgentReportState) -> None:
    """An officer drafts a page upward soon after the call; it has come as far as ``state``."""
    town, time, request = life.town, life.town.time, life.request
    slots = {"unit": life.unit.short, "title": request.title, "place": request.address or request.title}
    texts: dict[str, Any] = {
        key: town.line("report", key).format_map(slots)
        for key in ("people", "done", "proposed", "recipients")
    }
    author, begun = town.officers[0], min(life.received + 12 * MINUTE_S, town.now)
    signed, sent = state in ("approved", "sent", "returned"), min(begun + 40 * MINUTE_S, town.now)
    row = UrgentReport(
        id=life.child_id(REPORT),
        ticket_id=life.id,
        state=state,
        what=request.title,
        location=request.address,
        **texts,
        author_id=author.id,
        author_name=author.name,
        created_at=time.moment(begun),
        submitted_at=time.moment(begun) if state != "draft" else None,
        approver_id=town.chief.id if signed else "",
        approver_name=town.chief.name if signed else "",
        approved_at=time.moment(sent) if state in ("approved", "sent") else None,
        sent_at=time.moment(sent) if state == "sent" else None,
        sent_by=author.name if state == "sent" else "",
        return_reason=town.line("report", "return_reason") if state == "returned" else "",
    )
    life.reported = row.id
    ledger.add_report(row)


def finish(life: Life) -> None:
    """Instructions as rows, once it is known what became of the case."""
    town, time = life.town, life.town.time
    for at, text, leader in life.instructed:
        officer = town.officers[crc32(life.id.encode()) % len(town.officers)]
        fed_back = time.after(life.completed, DAY_S // 24) if life.completed else 0
        answered = bool(fed_back) and fed_back <= town.now
        told = town.line("leader", "feedback").format(unit=life.unit.short) if answered else ""
        life.rows.append(
            Instruction(
                id=life.child_id(INSTRUCTION),
                ticket_id=life.id,
                given_by=leader,
                text=text,
                given_at=time.moment(at),
                due_at=time.days_after(_DAYS_FOR_A_LEADER, at)[0],
                unit_id=life.unit.id,
                state="answered" if answered else "open",
                by_id=officer.id,
                by_name=officer.name,
                at=time.moment(at),
                feedback=told,
                feedback_at=time.moment(fed_back) if answered else None,
                feedback_by=officer.name if answered else "",
                report_id=life.reported,
            )
        )
