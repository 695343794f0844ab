"""What makes a database this installation: its epoch and its secret, made once and stored in it.

The secret signs cursors and tokens and keys the fingerprints of telephone numbers; it never leaves the server.
"""

from __future__ import annotations

import hmac
import random
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.engine import Connection

from desktop.models.domain.redaction import normalize_phone

from .database import Database, get_setting, put_setting

_EPOCH = "server_epoch"
_SECRET = "secret"
_LOCK = "installation"


@dataclass(frozen=True)
class Installation:
    """Epoch (16 hex digits, new after a restore) and keys derived from the secret."""

    epoch: str
    secret: bytes

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; keys of different purposes say nothing about each other."""
        return hmac.digest(self.secret, purpose.encode(), sha256)

    def phone_key(self, number: str) -> str:
        """Fingerprint of a telephone number, the same however it is written; "" for no number."""
        digits = normalize_phone(number)
        return hmac.new(self.key("phone"), digits.encode(), sha256).hexdigest() if digits else ""


def open_database(database: str, rng: random.Random, *, readers: int | None = None) -> Database:
    """Open a database: a SQLite file is made and brought up to date, a PostgreSQL database has to be (``migrate``).

    Epoch and secret are made where they are missing. ``database`` is a path or URL. Raises ``ValueError`` and
    :class:`~central.schema.WrongSchema`.
    """
    opened = Database(database, readers=readers)
    try:
        if opened.shared:
            opened.check_schema()
        else:
            opened.migrate()
        with opened.write() as tx:
            tx.lock(_LOCK)  # of two processes that start on a new database, one makes the secret
            for key, size in ((_EPOCH, 8), (_SECRET, 32)):
                if get_setting(tx.connection, key) is None:
                    put_setting(tx, key, rng.randbytes(size).hex())
    except BaseException:
        opened.close()
        raise
    return opened


def renew_epoch(database: Database, rng: random.Random) -> None:
    """Declare that the database was restored from a backup: desktops send again what it may have lost."""
    with database.write() as tx:
        put_setting(tx, _EPOCH, rng.randbytes(8).hex())


def installation_of(connection: Connection) -> Installation:
    """The installation a database is. Raises ``LookupError`` where :func:`open_database` never ran."""
    epoch, secret = get_setting(connection, _EPOCH), get_setting(connection, _SECRET)
    if epoch is None or secret is None:
        raise LookupError("the database was not opened by open_database")
    return Installation(epoch, bytes.fromhex(secret))
