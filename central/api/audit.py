"""The record of who saw what: what desktops add to it."""

from __future__ import annotations

from litestar import post

from central.api.requests import BODY, MOST_BYTES, Caller, Calls, Payload
from desktop.models.domain.wire import DataActs, DataActsTaken

_MOST_BYTES = 128 * 1024


@post("/audit/acts", opt={BODY: DataActs, MOST_BYTES: _MOST_BYTES}, status_code=200, sync_to_thread=True)
def tell_acts(services: Calls, session: Caller, payload: Payload[DataActs]) -> DataActsTaken:
    """Exports, prints and copies at this desktop, each written down once."""
    return services.told_acts.take(session, payload)


HANDLERS = (tell_acts,)
