"""The client keeps the contract: a day of the office on the real engine, every exchange judged by a third party."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.loader import Contact
from desktop.models.domain.entities import Answers, Finding, Notice, Ticket, Urge, Visit
from desktop.models.domain.wire import AdvanceClock, RevealRequest
from desktop.services.api.errors import RefusedByServer, SignedOut, StartOver
from desktop.services.commands.findings import FindingForm, create_finding
from desktop.services.commands.my_cases import acknowledge_urge, reply_to_finding, reply_to_notice
from desktop.services.commands.return_visits import Call, complete_visit, record_attempt, schedule_visit
from desktop.services.commands.supervision import (
    NoticeForm,
    UrgeForm,
    approve_notice,
    urge_ticket,
    write_notice,
)
from tests.support.builders import NOW, make_ticket, make_visit
from tests.support.central_office import Office
from tests.support.contract import Witness
from tests.support.engine import EngineDesk, open_engine
from tests.support.files import photo
from tests.support.transfers import open_files


@pytest.fixture
def witness(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Witness]:
    """Stands between every desktop of this test and the server."""
    one = Witness(office.server.adapter())
    monkeypatch.setattr(office.server, "adapter", lambda: one)
    yield one
    assert one.breaches == []


def row(desk: EngineDesk, kind: type[Urge] | type[Notice] | type[Finding]) -> str:
    (found,) = (row.id for row in desk.rows().values() if isinstance(row, kind))
    return found


def test_a_photograph_up_and_down(tmp_path: Path, office: Office, ticket: Ticket, witness: Witness) -> None:
    """Announced, sent in chunks, linked, fetched in ranges; refused on the way."""
    with (
        open_engine(tmp_path, office, "officer") as officer,
        open_engine(tmp_path, office, "liaison") as liaison,
        open_files(officer) as there,
        open_files(liaison) as here,
    ):
        officer.sync()
        file_id = there.attach(photo(150_000), ticket)
        there.settle()
        liaison.sync()
        here.fetch(file_id)
        here.run()
        assert here.bytes_of(file_id) == photo(150_000)
    sent = sum(count for what, count in witness.heard.items() if "/upload" in what)
    assert sent == 3


def test_a_day_of_supervision(tmp_path: Path, office: Office, ticket: Ticket, witness: Witness) -> None:
    """Urge, notice, approval, finding, replies; a conflict and a long text on the way."""
    with (
        open_engine(tmp_path, office, "officer") as officer,
        open_engine(tmp_path, office, "chief") as chief,
        open_engine(tmp_path, office, "chief", device="home") as home,
        open_engine(tmp_path, office, "liaison") as liaison,
    ):
        for desk in (officer, chief, home, liaison):
            desk.sync()
        urge = UrgeForm(
            ticket_id=ticket.id,
            unit_id=ticket.unit_id,
            means="phone",
            person_reached="刘科长",
            answer="马上安排" * 900,  # long enough to be sent compressed
            promised_at=NOW + timedelta(days=1),
        )
        officer.do(lambda w: urge_ticket(w, urge))
        notice = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        officer.do(lambda w: write_notice(w, notice, submit_now=True))
        finding = FindingForm(
            ticket_id=ticket.id, unit_id=ticket.unit_id, code="F02", severity="ordinary",
            facts="未联系", requirement="整改",
        )  # fmt: skip
        officer.do(lambda w: create_finding(w, finding, file_now=True))
        officer.sync()
        for desk in (chief, home):
            desk.sync()
            desk.do(lambda w: approve_notice(w, row(chief, Notice)))
        chief.sync()
        home.sync()  # signed already: what does not go through has to fit the contract too
        assert [entry.state for entry in home.entries()] == ["conflict"]
        liaison.sync()
        liaison.do(lambda w: acknowledge_urge(w, row(liaison, Urge), "已派人"))
        liaison.do(lambda w: reply_to_notice(w, row(liaison, Notice), "已整改"))
        liaison.do(lambda w: reply_to_finding(w, row(liaison, Finding), "接受", "accepts"))
        liaison.sync()
        officer.sync()
        assert {entry.state for desk in (officer, chief, liaison) for entry in desk.entries()} == {"applied"}
        op_id = officer.entries()[0].op_id
        assert officer.ctx.api.operation(op_id) is not None
        assert officer.ctx.api.operation(office.new_id()) is None
        officer.ctx.api.digest()
        officer.ctx.api.device()
        officer.ctx.api.meta()
        officer.ctx.api.sample_people()
        office.clock.advance(1000)  # the identity is asked again, and the rules are still the same
        officer.sync()
    assert any(seen.endswith("/profile 304") for seen in witness.heard)
    assert any("/sync/snapshots/" in seen for seen in witness.heard)


def test_a_return_visit(tmp_path: Path, office: Office, witness: Witness) -> None:
    """Claim, dial, hold on, reveal, book, attempt, complete; refused where another holds it."""
    tickets = [make_ticket(state="to_visit", due_at=None) for _ in range(2)]
    visits = [make_visit(ticket, due_at=NOW + timedelta(hours=i)) for i, ticket in enumerate(tickets)]
    phones = ("138-0013 8000", "13900139000")
    office.load(
        *tickets,
        *visits,
        contacts=tuple(Contact(t.contact_id, "张三", p, True) for t, p in zip(tickets, phones, strict=True)),
    )
    with (
        open_engine(tmp_path, office, "visitor") as visitor,
        open_engine(tmp_path, office, "visitor2") as second,
    ):
        visitor.sync()
        second.sync()
        api = visitor.ctx.api
        lease = api.claim(visits[0].id)
        with pytest.raises(RefusedByServer):
            second.ctx.api.claim(visits[0].id)
        api.dialling(lease.lease_id, lease.epoch)
        lease = api.renew_lease(lease.lease_id, lease.epoch)
        reveal = RevealRequest(purpose="verify", reason="回访核实诉求", ticket_id=tickets[0].id)
        assert api.reveal(tickets[0].contact_id, reveal).value == phones[0]
        with pytest.raises(RefusedByServer):
            api.reveal(tickets[0].contact_id, replace(reveal, purpose="curiosity"))
        call = Call(at=visitor.now(), duration_s=95, lease_id=lease.lease_id, lease_epoch=lease.epoch)
        answers = Answers(
            identity_confirmed=True, contacted="yes", resolved="resolved",
            satisfied_result="satisfied", satisfied_attitude="satisfied", pressed_for_rating=False,
        )  # fmt: skip
        visitor.do(lambda w: complete_visit(w, visits[0].id, answers, call, new_matter="路灯也坏了"))
        visitor.sync()
        api.release_lease(lease.lease_id)
        api.release_lease(lease.lease_id)  # given back already: no error
        other = api.claim_next()
        assert other is not None
        assert api.claim_next() is None
        again = Call(at=visitor.now(), lease_id=other.lease_id, lease_epoch=other.epoch)
        for _ in range(2):  # the second comes too soon and is refused
            visitor.do(lambda w: record_attempt(w, visits[1].id, "no_answer", again))
        visitor.do(lambda w: schedule_visit(w, visits[1].id, booked_at=visitor.now() + timedelta(hours=25)))
        visitor.sync()
        assert [entry.code for entry in visitor.entries("rejected")] == ["attempt_not_permitted"]
        done = visitor.row("visit", visits[0].id)
        assert isinstance(done, Visit)
        assert done.state == "completed"


def test_coming_and_going(tmp_path: Path, office: Office, ticket: Ticket, witness: Witness) -> None:
    """Tokens that are refreshed, a place that is lost, a clock that is moved, a sign-in that ends."""
    with open_engine(tmp_path, office, "officer") as officer:
        officer.sync()
        api = officer.ctx.api
        office.clock.advance(3600)  # the access token has run out
        officer.sync()
        with pytest.raises(StartOver):
            api.changes("no such cursor")
        with pytest.raises(StartOver):
            api.snapshot_page("no-such-snapshot", "0")
        api.advance_clock(AdvanceClock(to=office.now + timedelta(days=1)))
        with pytest.raises(RefusedByServer):
            api.advance_clock(AdvanceClock(to=office.now - timedelta(days=1)))
        api.authorization_server()
        tokens = api.sign_in_sample("officer")
        renewed = api.refresh(tokens.refresh_token)
        api.revoke(renewed.refresh_token)
        with pytest.raises(SignedOut):
            api.refresh(renewed.refresh_token)


def test_the_witness_tells_a_breach(office: Office) -> None:
    """A judge who nods at everything would prove nothing."""
    witness = Witness(office.server.adapter())
    session = office.hand("officer").session
    session.mount("http://", witness)
    address = f"{office.server.base_url}/api/v1"
    session.post(f"{address}/sync/snapshots", json={"page_rows": "many"})
    session.get(f"{address}/sync/changes")
    session.get(f"{address}/no/such/thing")
    assert [breach.split(":")[0].rpartition(" ")[0] for breach in witness.breaches[:2]] == [
        "POST /api/v1/sync/snapshots",
        "GET /api/v1/sync/changes",
    ]
    assert any("/no/such/thing" in breach for breach in witness.breaches)
