"""Canaries: made-up persons go through the work of all three roles, and are then looked for wherever a trace may lie.

A desktop may hold them in its encrypted store and show them for their seconds in its window; nowhere else, running,
killed, locked, signed out, wiped or closed. Real server process, real desktops, real stores. The same search must find
a canary that is planted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from central import office_clock
from central.database import put_setting
from desktop.models.domain.entities import Ticket, Visit
from tests.journeys.processes import ROOT, Desktop, Office, central
from tests.support.builders import NOW, make_notice, make_visit
from tests.support.canaries.people import STEMS, Citizen, case_of, citizens, found_below, found_in
from tests.support.central_office import open_office
from tools.campaigns import report, size_of

PASSWORD = "a-sound-password-7"
LATE = NOW - timedelta(days=1)

pytestmark = [
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes below /proc"),
]


class Watched(Desktop):
    """A desktop whose whole world is its folder: home, temporary files, logs, output."""

    def _start(self) -> None:
        (self.folder / "tmp").mkdir(exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"),
            "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        self._log = (self.folder / "log.txt").open("ab")
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.support.canaries.driven",
                "--profile", str(self.folder / "profile"), "--server", self.wire.url, "--language", "zh",
            ],
            cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip

    def traces(self) -> list[str]:
        """Where something of a person is, in files and in what the system tells of the process."""
        hits = found_below(self.folder)
        process = Path(f"/proc/{self.process.pid}")
        for name in ("environ", "cmdline"):
            if self.process.poll() is None:
                hits += [f"{name}: {stem}" for stem in found_in((process / name).read_bytes())]
        return [f"{self.name} {hit}" for hit in hits]

    def stores(self) -> list[str]:
        """The files of accounts that are on the disk."""
        accounts = self.folder / "profile" / "accounts"
        return sorted(str(path.relative_to(accounts)) for path in accounts.rglob("*") if path.is_file())


class City:
    """The office with its persons, and who works there."""

    def __init__(self, folder: Path, people: list[Citizen]) -> None:
        self.folder = folder
        self.people = people
        self.tickets: list[Ticket] = []
        self.visits: list[Visit] = []
        self._build()
        self.office = Office(folder / "central.db", folder, "--sample-clock")
        self.desktops = [
            Watched(name, folder, self.office.port) for name in ("officer", "liaison", "visitor")
        ]

    def _build(self) -> None:
        with open_office(self.folder) as office:
            for n, citizen in enumerate(self.people):
                visited = n % 4 == 3
                fields = {"state": "to_visit", "due_at": None} if visited else {"due_at": LATE}
                ticket, contact, text = case_of(citizen, **fields)
                self.tickets.append(ticket)
                if visited:
                    self.visits.append(make_visit(ticket))
                    office.load(ticket, self.visits[-1], contacts=(contact,), texts=(text,))
                else:
                    office.load(ticket, contacts=(contact,), texts=(text,))
            office.load(make_notice(self.tickets[0], state="issued", issued_at=NOW))
            for login in ("officer", "liaison", "visitor"):
                office.services.accounts.set_password(login, PASSWORD)
            with office.database.write() as tx:  # the process has the real time: its office opens at NOW
                put_setting(
                    tx, office_clock.SETTING, str((NOW - datetime.now(UTC)) // timedelta(microseconds=1))
                )

    def device_of(self, login: str) -> str:
        """The machine that this person signed in on."""
        listed = central("devices", "--database", str(self.folder / "central.db"), "list")
        return next(line.split("\t")[0] for line in listed.splitlines() if line.split("\t")[2] == login)

    def close(self) -> None:
        """Everybody goes home."""
        for desktop in self.desktops:
            desktop.close()
        self.office.stop()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    made = City(tmp_path, citizens(size_of("canaries")))
    try:
        yield made
    finally:
        made.close()


def test_nothing_of_a_person_is_left_outside_the_encrypted_store(city: City) -> None:
    """Whoever takes the disk, the log, an export or a print away takes no citizen with it."""
    officer, liaison, visitor = city.desktops
    hits: list[str] = []

    def outside(desktop: Watched, shown: list[str]) -> None:
        found = [stem for text in shown for stem in found_in(text.encode())]
        hits.extend(f"{desktop.name} shows {stem} outside its pages" for stem in found)

    officer.do("sign_in", login="officer", password=PASSWORD)
    for n, (citizen, ticket) in enumerate(zip(city.people, city.tickets, strict=True)):
        officer.do("open_case", number=ticket.number)
        told = f"已联系诉求人，电话{citizen.phone}，{citizen.mail}"
        if n % 4 == 0:
            officer.do(
                "urge", number=ticket.number, person="值班员", answer=told, promised="2024-05-20T17:00:00"
            )
        elif n % 4 == 1:
            officer.do("file_finding", number=ticket.number, code="F07", facts=told, requirement="说明原因")
        elif n % 4 == 2:
            officer.do("add_note", number=ticket.number, text=told)
    first, whole = city.people[0], city.tickets[0].number
    # Of a name that somebody types nothing on a desktop knows that it is one.
    upward, told_upward = city.tickets[2].number, city.people[2].words.replace(city.people[2].name, "")
    written = officer.do("write_all", number=upward, text=told_upward)
    for what, value in (("phone", first.phone), ("name", first.name), ("request_text", first.words)):
        seen, *shown = officer.do("reveal", number=whole, what=what)
        assert value in seen, "the person must be there to be lost"
        outside(officer, shown)
    out = officer.folder / "out"
    out.mkdir()
    officer.do("sync")
    assert officer.do("export", path=str(out / "list.xlsx"))
    assert officer.do("print_list", path=str(out / "list.pdf"))
    assert officer.do("print_case", number=whole, path=str(out / "case.pdf"))
    assert officer.do("letter", kind="reminder", number=whole, path=str(out / "reminder.docx"))
    told_of = city.tickets[1].number  # its finding has a person in its facts
    assert officer.do("letter", kind="rectification", number=told_of, path=str(out / "rectification.docx"))
    assert officer.do("evidence", path=str(out / "evidence.zip"))
    for kind, ending in (("urgent", "docx"), ("urgent", "pdf"), ("notice", "docx")):
        path = str(out / f"{kind}.{ending}")
        assert officer.do("paper", kind=kind, object_id=written[kind], number=upward, path=path)
    assert officer.do("copy_number", number=whole) == whole
    outside(officer, officer.do("shown"))

    liaison.do("sign_in", login="liaison", password=PASSWORD)
    urge = liaison.do("wait_row", table="urge_list")
    notice = liaison.do("wait_row", table="notice_list", state="issued")
    assert liaison.do("apply", number=upward, text=told_upward)
    liaison.wire.cut()
    liaison.do("wait_offline")
    liaison.do("answer", kind="urge", entity_id=urge["id"], text=f"已与{first.phone}联系")
    explained = f"已登门向{first.name}说明，电话{first.phone}，证件{first.card}，{first.mail}"
    liaison.do("answer", kind="notice", entity_id=notice["id"], text=explained)
    assert liaison.do("confirm_guidance", text=told_upward)
    hits += liaison.traces()
    liaison.kill()
    hits += liaison.traces()
    liaison.start_again()
    liaison.do("come_back")
    liaison.wire.mend()
    liaison.do("sign_in_again", login="liaison", password=PASSWORD)
    liaison.do("sync")
    outside(liaison, liaison.do("shown"))

    visitor.do("sign_in", login="visitor", password=PASSWORD)
    phones = {citizen.phone for citizen in city.people}
    for visit in city.visits:
        phone, *shown = visitor.do("lease", visit_id=visit.id)
        assert phone in phones
        outside(visitor, shown)
        hits += [hit for hit in visitor.traces() if visit is city.visits[0]]
        visitor.do("finish_visit", keys="1111")
    visitor.do("sync")
    called = {visit.id for visit in city.visits}
    done = {row["id"] for row in visitor.do("rows", table="visit_list") if row["state"] == "completed"}
    assert called <= done

    for desktop in city.desktops:
        words = f"{first.words} token={first.mail} {quote(first.name)}"
        desktop.do("fail", text=words)
        hits += desktop.traces()
    visitor.kill()
    hits += visitor.traces()
    for close in (False, True):
        outside(officer, officer.do("lock", close=close))
        hits += officer.traces()
        officer.do("unlock")
    officer.do("sign_in_again", login="officer", password=PASSWORD)
    officer.do("sync")
    officer.do("sign_out")
    hits += officer.traces()
    assert officer.stores() == [], "a sign-out with nothing unsent leaves no store"
    central("devices", "--database", str(city.folder / "central.db"), "wipe", city.device_of("liaison"))
    liaison.do("wiped")
    hits += liaison.traces()
    assert liaison.stores() == [], "a wiped machine has no store"
    officer.close()
    liaison.close()
    for desktop in city.desktops:
        hits += desktop.traces()
    server_log = city.folder / "central.log"
    hits += [f"server log: {stem}" for stem in found_in(server_log.read_bytes())]
    for words in ("case.txt", "list.txt"):
        assert (officer.folder / "words" / words).stat().st_size > 100, "what went onto paper was looked at"
    report("canaries", done=len(city.people), violations=len(set(hits)))
    assert not hits, "\n".join(sorted(set(hits)))


def test_the_search_finds_a_person_who_is_there(tmp_path: Path) -> None:
    """A search that finds nothing proves nothing before it has found something: in every place and spelling."""
    (citizen,) = citizens(1)
    values = {
        "name": citizen.name,
        "phone": citizen.phone,
        "card": citizen.card,
        "mail": citizen.mail,
        "address": citizen.address,
    }
    assert set(values) == set(STEMS)
    for stem, value in values.items():
        for data in _spelt(value):
            assert stem in found_in(b"\0before " + data + b" after\xff"), (stem, data)
    places = ("desk.db", "desk.db-wal", "desk.db-shm", "blobs.db", "tmp/x", "logs/desk.log", "settings.ini")
    for place in places:
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(os.urandom(5_000) + citizen.phone.encode() + os.urandom(5_000))
        assert found_below(tmp_path) == [f"{place}: phone"]
        path.unlink()
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet1.xml", citizen.words * 20)
    assert {f"list.xlsx/xl/sheet1.xml: {stem}" for stem in STEMS} <= set(found_below(tmp_path))
    assert found_in(os.urandom(1_000_000)) == []


def _spelt(value: str) -> list[bytes]:
    """By other means than those of the search."""
    plain = [value.encode(), value.encode("utf-16-le"), value.encode("utf-16-be"), value[::-1].encode()]
    coded = [b64encode(b"x" * n + value.encode() + b"yz") for n in range(3)]
    coded += [b64encode(b"x" * n + value.encode("utf-16-le") + b"yz") for n in range(3)]
    return [*plain, *coded, quote(value).encode(), "".join(f"%{b:02x}" for b in value.encode()).encode()]
