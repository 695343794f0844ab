"""The key of a desktop's store, locked to this server while nobody is signed in there.

Whoever signs out and leaves unsent work behind locks the store's key with ours, and holds it no more; the same person
on the same device, signed in again, has it opened. Nothing is stored here. Never says why a box does not open.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from desktop.models.domain.clock import Clock
from desktop.models.domain.wire import KeptBox, KeptContent, KeptKey

from .audit import Act, append_audit
from .boxes import open_box, public_half
from .database import Database
from .installation import Installation
from .problems import not_found
from .tokens import Session


class KeptKeys:
    """The locks of one installation. ``clock`` is real time."""

    def __init__(self, database: Database, installation: Installation, *, clock: Clock) -> None:
        self._database = database
        self._secret = installation.key("kept-keys")
        self._clock = clock

    @cached_property
    def public(self) -> str:
        """What desktops lock their keys with."""
        return public_half(self._secret)

    def open(self, session: Session, box: KeptBox) -> KeptKey:
        """The key in a box of this person and device. On record. Raises 404 for every other box."""
        try:
            kept = msgspec.json.decode(open_box(box.box, self._secret), type=KeptContent)
        except (ValueError, msgspec.MsgspecError) as error:
            raise not_found() from error
        if (kept.person_id, kept.device_id) != (session.account.person_id, session.device_id):
            raise not_found()
        act = Act(
            session.account.person_id, session.device_id, "kept_key.opened", "device", session.device_id
        )
        with self._database.write() as tx:
            append_audit(tx, act, self._clock.now())
        return KeptKey(key=kept.key)
