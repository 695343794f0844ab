"""What the simulator found, each as a small case of its own: seeds change their meaning when the simulator grows.

The seed named is the one that found it, with the commit of its day.
"""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from central.installation import installation_of, renew_epoch
from central.writer import Writer
from desktop.models.domain.entities import Finding, Ticket
from desktop.services.api.errors import BadReply, Offline
from desktop.services.commands.findings import FindingForm, edit_finding
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import discard_operation
from desktop.services.commands.return_visits import Call, record_attempt, schedule_visit
from desktop.services.commands.supervision import NoticeForm, write_notice
from tests.support.builders import make_finding, make_visit
from tests.support.central_office import Office
from tests.support.engine import Fault, open_engine


def test_a_case_made_confidential_is_no_colleague_who_edited(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I23, seed 1116: a caller's booking was refused as stale although nobody else had touched the visit.

    Their own call had made a new version of it, and the case's new level put that version into the log once more,
    which counted as somebody else's edit.
    """
    visit = make_visit(ticket)
    office.load(visit)
    with open_engine(tmp_path, office, "visitor") as desk:
        desk.sync()
        at = desk.now()
        later = at.replace(hour=16)
        desk.do(lambda w: schedule_visit(w, visit.id, booked_at=later, named_by_citizen=True))
        desk.sync()
        office.clock.advance(7 * 3600)  # past the promised time: the call that keeps it uses the booking up
        call = Call(at=desk.now())
        desk.do(lambda w: record_attempt(w, visit.id, "no_answer", call))
        desk.network.lose_reply_to = "/sync/operations"
        with pytest.raises(Offline):
            desk.sync()
        with office.database.write() as tx:
            Writer(tx, at=office.clock.now()).put(replace(ticket, level="confidential"))
        tomorrow = desk.now().replace(day=at.day + 1, hour=10)
        desk.do(lambda w: schedule_visit(w, visit.id, booked_at=tomorrow, named_by_citizen=True))
        desk.sync()
        assert [entry.state for entry in desk.entries()] == ["applied"] * 3


def test_work_on_what_a_restored_server_lost_waits_for_it(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I8 and I22, seed 26: new work went out before the round had heard of the restore.

    A notice that the server had taken and lost was edited offline; the edit came first and was refused as out of scope,
    and the notice itself followed a moment later.
    """
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        desk.do(lambda w: write_notice(w, form, submit_now=False))
        desk.sync()
        (created,) = desk.entries("applied")
        edited = replace(form, requirement="三日内报告")
        desk.do(lambda w: write_notice(w, edited, submit_now=True, notice_id=created.op.entity_id))
        with office.database.write() as tx:
            run = tx.connection.exec_driver_sql
            run("DELETE FROM operation WHERE op_id = ?", (created.op_id,))
            run("DELETE FROM change WHERE caused_by = ?", (created.op_id,))
            run("DELETE FROM entity WHERE id = ?", (created.op.entity_id,))
        renew_epoch(office.database, random.Random(5))
        with office.database.read() as connection:
            office.services.installation = installation_of(connection)
        desk.sync()
        assert [entry.state for entry in desk.entries()] == ["applied"] * 3
        assert desk.rows() == office.hand("officer").rows()


def test_an_edit_behind_a_merged_one_overwrites_nobody(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I9, seed 62: two edits made offline, of two fields; a colleague had changed the second field meanwhile.

    The first was merged beside the colleague's, the second then followed upon the first and silently replaced the
    colleague's words.
    """
    finding = make_finding(ticket)
    office.load(finding)
    with open_engine(tmp_path, office, "officer") as mine, open_engine(tmp_path, office, "chief") as theirs:
        mine.sync()
        theirs.sync()
        form = form_of(finding)
        wish, facts = replace(form, requirement="三日内"), replace(form, requirement="三日内", facts="我的话")
        mine.do(lambda w: edit_finding(w, finding.id, wish))
        mine.do(lambda w: edit_finding(w, finding.id, facts))
        theirs.do(lambda w: edit_finding(w, finding.id, replace(form, facts="同事的话")))
        theirs.sync()
        mine.sync()
        assert [entry.state for entry in mine.entries()] == ["applied", "conflict"]
        theirs.sync()
        now = theirs.row("finding", finding.id)
        assert (now.requirement, now.facts) == ("三日内", "同事的话")


def form_of(finding: Finding) -> FindingForm:
    """The finding as its form opens it."""
    values = {name: getattr(finding, name) for name in FindingForm.__struct_fields__}
    return FindingForm(**values)


def test_what_was_thrown_away_by_a_wrong_clock_is_kept_as_long_as_any(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I2 and I20, seed 24: on a machine set back by 400 days a discarded text was forgotten at the next round."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.crash()
        office.clock.jump(timedelta(days=-400))
        desk.open()
        desk.network.cut = True
        with pytest.raises(Offline):
            desk.sync()
        desk.do(lambda w: add_note(w, ticket.id, "一句话"))
        (noted,) = desk.entries("queued")
        desk.do(lambda w: discard_operation(w, noted.op_id))
        office.clock.jump(timedelta(days=400))
        desk.network.cut = False
        for _ in range(2):
            desk.crash()
            desk.open()
            desk.sync()
            assert [entry.state for entry in desk.entries()] == ["discarded"]
        office.clock.advance(91 * 86_400)
        desk.crash()
        desk._keeper.forget()  # a sign-in lasts thirty days: they sign in anew
        desk.open()
        desk.sync()
        assert desk.entries() == []


def test_a_reply_with_a_damaged_field_name_is_asked_for_again(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I4, seed 508: two bytes of a page were damaged within the name of a field, which was then ignored as unknown.

    The officer read a finding without its requirement, and no later page brought it.
    """
    finding = make_finding(ticket, requirement="重新办理")
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        office.load(finding)
        desk.network.damage = (b"requirement", b"requi\xff\x00ment")
        with pytest.raises(BadReply):
            desk.sync()
        desk.sync()
        shown = desk.rows()["finding", finding.id]
        assert isinstance(shown, Finding)
        assert shown.requirement == "重新办理"


def test_work_to_be_sent_again_is_marked_so_though_the_program_ends_at_once(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I3, seed 720: the program was killed between hearing of the restore and loading anew.

    What the restored server may have lost waited in the outbox, and the list of cases said that nothing did.
    """
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.do(lambda w: add_note(w, ticket.id, "已电话核实"))
        desk.sync()
        renew_epoch(office.database, random.Random(5))
        with office.database.read() as connection:
            office.services.installation = installation_of(connection)
        desk.network.fault = _cut_at("/me")
        with pytest.raises(Offline):
            desk.sync()
        assert [entry.state for entry in desk.entries()] == ["queued"]
        with desk.store.read() as connection:
            listed = connection.exec_driver_sql("SELECT id, pending FROM ticket_list WHERE pending > 0").all()
        assert [tuple(line) for line in listed] == [(ticket.id, 1)]


def _cut_at(path: str) -> Fault:
    def fault(request: requests.PreparedRequest) -> None:
        if path in (request.url or ""):
            raise requests.ConnectionError

    return fault
