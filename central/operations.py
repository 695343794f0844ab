"""Push: one operation, one transaction, one result. The ten rules of the contract's "Push", in their order.

Knows what each operation does only through the fold, the rules and the effects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError

from desktop.models.domain.clock import Clock
from desktop.models.domain.fold import Actor, FoldContext, Refused, fold
from desktop.models.domain.operations import (
    CATALOGUE,
    SCHEMA,
    BadOperation,
    Operation,
    body_of,
    payload_of,
    touches,
    upcast,
)
from desktop.models.domain.privacy import scope_of
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import OperationResult

from .authority import check_authority, check_role, find_target, makes_its_row
from .conflicts import conflict_of
from .database import ROWS, Database, Transaction
from .effects import write_effects
from .rules import check_rules, check_values
from .seen import Seen
from .situation import Refusal, Situation, rejected
from .staleness import check_seen
from .tables import entity, operation
from .tokens import Session
from .writer import Writer

_OLDEST_SCHEMA = SCHEMA - 2
_RECORD = insert(operation)


@dataclass(frozen=True)
class Push:
    """Applies what desktops send. ``clock`` is real time, ``office`` the office's."""

    database: Database
    clock: Clock
    office: Clock
    seen: Seen

    def apply_all(
        self, session: Session, ops: Iterable[Operation], profile: RuleProfile
    ) -> list[OperationResult]:
        """A result for each, in order. After a refusal the later operations of that entity wait; others go on."""
        results: list[OperationResult] = []
        stopped: set[str] = set()
        for op in ops:
            if op.entity_id in stopped or stopped.intersection(op.depends_on):
                result = Refusal("blocked", "earlier_refused", "/op_id").result(op.op_id)
            else:
                result = self.apply(session, op, profile)
            if result.status not in ("applied", "duplicate"):
                stopped |= {op.entity_id, op.op_id}
            results.append(result)
        return results

    def apply(self, session: Session, op: Operation, profile: RuleProfile) -> OperationResult:
        """Effect, change log and record together, or nothing."""
        try:
            return self.database.run(lambda tx: self._apply_once(tx, session, op, profile))
        except Refusal as refusal:
            return refusal.result(op.op_id)
        except DataError:  # a NUL in an id: PostgreSQL can neither store nor look for it
            return rejected("bad_value").result(op.op_id)

    def _apply_once(
        self, tx: Transaction, session: Session, op: Operation, profile: RuleProfile
    ) -> OperationResult:
        _take_turn(tx, op)
        known = _known(tx.connection, session, op)
        return known if known is not None else self._apply(tx, session, op, profile)

    def _apply(
        self, tx: Transaction, session: Session, op: Operation, profile: RuleProfile
    ) -> OperationResult:
        now = self.clock.now()
        writer = Writer(tx, at=now, op_id=op.op_id)
        situation = self._situation(tx, writer, session, op, profile)
        row, case = situation.row, situation.case
        merged = check_seen(situation)
        check_rules(situation)
        context = FoldContext(
            actor=Actor(id=situation.viewer.person_id, name=situation.viewer.name),
            at=situation.now,
            profile=profile,
            ticket_rework=case.rework if case is not None else 0,
        )
        present = {key: found for key in touches(op) if (found := writer.row(*key)) is not None}
        try:
            folded = fold(op, present, context)
        except Refused as refused:
            if refused.conflict and row is not None:
                raise conflict_of(situation, refused.code, scope_of(row, case)) from refused
            raise rejected(refused.code, refused.pointer) from refused
        write_effects(situation, folded)
        result = writer.row(situation.kind.entity_type, op.entity_id)
        version = result.version if result is not None else 0
        _remember(tx.connection, session, op, version, merged, situation.late, now)
        return OperationResult(
            op_id=op.op_id, status="applied", version=version, merged=merged, late=situation.late
        )

    def _situation(
        self, tx: Transaction, writer: Writer, session: Session, op: Operation, profile: RuleProfile
    ) -> Situation:
        """Everything the rules ask for, once type, role, scope and authority are settled. Raises ``Refusal``."""
        if not _OLDEST_SCHEMA <= op.schema <= SCHEMA:
            raise rejected("schema_unknown", "/schema")
        try:
            op = upcast(op)
            payload = payload_of(op)
        except BadOperation as error:
            raise rejected(error.code, error.pointer) from error
        check_values(op, payload)
        kind, viewer = CATALOGUE[op.kind], session.account.viewer
        check_role(viewer, kind)
        _check_dependencies(tx.connection, op)
        position = self.seen.position(tx.connection, session)
        row, ticket, late = find_target(writer, viewer, op, kind, seen=position)
        check_authority(viewer, op, kind, row, ticket)
        return Situation(
            session=session,
            op=op,
            kind=kind,
            payload=payload,
            row=row,
            case=ticket,
            late=late,
            writer=writer,
            connection=tx.connection,
            profile=profile,
            now=self.office.now(),
        )


def recorded(connection: Connection, person_id: str, op_id: str) -> OperationResult | None:
    """What became of an operation of this person's; None where it was never applied."""
    found = connection.execute(
        select(operation).where(operation.c.op_id == op_id, operation.c.person_id == person_id)
    ).first()
    if found is None:
        return None
    return OperationResult(
        op_id=op_id, status="applied", version=found.version, merged=found.merged, late=found.late
    )


def _take_turn(tx: Transaction, op: Operation) -> None:
    """Wait for whoever works on the same case or sends the same operation: what is read from now on is the latest."""
    if tx.alone:
        return
    tx.share(ROWS)
    kind = CATALOGUE.get(op.kind)
    ticket_id = str(op.payload.get("ticket_id", ""))
    if kind is not None and not makes_its_row(kind):
        belongs = select(entity.c.ticket_id).where(
            entity.c.type == kind.entity_type, entity.c.id == op.entity_id
        )
        ticket_id = tx.connection.execute(belongs).scalar() or ""  # for good: no row changes its ticket
    about = f"case:{ticket_id}" if ticket_id else f"row:{op.entity_id}"
    tx.lock(f"operation:{op.op_id}", about)


def _known(connection: Connection, session: Session, op: Operation) -> OperationResult | None:
    """The first result again for the same operation; a refusal for another one under its id."""
    found = connection.execute(select(operation).where(operation.c.op_id == op.op_id)).first()
    if found is None:
        return None
    if found.person_id != session.account.person_id or found.body_hash != _body_hash(op):
        raise rejected("id_reused", "/op_id")
    return OperationResult(
        op_id=op.op_id, status="duplicate", version=found.version, merged=found.merged, late=found.late
    )


def _check_dependencies(connection: Connection, op: Operation) -> None:
    if not op.depends_on:
        return
    wanted = set(op.depends_on)
    query = select(operation.c.op_id).where(operation.c.op_id.in_(wanted))
    if wanted - set(connection.execute(query).scalars()):
        raise Refusal("blocked", "dependency_missing", "/depends_on")


def _remember(
    connection: Connection,
    session: Session,
    op: Operation,
    version: int,
    merged: bool,
    late: bool,
    now: object,
) -> None:
    record = {
        "op_id": op.op_id,
        "person_id": session.account.person_id,
        "device_id": session.device_id,
        "seq": op.seq,
        "kind": op.kind,
        "entity_id": op.entity_id,
        "body_hash": _body_hash(op),
        "version": version,
        "merged": merged,
        "late": late,
        "client_time": op.client_time,
        "applied_at": now,
    }
    connection.execute(_RECORD, record)


def _body_hash(op: Operation) -> str:
    return blake2b(body_of(op), digest_size=32).hexdigest()
