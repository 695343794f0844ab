"""Pull: snapshots, changes with long poll, digest. Waits without holding a thread."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import PathParameter, QueryParameter

from central.api.envelope import accepts_zstd, inflate_zstd
from central.api.requests import (
    BODY,
    CHECKS_ITSELF,
    PULL,
    AnyRequest,
    Caller,
    Calls,
    Payload,
    admit,
    claims_of,
    services_of,
)
from central.api.responses import json_reply
from central.cursors import Place, decode_cursor, encode_cursor
from central.database import head_position, log_bounds
from central.problems import ProblemError
from central.pull import Pulled, changes_after, read_changes, read_digest
from central.services import Services
from central.snapshots import begin_snapshot, read_page
from central.tokens import Claims, Session, session_of
from desktop.models.domain.wire import ChangesPage, Digest, NewSnapshot, Snapshot

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]


def place_of(services: Services, session: Session, position: int) -> Place:
    """A place for this person in this epoch."""
    account = session.account
    return Place(services.installation.epoch, account.person_id, account.scope_rev, position)


def cursor_of(services: Services, session: Session, position: int) -> str:
    """The cursor this person continues from."""
    return encode_cursor(services.installation.key("cursor"), place_of(services, session, position))


@post("/sync/snapshots", opt={BODY: NewSnapshot, PULL: True}, status_code=201, sync_to_thread=True)
def create_snapshot(services: Calls, session: Caller, payload: Payload[NewSnapshot]) -> Snapshot:
    """Begin a first load."""
    begun = begin_snapshot(
        services.database,
        session.account.viewer,
        session.account.scope_rev,
        device_id=session.device_id,
        snapshot_id=services.new_id(),
        page_rows=payload.page_rows,
        now=services.clock.now(),
    )
    return Snapshot(
        snapshot_id=begun.id,
        server_epoch=services.installation.epoch,
        scope_rev=session.account.scope_rev,
        cursor=cursor_of(services, session, begun.position),
        total_rows=begun.total_rows,
        first_page="0",
        expires_at=begun.expires_at,
    )


@get("/sync/snapshots/{snapshot_id:str}", opt={PULL: True}, sync_to_thread=True)
def snapshot_page(
    request: AnyRequest,
    services: Calls,
    session: Caller,
    snapshot_id: PathId,
    page_token: Annotated[str, QueryParameter(pattern=r"^[0-9]{1,9}$")],
) -> Response[bytes]:
    """One page of a first load; asked for again, the same page."""
    packed = read_page(
        services.database,
        session.account.viewer,
        session.account.scope_rev,
        snapshot_id=snapshot_id,
        number=int(page_token),
        now=services.clock.now(),
    )
    if accepts_zstd(request.headers.get("Accept-Encoding", "")):
        return json_reply(packed, headers={"Content-Encoding": "zstd"})
    return json_reply(inflate_zstd(packed))


@get("/sync/changes", opt={PULL: True, CHECKS_ITSELF: True})
async def changes(
    request: AnyRequest,
    cursor: Annotated[str, QueryParameter(min_length=1, max_length=200)],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 500,
    wait: Annotated[int, QueryParameter(ge=0, le=25)] = 0,
    presence: Annotated[str | None, QueryParameter(pattern=r"^[0-9a-f]{0,16}$")] = None,
) -> Response[bytes]:
    """What changed since the cursor; with ``wait`` an empty answer is held back for that many seconds.

    With ``presence``, the ``rev`` last seen, also who of the office has which case open, where that is another now.
    """
    services, claims = services_of(request.scope), claims_of(request.scope)  # asked too often to be injected
    session, pulled = await sync_to_thread(_pull_from, services, claims, cursor, limit)
    viewer, left, began = session.account.viewer, float(wait), services.clock.monotonic()
    seen = services.presence.seen_by(viewer) if presence is not None and viewer.office else None
    while left > 0 and not pulled.changes:  # what others may see is no reason to answer
        if seen is not None and seen.presence.rev != presence:
            break
        held = await services.signal.hold(viewer, pulled.position, left, seen.revision if seen else None)
        seen = services.presence.seen_by(viewer) if seen is not None else None
        if not (held.news or held.nudged):
            pulled = replace(pulled, position=held.position)
            break
        if held.news:
            pulled = await services.signal.in_turn(_pull, services, claims, session, pulled.position, limit)
        else:
            pulled = replace(pulled, position=held.position)
        left = wait - (services.clock.monotonic() - began)
    page = ChangesPage(
        server_epoch=services.installation.epoch,
        scope_rev=session.account.scope_rev,
        server_time=services.clock.now(),
        office_time=services.office.now(),
        next_cursor=cursor_of(services, session, pulled.position),
        has_more=pulled.has_more,
        changes=pulled.changes,
        presence=seen.presence if seen is not None and seen.presence.rev != presence else None,
    )
    return json_reply(msgspec.json.encode(page))


@get("/sync/digest", opt={PULL: True}, sync_to_thread=True)
def digest(services: Calls, session: Caller) -> Digest:
    """Counts and sums of everything in scope, with the head they are true at."""
    with services.database.read() as connection:
        position = head_position(connection)
        types = read_digest(connection, session.account.viewer)
    return Digest(cursor=cursor_of(services, session, position), types=types)


def _pull_from(services: Services, claims: Claims, cursor: str, limit: int) -> tuple[Session, Pulled]:
    """Who asks, and the page: one transaction, as this is what a server does most."""
    with services.database.read() as connection:
        session = admit(connection, claims)
        floor, head = log_bounds(connection)
        position = decode_cursor(
            services.installation.key("cursor"), cursor, place_of(services, session, head)
        )
        if position < floor:
            raise ProblemError(410, "cursor_expired")
        services.seen.note(session, position)
        renewed = services.presence.renew(connection, session)
        pulled = changes_after(connection, session.account.viewer, position, limit, head=head)
    if renewed is not None:
        services.presence.tell_renewed(session, renewed)
    return session, pulled


def _pull(services: Services, claims: Claims, before: Session, position: int, limit: int) -> Pulled:
    """A page after the wait, judged by the rights of this moment, which may have changed meanwhile."""
    with services.database.read() as connection:
        session = session_of(connection, claims)
        if session is None or session.account.scope_rev != before.account.scope_rev:
            raise ProblemError(410, "scope_changed")
        return read_changes(connection, session.account.viewer, position, limit)


HANDLERS = (create_snapshot, snapshot_page, changes, digest)
