"""The ``setting`` table: the few values that must commit together with rows (cursor, me, profile, clock offset).

Values are JSON. Preferences of a user's window are not kept here.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me

from .setting_keys import (
    ABSENCE,
    BACKUP_HORIZON_DAYS,
    CLOCK_OFFSET_S,
    CURSOR,
    DEVICE_ID,
    FIELD_BLOCK,
    LAST_SYNC_AT,
    ME,
    PACE,
    PACK,
    PROFILE,
    PROFILE_TAG,
    SCOPE_REV,
    SERVER_EPOCH,
    SNAPSHOT,
    aside_key,
    looked_key,
    rules_key,
    work_key,
)
from .tables import setting

__all__ = [
    "ABSENCE",
    "BACKUP_HORIZON_DAYS",
    "CLOCK_OFFSET_S",
    "CURSOR",
    "DEVICE_ID",
    "FIELD_BLOCK",
    "LAST_SYNC_AT",
    "ME",
    "PACE",
    "PACK",
    "PROFILE",
    "PROFILE_TAG",
    "SCOPE_REV",
    "SERVER_EPOCH",
    "SNAPSHOT",
    "aside_key",
    "forget",
    "get",
    "looked_key",
    "me",
    "profile",
    "put",
    "rules_key",
    "rules_of_version",
    "work_key",
]

T = TypeVar("T")

_get = select(setting.c.value).where(setting.c.key == bindparam("k"))
_put = insert(setting)
_put = _put.on_conflict_do_update(index_elements=["key"], set_={"value": _put.excluded.value})
_forget = delete(setting).where(setting.c.key == bindparam("k"))


def get(connection: Connection, key: str, kind: type[T]) -> T | None:
    """The value under ``key`` as a ``kind``; None where there is none. Raises ``msgspec.ValidationError``."""
    value = connection.execute(_get, {"k": key}).scalar()
    return None if value is None else msgspec.json.decode(value, type=kind)


def put(connection: Connection, key: str, value: Any) -> None:
    """Sets ``key`` to ``value``, anything msgspec can encode."""
    connection.execute(_put, {"key": key, "value": msgspec.json.encode(value)})


def forget(connection: Connection, key: str) -> None:
    """Removes ``key``; nothing happens where it is not there."""
    connection.execute(_forget, {"k": key})


def me(connection: Connection) -> Me | None:
    """Who the store belongs to, as the server last said."""
    return get(connection, ME, Me)


def profile(connection: Connection) -> RuleProfile | None:
    """The city's rules, as the server last said."""
    return get(connection, PROFILE, RuleProfile)


def rules_of_version(connection: Connection, version: int) -> RuleProfile | None:
    """The rules of an earlier version, by which deadlines of their time are explained; None where it was not kept."""
    return get(connection, rules_key(version), RuleProfile)
