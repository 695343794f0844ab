"""The words for how we stand with the server: one line for the status bar, a few sentences for the panel behind it.

Takes the frozen Connection and the time of asking; answers in the language in force. Must not decide anything and must
not invent a reason: what a code means stands in ``views/common/words.py``, what a person can do about it stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from desktop.services.background.connection import NEEDS_SIGN_IN, Connection
from desktop.views.common.words import code_words, connection_words

SKEW_TOLD: Final = timedelta(minutes=5)
"""A clock that is further off than this is told to the person; it is never a reason to refuse anything."""

DEVICE_HELD: Final = frozenset({"device_locked", "device_wipe"})
"""Reasons that no sign-in mends."""

_JUST_NOW_S: Final = 45

Local = Callable[[datetime], datetime]
"""Real time → the office's time, in its zone."""


class ConnectionWords(QObject):
    """``local`` turns a real time into the office's; ``now`` is real time throughout."""

    def __init__(self, local: Local, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._local = local

    # -- the status bar ----------------------------------------------------------------------------------------

    def line(self, connection: Connection, now: datetime) -> str:
        """State, age of the data, what waits: "Offline · synced 12 minutes ago · 3 waiting to be sent"."""
        parts = [self._state(connection, now)]
        if connection.last_sync_at is not None:
            template = self.tr("synced {ago}")
            parts.append(template.format(ago=self.ago(now - connection.last_sync_at)))
        if connection.waiting:
            parts.append(self.tr("%n waiting to be sent", "", connection.waiting))
        return " · ".join(parts)

    def _state(self, connection: Connection, now: datetime) -> str:
        words = connection_words(connection)
        until = self._asked_until(connection, now)
        if connection.state == "maintenance" and until:
            template = self.tr("{state} until {time}")
            return template.format(state=words, time=until)
        return words

    # -- the panel ---------------------------------------------------------------------------------------------

    def happened(self, connection: Connection) -> str:
        """What happened, in one sentence."""
        if connection.online:
            return self.tr("The server answers. What changes there arrives here by itself.")
        if not connection.reason:
            return self.tr("The connection to the server is being made.")
        return code_words(connection.reason)

    def since(self, connection: Connection, now: datetime) -> str:
        """How long it has been so, "" where that is no news."""
        if connection.since is None or connection.online:
            return ""
        template = self.tr("Since {time}, {ago}.")
        return template.format(time=self.clock(connection.since, now), ago=self.ago(now - connection.since))

    def synced(self, connection: Connection, now: datetime) -> str:
        """How old what is on the screen may be."""
        if connection.last_sync_at is None:
            return self.tr("Nothing has been synced yet.")
        template = self.tr("Last sync: {time}, {ago}.")
        at = connection.last_sync_at
        return template.format(time=self.clock(at, now), ago=self.ago(now - at))

    def next(self, connection: Connection, now: datetime) -> str:
        """What the program does next, and when."""
        if connection.online:
            return ""
        held_back = self.held_back(connection)
        at = connection.next_try_at
        if held_back and (at is None or connection.state == "client_too_old"):
            return held_back
        if at is None:
            return self.tr("A try is being made now.") if connection.state == "connecting" else ""
        until = self._asked_until(connection, now)
        if until:
            template = self.tr("The server asked us to come back at {time}: in {span}.")
            return template.format(time=until, span=self.span(at - now))
        if at <= now:
            return self.tr("A try is being made now.")
        template = self.tr("The next try is in {span}.")
        return template.format(span=self.span(at - now))

    def held_back(self, connection: Connection) -> str:
        """What does not go on until a person has acted; "" where nothing of the kind holds."""
        if connection.state == "client_too_old":
            return self.tr(
                "What you record still goes out. Cases can be read, but nothing new arrives until the update."
            )
        if connection.reason in DEVICE_HELD:
            return self.tr(
                "Nothing is sent until the office lets this device in again. Nothing that you record is lost."
            )
        if connection.state in NEEDS_SIGN_IN:
            return self.tr("Nothing is sent until you have signed in. Nothing that you record is lost.")
        return ""

    def meanwhile(self, connection: Connection) -> str:
        """That work goes on; "" where there is nothing to say."""
        if connection.online or self.held_back(connection):
            return ""
        return self.tr("Reading and recording go on; what you record is sent when the server is back.")

    def advice(self, connection: Connection) -> str:
        """What the person can do about it, "" for nothing."""
        return self.advice_of(connection.reason) if not connection.online else ""

    def advice_of(self, code: str) -> str:
        """What can be done about a reason, "" for nothing."""
        return self._advice().get(code, "")

    def skew(self, skew: timedelta) -> str:
        """How wrong this computer's clock is, "" below five minutes."""
        if abs(skew) <= SKEW_TOLD:
            return ""
        if skew > timedelta(0):
            template = self.tr(
                "This computer's clock is {span} behind the office's; deadlines are computed by the office's clock."
            )
        else:
            template = self.tr(
                "This computer's clock is {span} ahead of the office's; deadlines are computed by the office's clock."
            )
        return template.format(span=self.span(abs(skew)))

    # -- times -------------------------------------------------------------------------------------------------

    def ago(self, age: timedelta) -> str:
        """ "just now", "2 minutes ago"; a clock that was set back has no negative ages."""
        if age.total_seconds() < _JUST_NOW_S:
            return self.tr("just now")
        template = self.tr("{span} ago")
        return template.format(span=self.span(age))

    def span(self, length: timedelta) -> str:
        """A length of time in its largest unit: seconds below a minute, minutes below an hour, …"""
        seconds = max(0, round(length.total_seconds()))
        if seconds < _JUST_NOW_S:
            return self.tr("%n second(s)", "", max(1, seconds))
        if seconds < 3570:
            return self.tr("%n minute(s)", "", max(1, round(seconds / 60)))
        if seconds < 86_400 * 2:
            return self.tr("%n hour(s)", "", round(seconds / 3600))
        return self.tr("%n day(s)", "", round(seconds / 86_400))

    def clock(self, at: datetime, now: datetime) -> str:
        """A time of day in the office's time, with the date where it is not today's."""
        there, today = self._local(at), self._local(now).date()
        return f"{there:%H:%M}" if there.date() == today else f"{there:%m-%d %H:%M}"

    def _asked_until(self, connection: Connection, now: datetime) -> str:
        failure = connection.failure
        if failure is None or not failure.asked_until or failure.next_try_at is None:
            return ""
        return self.clock(failure.next_try_at, now) if failure.next_try_at > now else ""

    def _advice(self) -> dict[str, str]:
        network = self.tr(
            "If colleagues can work, look at this computer's network; otherwise the server is away and comes back."
        )
        technician = self.tr("If it lasts, copy the details for your technician.")
        address = self.tr("Check the server's address and this computer's network.")
        altered = self.tr("Something on the way changes the answers. Copy the details for your technician.")
        keyring = self.tr("Unlock the keyring, then try now.")
        office = self.tr("Ask your office; what you have recorded is kept.")
        return {
            "no_network": self.tr(
                "Plug the cable in or join a wireless network; the program goes on by itself."
            ),
            "unknown_name": address,
            "bad_address": address,
            "offline": network,
            "refused": network,
            "no_answer": network,
            "too_slow": network,
            "connection_lost": network,
            "cut": self.tr("Restore it in the bar at the top."),
            "untrusted_certificate": self.tr(
                "Somebody may be standing between you and the office, or the city's certificate is missing on this "
                "computer. Nothing has been sent. Type your password nowhere now, and show this to your technician."
            ),
            "certificate_other_name": self.tr(
                "Nothing has been sent. Check the server's address; if it is right, show this to your technician."
            ),
            "certificate_out_of_date": self.tr(
                "Nothing has been sent. Check the date and time of this computer; if they are right, the office has "
                "to renew its certificate."
            ),
            "certificate_not_pinned": self.tr(
                "Somebody may be standing between you and the office, or the office has changed its key without "
                "naming the new one. Nothing has been sent. Type your password nowhere now, and show this to your "
                "technician."
            ),
            "tls_failed": altered,
            "plain_http": address,
            "provider_away": network,
            "unknown_person": office,
            "provider_refused": office,
            "sign_in_not_ours": technician,
            "bad_preset": technician,
            "proxy_failed": self.tr("Check the proxy in the connection settings."),
            "proxy_sign_in": self.tr("Check the proxy in the connection settings, or ask your technician."),
            "captive_portal": self.tr(
                "Open the network's page in the browser, sign in there, and come back. Nothing has been sent."
            ),
            "server_fault": technician,
            "bad_reply": altered,
            "bad_row": altered,
            "unknown_encoding": altered,
            "reply_damaged": altered,
            "reply_truncated": altered,
            "reply_too_large": altered,
            "client_too_old": self.tr("Ask your technician for the new version."),
            "keyring_locked": keyring,
            "keyring_timeout": keyring,
            "keyring_failed": keyring,
            "keyring_missing": keyring,
            "keyring_refused": keyring,
            "keyring_gone": keyring,
            "keyring_other": technician,
            "device_locked": office,
            "device_wipe": office,
            "other_person": self.tr("Sign in as yourself; nothing has been changed."),
            "internal": technician,
        }
