"""Who has which case open: said by a desktop when it opens one, seen by its colleagues of the office."""

from __future__ import annotations

from litestar import get, put

from central.api.requests import BODY, Caller, Calls, Payload
from desktop.models.domain.wire import Presence, PresenceClaim


@get("/presence", sync_to_thread=True)
def present(services: Calls, session: Caller) -> Presence:
    """Who has a case open that this person may see; a desktop learns it by its polls."""
    return services.presence.seen_by(session.account.viewer).presence


@put("/presence", opt={BODY: PresenceClaim}, status_code=204, sync_to_thread=True)
def claim_presence(services: Calls, session: Caller, payload: Payload[PresenceClaim]) -> None:
    """Say which case this desktop has open; its polls renew it, and a minute without any ends it."""
    services.presence.claim(session, payload)


HANDLERS = (present, claim_presence)
