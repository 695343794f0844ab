"""Recusal (回避): a person shall have no part in a case and never receives it, whatever their roles.

One withdraws oneself, or a superior decides; only a superior takes it back. Both are on record.
"""

from __future__ import annotations

from msgspec.structs import replace

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Ticket
from desktop.models.domain.oversight import Recusal
from desktop.models.domain.privacy import Viewer, is_confidential, is_superior, may_see, scope_of
from desktop.models.domain.redaction import redact

from .accounts import account_of
from .audit import Act, append_audit
from .audit_detail import detail_of
from .database import Database, Transaction
from .problems import ProblemError, field_error, not_found
from .tokens import Session
from .writer import Writer


class Recusals:
    """The recusals of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def recuse(self, session: Session, ticket_id: str, asked: Recusal) -> None:
        """Keep a person from a case from now on; their desktops drop it. Once more changes nothing.

        Raises 404 outside scope, 403 for whoever may not, 409 for an ordinary case, 422 for an unknown person.
        """
        self._database.run(lambda tx: self._recuse(tx, session, ticket_id, asked))

    def lift(self, session: Session, ticket_id: str, person_id: str) -> None:
        """Take a recusal back. Raises 404 outside scope and where there is none, 403 for whoever is no superior."""
        self._database.run(lambda tx: self._lift(tx, session, ticket_id, person_id))

    def _recuse(self, tx: Transaction, session: Session, ticket_id: str, asked: Recusal) -> None:
        viewer = session.account.viewer
        writer, ticket = self._case(tx, viewer, ticket_id)
        _check(viewer, own=asked.person_id == viewer.person_id)
        if not is_confidential(ticket):
            raise ProblemError(409, "not_confidential")
        if account_of(tx.connection, asked.person_id) is None:
            raise field_error(422, "unknown_person", "/person_id", "unknown_id")
        if asked.person_id not in ticket.recused_person_ids:
            recused = (*ticket.recused_person_ids, asked.person_id)
            writer.put(replace(ticket, recused_person_ids=recused))
            self._note(tx, session, ticket_id, "recusal", asked.person_id, redact(asked.reason))

    def _lift(self, tx: Transaction, session: Session, ticket_id: str, person_id: str) -> None:
        writer, ticket = self._case(tx, session.account.viewer, ticket_id)
        _check(session.account.viewer, own=False)
        if person_id not in ticket.recused_person_ids:
            raise not_found()
        recused = tuple(each for each in ticket.recused_person_ids if each != person_id)
        writer.put(replace(ticket, recused_person_ids=recused))
        self._note(tx, session, ticket_id, "recusal.lifted", person_id)

    def _case(self, tx: Transaction, viewer: Viewer, ticket_id: str) -> tuple[Writer, Ticket]:
        """The case in the viewer's sight, as the writer that will replace it has read it."""
        writer = Writer(tx, at=self._clock.now())
        ticket = writer.ticket(ticket_id)
        if ticket is None or not may_see(viewer, scope_of(ticket, None)):
            raise not_found()
        return writer, ticket

    def _note(
        self, tx: Transaction, session: Session, ticket_id: str, action: str, person_id: str, reason: str = ""
    ) -> None:
        detail = detail_of(person=person_id, reason=reason)
        act = Act(session.account.person_id, session.device_id, action, "ticket", ticket_id, detail)
        append_audit(tx, act, self._clock.now())


def _check(viewer: Viewer, *, own: bool) -> None:
    if not (is_superior(viewer) or (own and viewer.office)):
        raise ProblemError(403, "not_permitted")
