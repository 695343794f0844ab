"""Sign-ins: authorization codes with PKCE, access tokens, and refresh tokens that rotate and are bound to a device.

No token is stored. A refresh token names its sign-in and generation; the successor of a used one is made again for 60
seconds, so that a lost reply does not end the sign-in, and an older one ends it. A sign-in that another provider
vouched for is refreshed only with a new word of that provider: whoever has left the office there is out here within the
life of one access token. Knows no HTTP.
"""

from __future__ import annotations

import hmac
import random
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.ids import NewId
from desktop.models.domain.wire import TokenReply

from . import dialects
from .accounts import Account, account_from, account_of
from .database import ROWS, Database, Transaction
from .installation import Installation
from .tables import account, auth_code, device, sign_in

ACCESS_S = 600
REPLAY_S = 60
CODE_S = 60
REFRESH_DAYS = 30
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class GrantError(Exception):
    """An error of RFC 6749 §5.2; the text is its ``error`` code, ``reason`` a code with words at the desktop."""

    def __init__(self, error: str, reason: str = "") -> None:
        super().__init__(error)
        self.reason = reason


@dataclass(frozen=True)
class Session:
    """Who calls, from which device. ``device_state`` is active, locked or wipe."""

    account: Account
    device_id: str
    device_state: str
    sign_in_id: str


class Claims(msgspec.Struct, frozen=True, array_like=True):
    """What an access token says."""

    sign_in_id: str
    person_id: str
    device_id: str
    expires_at: datetime


class Tokens:
    """Makes and checks the tokens of one installation. ``clock`` is real time."""

    def __init__(
        self,
        database: Database,
        installation: Installation,
        *,
        clock: Clock,
        new_id: NewId,
        rng: random.Random,
    ) -> None:
        self._database = database
        self._key = installation.key("tokens")
        self._clock = clock
        self._new_id = new_id
        self._rng = rng

    def authorize(self, person_id: str, *, client_id: str, redirect_uri: str, challenge: str) -> str:
        """A code for the signed-in person, good for one exchange within a minute."""
        code = _b64(self._rng.randbytes(32))
        now = self._clock.now()
        with self._database.write() as tx:
            tx.connection.execute(auth_code.delete().where(auth_code.c.expires_at < now - timedelta(days=1)))
            tx.connection.execute(
                insert(auth_code).values(
                    code_hash=_hashed(code),
                    person_id=person_id,
                    client_id=client_id,
                    redirect_uri=redirect_uri,
                    challenge=challenge,
                    expires_at=now + timedelta(seconds=CODE_S),
                    sign_in_id="",
                )
            )
        return code

    def exchange(
        self, code: str, *, verifier: str, client_id: str, redirect_uri: str, device_id: str
    ) -> TokenReply:
        """Tokens for a code. A code shown twice ends the sign-in it had opened. Raises :class:`GrantError`."""
        if not _VERIFIER.fullmatch(verifier):
            raise GrantError("invalid_grant")
        challenge = _b64(sha256(verifier.encode()).digest())
        with self._database.write() as tx:
            found = tx.connection.execute(
                select(auth_code).where(auth_code.c.code_hash == _hashed(code)).with_for_update()
            ).first()
            if found is not None and found.sign_in_id:
                self._end(tx.connection, found.sign_in_id)
                found = None
            if found is not None and (
                found.expires_at <= self._clock.now()
                or found.client_id != client_id
                or found.redirect_uri != redirect_uri
                or not hmac.compare_digest(found.challenge, challenge)
            ):
                found = None
            if found is not None:
                reply, sign_in_id = self._open(tx, found.person_id, device_id)
                tx.connection.execute(
                    update(auth_code)
                    .where(auth_code.c.code_hash == found.code_hash)
                    .values(sign_in_id=sign_in_id)
                )
                return reply
        raise GrantError("invalid_grant")  # outside the block: what was revoked stays revoked

    def open(self, person_id: str, device_id: str, *, vouched: bool = False) -> TokenReply:
        """Tokens without a code: a sample city's sign-in, or one that another provider ``vouched`` for."""
        with self._database.write() as tx:
            return self._open(tx, person_id, device_id, "x" if vouched else "r")[0]

    def refresh(self, token: str, device_id: str, *, vouched_for: str = "") -> TokenReply:
        """The successor of a refresh token. Raises :class:`GrantError`.

        ``vouched_for`` is the person another provider has just vouched for, "" where none was asked.
        """
        kind, sign_in_id, generation = self._read_refresh(token)
        if (kind == "x") != bool(vouched_for):
            raise GrantError("invalid_grant")
        now = self._clock.now()
        with self._database.write() as tx:
            mine = select(sign_in).where(sign_in.c.id == sign_in_id).with_for_update()
            found = tx.connection.execute(mine).first()
            if found is None or found.revoked or found.expires_at <= now or found.device_id != device_id:
                raise GrantError("invalid_grant")
            person = account_of(tx.connection, found.person_id)
            if person is None or not person.active:
                raise GrantError("invalid_grant")
            if vouched_for and vouched_for != found.person_id:
                raise GrantError("invalid_grant", "other_person")
            if generation == found.generation:
                tx.connection.execute(
                    update(sign_in)
                    .where(sign_in.c.id == sign_in_id)
                    .values(
                        generation=generation + 1,
                        rotated_at=now,
                        expires_at=now + timedelta(days=REFRESH_DAYS),
                    )
                )
                return self._reply(sign_in_id, found.person_id, device_id, generation + 1, kind)
            if generation == found.generation - 1 and now - found.rotated_at <= timedelta(seconds=REPLAY_S):
                return self._reply(sign_in_id, found.person_id, device_id, found.generation, kind)
            self._end(tx.connection, sign_in_id)
        raise GrantError("invalid_grant")

    def revoke(self, token: str) -> None:
        """End the sign-in a refresh or access token belongs to; an unknown token is no error (RFC 7009)."""
        try:
            sign_in_id = self._read_refresh(token)[1]
        except GrantError:
            claims = self._read_access(token)
            if claims is None:
                return
            sign_in_id = claims.sign_in_id
        with self._database.write() as tx:
            self._end(tx.connection, sign_in_id)

    def session(self, access_token: str) -> Session | None:
        """The session of an access token; None where it is not one of ours, expired, or its sign-in has ended."""
        claims = self.claims(access_token)
        if claims is None:
            return None
        with self._database.read() as connection:
            return session_of(connection, claims)

    def claims(self, access_token: str) -> Claims | None:
        """What an access token of ours says, unless it has expired; whether that still holds, is stored."""
        claims = self._read_access(access_token)
        return None if claims is None or claims.expires_at <= self._clock.now() else claims

    def _open(
        self, tx: Transaction, person_id: str, device_id: str, kind: str = "r"
    ) -> tuple[TokenReply, str]:
        tx.share(
            ROWS
        )  # a first load into a database that no desktop knew writes no log: it ends before we begin
        connection, now, sign_in_id = tx.connection, self._clock.now(), self._new_id()
        person = account_of(connection, person_id)
        if person is None or not person.active:
            raise GrantError("invalid_grant")
        register_device(connection, device_id, person_id, "", now)
        connection.execute(
            insert(sign_in).values(
                id=sign_in_id,
                person_id=person_id,
                device_id=device_id,
                generation=1,
                rotated_at=now,
                expires_at=now + timedelta(days=REFRESH_DAYS),
                revoked=False,
            )
        )
        return self._reply(sign_in_id, person_id, device_id, 1, kind), sign_in_id

    def _end(self, connection: Connection, sign_in_id: str) -> None:
        connection.execute(update(sign_in).where(sign_in.c.id == sign_in_id).values(revoked=True))

    def _reply(
        self, sign_in_id: str, person_id: str, device_id: str, generation: int, kind: str
    ) -> TokenReply:
        expires = self._clock.now() + timedelta(seconds=ACCESS_S)
        claims = Claims(sign_in_id, person_id, device_id, expires)
        return TokenReply(
            access_token=self._sealed("a", msgspec.json.encode(claims)),
            expires_in=ACCESS_S,
            refresh_token=self._sealed(kind, msgspec.json.encode((sign_in_id, generation))),
        )

    def _read_refresh(self, token: str) -> tuple[str, str, int]:
        """The kind of sign-in ("x" where another provider vouches for it), its id and generation."""
        kind = "x" if token.startswith("x.") else "r"
        body = self._unsealed(kind, token)
        if body is None:
            raise GrantError("invalid_grant")
        return kind, *msgspec.json.decode(body, type=tuple[str, int])

    def _read_access(self, token: str) -> Claims | None:
        body = self._unsealed("a", token)
        return None if body is None else _claims_of(body)

    def _sealed(self, kind: str, body: bytes) -> str:
        return f"{kind}.{_b64(body)}.{_b64(self._seal(kind, body))}"

    def _unsealed(self, kind: str, token: str) -> bytes | None:
        """The body of a token of this kind with our seal, else None."""
        parts = token.split(".")
        if len(parts) != 3 or parts[0] != kind or len(token) > 1000 or not token.isascii():
            return None
        try:
            body, seal = (urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts[1:])
        except ValueError:
            return None
        return body if hmac.compare_digest(seal, self._seal(kind, body)) else None

    def _seal(self, kind: str, body: bytes) -> bytes:
        return hmac.digest(self._key, kind.encode() + b"." + body, sha256)


def register_device(connection: Connection, device_id: str, person_id: str, name: str, now: datetime) -> bool:
    """Make the device known for this person; False where it was."""
    statement = dialects.insert(connection, device).values(
        id=device_id, person_id=person_id, name=name, state="active", seen_position=0, created_at=now
    )
    made = connection.execute(statement.on_conflict_do_nothing().returning(device.c.id))
    return made.first() is not None


def session_of(connection: Connection, claims: Claims) -> Session | None:
    """The session of claims as this transaction sees it; None where the sign-in or the person's account has ended."""
    values = {"sign_in_id": claims.sign_in_id, "person_id": claims.person_id}
    found = _SESSION.execute(connection, values).first()
    if found is None or not found.active:
        return None
    return Session(account_from(found), claims.device_id, found.device_state, claims.sign_in_id)


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


_SESSION = dialects.Ready(
    select(device.c.state.label("device_state"), account)
    .select_from(
        sign_in.join(
            device, (sign_in.c.device_id == device.c.id) & (sign_in.c.person_id == device.c.person_id)
        ).join(account, account.c.person_id == bindparam("person_id"))
    )
    .where(sign_in.c.id == bindparam("sign_in_id"), sign_in.c.revoked.is_(False))
)
_claims_of = msgspec.json.Decoder(Claims).decode
