"""Two weeks of an officer and a liaison who are seldom online together: one inspection from its plan to its close-out.

Two desktops' engines on the real server, a real store each; the days pass by the clock alone. At the end both show what
the server has, and every word that anybody wrote can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from central.writer import Writer as CentralWriter
from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import (
    Answers,
    Application,
    Finding,
    Inspection,
    Note,
    Sample,
    Ticket,
    Visit,
    encode_row,
)
from desktop.models.domain.inspections import protocol_of
from desktop.models.domain.payloads import NotePayload
from desktop.models.domain.sampling import Criteria, read_leaf
from desktop.models.domain.sampling_protocol import read_protocol, redraw, write_protocol
from desktop.models.store.agreement import ask_agreement, read_agreement
from desktop.services.api.errors import Offline
from desktop.services.commands import findings as officers
from desktop.services.commands import inspections as plans
from desktop.services.commands import my_cases as units
from desktop.services.commands.base import Writer
from desktop.services.commands.reviews import ApplicationForm, DecisionForm, apply_for, decide
from desktop.services.commands.settling import settle_as_note
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import Office, open_office
from tests.support.conflicts import laid_out, the_form
from tests.support.engine import EngineDesk, open_engine

DAY_S = 86_400
UNIT = "u-roads"
VERDICTS = {"contacted": "not_met", "identity": "not_applicable"}


class Fortnight:
    """The days, the two desktops, and every text that was written."""

    def __init__(self, office: Office, officer: EngineDesk, liaison: EngineDesk) -> None:
        self.office, self.officer, self.liaison = office, officer, liaison
        self.said: list[str] = []

    def say(self, text: str) -> str:
        """A text that has to be there at the end."""
        self.said.append(text)
        return text

    def next_day(self, *, officer: bool, liaison: bool, days: int = 1) -> None:
        """The next morning, and who has a network on that day."""
        self.office.clock.advance(days * DAY_S)
        for desk, online in ((self.officer, officer), (self.liaison, liaison)):
            desk.network.cut = not online
            self.sync(desk)

    def sync(self, desk: EngineDesk) -> None:
        """A round, or the attempt at one."""
        if desk.network.cut:
            with pytest.raises(Offline):
                desk.sync()
        else:
            desk.sync()

    def does(self, desk: EngineDesk, *commands: Callable[[Writer], Changes]) -> None:
        """Work, recorded at once, and sent where there is a network."""
        for command in commands:
            desk.do(command)
        self.sync(desk)

    def rows(self, desk: EngineDesk, kind: type[Any]) -> list[Any]:
        """Rows on a desktop's screen, by id."""
        return sorted((row for row in desk.rows().values() if isinstance(row, kind)), key=lambda row: row.id)

    def finding(self, desk: EngineDesk, code: str) -> Finding:
        """The finding of this code as a desktop shows it."""
        (found,) = (row for row in self.rows(desk, Finding) if row.code == code)
        assert isinstance(found, Finding)
        return found


@pytest.fixture
def fortnight(tmp_path: Path) -> Iterator[Fortnight]:
    with (
        open_office(tmp_path) as office,
        open_engine(tmp_path, office, "officer") as officer,
        open_engine(tmp_path, office, "liaison") as liaison,
    ):
        done = {"state": "archived", "completed_at": NOW - timedelta(days=2)}
        office.load(*(make_ticket(**done, unit_id=UNIT, rework=n % 3) for n in range(18)))
        office.load(make_ticket(unit_id=UNIT, due_at=NOW + timedelta(days=20)))
        officer.sync()
        liaison.sync()
        yield Fortnight(office, officer, liaison)


def plan(w: Writer, purpose: str) -> Changes:
    form = plans.InspectionForm(
        title="五月办理质量抽查",
        kind="spot_check",
        mandate="zfdc-2021",
        purpose=purpose,
        plan="先看卷，后回访",
        unit_ids=(UNIT,),
        from_day=date(2024, 4, 1),
        to_day=date(2024, 5, 13),
        checklist="handling",
        inspector_ids=("p-officer",),
    )
    return plans.plan_inspection(w, form)


def draw_sample(f: Fortnight) -> Inspection:
    """Plan, frame, criteria, seed: each step in front of the server."""
    f.does(f.officer, partial(plan, purpose=f.say("核实办结是否属实，兼看回访记录")))
    (inspection,) = f.rows(f.officer, Inspection)
    criteria = Criteria(method="stratified", size=5)
    steps: tuple[Callable[[Writer], Changes], ...] = (
        lambda w: plans.issue_inspection(w, inspection.id),
        lambda w: plans.freeze_frame(w, inspection.id),
        lambda w: plans.fix_criteria(w, inspection.id, criteria, "福彩3D 第2024126期"),
        lambda w: plans.draw_sample(w, inspection.id, "835"),
    )
    for step in steps:
        f.does(f.officer, step)
    drawn = f.officer.row("inspection", inspection.id)
    assert drawn.state == "drawn"
    return drawn  # type: ignore[no-any-return]  # a row of the screen, by its type


def redrawn_by_the_unit(f: Fortnight, inspection_id: str) -> set[str]:
    """What the liaison's desktop draws again, from what it was sent and by the protocol's text alone."""
    (own,) = f.rows(f.liaison, Sample)
    protocol = protocol_of(f.liaison.row("inspection", inspection_id), [own], UNIT)
    assert protocol is not None
    text = write_protocol(protocol)
    assert redraw(read_protocol(text)).holds
    return set(protocol.drawn)


def check_all(f: Fortnight, inspection: Inspection, drawn: list[Ticket]) -> None:
    """Every ticket of the sample, offline, to the last line of the checklist."""
    (sample,) = f.rows(f.officer, Sample)
    assert {line.number for line in read_leaf(sample.frame)} >= {ticket.number for ticket in drawn}
    checklist = profile_checklist(f)
    for ticket in drawn:
        results = {code: VERDICTS.get(code, "met") for code in checklist}
        form = plans.CheckForm(
            ticket_id=ticket.id,
            inspection_id=inspection.id,
            checklist="handling",
            results=results,  # type: ignore[arg-type]  # verdicts of the domain
            note=f.say(f"已核对{ticket.number}的办理记录"),
        )
        f.officer.do(partial(plans.record_check, form=form))


def profile_checklist(f: Fortnight) -> tuple[str, ...]:
    checklist = f.office.services.profile().inspections.checklist("handling")
    assert checklist is not None
    return tuple(item.code for item in checklist.items)


def write_findings(f: Fortnight, drawn: list[Ticket]) -> None:
    """Three findings of three codes, filed at once."""
    for code, ticket in zip(("F02", "F03", "F05"), drawn, strict=False):
        form = officers.FindingForm(
            ticket_id=ticket.id,
            unit_id=UNIT,
            code=code,
            severity="ordinary",
            facts=f.say(f"{ticket.number}：办理记录与回访不符（{code}）。"),
            requirement=f.say(f"请书面说明{ticket.number}的情况并整改。"),
        )
        f.officer.do(lambda w, form=form: officers.create_finding(w, form, file_now=True))  # type: ignore[misc]


def visited(f: Fortnight, finding_id: str) -> str:
    """The return-visit desk asks the citizen; the id of the visit."""
    visit_id = f.officer.row("finding", finding_id).verify_ref_id
    with f.office.database.write() as tx:
        writer = CentralWriter(tx, at=f.office.clock.now())
        visit = writer.row("visit", visit_id)
        assert isinstance(visit, Visit)
        answers = Answers(identity_confirmed=True, contacted="yes", resolved="resolved")
        made: dict[str, Any] = {"state": "completed", "completed_at": f.office.now, "answers": answers}
        fields = {field: getattr(visit, field) for field in visit.__struct_fields__} | made
        writer.put(Visit(**fields))
    return str(visit_id)


def same_at_both_ends(f: Fortnight, desk: EngineDesk) -> None:
    """Rows, contents and digests are the server's, and nothing waits."""
    with desk.store.write() as connection:
        ask_agreement(connection)
    assert desk.sync().unsent == 0
    with desk.store.read() as connection:
        agreement = read_agreement(connection)
    assert (agreement.due, agreement.differs) == (False, ())
    assert desk.rows() == f.office.hand(desk.login, desk.device).rows()
    assert {entry.state for entry in desk.entries()} <= {"applied", "discarded"}


def test_two_weeks_apart_end_with_the_same_rows_and_every_word(fortnight: Fortnight, tmp_path: Path) -> None:
    """What either writes on a train is what the other has to answer; none of it may be lost or doubled."""
    f = fortnight
    officer, liaison = f.officer, f.liaison

    # Tuesday: both online. The sample is drawn, and the unit draws it again.
    inspection = draw_sample(f)
    f.sync(liaison)
    numbers = redrawn_by_the_unit(f, inspection.id)
    drawn = [ticket for ticket in f.rows(officer, Ticket) if ticket.number in numbers]
    assert len(drawn) == len(numbers) >= 5

    # Wednesday: the officer on the road, checking and writing; the unit hears nothing of it.
    f.next_day(officer=False, liaison=True)
    check_all(f, inspection, drawn)
    write_findings(f, drawn)
    f.sync(officer)
    assert f.rows(liaison, Finding) == []

    # Thursday: the officer's work arrives; the liaison takes it along.
    f.next_day(officer=True, liaison=True)
    f.sync(officer)
    f.sync(liaison)
    assert {row.code: row.state for row in f.rows(liaison, Finding)} == dict.fromkeys(
        ("F02", "F03", "F05"), "filed"
    )

    # Friday: both offline. The unit answers all three; the officer rewords one of them meanwhile.
    f.next_day(officer=False, liaison=False)
    first, second, third = (f.finding(liaison, code).id for code in ("F02", "F03", "F05"))
    f.does(
        liaison,
        lambda w: units.acknowledge_finding(w, first),
        lambda w: units.reply_to_finding(w, first, f.say("情况属实，当日未打电话，只发了短信。"), "accepts"),
        lambda w: units.reply_to_finding(
            w, second, f.say("答复共三页，扫描件漏传两页，现补上。"), "disputes"
        ),
        lambda w: units.reply_to_finding(w, third, f.say("照片拍摄日期有误，现场情况属实。"), "explains"),
    )
    reworded = f.say("照片为上一年同期拍摄，与办结日期不符，另有两处路面未修。")
    form = the_form(officer.row("finding", third))
    changed = {field: getattr(form, field) for field in form.__struct_fields__} | {"facts": reworded}
    f.does(officer, lambda w: officers.edit_finding(w, third, officers.FindingForm(**changed)))

    # Monday: the unit is online first, so the officer's wording comes too late, is kept, and goes on file as a note.
    f.next_day(officer=False, liaison=True, days=3)
    f.next_day(officer=True, liaison=False)
    f.sync(officer)
    conflict = laid_out(officer)
    assert conflict.row.standing == "conflict"
    f.does(officer, lambda w: settle_as_note(w, conflict.row.op_id, reworded))
    assert any(note.text == reworded for note in f.rows(officer, Note))
    assert f.finding(officer, "F05").facts != reworded

    # The same day: one is withdrawn with its reason, two are upheld.
    f.does(
        officer,
        lambda w: officers.withdraw_finding(w, second, f.say("补充材料完整，原认定不成立。")),
        lambda w: officers.confirm_finding(w, first),
        lambda w: officers.confirm_finding(w, third),
    )

    # Wednesday: the liaison hears of it, and writes on the train: a plan, a review, an extension elsewhere, a note.
    f.next_day(officer=False, liaison=True)
    f.next_day(officer=False, liaison=False)
    (handled,) = (ticket for ticket in f.rows(liaison, Ticket) if ticket.state == "handling")
    extension = ApplicationForm(
        ticket_id=handled.id, matter="extension", reason=f.say("连续降雨，沥青无法摊铺。"), days=3
    )
    own_note = NotePayload(ticket_id=handled.id, text=f.say("已与施工单位约定周五进场。"), unit_id=UNIT)
    f.does(
        liaison,
        lambda w: units.begin_rectification(w, first, f.say("一周内逐件补打电话，并抽查上月全部短信答复。")),
        lambda w: units.ask_review(w, third, f.say("请复核：办结日期为系统补录，现场修复在先。")),
        lambda w: apply_for(w, extension),
        lambda w: w.submit("note.add", w.new_id(), own_note),
    )

    # Thursday: all of it arrives; somebody without a part in it decides the review, a chief the extension.
    f.next_day(officer=True, liaison=True)
    f.sync(officer)
    with open_engine(tmp_path, f.office, "chief") as chief:
        chief.sync()
        (asked,) = (row for row in f.rows(chief, Application) if row.state == "asked")
        answer = DecisionForm(
            reason=f.say("情况属实，同意延期。"), citizen_words=f.say("因天气原因，修复顺延三个工作日。")
        )
        f.does(
            chief,
            lambda w: officers.decide_review(w, third, "upheld", f.say("补录记录无原始时间戳，维持原认定。")),
            lambda w: decide(w, asked.id, answer, agreed=True),
        )

    # Friday: reports come in; one is sent back by an officer who is offline until Saturday.
    f.next_day(officer=False, liaison=True)
    f.does(
        liaison,
        lambda w: units.report_rectification(w, first, f.say("已补打电话十二个，记录附后。")),
        lambda w: units.report_rectification(w, third, f.say("两处路面已修复。")),
    )
    f.next_day(officer=True, liaison=False)
    f.sync(officer)
    officer.network.cut = True
    f.does(
        officer,
        lambda w: officers.return_rectification(w, first, f.say("十二个电话中有五个号码为空号，请补正。")),
    )
    f.does(officer, lambda w: officers.arrange_visit(w, third))

    # Monday: sent back is put right once more; the citizens are asked.
    f.next_day(officer=True, liaison=True, days=2)
    f.sync(officer)
    f.sync(liaison)
    assert f.finding(liaison, "F02").state == "returned"
    f.does(liaison, lambda w: units.report_rectification(w, first, f.say("五个空号已通过网格员上门联系。")))
    f.sync(officer)
    f.does(officer, lambda w: officers.arrange_visit(w, first))
    proofs = {finding_id: visited(f, finding_id) for finding_id in (first, third)}

    # The last day: both are closed out, and the inspection.
    f.next_day(officer=True, liaison=False)
    f.does(
        officer,
        *(
            partial(
                officers.verify_rectification,
                finding_id=finding_id,
                means="return_visit",
                ref_id=visit_id,
                text=f.say(f"回访核实，整改属实（{finding_id[-4:]}）。"),
            )
            for finding_id, visit_id in proofs.items()
        ),
        lambda w: plans.close_inspection(w, inspection.id, f.say("抽查完成，三件问题，一件撤回，两件销号。")),
    )
    f.next_day(officer=True, liaison=True)

    for desk in (officer, liaison):
        same_at_both_ends(f, desk)
    assert {row.code: row.state for row in f.rows(liaison, Finding)} == {
        "F02": "verified",
        "F03": "withdrawn",
        "F05": "verified",
    }
    assert officer.row("inspection", inspection.id).state == "closed"
    there = "\n".join(encode_row(row).decode() for row in officer.rows().values())
    assert [text for text in f.said if text not in there] == []
