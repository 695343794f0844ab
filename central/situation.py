"""One operation in front of the server: who sent it, what it names, and how it can be refused. Holds no rule itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Row, Ticket
from desktop.models.domain.operations import Kind, Operation
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Conflict, FieldProblem, OperationResult, Problem, ResultStatus

from .tokens import Session
from .writer import Writer

_STATUS_CODES: dict[ResultStatus, int] = {
    "rejected": 422,
    "out_of_scope": 404,
    "conflict": 409,
    "blocked": 409,
    "retry": 503,
}


class Refusal(Exception):
    """The operation has no effect. Becomes the result that the desktop parks it with."""

    def __init__(
        self,
        status: ResultStatus,
        code: str,
        pointer: str = "",
        reason: str = "",
        *,
        conflict: Conflict | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.pointer = pointer
        self.reason = reason or code
        self.conflict = conflict

    def result(self, op_id: str) -> OperationResult:
        """The result as it is sent."""
        errors = (FieldProblem(self.pointer, self.reason),) if self.pointer else ()
        retry = "after_pull" if self.status in ("conflict", "out_of_scope") else "never"
        problem = Problem(
            status=_STATUS_CODES[self.status],
            code=self.code,
            retry="backoff" if self.status in ("blocked", "retry") else retry,  # type: ignore[arg-type]
            errors=errors,
        )
        return OperationResult(op_id=op_id, status=self.status, conflict=self.conflict, problem=problem)


def rejected(code: str, pointer: str = "", reason: str = "") -> Refusal:
    """A refusal that no waiting will mend."""
    return Refusal("rejected", code, pointer, reason)


@dataclass(frozen=True)
class Situation:
    """What the rules and effects of an operation are told. ``now`` is office time, ``row`` the entity as it is.

    ``case`` is the ticket the operation concerns, None for a row that belongs to none; ``late`` = its author no longer
    sees it and could not know.
    """

    session: Session
    op: Operation
    kind: Kind
    payload: Struct
    row: Row | None
    case: Ticket | None
    late: bool
    writer: Writer
    connection: Connection
    profile: RuleProfile
    now: datetime

    @property
    def viewer(self) -> Viewer:
        return self.session.account.viewer

    @property
    def ticket(self) -> Ticket:
        """The case, for rules and effects of kinds that have one."""
        assert self.case is not None  # only a caseless kind of the catalogue comes without
        return self.case
