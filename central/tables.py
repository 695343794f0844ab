"""The server's tables (SQLAlchemy Core), the same on SQLite and PostgreSQL.

One table holds every row of the contract as JSON beside the few columns that decide who sees it and in which order it
is sent. Identity (full names, numbers, unredacted texts) lies apart and is joined by nothing. Only ``writer`` and
``loader`` write ``entity`` and ``change``. The migrations repeat these definitions; a test holds the two together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NO_DUE = 2**53 - 1
"""``entity.due_at`` of a row without a due time: sorts last."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970, exact."""
    return (moment - _EPOCH) // _MICROSECOND


class Moment(TypeDecorator[datetime]):
    """An aware time kept as microseconds since 1970, so that every database compares it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _scope_columns() -> tuple[Column[Any], ...]:
    """What the scope predicate reads (``scope_sql``); the same columns on rows and on their changes."""
    return (
        Column("audience", Text, nullable=False),
        Column("unit_id", Text, nullable=False),
        Column("assist_set", Text, nullable=False),
        Column("recused", Text, nullable=False),
        Column("author_id", Text, nullable=False),
        Column("barred_set", Text, nullable=False, server_default=""),
    )


setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

entity = Table(
    "entity",
    metadata,
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("last_edit", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    *_scope_columns(),
    Column("level", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("contact_id", Text, nullable=False),
    Column("matter_id", Text, nullable=False, server_default=""),
    Column("hash_hi", BigInteger, nullable=False),
    Column("hash_lo", BigInteger, nullable=False),
    Column("source_hash", LargeBinary, nullable=True),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("type", "id", name="pk_entity"),
)
entity_indexes = (
    Index("ix_entity_order", entity.c.rank, entity.c.due_at, entity.c.type, entity.c.id),
    Index("ix_entity_ticket", entity.c.ticket_id, entity.c.type),
    Index(
        "ix_entity_visit",
        entity.c.state,
        entity.c.due_at,
        sqlite_where=text("type = 'visit'"),
        postgresql_where=text("type = 'visit'"),
    ),
    Index(
        "ix_entity_visit_contact",
        entity.c.contact_id,
        sqlite_where=text("type = 'visit'"),
        postgresql_where=text("type = 'visit'"),
    ),
    Index(
        "ix_entity_ticket_contact",
        entity.c.contact_id,
        sqlite_where=text("type = 'ticket'"),
        postgresql_where=text("type = 'ticket'"),
    ),
    Index(
        "ix_entity_matter",
        entity.c.matter_id,
        sqlite_where=text("matter_id <> ''"),
        postgresql_where=text("matter_id <> ''"),
    ),
)

unit_set = Table(
    "unit_set",
    metadata,
    Column("set_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    PrimaryKeyConstraint("set_id", "unit_id", name="pk_unit_set"),
    Index("ix_unit_set_unit_id", "unit_id"),
)
"""Immutable sets of assisting units and of barred persons, named by their content, so that a change still knows the
set of its time."""

revision = Table(
    "revision",
    metadata,
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("replaced_at", Moment, nullable=False),
    Column("replaced_by", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("type", "id", "version", name="pk_revision"),
)
"""Every former state of what the office and the units wrote: no text that was ever saved is lost."""

change = Table(
    "change",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("tx", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("op", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    *_scope_columns(),
    Column("caused_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_change_entity", "type", "id"),
)
"""The log that desktops pull. ``tx`` = position of the first row of its transaction; scope columns as of then.

Positions are given under a lock that is taken last and held until the commit, so that they follow commit order.
"""

contact = Table(
    "contact",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("phone_key", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Index("ix_contact_phone_key", "phone_key"),
)

secret_text = Table(
    "secret_text",
    metadata,
    Column("ticket_id", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

operation = Table(
    "operation",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("merged", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("client_time", Moment, nullable=False),
    Column("applied_at", Moment, nullable=False),
)
"""What has been applied, once each. A refusal leaves nothing here."""

number_series = Table(
    "number_series",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

profile = Table(
    "profile",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("effective_from", Text, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("password_hash", Text, nullable=True),
    Column("roles", Text, nullable=False),
    Column("unit_ids", Text, nullable=False),
    Column("scope_rev", BigInteger, nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("login", name="uq_account_login"),
)
"""``roles`` and ``unit_ids`` are JSON lists. An account without a password signs in only to a sample city."""

device = Table(
    "device",
    metadata,
    Column("id", Text, nullable=False),
    Column("person_id", Text, ForeignKey("account.person_id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("seen_position", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("id", "person_id", name="pk_device"),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("account.person_id"), nullable=False),
    Column("device_id", Text, nullable=False),
    Column("generation", BigInteger, nullable=False),
    Column("rotated_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("ix_sign_in_device", "device_id", "person_id"),
)
"""A sign-in: one chain of refresh tokens, of which ``generation`` is the present one."""

sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login_key", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_sign_in_try_login_key", "login_key"),
)
"""Attempts of the last minutes, by a fingerprint of what was typed as login: people type passwords there."""

auth_code = Table(
    "auth_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("account.person_id"), nullable=False),
    Column("client_id", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("challenge", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("sign_in_id", Text, nullable=False),
)
"""``sign_in_id`` is set at the exchange: a code shown twice revokes what it had granted."""

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("scope_rev", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("page_rows", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

snapshot_page = Table(
    "snapshot_page",
    metadata,
    Column("snapshot_id", Text, ForeignKey("snapshot.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("rows_before", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("after", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("snapshot_id", "number", name="pk_snapshot_page"),
)
"""Pages already read, compressed with zstd; ``after`` = where the next page starts, "" at the end."""

lease = Table(
    "lease",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("visit_ids", Text, nullable=False),
    Column("dialled", Boolean, nullable=False),
    Column("kind", Text, nullable=False, server_default="call"),
    Column("until", Moment, nullable=True),
    Column("taken_from", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Index(
        "ix_lease_taken_from",
        "taken_from",
        sqlite_where=text("taken_from <> ''"),
        postgresql_where=text("taken_from <> ''"),
    ),
)
"""``kind``: "call" or "block" (several people, to be called without a network until ``until``). ``taken_from`` is the
lease that a supervisor took this person over from, for that ``reason``."""

lease_key = Table(
    "lease_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("lease_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_lease_key_expires_at", "expires_at"),
)
"""What a lease holds: "v:" + visit and "p:" + HMAC of the number, one row each, never deleted so that epochs rise."""

phone_rest = Table(
    "phone_rest",
    metadata,
    Column("phone_key", Text, primary_key=True),
    Column("until", Moment, nullable=False),
)
"""Office time until which a number rests after a conversation."""

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_audit_person_id", "person_id", "action", "at"),
    Index("ix_audit_object_id", "object_id", "action"),
)
"""Append-only (triggers refuse the rest); each row holds the hash of the one before it."""

report_reveal = Table(
    "report_reveal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_device", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment, nullable=True),
    Column("decision_reason", Text, nullable=False),
    Index("ix_report_reveal_asked_at", "asked_at"),
)
"""Requests to see behind a report, where they stand; what happened with each is in ``audit`` for good."""

recheck = Table(
    "recheck",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("of_visit_id", Text, nullable=False),
    Column("kept_from", Text, nullable=False),
    Index("ix_recheck_kept_from", "kept_from"),
)
"""Visits that are made once more, of which visit, and who must not make them: see ``rechecks``."""

told_act = Table(
    "told_act",
    metadata,
    Column("person_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    PrimaryKeyConstraint("person_id", "id", name="pk_told_act"),
)
"""The acts that desktops have told of, by the id they gave them; what they were stands in ``audit``."""

upload = Table(
    "upload",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("attachment_id", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_upload_attachment_id", "attachment_id"),
)

upload_chunk = Table(
    "upload_chunk",
    metadata,
    Column("upload_id", Text, ForeignKey("upload.id", ondelete="CASCADE"), nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("upload_id", "start", name="pk_upload_chunk"),
)
