"""Push, and single reads: what people did, and a ticket on its own."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, post
from litestar.params import PathParameter
from sqlalchemy import select

from central.api.requests import BODY, MOST_BYTES, AnyRequest, Caller, Calls, Payload
from central.api.responses import conditional
from central.config import MIB
from central.operations import recorded
from central.problems import ProblemError, not_found
from central.scope_sql import visible
from central.serializer import ROW_COLUMNS, Presenter
from central.tables import entity
from desktop.models.domain.wire import OperationResult, PushReply, PushRequest

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]


@post("/sync/operations", opt={BODY: PushRequest, MOST_BYTES: MIB}, status_code=200, sync_to_thread=True)
def push(services: Calls, session: Caller, payload: Payload[PushRequest]) -> PushReply:
    """Apply operations in order; a result for each."""
    if payload.device_id != session.device_id:
        raise ProblemError(403, "other_device")
    if payload.server_epoch not in ("", services.installation.epoch):
        # What the lost server had taken comes first, or new work would be refused for want of it.
        raise ProblemError(410, "epoch_changed")
    results = services.push.apply_all(session, payload.ops, services.profile())
    return PushReply(
        server_epoch=services.installation.epoch,
        results=tuple(results),
        server_time=services.clock.now(),
        office_time=services.office.now(),
    )


@get("/sync/operations/{op_id:str}", sync_to_thread=True)
def operation(services: Calls, session: Caller, op_id: PathId) -> OperationResult:
    """What became of an operation of mine; 404 where it was never applied."""
    with services.database.read() as connection:
        result = recorded(connection, session.account.person_id, op_id)
    if result is None:
        raise not_found()
    return result


@get("/tickets/{ticket_id:str}", sync_to_thread=True)
def ticket(request: AnyRequest, services: Calls, session: Caller, ticket_id: PathId) -> Response[bytes]:
    """One ticket as this person may have it; 404 also outside scope."""
    viewer = session.account.viewer
    query = select(*ROW_COLUMNS).where(
        entity.c.type == "ticket", entity.c.id == ticket_id, visible(viewer, entity)
    )
    with services.database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise not_found()
    etag = f"{row.version}-{row.level}-{session.account.scope_rev}"
    return conditional(request, Presenter(viewer).data(row), etag)


HANDLERS = (push, operation, ticket)
