"""One ticket under way: where it stands, what has been told of it, and the rows it becomes.

Holds the state and writes the rows; what happens and when is decided by ``handling``, ``closing`` and ``visits``, which
play a life forward from its receipt until the city's now.
"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any
from zlib import crc32

from desktop.models.domain.entities import (
    Answers,
    ClockPause,
    Extension,
    Row,
    Ticket,
    TicketState,
    TimelineEntry,
    Visit,
)
from desktop.models.domain.profile import ClockName, DeadlineRule

from .fates import Fate
from .ids import child_id
from .requests import Request
from .town import Town
from .worktime import HOUR_S
from .world import Handler

TIMELINE, VISIT, ATTEMPT, URGE, NOTICE, FINDING, REPLY, DRAFT, NOTE = range(1, 10)
APPLICATION, INSTRUCTION, REPORT = range(10, 13)
"""Kinds of children, as their ids name them."""

_FEEDBACK_S = 11 * HOUR_S
"""Office seconds within which a unit tells the requester its result: a working day and a little, so some are late."""
_PUBLISHED_AFTER_S = 3 * 24 * 3600
_SENT = "您好！您的来信收悉。经核实办理，现答复如下：{answer}感谢您对我市工作的关心和监督。"
_DONE: tuple[TicketState, ...] = ("completed", "in_review", "to_visit", "archived")
_PAUSED: tuple[TicketState, ...] = ("extension_pending", "suspended")


class Life:
    """Moments are seconds since 1970, 0 where a thing has not happened; ``due`` is that of the handling clock.

    ``first_due`` and ``first_completed`` are those of the first handling, before any rework; ``promised`` is the latest
    promise of the unit; what ``sleeps`` calls on nobody at night. Defaults stand on the class, because a million lives
    begin with them.
    """

    state: TicketState = "received"
    staff = ""
    dispatched = signed = contacted = completed = archived = paused = 0
    first_completed = first_due = due = promised = 0
    due_at: datetime | None = None
    sign_due: datetime | None = None
    contact_due: datetime | None = None
    visit_due: datetime | None = None
    rule_name = answer = reported = ""
    provisional = was_late = supervised = carded = noted = sleeps = False
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[ClockPause, ...] = ()
    feedback_due: datetime | None = None
    fed_back = 0
    assist: tuple[str, ...] = ()
    rework = returns = visits = others = 0
    visit: Visit | None = None
    contradicted: Answers | None = None

    def __init__(
        self, town: Town, rng: random.Random, request: Request, fate: Fate, *, received: int, number: str
    ) -> None:
        self.town = town
        self.rng = rng
        self.request = request
        self.fate = fate
        self.number = number
        self.received = received
        self.id = town.ids.of("ticket", number)
        self.merged_into = _merged_into(request, received)
        request.ticket_id, request.earlier = self.merged_into or self.id, None
        self.unit: Handler = request.unit
        self.by_hours = request.urgency != "normal"
        self.told: list[tuple[int, str, str, str, str]] = []
        self.rows: list[Row] = []
        self.instructed: list[tuple[int, str, str]] = []

    def tell(self, at: int, kind: str, text: str, actor: str, *, by_unit: bool = False) -> None:
        """Add an entry to the timeline; ``by_unit``: it is of the unit that has the ticket now."""
        self.told.append((at, kind, text, actor, self.unit.id if by_unit else ""))

    def tell_by_unit(self, at: int, kind: str, text: str) -> None:
        """The same, told by the person at the unit who has the ticket."""
        self.told.append((at, kind, text, self.staff, self.unit.id))

    def say(self, key: str) -> str:
        """One sentence of the timeline's words."""
        lines = self.town.said[key]
        return lines[0] if len(lines) == 1 else lines[int(self.rng.random() * len(lines))]

    def child_id(self, kind: int) -> str:
        """A new id for a child of this ticket that is not an entry of its timeline."""
        self.others += 1
        return child_id(self.id, kind, self.others)

    def timeline(self) -> list[TimelineEntry]:
        """What was told, as rows in the order of time."""
        if self.noted:
            self.told.sort(key=lambda entry: entry[0])
        moment, zone, ticket_id = datetime.fromtimestamp, self.town.time.zone, self.id
        return [
            TimelineEntry(
                id=child_id(ticket_id, TIMELINE, number),
                ticket_id=ticket_id,
                at=moment(at, zone),
                kind=kind,
                actor=actor,
                unit_id=unit_id,
                text=text,
                office_only=kind == "to_visit",
            )
            for number, (at, kind, text, actor, unit_id) in enumerate(self.told, start=1)
        ]

    def rule_of(self, clock: ClockName) -> DeadlineRule:
        """The rule of one of its clocks."""
        return self.town.rule_of(self.request, self.unit, clock, rework=self.rework > 0)

    def start_clocks(self, at: int) -> DeadlineRule:
        """Dispatched: the clocks begin, without anything that moved or stopped those before. The handling's rule."""
        time = self.town.time
        self.dispatched, self.state = at, "dispatched"
        self.extensions, self.pauses = (), ()
        self.feedback_due, self.fed_back = None, 0
        rule = self.rule_of("handling")
        self.rule_name = rule.name
        self.due_at, self.due, self.provisional = time.due_by_rule(rule, at)
        self.sign_due = time.due_by_rule(self.rule_of("sign"), at)[0]
        self.contact_due = time.due_by_rule(self.rule_of("first_contact"), at)[0]
        return rule

    def complete(self, at: int) -> None:
        """The unit says done; whoever can be told is, most of them by the next day."""
        self.completed, self.state = at, "completed"
        if self.request.citizen is None:
            return
        time = self.town.time
        self.feedback_due = time.due_by_rule(self.rule_of("feedback"), at)[0]
        # From the ticket's own id and not from the dice: those are thrown for the story alone.
        told = time.after(at, crc32(f"feedback {self.id} {self.rework}".encode()) % _FEEDBACK_S)
        self.fed_back = told if told <= self.town.now else 0

    def stand_still(self, at: int, state: TicketState) -> None:
        """The handling rests from now on."""
        self.state, self.paused = state, at
        self.pauses = (*self.pauses, ClockPause(self.town.time.moment(at), None, state))

    def go_on(self, at: int, state: TicketState, officer: str) -> None:
        """And goes on as it was before, as an officer agreed."""
        self.state, self.paused = state, 0
        last = self.pauses[-1]
        over = ClockPause(last.start, self.town.time.moment(at), last.state, officer)
        self.pauses = (*self.pauses[:-1], over)

    def to_axis(self, at: int) -> int:
        """Office seconds; plain seconds while the limit runs in hours."""
        return at if self.by_hours else self.town.time.to_work(at)

    def to_moment(self, axis: int) -> int:
        """The inverse of :meth:`to_axis`."""
        return axis if self.by_hours else self.town.time.from_work(axis)

    @property
    def is_open(self) -> bool:
        """True until the unit says done."""
        return self.state not in _DONE

    @property
    def is_overdue(self) -> bool:
        """Open, its clock running, due before now."""
        return self.is_open and self.state not in _PAUSED and 0 < self.due < self.town.now

    def ticket(self) -> Ticket:
        """The ticket as it stands at the city's now."""
        r, citizen = self.request, self.request.citizen
        at = self.town.time.moment
        return Ticket(
            id=self.id,
            number=self.number,
            title=r.title,
            request_type=r.request_type,
            channel=r.channel,
            state=self.state,
            request_text=r.text,
            urgency=r.urgency,
            level=r.level,
            category_id=r.telling.category_id,
            unit_id=self.unit.id,
            assist_unit_ids=self.assist,
            against_unit_id=r.against.id if r.against else "",
            place_id=r.place_id,
            address=r.address,
            enterprise=r.telling.matter.enterprise,
            requester_label=citizen.label if citizen else "",
            requester_kind=citizen.kind if citizen else "natural",
            real_name=r.real_name,
            phone_tail=citizen.tail if citizen else "",
            contact_id=citizen.contact.id if citizen else "",
            care_flags=citizen.care if citizen else (),
            received_at=at(self.received),
            dispatched_at=at(self.dispatched) if self.dispatched else None,
            signed_at=at(self.signed) if self.signed else None,
            first_contact_at=at(self.contacted) if self.contacted else None,
            completed_at=at(self.completed) if self.completed else None,
            archived_at=at(self.archived) if self.archived else None,
            sign_due_at=self.sign_due,
            first_contact_due_at=self.contact_due,
            due_at=self.due_at,
            visit_due_at=self.visit_due,
            due_rule=self.rule_name,
            due_provisional=self.provisional,
            paused_at=at(self.paused) if self.paused else None,
            extensions=self.extensions,
            rework=self.rework,
            repeats=r.repeats,
            returns=self.returns,
            supervised=self.supervised,
            carded=self.carded,
            noted_by_leader=self.noted,
            unit_answer=self.answer,
            against_person_ids=self._named(),
            due_profile=self.town.profile.version if self.due_at else 0,
            pauses=self.pauses,
            feedback_due_at=self.feedback_due,
            feedback_at=at(self.fed_back) if self.fed_back else None,
            merged_into=self.merged_into,
            **self._answered_by_letter(),
        )

    def _answered_by_letter(self) -> dict[str, Any]:
        """A letter's answer as it went out when the case was closed; most of the mailbox is published days later.

        Draws nothing: the city stays the one it was.
        """
        sent = self.archived
        if self.request.channel not in ("mailbox", "letter") or not sent or not self.answer:
            return {}
        at = self.town.time.moment
        told: dict[str, Any] = {"sent_answer": _SENT.format(answer=self.answer), "answer_sent_at": at(sent)}
        public = self.request.channel == "mailbox" and self.request.level == "normal" and self.received % 3
        later = sent + _PUBLISHED_AFTER_S
        return told | ({"published_at": at(later)} if public and later <= self.town.now else {})

    def _named(self) -> tuple[str, ...]:
        """A complaint about a unit is one about whoever answers for it."""
        against, town = self.request.against, self.town
        return (town.liaison.person.id,) if against and against.id == town.liaison_unit else ()


def _merged_into(request: Request, received: int) -> str:
    """The ticket that a request is merged into: the first of its matter, while its unit still works on it."""
    first = request.earlier
    if first is None or not first.ticket_id or 0 < first.done <= received:
        return ""
    request.done = first.done
    return first.ticket_id
