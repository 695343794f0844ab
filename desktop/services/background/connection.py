"""How we stand with the server, as one frozen value and the machine that moves it.

Pure: no Qt, no HTTP, no clock. The sync worker tells it what happened; the Desk tells the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

State = Literal[
    "signed_out",
    "offline",
    "connecting",
    "online",
    "sign_in_expired",
    "maintenance",
    "client_too_old",
    "captive_portal",
]

_STATE_OF_FAILURE: dict[str, State] = {
    "sign_in_expired": "sign_in_expired",
    "sign_in_refused": "sign_in_expired",
    "signed_out": "signed_out",
    "maintenance": "maintenance",
    "busy": "maintenance",
    "client_too_old": "client_too_old",
    "captive_portal": "captive_portal",
}


class Connection(Struct, frozen=True, kw_only=True):
    """``reason`` is a code with words in the interface ("" while online); ``waiting`` counts unsent operations."""

    state: State = "connecting"
    reason: str = ""
    last_sync_at: datetime | None = None
    waiting: int = 0

    @property
    def online(self) -> bool:
        """True when what needs the server at that moment may be offered."""
        return self.state == "online"


class Connectivity:
    """The state machine. Lives on one thread, the GUI's; ``told`` hears each new value once."""

    def __init__(self, told: Callable[[Connection], None], start: Connection | None = None) -> None:
        self._told = told
        self._now = start or Connection()

    @property
    def connection(self) -> Connection:
        return self._now

    def trying(self) -> None:
        """A first try after a rest. Being online stays online: a poll is not news."""
        if self._now.state not in ("online", "sign_in_expired", "client_too_old"):
            self._move(state="connecting", reason="")

    def reached(self) -> None:
        """The server answered as it should."""
        self._move(state="online", reason="")

    def synced(self, at: datetime) -> None:
        """A round ended with everything pulled, at real time ``at``."""
        self._move(state="online", reason="", last_sync_at=at)

    def failed(self, code: str) -> None:
        """A round failed for the reason ``code``; what is not known better counts as having no network."""
        self._move(state=_STATE_OF_FAILURE.get(code, "offline"), reason=code)

    def waiting(self, count: int) -> None:
        """So many operations have not been sent yet."""
        self._move(waiting=count)

    def _move(self, **changes: object) -> None:
        after = replace(self._now, **changes)
        if after != self._now:
            self._now = after
            self._told(after)
