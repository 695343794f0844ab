"""The inspector's page over a real store: the register, writing and filing a finding, settling the unit's answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Check, Finding, FindingReply, Sample
from desktop.models.items import roles
from desktop.models.store import data_acts
from desktop.services.commands import my_cases
from desktop.services.queries.drafts import drafts
from desktop.services.queries.finding_course import finding_course
from desktop.services.queries.finding_filter import FindingFilter
from desktop.services.queries.findings import (
    finding_detail,
    finding_ids,
)
from desktop.tools.evidence import main as check_bundle
from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.letters.offers import Offer
from desktop.views.common.text import PlainLabel
from desktop.views.inspections.finding_sheets import ArrangeSheet, VerifySheet
from tests.support.builders import (
    LIAISON,
    NOW,
    make_finding,
    make_finding_reply,
    make_ticket,
    make_timeline_entry,
    make_visit,
    reference_rows,
)
from tests.support.desks import pull
from tests.support.inspection_rows import make_inspection
from tests.support.inspections_stage import Theatre, write
from tests.support.stores import open_desk_store
from tests.support.widgets import children, press


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        yield Theatre(qtbot, tmp_path, stack)


def test_a_finding_is_written_filed_answered_and_closed_out(theatre: Theatre) -> None:
    """The journey of one finding between two machines; without it the main job of an inspector does not exist."""
    ticket = make_ticket(state="completed")
    entry = make_timeline_entry(ticket, kind="completed", text="已修复")
    stage = theatre.open(ticket, entry)
    stage.begin(ticket.id)
    form = stage.page.form
    assert form.primary.text() == "Send later", "offline, nothing is promised that cannot be kept"
    stage.choose_code("F01")
    write(form.form.facts, "现场未修复")
    write(form.form.requirement, "重新办理")
    box = form.cited.cards[ticket.id].boxes[entry.id]
    box.input.click()
    QTest.keyClick(form.form.facts.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.shown("filed")
    filed = stage.only()
    assert (filed.unit_id, filed.code, filed.severity, filed.rectify_days) == ("u-roads", "F01", "serious", 5)
    assert (filed.facts, filed.evidence_ids, filed.number) == ("现场未修复", (entry.id,), "")
    model = stage.page.register.model
    stage.qtbot.waitUntil(lambda: model.cell(0, 2, roles.PENDING) is True)
    assert stage.kinds() == ["finding.create", "finding.file"]
    assert not stage.store.ask(drafts), "what is recorded is no draft any more"

    # The unit's machine has pulled it, answers, and the officer pulls the answer.
    with open_desk_store(theatre.folder, me=LIAISON, name="unit.db") as unit:
        unit.pull(*reference_rows(), ticket, filed)
        unit.run(lambda w: my_cases.reply_to_finding(w, filed.id, "夜间施工有许可", "disputes"))
        answered = unit.ask(lambda r: finding_detail(r, filed.id))
    assert answered is not None
    pull(stage.desk, stage.store, answered.finding, *answered.replies)
    stage.shown("replied")
    entries = stage.page.pane.view.course.entries()
    reply = next(e for e in entries if e.body)
    assert reply.body == "夜间施工有许可"
    assert "disputes" in reply.title
    stage.page.register.focus_list()
    QTest.keyClick(stage.page.register.table, Qt.Key.Key_U)
    stage.shown("confirmed")
    pane = stage.page.pane
    assert pane.buttons["verify"].reason() == "The unit has not reported the rectification yet."

    # The unit puts it right; the citizen is asked, and only then the finding is closed out.
    with open_desk_store(theatre.folder, me=LIAISON, name="unit2.db") as unit:
        unit.pull(*reference_rows(), ticket, stage.only())
        unit.run(lambda w: my_cases.report_rectification(w, filed.id, "已全线返工"))
        reported = unit.ask(lambda r: finding_detail(r, filed.id))
    assert reported is not None
    pull(stage.desk, stage.store, reported.finding, *reported.replies)
    stage.shown("rectified")
    assert pane.buttons["verify"].reason().startswith("No visit was made since the report")
    stage.page.register.focus_list()
    QTest.keyClick(stage.page.register.table, Qt.Key.Key_A)
    stage.qtbot.waitUntil(lambda: isinstance(pane.open_sheet(), ArrangeSheet))
    arranging = pane.open_sheet()
    assert isinstance(arranging, ArrangeSheet)
    press(arranging, "Arrange it")
    stage.qtbot.waitUntil(lambda: bool(stage.only().verify_ref_id))
    visit = make_visit(
        ticket,
        id=stage.only().verify_ref_id,
        state="completed",
        completed_at=stage.desk.now() + timedelta(hours=1),
    )
    pull(stage.desk, stage.store, visit)
    stage.qtbot.waitUntil(pane.buttons["verify"].isEnabled)
    pane.press_verify()
    sheet = pane.open_sheet()
    assert isinstance(sheet, VerifySheet)
    write(sheet.found, "诉求人说已修好")
    press(sheet, "Close out")
    stage.shown("verified")
    assert stage.only().verify_ref_id == visit.id


def test_a_look_back_is_offered_only_where_its_sample_holds_the_case(theatre: Theatre) -> None:
    """The server refuses one that never looked at the case: offered here, a refusal would be the first word of it."""
    ticket = make_ticket(state="completed")
    finding = make_finding(
        ticket, state="rectified", filed_at=NOW - timedelta(days=9), rectified_at=NOW - timedelta(days=1)
    )
    drawn = make_inspection("holds", kind="look_back")
    plan, lacks = replace(drawn, id="plan", state="issued"), replace(drawn, id="lacks")
    samples = [
        Sample(id=f"s-{row.id}", inspection_id=row.id, unit_id=ticket.unit_id, lots=(number,))
        for row, number in ((drawn, ticket.number), (lacks, "another"))
    ]
    stage = theatre.open(ticket, finding, plan, drawn, lacks, *samples)
    stage.shown("rectified")

    def offered() -> dict[str, bool]:
        course = stage.store.ask(lambda r: finding_course(r, finding))
        return {proof.ref_id: proof.ready for proof in course.proofs}

    assert offered() == {"plan": False, "holds": False}
    pane = stage.page.pane
    assert "checked every ticket cited" in pane.buttons["verify"].reason()
    check = Check(
        id="c-1",
        version=1,
        ticket_id=ticket.id,
        inspection_id="holds",
        checklist="handling",
        complete=True,
        at=NOW - timedelta(days=2),
    )
    pull(stage.desk, stage.store, check)
    assert not offered()["holds"], "looked at before the unit had reported"
    pull(stage.desk, stage.store, replace(check, version=2, at=NOW))
    assert offered()["holds"]
    stage.qtbot.waitUntil(pane.buttons["verify"].isEnabled)


def test_a_draft_survives_the_page_and_stands_in_the_register(theatre: Theatre) -> None:
    """A power cut in the middle of a long finding costs at most a second of typing."""
    ticket = make_ticket()
    stage = theatre.open(ticket)
    stage.begin(ticket.id)
    write(stage.page.form.form.facts, "写到一半的事实")
    stage.qtbot.waitUntil(lambda: len(stage.store.ask(drafts)) == 1)
    stage.page.release()
    stage.page.hide()
    page = stage.rebuild()
    stage.qtbot.waitUntil(lambda: page.register.table.current_id() == f"form:{ticket.id}")
    page.pane.press_edit()
    stage.qtbot.waitUntil(lambda: page.form.form.facts.value() == "写到一半的事实")
    page.form.discard_changes()
    stage.qtbot.waitUntil(lambda: not stage.store.ask(drafts))
    assert not stage.listed()


def test_what_is_missing_is_named_and_one_press_goes_there(theatre: Theatre) -> None:
    ticket = make_ticket()
    stage = theatre.open(ticket)
    stage.begin(ticket.id)
    form = stage.page.form.form
    assert form.missing.words() == ["Code", "Facts", "What the unit has to do"]
    assert not form.submit()
    assert stage.kinds() == []
    # Links of the words before are on their way out.
    stage.qtbot.waitUntil(
        lambda: [b.accessibleName() for b in children(form.missing, Button)].count("Facts") == 1
    )
    press(form.missing, "Facts")
    assert stage.page.window().focusWidget() is form.facts.input
    stage.choose_code("F04")
    assert form.missing.words() == ["Facts"], "a mere hint asks for nothing"


def test_an_edit_sends_only_what_the_person_changed(theatre: Theatre) -> None:
    """A colleague's change of another field, and text that the screen had to clean, must come through unharmed."""
    ticket = make_ticket()
    odd = "事实\u202e反向"
    finding = make_finding(ticket, facts=odd, severity="ordinary", requirement="重新办理")
    stage = theatre.open(ticket, finding)
    stage.page.edit_finding(finding.id)
    form = stage.page.form
    stage.qtbot.waitUntil(lambda: form.value() is not None)
    assert form.primary.text() == "Send changes later"
    newer = Finding(**{f: getattr(finding, f) for f in finding.__struct_fields__} | {"rectify_days": 3})
    pull(stage.desk, stage.store, newer)
    write(form.form.requirement, "三日内重新办理")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.edit"])
    assert stage.changed_fields() == ["requirement"]
    now = stage.only()
    assert (now.facts, now.requirement, now.rectify_days) == (odd, "三日内重新办理", 3)


def test_the_severity_follows_the_code_and_the_days_follow_the_severity(theatre: Theatre) -> None:
    ticket = make_ticket()
    stage = theatre.open(ticket)
    stage.begin(ticket.id)
    form = stage.page.form.form
    stage.choose_code("F11")
    assert (form.severity.value(), form.days.value()) == ("critical", 3)
    form.severity.press("1")
    assert form.days.value() == 15


def test_a_template_fills_what_is_empty_and_nothing_else(theatre: Theatre) -> None:
    """Set words save typing; over what somebody has written they would cost it."""
    ticket = make_ticket(state="completed")
    stage = theatre.open(ticket)
    stage.begin(ticket.id)
    form = stage.page.form.form
    stage.choose_code("F02")
    write(form.requirement, "自己写的要求")
    combo = form.template.input
    combo.setCurrentIndex(combo.findData("0"))
    combo.activated.emit(combo.currentIndex())
    assert ticket.number in form.facts.value()
    assert "{" not in form.facts.value()
    assert form.requirement.value() == "自己写的要求"
    stage.choose_code("F09")
    assert form.template.isHidden(), "the city has written none for this code"


def test_the_same_fact_twice_is_pointed_out(theatre: Theatre) -> None:
    ticket = make_ticket()
    finding = make_finding(ticket, code="F02", number="云查〔2024〕7号")
    stage = theatre.open(ticket, finding)
    stage.begin(ticket.id)
    form = stage.page.form
    assert not form.warning.isVisible()
    stage.choose_code("F02")
    stage.qtbot.waitUntil(form.warning.isVisible)
    assert "云查〔2024〕7号" in form.warning.text()
    press(form.warning, "Show it")
    stage.shown("filed")


def test_a_further_ticket_is_cited_by_the_end_of_its_number(theatre: Theatre) -> None:
    ticket, other = make_ticket(), make_ticket(number="YZ-2024-998877")
    entry = make_timeline_entry(other)
    stage = theatre.open(ticket, other, entry)
    stage.begin(ticket.id)
    cited = stage.page.form.cited
    cited.picker.line.input.setText("8877")
    cited.picker.line.input.textEdited.emit("8877")
    stage.qtbot.waitUntil(lambda: bool(cited.picker.found()))
    QTest.keyClick(cited.picker.line.input, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: other.id in cited.cards)
    cited.cards[other.id].boxes[entry.id].input.click()
    value = stage.page.form.value()
    assert value is not None
    assert (value.cited_ticket_ids, value.evidence_ids) == ((ticket.id, other.id), (entry.id,))


def test_groups_count_exactly_and_chips_narrow_them(theatre: Theatre) -> None:
    ticket = make_ticket()
    rows = [
        make_finding(ticket, state="draft", filed_at=None),
        make_finding(ticket, state="filed"),
        make_finding(ticket, state="replied", code="F01", unit_id="u-water"),
        make_finding(ticket, state="rectified"),
        make_finding(ticket, state="verified"),
        make_finding(ticket, state="withdrawn"),
    ]
    stage = theatre.open(ticket, *rows)
    found = stage.store.ask(lambda r: finding_ids(r, FindingFilter(group="closed")))
    assert found.counts == {"all": 6, "drafts": 1, "open": 1, "answered": 1, "rectified": 1, "closed": 2}
    assert len(found.rids) == 2
    register = stage.page.register
    register.ask(FindingFilter(unit_ids=("u-water",), codes=("F01",)))
    stage.qtbot.waitUntil(lambda: register.model.rowCount() == 1)
    stage.shown("replied")
    press(register.tabs, "Closed  0")
    stage.qtbot.waitUntil(lambda: register.table.empty.title() == "Nothing matches")


def test_a_withdrawal_needs_its_reason(theatre: Theatre) -> None:
    ticket = make_ticket()
    stage = theatre.open(ticket, make_finding(ticket, state="acknowledged"))
    stage.shown("acknowledged")
    pane = stage.page.pane
    pane.press_withdraw()
    assert pane.withdraw_reason.isVisible()
    pane.press_withdraw()
    assert stage.kinds() == []
    write(pane.withdraw_reason, "已另案处理")
    pane.press_withdraw()
    stage.shown("withdrawn")
    assert stage.only().withdraw_reason == "已另案处理"


def test_a_rectification_notice_is_made_from_the_register_by_keyboard(
    theatre: Theatre, tmp_path: Path
) -> None:
    """The unit wants it on paper, with a seal; a good practice asks for nothing and says so."""
    ticket = make_ticket()
    finding = make_finding(ticket, number="云检〔2024〕7号")
    praise = make_finding(ticket, code="F90", number="云检〔2024〕8号")
    stage = theatre.open(ticket, finding, praise)
    pane, register = stage.page.pane, stage.page.register
    stage.qtbot.waitUntil(lambda: register.table.select_id(finding.id))
    stage.shown("filed")
    register.focus_list()
    QTest.keyClick(register.table, Qt.Key.Key_F10)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    (dialog,) = children(pane, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "整改通知书 云检〔2024〕7号.docx"
    with stage.qtbot.waitSignal(pane.letters.finished, timeout=60_000) as done:
        dialog.fileSelected.emit(str(tmp_path / "letter.docx"))
    dialog.reject()
    assert done.args == [True]
    assert (tmp_path / "letter.docx").exists()
    with stage.qtbot.waitSignal(pane.evidence.finished, timeout=60_000) as packed:
        pane.evidence.save_of(finding.id, str(tmp_path / "evidence.zip"))
    assert packed.args == [True]
    assert check_bundle([str(tmp_path / "evidence.zip")], len) == 0
    acts = stage.store.ask(lambda r: data_acts.waiting(r.connection, 100))
    assert [(act.object_id, act.detail) for act in acts][-1] == (finding.id, "evidence"), (
        "on record as it leaves"
    )
    told: list[str] = []
    pane.told.connect(told.append)
    with stage.qtbot.waitSignal(pane.letters.finished, timeout=60_000):
        pane.letters.save(Offer("rectification", praise.id), str(tmp_path / "praise.docx"))
    assert told == ["A good practice needs no rectification."]


def test_hostile_words_stay_words(theatre: Theatre) -> None:
    """A citizen's or a unit's text must never become markup, reorder a line, or hide what stands beside it."""
    bad = '<img src="file:///etc/passwd"><b>粗</b>\u202e' + "长" * 120
    ticket = make_ticket(title=bad)
    entry = make_timeline_entry(ticket, kind=bad, actor=bad, text=bad)
    finding = make_finding(ticket, state="replied", facts=bad, requirement=bad, evidence_ids=(entry.id,))
    reply = make_finding_reply(finding, text=bad, by_name=bad, at=NOW - timedelta(minutes=5))
    assert isinstance(reply, FindingReply)
    stage = theatre.open(ticket, entry, finding, reply)
    stage.shown("replied")
    stage.begin(ticket.id)
    labels = children(stage.page, PlainLabel)
    assert any("<b>粗</b>" in label.text() for label in labels)
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
    assert stage.page.form.width() <= stage.page.width()
