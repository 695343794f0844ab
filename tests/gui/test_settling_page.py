"""Settling real conflicts on the page: made by two desktops on the real server, decided by keyboard, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.writer import Writer
from desktop.models.domain.entities import Extension, Note, Ticket
from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.payloads import TEXT_FIELDS
from desktop.models.domain.wire import OperationResult, Problem
from desktop.models.store import outbox
from desktop.models.store.outbox import State
from desktop.services.commands.my_cases import reply_to_finding, reply_to_notice
from desktop.services.commands.return_visits import schedule_visit
from desktop.services.commands.supervision import approve_notice, return_notice, withdraw_notice
from desktop.services.queries.outbox import outbox_counts
from desktop.views.common.choices import DateTimeField
from desktop.views.outbox.decisions import OwnText, ScalarDecision, TextDecision, Undisputed
from desktop.views.outbox.sentences import deed, standing
from desktop.views.outbox.stories import story
from tests.support.builders import NOW, make_finding, make_notice, make_ticket, make_visit
from tests.support.central_office import Office, open_office
from tests.support.conflicts import FACTS, ask, desks, filed_finding, laid_out, listed, reword
from tests.support.desks import OFFLINE
from tests.support.engine import EngineDesk
from tests.support.operations import every_operation
from tests.support.outbox_stage import OutboxStage, outbox_stage

HOUR = 3600
REPLY = "施工队漏报一处，已于当日补修，附现场照片。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def ticket(office: Office) -> Ticket:
    made = make_ticket()
    office.load(made)
    return made


def conflict_on_a_finding(mine: EngineDesk, theirs: EngineDesk, ticket: Ticket) -> str:
    """The officer edits offline, a colleague edits meanwhile; the finding's id."""
    finding = filed_finding(mine, ticket)
    theirs.sync()
    reword(mine, finding, facts=FACTS + "现场仍有积水。", severity="serious")
    mine.office.clock.advance(HOUR)
    reword(theirs, finding, facts=FACTS.replace("无人联系", "未接到电话"), severity="notice")
    theirs.sync()
    mine.office.clock.advance(HOUR)
    mine.sync()
    return finding


def choose_severity(stage: OutboxStage, digit: str) -> None:
    decision = stage.page.panel.list.decisions["severity"]
    assert isinstance(decision, ScalarDecision)
    assert decision.options.press(digit)


def test_both_versions_stand_side_by_side_and_are_settled_by_keyboard_alone(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """From the list with Enter, the digit, the typing and Ctrl+Enter: the officer needs no mouse."""
    with desks(tmp_path, office, "officer", "chief") as (mine, theirs):
        finding = conflict_on_a_finding(mine, theirs, ticket)
        with outbox_stage(qtbot, mine) as stage:
            stage.open()
            page, panel = stage.page, stage.page.panel
            assert "赵立 changed" in stage.story()
            assert "on 05-14 10:30 while you were offline" in stage.story()
            facts = panel.list.decisions["facts"]
            assert isinstance(facts, TextDecision)
            assert any(p.kind == "added" and "积水" in p.text for p in facts.my_view.pieces())
            assert any(p.kind == "removed" and "无人联系" in p.text for p in facts.their_view.pieces())
            assert facts.result.value() == FACTS + "现场仍有积水。", "mine is kept, nothing is merged"
            assert panel.buttons["send"].reason() == "still to decide: Severity"
            page.focus_list()
            qtbot.waitUntil(page.table.hasFocus)
            stage.key(Qt.Key.Key_Return)
            qtbot.waitUntil(facts.result.input.hasFocus)
            facts.take_theirs.click()
            assert facts.result.value() == FACTS.replace("无人联系", "未接到电话")
            facts.result.input.undo()
            assert facts.result.value() == FACTS + "现场仍有积水。", "taking one over is undone like typing"
            facts.result.insert("两者都属实。")
            stage.key(Qt.Key.Key_Tab)
            qtbot.waitUntil(lambda: not facts.result.input.hasFocus())
            severity = panel.list.decisions["severity"]
            chosen, sending = QApplication.focusWidget(), panel.buttons["send"]
            assert chosen is not None
            assert severity.isAncestorOf(chosen), "Tab leads to the next decision, not past it"
            stage.key(Qt.Key.Key_1)
            assert sending.reason() == ""
            qtbot.waitUntil(lambda: bool(mine.table("draft")))
            stage.shown_anew()
            assert QApplication.focusWidget() is chosen, "what is kept as a draft moves no keyboard"
            assert panel.buttons["send"] is sending
            stage.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            stage.empty()
            stage.sync()
            row = mine.row("finding", finding)
            assert (row.severity, "两者都属实。" in row.facts) == ("serious", True)
            theirs.sync()
            assert theirs.row("finding", finding).facts == row.facts


def test_what_is_typed_survives_the_program_and_a_further_change(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """kill -9 a second after the last key, and a colleague who goes on changing: the text is as it was left."""
    with desks(tmp_path, office, "officer", "chief") as (mine, theirs):
        finding = conflict_on_a_finding(mine, theirs, ticket)
        with outbox_stage(qtbot, mine) as stage:
            stage.open()
            facts = stage.page.panel.list.decisions["facts"]
            assert isinstance(facts, TextDecision)
            facts.result.input.selectAll()
            facts.result.insert("半句话")
            choose_severity(stage, "2")
            qtbot.waitUntil(lambda: any(row[0].startswith("settle:") for row in mine.table("draft")))
            qtbot.waitUntil(lambda: "半句话" in str(mine.table("draft")[0][2].decode()))
        with outbox_stage(qtbot, mine) as stage:  # the program anew, on what the disk holds
            stage.open()
            facts = stage.page.panel.list.decisions["facts"]
            assert isinstance(facts, TextDecision)
            assert facts.result.value() == "半句话"
            assert stage.page.panel.list.decisions["severity"].choice() == "theirs"
            reword(theirs, finding, severity="critical")
            theirs.sync()
            stage.sync()
            qtbot.waitUntil(stage.page.panel.moved.isVisible)
            assert facts.result.value() == "半句话", "what is being typed stays on the screen"
            severity = stage.page.panel.list.decisions["severity"]
            assert severity.choice() == "", "it was another value that was agreed to"
            choose_severity(stage, "2")
            stage.page.panel.press_main()
            stage.empty()
            stage.sync()
            assert (mine.row("finding", finding).facts, mine.row("finding", finding).severity) == (
                "半句话",
                "critical",
            )
            assert mine.table("draft") == []


def test_a_reply_to_a_withdrawn_notice_is_sent_as_a_note_without_a_network(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The liaison reads who withdrew it, why, and that nothing is lost; the note waits until there is a network."""
    office.load(notice := make_notice(ticket, state="issued", issued_at=NOW))
    with desks(tmp_path, office, "officer", "liaison") as (officer, liaison):
        liaison.do(lambda w: reply_to_notice(w, notice.id, REPLY))
        office.clock.advance(HOUR)
        officer.do(lambda w: withdraw_notice(w, notice.id, "已当面说明"))
        officer.sync()
        liaison.sync()
        liaison.network.cut = True
        with outbox_stage(qtbot, liaison, connection=OFFLINE) as stage:
            stage.open()
            assert stage.story() == (
                "王敏 withdrew this notice on 05-14 10:30 while you were offline. It is now: Withdrawn. "
                "This step is no longer possible. "
                "Your reply is kept: send it as a note, copy it, or discard it."
            )
            panel = stage.page.panel
            assert panel.timeline.entries()[0].body == "已当面说明"
            words = panel.list.decisions["text"]
            assert isinstance(words, OwnText)
            words.input.insert("补充：")
            panel.press_main()
            stage.empty()
            assert stage.page.queue() == "needs"
            liaison.network.cut = False
            stage.sync()
            officer.sync()
            (note,) = (row for row in officer.rows().values() if isinstance(row, Note))
            assert (note.text, note.by_name) == (f"补充：{REPLY}", "陈静")


def test_an_extension_is_said_first_and_a_booking_is_decided_by_its_fields(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    office.load(visit := make_visit(ticket))
    with desks(tmp_path, office, "visitor", "officer") as (mine, theirs):
        day = office.now + timedelta(days=1)
        mine.do(
            lambda w: schedule_visit(w, visit.id, booked_at=day + timedelta(hours=1), note="只接上午的电话")
        )
        office.clock.advance(HOUR)
        theirs.do(lambda w: schedule_visit(w, visit.id, booked_at=day, assigned_to="p-visitor2"))
        theirs.sync()
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.ticket(ticket.id)
            assert there is not None
            until = NOW + timedelta(days=12)
            granted = Extension(NOW, until, "天气原因", office.now, "周安")
            writer.put(replace(there, extensions=(granted,), due_at=until))
        mine.sync()
        with outbox_stage(qtbot, mine) as stage:
            stage.open()
            assert stage.story().startswith("The office extended this to 05-26 while you were offline.")
            decisions = stage.page.panel.list.decisions
            booked = decisions["booked_at"]
            assert isinstance(booked, ScalarDecision)
            assert isinstance(decisions["assigned_to"], Undisputed)
            assert isinstance(decisions["note"], OwnText)
            assert booked.options.press("3")
            assert isinstance(booked.other, DateTimeField)
            booked.other.set_value(stage.desk.profile.local(day + timedelta(days=1)).replace(tzinfo=None))
            stage.page.panel.press_main()
            stage.empty()
            stage.sync()
            row = mine.row("visit", visit.id)
            assert (row.assigned_to, row.note, row.booked_at.day) == ("p-visitor2", "只接上午的电话", 16)


def test_an_approval_of_a_returned_notice_has_nothing_to_lose(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    office.load(notice := make_notice(ticket, state="submitted"))
    with desks(tmp_path, office, "chief", "deputy") as (chief, deputy):
        deputy.do(lambda w: return_notice(w, notice.id, "理由不足"))
        deputy.sync()
        chief.do(lambda w: approve_notice(w, notice.id))
        chief.sync()
        with outbox_stage(qtbot, chief) as stage:
            stage.open()
            assert "周安 returned this notice for changes on 05-14 09:30 in the meantime." in stage.story()
            assert stage.story().endswith("There are no words of yours in it.")
            assert stage.page.panel.timeline.entries()[0].body == "理由不足"
            stage.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
            stage.empty()
            assert stage.page.undo.isVisible()


def test_words_on_a_lost_case_are_handed_over(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The case went to another unit while the liaison was writing: list, number and rail agree, and the words go on."""
    office.load(notice := make_notice(ticket, state="issued", issued_at=NOW))
    with desks(tmp_path, office, "liaison") as (liaison,):
        liaison.do(lambda w: reply_to_notice(w, notice.id, REPLY))
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.ticket(ticket.id)
            assert there is not None
            writer.put(replace(there, unit_id="u-water"))
        liaison.sync()
        assert ask(liaison, outbox_counts).to_settle == len(listed(liaison)) == 1
        with outbox_stage(qtbot, liaison) as stage:
            stage.open()
            assert "hand it over to the office as a note" in stage.story()
            assert stage.page.model.cell(0, 1, int(Qt.ItemDataRole.DisplayRole))
            assert ticket.number in stage.shown().row.ticket_number
            stage.page.panel.press_main()
            stage.empty()
            stage.sync()
        (note,) = (row for row in office.hand("officer").rows().values() if isinstance(row, Note))
        assert (note.text, note.late) == (REPLY, True)
        assert ask(liaison, outbox_counts).to_settle == 0


REFUSED: tuple[tuple[State, str], ...] = (
    ("conflict", "transition_not_legal"),
    ("conflict", "stale"),
    ("rejected", "not_permitted"),
    ("out_of_scope", "not_found"),
    ("blocked", "earlier_refused"),
    ("suspended", "server_fault"),
    ("discarded", ""),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_in_every_refused_state_has_words_a_way_and_its_text(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket, language: str
) -> None:
    """The whole table: nobody is left before a page without a sentence, without a way on, or without their words."""
    rows = (make_notice(ticket, state="issued", issued_at=NOW), make_finding(ticket), make_visit(ticket))
    office.load(*rows)
    with desks(tmp_path, office, "officer") as (mine,), outbox_stage(qtbot, mine, language=language) as stage:
        ops = every_operation(ticket, *rows, new_id=mine.new_id)
        assert {op.kind for op in ops} == set(CATALOGUE)
        for op in ops:
            with mine.store.write() as connection:
                seq = outbox.next_seq(connection)
                outbox.append(connection, replace(op, seq=seq), ticket.id, NOW)
                outbox.unfold(connection, seq)
            for state, code in REFUSED:
                status = state if state not in ("suspended", "discarded") else "rejected"
                problem = Problem(status=409, code=code)
                answer = OperationResult(op_id=op.op_id, status=status, problem=problem)  # type: ignore[arg-type]
                with mine.store.write() as connection:
                    outbox.set_state(
                        connection, op.op_id, state, code=code, answer=_json(answer), settled_at=NOW
                    )
                matter = laid_out(mine, op.op_id)
                where = (op.kind, state, code)
                assert deed(op.kind) != op.kind, where
                assert standing(matter.row, stage.desk.profile, stage.desk.offset), where
                assert len(story(matter, stage.desk)) > 5, where
                assert matter.ways, where
                typed = [value for value in _typed(op.payload) if value]
                shown = "\n".join(text for _, text in matter.texts)
                assert all(value in shown for value in typed), where
            with mine.store.write() as connection:
                outbox.set_state(connection, op.op_id, "applied")


def test_a_liaisons_answer_to_a_finding_keeps_its_stance_and_text(
    qtbot: QtBot, tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The finding was withdrawn meanwhile: the answer goes out as a note, and the clipboard has it as typed."""
    with desks(tmp_path, office, "officer", "liaison") as (officer, liaison):
        finding = filed_finding(officer, ticket)
        liaison.sync()
        liaison.do(lambda w: reply_to_finding(w, finding, REPLY, "disputes"))
        office.hand("officer", "second").does(
            "finding.withdraw", {"reason": "核实无误"}, entity_id=finding, base=2
        )
        liaison.sync()
        with outbox_stage(qtbot, liaison) as stage:
            stage.open()
            assert "withdrew this finding" in stage.story()
            stage.page.panel.buttons["copy"].click()
            assert QApplication.clipboard().text() == REPLY
            assert list(stage.page.panel.buttons)[:2] == ["send_note", "discard"]


def _json(result: OperationResult) -> bytes:
    return msgspec.json.encode(result)


def _typed(payload: dict[str, Any]) -> list[str]:
    """What a person typed into it, by the names of the catalogue."""
    texts = [payload.get(name, "") for name in TEXT_FIELDS]
    answers = payload.get("answers", {})
    return [*texts, answers.get("note", ""), answers.get("still_missing", "")]
