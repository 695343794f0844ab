"""Who may sign in, as what, for which units: accounts beside the Person rows that every desktop receives.

A change of roles or units raises ``scope_rev``, which makes every cursor of that person stale. Knows no tokens.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec.structs import replace
from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Person, Role, literals
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.redaction import redact

from .audit import Act, append_audit
from .audit_detail import detail_of
from .database import Database
from .dialects import Ready
from .tables import account, audit, sign_in
from .writer import Writer

MIN_PASSWORD = 10
_ROLES = frozenset(literals(Role))
_RIGHTS_CHANGED = "rights_changed"
_CLEARED = "cleared"
_REASON_AT_LEAST = 4
_ADMINISTRATOR = ""
"""Whoever works at the server's command line: no person of the office."""


class BadAccount(ValueError):
    """An account that cannot be made or changed; the text is for the administrator."""


@dataclass(frozen=True)
class Account:
    """One line of the account list. ``viewer`` is what the scope predicate and the masks ask for."""

    login: str
    title: str
    viewer: Viewer
    scope_rev: int
    active: bool
    password_hash: str | None

    @property
    def person_id(self) -> str:
        return self.viewer.person_id


class Accounts:
    """The accounts of one database. ``clock`` is real time, ``rng`` makes salts."""

    def __init__(self, database: Database, *, clock: Clock, rng: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._rng = rng
        self._hasher = PasswordHasher()

    def add(self, person: Person, login: str, password: str | None = None) -> Account:
        """Make the person and an account. Without a password they sign in to a sample city, or with another provider.

        Raises :class:`BadAccount`.
        """
        _check(login, person.roles, person.unit_ids)
        hashed = None if password is None else self._hash(password)
        try:
            with self._database.write() as tx:
                Writer(tx, at=self._clock.now()).put(person)
                tx.connection.execute(
                    insert(account).values(
                        person_id=person.id,
                        login=login,
                        name=person.name,
                        title=person.title,
                        password_hash=hashed,
                        roles=_packed(person.roles),
                        unit_ids=_packed(person.unit_ids),
                        scope_rev=1,
                        active=True,
                    )
                )
        except IntegrityError as error:
            raise BadAccount(f"there is an account {login} or a person {person.id} already") from error
        return self.by_login(login)

    def all(self) -> list[Account]:
        """Every account, by login."""
        with self._database.read() as connection:
            rows = connection.execute(select(account).order_by(account.c.login))
            return [account_from(row) for row in rows]

    def by_login(self, login: str) -> Account:
        """Raises :class:`BadAccount` where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(account).where(account.c.login == login)).first()
        if row is None:
            raise BadAccount(f"there is no account {login}")
        return account_from(row)

    def vouched(self, login: str) -> Account | None:
        """The active account of a login that somebody else vouches for, None where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(account).where(account.c.login == login)).first()
        found = None if row is None else account_from(row)
        return found if found is not None and found.active else None

    def named(self, person: str) -> Account | None:
        """The active account of this login or person id, None where there is none."""
        with self._database.read() as connection:
            found = account_of(connection, person)
        return found if found is not None and found.active else self.vouched(person)

    def set_password(self, login: str, password: str) -> None:
        """Replace the password and end every sign-in. Raises :class:`BadAccount`."""
        person_id = self.by_login(login).person_id
        hashed = self._hash(password)
        with self._database.write() as tx:
            tx.connection.execute(
                update(account).where(account.c.person_id == person_id).values(password_hash=hashed)
            )
            _end_sign_ins(tx.connection, person_id)

    def set_roles(self, login: str, roles: Sequence[str], unit_ids: Sequence[str]) -> None:
        """Replace roles and units. The person's desktops take a new snapshot. Raises :class:`BadAccount`."""
        self._replace_rights(login, roles, unit_ids)

    def _replace_rights(self, login: str, roles: Sequence[str], unit_ids: Sequence[str], *acts: Act) -> None:
        """One commit for the rights and all that is on record about their change."""
        _check(login, roles, unit_ids)
        before = self.by_login(login)
        person_id = before.person_id
        with self._database.write() as tx:
            now = self._clock.now()
            for act in (_change_of_rights(before.viewer), *acts):
                append_audit(tx, act, now)
            writer = Writer(tx, at=now)
            person = writer.row("person", person_id)
            if isinstance(person, Person):
                named = cast("tuple[Role, ...]", tuple(roles))
                writer.put(replace(person, roles=named, unit_ids=tuple(unit_ids)))
            tx.connection.execute(
                update(account)
                .where(account.c.person_id == person_id)
                .values(roles=_packed(roles), unit_ids=_packed(unit_ids), scope_rev=account.c.scope_rev + 1)
            )

    def set_clearance(self, login: str, cleared: bool, reason: str) -> None:
        """Let a person of the office handle reports, or no longer; on record with its reason. Raises BadAccount."""
        before = self.by_login(login).viewer
        if len(reason.strip()) < _REASON_AT_LEAST:
            raise BadAccount("say why in a few words")
        if cleared and not before.office:
            raise BadAccount("only staff of the office handle reports")
        if cleared == before.cleared:
            raise BadAccount(f"{login} is {'cleared already' if cleared else 'not cleared'}")
        action = "clearance.granted" if cleared else "clearance.withdrawn"
        detail = detail_of(person=before.person_id, reason=redact(reason))
        act = Act(_ADMINISTRATOR, "", action, "person", before.person_id, detail)
        kept = before.roles - {_CLEARED}
        roles = kept | {_CLEARED} if cleared else kept
        self._replace_rights(login, sorted(roles), sorted(before.unit_ids), act)

    def set_active(self, login: str, active: bool) -> None:
        """Disable or enable; disabling ends every sign-in. Raises :class:`BadAccount`."""
        person_id = self.by_login(login).person_id
        with self._database.write() as tx:
            tx.connection.execute(
                update(account).where(account.c.person_id == person_id).values(active=active)
            )
            if not active:
                _end_sign_ins(tx.connection, person_id)

    def verify(self, login: str, password: str) -> Account | None:
        """The active account that this password opens, else None; takes as long for an unknown login."""
        with self._database.read() as connection:
            row = connection.execute(select(account).where(account.c.login == login)).first()
        found = None if row is None else account_from(row)
        try:
            self._hasher.verify((found and found.password_hash) or _UNKNOWN, password)
        except (VerificationError, InvalidHashError):
            return None
        return found if found and found.password_hash and found.active else None

    def _hash(self, password: str) -> str:
        if len(password) < MIN_PASSWORD:
            raise BadAccount(f"a password has at least {MIN_PASSWORD} characters")
        return self._hasher.hash(password, salt=self._rng.randbytes(16))


def account_of(connection: Connection, person_id: str) -> Account | None:
    """The account of a person as this transaction sees it."""
    row = _ACCOUNT.execute(connection, {"person_id": person_id}).first()
    return None if row is None else account_from(row)


def ever_was(connection: Connection, viewer: Viewer) -> Viewer:
    """The viewer with every role and unit they ever had, as the audit log remembers them."""
    mine = (
        (audit.c.person_id == _ADMINISTRATOR)
        & (audit.c.action == _RIGHTS_CHANGED)
        & (audit.c.object_id == viewer.person_id)
    )
    former = [_rights(row.detail) for row in connection.execute(select(audit.c.detail).where(mine))]
    return replace(
        viewer,
        roles=viewer.roles.union(*(rights["roles"] for rights in former)),
        unit_ids=viewer.unit_ids.union(*(rights["units"] for rights in former)),
    )


def _change_of_rights(before: Viewer) -> Act:
    """What is written down when roles or units change: what they were until then."""
    detail = {"roles": sorted(before.roles), "units": sorted(before.unit_ids)}
    return Act(
        person_id=_ADMINISTRATOR,
        device_id="",
        action=_RIGHTS_CHANGED,
        object_type="person",
        object_id=before.person_id,
        detail=msgspec.json.encode(detail).decode(),
    )


def _rights(detail: str) -> dict[str, list[str]]:
    return msgspec.json.decode(detail, type=dict[str, list[str]])


def account_from(row: SqlRow[*tuple[object, ...]]) -> Account:
    """The account of a row that holds the columns of the table."""
    values = row._mapping
    return Account(
        login=values["login"],
        title=values["title"],
        viewer=_viewer(values["person_id"], values["name"], values["roles"], values["unit_ids"]),
        scope_rev=values["scope_rev"],
        active=bool(values["active"]),
        password_hash=values["password_hash"],
    )


@lru_cache(maxsize=4096)
def _viewer(person_id: str, name: str, roles: str, unit_ids: str) -> Viewer:
    """Made once of the same words: every request asks for one."""
    return Viewer(
        person_id=person_id,
        name=name,
        roles=frozenset(msgspec.json.decode(roles)),
        unit_ids=frozenset(msgspec.json.decode(unit_ids)),
    )


def _check(login: str, roles: Sequence[str], unit_ids: Sequence[str]) -> None:
    if not 2 <= len(login) <= 64 or login != login.strip():
        raise BadAccount("a login has 2 to 64 characters")
    if unknown := set(roles) - _ROLES:
        raise BadAccount(f"unknown role {', '.join(sorted(unknown))}; known: {', '.join(sorted(_ROLES))}")
    if not roles:
        raise BadAccount("an account has at least one role")
    if "" in unit_ids or ("liaison" in roles and not unit_ids):
        raise BadAccount("a liaison answers for at least one unit")


def _end_sign_ins(connection: Connection, person_id: str) -> None:
    connection.execute(update(sign_in).where(sign_in.c.person_id == person_id).values(revoked=True))


def _packed(values: Sequence[str]) -> str:
    return msgspec.json.encode(tuple(values)).decode()


_ACCOUNT = Ready(select(account).where(account.c.person_id == bindparam("person_id")))
_UNKNOWN = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5IGhhcyBhIHNhbHQ$Jbf1dN2TqgsfnRoSzKBFNM3Xv2Q4Zl9FkRtYcNqWfAE"
)
"""A hash that no password is known to open: a login that does not exist takes as long as one that does."""
