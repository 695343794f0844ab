"""Who I am, what this server is, and the devices I work on."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.params import PathParameter
from msgspec.structs import replace
from sqlalchemy import select, update

from central.api.requests import ANY_DEVICE, BODY, PUBLIC, Caller, Calls, Payload
from central.api.responses import json_reply
from central.audit import Act, append_audit
from central.config import LIMITS
from central.database import Transaction
from central.problems import ProblemError, not_found
from central.services import Services
from central.tables import device, sign_in
from central.tokens import Session, register_device
from desktop.models.domain.wire import PROTOCOL, Device, KeptBox, KeptKey, Me, NewDevice, ServerMeta

PathId = Annotated[str, PathParameter(min_length=1, max_length=64)]
_CAPABILITIES = ("zstd", "long_poll", "leases", "attachments", "profile_versions", "publish_rules")


@get("/meta", opt={PUBLIC: True}, sync_to_thread=True)
def meta(services: Calls) -> ServerMeta:
    """Protocol, epoch, limits and both times of this server."""
    return server_meta(services)


def server_meta(services: Services) -> ServerMeta:
    """What this server is, now."""
    profile = services.profile()
    return ServerMeta(
        protocol_min=PROTOCOL,
        protocol_max=PROTOCOL,
        client_min=services.config.client_min,
        client_recommended=services.config.client_recommended,
        server_epoch=services.installation.epoch,
        city=profile.city_zh,
        sample=services.config.sample_city,
        sample_clock=services.config.sample_clock,
        capabilities=_CAPABILITIES,
        limits=replace(LIMITS, backup_horizon_days=services.config.backup_horizon_days),
        server_time=services.clock.now(),
        office_time=services.office.now(),
    )


@get("/me", sync_to_thread=False)
def me(services: Calls, session: Caller) -> Me:
    """The signed-in person with roles, units and the lock policy."""
    account = session.account
    return Me(
        person_id=account.person_id,
        name=account.viewer.name,
        title=account.title,
        roles=tuple(sorted(account.viewer.roles)),
        unit_ids=tuple(sorted(account.viewer.unit_ids)),
        scope_rev=account.scope_rev,
        lock_after_s=services.config.lock_after_s,
        hard_lock_after_s=services.config.hard_lock_after_s,
        keep_key=services.kept_keys.public,
    )


@post("/kept-keys/open", opt={BODY: KeptBox}, status_code=200, sync_to_thread=True)
def open_kept_key(services: Calls, session: Caller, payload: Payload[KeptBox]) -> KeptKey:
    """The key of this device's store, which its person locked when they signed out."""
    return services.kept_keys.open(session, payload)


@post("/devices", opt={BODY: NewDevice}, status_code=201, sync_to_thread=True)
def add_device(services: Calls, session: Caller, payload: Payload[NewDevice]) -> Response[bytes]:
    """Name the device this sign-in is bound to: 201 where it was unknown, else 200."""
    if payload.id != session.device_id:
        raise ProblemError(403, "other_device")
    with services.database.write() as tx:
        made = register_device(
            tx.connection, payload.id, session.account.person_id, payload.name, services.clock.now()
        )
        mine = (device.c.id == payload.id) & (device.c.person_id == session.account.person_id)
        tx.connection.execute(update(device).where(mine).values(name=payload.name))
    reply = Device(id=payload.id, name=payload.name, state="active")
    return json_reply(msgspec.json.encode(reply), 201 if made else 200)


@get("/devices/{device_id:str}", opt={ANY_DEVICE: True}, sync_to_thread=True)
def read_device(services: Calls, session: Caller, device_id: PathId) -> Device:
    """One of my devices; ``self`` names the one this sign-in is bound to."""
    wanted = session.device_id if device_id == "self" else device_id
    query = select(device.c.id, device.c.name, device.c.state).where(
        device.c.id == wanted, device.c.person_id == session.account.person_id
    )
    with services.database.read() as connection:
        found = connection.execute(query).first()
    if found is None:
        raise not_found()
    return Device(id=found.id, name=found.name, state=found.state)


@delete("/devices/{device_id:str}", status_code=204, sync_to_thread=True)
def wipe_device(services: Calls, session: Caller, device_id: PathId) -> None:
    """Have one of my devices wiped: it learns so at its next contact and can do nothing else."""
    wanted = session.device_id if device_id == "self" else device_id
    with services.database.write() as tx:
        mine = (device.c.id == wanted) & (device.c.person_id == session.account.person_id)
        if tx.connection.execute(update(device).where(mine).values(state="wipe")).rowcount == 0:
            raise not_found()
        _audit_device(services, session, tx, "device.wipe_ordered", wanted)


@post("/devices/self/wipe-ack", opt={ANY_DEVICE: True}, status_code=204, sync_to_thread=True)
def acknowledge_wipe(services: Calls, session: Caller) -> None:
    """The device has destroyed its key: end its sign-ins."""
    with services.database.write() as tx:
        tx.connection.execute(
            update(sign_in)
            .where(
                sign_in.c.device_id == session.device_id,
                sign_in.c.person_id == session.account.person_id,
            )
            .values(revoked=True)
        )
        _audit_device(services, session, tx, "device.wiped", session.device_id)


def _audit_device(services: Services, session: Session, tx: Transaction, action: str, device_id: str) -> None:
    act = Act(session.account.person_id, session.device_id, action, "device", device_id)
    append_audit(tx, act, services.clock.now())


HANDLERS = (
    meta,
    me,
    open_kept_key,
    add_device,
    read_device,
    wipe_device,
    acknowledge_wipe,
)
