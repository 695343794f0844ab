"""Reports (举报) and recusals: what takes a second person, and who shall have no part in a case."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.params import PathParameter

from central.api.requests import BODY, Caller, Calls, Payload
from central.api.responses import json_reply
from desktop.models.domain.oversight import Recusal, ReportAsk, ReportDecision, ReportReveal, ReportReveals
from desktop.models.domain.wire import Revealed

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]


@get("/report-reveals", sync_to_thread=True)
def report_reveals(services: Calls, session: Caller) -> ReportReveals:
    """My requests of the last day, and those that wait for a second person like me."""
    return services.report_reveals.requests(session, services.profile())


@post("/report-reveals", opt={BODY: ReportAsk}, status_code=201, sync_to_thread=True)
def ask_report(services: Calls, session: Caller, payload: Payload[ReportAsk]) -> Response[bytes]:
    """Ask to see one value behind a report: 201, or 200 where this request is known already."""
    shown, made = services.report_reveals.ask(session, payload, services.profile())
    return json_reply(msgspec.json.encode(shown), 201 if made else 200)


@post(
    "/report-reveals/{request_id:str}/decision",
    opt={BODY: ReportDecision},
    status_code=200,
    sync_to_thread=True,
)
def decide_report(
    services: Calls, session: Caller, request_id: PathId, payload: Payload[ReportDecision]
) -> ReportReveal:
    """A second person agrees, or declines with a reason."""
    return services.report_reveals.decide(session, request_id, payload, services.profile())


@post("/report-reveals/{request_id:str}/reveal", status_code=200, sync_to_thread=True)
def reveal_report(services: Calls, session: Caller, request_id: PathId) -> Revealed:
    """The value, once, for the one who asked, after a second person agreed."""
    return services.report_reveals.reveal(session, request_id, services.profile())


@delete("/report-reveals/{request_id:str}", status_code=204, sync_to_thread=True)
def withdraw_report(services: Calls, session: Caller, request_id: PathId) -> None:
    """The one who asked no longer wants to see it."""
    services.report_reveals.withdraw(session, request_id, services.profile())


@post("/tickets/{ticket_id:str}/recusals", opt={BODY: Recusal}, status_code=204, sync_to_thread=True)
def recuse(services: Calls, session: Caller, ticket_id: PathId, payload: Payload[Recusal]) -> None:
    """Keep a person from a case: oneself, or anybody by a superior."""
    services.recusals.recuse(session, ticket_id, payload)


@delete("/tickets/{ticket_id:str}/recusals/{person_id:str}", status_code=204, sync_to_thread=True)
def lift_recusal(services: Calls, session: Caller, ticket_id: PathId, person_id: PathId) -> None:
    """A superior takes a recusal back."""
    services.recusals.lift(session, ticket_id, person_id)


HANDLERS = (report_reveals, ask_report, decide_report, reveal_report, withdraw_report, recuse, lift_recusal)
