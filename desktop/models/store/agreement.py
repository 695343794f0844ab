"""Whether our rows were the server's when they were last compared: one value in the ``setting`` table. No policy."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from . import settings

_KEY = "agreement"


class Agreement(Struct, frozen=True, kw_only=True):
    """``differs`` names the types that disagreed at ``checked_at``; times are real, in seconds since 1970.

    ``due``: to be compared at the next chance, but not before ``not_before``. ``reloads``: snapshots taken in a row
    because of a disagreement, the last at ``reloaded_at``. ``deciding``: the next snapshot is the last word on rows
    that left.
    """

    due: bool = True
    differs: tuple[str, ...] = ()
    checked_at: float | None = None
    not_before: float | None = None
    reloads: int = 0
    reloaded_at: float | None = None
    deciding: bool = False


def read_agreement(connection: Connection) -> Agreement:
    """How we stand; a store that was never compared is due."""
    return settings.get(connection, _KEY, Agreement) or Agreement()


def write_agreement(connection: Connection, agreement: Agreement) -> None:
    """How we stand from now on."""
    settings.put(connection, _KEY, agreement)


def ask_agreement(connection: Connection) -> None:
    """To be compared in the next round, whenever that was done last."""
    write_agreement(connection, replace(read_agreement(connection), due=True, not_before=None))
