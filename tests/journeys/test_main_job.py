"""The main job, end to end, on a real city's cases: server, officer, chief, return-visit staff and liaison.

Every part is real: five processes, HTTP on loopback, encrypted stores, the browser's sign-in, the window's own pages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.models.domain.entities import Row, Unit, Urge, decode_row
from tests.journeys.processes import Desktop, Office, central
from tests.support.boston import BostonFile
from tests.support.boston_city import AS_OF, boston_city

BOSTON = ZoneInfo("America/New_York")
PASSWORD = "a-sound-password-7"
UNIT = "PWDx"

pytestmark = [pytest.mark.timeout(900)]


@dataclass
class City:
    """The office and who works with it."""

    office: Office
    database: Path
    folder: Path
    desktops: dict[str, Desktop] = field(default_factory=dict)

    def desktop(self, name: str) -> Desktop:
        """A desktop, started and signed in when it is first asked for."""
        if name not in self.desktops:
            self.desktops[name] = Desktop(name, self.folder, self.office.port)
            self.desktops[name].do("sign_in", login=name, password=PASSWORD)
        return self.desktops[name]

    def close(self) -> None:
        """Everybody goes home."""
        for desktop in self.desktops.values():
            desktop.close()
        self.office.stop()


@pytest.fixture
def city(boston_file: BostonFile, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    database = tmp_path / "city.db"
    boston_city(boston_file, tmp_path_factory, database)
    made = employ(database, tmp_path)
    try:
        yield made
    finally:
        made.close()


def employ(database: Path, folder: Path) -> City:
    """Serve an imported city with its four people."""
    unit = next(u.id for u in rows(database, "unit") if isinstance(u, Unit) and u.short_name == UNIT)
    people = (
        ("officer", "王敏", "officer", ""),
        ("chief", "陈立新", "officer,approve", ""),
        ("visitor", "周静", "return_visit", ""),
        ("liaison", "Pat Doyle", "liaison", unit),
    )
    for login, name, roles, units in people:
        central(
            "users", "--database", str(database), "add", login, "--name", name, "--roles", roles,
            *(["--units", units] if units else []), "--password-stdin", stdin=f"{PASSWORD}\n",
        )  # fmt: skip
    return City(Office(database, folder, "--sample-clock"), database, folder)


def test_the_main_job_end_to_end(city: City, boston_file: BostonFile) -> None:
    """What the Office does in a morning, over four desktops, with a network that goes and a program that is killed."""
    officer = city.desktop("officer")

    expected = overdue_by_the_file(boston_file)
    assert officer.do("overdue") == [number for number, _ in expected]

    works = [number for number, department in expected if department == UNIT]
    urged, noticed, inspected, urged_late = works[:4]
    officer.do(
        "urge", number=urged, person="Duty desk", answer="Crew goes out", promised="2012-01-06T17:00:00"
    )
    officer.do("write_notice", number=noticed, ground="Overdue since autumn", requirement="Repair and report")
    officer.do("sync")
    notice_number = city.desktop("chief").do("approve")
    assert notice_number
    officer.do(
        "file_finding", number=inspected, code="F07", facts="Completed late", requirement="Explain the delay"
    )
    officer.do("sync")

    # The liaison is asked for three things and answers all of them without a network.
    liaison = city.desktop("liaison")
    urge = liaison.do("wait_row", table="urge_list")
    notice = liaison.do("wait_row", table="notice_list", state="issued")
    finding = liaison.do("wait_row", table="finding_list", state="filed")
    liaison.wire.cut()
    liaison.do("wait_offline")
    liaison.do("answer", kind="urge", entity_id=urge["id"], text="Read")
    liaison.do("answer", kind="notice", entity_id=notice["id"], text="Repaired on the third")
    waiting = liaison.do(
        "answer", kind="finding", entity_id=finding["id"], text="A part was missing", stance="explains"
    )
    assert waiting == 3

    # The officer's machine dies between the deed and the sync.
    officer.wire.cut()
    officer.do("wait_offline")
    assert (
        officer.do(
            "urge", number=urged_late, person="Night desk", answer="Noted", promised="2012-01-06T12:00:00"
        )
        == 1
    )
    officer.kill()
    officer.start_again()
    officer.do("come_back")
    assert officer.do("waiting") == 1
    officer.wire.mend()
    officer.do("sign_in_again", login="officer", password=PASSWORD)
    officer.do("sync")
    liaison.wire.mend()
    # Asked for, as by the person: after a long absence the program by itself tries again within five minutes only.
    liaison.do("sync")

    # Three days later the return-visit staff books one visit and completes it.
    officer.do("advance_clock", to="2012-01-04T09:30:00-05:00")
    visitor = city.desktop("visitor")
    visit_id = visitor.do("book_next", at="2012-01-04T14:30:00")
    visitor.do("sync")
    visitor.do("complete_visit", visit_id=visit_id, keys="1111")
    visitor.do("sync")
    visited = visitor.do("wait_row", table="visit_list", id=visit_id, state="completed")
    assert visited["valid"] == 1

    # Everybody sees the same, and the server holds each operation once.
    replied = officer.do("wait_row", table="finding_list", id=finding["id"], state="replied")
    assert replied["replied_at"]
    assert (
        officer.do("wait_row", table="notice_list", id=notice["id"], state="replied")["number"]
        == notice_number
    )
    assert officer.do("wait_row", table="visit_list", id=visit_id)["state"] == "completed"
    for name, desktop in city.desktops.items():
        desktop.do("sync")
        assert desktop.do("differences") == [], name
    sent = [
        str(row["op_id"]) for desktop in city.desktops.values() for row in desktop.do("rows", table="outbox")
    ]
    held = [str(row[0]) for row in select_all(city.database, "SELECT op_id FROM operation")]
    assert sorted(held) == sorted(set(sent))
    assert {str(row["state"]) for d in city.desktops.values() for row in d.do("rows", table="outbox")} == {
        "applied"
    }
    assert sorted(u.person_reached for u in rows(city.database, "urge") if isinstance(u, Urge)) == [
        "Duty desk",
        "Night desk",
    ]


def overdue_by_the_file(file: BostonFile) -> list[tuple[str, str]]:
    """(number, department) of every case that is open and past its target at AS_OF, oldest target first."""
    late: list[tuple[datetime, str, str]] = []
    for row in file.read():
        opened, target, closed = (_time(row[name]) for name in ("open_dt", "target_dt", "closed_dt"))
        if opened is None or opened > AS_OF or target is None or target >= AS_OF:
            continue
        if closed is None or closed > AS_OF:
            due = target.replace(tzinfo=BOSTON).astimezone(UTC)
            late.append((due, row["case_enquiry_id"], row["department"]))
    return [(number, department) for _, number, department in sorted(late)]


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text.strip() else None


def rows(database: Path, entity_type: str) -> list[Row]:
    """The server's rows of one type, read from its database."""
    found = select_all(database, "SELECT data FROM entity WHERE type = ?", entity_type)
    return [decode_row(entity_type, bytes(data)) for (data,) in found]


def select_all(database: Path, sql: str, *values: str) -> list[tuple[bytes, ...]]:
    """What the server's database says."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()
