"""The requests behind the lines of the authority matrix, and the things of a colleague's that they try to reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import requests

from central.profiles import encode_profile

from .authority_stage import DATA, DIGEST, PASSWORD, Case, People, load, small_case, store_file
from .authority_table import SHUT_OUT, SIGHT, TARGETS
from .builders import make_visit
from .central_office import Office

PARTIES = ("officer+cleared", "recused")
"""Who takes part in seeing behind a report."""
_KEPT_OUT = "p-visitor"


class Things:
    """The ids that the lines of CASE_LINES ask for, and their requests."""

    def __init__(self, office: Office, people: People, full: dict[str, Case]) -> None:
        self._office, self._people, self._full = office, people, full
        self._second = office.hand("cleared")
        self._theirs: dict[str, dict[str, str]] = {}
        for target, case in full.items():
            for name in ("case_file", "office_file", "unit_file"):
                store_file(office, case, "p-author", case.rows[name].id)
            self._theirs[target] = self._colleagues_things(target, case)

    def _colleagues_things(self, target: str, case: Case) -> dict[str, str]:
        colleague = self._people.colleague
        theirs = small_case(target, make_visit)
        theirs.load_into(self._office)
        lease = colleague.post(f"/visits/{theirs.rows['row'].id}/lease").json()
        note = colleague.op("note.add", {"ticket_id": theirs.ticket.id, "text": "一句"})
        assert colleague.push(note)[0].status == "applied"
        return {
            "request": self._colleagues_request(target),
            "lease": lease["lease_id"],
            "operation": note.op_id,
            "upload": store_file(self._office, case, colleague.person_id),
        }

    def _colleagues_request(self, target: str) -> str:
        """What a cleared officer asks to see behind a report; nobody's id for a case that is none."""
        request_id = self._office.new_id()
        case = self._full[target]
        if case.ticket.level == "report":
            reply = self._second.post("/report-reveals", _ask(request_id, case))
            assert reply.status_code == 201, reply.text
        return request_id

    def begin(self, column: str, target: str) -> None:
        """A person comes to a case; what they may leave there is theirs alone."""
        self._column, self._target = column, target
        self._call = small_case(target, make_visit)
        self._fresh = small_case(target, state="dispatched")
        kept_out = (*self._full[target].ticket.recused_person_ids, _KEPT_OUT)
        self._recused = small_case(target, recused_person_ids=kept_out)
        load(self._office, (self._call, self._fresh, self._recused))
        self._upload, self._lease, self._request = self._office.new_id(), "", self._office.new_id()
        if column in PARTIES:  # who may decide ends the request
            self._theirs[target]["request"] = self._colleagues_request(target)

    def case_of(self, operation: str, which: str) -> Case:
        """The case a line is about."""
        if which in ("phone, first contact due", "of a colleague"):
            return self._fresh
        if "/recusals/" in operation:
            return self._recused
        called = operation.endswith("/lease") or "visit-leases" in operation or which == "phone, call in hand"
        return self._call if called else self._full[self._target]

    def ask(self, operation: str, which: str, *, unknown: bool) -> requests.Response:
        """The request of a line; about what nobody has where it is ``unknown``."""
        method, _, path = operation.partition(" ")
        nobody = self._office.new_id()
        case = self.case_of(operation, which)
        if which == "agreed" and not unknown:
            self._agree()
        ids, options = self._of(path, which, case)
        if unknown:
            ids = dict.fromkeys(ids, nobody)
            if "json" in options and "ticket_id" in options["json"]:
                options = options | {"json": options["json"] | {"ticket_id": nobody}}
        reply = self._people.call(self._column, method, path.format(**ids), **options)
        if reply.status_code == 201 and path.endswith("/lease"):
            self._lease = reply.json()["lease_id"]
        return reply

    def _agree(self) -> None:
        """A second person agrees to what this one has asked, if they could."""
        self._second.post(f"/report-reveals/{self._request}/decision", {"agree": True})

    def _of(self, path: str, which: str, case: Case) -> tuple[dict[str, str], dict[str, Any]]:
        theirs = self._theirs[self._target]
        if "/report-reveals" in path:
            mine = which in ("one's own", "not agreed yet", "agreed", "used")
            if path.endswith("/report-reveals"):
                return {}, {"json": _ask(self._request, case)}
            agree = {"json": {"agree": True}} if path.endswith("/decision") else {}
            return {"request_id": self._request if mine else theirs["request"]}, agree
        if path.endswith("/presence"):
            return {}, {"json": {"ticket_id": case.ticket.id}}
        if path.endswith("/access"):
            return {"requester_id": case.ticket.id}, {}
        if "/recusals/" in path:
            return {"ticket_id": case.ticket.id, "person_id": _KEPT_OUT}, {}
        if path.endswith("/recusals"):
            recusal = {"person_id": _KEPT_OUT, "reason": "与被举报人有利害关系"}
            return {"ticket_id": case.ticket.id}, {"json": recusal}
        if "/tickets/" in path:
            return {"ticket_id": case.ticket.id}, {}
        if "/operations/" in path:
            return {"op_id": theirs["operation"]}, {}
        if path.endswith("/content"):
            names = {"of the case": "case_file", "of the office": "office_file", "to the unit": "unit_file"}
            if which in names:
                return {"content_id": case.rows[names[which]].id}, {}
            return {"content_id": self._upload if which == "just sent" else theirs["upload"]}, {}
        if path.endswith("/upload"):
            mine = which == "just announced"
            headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
            return {"upload_id": self._upload if mine else theirs["upload"]}, {
                "headers": headers,
                "data": DATA,
            }
        if path.endswith("/attachments"):
            new = {"id": self._upload, "ticket_id": case.ticket.id, "name": "现场.jpg", "size": len(DATA)}
            return {}, {"json": new | {"sha256": DIGEST}}
        if path.endswith("/reveal"):
            # whoever is not sent the contact's id asks by the ticket's
            sent = self._column not in SHUT_OUT and SIGHT[self._column][TARGETS.index(self._target)] == "A"
            contact = case.ticket.contact_id if sent else case.ticket.id
            body = {"purpose": "verify", "reason": "核实诉求地点", "ticket_id": case.ticket.id}
            field = "request_text" if which == "request_text" else "phone"
            return {"contact_id": contact}, {"json": body | {"field": field}}
        if path.endswith("/lease"):
            return {"visit_id": case.rows["row"].id}, {}
        lease = theirs["lease"] if which == "a colleague's" else self._lease or theirs["lease"]
        return {"lease_id": lease}, {"json": {"epoch": 1}}


def _ask(request_id: str, case: Case) -> dict[str, str]:
    asked = {"id": request_id, "ticket_id": case.ticket.id, "field": "phone"}
    return asked | {"purpose": "complaint_check", "reason": "核查举报线索"}


class Others:
    """The requests of OTHER_LINES."""

    def __init__(self, office: Office, people: People) -> None:
        self._office, self._people = office, people
        people.colleague.snapshot()
        begun = people.colleague.post("/sync/snapshots", {"page_rows": 100}).json()
        self._snapshot = begun["snapshot_id"]
        self._cursor = people.colleague.cursor
        self._oauth = {
            "response_type": "code",
            "client_id": "supervision-desk",
            "redirect_uri": "http://127.0.0.1:50000/back",
            "code_challenge": "c" * 43,
            "code_challenge_method": "S256",
            "state": "s",
        }

    def ask(self, column: str, operation: str, which: str) -> requests.Response:
        """The request of a line by this person; "unknown" asks for what nobody has."""
        method, _, path = operation.partition(" ")
        hand = self._people.hands.get(column)
        options: dict[str, Any] = {}
        theirs = self._people.colleague.device
        if which == "another of one's own":
            self._token(column, "second")
        second = f"second-{self._people.login(column)}"
        device = {"this one": "self", "a colleague's": theirs, "another of one's own": second}
        nobody = self._office.new_id()
        if path.startswith("/oauth"):
            options = self._oauth_request(column, path, which)
        elif path.endswith("/devices"):
            mine = hand.device if hand is not None and which == "this one" else theirs
            options = {"json": {"id": mine, "name": "台式机"}}
        elif path.endswith("/wipe-ack"):
            options = {"headers": {"Authorization": f"Bearer {self._token(column, 'wiped')}"}}
        elif path.endswith("/operations"):
            mine = hand.device if hand is not None and which == "nothing" else theirs
            options = {"json": {"device_id": mine, "ops": []}}
        elif path.endswith("/acts"):
            act = {"id": nobody, "action": "print", "object_type": "ticket", "object_id": nobody, "rows": 1}
            options = {"json": {"acts": [act | {"detail": "", "at": self._office.now.isoformat()}]}}
        elif path.endswith("/kept-keys/open"):
            options = {"json": {"box": "{}"}}
        elif path.endswith("/visit-blocks"):
            options = {"json": {"visits": 1000, "minutes": 60}}
        elif path.endswith("/publish"):
            options = {"data": encode_profile(self._office.services.profile())}
            options |= {"headers": {"Content-Type": "application/json"}}
        elif path.endswith("/clock"):
            options = {"json": {"to": (self._office.now + timedelta(seconds=1)).isoformat()}}
        elif path.endswith("/changes"):
            options = {"params": {"cursor": self._cursor}}
        elif "/snapshots/" in path:
            options = {"params": {"page_token": "0"}}
        ids = {
            "device_id": device.get(which, nobody),
            "snapshot_id": nobody if which == "unknown" else self._snapshot,
            "requester_id": nobody,
            "block_id": nobody,
            "version": 1,
        }
        return self._people.call(column, method, path.format(**ids), **options)

    def _oauth_request(self, column: str, path: str, which: str) -> dict[str, Any]:
        hand = self._people.hands.get(column)
        if path == "/oauth/revoke":
            return {"data": {"token": hand.tokens["access_token"] if hand is not None else "nothing"}}
        if path == "/oauth/token":
            form = {"device_id": hand.device if hand is not None else "nowhere"}
            if which == "by name":
                grant = "urn:supervision-desk:sample"
                return {"data": form | {"grant_type": grant, "person": self._people.login(column)}}
            token = hand.tokens["refresh_token"] if hand is not None else "nothing"
            return {"data": form | {"grant_type": "refresh_token", "refresh_token": token}}
        if which:
            return {"data": self._oauth | {"login": self._people.login(column), "password": PASSWORD}}
        return {"params": self._oauth}

    def _token(self, column: str, device: str) -> str:
        """A sign-in of this person's at another device; "" for those who cannot have one."""
        if column in SHUT_OUT:
            return ""
        login = self._people.login(column)
        return str(self._office.hand(login, f"{device}-{login}").tokens["access_token"])
