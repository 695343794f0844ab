"""Has what a person decided recorded, one thing at a time: an outcome, a completed visit, a booking.

A second press while the first is being written does nothing. Must not decide what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Answers, Outcome
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.base import Writer
from desktop.services.commands.return_visits import (
    Call,
    VisitForm,
    complete_visit,
    record_outcome,
    schedule_visit,
)


class Booking(Struct, frozen=True, kw_only=True):
    """What was decided about a booking; ``at`` None takes it back."""

    at: datetime | None
    until: datetime | None = None
    assigned_to: str = ""
    named: bool = False
    note: str = ""


class Recorder(QObject):
    """``recorded``: the outcome ("answered" = completed, "booked" = scheduled) and the visits, as a tuple."""

    recorded = Signal(str, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._what = ""
        self._visit_ids: tuple[str, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return bool(self._what)

    def outcome(
        self,
        forms: Mapping[str, VisitForm],
        outcome: str,
        call: Call,
        *,
        later_at: datetime | None = None,
        note: str = "",
    ) -> None:
        """One call, not completed, for every visit of ``forms``."""
        kept, code = dict(forms), cast(Outcome, outcome)
        self._run(
            outcome,
            tuple(kept),
            lambda w: record_outcome(w, kept, code, call, call_later_at=later_at, note=note),
        )

    def complete(self, visit_id: str, answers: Answers, call: Call, new_matter: str) -> None:
        """A visit with its answers."""
        self._run(
            "answered",
            (visit_id,),
            lambda w: complete_visit(w, visit_id, answers, call, new_matter=new_matter),
        )

    def schedule(self, visit_id: str, booking: Booking) -> None:
        """A booking, or one taken back."""
        self._run("booked", (visit_id,), lambda w: _schedule(w, visit_id, booking))

    def _run(self, what: str, visit_ids: tuple[str, ...], command: Callable[[Writer], Changes]) -> None:
        if not self._what:
            self._what, self._visit_ids = what, visit_ids
            self._desk.run_command(self, command, self._done, self._refused)

    def _done(self, changes: Changes) -> None:
        what, self._what = self._what, ""
        self.recorded.emit(what, self._visit_ids)

    def _refused(self, error: DeskError) -> None:
        self._what = ""
        self.failed.emit(error)


def _schedule(w: Writer, visit_id: str, booking: Booking) -> Changes:
    return schedule_visit(
        w,
        visit_id,
        booked_at=booking.at,
        booked_until=booking.until,
        assigned_to=booking.assigned_to,
        named_by_citizen=booking.named,
        note=booking.note,
    )
