"""Who may do what and who reads what, written down by hand from the design: the expectations of the authority matrix.

Read it as a table of the office's rules. It knows nothing of the server: were a line computed by the product's own
functions, the same mistake would stand on both sides.
"""

from __future__ import annotations

from typing import Final

TARGETS: Final = ("own", "foreign", "confidential", "report", "against", "against_assist", "named")
"""Cases as the liaison of the roads unit stands to them: own; of the water unit; own and confidential; own and a
report (举报); own, and a complaint about the roads unit; led by the water unit, and a complaint about the roads unit,
which assists; own, a report against that very liaison by name, from which the recused officer was recused."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "nobody": (),
    "officer": ("officer",),
    "approve": ("approve",),
    "deputy_director": ("deputy_director",),
    "return_visit": ("return_visit",),
    "liaison": ("liaison",),
    "liaison_of_water": ("liaison",),
    "rule_admin": ("rule_admin",),
    "officer+cleared": ("officer", "cleared"),
    "return_visit+cleared": ("return_visit", "cleared"),
    "recused": ("officer", "cleared"),
    "disabled": ("officer", "approve", "return_visit", "cleared"),
}
"""The people: nobody has no token, the disabled account had every right until it was closed."""

SHUT_OUT: Final = ("nobody", "disabled")
OFFICE: Final = ("officer", "approve", "deputy_director", "return_visit")
CLEARED: Final = ("officer+cleared", "return_visit+cleared")
"""Staff of the office without the clearance, and with it. A rule administrator is none: profiles need no case."""

SIGHT: Final[dict[str, str]] = {
    # A complaint about a unit is treated as confidential, in the office and by the unit that handles it.
    **dict.fromkeys(OFFICE, "AAKRKKR"),
    **dict.fromkeys(CLEARED, "AAAAAAA"),
    "recused": "AAAAAA-",
    "liaison": "U-CV---",
    "liaison_of_water": "-U---C-",
    "rule_admin": "-------",
    **dict.fromkeys(SHUT_OUT, "-------"),
}
"""How a person sees each target: A the office; K the office, a confidential case without the clearance; R the office, a
report without it; U the unit; C the unit, a confidential case; V the unit, a report; - not at all, as if there were no
such case."""

ROWS: Final[dict[str, str]] = {
    "ticket": "AKRUCV",
    "entry": "AKRUCV",
    "office_entry": "AKR",
    "urge": "AKRUCV",
    "issued_notice": "AKRUCV",
    "draft_notice": "AKR",
    "done_visit": "AKRUCV",
    "waiting_visit": "AKR",
    "attempt": "AKR",
    "finding": "AKRUCV",
    "draft_finding": "",
    "finding_reply": "AKRUCV",
    "office_note": "AKR",
    "unit_note": "AKRUCV",
    "draft_ticket": "AKR",
    "case_file": "AKRUCV",
    "office_file": "AKR",
    "unit_file": "AKRUCV",
    "application": "AKRUCV",
    "instruction": "AKRUCV",
    "urgent_report": "AKR",
    "inquiry": "AKRUCV",
}
"""The rows of a case and by which sight they are received. A finding's draft is its author's alone."""

TEXTS: Final[dict[str, str]] = {
    "ticket.title": "AKUC",
    "ticket.request_text": "AKUC",
    "ticket.unit_answer": "AKUC",
    "ticket.sent_answer": "AKUC",
    "ticket.address": "AKUC",
    "ticket.requester_label": "AU",
    "ticket.phone_tail": "A",
    "ticket.contact_id": "A",
    "ticket.care_flags": "A",
    "entry.text": "AKUC",
    "office_entry.text": "AK",
    "urge.answer": "AKUCV",
    "urge.text": "AKUCV",
    "issued_notice.ground": "AKUCV",
    "issued_notice.requirement": "AKUCV",
    "draft_notice.ground": "AK",
    "done_visit.note": "AK",
    "done_visit.completed_by": "AKR",
    "done_visit.answers.note": "AK",
    "done_visit.answers.still_missing": "AK",
    "waiting_visit.note": "AK",
    "attempt.note": "AK",
    "finding.facts": "AKUCV",
    "finding.requirement": "AKUCV",
    "draft_finding.facts": "",
    "finding_reply.text": "AKUCV",
    "office_note.text": "AK",
    "unit_note.text": "AKUCV",
    "draft_ticket.text": "AK",
    "case_file.name": "AKUC",
    "office_file.name": "AK",
    "unit_file.name": "AKUCV",
    "application.reason": "AKUCV",
    "application.decision": "AKUCV",
    "application.citizen_words": "AKUCV",
    "instruction.text": "AKUCV",
    # What the office told the leader is the office's, and so is who of it did.
    "instruction.feedback": "AK",
    "instruction.by_name": "AKR",
    "urgent_report.what": "AK",
    "urgent_report.recipients": "AK",
    "done_visit.challenges.reason": "AK",
    "done_visit.challenges.decision": "AK",
    "done_visit.sent_back.text": "AK",
    "inquiry.text": "AKUCV",
    "inquiry.answer": "AKUCV",
    # What the office makes of the answer is the office's own.
    "inquiry.settled": "AK",
    "contact.name": "",
    "contact.phone": "",
    "secret_text": "",
}
"""What is written in a case and by which sight it is read. Whatever is not read is nowhere in the reply. Name, number
and the unredacted text are in no row at all; the text of a report counts as identity, but what the office and a unit
wrote to each other is read by that unit."""

_NO_CASE = "404 404 404 404 404 404 404"
_IN_SIGHT = {
    **dict.fromkeys((*OFFICE, *CLEARED), "200 200 200 200 200 200 200"),
    "recused": "200 200 200 200 200 200 404",
    "liaison": "200 404 200 200 404 404 404",
    "liaison_of_water": "404 200 404 404 404 200 404",
    "rule_admin": _NO_CASE,
}
_FILE_OF_THE_CASE = {
    **dict.fromkeys(OFFICE, "200 200 200 404 200 200 404"),
    **dict.fromkeys(CLEARED, "200 200 200 200 200 200 200"),
    "recused": "200 200 200 200 200 200 404",
    "liaison": "200 404 200 404 404 404 404",
    "liaison_of_water": "404 200 404 404 404 200 404",
    "rule_admin": _NO_CASE,
}
_FILE_OF_THE_OFFICE = _FILE_OF_THE_CASE | {"liaison": _NO_CASE, "liaison_of_water": _NO_CASE}
_FILE_TO_THE_UNIT = _FILE_OF_THE_CASE | {"liaison": "200 404 200 200 404 404 404"}
_ANNOUNCED = {column: row.replace("200", "201") for column, row in _FILE_OF_THE_CASE.items()}
_UNITS = ("liaison", "liaison_of_water")
_NOT_MINE = dict.fromkeys((*OFFICE, *CLEARED, "recused", *_UNITS, "rule_admin"), _NO_CASE)
_NO_REPORT = "200 200 200 403 200 200 403"
"""Of a report nobody sees anything alone, with the clearance or without."""
_REVEALED = {
    **dict.fromkeys(("officer", "approve", "deputy_director", "officer+cleared"), _NO_REPORT),
    **dict.fromkeys(("return_visit", "return_visit+cleared"), "403 403 403 403 403 403 403"),
    "recused": "200 200 200 403 200 200 404",
    "liaison": "403 404 403 403 404 404 404",
    "liaison_of_water": "404 403 404 404 404 403 404",
    "rule_admin": _NO_CASE,
}
_IN_THE_CALL = dict.fromkeys(("return_visit", "return_visit+cleared"), _NO_REPORT)
_MAY_NOT_CALL = "403 403 403 403 403 403 403"
_CLAIMED = {
    # The number behind a report goes to cleared callers; an officer sees it by two persons or not at all.
    **dict.fromkeys(("officer", "return_visit", "officer+cleared", "recused"), "201 201 201 404 201 201 404"),
    "return_visit+cleared": "201 201 201 201 201 201 201",
    **dict.fromkeys(("approve", "deputy_director", *_UNITS, "rule_admin"), _MAY_NOT_CALL),
}
_HELD = {
    **dict.fromkeys(("officer", "return_visit", "officer+cleared", "recused"), "200 200 200 404 200 200 404"),
    "return_visit+cleared": "200 200 200 200 200 200 200",
    **dict.fromkeys(("approve", "deputy_director", *_UNITS, "rule_admin"), _NO_CASE),
}

_NOT_THEIRS = {"liaison": "403 404 403 403 404 404 404", "liaison_of_water": "404 403 404 404 404 403 404"}
_ASKED = {
    # Asking is for cleared officers and for reports; who may not learns no more than that the case is there.
    **dict.fromkeys((*OFFICE, "return_visit+cleared"), "403 403 403 403 403 403 403"),
    "officer+cleared": "409 409 409 201 409 409 201",
    "recused": "409 409 409 201 409 409 404",
    **_NOT_THEIRS,
    "rule_admin": _NO_CASE,
}
_OWN_REQUEST = _NOT_MINE | {
    "officer+cleared": "404 404 404 409 404 404 409",
    "recused": "404 404 404 409 404 404 404",
}
_OWN_DECISION = {column: row.replace("409", "403") for column, row in _OWN_REQUEST.items()}
_AGREED = {
    "officer+cleared": "404 404 404 200 404 404 200",
    "recused": "404 404 404 200 404 404 404",
}
_SECOND = _NOT_MINE | _AGREED
_MAY_NOT_ASK = "403 403 403 403 403 403 403"
_ACCESS = {
    # Of a confidential case and of a report, that it is this person's is what may not be told.
    **dict.fromkeys(("approve", "deputy_director"), "200 200 404 404 404 404 404"),
    **dict.fromkeys(("officer", "return_visit", *CLEARED, "recused", *_UNITS, "rule_admin"), _MAY_NOT_ASK),
}
_LIFTED = {
    **dict.fromkeys(("approve", "deputy_director"), "204 204 204 204 204 204 204"),
    **dict.fromkeys(("officer", "return_visit", *CLEARED), "403 403 403 403 403 403 403"),
    "recused": "403 403 403 403 403 403 404",
    **_NOT_THEIRS,
    "rule_admin": _NO_CASE,
}
_RECUSED = {
    **dict.fromkeys(("approve", "deputy_director"), "409 409 204 204 204 204 204"),
    **dict.fromkeys(("officer", "return_visit", *CLEARED), "403 403 403 403 403 403 403"),
    "recused": "403 403 403 403 403 403 404",
    **_NOT_THEIRS,
    "rule_admin": _NO_CASE,
}

_PRESENT = {
    # Who of the office is on a case no unit learns, whether or not the case is its own.
    **dict.fromkeys((*OFFICE, *CLEARED), "204 204 204 204 204 204 204"),
    "recused": "204 204 204 204 204 204 404",
    **dict.fromkeys((*_UNITS, "rule_admin"), "403 403 403 403 403 403 403"),
}

_API = "/api/v1"
CASE_LINES: Final[dict[tuple[str, str], dict[str, str]]] = {
    (f"GET {_API}/tickets/{{ticket_id}}", ""): _IN_SIGHT,
    (f"GET {_API}/sync/operations/{{op_id}}", "a colleague's"): _NOT_MINE,
    (f"GET {_API}/attachments/{{content_id}}/content", "of the case"): _FILE_OF_THE_CASE,
    (f"GET {_API}/attachments/{{content_id}}/content", "of the office"): _FILE_OF_THE_OFFICE,
    (f"GET {_API}/attachments/{{content_id}}/content", "to the unit"): _FILE_TO_THE_UNIT,
    (f"GET {_API}/attachments/{{content_id}}/content", "a colleague's, not linked"): _NOT_MINE,
    (f"HEAD {_API}/attachments/{{content_id}}/content", "of the case"): _FILE_OF_THE_CASE,
    (f"HEAD {_API}/attachments/{{content_id}}/content", "of the office"): _FILE_OF_THE_OFFICE,
    (f"HEAD {_API}/attachments/{{content_id}}/content", "to the unit"): _FILE_TO_THE_UNIT,
    (f"HEAD {_API}/attachments/{{upload_id}}/upload", "a colleague's"): _NOT_MINE,
    (f"PATCH {_API}/attachments/{{upload_id}}/upload", "a colleague's"): _NOT_MINE,
    (f"POST {_API}/attachments", ""): _ANNOUNCED,
    (f"HEAD {_API}/attachments/{{upload_id}}/upload", "just announced"): _FILE_OF_THE_CASE,
    (f"PATCH {_API}/attachments/{{upload_id}}/upload", "just announced"): _FILE_OF_THE_CASE,
    (f"GET {_API}/attachments/{{content_id}}/content", "just sent"): _FILE_OF_THE_CASE,
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone"): _REVEALED,
    # The unredacted text is read by those who read the request, on demand; a unit reads it redacted.
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "request_text"): _REVEALED | _IN_THE_CALL,
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, first contact due"): _REVEALED
    | {"liaison": "200 404 403 403 404 404 404", "liaison_of_water": "404 200 404 404 404 403 404"},
    (f"POST {_API}/visits/{{visit_id}}/lease", ""): _CLAIMED,
    (f"PUT {_API}/visit-leases/{{lease_id}}", "a colleague's"): _NOT_MINE,
    (f"POST {_API}/visit-leases/{{lease_id}}/dialling", "a colleague's"): _NOT_MINE,
    (f"DELETE {_API}/visit-leases/{{lease_id}}", "a colleague's"): _NOT_MINE,
    (f"PUT {_API}/visit-leases/{{lease_id}}", "just claimed"): _HELD,
    (f"POST {_API}/visit-leases/{{lease_id}}/dialling", "just claimed"): _HELD,
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, call in hand"): _REVEALED | _IN_THE_CALL,
    (f"PUT {_API}/presence", ""): _PRESENT,
    (f"POST {_API}/report-reveals", ""): _ASKED,
    (f"POST {_API}/report-reveals/{{request_id}}/decision", "one's own"): _OWN_DECISION,
    (f"POST {_API}/report-reveals/{{request_id}}/reveal", "not agreed yet"): _OWN_REQUEST,
    (f"POST {_API}/report-reveals/{{request_id}}/reveal", "agreed"): _OWN_REQUEST | _AGREED,
    (f"DELETE {_API}/report-reveals/{{request_id}}", "a colleague's"): _NOT_MINE,
    (f"POST {_API}/report-reveals/{{request_id}}/reveal", "a colleague's"): _NOT_MINE,
    (f"POST {_API}/report-reveals/{{request_id}}/decision", "a colleague's"): _SECOND,
    (f"DELETE {_API}/report-reveals/{{request_id}}", "used"): _OWN_REQUEST,
    (f"GET {_API}/requesters/{{requester_id}}/access", "by case"): _ACCESS,
    (f"DELETE {_API}/tickets/{{ticket_id}}/recusals/{{person_id}}", "a colleague's"): _LIFTED,
    (f"POST {_API}/tickets/{{ticket_id}}/recusals", "of a colleague"): _RECUSED,
    (f"DELETE {_API}/visit-leases/{{lease_id}}", "just claimed"): {
        column: row.replace("200", "204") for column, row in _HELD.items()
    },
}
"""(operation, which thing) → by column the status for each target. Without a session every one is 401.

In the order in which they are asked. Where a person does not see the case, the reply is that for an id nobody has.
"""

SHOWN: Final[dict[tuple[str, str], str]] = {
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone"): "contact.phone",
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "request_text"): "secret_text",
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, first contact due"): "contact.phone",
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, call in hand"): "contact.phone",
    (f"POST {_API}/visits/{{visit_id}}/lease", ""): "contact.phone",
    (f"POST {_API}/report-reveals/{{request_id}}/reveal", "agreed"): "contact.phone",
    (f"GET {_API}/requesters/{{requester_id}}/access", "by case"): "ticket.contact_id",
}
"""The one secret that a granted request shows. All other replies to these lines show none; a ticket shows its own."""

_EVERYBODY = dict.fromkeys(COLUMNS, 200)


def _signed_in(status: int) -> dict[str, int]:
    return dict.fromkeys(COLUMNS, status) | dict.fromkeys(SHUT_OUT, 401)


_KEPT_FROM_CALLS = dict.fromkeys((*_UNITS, "rule_admin"), 403)

OTHER_LINES: Final[dict[tuple[str, str], dict[str, int]]] = {
    ("GET /.well-known/oauth-authorization-server", ""): _EVERYBODY,
    (f"GET {_API}/meta", ""): _EVERYBODY,
    (f"GET {_API}/sample/people", ""): _EVERYBODY,
    ("GET /oauth/authorize", ""): _EVERYBODY,
    ("POST /oauth/authorize", "with the right password"): dict.fromkeys(COLUMNS, 303)
    | dict.fromkeys(SHUT_OUT, 403),
    ("POST /oauth/token", "refresh"): _EVERYBODY | dict.fromkeys(SHUT_OUT, 400),
    ("POST /oauth/token", "by name"): _EVERYBODY | dict.fromkeys(SHUT_OUT, 400),
    (f"GET {_API}/me", ""): _signed_in(200),
    (f"GET {_API}/profile", ""): _signed_in(200),
    (f"GET {_API}/profile/versions/{{version}}", "the first"): _signed_in(200),
    (f"GET {_API}/profile/versions", ""): _signed_in(200),
    (f"GET {_API}/profile/calendar", ""): _signed_in(200),
    # Who may is told that this is not the next version, all others that they may not.
    (f"POST {_API}/profile/publish", "the first again"): _signed_in(403) | {"rule_admin": 409},
    (f"POST {_API}/devices", "this one"): _signed_in(200),
    (f"POST {_API}/devices", "a colleague's"): _signed_in(403),
    (f"GET {_API}/devices/{{device_id}}", "this one"): _signed_in(200),
    (f"GET {_API}/devices/{{device_id}}", "a colleague's"): _signed_in(404),
    (f"DELETE {_API}/devices/{{device_id}}", "a colleague's"): _signed_in(404),
    (f"GET {_API}/sync/snapshots/{{snapshot_id}}", "a colleague's"): _signed_in(410),
    (f"GET {_API}/sync/changes", "a colleague's cursor"): _signed_in(410),
    (f"GET {_API}/sync/digest", ""): _signed_in(200),
    (f"POST {_API}/sync/operations", "as a colleague's device"): _signed_in(403),
    (f"POST {_API}/sync/operations", "nothing"): _signed_in(200),
    (f"POST {_API}/audit/acts", ""): _signed_in(200),
    (f"GET {_API}/presence", ""): _signed_in(200),
    (f"POST {_API}/kept-keys/open", "no box of theirs"): _signed_in(404),
    (f"GET {_API}/report-reveals", ""): _signed_in(200),
    (f"GET {_API}/audit", ""): _signed_in(403) | dict.fromkeys(("approve", "deputy_director"), 200),
    (f"GET {_API}/requesters/{{requester_id}}/access", "nobody's"): _signed_in(403)
    | dict.fromkeys(("approve", "deputy_director"), 404),
    (f"GET {_API}/visit-leases", ""): _signed_in(200) | _KEPT_FROM_CALLS,
    (f"POST {_API}/visit-blocks", "larger than the rules let"): _signed_in(422)
    | _KEPT_FROM_CALLS
    | dict.fromkeys(("approve", "deputy_director"), 403),
    (f"DELETE {_API}/visit-blocks/{{block_id}}", "nobody's"): _signed_in(404),
    (f"POST {_API}/sample/clock", ""): _signed_in(200),
    (f"DELETE {_API}/devices/{{device_id}}", "another of one's own"): _signed_in(204),
    (f"POST {_API}/devices/self/wipe-ack", ""): _signed_in(204),
    ("POST /oauth/revoke", ""): _EVERYBODY,
}
"""Operations that name no case: by column the status. In the order in which they are asked."""

PULL_LINES: Final = (
    f"POST {_API}/sync/snapshots",
    f"GET {_API}/sync/snapshots/{{snapshot_id}}",
    f"GET {_API}/sync/changes",
)
"""Operations that bring rows: every target's rows and texts as ROWS and TEXTS say; 401 without a session."""

CLAIM_NEXT: Final[dict[str, str]] = {
    **dict.fromkeys(("officer", "return_visit", "officer+cleared", "recused"), "yyynyyn"),
    "return_visit+cleared": "yyyyyyy",
}
"""POST /visit-leases/claim-next: whether each target's waiting visit is ever handed out. To all others: 403."""


WORDS: Final = {"a": "applied", "r": "rejected", "o": "out_of_scope"}
