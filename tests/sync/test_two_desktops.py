"""What one desktop does arrives on the server once and on the others' screens, whatever the network does."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from requests import ConnectionError, PreparedRequest, Response

from central.writer import Writer
from desktop.models.domain.entities import Notice, Ticket, Urge
from desktop.services.api.errors import Offline
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.findings import FindingForm, create_finding
from desktop.services.commands.my_cases import acknowledge_finding, acknowledge_urge
from desktop.services.commands.outbox import discard_operation
from desktop.services.commands.supervision import NoticeForm, UrgeForm, urge_ticket, write_notice
from desktop.services.sync.pull import pull
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine


def urge(desk: EngineDesk, ticket: Ticket) -> None:
    form = UrgeForm(
        ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘科长", answer="马上安排"
    )
    desk.do(lambda w: urge_ticket(w, form))


class Words(Struct):
    """A form of any kind."""

    text: str


def new_finding(desk: EngineDesk, ticket: Ticket) -> str:
    """A finding drafted and filed; its id."""
    before = {key for key in desk.rows() if key[0] == "finding"}
    form = FindingForm(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        code="F02",
        severity="ordinary",
        facts="未联系",
        requirement="",
    )
    desk.do(lambda w: create_finding(w, form, file_now=True))
    (key,) = {key for key in desk.rows() if key[0] == "finding"} - before
    return key[1]


def the_urge(desk: EngineDesk) -> Urge:
    (found,) = (row for row in desk.rows().values() if isinstance(row, Urge))
    return found


def converged(desk: EngineDesk) -> None:
    """Quiet: the screen is the server's rows in scope, and nothing is folded in."""
    assert desk.rows() == desk.office.hand(desk.login, desk.device).rows()
    assert desk.table("base") == []
    assert desk.table("outbox_row") == []


def test_one_urge_travels_between_two_desktops(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The main road: recorded offline, seen at once, sent, received, acknowledged offline, seen again."""
    with (
        open_engine(tmp_path, office, "officer") as officer,
        open_engine(tmp_path, office, "liaison") as liaison,
    ):
        officer.sync()
        liaison.sync()
        officer.network.cut = True
        urge(officer, ticket)
        assert the_urge(officer).version == 0
        with pytest.raises(Offline):
            officer.sync()
        officer.network.cut = False
        assert officer.sync().unsent == 0
        assert the_urge(officer).version == 1
        liaison.sync()
        liaison.do(lambda w: acknowledge_urge(w, the_urge(liaison).id, "已派人"))
        liaison.sync()
        officer.sync()
        assert the_urge(officer).acknowledgement == "已派人"
        converged(officer)
        converged(liaison)


def test_a_lost_answer_does_not_urge_twice(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The server took it and the reply was lost: the same id is sent again and answers "duplicate"."""
    with open_engine(tmp_path, office, "officer") as officer:
        officer.sync()
        urge(officer, ticket)
        officer.network.lose_reply_to = "/sync/operations"
        with pytest.raises(Offline):
            officer.sync()
        assert [e.state for e in officer.entries()] == ["queued"]
        assert the_urge(officer).version == 0
        officer.sync()
        assert [e.state for e in officer.entries()] == ["applied"]
        assert the_urge(officer).version == 1
        converged(officer)


def test_a_pull_confirms_what_a_lost_answer_left_open(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The row with its cause comes before the operation could be sent again: it waits no longer."""
    with open_engine(tmp_path, office, "officer") as officer:
        officer.sync()
        urge(officer, ticket)
        officer.network.lose_reply_to = "/sync/operations"
        with pytest.raises(Offline):
            officer.sync()
        pull(officer.ctx)
        assert [e.state for e in officer.entries()] == ["applied"]
        converged(officer)


@pytest.mark.parametrize("arrived", [True, False])
def test_power_gone_while_in_flight(tmp_path: Path, office: Office, ticket: Ticket, arrived: bool) -> None:
    """The mark is on disk before the first byte goes out; after the restart the same id goes out, and counts once."""
    with open_engine(tmp_path, office, "officer") as officer:
        officer.sync()
        urge(officer, ticket)
        (before,) = officer.entries()
        left: list[Path] = []

        def power_cut(request: PreparedRequest) -> Response | None:
            if "/operations" not in request.path_url:
                return None
            left.append(officer.disk_now())
            if arrived:
                return None
            raise ConnectionError

        officer.network.fault = power_cut
        with suppress(Offline):
            officer.sync()
        officer.network.fault = None
        officer.open_after_power_cut(left[0])
        assert [(e.op_id, e.state) for e in officer.entries()] == [(before.op_id, "in_flight")]
        officer.sync()
        assert [(e.op_id, e.state) for e in officer.entries()] == [(before.op_id, "applied")]
        converged(officer)


def test_a_day_offline_drains_in_order_and_without_conflict(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Edits on edits of the same rows, never seen by the server in between: the chain rule takes them all."""
    with open_engine(tmp_path, office, "officer") as officer:
        officer.sync()
        officer.network.cut = True
        urge(officer, ticket)
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        officer.do(lambda w: write_notice(w, form, submit_now=False))
        (notice,) = (row for row in officer.rows().values() if isinstance(row, Notice))
        for ground in ("逾期两日", "逾期两日，承诺未兑现"):
            better = replace(form, ground=ground)
            officer.do(partial(write_notice, form=better, submit_now=False, notice_id=notice.id))
        officer.do(lambda w: write_notice(w, better, submit_now=True, notice_id=notice.id))
        findings = [new_finding(officer, ticket) for _ in range(3)]
        assert len(officer.entries("queued")) == 11
        officer.network.cut = False
        report = officer.sync()
        assert (report.pushed, report.unsent) == (11, 0)
        assert {e.state for e in officer.entries()} == {"applied"}
        assert officer.row("notice", notice.id).state == "submitted"
        assert officer.row("notice", notice.id).ground == "逾期两日，承诺未兑现"
        assert [officer.row("finding", f).number != "" for f in findings] == [True] * 3
        converged(officer)


def test_a_conflict_is_parked_in_words_and_loses_no_text(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Two devices reword one notice: the second keeps its text, sees the first's, and its later work waits."""
    with (
        open_engine(tmp_path, office, "officer", device="one") as one,
        open_engine(tmp_path, office, "officer", device="two") as two,
    ):
        one.sync()
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        one.do(lambda w: write_notice(w, form, submit_now=False))
        one.sync()
        two.sync()
        (notice,) = (row for row in two.rows().values() if isinstance(row, Notice))
        for desk, ground in ((one, "甲"), (two, "乙")):
            mine = replace(form, ground=ground)
            desk.do(partial(write_notice, form=mine, submit_now=False, notice_id=notice.id))
        two.do(lambda w: write_notice(w, replace(form, ground="乙"), submit_now=True, notice_id=notice.id))
        urge(two, ticket)
        one.sync()
        two.sync()
        assert [(e.op.kind, e.state) for e in two.entries()] == [
            ("notice.edit", "conflict"),
            ("notice.submit", "blocked"),
            ("ticket.urge", "applied"),
        ]
        (parked,) = two.entries("conflict")
        assert parked.code == "stale"
        assert two.row("notice", notice.id).ground == "甲"
        assert [row[4] for row in two.table("quarantine")] == ["conflict"]
        assert "乙" in two.table("quarantine")[0][5].decode()
        two.do(lambda w: discard_operation(w, parked.op_id))
        two.sync()
        (signed,) = two.entries("conflict")  # it would put the person's name under a text they had not seen
        assert signed.op.kind == "notice.submit"
        two.do(lambda w: discard_operation(w, signed.op_id))
        two.sync()
        assert [e.state for e in two.entries()] == ["discarded", "discarded", "applied"]
        one.sync()
        converged(one)
        converged(two)


def test_a_reply_to_a_case_that_went_elsewhere_is_kept(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The unit answers offline, meanwhile the case goes to another unit: rows leave, the words stay."""
    with (
        open_engine(tmp_path, office, "officer") as officer,
        open_engine(tmp_path, office, "liaison") as liaison,
    ):
        officer.sync()
        finding = new_finding(officer, ticket)
        officer.sync()
        liaison.sync()
        liaison.do(lambda w: save_draft(w, f"note:{ticket.id}", Words(text="半句话")))
        liaison.do(lambda w: acknowledge_finding(w, finding))
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.ticket(ticket.id)
            assert there is not None
            writer.put(replace(there, unit_id="u-water", against_unit_id="u-roads"))
        liaison.sync()
        assert [e.state for e in liaison.entries()] == ["out_of_scope"]
        assert len(liaison.table("quarantine")) == 1
        assert not [key for key in liaison.rows() if key[0] in ("ticket", "finding")]
        assert len(liaison.table("draft")) == 1
        converged(liaison)
