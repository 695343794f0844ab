"""The record of who saw what: what desktops add to it, what superiors read of it, and what one requester may know."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import get, post
from litestar.params import PathParameter, QueryParameter

from central.api.requests import BODY, MOST_BYTES, Caller, Calls, Payload
from central.audit_log import Wanted
from desktop.models.domain.oversight import AuditPage, RequesterAccess
from desktop.models.domain.wire import DataActs, DataActsTaken

_MOST_BYTES = 128 * 1024
_ID = "^[A-Za-z0-9._:-]{0,64}$"
_ACTIONS = "^[a-z_.,]{0,400}$"
_BEFORE_ALL = date(1970, 1, 2)
_DAY = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


@post("/audit/acts", opt={BODY: DataActs, MOST_BYTES: _MOST_BYTES}, status_code=200, sync_to_thread=True)
def tell_acts(services: Calls, session: Caller, payload: Payload[DataActs]) -> DataActsTaken:
    """Exports, prints and copies at this desktop, each written down once."""
    return services.told_acts.take(session, payload)


@get("/audit", sync_to_thread=True)
def read_audit(
    services: Calls,
    session: Caller,
    person: Annotated[str, QueryParameter(pattern=_ID)] = "",
    actions: Annotated[str, QueryParameter(pattern=_ACTIONS)] = "",
    ticket: Annotated[str, QueryParameter(pattern=_ID)] = "",
    day: Annotated[str, QueryParameter(pattern=_DAY)] = "",
    before: Annotated[int, QueryParameter(ge=0, le=2**53 - 1)] = 2**53 - 1,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 100,
) -> AuditPage:
    """The record for a superior, newest first; to read it is an act on record."""
    wanted = Wanted(
        person=person,
        actions=tuple(each for each in actions.split(",") if each),
        ticket=ticket,
        day=_day(day),
        before=before,
        limit=limit,
    )
    return services.audit_log.page(session, wanted, services.profile())


@get("/requesters/{requester_id:str}/access", sync_to_thread=True)
def read_access(
    services: Calls, session: Caller, requester_id: Annotated[str, PathParameter(min_length=1, max_length=64)]
) -> RequesterAccess:
    """Who saw what of one requester, named by contact or by one of their cases; to ask is an act on record."""
    return services.audit_log.access(session, requester_id)


def _day(text: str) -> date | None:
    """A day that no calendar has, or no office, is one on which nothing happened."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return _BEFORE_ALL
    return day if day is None or 1970 < day.year < 3000 else _BEFORE_ALL


HANDLERS = (tell_acts, read_audit, read_access)
