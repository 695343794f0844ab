"""A shift of two callers on a real telephone line: nobody is called twice, and what was recorded is what was said.

Every part is real: the server, two desktops with an encrypted store and a softphone each, and a SIP peer that answers
by the last digit of the number. In the middle the network of one goes for an hour of the office, and the program of the
other is killed while a citizen speaks.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from central.installation import open_database
from central.loader import Contact, Loader
from central.office_clock import OfficeClock
from central.profile_store import ensure_profile
from central.profiles import default_profile
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Attempt, Row, Visit
from desktop.models.domain.ids import IdSource
from desktop.services.telephony.setup import LineSetup
from desktop.services.telephony.softphone_setup import SILENT
from desktop.settings import Settings
from tests.journeys.processes import Desktop, Office, central
from tests.journeys.test_main_job import rows
from tests.support import sip_peer
from tests.support.builders import NOW, make_ticket, make_visit, reference_rows
from tests.support.private_bus import needed
from tests.support.sip_peer import SipPeer, running_peer
from tools import campaigns

PASSWORD = "a-sound-password-7"
CALLERS = (("lifen", "李芬"), ("zhoujing", "周静"))
MOST_KEYS = 12
"""For a satisfied citizen."""

_SAID = ("111122", "111222", "121322", "131622", "111122")
"""What citizens answer, as number keys: identity, contacted, resolved (with what is missing skipped), result, …"""
_SPOKEN: dict[str, dict[str, Any]] = {
    "111122": {"contacted": "yes", "resolved": "resolved", "satisfied_result": "very_satisfied"},
    "111222": {"contacted": "yes", "resolved": "resolved", "satisfied_result": "satisfied"},
    "121322": {"contacted": "no", "resolved": "resolved", "satisfied_result": "basically_satisfied"},
    "131622": {"contacted": "cannot_remember", "resolved": "resolved", "satisfied_result": "no_rating"},
}
_ENDS = {
    sip_peer.BUSY: "busy",
    sip_peer.RINGS_ON: "no_answer",
    sip_peer.REJECTS: "no_answer",
    sip_peer.OFF: "switched_off",
}

pytestmark = [pytest.mark.timeout(3600), needed("baresip", "sipp")]


@dataclass
class Shift:
    """The script of a shift by visit: the citizen's number, what they say ("" = nobody answers), how it ends."""

    numbers: dict[str, str] = field(default_factory=dict)
    script: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    done: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, record: dict[str, Any]) -> None:
        with self.lock:
            self.done.append(record)


def _open_city(database: Path, count: int) -> Shift:
    """A server's database with ``count`` citizens who wait for a call, three of four of whom will answer."""
    clock, shift, loaded, contacts = SystemClock(), Shift(), list[Row](), []
    new_id = IdSource(clock, random.Random(5))
    misses = list(_ENDS)
    for number in range(count):
        ticket = make_ticket(id=new_id(), state="to_visit", due_at=None)
        ticket = replace(ticket, contact_id=f"k-{number:04}", phone_tail=f"{number:03}0")
        visit = make_visit(
            ticket,
            id=new_id(),
            opened_at=NOW - timedelta(days=2, minutes=number),
            due_at=NOW + timedelta(days=5),
        )
        silent = number % 4 == 3
        digit = misses[number // 4 % len(misses)] if silent else sip_peer.ANSWERS
        shift.numbers[visit.id] = f"139{number:07}{digit}"
        shift.script[visit.id] = "" if silent else _SAID[number % len(_SAID)]
        shift.outcomes[visit.id] = _ENDS.get(digit, "answered")
        contacts.append(Contact(ticket.contact_id, "张三", shift.numbers[visit.id], False))
        loaded += (ticket, visit)
    opened = open_database(str(database), random.Random(3))
    try:
        rules = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
        rules = replace(rules, visits=replace(rules.visits, recheck_percent=0.0))
        ensure_profile(opened, rules, at=clock.now())
        OfficeClock(opened, clock).settle(NOW)
        Loader(opened, clock=clock).load((*reference_rows(), *loaded), contacts)
    finally:
        opened.close()
    for login, name in CALLERS:
        central(
            "users", "--database", str(database), "add", login, "--name", name, "--roles", "return_visit",
            "--password-stdin", stdin=f"{PASSWORD}\n",
        )  # fmt: skip
    return shift


def _seat(name: str, folder: Path, office: Office, peer: SipPeer, stack: ExitStack) -> Desktop:
    """A desktop with a softphone, somebody at it."""
    profile = folder / name / "profile"
    profile.mkdir(parents=True)
    place = Settings(profile / "settings.ini").telephone_place()
    place.choose(LineSetup(kind="softphone", address=peer.address, seat=name, audio=SILENT), None)
    desktop = Desktop(name, folder, office.port)
    stack.callback(desktop.close)
    desktop.do("sign_in", login=name, password=PASSWORD)
    assert desktop.do("line") == "ready"
    return desktop


def test_a_shift_of_two_callers(tmp_path: Path) -> None:
    """Hundreds of calls a day by two people at once, whatever happens to network and program: each citizen is rung
    once, every record is there once and says what was said, and a satisfied citizen takes no more than twelve keys."""
    count = max(6, campaigns.size_of("shift"))
    database = tmp_path / "city.db"
    shift = _open_city(database, count)
    began = time.monotonic()
    with ExitStack() as stack:
        peer = stack.enter_context(running_peer(tmp_path / "sip"))
        office = Office(database, tmp_path, "--sample-clock")
        stack.callback(office.stop)
        first, second = (_seat(name, tmp_path, office, peer, stack) for name, _ in CALLERS)
        _both(first, second, shift, count // 2 - 1)
        _network_goes(first, second, shift)
        _program_dies(second, shift)
        _both(first, second, shift, count)
        for desktop in (first, second):
            desktop.do("sync")
            assert desktop.do("differences") == [], desktop.name
            assert {row["state"] for row in desktop.do("rows", table="outbox")} == {"applied"}
        assert len(peer.rung()) >= count
        violations = [*_compare(database, shift), *_overlaps(peer, shift)]
    satisfied = [each["keys"] for each in shift.done if shift.script[each["visit"]] and "keys" in each]
    campaigns.report(
        "shift",
        done=len(shift.done),
        violations=len(violations),
        keys_a_visit=round(sum(satisfied) / len(satisfied), 1),
        most_keys=max(satisfied),
        seconds_a_visit=round((time.monotonic() - began) / count, 2),
    )
    assert not violations, violations[:5]
    assert len(shift.done) == count
    assert max(satisfied) <= MOST_KEYS


def _both(first: Desktop, second: Desktop, shift: Shift, until: int) -> None:
    """Both call at once until so many visits are done, or nobody waits."""
    failures: list[BaseException] = []

    def work(desktop: Desktop) -> None:
        try:
            while len(shift.done) < until:
                record = desktop.do("call_next", script=shift.script)
                if "visit" not in record:
                    return
                shift.note(record)
        except BaseException as error:  # noqa: BLE001  told by the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(each,)) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _spoken_to(desktop: Desktop, shift: Shift) -> dict[str, Any]:
    """Call until somebody answers."""
    while True:
        begun: dict[str, Any] = desktop.do("begin_call", script=shift.script)
        if shift.script[begun["visit"]]:
            return begun
        shift.note(desktop.do("finish_call", visit_id=begun["visit"], script=shift.script))


def _network_goes(desktop: Desktop, other: Desktop, shift: Shift) -> None:
    """In mid-call, for an hour: the call is finished and recorded, nobody else can be rung, then all is sent."""
    begun = _spoken_to(desktop, shift)
    desktop.wire.cut()
    shift.note(desktop.do("finish_call", visit_id=begun["visit"], script=shift.script))
    desktop.do("wait_offline")
    assert desktop.do("begin_call", script=shift.script)["told"]
    other.do("advance_clock", to=(NOW + timedelta(hours=1)).isoformat())
    desktop.wire.mend()
    desktop.do("sync")


def _program_dies(desktop: Desktop, shift: Shift) -> None:
    """While a citizen speaks: the call ends, and what was answered is there when the program is begun again."""
    begun = _spoken_to(desktop, shift)
    visit_id, said = begun["visit"], shift.script[begun["visit"]]
    desktop.do("answer_some", digits=said[:3])
    desktop.kill()
    desktop.start_again()
    desktop.do("come_back")
    desktop.do("sign_in_again", login=desktop.name, password=PASSWORD)
    desktop.do("line")
    assert desktop.do("go_on", visit_id=visit_id)
    shift.note(
        desktop.do("finish_call", visit_id=visit_id, script=shift.script, told=said[:3]) | {"killed": True}
    )
    desktop.do("sync")


def _compare(database: Path, shift: Shift) -> list[str]:
    """What the server holds against what was said on the telephone."""
    wrong = []
    visits = {row.id: row for row in rows(database, "visit") if isinstance(row, Visit)}
    attempts = [row for row in rows(database, "attempt") if isinstance(row, Attempt)]
    for visit_id, said in shift.script.items():
        made = [each for each in attempts if each.visit_id == visit_id]
        if [each.outcome for each in made] != [shift.outcomes[visit_id]]:
            wrong.append(f"{visit_id}: {[each.outcome for each in made]}, not {shift.outcomes[visit_id]}")
        if any(each.outside_lease or each.practice for each in made):
            wrong.append(f"{visit_id}: outside its lease, or practice")
        answers = visits[visit_id].answers
        spoken = {} if answers is None else {name: getattr(answers, name) for name in _SPOKEN["111122"]}
        if spoken != _SPOKEN.get(said, {}):
            wrong.append(f"{visit_id}: {spoken} is not {said}")
    return wrong


def _overlaps(peer: SipPeer, shift: Shift) -> list[str]:
    """Whom the telephone really rang, and how often."""
    rung = [each.number for each in peer.rung() if each.what == "INVITE"]
    wrong = [
        f"{number} was rung {rung.count(number)} times"
        for number in shift.numbers.values()
        if rung.count(number) != 1
    ]
    return wrong + [f"{number} is nobody's" for number in set(rung) - set(shift.numbers.values())]
