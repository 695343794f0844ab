"""Return visits that the city's channels made by message, page or robot, brought in: each a row of its own, marked so.

Whoever was content and answered the key questions is done; whoever was not, or could not be reached, stands in the
callers' queue with the reason. What a person has done about a case already is left as it is: a colleague's visit is
neither closed nor counted against by a message. Reading the same file again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from central import rechecks
from central.database import Database, Transaction
from central.lease_keys import is_held
from central.office_clock import OfficeClock
from central.profile_store import current_profile
from central.tables import entity
from central.visit_again import WAITING
from central.visit_policy import attempts_of
from central.writer import Writer
from desktop.models.domain.clock import Clock
from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Ticket, TimelineEntry, Visit, VisitGround
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.return_visits import is_dissatisfied, is_for_the_case, is_valid

from .problems import RowProblem
from .rejects import Rejects
from .translate import stable_id
from .visit_result_file import Line, Result, new_times, read_results

_SOURCE = "visit channels"
_IN_ONE_COMMIT = 100
_IN_ONE_QUERY = 500
_TO_BE_VISITED = ("completed", "in_review", "to_visit", "archived")


@dataclass
class Taken:
    """What became of the records. ``settled`` need no call any more, ``to_people`` stand in the callers' queue.

    ``after_people``: somebody had visited that case already; the result is on file and counts nowhere.
    """

    records: int = 0
    settled: int = 0
    to_people: int = 0
    after_people: int = 0
    declined: int = 0
    unchanged: int = 0
    by_mode: Counter[str] = field(default_factory=Counter)

    def add(self, other: Taken) -> None:
        """Count another part of the file."""
        for name in ("records", "settled", "to_people", "after_people", "declined", "unchanged"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.by_mode.update(other.by_mode)


class _Number(Struct):
    number: str = ""


class VisitResults:
    """Reads results into one database. ``clock`` is real time, ``office`` the office's."""

    def __init__(self, database: Database, *, clock: Clock, office: OfficeClock) -> None:
        self._database = database
        self._clock = clock
        self._office = office

    def run(self, file: Path, rejects: Rejects) -> Taken:
        """Take in ``file``. Raises :class:`ImportProblem`."""
        with self._database.read() as connection:
            profile = current_profile(connection)
        lines = list(read_results(file, new_times(profile.zone())))
        tickets = self._tickets({line.told.ticket for line in lines if isinstance(line.told, Result)})
        taken = Taken(records=len(lines))
        for part in _parts(lines, _IN_ONE_COMMIT):
            # A transaction that lost a race is run again: what it counts becomes true with its commit.
            counted, refused = self._database.run(
                partial(self._take, lines=part, tickets=tickets, profile=profile)
            )
            taken.add(counted)
            for line, problem in refused:
                rejects.add(line.file, line.number, problem)
        return taken

    def _tickets(self, numbers: set[str]) -> dict[str, str]:
        """Number → id, for these numbers: one reading of the cases."""
        found: dict[str, str] = {}
        decode = msgspec.json.Decoder(_Number).decode
        query = select(entity.c.id, entity.c.data).where(
            entity.c.type == "ticket", entity.c.state.in_(_TO_BE_VISITED)
        )
        with self._database.read() as connection:
            for row_id, data in connection.execution_options(yield_per=_IN_ONE_QUERY).execute(query):
                number = decode(data).number
                if number in numbers:
                    found[number] = row_id
        return found

    def _take(
        self,
        tx: Transaction,
        lines: Sequence[Line],
        tickets: dict[str, str],
        profile: RuleProfile,
    ) -> tuple[Taken, list[tuple[Line, RowProblem]]]:
        writer, taken = Writer(tx, at=self._clock.now()), Taken()
        refused: list[tuple[Line, RowProblem]] = []
        for line in lines:
            try:
                if isinstance(line.told, RowProblem):
                    raise line.told
                _Taking(writer, profile, self._clock, self._office, taken).take(line.told, tickets)
            except RowProblem as problem:
                refused.append((line, problem))
        return taken, refused


class _Taking:
    """One result at its case."""

    def __init__(
        self, writer: Writer, profile: RuleProfile, clock: Clock, office: OfficeClock, taken: Taken
    ) -> None:
        self._writer = writer
        self._profile = profile
        self._real = clock.now()
        self._now = office.now()
        self._taken = taken

    def take(self, result: Result, tickets: dict[str, str]) -> None:
        """Raises :class:`RowProblem`."""
        writer, taken = self._writer, self._taken
        ticket = writer.ticket(tickets.get(result.ticket, ""))
        if ticket is None:
            raise RowProblem("ticket", "no case of this number is to be visited")
        if result.at > self._now:
            raise RowProblem("at", "lies in the future")
        writer.wait_for(f"case:{ticket.id}")
        made = self._visit(ticket, result)
        before = writer.row("visit", made.id)
        if isinstance(before, Visit):
            if (before.ticket_id, before.mode, before.answers) != (made.ticket_id, made.mode, made.answers):
                raise RowProblem("ref", "was told before, otherwise")
            taken.unchanged += 1
            return
        others = [v for v in writer.children(ticket.id, "visit") if isinstance(v, Visit) and self._counts(v)]
        own = [v for v in others if is_for_the_case(v)]
        waiting = next((v for v in (*own, *others) if v.state in WAITING), None)
        since = ticket.completed_at
        spoken = any(v.completed_at and (since is None or v.completed_at >= since) for v in own)
        taken.by_mode[result.mode] += 1
        if result.outcome == "refused":
            taken.declined += 1
        elif spoken:
            taken.after_people += 1
        elif not made.valid:
            heard = made.answers is not None and is_dissatisfied(made.answers)
            self._to_people(ticket, made, waiting, "dissatisfied" if heard else "no_reply")
        elif waiting is None or not is_for_the_case(waiting):
            writer.put(made)
            self._settle(ticket, made, None)
            return
        elif self._untouched(waiting):
            writer.put(made)
            self._settle(ticket, made, waiting)
            return
        else:
            taken.after_people += 1  # a colleague has begun: theirs is the visit that counts
        writer.put(replace(made, valid=False))

    def _counts(self, visit: Visit) -> bool:
        """A call to a citizen about this case, which a blind recheck of the calling is not."""
        return visit.mode == "phone" and not rechecks.of_visit(self._writer.connection, visit.id)

    def _visit(self, ticket: Ticket, result: Result) -> Visit:
        """The row of a result. Valid is only what needs no person: content, and the key questions answered."""
        answers = result.answers
        content = answers is not None and is_valid(answers) and not is_dissatisfied(answers)
        state = {"answered": "completed", "refused": "cancelled"}.get(result.outcome, "unreachable")
        return Visit(
            id=stable_id(_SOURCE, "visit", result.ref),
            ticket_id=ticket.id,
            unit_id=ticket.unit_id,
            contact_id=ticket.contact_id,
            level=ticket.level,
            state=state,  # type: ignore[arg-type]  # one of its states
            mode=result.mode,
            opened_at=result.at,
            answers=answers,
            questionnaire=self._profile.questionnaire.version if answers is not None else "",
            completed_at=result.at if answers is not None else None,
            valid=content,
        )

    def _untouched(self, visit: Visit) -> bool:
        """Whether nobody has done anything about a waiting visit: not booked, not assigned, not called, not held."""
        if visit.state != "waiting" or visit.booked_at is not None or visit.assigned_to:
            return False
        connection = self._writer.connection
        return not attempts_of(connection, [visit])[visit.id] and not is_held(
            connection, visit.id, self._real
        )

    def _to_people(self, ticket: Ticket, made: Visit, waiting: Visit | None, ground: VisitGround) -> None:
        """The callers' queue says why: on the visit that waits, or on one opened for this."""
        self._taken.to_people += 1
        if waiting is not None:
            if not waiting.ground or not is_for_the_case(waiting):  # from now on the case's own, and counts
                self._writer.put(replace(waiting, ground=ground, follows=made.id))
            return
        self._writer.put(
            Visit(
                id=stable_id(_SOURCE, "call", made.id),
                ticket_id=ticket.id,
                unit_id=ticket.unit_id,
                contact_id=ticket.contact_id,
                level=ticket.level,
                opened_at=self._now,
                due_at=due_in_working_days(self._profile, self._now, self._profile.stages.visit_days),
                ground=ground,
                follows=made.id,
            )
        )
        if ticket.state != "to_visit":
            self._move(replace(ticket, state="to_visit", archived_at=None), made)

    def _settle(self, ticket: Ticket, made: Visit, waiting: Visit | None) -> None:
        """Nobody needs to be called: the visit that waited is taken back, and the case goes on."""
        self._taken.settled += 1
        if waiting is not None:
            self._writer.put(replace(waiting, state="cancelled", follows=made.id))
        if ticket.state != "archived":
            self._move(replace(ticket, state="archived", archived_at=self._now), made)

    def _move(self, ticket: Ticket, made: Visit) -> None:
        self._writer.put(ticket)
        self._writer.put(
            TimelineEntry(
                id=stable_id(_SOURCE, "timeline", made.id),
                ticket_id=ticket.id,
                at=self._now,
                kind=ticket.state,
                unit_id=ticket.unit_id,
            )
        )


def words(taken: Taken, refused: int, rejects: Path) -> list[str]:
    """The report, a line for each thing worth knowing."""
    by_mode = ", ".join(f"{mode} {count:,}" for mode, count in sorted(taken.by_mode.items()))
    return [
        f"{taken.records:,} results read" + (f": {by_mode}" if by_mode else ""),
        f"{taken.settled:,} cases need no call any more, {taken.to_people:,} stand in the callers' queue",
        f"{taken.after_people:,} came after a colleague had begun or visited; {taken.declined:,} declined",
        f"{taken.unchanged:,} were told before",
        f"{refused:,} rows refused" + (f", listed in {rejects}" if refused else ""),
    ]


def _parts(lines: Iterable[Line], size: int) -> Iterator[list[Any]]:
    rest = iter(lines)
    while part := list(islice(rest, size)):
        yield part
