"""The versions of the rule profile that a database holds: every version is kept, none is changed.

Stores and reads; who may publish a version, and what a version says, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from desktop.models.domain.profile import RuleProfile

from .database import Database, Transaction
from .profiles import decode_profile, encode_profile
from .tables import profile as profile_table

_LOCK = "profile"


class ProfileExists(ValueError):
    """A version that is already stored is never replaced."""


def current_profile(connection: Connection, on: date | None = None) -> RuleProfile:
    """The profile in force on an office date: the highest version effective by then; None = the latest.

    Raises ``LookupError`` where no version is in force.
    """
    query = select(profile_table.c.data).order_by(profile_table.c.version.desc()).limit(1)
    if on is not None:
        query = query.where(profile_table.c.effective_from <= on.isoformat())
    data = connection.execute(query).scalar()
    if data is None:
        raise LookupError("no rule profile is in force; import a file or make a sample city first")
    return decode_profile(data)


def profile_of(connection: Connection, version: int) -> RuleProfile | None:
    """A version, None where there never was one of that number."""
    data = connection.execute(select(profile_table.c.data).where(profile_table.c.version == version)).scalar()
    return None if data is None else decode_profile(data)


def all_profiles(connection: Connection) -> tuple[RuleProfile, ...]:
    """Every version, the oldest first."""
    query = select(profile_table.c.data).order_by(profile_table.c.version)
    return tuple(decode_profile(data) for data in connection.execute(query).scalars())


def in_force(profiles: Sequence[RuleProfile], on: date) -> RuleProfile:
    """Of all versions, the oldest first, the one in force on an office date; before any was, the first."""
    return next((each for each in reversed(profiles) if each.effective_from <= on), profiles[0])


def store_profile(tx: Transaction, profile: RuleProfile, *, at: datetime) -> None:
    """Add a version; ``at`` is real time. Raises :class:`ProfileExists`."""
    tx.lock(_LOCK)
    known = select(profile_table.c.version).where(profile_table.c.version == profile.version)
    if tx.connection.execute(known).first() is not None:
        raise ProfileExists(f"version {profile.version} of the rule profile is already stored")
    tx.connection.execute(
        insert(profile_table).values(
            version=profile.version,
            effective_from=profile.effective_from.isoformat(),
            stored_at=at,
            data=encode_profile(profile),
        )
    )
    tx.announce_settings()


def ensure_profile(database: Database, first: RuleProfile, *, at: datetime) -> RuleProfile:
    """The latest stored profile; ``first`` is stored and returned where there is none yet."""
    with database.write() as tx:
        tx.lock(_LOCK)
        if tx.connection.execute(select(profile_table.c.version).limit(1)).first() is None:
            store_profile(tx, first, at=at)
        return current_profile(tx.connection)
