"""What is asked of the server about who sees what: reports by two persons, recusals, and the record for a superior.

Runs in a lane of its own, so that a long page of the record delays no call. Nothing is stored: what was answered lives
as long as a page shows it. For a cleared officer it looks by itself for requests that wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.ids import NewId
from desktop.models.domain.oversight import (
    AuditPage,
    Recusal,
    ReportAsk,
    ReportDecision,
    ReportReveal,
    ReportReveals,
    RequesterAccess,
    RevealField,
)
from desktop.models.domain.privacy import REVEALERS
from desktop.models.domain.wire import Me, Revealed

from .desk import Desk
from .errors import DeskError
from .tasks import Tasks

_CLOSE_S = 3.0
_LOOK_MS = 20_000
_WAIT_MS = 4_000
Failed = Callable[[DeskError], None]


class Records(Protocol):
    """The endpoints of the server that stand behind this class; each call blocks and raises with a ``code``."""

    def report_reveals(self) -> ReportReveals: ...

    def ask_report(self, asked: ReportAsk) -> ReportReveal: ...

    def decide_report(self, request_id: str, decision: ReportDecision) -> ReportReveal: ...

    def reveal_report(self, request_id: str) -> Revealed: ...

    def withdraw_report(self, request_id: str) -> None: ...

    def recuse(self, ticket_id: str, recusal: Recusal) -> None: ...

    def lift_recusal(self, ticket_id: str, person_id: str) -> None: ...

    def audit(self, **filters: str | int) -> AuditPage: ...

    def requester_access(self, requester_id: str) -> RequesterAccess: ...


def takes_part(me: Me) -> bool:
    """Whether a person may ask to see behind reports, and agree to it."""
    return "cleared" in me.roles and bool(REVEALERS.intersection(me.roles))


class Oversight(QObject):
    """``requests`` is what the last look found, oldest first; ``looked`` comes after each look that succeeded."""

    looked = Signal()
    unheard = Signal(object)

    def __init__(self, server: Records, desk: Desk, *, new_id: NewId) -> None:
        super().__init__(desk)
        self._server = server
        self._desk = desk
        self._new_id = new_id
        self._tasks = Tasks("oversight", parent=self)
        self._tasks.unheard.connect(self.unheard)
        self.requests: tuple[ReportReveal, ...] = ()
        self._asking = False
        self._look_again = QTimer(self)
        self._look_again.timeout.connect(self.look)
        desk.connection_changed.connect(self._renew)
        desk.identity_changed.connect(self._renew)

    def _renew(self) -> None:
        """Look for requests by itself while the person takes part and the server is there."""
        if not (self._desk.connection.online and takes_part(self._desk.me)):
            self._look_again.stop()
        elif not self._look_again.isActive():
            self._look_again.start(_LOOK_MS)
            self.look()

    def look(self) -> None:
        """Look now; what a look that fails would have found is found by the next one."""
        if not self._asking:
            self._asking = True
            self._tasks.run(self, self._server.report_reveals, self._found, self._not_found)

    def _found(self, found: ReportReveals) -> None:
        self._asking = False
        self.requests = found.requests
        if self._look_again.isActive():
            waits = any(each.mine and each.state in ("asked", "agreed") for each in found.requests)
            self._look_again.setInterval(_WAIT_MS if waits else _LOOK_MS)
        self.looked.emit()

    def _not_found(self, error: DeskError) -> None:
        self._asking = False

    def waiting_for_me(self) -> tuple[ReportReveal, ...]:
        """Requests of colleagues that wait for somebody like me."""
        return tuple(each for each in self.requests if not each.mine and each.state == "asked")

    def mine_about(self, ticket_id: str) -> ReportReveal | None:
        """My latest request about a case that still stands, None where there is none."""
        mine = (each for each in reversed(self.requests) if each.mine and each.ticket_id == ticket_id)
        return next((each for each in mine if each.state in ("asked", "agreed", "declined")), None)

    def ask(
        self,
        owner: QObject,
        ticket_id: str,
        field: RevealField,
        purpose: str,
        reason: str,
        then: Callable[[ReportReveal], None],
        failed: Failed,
    ) -> None:
        """Ask a second person to agree that one value behind a report is seen."""
        asked = ReportAsk(id=self._new_id(), ticket_id=ticket_id, field=field, purpose=purpose, reason=reason)
        self._tasks.run(owner, lambda: self._server.ask_report(asked), then, failed)
        self.look()

    def decide(
        self,
        owner: QObject,
        request_id: str,
        decision: ReportDecision,
        then: Callable[[ReportReveal], None],
        failed: Failed,
    ) -> None:
        """Agree, or decline with a reason."""
        self._tasks.run(owner, lambda: self._server.decide_report(request_id, decision), then, failed)

    def reveal(
        self, owner: QObject, request_id: str, then: Callable[[Revealed], None], failed: Failed
    ) -> None:
        """The value that was agreed to, once."""
        self._tasks.run(owner, lambda: self._server.reveal_report(request_id), then, failed)

    def withdraw(self, owner: QObject, request_id: str, then: Callable[[None], None], failed: Failed) -> None:
        """Take a request back."""
        self._tasks.run(owner, lambda: self._server.withdraw_report(request_id), then, failed)

    def recuse(
        self,
        owner: QObject,
        ticket_id: str,
        recusal: Recusal,
        then: Callable[[None], None],
        failed: Failed,
    ) -> None:
        """Keep a person from a case."""
        self._tasks.run(owner, lambda: self._server.recuse(ticket_id, recusal), then, failed)

    def lift_recusal(
        self, owner: QObject, ticket_id: str, person_id: str, then: Callable[[None], None], failed: Failed
    ) -> None:
        """Let a person back to a case."""
        self._tasks.run(owner, lambda: self._server.lift_recusal(ticket_id, person_id), then, failed)

    def audit(
        self, owner: QObject, filters: dict[str, str | int], then: Callable[[AuditPage], None], failed: Failed
    ) -> None:
        """One page of the record; asking for it is itself on record."""
        self._tasks.run(owner, lambda: self._server.audit(**filters), then, failed)

    def access(
        self, owner: QObject, requester_id: str, then: Callable[[RequesterAccess], None], failed: Failed
    ) -> None:
        """Who saw what of one requester."""
        self._tasks.run(owner, lambda: self._server.requester_access(requester_id), then, failed)

    def close(self) -> None:
        """Ask nothing more, and end the lane."""
        self._look_again.stop()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)
