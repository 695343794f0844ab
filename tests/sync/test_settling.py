"""Conflicts are settled by people: nothing they wrote is lost, nothing is merged for them, and what waited goes on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.models.domain.differences import Piece
from desktop.models.domain.entities import Note, Notice, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import FieldChange
from desktop.services.commands.my_cases import reply_to_notice
from desktop.services.commands.outbox import discard_operation, retry_operation
from desktop.services.commands.return_visits import schedule_visit
from desktop.services.commands.settling import (
    Seen,
    put_back,
    settle_as_note,
    settle_by_leaving,
    settle_by_sending,
)
from desktop.services.commands.supervision import (
    NoticeForm,
    approve_notice,
    return_notice,
    withdraw_notice,
    write_notice,
)
from desktop.services.queries.settling import Matter
from tests.support.builders import NOW, make_notice, make_visit
from tests.support.central_office import Office
from tests.support.conflicts import FACTS, desks, filed_finding, laid_out, listed, reword
from tests.support.engine import EngineDesk

REPLY = "施工队漏报一处，已于当日补修，附现场照片。"


def seen(matter: Matter) -> Seen:
    return Seen(version=matter.version, values=matter.theirs)


def states(desk: EngineDesk) -> list[tuple[str, str]]:
    return [(e.op.kind, e.state) for e in desk.entries()]


def test_two_officers_word_one_finding_and_a_third_wording_settles_it(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Who, when, before, mine and theirs stand side by side; what the person then writes is new work, and arrives."""
    with desks(tmp_path, office, "officer", "chief") as (mine, theirs):
        finding = filed_finding(mine, ticket)
        theirs.sync()
        reword(mine, finding, facts=FACTS + "现场仍有积水。", severity="serious")
        reword(theirs, finding, facts=FACTS.replace("无人联系", "未接到电话"))
        theirs.sync()
        mine.sync()
        matter = laid_out(mine)
        assert (matter.row.standing, matter.row.by_name) == ("conflict", "赵立")
        assert matter.ways == ("send", "leave", "send_note", "discard")
        cases = {case.field: case for case in matter.fields}
        facts = cases["facts"]
        assert (facts.open, cases["severity"].open) == (True, False)
        assert facts.before == FACTS
        assert Piece("added", "现场仍有积水。") in facts.my_marks
        assert Piece("added", "未接到电话") in facts.their_marks
        (step,) = matter.steps
        assert (step.by_name, step.kind, step.at) == ("赵立", "finding.edit", office.now)
        assert mine.row("finding", finding).facts == facts.theirs
        final = "答复称已办结。回访时诉求人表示未接到电话，现场仍有积水。"
        wanted = {case.field: case.mine for case in matter.fields} | {"facts": final}
        mine.do(lambda w: settle_by_sending(w, matter.row.op_id, wanted, seen(matter)))
        assert mine.row("finding", finding).facts == final
        assert mine.entries()[-1].op.resolves == matter.row.op_id
        assert listed(mine) == ()
        assert mine.sync().unsent == 0
        theirs.sync()
        assert (theirs.row("finding", finding).facts, theirs.row("finding", finding).severity) == (
            final,
            "serious",
        )
        (kept,) = listed(mine, "discarded")
        assert (kept.standing, dict(kept.texts)["facts"]) == ("settled", FACTS + "现场仍有积水。")
        with pytest.raises(Refused, match="settled"):
            mine.do(lambda w: put_back(w, kept.op_id))


def test_a_settlement_may_meet_another_change_and_is_asked_again(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The second conflict shows the text of the settlement as mine, and my first wording among the earlier ones."""
    with desks(tmp_path, office, "officer", "chief") as (mine, theirs):
        finding = filed_finding(mine, ticket)
        theirs.sync()
        reword(mine, finding, facts="甲")
        reword(theirs, finding, facts="乙")
        theirs.sync()
        mine.sync()
        first = laid_out(mine)
        mine.do(lambda w: settle_by_sending(w, first.row.op_id, {"facts": "甲与乙"}, seen(first)))
        reword(theirs, finding, facts="丙")
        theirs.sync()
        mine.sync()
        second = laid_out(mine)
        (facts,) = second.fields
        assert (facts.before, facts.mine, facts.theirs) == ("乙", "甲与乙", "丙")
        assert [version.texts for version in second.earlier] == [
            (("facts", "甲"),),
            (("requirement", "三日内报告。"), ("facts", FACTS)),
        ]
        mine.do(lambda w: settle_by_leaving(w, second.row.op_id))
        assert mine.sync().unsent == 0
        assert mine.row("finding", finding).facts == "丙"
        assert len(listed(mine, "discarded")) == 2


def test_one_decision_settles_every_later_wording_and_what_waited_goes_out_behind_it(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Two edits and a submission behind a conflict: the latest words are decided on, then the submission follows."""
    with desks(tmp_path, office, "officer", "chief") as (mine, chief):
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        mine.do(lambda w: write_notice(w, form, submit_now=True))
        mine.sync()
        chief.sync()
        (notice,) = (row for row in mine.rows().values() if isinstance(row, Notice))
        chief.do(lambda w: return_notice(w, notice.id, "理由不足"))
        chief.sync()
        mine.sync()
        other = office.hand("officer", "second-device")  # the same author at another desk
        changed = other.op(
            "notice.edit",
            entity_id=notice.id,
            base=mine.row("notice", notice.id).version,
            changes=(FieldChange("ground", "逾期", "逾期五日"),),
        )
        assert other.push(changed)[0].status == "applied"
        for ground in ("逾期两日", "逾期两日，承诺未兑现"):
            wording = NoticeForm(
                ticket_id=ticket.id, unit_id=ticket.unit_id, ground=ground, requirement="报告"
            )
            mine.do(partial(write_notice, form=wording, submit_now=False, notice_id=notice.id))
        mine.do(lambda w: write_notice(w, wording, submit_now=True, notice_id=notice.id))
        mine.sync()
        assert states(mine)[-3:] == [
            ("notice.edit", "conflict"),
            ("notice.edit", "blocked"),
            ("notice.submit", "blocked"),
        ]
        matter = laid_out(mine)
        (case,) = matter.fields
        assert (case.before, case.mine, case.theirs) == ("逾期", "逾期两日，承诺未兑现", "逾期五日")
        assert [other.kind for other in matter.followers] == ["notice.submit"]
        mine.do(
            lambda w: settle_by_sending(w, matter.row.op_id, {"ground": "逾期五日，承诺未兑现"}, seen(matter))
        )
        assert states(mine)[-2:] == [("notice.edit", "queued"), ("notice.submit", "queued")]
        assert mine.sync().unsent == 0
        assert listed(mine) == ()
        row = mine.row("notice", notice.id)
        assert (row.state, row.ground) == ("submitted", "逾期五日，承诺未兑现")


def test_a_reply_to_a_withdrawn_notice_goes_out_as_a_note(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The liaison learns who withdrew it and when; their words reach the office, and they see that they did."""
    office.load(notice := make_notice(ticket, state="issued", issued_at=NOW))
    with desks(tmp_path, office, "officer", "liaison") as (officer, liaison):
        officer.do(lambda w: withdraw_notice(w, notice.id, "已当面说明"))
        officer.sync()
        liaison.do(lambda w: reply_to_notice(w, notice.id, REPLY))
        liaison.sync()
        matter = laid_out(liaison)
        assert (matter.state, matter.texts) == ("withdrawn", (("text", REPLY),))
        assert [(s.by_name, s.kind) for s in matter.steps] == [("王敏", "notice.withdraw")]
        assert matter.ways == ("send_note", "discard")
        liaison.do(lambda w: settle_as_note(w, matter.row.op_id, REPLY))
        assert liaison.sync().unsent == 0
        officer.sync()
        (note,) = (row for row in officer.rows().values() if isinstance(row, Note))
        assert (note.text, note.by_name, note.unit_id) == (REPLY, "陈静", "u-roads")
        assert note.id in {row.id for row in liaison.rows().values()}


def test_an_approval_of_a_returned_notice_says_who_returned_it(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    office.load(notice := make_notice(ticket, state="submitted"))
    with desks(tmp_path, office, "chief", "deputy") as (chief, deputy):
        deputy.do(lambda w: return_notice(w, notice.id, "理由不足"))
        deputy.sync()
        chief.do(lambda w: approve_notice(w, notice.id))
        chief.sync()
        matter = laid_out(chief)
        assert (matter.state, matter.ways) == ("returned", ("discard",))
        assert [(s.by_name, s.kind) for s in matter.steps] == [("周安", "notice.return")]
        chief.do(lambda w: discard_operation(w, matter.row.op_id))
        assert listed(chief) == ()


def test_a_booking_of_a_visit_completed_meanwhile_keeps_its_note(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    office.load(visit := make_visit(ticket))
    with desks(tmp_path, office, "visitor", "visitor2") as (mine, _):
        tomorrow = office.now + timedelta(days=1)
        mine.do(lambda w: schedule_visit(w, visit.id, booked_at=tomorrow, note="只接上午的电话"))
        done = office.hand("visitor2", "desk-visitor2").does(
            "visit.complete",
            {
                "answers": {
                    "identity_confirmed": True,
                    "contacted": "yes",
                    "resolved": "resolved",
                    "satisfied_result": "satisfied",
                },
                "questionnaire": "2024",
            },
            entity_id=visit.id,
            base=1,
        )
        assert done.status == "applied"
        mine.sync()
        matter = laid_out(mine)
        assert (matter.state, matter.texts) == ("completed", (("note", "只接上午的电话"),))
        assert matter.steps[-1].by_name == "吴芳"
        assert matter.ways == ("leave", "send_note", "discard")


def test_a_booking_that_met_another_is_decided_field_by_field(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    office.load(visit := make_visit(ticket))
    with desks(tmp_path, office, "visitor", "officer") as (mine, theirs):
        day = office.now + timedelta(days=1)
        theirs.do(lambda w: schedule_visit(w, visit.id, booked_at=day, assigned_to="p-visitor2"))
        theirs.sync()
        mine.do(lambda w: schedule_visit(w, visit.id, booked_at=day + timedelta(hours=1), note="上午"))
        mine.sync()
        matter = laid_out(mine)
        assert {c.field: c.open for c in matter.fields} == {
            "booked_at": True,
            "assigned_to": False,
            "note": False,
        }
        assert {c.field: c.proposed for c in matter.fields}["assigned_to"] == "theirs"
        values = {c.field: c.mine if c.proposed == "mine" else c.theirs for c in matter.fields}
        mine.do(lambda w: settle_by_sending(w, matter.row.op_id, values, seen(matter)))
        assert mine.sync().unsent == 0
        row = mine.row("visit", visit.id)
        assert (row.booked_at, row.assigned_name, row.note) == (day, "吴芳", "上午")


def test_what_was_discarded_is_put_back_where_it_stood(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """A slip of the hand costs nothing for 90 days: the conflict is there again with all it said."""
    with desks(tmp_path, office, "officer", "chief") as (mine, theirs):
        finding = filed_finding(mine, ticket)
        theirs.sync()
        reword(mine, finding, facts="甲")
        reword(theirs, finding, facts="乙")
        theirs.sync()
        mine.sync()
        before = laid_out(mine)
        mine.do(lambda w: discard_operation(w, before.row.op_id))
        assert listed(mine) == ()
        mine.do(lambda w: put_back(w, before.row.op_id))
        assert laid_out(mine).fields == before.fields
        reword(mine, finding, requirement="两日内报告。")
        unsent = mine.entries("queued")[-1]
        mine.do(lambda w: discard_operation(w, unsent.op_id))
        assert mine.row("finding", finding).requirement == "三日内报告。"
        mine.do(lambda w: put_back(w, unsent.op_id))
        assert mine.row("finding", finding).requirement == "两日内报告。"
        assert mine.sync().unsent == 0


def test_a_refused_note_is_corrected_and_what_never_left_is_reworded_in_its_place(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """What was not sent yet keeps its followers in order when it is worded anew; nothing names it as refused."""
    with desks(tmp_path, office, "officer") as (mine,):
        form = NoticeForm(ticket_id=ticket.id, unit_id="u-water", ground="逾期", requirement="报告")
        mine.do(lambda w: write_notice(w, form, submit_now=True))
        create = mine.entries()[0]
        mine.do(lambda w: settle_by_sending(w, create.op_id, {"ground": "逾期三日"}, Seen()))
        assert states(mine) == [
            ("notice.create", "discarded"),
            ("notice.submit", "discarded"),
            ("notice.create", "queued"),
            ("notice.submit", "queued"),
        ]
        assert {e.op.resolves for e in mine.entries()} == {None}
        mine.sync()
        matter = laid_out(mine)
        assert (matter.row.standing, matter.row.code) == ("refused", "unit_not_of_ticket")
        mine.do(lambda w: settle_by_sending(w, matter.row.op_id, {"unit_id": "u-roads"}, Seen()))
        assert mine.sync().unsent == 0
        (notice,) = (row for row in mine.rows().values() if isinstance(row, Notice))
        assert (notice.state, notice.unit_id, notice.ground) == ("submitted", "u-roads", "逾期三日")


def test_what_is_on_its_way_cannot_be_settled(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    with desks(tmp_path, office, "officer") as (mine,):
        finding = filed_finding(mine, ticket)
        applied = mine.entries()[0]
        with pytest.raises(Refused, match="not_parked"):
            mine.do(lambda w: settle_by_leaving(w, applied.op_id))
        with pytest.raises(Refused, match="not_parked"):
            mine.do(lambda w: retry_operation(w, applied.op_id))
        assert mine.row("finding", finding).facts == FACTS
