"""The cases and the people of the authority matrix: every text of every case is like no other text.

What may be done with them stands in :mod:`authority_table`.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import requests
from msgspec.structs import replace
from sqlalchemy import insert

from central.loader import Contact
from central.tables import upload, upload_chunk
from desktop.models.domain.entities import (
    Answers,
    Attachment,
    Challenge,
    DraftTicket,
    Person,
    Role,
    Row,
    SentBack,
    Ticket,
)

from .authority_table import COLUMNS, SHUT_OUT, TARGETS, TEXTS
from .builders import (
    NOW,
    make_application,
    make_attempt,
    make_finding,
    make_finding_reply,
    make_inquiry,
    make_instruction,
    make_note,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
    make_urgent_report,
    make_visit,
)
from .central_office import Hand, Office
from .files import photo

PASSWORD = "long-enough-for-a-test"
DATA = photo()
DIGEST = sha256(DATA).hexdigest()
UNIT_OF = {"liaison": "u-roads", "liaison_of_water": "u-water"}
COLLEAGUE = "visitor2"
"""The login of the colleague whose things nobody else's request may reach."""
_count = itertools.count(1)
_SHAPES: dict[str, dict[str, Any]] = {
    "own": {"unit_id": "u-roads"},
    "foreign": {"unit_id": "u-water"},
    "confidential": {"unit_id": "u-roads", "level": "confidential"},
    "report": {"unit_id": "u-roads", "level": "report", "request_type": "report"},
    "against": {"unit_id": "u-roads", "against_unit_id": "u-roads"},
    "against_assist": {
        "unit_id": "u-water",
        "assist_unit_ids": ("u-roads",),
        "against_unit_id": "u-roads",
    },
    "named": {
        "unit_id": "u-roads",
        "level": "report",
        "request_type": "report",
        "against_person_ids": ("p-col-liaison",),
        "recused_person_ids": ("p-col-recused",),
    },
}
if tuple(_SHAPES) != TARGETS:
    raise RuntimeError("every target of the table has its shape here")


def mark() -> str:
    """A text that occurs nowhere else."""
    return f"秘{next(_count):06d}密"


def word_id() -> str:
    """An id that occurs nowhere else, of the alphabet of ids."""
    return f"kx{next(_count):06d}xk"


@dataclass(frozen=True)
class Case:
    """A case with what hangs on it. ``texts`` by the names of the table; ``rows`` likewise."""

    ticket: Ticket
    contact: Contact
    secret: str
    rows: dict[str, Row]
    texts: dict[str, str]

    def load_into(self, office: Office) -> None:
        """As an import would."""
        load(office, [self])


def load(office: Office, cases: Iterable[Case]) -> None:
    """Load cases with their identities in one go."""
    cases = list(cases)
    rows = [row for case in cases for row in case.rows.values()]
    office.load(
        *rows,
        contacts=tuple(case.contact for case in cases),
        texts=tuple((case.ticket.id, case.secret) for case in cases),
    )


def small_case(target: str, make: Callable[[Ticket], Row] | None = None, **fields: Any) -> Case:
    """A case with at most one row beside it, "row"; nobody's text is in it but the identity's."""
    name, secret = mark(), mark()
    ticket = make_ticket(contact_id=word_id(), request_text="", **(_SHAPES[target] | fields))
    phone = f"139{next(_count):08d}"
    rows: dict[str, Row] = {"ticket": ticket}
    if make is not None:
        rows["row"] = make(ticket)
    texts = {"contact.name": name, "contact.phone": phone, "secret_text": secret}
    return Case(ticket, Contact(ticket.contact_id, name, phone, True), secret, rows, texts)


def full_case(target: str) -> Case:
    """A case with a row of every line of the table's ROWS, every text of TEXTS marked."""
    t = {name: mark() for name in TEXTS}
    t["ticket.contact_id"], t["contact.phone"] = word_id(), f"137{next(_count):08d}"
    ticket = make_ticket(
        title=t["ticket.title"],
        request_text=t["ticket.request_text"],
        unit_answer=t["ticket.unit_answer"],
        sent_answer=t["ticket.sent_answer"],
        address=t["ticket.address"],
        requester_label=t["ticket.requester_label"],
        phone_tail=t["ticket.phone_tail"],
        contact_id=t["ticket.contact_id"],
        care_flags=(t["ticket.care_flags"],),
        **_SHAPES[target],
    )
    answers = Answers(
        identity_confirmed=True,
        still_missing=t["done_visit.answers.still_missing"],
        note=t["done_visit.answers.note"],
    )
    waiting = make_visit(ticket, note=t["waiting_visit.note"])
    issued = {"state": "issued", "issued_at": NOW, "requirement": t["issued_notice.requirement"]}
    finding = make_finding(ticket, facts=t["finding.facts"], requirement=t["finding.requirement"])
    rows: dict[str, Row] = {
        "ticket": ticket,
        "entry": make_timeline_entry(ticket, text=t["entry.text"]),
        "office_entry": make_timeline_entry(ticket, text=t["office_entry.text"], office_only=True),
        "urge": make_urge(ticket, answer=t["urge.answer"], text=t["urge.text"]),
        "issued_notice": make_notice(ticket, ground=t["issued_notice.ground"], **issued),
        "draft_notice": make_notice(ticket, ground=t["draft_notice.ground"]),
        "done_visit": make_visit(
            ticket,
            state="completed",
            note=t["done_visit.note"],
            completed_by=t["done_visit.completed_by"],
            answers=answers,
            challenges=(
                Challenge(
                    reason=t["done_visit.challenges.reason"],
                    decision=t["done_visit.challenges.decision"],
                    at=NOW,
                ),
            ),
            sent_back=SentBack(text=t["done_visit.sent_back.text"], at=NOW),
        ),
        "waiting_visit": waiting,
        "attempt": make_attempt(waiting, note=t["attempt.note"], at=NOW - timedelta(days=1)),
        "finding": finding,
        "draft_finding": make_finding(
            ticket, facts=t["draft_finding.facts"], state="draft", filed_at=None, author_id="p-author"
        ),
        "finding_reply": make_finding_reply(finding, text=t["finding_reply.text"]),
        "office_note": make_note(ticket, text=t["office_note.text"]),
        "unit_note": make_note(ticket, text=t["unit_note.text"], unit_id=ticket.unit_id),
        "draft_ticket": DraftTicket(
            id=word_id(), ticket_id=ticket.id, visit_id=waiting.id, text=t["draft_ticket.text"], at=NOW
        ),
        "case_file": _file(ticket, t["case_file.name"]),
        "office_file": _file(ticket, t["office_file.name"], audience="office"),
        "unit_file": _file(ticket, t["unit_file.name"], unit_id=ticket.unit_id),
        "application": make_application(
            ticket,
            state="refused",
            reason=t["application.reason"],
            decision=t["application.decision"],
            citizen_words=t["application.citizen_words"],
        ),
        "instruction": make_instruction(
            ticket,
            text=t["instruction.text"],
            feedback=t["instruction.feedback"],
            by_name=t["instruction.by_name"],
        ),
        "inquiry": make_inquiry(
            waiting,
            text=t["inquiry.text"],
            answer=t["inquiry.answer"],
            settled=t["inquiry.settled"],
            state="settled",
        ),
        "urgent_report": make_urgent_report(
            ticket, what=t["urgent_report.what"], recipients=t["urgent_report.recipients"]
        ),
    }
    person = Contact(ticket.contact_id, t["contact.name"], t["contact.phone"], True)
    return Case(ticket, person, t["secret_text"], rows, t)


def _file(ticket: Ticket, name: str, **fields: Any) -> Attachment:
    return Attachment(
        id=word_id(),
        ticket_id=ticket.id,
        name=f"{name}.jpg",
        size=len(DATA),
        sha256=DIGEST,
        by_id="p-author",
        at=NOW,
        **fields,
    )


def store_file(office: Office, case: Case, owner: str, attachment_id: str = "") -> str:
    """A complete file of this person's, linked or not; its id as an upload."""
    upload_id = office.new_id()
    with office.database.write() as tx:
        tx.connection.execute(
            insert(upload).values(
                id=upload_id,
                ticket_id=case.ticket.id,
                person_id=owner,
                name="现场.jpg",
                size=len(DATA),
                sha256=DIGEST,
                received=len(DATA),
                complete=True,
                attachment_id=attachment_id,
                created_at=office.clock.now(),
            )
        )
        tx.connection.execute(insert(upload_chunk).values(upload_id=upload_id, start=0, data=DATA))
    return upload_id


class Watch:
    """Notices every commit to the server's database that changed a byte, whatever table it is in."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def version(self) -> int:
        """Another number after each such commit."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Look away."""
        self._connection.close()


class People:
    """A hand for every column; the one without a token is a stranger's."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.hands: dict[str, Hand] = {}
        for column, roles in COLUMNS.items():
            if column == "nobody":
                continue
            known: tuple[Role, ...] = roles  # type: ignore[assignment]  # the table spells them as text
            units = (UNIT_OF[column],) if column in UNIT_OF else ()
            person = Person(id=f"p-{self.login(column)}", name=column, roles=known, unit_ids=units)
            office.services.accounts.add(person, self.login(column), PASSWORD)
            self.hands[column] = office.hand(self.login(column))
        office.services.accounts.set_active(self.login("disabled"), False)
        self.colleague = office.hand(COLLEAGUE)
        self._stranger = office.server.session()

    @staticmethod
    def login(column: str) -> str:
        """How the person signs in."""
        return "col-" + column.replace("+", "-").replace("_", "-")

    def person_id(self, column: str) -> str:
        """Who a row is by; nobody's rows are a colleague's."""
        return f"p-{COLLEAGUE}" if column == "nobody" else f"p-{self.login(column)}"

    def call(self, column: str, method: str, path: str, **options: Any) -> requests.Response:
        """A request of this person's; ``path`` from the root."""
        session = self._stranger if column == "nobody" else self.hands[column].session
        return session.request(
            method, f"{self.office.server.base_url}{path}", allow_redirects=False, **options
        )

    def inside(self) -> list[str]:
        """The columns that can sign in."""
        return [column for column in COLUMNS if column not in SHUT_OUT]


def authored(row: Any, person_id: str) -> Any:
    """The row as written by this person."""
    return replace(row, author_id=person_id)
