"""The city's rules: the version in force, each that was published, and the next one."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, post
from litestar.params import PathParameter
from sqlalchemy import select

from central.api.requests import BODY, MOST_BYTES, AnyRequest, Caller, Calls, Payload
from central.api.responses import conditional
from central.calendars import working_calendar
from central.config import MIB
from central.problems import ProblemError, not_found
from central.profile_store import profile_of
from central.profiles import encode_profile
from central.publishing import ROLE, NoRules, NotPublishable, publish
from central.tables import profile as profile_table
from desktop.models.domain.profile import CalendarData, RuleProfile
from desktop.models.domain.wire import FieldProblem, RulesVersion, RulesVersions

VersionNumber = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]


@get("/profile", sync_to_thread=True)
def profile(request: AnyRequest, services: Calls) -> Response[bytes]:
    """The city's rule profile in force, under an ETag that changes with its version."""
    rules = services.profile()
    return conditional(request, encode_profile(rules), f"profile-{rules.version}")


@get("/profile/versions", sync_to_thread=True)
def profile_versions(services: Calls, session: Caller) -> RulesVersions:
    """Every version with the day it is in force from, the oldest first."""
    columns = (profile_table.c.version, profile_table.c.effective_from, profile_table.c.stored_at)
    with services.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(profile_table.c.version)).all()
    return RulesVersions(tuple(RulesVersion(*row) for row in rows))


@get("/profile/versions/{version:int}", sync_to_thread=True)
def profile_version(
    request: AnyRequest, services: Calls, session: Caller, version: VersionNumber
) -> Response[bytes]:
    """One version of the rules, as it was published: deadlines of its time are explained by it."""
    with services.database.read() as connection:
        rules = profile_of(connection, version)
    if rules is None:
        raise not_found()
    return conditional(request, encode_profile(rules), f"profile-{rules.version}")


@get("/profile/calendar", sync_to_thread=True)
def country_calendar(session: Caller) -> CalendarData:
    """The country's days off and make-up working days as this server's release knows them."""
    return working_calendar("cn")


@post("/profile/publish", opt={BODY: RuleProfile, MOST_BYTES: MIB}, status_code=201, sync_to_thread=True)
def publish_profile(services: Calls, session: Caller, payload: Payload[RuleProfile]) -> RulesVersion:
    """Make this the next version; for rule administrators alone, and on record."""
    if ROLE not in session.account.viewer.roles:
        raise ProblemError(403, "not_permitted")
    at = services.clock.now()
    try:
        with services.database.write() as tx:
            publish(
                tx,
                payload,
                services.office,
                by=session.account.person_id,
                device=session.device_id,
                at=at,
            )
    except NoRules:
        raise ProblemError(409, "no_rules") from None
    except NotPublishable as refused:
        errors = tuple(FieldProblem(fault.where, fault.code) for fault in refused.faults)
        outrun = any(fault.code == "next_version" for fault in refused.faults)
        status, code = (409, "other_version") if outrun else (422, "bad_rules")
        raise ProblemError(status, code, errors=errors) from None
    services.reread()
    return RulesVersion(payload.version, payload.effective_from, at)


HANDLERS = (profile, profile_versions, profile_version, country_calendar, publish_profile)
