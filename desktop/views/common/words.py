"""The words for codes: why something was refused, failed or has to wait.

One table for every code that the domain, the engine, the server and the lanes may hand up, in the language in force
at the moment of asking. Must not invent a sentence for a code it does not know: it says that, with the code, so that
a person can read it out on the telephone.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.services.background.connection import Connection
from desktop.services.background.errors import DeskError
from desktop.views.common.inspection_words import RefusalWords
from desktop.views.common.text import plain

_CODE_LIMIT = 60


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
        known = self._work() | self._calls() | self._server() | self._store() | self._files()
        known |= RefusalWords().table()
        sentence = known.get(code)
        if sentence is None:
            unknown = self.tr("It could not be done (reason: %1).")
            return unknown.replace(
                "%1", plain(code, _CODE_LIMIT, single_line=True)
            )  # the server's word, or a stranger's
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
        malformed = self.tr("The record is not complete or not well formed.")
        attachment = self.tr("The server no longer has the file; it is sent again.")
        return {
            "bad_id": malformed,
            "bad_shape": malformed,
            "schema_unknown": self.tr("The server does not know this kind of work."),
            "id_reused": self.tr("The server has another record under the same number."),
            "in_future": self.tr("The time lies in the future."),
            "not_permitted": self.tr("Your role does not permit this."),
            "not_your_draft": self.tr("This draft is a colleague's."),
            "not_your_unit": self.tr("This concerns another unit."),
            "no_rules": self.tr("The server keeps no rules to begin from."),
            "not_your_case": self.tr("A colleague looks after this case; a superior may say otherwise."),
            "already_theirs": self.tr("They look after it already."),
            "unit_not_of_ticket": self.tr("This unit does not handle the ticket."),
            "unit_recused": self.tr("The complaint is about this unit itself; it cannot be addressed."),
            "unknown_code": self.tr("The server does not know this code."),
            "unknown_person": self.tr("The server does not know this person."),
            "unknown_unit": self.tr("The server does not know this unit."),
            "unknown_guidance": self.tr("The server does not know this guidance, or not for this unit."),
            "unknown_upload": attachment,
            "upload_incomplete": attachment,
            "too_many_uploads": self.tr("Too many files are on their way at the same time."),
            "upload_linked": self.tr("The attachment belongs to another record already."),
            "already_acknowledged": self.tr("It has already been acknowledged."),
            "already_supervised": self.tr("This matter is already under supervision."),
            "bad_value": self.tr("A value does not fit its field."),
            "bad_payload": malformed,
            "exists": self.tr("It exists already."),
            "field_not_editable": self.tr("This field cannot be changed any more."),
            "incomplete": self.tr("Something required is still missing."),
            "not_found": self.tr("It is no longer here: it was removed or moved out of your scope."),
            "own_act": self.tr("Nobody approves their own act."),
            "rung_not_permitted": self.tr(
                "By the city's rules this step of supervision is not for your role."
            ),
            "out_of_scope": self.tr("It is no longer in your scope."),
            "forbidden": self.tr("Your role does not permit this."),
            "transition_not_legal": self.tr(
                "Its state has changed meanwhile; this step is no longer possible."
            ),
            "field_changed": self.tr("Someone else has changed the same field meanwhile."),
            "version": self.tr("Someone else has changed it meanwhile."),
            "unknown_kind": self.tr("The server does not know this kind of work."),
            "body_differs": self.tr("The server has another record under the same number."),
            "blocked": self.tr("It waits for an earlier entry of the same case."),
            "already_sent": self.tr("It has been sent already."),
            "not_parked": self.tr("It is no longer waiting to be settled."),
            "settled": self.tr("It is settled already; something newer has taken its place."),
            "already_asked": self.tr("An earlier application on this case still waits for its decision."),
            "case_not_in_hand": self.tr("The case is not in this unit's hands at the moment."),
            "no_due_time": self.tr("The case has no time limit that could be extended."),
            "own_unit": self.tr("Nobody decides what their own unit asked for."),
            "extension_too_often": self.tr("The rule allows no more extensions of this case."),
            "extension_too_long": self.tr("The rule allows no extension of so many days."),
        }

    def _files(self) -> dict[str, str]:
        """Why a file is not taken, not sent, not shown."""
        return {
            "type_not_allowed": self.tr("Files of this kind are not taken."),
            "type_mismatch": self.tr("The file is not what its name says."),
            "empty_file": self.tr("The file is empty."),
            "file_too_large": self.tr("The file is larger than 200 MB."),
            "image_too_large": self.tr("The picture has more pixels than can be shown safely."),
            "image_unreadable": self.tr("The picture is damaged and cannot be shown."),
            "file_unreadable": self.tr("The file cannot be read. Is it still there?"),
            "file_unwritable": self.tr("The file cannot be written there."),
            "file_changed": self.tr("The file was changed while it was being read. Add it again."),
            "bytes_lost": self.tr("The file's content is no longer on this computer. Add it again."),
            "hash_mismatch": self.tr("The file was damaged on its way, twice. Something between changes it."),
            "content_changed": self.tr("The server holds another file in its place."),
            "unknown_about": self.tr("What the file belongs to is not there any more."),
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
            "lease_held": self.tr("A colleague is calling this person at the moment."),
            "held": self.tr("A colleague is calling this person at the moment."),
            "resting": self.tr("This person was spoken to within the last day."),
            "assigned_to_other": self.tr("This visit is assigned to another colleague."),
            "visit_closed": self.tr("This return visit is closed."),
            "visit_over": self.tr("This return visit is over: nothing more is asked about it."),
            "visit_waits": self.tr("A return visit of this case waits already."),
            "not_valid": self.tr("This return visit is not valid: there is nothing to overturn."),
            "already_sent_back": self.tr("The case was sent back after this visit already."),
            "nothing_proposed": self.tr("The answers of this visit propose no rework."),
            "other_channel": self.tr("This return visit is made by another channel, not by telephone."),
            "no_number": self.tr("There is no telephone number for this person."),
            "attempt_not_permitted": self.tr("The rules do not permit a call to this person now."),
            "booking_not_permitted": self.tr("The rules do not permit a booking at this time."),
            "clearance_needed": self.tr("Only cleared colleagues handle the visits of reports."),
            "role_not_allowed": self.tr("Your role does not permit this."),
            "lease_expired": self.tr("The visit was held too long without a call. Take it again."),
            "lease_taken_over": self.tr("A supervisor has taken this person over."),
            "in_field_block": self.tr("A colleague has taken this person along to call without a network."),
            "on_the_telephone": self.tr("A colleague is on the telephone with this person."),
            "block_too_large": self.tr("The city's rules let fewer visits be taken along."),
            "block_too_long": self.tr("The city's rules let visits be taken along for a shorter time."),
            "number_resting": self.tr("This person was spoken to within the last day."),
            "line_busy": self.tr("The line is in use."),
            "no_line": self.tr("No telephone line is set up on this machine. Ctrl+K, “Telephone”."),
            "line_starting": self.tr("The telephone is being got ready."),
            "line_lost": self.tr("The telephone program has ended. It is begun again by itself."),
            "line_program_missing": self.tr("The program baresip is not installed on this machine."),
            "line_account_unfit": self.tr(
                "The telephone's address, extension or password is missing or has signs in it that cannot be used."
            ),
            "line_not_registered": self.tr(
                "The telephone server does not know this extension, or cannot be reached."
            ),
            "line_no_program": self.tr("This system has no program for telephone calls."),
            "line_shows_number": self.tr(
                "This system's telephone program would show the number in the list of processes. An administrator may "
                "allow that."
            ),
            "number_unfit": self.tr("What is on file is not a telephone number that can be dialled."),
            "dialler_bad_reply": self.tr("The city's dialler answered something that cannot be understood."),
            "no_visit": self.tr("Nobody is waiting to be called now."),
            "call_not_in_hand": self.tr("The number is shown for the call in hand only."),
            "override_not_permitted": self.tr("Only the office may set the waiting time aside."),
            "second_person_needed": self.tr("A second cleared colleague has to agree to this."),
            "too_many_reveals": self.tr("You have looked up as many contacts as one hour permits."),
            "own_request": self.tr("Nobody agrees to their own request."),
            "same_device": self.tr("A second person decides on a machine of their own."),
            "request_expired": self.tr("The request has lapsed. Ask again."),
            "request_agreed": self.tr("A colleague has decided already."),
            "request_declined": self.tr("A colleague has declined this request."),
            "request_withdrawn": self.tr("The request was withdrawn."),
            "revealed_already": self.tr("It was shown once already. Ask again."),
            "not_agreed_yet": self.tr("Nobody has agreed to it yet."),
            "second_person_gone": self.tr("Whoever agreed is no longer cleared for this case. Ask again."),
            "not_a_report": self.tr("This case is no report."),
            "not_confidential": self.tr("Only confidential cases know recusals."),
            "cleared_only": self.tr("Only cleared colleagues may see the identity behind a report."),
        }

    def _server(self) -> dict[str, str]:
        """Why the server cannot be reached or does not answer as it should."""
        maintenance = self.tr("The server is under maintenance.")
        strange = self.tr("The answer is not that of a supervision server.")
        anew = self.tr("The cases have to be fetched anew; that happens by itself.")
        return {
            "offline": self.tr("The server cannot be reached."),
            "cut": self.tr("You have cut the network of the sample city."),
            "interrupted": self.tr("It was put off for something more urgent."),
            "no_network": self.tr("This computer has no network connection."),
            "unknown_name": self.tr("The network does not know the server's name."),
            "refused": self.tr("Nothing answers at the server's address."),
            "no_answer": self.tr("The server does not take the connection."),
            "too_slow": self.tr("The server has not answered in time."),
            "connection_lost": self.tr("The connection broke off."),
            "untrusted_certificate": self.tr("The server's certificate is not trusted."),
            "certificate_other_name": self.tr("The server's certificate is made out to another name."),
            "certificate_out_of_date": self.tr("The server's certificate is not valid at this time."),
            "certificate_not_pinned": self.tr(
                "The server's key is not one of those that your office has named."
            ),
            "tls_failed": self.tr("No secure connection could be agreed on."),
            "plain_http": self.tr(
                "This address is not protected on its way. Use one that begins with https://."
            ),
            "proxy_failed": self.tr("The proxy on the way to the server does not let us through."),
            "proxy_sign_in": self.tr("The proxy on the way to the server asks for a sign-in."),
            "captive_portal": self.tr("The network asks for a sign-in of its own before it lets us through."),
            "bad_reply": strange,
            "bad_row": strange,
            "unknown_encoding": strange,
            "reply_damaged": strange,
            "body_damaged": strange,
            "reply_truncated": self.tr("The answer was cut off on its way."),
            "reply_too_large": self.tr("The answer is larger than permitted."),
            "maintenance": maintenance,
            "busy": self.tr("The server is busy and asks us to wait."),
            "server_fault": self.tr("The server reports a fault of its own."),
            "server_error": self.tr("The server reports a fault of its own."),
            "too_many_requests": self.tr("Too many requests in a short time. It goes on by itself."),
            "client_too_old": self.tr("The server asks for a newer version of this program."),
            "no_cursor": anew,
            "bad_cursor": anew,
            "cursor_expired": anew,
            "epoch_changed": anew,
            "scope_changed": anew,
            "snapshot_expired": anew,
            "sign_in_expired": self.tr("Your sign-in has expired. Sign in again."),
            "sign_in_refused": self.tr("The server did not accept the sign-in."),
            "sign_in_cancelled": self.tr("The sign-in was cancelled."),
            "sign_in_timeout": self.tr("The sign-in in the browser was not completed in time."),
            "sign_in_not_ours": self.tr("The answer of the sign-in service does not fit the question asked."),
            "unknown_person": self.tr(
                "The sign-in service knows you, but this server has no account for you. "
                "Ask your administrator for one."
            ),
            "provider_refused": self.tr("The sign-in service did not accept the sign-in."),
            "provider_away": self.tr("The sign-in service of your office cannot be reached."),
            "signed_out": self.tr("You are signed out."),
            "other_device": self.tr("This sign-in belongs to another device."),
            "device_locked": self.tr("This device has been locked by the office."),
            "device_wipe": self.tr("The office has withdrawn this device."),
            "device_mismatch": self.tr("This sign-in belongs to another device."),
            "not_signed_in": self.tr("You are signed out."),
            "token_expired": self.tr("Your sign-in has expired. Sign in again."),
            "bad_address": self.tr("This is not an address of a server."),
            "bad_proxy": self.tr("This is not an address of a proxy."),
            "bad_authority": self.tr("No certificate could be read from this file."),
            "bad_pin": self.tr("A pin has the form sha256/… with 44 signs behind the stroke."),
            "one_pin": self.tr(
                "One pin alone locks everybody out on the day the server's key changes. Name a second."
            ),
            "bad_preset": self.tr(
                "The settings that your administrator has laid down cannot be read, so no connection is made. "
                "Tell them."
            ),
            "bad_time": self.tr("This is not a time the clock can be moved to."),
            "clock_goes_back": self.tr("The sample clock only moves forward."),
            "sample_city_failed": self.tr("The sample city could not be started. Its log says why."),
        }

    def _store(self) -> dict[str, str]:
        """Why this machine cannot keep or read what it should."""
        return {
            "disk_full": self.tr("The disk is full. Nothing was lost; make room and try again."),
            "disk_low": self.tr("The disk is almost full. Make room before you go on; your text stays here."),
            "disk_error": self.tr("The disk reports an error."),
            "store_busy": self.tr("The store is busy. Try again in a moment."),
            "store_read_only": self.tr("The store's folder cannot be written to."),
            "store_unreadable": self.tr("The store cannot be read with this key."),
            "store_damaged": self.tr("Part of the store on this machine cannot be read."),
            "store_folder_missing": self.tr("The store's folder is not there."),
            "store_not_a_file": self.tr("Something else lies in the place of the store."),
            "store_not_opened": self.tr("The system does not let this program open the store."),
            "store_newer": self.tr("The store was written by a newer version of this program."),
            "other_person": self.tr(
                "This store belongs to somebody else, and what they have not sent is in it."
            ),
            "no_identity": self.tr("The server has not said yet who works here."),
            "store_not_upgraded": self.tr("The store could not be upgraded; it is as it was before."),
            "keyring_locked": self.tr("The system's keyring is locked. Unlock it and try again."),
            "keyring_timeout": self.tr("The system's keyring does not answer."),
            "keyring_failed": self.tr("The system's keyring reports an error."),
            "keyring_refused": self.tr("The system's keyring was not unlocked."),
            "keyring_gone": self.tr("The system's keyring has ended."),
            "keyring_other": self.tr("Something else than the key lies in the system's keyring."),
            "keyring_missing": self.tr("The keyring that holds the key to your work is not there."),
            "key_lost": self.tr("The key to the store on this machine is no longer in the keyring."),
            "wrong_passphrase": self.tr("The passphrase does not fit."),
            "wrong_password": self.tr("The password does not fit."),
            "password_unknown": self.tr(
                "This computer cannot check a password of yours. Sign in with the browser instead."
            ),
            "closing": self.tr("The program is closing."),
            "internal": self.tr("Something unexpected happened ({kind}). It has been written to the log."),
        }
