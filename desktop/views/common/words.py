"""The words for codes: why something was refused, failed or has to wait.

One table for every code that the domain, the engine, the server and the lanes may hand up, in the language in force
at the moment of asking. Must not invent a sentence for a code it does not know: it says that, with the code, so that
a person can read it out on the telephone.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.services.background.connection import Connection
from desktop.services.background.errors import DeskError


def error_words(error: DeskError) -> str:
    """A sentence for an error as a page receives it."""
    return _words().of(error.code, error.params)


def code_words(code: str) -> str:
    """A sentence for a bare code: a refused operation in the outbox, a reason of the attempt policy, a problem."""
    return _words().of(code, {})


def connection_words(connection: Connection) -> str:
    """Two or three words for how we stand with the server, as the status bar shows them."""
    return _words().state(connection.state)


def why_not_online(connection: Connection) -> str:
    """Why what needs the server cannot be done now; "" while online. For disabled buttons."""
    return "" if connection.online else _words().offline_reason(connection)


def _words() -> Words:
    return Words()


class Words(QObject):
    """The tables. A QObject for the sake of ``self.tr`` alone."""

    def of(self, code: str, params: dict[str, str | int]) -> str:
        sentence = (self._work() | self._calls() | self._server() | self._store()).get(code)
        if sentence is None:
            unknown = self.tr("It could not be done (reason: %1).")
            return unknown.replace("%1", code)
        for name, value in params.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence

    def state(self, state: str) -> str:
        return {
            "signed_out": self.tr("Signed out"),
            "offline": self.tr("Offline"),
            "connecting": self.tr("Connecting…"),
            "online": self.tr("Online"),
            "sign_in_expired": self.tr("Sign-in expired"),
            "maintenance": self.tr("Server under maintenance"),
            "client_too_old": self.tr("Update needed"),
            "captive_portal": self.tr("Network wants a sign-in"),
        }.get(state, state)

    def offline_reason(self, connection: Connection) -> str:
        return {
            "signed_out": self.tr("You are signed out. Sign in to do this."),
            "offline": self.tr("This needs the server, and there is no connection at the moment."),
            "connecting": self.tr("This needs the server; the connection is being made."),
            "sign_in_expired": self.tr("Your sign-in has expired. Sign in again to do this."),
            "maintenance": self.tr("This needs the server, which is under maintenance."),
            "client_too_old": self.tr("The server asks for a newer version of this program."),
            "captive_portal": self.tr("The network asks for a sign-in of its own before it lets us through."),
        }.get(connection.state, "")

    def _work(self) -> dict[str, str]:
        """What the rules of the work refuse."""
        return {
            "already_acknowledged": self.tr("It has already been acknowledged."),
            "already_supervised": self.tr("This matter is already under supervision."),
            "bad_value": self.tr("A value does not fit its field."),
            "bad_payload": self.tr("The record is not complete or not well formed."),
            "exists": self.tr("It exists already."),
            "field_not_editable": self.tr("This field cannot be changed any more."),
            "incomplete": self.tr("Something required is still missing."),
            "not_found": self.tr("It is no longer here: it was removed or moved out of your scope."),
            "own_act": self.tr("Nobody approves their own act."),
            "out_of_scope": self.tr("It is no longer in your scope."),
            "not_permitted": self.tr("Your role does not permit this."),
            "forbidden": self.tr("Your role does not permit this."),
            "transition_not_legal": self.tr(
                "Its state has changed meanwhile; this step is no longer possible."
            ),
            "field_changed": self.tr("Someone else has changed the same field meanwhile."),
            "version": self.tr("Someone else has changed it meanwhile."),
            "unknown_kind": self.tr("The server does not know this kind of work."),
            "body_differs": self.tr("The server has another record under the same number."),
            "blocked": self.tr("It waits for an earlier entry of the same case."),
            "needs_server": self.tr("This needs the server, and there is no connection at the moment."),
            "in_flight": self.tr("It is being sent at this moment and cannot be changed."),
            "already_sent": self.tr("It has been sent already."),
        }

    def _calls(self) -> dict[str, str]:
        """What the attempt policy, a lease or the line refuses."""
        return {
            "outside_hours": self.tr("Outside the hours in which citizens may be called."),
            "holiday": self.tr("No calls on public holidays."),
            "too_soon": self.tr("Too soon after the last attempt."),
            "attempts_used": self.tr("All permitted attempts have been used."),
            "other_band_needed": self.tr("The next attempt must be at another time of day."),
            "other_day_needed": self.tr("The next attempt must be on another day."),
            "closed": self.tr("This return visit is closed."),
            "past": self.tr("The time lies in the past."),
            "no_visit": self.tr("Nobody is waiting to be called now."),
            "lease_held": self.tr("A colleague is calling this person at the moment."),
            "lease_expired": self.tr("The visit was held too long without a call. Take it again."),
            "contact_resting": self.tr("This person was spoken to within the last day."),
            "number_resting": self.tr("This person was spoken to within the last day."),
            "line_busy": self.tr("The line is in use."),
            "reveal_limit": self.tr("You have looked up as many contacts as one hour permits."),
            "cleared_only": self.tr("Only cleared colleagues may see the identity behind a report."),
        }

    def _server(self) -> dict[str, str]:
        """Why the server cannot be reached or does not answer as it should."""
        return {
            "network": self.tr("The server cannot be reached."),
            "unreachable": self.tr("The server cannot be reached."),
            "offline": self.tr("The server cannot be reached."),
            "cut": self.tr("You have cut the network of the sample city."),
            "name_unknown": self.tr("The server's name is not known on this network."),
            "refused_connection": self.tr("Nothing answers at this address."),
            "timeout": self.tr("The server did not answer in time."),
            "tls": self.tr("The server's certificate is not trusted."),
            "captive_portal": self.tr("The network asks for a sign-in of its own before it lets us through."),
            "bad_reply": self.tr("The answer is not that of a supervision server."),
            "too_large": self.tr("The answer is larger than permitted."),
            "maintenance": self.tr("The server is under maintenance."),
            "service_unavailable": self.tr("The server is under maintenance."),
            "server_error": self.tr("The server reports a fault of its own."),
            "rate_limited": self.tr("Too many requests in a short time. It goes on by itself."),
            "client_too_old": self.tr("The server asks for a newer version of this program."),
            "sign_in_expired": self.tr("Your sign-in has expired. Sign in again."),
            "sign_in_refused": self.tr("The server did not accept the sign-in."),
            "sign_in_cancelled": self.tr("The sign-in was cancelled."),
            "sign_in_timeout": self.tr("The sign-in in the browser was not completed in time."),
            "signed_out": self.tr("You are signed out."),
            "device_locked": self.tr("This device has been locked by the office."),
            "bad_address": self.tr("This is not an address of a server."),
            "clock_backwards": self.tr("The sample clock only moves forward."),
            "retry": self.tr("The server asks to try again later."),
        }

    def _store(self) -> dict[str, str]:
        """Why this machine cannot keep or read what it should."""
        return {
            "disk_full": self.tr("The disk is full. Nothing was lost; make room and try again."),
            "disk_error": self.tr("The disk reports an error."),
            "store_busy": self.tr("The store is busy. Try again in a moment."),
            "store_read_only": self.tr("The store's folder cannot be written to."),
            "store_unreadable": self.tr("The store cannot be read with this key."),
            "store_newer": self.tr("The store was written by a newer version of this program."),
            "profile_in_use": self.tr("This profile is already open in another window."),
            "keyring_locked": self.tr("The system's keyring is locked. Unlock it and try again."),
            "wrong_passphrase": self.tr("The passphrase does not fit."),
            "closing": self.tr("The program is closing."),
            "internal": self.tr("Something unexpected happened ({kind}). It has been written to the log."),
        }
