"""What only a sample has: its people to choose from, and a clock that can be moved forward. Elsewhere 404."""

from __future__ import annotations

from litestar import get, post

from central.api.people import server_meta
from central.api.requests import BODY, PUBLIC, Caller, Calls, Payload
from central.office_clock import ClockGoesBack
from central.problems import field_error, not_found
from desktop.models.domain.wire import AdvanceClock, SamplePerson, ServerMeta

_YEARS = range(2000, 2101)


@get("/sample/people", opt={PUBLIC: True}, sync_to_thread=True)
def sample_people(services: Calls) -> list[SamplePerson]:
    """The people of the sample city, whom anybody may sign in as."""
    if not services.config.sample_city:
        raise not_found()
    return [
        SamplePerson(
            person_id=account.person_id,
            login=account.login,
            name=account.viewer.name,
            title=account.title,
            roles=tuple(sorted(account.viewer.roles)),
            unit_ids=tuple(sorted(account.viewer.unit_ids)),
        )
        for account in services.accounts.all()
        if account.active
    ]


@post("/sample/clock", opt={BODY: AdvanceClock}, status_code=200, sync_to_thread=True)
def advance_clock(services: Calls, session: Caller, payload: Payload[AdvanceClock]) -> ServerMeta:
    """Move office time forward; never back."""
    if not services.config.sample_clock:
        raise not_found()
    if payload.to.tzinfo is None or payload.to.year not in _YEARS:
        raise field_error(409, "bad_time", "/to", "out_of_range")
    try:
        services.office.advance(payload.to)
    except ClockGoesBack as error:
        raise field_error(409, "clock_goes_back", "/to", "before_now") from error
    return server_meta(services)


HANDLERS = (sample_people, advance_clock)
