"""What desktops tell of their own doing: exports, prints, copies. Each act enters the record once, whoever repeats it.

The server cannot see these acts happen; it writes down who told, when it was told and when it is said to have happened.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.wire import DataActs, DataActsTaken

from . import dialects
from .audit import Act, append_audit
from .audit_detail import detail_of
from .database import Database, Transaction
from .tables import told_act
from .tokens import Session


class ToldActsBook:
    """Takes acts into the record of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, session: Session, told: DataActs) -> DataActsTaken:
        """Write down what is new; the reply names everything that is on record now."""
        self._database.run(lambda tx: self._write(tx, session, told))
        return DataActsTaken(taken=tuple(dict.fromkeys(act.id for act in told.acts)))

    def _write(self, tx: Transaction, session: Session, told: DataActs) -> None:
        now, person_id = self._clock.now(), session.account.person_id
        for act in told.acts:
            if _is_new(tx.connection, person_id, act.id):
                detail = detail_of(
                    code=act.detail, rows=act.rows, told_at=act.at.isoformat(timespec="seconds"), act=act.id
                )
                made = Act(person_id, session.device_id, act.action, act.object_type, act.object_id, detail)
                append_audit(tx, made, now)


def _is_new(connection: Connection, person_id: str, act_id: str) -> bool:
    """Remember an act by the person who tells it; False where they had told it before."""
    statement = dialects.insert(connection, told_act).values(person_id=person_id, id=act_id)
    made = statement.on_conflict_do_nothing().returning(told_act.c.id)
    return connection.execute(made).first() is not None
