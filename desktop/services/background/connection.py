"""How we stand with the server: eight states, one table of moves between them, and the frozen value the pages get.

Pure: no Qt, no HTTP, no clock. The sync worker tells it what happened and when; the Desk tells the pages. Which code
of a failure is which event stands here too, so that nothing that can be raised is without a state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

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

Event = Literal[
    "trying",
    "answered",
    "synced",
    "no_answer",
    "portal",
    "maintenance",
    "busy",
    "fault",
    "too_old",
    "expired",
    "signed_out",
    "signed_in",
]
"""``answered``: a signed exchange went well; ``synced``: a round ended with everything pulled; ``fault``: an answer, or
a trouble of this machine, with which a round cannot go on; the others say themselves."""

STATES: Final[tuple[State, ...]] = get_args(State)
EVENTS: Final[tuple[Event, ...]] = get_args(Event)

_OUT, _OFF, _CON, _ON, _EXP, _MNT, _OLD, _POR = STATES

MOVES: Final[Mapping[Event, tuple[State, ...]]] = {
    #   from:      signed_out offline connecting online expired maintenance too_old portal
    "trying":      (_OUT, _CON, _CON, _ON,  _EXP, _MNT, _OLD, _POR),
    "answered":    (_ON,  _ON,  _ON,  _ON,  _ON,  _ON,  _OLD, _ON),
    "synced":      (_ON,  _ON,  _ON,  _ON,  _ON,  _ON,  _ON,  _ON),
    "no_answer":   (_OUT, _OFF, _OFF, _OFF, _EXP, _OFF, _OFF, _OFF),
    "portal":      (_OUT, _POR, _POR, _POR, _EXP, _POR, _POR, _POR),
    "maintenance": (_OUT, _MNT, _MNT, _MNT, _EXP, _MNT, _MNT, _MNT),
    "busy":        (_OUT, _CON, _CON, _CON, _EXP, _CON, _CON, _CON),
    "fault":       (_OUT, _OFF, _OFF, _OFF, _EXP, _OFF, _OFF, _OFF),
    "too_old":     (_OLD, _OLD, _OLD, _OLD, _OLD, _OLD, _OLD, _OLD),
    "expired":     (_EXP, _EXP, _EXP, _EXP, _EXP, _EXP, _EXP, _EXP),
    "signed_out":  (_OUT, _OUT, _OUT, _OUT, _EXP, _OUT, _OUT, _OUT),
    "signed_in":   (_CON, _OFF, _CON, _ON,  _CON, _MNT, _OLD, _POR),
}  # fmt: skip
"""Every event in every state. Who is signed out or expired stays so whatever the network does: only a sign-in, or an
answer to a signed question, leads out. A try is no news while we are online, nor where only the other side can mend
it; an outdated program stays outdated until a pull has gone well."""

_EVENT_OF_CODE: Final[Mapping[str, Event]] = {
    "captive_portal": "portal",
    "maintenance": "maintenance",
    "busy": "busy",
    "too_many_requests": "busy",
    "interrupted": "busy",
    "client_too_old": "too_old",
    "sign_in_expired": "expired",
    "token_expired": "expired",
    "sign_in_refused": "expired",
    "provider_refused": "expired",
    "signed_out": "signed_out",
    "not_signed_in": "signed_out",
    "sign_in_cancelled": "signed_out",
    "sign_in_timeout": "signed_out",
    "other_person": "signed_out",
    "unknown_person": "signed_out",
    "sign_in_not_ours": "signed_out",
    "other_device": "signed_out",
    "device_mismatch": "signed_out",
    "device_locked": "signed_out",
    "device_wipe": "signed_out",
    "keyring_locked": "signed_out",
    "keyring_timeout": "signed_out",
    "keyring_failed": "signed_out",
    "keyring_missing": "signed_out",
    "keyring_refused": "signed_out",
    "keyring_gone": "signed_out",
    "keyring_other": "signed_out",
}

NO_ANSWER: Final = frozenset(
    {
        "offline",
        "cut",
        "no_network",
        "unknown_name",
        "refused",
        "no_answer",
        "too_slow",
        "connection_lost",
        "untrusted_certificate",
        "certificate_other_name",
        "certificate_out_of_date",
        "certificate_not_pinned",
        "tls_failed",
        "plain_http",
        "proxy_failed",
        "proxy_sign_in",
        "provider_away",
        "bad_address",
    }
)
"""Codes of a network, or a server, from which no answer came."""

NEEDS_SIGN_IN: Final[frozenset[State]] = frozenset({"signed_out", "sign_in_expired"})
"""States in which nothing is sent until a person has signed in."""


def after(state: State, event: Event) -> State:
    """The one rule: where ``event`` leads from ``state``."""
    return MOVES[event][STATES.index(state)]


def event_of(code: str) -> Event:
    """What a failure with this code is; one that is not known better is a fault."""
    return _EVENT_OF_CODE.get(code, "no_answer" if code in NO_ANSWER else "fault")


class Failure(Struct, frozen=True, kw_only=True):
    """A round that did not go well: why, when it is tried again, and what a technician asks for.

    ``next_try_at`` is real time, None where a person has to act first; ``asked_until``: the server itself said when to
    come back. ``request_id`` names the exchange in the server's log, ``answered`` is the HTTP status (0: no answer).
    """

    code: str
    next_try_at: datetime | None = None
    asked_until: bool = False
    request_id: str = ""
    answered: int = 0


class Connection(Struct, frozen=True, kw_only=True):
    """How we stand. All times are real times, aware.

    ``since``: when this state was entered. ``failure`` is the last round's, None while online; it stays while we are
    connecting again. ``waiting`` operations go out by themselves, ``to_settle`` wait for the person. ``skew`` is the
    server's clock − this machine's.
    """

    state: State = "connecting"
    since: datetime | None = None
    failure: Failure | None = None
    last_sync_at: datetime | None = None
    waiting: int = 0
    to_settle: int = 0
    skew: timedelta = timedelta(0)

    @property
    def online(self) -> bool:
        """True when what needs the server at that moment may be offered."""
        return self.state == "online"

    @property
    def reason(self) -> str:
        """The code of the last failure, which has words in the interface; "" while online."""
        return self.failure.code if self.failure is not None else ""

    @property
    def next_try_at(self) -> datetime | None:
        """When the program tries again by itself; None while it is trying, is online, or waits for a person."""
        return self.failure.next_try_at if self.failure is not None else None


class Connectivity:
    """The machine at work. Lives on one thread, the GUI's; ``told`` hears each new value once."""

    def __init__(self, told: Callable[[Connection], None], start: Connection | None = None) -> None:
        self._told = told
        self._now = start or Connection()

    @property
    def connection(self) -> Connection:
        return self._now

    def trying(self, at: datetime) -> None:
        """A try after a rest begins. What failed last stays known, but there is no next try to wait for."""
        failure = self._now.failure
        self._move("trying", at, replace(failure, next_try_at=None) if failure is not None else None)

    def answered(self, at: datetime) -> None:
        """The server answered a signed question as it should."""
        self._move("answered", at, self._now.failure)

    def synced(self, at: datetime, synced_at: datetime) -> None:
        """A round ended at ``at`` with everything pulled as of ``synced_at``."""
        self._move("synced", at, None, last_sync_at=synced_at)

    def signed_in(self, at: datetime) -> None:
        """A person has signed in anew; whether the server takes it, the next round tells."""
        self._move("signed_in", at, None if self._now.state in NEEDS_SIGN_IN else self._now.failure)

    def failed(self, at: datetime, failure: Failure) -> None:
        """A round failed."""
        event = event_of(failure.code)
        if self._now.state == "sign_in_expired" and event == "signed_out":
            # The expired sign-in has been thrown away: the same story, told by the next round.
            failure = replace(failure, code=self._now.reason or failure.code)
        self._move(event, at, failure)

    def resting(self) -> None:
        """Nothing is tried until a person says so."""
        failure = self._now.failure
        if failure is not None:
            self._tell(replace(self._now, failure=replace(failure, next_try_at=None)))

    def counted(self, waiting: int, to_settle: int) -> None:
        """So many operations have not been sent yet, so many wait for the person."""
        self._tell(replace(self._now, waiting=waiting, to_settle=to_settle))

    def skewed(self, skew: timedelta) -> None:
        """The server's clock is so far ahead of this machine's."""
        self._tell(replace(self._now, skew=skew))

    def _move(
        self, event: Event, at: datetime, failure: Failure | None, *, last_sync_at: datetime | None = None
    ) -> None:
        now = self._now
        state = after(now.state, event)
        self._tell(
            replace(
                now,
                state=state,
                since=at if state != now.state or now.since is None else now.since,
                failure=None if state == "online" else failure,
                last_sync_at=last_sync_at or now.last_sync_at,
            )
        )

    def _tell(self, then: Connection) -> None:
        if then != self._now:
            self._now = then
            self._told(then)
