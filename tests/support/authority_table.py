"""Who may do what and who reads what, written down by hand from the design: the expectations of the authority matrix.

Read it as a table of the office's rules. It knows nothing of the server: were a line computed by the product's own
functions, the same mistake would stand on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

TARGETS: Final = ("own", "foreign", "confidential", "report", "against", "against_assist")
"""Cases as the liaison of the roads unit stands to them: own; of the water unit; own and confidential; own and a
report (举报); own, and a complaint about the roads unit; led by the water unit, and a complaint about the roads unit,
which assists."""

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
    "disabled": ("officer", "approve", "return_visit", "cleared"),
}
"""The people: nobody has no token, the disabled account had every right until it was closed."""

SHUT_OUT: Final = ("nobody", "disabled")
OFFICE: Final = ("officer", "approve", "deputy_director", "return_visit")
"""Staff of the office without the clearance. A rule administrator is none: profiles need no case."""

SIGHT: Final[dict[str, str]] = {
    **dict.fromkeys(OFFICE, "AAARAA"),
    "officer+cleared": "AAAAAA",
    "liaison": "U-CV--",
    # A complaint about a unit is treated as confidential, also by the unit that handles it.
    "liaison_of_water": "-U---C",
    "rule_admin": "------",
    **dict.fromkeys(SHUT_OUT, "------"),
}
"""How a person sees each target: A the office; R the office, a report without the clearance; U the unit; C the unit, a
confidential case; V the unit, a report; - not at all, as if there were no such case."""

ROWS: Final[dict[str, str]] = {
    "ticket": "ARUCV",
    "entry": "ARUCV",
    "office_entry": "AR",
    "urge": "ARUCV",
    "issued_notice": "ARUCV",
    "draft_notice": "AR",
    "done_visit": "ARUCV",
    "waiting_visit": "AR",
    "attempt": "AR",
    "finding": "ARUCV",
    "draft_finding": "",
    "finding_reply": "ARUCV",
    "office_note": "AR",
    "unit_note": "ARUCV",
    "draft_ticket": "AR",
    "case_file": "ARUCV",
    "office_file": "AR",
    "unit_file": "ARUCV",
}
"""The rows of a case and by which sight they are received. A finding's draft is its author's alone."""

TEXTS: Final[dict[str, str]] = {
    "ticket.title": "AUC",
    "ticket.request_text": "AUC",
    "ticket.unit_answer": "AUC",
    "ticket.address": "AUC",
    "ticket.requester_label": "AU",
    "ticket.phone_tail": "A",
    "ticket.contact_id": "A",
    "ticket.care_flags": "A",
    "entry.text": "AUC",
    "office_entry.text": "A",
    "urge.answer": "AUCV",
    "urge.text": "AUCV",
    "issued_notice.ground": "AUCV",
    "issued_notice.requirement": "AUCV",
    "draft_notice.ground": "A",
    "done_visit.note": "A",
    "done_visit.completed_by": "AR",
    "done_visit.answers.note": "A",
    "done_visit.answers.still_missing": "A",
    "waiting_visit.note": "A",
    "attempt.note": "A",
    "finding.facts": "AUCV",
    "finding.requirement": "AUCV",
    "draft_finding.facts": "",
    "finding_reply.text": "AUCV",
    "office_note.text": "A",
    "unit_note.text": "AUCV",
    "draft_ticket.text": "A",
    "case_file.name": "AUC",
    "office_file.name": "A",
    "unit_file.name": "AUCV",
    "contact.name": "",
    "contact.phone": "",
    "secret_text": "",
}
"""What is written in a case and by which sight it is read. Whatever is not read is nowhere in the reply. Name, number
and the unredacted text are in no row at all; the text of a report counts as identity, but what the office and a unit
wrote to each other is read by that unit."""

_NO_CASE = "404 404 404 404 404 404"
_IN_SIGHT = {
    **dict.fromkeys(OFFICE, "200 200 200 200 200 200"),
    "officer+cleared": "200 200 200 200 200 200",
    "liaison": "200 404 200 200 404 404",
    "liaison_of_water": "404 200 404 404 404 200",
    "rule_admin": _NO_CASE,
}
_FILE_OF_THE_CASE = {
    **dict.fromkeys(OFFICE, "200 200 200 404 200 200"),
    "officer+cleared": "200 200 200 200 200 200",
    "liaison": "200 404 200 404 404 404",
    "liaison_of_water": "404 200 404 404 404 200",
    "rule_admin": _NO_CASE,
}
_FILE_OF_THE_OFFICE = _FILE_OF_THE_CASE | {"liaison": _NO_CASE, "liaison_of_water": _NO_CASE}
_FILE_TO_THE_UNIT = _FILE_OF_THE_CASE | {"liaison": "200 404 200 200 404 404"}
_ANNOUNCED = {column: row.replace("200", "201") for column, row in _FILE_OF_THE_CASE.items()}
_UNITS = ("liaison", "liaison_of_water")
_NOT_MINE = dict.fromkeys((*OFFICE, "officer+cleared", *_UNITS, "rule_admin"), _NO_CASE)
_REVEALED = {
    **dict.fromkeys(("officer", "approve", "deputy_director", "officer+cleared"), "200 200 200 403 200 200"),
    "return_visit": "403 403 403 403 403 403",
    "liaison": "403 404 403 403 404 404",
    "liaison_of_water": "404 403 404 404 404 403",
    "rule_admin": _NO_CASE,
}
_MAY_NOT_CALL = "403 403 403 403 403 403"
_CLAIMED = {
    **dict.fromkeys(("officer", "return_visit"), "201 201 201 404 201 201"),
    "officer+cleared": "201 201 201 201 201 201",
    **dict.fromkeys(("approve", "deputy_director", *_UNITS, "rule_admin"), _MAY_NOT_CALL),
}
_HELD = {
    **dict.fromkeys(("officer", "return_visit"), "200 200 200 404 200 200"),
    "officer+cleared": "200 200 200 200 200 200",
    **dict.fromkeys(("approve", "deputy_director", *_UNITS, "rule_admin"), _NO_CASE),
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
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "request_text"): _REVEALED
    | {"return_visit": "200 200 200 403 200 200"},
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, first contact due"): _REVEALED
    | {"liaison": "200 404 403 403 404 404", "liaison_of_water": "404 200 404 404 404 403"},
    (f"POST {_API}/visits/{{visit_id}}/lease", ""): _CLAIMED,
    (f"PUT {_API}/visit-leases/{{lease_id}}", "a colleague's"): _NOT_MINE,
    (f"POST {_API}/visit-leases/{{lease_id}}/dialling", "a colleague's"): _NOT_MINE,
    (f"DELETE {_API}/visit-leases/{{lease_id}}", "a colleague's"): _NOT_MINE,
    (f"PUT {_API}/visit-leases/{{lease_id}}", "just claimed"): _HELD,
    (f"POST {_API}/visit-leases/{{lease_id}}/dialling", "just claimed"): _HELD,
    (f"POST {_API}/contacts/{{contact_id}}/reveal", "phone, call in hand"): _REVEALED
    | {"return_visit": "200 200 200 403 200 200"},
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
}
"""The one secret that a granted request shows. All other replies to these lines show none; a ticket shows its own."""

_EVERYBODY = dict.fromkeys(COLUMNS, 200)


def _signed_in(status: int) -> dict[str, int]:
    return dict.fromkeys(COLUMNS, status) | dict.fromkeys(SHUT_OUT, 401)


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
    **dict.fromkeys(("officer", "return_visit"), "yyynyy"),
    "officer+cleared": "yyyyyy",
}
"""POST /visit-leases/claim-next: whether each target's waiting visit is ever handed out. To all others: 403."""


@dataclass(frozen=True)
class PushLine:
    """One kind and what becomes of it for each target: a applied, r rejected, o out of scope.

    Columns that are not named are rejected for their role, whatever the case. ``addressee`` is the unit that the
    operation or its row is for: "lead" the one that handles the case, "unit" a liaison's own, if it has to do with it.
    """

    outcomes: dict[str, str] = field(default_factory=dict)
    addressee: str = "lead"


def _by(*columns: str, office: str, unit: str = "") -> dict[str, str]:
    """``office`` is without the clearance; with it a report is a case like any other."""
    made = dict.fromkeys(columns, office)
    if "officer" in columns:
        with_clearance = {"aaarra": "aaaara", "aaaraa": "aaaaaa"}
        made["officer+cleared"] = with_clearance.get(office, office)
    return made | ({"liaison": unit, "liaison_of_water": "oaoooa"} if unit else {})


_OFFICER = _by("officer", office="aaaraa")
_TO_A_UNIT = _by("officer", office="aaarra")
_UNIT = _by(office="", unit="aoaaoo")
PUSH_LINES: Final[dict[tuple[str, str], PushLine]] = {
    ("ticket.urge", ""): PushLine(_TO_A_UNIT),
    ("urge.acknowledge", ""): PushLine(_UNIT, "unit"),
    ("notice.create", ""): PushLine(_TO_A_UNIT),
    ("notice.edit", ""): PushLine(_OFFICER),
    ("notice.edit", "a colleague's"): PushLine(_by("officer", office="rrrrrr")),
    ("notice.submit", ""): PushLine(_OFFICER),
    ("notice.submit", "a colleague's"): PushLine(_by("officer", office="rrrrrr")),
    ("notice.approve", ""): PushLine(_by("approve", "deputy_director", office="aaarra")),
    ("notice.approve", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrr")),
    ("notice.return", ""): PushLine(_by("approve", "deputy_director", office="aaaraa")),
    ("notice.return", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrr")),
    ("notice.withdraw", ""): PushLine(_by("officer", "approve", "deputy_director", office="aaaraa")),
    ("notice.reply", ""): PushLine(_UNIT, "unit"),
    ("visit.schedule", ""): PushLine(_by("officer", "return_visit", office="aaaraa")),
    ("visit.attempt", ""): PushLine(_by("officer", "return_visit", office="aaaraa")),
    ("visit.complete", ""): PushLine(_by("officer", "return_visit", office="aaaraa")),
    ("finding.create", ""): PushLine(_TO_A_UNIT),
    ("finding.edit", ""): PushLine(_OFFICER),
    ("finding.edit", "a colleague's draft"): PushLine(_by("officer", office="oooooo")),
    ("finding.file", ""): PushLine(_TO_A_UNIT),
    ("finding.file", "a colleague's draft"): PushLine(_by("officer", office="oooooo")),
    ("finding.acknowledge", ""): PushLine(_UNIT, "unit"),
    ("finding.reply", ""): PushLine(_UNIT, "unit"),
    ("finding.confirm", ""): PushLine(_OFFICER),
    ("finding.withdraw", ""): PushLine(_OFFICER),
    ("finding.rectify", ""): PushLine(_UNIT, "unit"),
    ("finding.verify", ""): PushLine(_OFFICER),
    ("finding.return", ""): PushLine(_OFFICER),
    ("note.add", ""): PushLine(_by(*OFFICE, office="aaaraa", unit="aoaaoo"), "unit"),
    # Words left to the office are shown to nobody who lacks the clearance, their author included.
    ("note.hand_over", ""): PushLine(_by(*OFFICE, office="aaaaaa", unit="aoaaoo"), "unit"),
    ("attachment.link", ""): PushLine(_by(*OFFICE, office="aaaraa", unit="aoaroo"), "unit"),
}
"""(kind, which row) → what becomes of it. A unit that is complained of is nobody's addressee."""

WORDS: Final = {"a": "applied", "r": "rejected", "o": "out_of_scope"}
