"""The authority matrix: every operation and kind by every role, on own, foreign, confidential and reported cases.

What is expected stands in ``tests/support/authority_table.py``, by hand. A cell is one person trying one thing at one
case: the status of the reply, what the reply shows and does not show anywhere in its bytes, that what is out of sight
answers as what does not exist, and that a refusal changed nothing at all in the database.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from central.profile_store import store_profile
from desktop.models.domain.operations import CATALOGUE, Operation
from desktop.models.domain.wire import OperationResult, PushReply, sum_hashes
from tests.support.authority_asks import Others, Things
from tests.support.authority_office import SECRET, OfficePushes
from tests.support.authority_operations import OFFICE_LINES, PUSH_LINES
from tests.support.authority_pushes import Pushes
from tests.support.authority_stage import (
    Case,
    People,
    Watch,
    full_case,
    load,
)
from tests.support.authority_table import (
    CASE_LINES,
    CLAIM_NEXT,
    COLUMNS,
    OTHER_LINES,
    PULL_LINES,
    ROWS,
    SHOWN,
    SHUT_OUT,
    SIGHT,
    TARGETS,
    TEXTS,
    WORDS,
)
from tests.support.central_office import Office, open_office
from tools.campaigns import CAMPAIGNS, report

API = "/api/v1"
DOCUMENT = Path(__file__).parents[2] / "resources" / "contract" / "openapi.json"
_CLAIM_NEXT = f"POST {API}/visit-leases/claim-next"
_PUSH = f"POST {API}/sync/operations"
_PER_CASE = len(COLUMNS) * len(TARGETS)
CELLS = (
    _PER_CASE * (len(PULL_LINES) + len(CASE_LINES) + 1 + len(PUSH_LINES))
    + len(COLUMNS) * len(OTHER_LINES)
    + len(COLUMNS) * len(OFFICE_LINES)
)
"""What the tables hold: the one is claim-next."""

pytestmark = [pytest.mark.timeout(1_200)]


def test_every_operation_and_every_kind_has_its_line() -> None:
    """A new operation enters the matrix before anybody may use it."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    methods = {"get", "head", "post", "put", "patch", "delete"}
    documented = {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item.keys() & methods
    }
    lined = {operation for operation, _ in (*CASE_LINES, *OTHER_LINES)} | {*PULL_LINES, _CLAIM_NEXT, _PUSH}
    assert lined == documented
    assert {kind for kind, _ in (*PUSH_LINES, *OFFICE_LINES)} == set(CATALOGUE)
    assert {kind for kind, _ in OFFICE_LINES} <= {name for name, kind in CATALOGUE.items() if kind.caseless}
    assert CAMPAIGNS["matrix"].small == CAMPAIGNS["matrix"].large == CELLS


def test_every_cell_of_the_matrix(tmp_path: Path) -> None:
    """Whoever may not see or do a thing in the table's words cannot see or do it on the real server."""
    with open_office(tmp_path) as office:
        _let_reveal_often(office)
        watch = Watch(tmp_path / "central.db")
        try:
            matrix = _Matrix(office, watch)
            matrix.pulls()
            matrix.claims_next()
            matrix.case_lines()
            matrix.pushes()
            matrix.office_lines()
            matrix.other_lines()
        finally:
            watch.close()
    report("matrix", done=matrix.cells, violations=len(matrix.violations))
    assert not matrix.violations, "\n".join(matrix.violations)
    assert matrix.cells == CELLS


def _let_reveal_often(office: Office) -> None:
    """The hourly limit is no matter of authority, and every cell asks within the same hour."""
    profile = msgspec.structs.replace(office.services.profile(), version=2, reveals_per_hour=1000)
    with office.database.write() as tx:
        store_profile(tx, profile, at=office.clock.now())
    office.services.reread()


class _Matrix:
    """Goes through the tables, counts cells and writes down what is not as it should be."""

    def __init__(self, office: Office, watch: Watch) -> None:
        self.office = office
        self.people = People(office)
        self._watch = watch
        self.cells = 0
        self.violations: list[str] = []

    def check(self, holds: bool, *what: object) -> None:
        if not holds:
            self.violations.append(" | ".join(str(part) for part in what))

    # -- rows ----------------------------------------------------------------------------------------------------

    def pulls(self) -> None:
        """First load and changes bring the rows and texts of the table, and a text that is not for us is nowhere."""
        people, cursors = self.people, {}
        for column in people.inside():
            people.hands[column].snapshot()
            cursors[column] = people.hands[column].cursor
        self._full = {target: full_case(target) for target in TARGETS}
        load(self.office, self._full.values())
        for column in COLUMNS:
            begun = people.call(column, "POST", f"{API}/sync/snapshots", json={"page_rows": 2000})
            inside = column not in SHUT_OUT
            self.check(
                begun.status_code == (201 if inside else 401), PULL_LINES[0], column, begun.status_code
            )
            started = begun.json() if inside else {"snapshot_id": "s", "cursor": "c"}
            path = f"{API}/sync/snapshots/{started['snapshot_id']}?page_token=0"
            page = people.call(column, "GET", path)
            cursor = cursors.get(column, "c")
            changes = people.call(column, "GET", f"{API}/sync/changes", params={"cursor": cursor})
            for line, reply in ((PULL_LINES[1], page), (PULL_LINES[2], changes)):
                self.check(reply.status_code == (200 if inside else 401), line, column, reply.status_code)
                for target, case in self._full.items():
                    self._check_case(line, column, target, case, reply)
            self.cells += len(TARGETS)  # a snapshot tells a number of rows and no more
            if inside:
                rows = page.json()["changes"]
                self.check(
                    started["total_rows"] == len(rows), PULL_LINES[0], column, "counts what is not sent"
                )
                self._check_digest(column, rows)

    def _check_case(self, line: str, column: str, target: str, case: Case, reply: requests.Response) -> None:
        self.cells += 1
        sight = _sight(column, target)
        sent = {c["id"] for c in reply.json()["changes"]} if reply.status_code == 200 else set()
        for name, row in case.rows.items():
            self.check((row.id in sent) == (sight in ROWS[name]), line, column, target, "row", name)
        for name, text in case.texts.items():
            shown = text.encode() in reply.content
            self.check(
                shown == (sight in TEXTS[name]), line, column, target, "shows" if shown else "hides", name
            )

    def _check_digest(self, column: str, rows: list[dict[str, Any]]) -> None:
        """The digest counts what the person has, and nothing that they have not."""
        told = self.people.call(column, "GET", f"{API}/sync/digest").json()["types"]
        mine: dict[str, list[tuple[str, int]]] = {}
        for row in rows:
            mine.setdefault(row["type"], []).append((row["id"], row["version"]))
        expected = {kind: msgspec.to_builtins(sum_hashes(found)) for kind, found in mine.items()}
        self.check({k: v for k, v in told.items() if v["count"]} == expected, "GET /sync/digest", column)

    # -- the next in the queue -----------------------------------------------------------------------------------

    def claims_next(self) -> None:
        """The queue hands out no report without the clearance, whoever asks and however often."""
        for column in COLUMNS:
            shown = b""
            held: list[str] = []
            while (reply := self._claim_next(column)).status_code == 201 and len(held) < len(TARGETS):
                shown += reply.content
                held.append(reply.json()["lease_id"])
            end = 401 if column in SHUT_OUT else 204 if column in CLAIM_NEXT else 403
            self.check(reply.status_code == end, _CLAIM_NEXT, column, reply.status_code)
            for target, handed in zip(TARGETS, CLAIM_NEXT.get(column, "n" * len(TARGETS)), strict=True):
                self.cells += 1
                found = self._full[target].contact.phone.encode() in shown
                self.check(found == (handed == "y"), _CLAIM_NEXT, column, target)
            for lease_id in held:
                self.people.call(column, "DELETE", f"{API}/visit-leases/{lease_id}")

    def _claim_next(self, column: str) -> requests.Response:
        return self.people.call(column, "POST", f"{API}/visit-leases/claim-next")

    # -- operations on one case ----------------------------------------------------------------------------------

    def case_lines(self) -> None:
        things = Things(self.office, self.people, self._full)
        for target in TARGETS:
            for column in COLUMNS:
                things.begin(column, target)
                for (operation, which), expected in CASE_LINES.items():
                    status = 401 if column in SHUT_OUT else _nth(expected[column], target)
                    self._case_cell(things, column, target, operation, which, status)

    def _case_cell(
        self, things: Things, column: str, target: str, operation: str, which: str, status: int
    ) -> None:
        self.cells += 1
        where = (operation, which, column, target)
        before = self._watch.version()
        reply = things.ask(operation, which, unknown=False)
        self.check(reply.status_code == status, *where, f"{reply.status_code} instead of {status}")
        if status >= 400:
            self.check(self._watch.version() == before, *where, "was refused and changed something")
        if status == 404 or (status == 403 and _sight(column, target) == "-"):
            nothing = things.ask(operation, which, unknown=True)
            same = (nothing.status_code, nothing.content) == (reply.status_code, reply.content)
            self.check(same, *where, "tells that there is something")
        own = SHOWN.get((operation, which), "") if status in (200, 201) else ""
        case, sight = things.case_of(operation, which), _sight(column, target)
        for name, text in case.texts.items():
            if name == own:
                self.check(text.encode() in reply.content, *where, "does not show", name)
            elif operation.endswith("/tickets/{ticket_id}") and name.startswith("ticket."):
                shown = text.encode() in reply.content
                self.check(shown == (sight in TEXTS[name]), *where, "shows" if shown else "hides", name)
            else:
                told = str(reply.headers) + reply.url.replace(case.ticket.contact_id, "")
                self.check(text.encode() not in reply.content, *where, "shows", name)
                self.check(text not in told, *where, "shows outside its body", name)

    # -- pushes --------------------------------------------------------------------------------------------------

    def pushes(self) -> None:
        pushes = Pushes(self.people)
        cells = [
            (line, column, target, pushes.cell(line, column, target))
            for line in PUSH_LINES
            for column in COLUMNS
            for target in TARGETS
        ]
        load(self.office, (cell.case for _, column, _, cell in cells if column not in SHUT_OUT))
        for line, column, target, cell in cells:
            self.cells += 1
            where = (*line, column, target)
            if line[0] == "attachment.link":
                cell = pushes.with_file(cell, self.people.person_id(column))
            operations = [cell.operation]
            if _sight(column, target) == "-":
                operations.append(pushes.at_nothing(cell.operation))
            before = self._watch.version()
            reply, results = self._push(column, operations)
            changed = self._watch.version() != before
            if column in SHUT_OUT:
                self.check(reply.status_code == 401 and not changed, *where, reply.status_code)
                continue
            result = results[0]
            expected = WORDS[_letter(PUSH_LINES[line].outcomes.get(column, "r" * len(TARGETS)), target)]
            told = result.problem.code if result.problem else ""
            self.check(result.status == expected, *where, f"{result.status} {told} instead of {expected}")
            self.check(changed == (expected == "applied"), *where, "changed" if changed else "left no trace")
            for name, text in cell.case.texts.items():
                self.check(text.encode() not in reply.content, *where, "shows", name)
            for nothing in results[1:]:
                same = msgspec.structs.replace(nothing, op_id=result.op_id) == result
                self.check(same, *where, "tells that there is something")
            if expected == "applied" and target == "own":
                known = self.people.call(column, "GET", f"{API}/sync/operations/{cell.operation.op_id}")
                self.check(known.status_code == 200, *where, "is not remembered")

    def _push(
        self, column: str, operations: list[Operation]
    ) -> tuple[requests.Response, tuple[OperationResult, ...]]:
        device = "nowhere" if column == "nobody" else self.people.hands[column].device
        body = msgspec.json.encode({"device_id": device, "ops": operations})
        headers = {"Content-Type": "application/json"}
        reply = self.people.call(column, "POST", f"{API}/sync/operations", data=body, headers=headers)
        if reply.status_code != 200:
            return reply, ()
        return reply, msgspec.json.decode(reply.content, type=PushReply).results

    def office_lines(self) -> None:
        """Rows that belong to no case: whose they are, each kind's own line says."""
        pushes = OfficePushes(self.people)
        for line, outcomes in OFFICE_LINES.items():
            for column in COLUMNS:
                self.cells += 1
                operation = pushes.operation(line, column)
                before = self._watch.version()
                reply, results = self._push(column, [operation])
                changed = self._watch.version() != before
                where = (*line, column)
                if column in SHUT_OUT:
                    self.check(reply.status_code == 401 and not changed, *where, reply.status_code)
                    continue
                expected = WORDS[outcomes[column]]
                told = results[0].problem.code if results[0].problem else ""
                self.check(results[0].status == expected, *where, f"{results[0].status} {told}")
                self.check(changed == (expected == "applied"), *where, "left the wrong trace")
                self.check(SECRET.encode() not in reply.content, *where, "shows a colleague's words")

    # -- what names no case --------------------------------------------------------------------------------------

    def other_lines(self) -> None:
        others = Others(self.office, self.people)
        for column in COLUMNS:
            for (operation, which), expected in OTHER_LINES.items():
                self.cells += 1
                before = self._watch.version()
                reply = others.ask(column, operation, which)
                where = (operation, which, column)
                status = expected[column]
                self.check(reply.status_code == status, *where, f"{reply.status_code} instead of {status}")
                if status in (401, 404, 410):
                    self.check(self._watch.version() == before, *where, "was refused and changed something")
                if status in (404, 410) and "cursor" not in which:
                    nothing = others.ask(column, operation, "unknown")
                    same = (nothing.status_code, nothing.content) == (reply.status_code, reply.content)
                    self.check(same, *where, "tells that there is something")
                for case in self._full.values():
                    for name, text in case.texts.items():
                        self.check(text.encode() not in reply.content, *where, "shows", name)
                if operation.endswith("/people"):
                    there = {person["login"] for person in reply.json()}
                    self.check(self.people.login("disabled") not in there, *where, "names a closed account")


def _sight(column: str, target: str) -> str:
    return SIGHT[column][TARGETS.index(target)]


def _nth(row: str, target: str) -> int:
    return int(row.split()[TARGETS.index(target)])


def _letter(row: str, target: str) -> str:
    return row[TARGETS.index(target)]
