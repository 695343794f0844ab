"""What needs the server at that moment: leases on return visits, and revealing a contact."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, delete, get, post, put
from litestar.params import PathParameter

from central.api.requests import BODY, BODY_OPTIONAL, Caller, Calls, Payload
from central.api.responses import json_reply
from desktop.models.domain.wire import (
    DiallingRequest,
    FieldBlock,
    Lease,
    LeaseClaim,
    LeaseHolders,
    LeaseRenewal,
    NewFieldBlock,
    Revealed,
    RevealRequest,
)

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]


@post("/visit-leases/claim-next", status_code=201, sync_to_thread=True)
def claim_next(services: Calls, session: Caller) -> Response[bytes]:
    """Lease the visits of the person next in the queue: 201 with the lease, 204 where nobody may be called now."""
    lease = services.leases.claim_next(session, services.profile())
    return json_reply(b"", 204) if lease is None else json_reply(msgspec.json.encode(lease), 201)


@post(
    "/visits/{visit_id:str}/lease",
    opt={BODY: LeaseClaim, BODY_OPTIONAL: True},
    status_code=201,
    sync_to_thread=True,
)
def claim(services: Calls, session: Caller, visit_id: PathId, payload: Payload[LeaseClaim]) -> Lease:
    """Lease this visit and all others waiting for the same person."""
    return services.leases.claim(session, visit_id, services.profile(), payload)


@put("/visit-leases/{lease_id:str}", opt={BODY: LeaseRenewal}, sync_to_thread=True)
def renew(services: Calls, session: Caller, lease_id: PathId, payload: Payload[LeaseRenewal]) -> Lease:
    """Hold on to a lease; the number is not sent again."""
    return services.leases.renew(session, lease_id, payload.epoch, services.profile())


@delete("/visit-leases/{lease_id:str}", status_code=204, sync_to_thread=True)
def release(services: Calls, session: Caller, lease_id: PathId) -> None:
    """Give a lease back."""
    services.leases.release(session, lease_id)


@post(
    "/visit-leases/{lease_id:str}/dialling",
    opt={BODY: DiallingRequest},
    status_code=200,
    sync_to_thread=True,
)
def dialling(services: Calls, session: Caller, lease_id: PathId, payload: Payload[DiallingRequest]) -> Lease:
    """The call begins: the lease holds for the length of a call."""
    return services.leases.dialling(session, lease_id, payload.epoch, services.profile())


@post("/contacts/{contact_id:str}/reveal", opt={BODY: RevealRequest}, status_code=200, sync_to_thread=True)
def reveal(services: Calls, session: Caller, contact_id: PathId, payload: Payload[RevealRequest]) -> Revealed:
    """One value of one person, after the reason was written down."""
    return services.reveals.reveal(session, contact_id, payload, services.profile())


@get("/visit-leases", sync_to_thread=True)
def holders(services: Calls, session: Caller) -> LeaseHolders:
    """Who has whom in hand, for colleagues and their supervisors."""
    return services.field_blocks.holders(session)


@post("/visit-blocks", opt={BODY: NewFieldBlock}, status_code=201, sync_to_thread=True)
def take_block(services: Calls, session: Caller, payload: Payload[NewFieldBlock]) -> FieldBlock:
    """Take visits along to be called without a network; a block that stands on this device makes way."""
    return services.field_blocks.take(session, payload, services.profile())


@delete("/visit-blocks/{block_id:str}", status_code=204, sync_to_thread=True)
def give_block_back(services: Calls, session: Caller, block_id: PathId) -> None:
    """Give a field block back early."""
    services.field_blocks.give_back(session, block_id)


HANDLERS = (claim_next, claim, renew, release, dialling, reveal, holders, take_block, give_block_back)
