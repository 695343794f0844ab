"""Lists and cases leaving the program: masked, typed, stoppable, printed."""

from __future__ import annotations

import csv
import errno
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.store import data_acts
from desktop.views.common import clipboard, theme, watermark
from desktop.views.common.text import PlainLabel
from desktop.views.shell.copying import CopyGate
from tests.support.builders import (
    make_ticket,
    make_urge,
)
from tests.support.supervision_stage import LATE, Stage, Theatre, open_theatre


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def test_the_export_holds_what_is_listed_masked_typed_and_never_a_formula(
    theatre: Theatre, tmp_path: Path
) -> None:
    evil = make_ticket(due_at=LATE, title='=HYPERLINK("http://x";"y") 电话13812345678')
    plain = make_ticket(due_at=LATE + timedelta(hours=1), requester_label="欧阳先生")
    stage = theatre.open(evil, plain, make_ticket())
    stage.listed(2)
    stage.page.list.table.layout_of_columns.restore({"hidden": ["place"]})  # everything else is in sight
    target = tmp_path / "list.xlsx"
    with stage.qtbot.waitSignal(stage.page.outputs.finished) as done:
        stage.page.outputs.export_to(str(target))
    assert done.args == [True]
    book = load_workbook(target)
    sheet = book.worksheets[0]
    head: list[Any] = [cell.value for cell in sheet[2]]
    rows: list[dict[str, Any]] = [dict(zip(head, line, strict=True)) for line in sheet.iter_rows(min_row=3)]
    assert [row["Number"].value for row in rows] == [evil.number, plain.number]
    title = rows[0]["Matter"]
    assert (title.data_type, title.quotePrefix) == ("s", True)
    assert title.value.startswith("=HYPERLINK")
    assert "13812345678" not in title.value
    assert rows[0]["Time limit"].is_date
    assert rows[0]["Time limit"].value.hour == LATE.hour
    assert "Requester" not in head
    everything = "\n".join(str(c.value) for s in book.worksheets for line in s.iter_rows() for c in line)
    assert "欧阳" not in everything
    assert "张女士" not in everything
    assert not list(tmp_path.glob("*.part"))
    assert str(sheet["A1"].value).startswith(stage.desk.me.name), "a screenshot of the list says who made it"
    assert left(stage) == [("export", "ticket_list", "", 2, "xlsx")]


def left(stage: Stage) -> list[tuple[object, ...]]:
    """What the audit will be told."""
    acts = stage.store.ask(lambda r: data_acts.waiting(r.connection, 100))
    return [(act.action, act.object_type, act.object_id, act.rows, act.detail) for act in acts]


def test_a_csv_is_read_by_other_programs_and_calculates_nothing(theatre: Theatre, tmp_path: Path) -> None:
    """Without its mark a spreadsheet shows Chinese as noise; a matter that begins with "=" would be run."""
    stage = theatre.open(
        make_ticket(due_at=LATE, title='=cmd|" /C calc"!A0,家住幸福路17号'), make_ticket(due_at=LATE)
    )
    stage.listed(2)
    target = tmp_path / "list.csv"
    with stage.qtbot.waitSignal(stage.page.outputs.finished) as done:
        stage.page.outputs.export_csv(str(target))
    assert done.args == [True]
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert any(cell.startswith("'=cmd|") for cell in lines[1] + lines[2])
    assert all(not cell.startswith(("=", "+", "@")) for line in lines for cell in line)
    assert "幸福路17号" not in target.read_text(encoding="utf-8")
    assert ["Made by", stage.desk.me.name] in lines
    assert left(stage) == [("export", "ticket_list", "", 2, "csv")]


def refuse(*_: object) -> None:
    """A disk without room."""
    raise OSError(errno.ENOSPC, "no room")


def try_every_way_out(stage: Stage, ticket_id: str, folder: Path) -> int:
    """Export, save and print; each has to fail and to leave no file behind. How many there are."""
    outputs = stage.page.outputs
    jobs: dict[str, Callable[[str], None]] = {
        "list.xlsx": outputs.export_to,
        "list.csv": outputs.export_csv,
        "list.pdf": outputs.save_pdf,
        "case.pdf": lambda path: outputs.save_case(ticket_id, path),
    }
    for name, job in jobs.items():
        with stage.qtbot.waitSignal(outputs.finished) as done:
            job(str(folder / name))
        assert done.args == [False], name
        stage.qtbot.waitUntil(lambda: not outputs.busy())
    outputs.close()  # what is under way in the lane has ended
    assert not [path.name for path in folder.iterdir() if path.name in jobs or path.suffix == ".part"]
    return len(jobs)


def test_what_cannot_be_written_down_does_not_leave(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that the audit knows nothing of is what a leak looks like: no row, no file, no page."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    outputs = stage.page.outputs
    monkeypatch.setattr(data_acts, "put", refuse)
    told: list[str] = []
    outputs.told.connect(told.append)
    tried = try_every_way_out(stage, ticket.id, tmp_path)
    assert len(told) == tried


def test_what_came_to_nothing_is_not_on_record_as_if_it_had_left(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A superior who reads that a list of cases was exported asks for the file; there was none: the stick was full."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    monkeypatch.setattr(Path, "replace", refuse)
    try_every_way_out(stage, ticket.id, tmp_path)
    told = [(action, kind, detail) for action, kind, _, _, detail in left(stage)]
    assert told == [
        ("export", "ticket_list", "xlsx"),
        ("undone", "ticket_list", "export"),
        ("export", "ticket_list", "csv"),
        ("undone", "ticket_list", "export"),
        ("export", "ticket_list", "pdf"),
        ("undone", "ticket_list", "export"),
        ("print", "ticket", "pdf"),
        ("undone", "ticket", "print"),
    ]


def test_a_copy_of_a_case_is_written_down_before_it_is_made(theatre: Theatre) -> None:
    """A citizen's text on the clipboard is one paste away from a chat; the superior sees who copied from which case."""
    ticket = make_ticket(due_at=LATE, request_text="小区北门夜间施工\n噪音扰民")
    stage = theatre.open(ticket, make_urge(ticket))
    stage.choose(ticket)
    clipboard.install(CopyGate(stage.desk, stage.page))
    QGuiApplication.clipboard().clear()
    try:
        labels: list[PlainLabel] = list(stage.page.case.findChildren(PlainLabel))
        (label,) = [each for each in labels if each.text() == ticket.request_text]
        label.setSelection(0, len(ticket.request_text))
        QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        stage.qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == ticket.request_text)
        assert left(stage) == [("copy", "ticket", ticket.id, 1, "text")]
        stage.page.case.case.timeline.set_current(0)
        stage.page.case.case.timeline.setFocus()
        QTest.keyClick(stage.page.case.case.timeline, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        stage.qtbot.waitUntil(lambda: len(left(stage)) == 2)
        assert left(stage)[1][1:] == ("ticket", ticket.id, 1, "timeline")
    finally:
        clipboard.remove()


def test_a_screenshot_of_a_case_says_whose_it_was(theatre: Theatre) -> None:
    """A forwarded picture of a case has to lead back to its desk; nothing is in the way of the mouse."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.choose(ticket)
    bare = stage.page.case.grab().toImage()
    watermark.install(lambda: watermark.mark_words(stage.desk))
    try:
        covers: list[watermark.Cover] = list(stage.page.case.findChildren(watermark.Cover))
        (mark,) = [each for each in covers if each.parent() is stage.page.case]
        assert (
            mark.words()
            == f"{stage.desk.me.name} {stage.desk.me.person_id[-4:]} {stage.desk.now():%Y-%m-%d %H:%M}"
        )
        assert mark.isVisible()
        assert mark.geometry() == stage.page.case.rect()
        assert stage.page.case.childAt(stage.page.case.rect().center()) is not mark
        assert theme.current().color("text").alpha() == 255, "the theme's colour is not the mark's to thin"
        shown = stage.page.case.grab().toImage()
        middle = QRect(40, shown.height() // 3, shown.width() - 80, shown.height() // 3)
        assert shown.copy(middle) != bare.copy(middle), "over the case itself, not only around it"
    finally:
        watermark.remove()
    assert not mark.isVisible()


def test_a_cancelled_export_leaves_nothing_behind(theatre: Theatre, tmp_path: Path) -> None:
    stage = theatre.open(*(make_ticket(due_at=LATE) for _ in range(1_500)))
    stage.listed(1_500)
    target = tmp_path / "list.xlsx"
    outputs = stage.page.outputs
    with stage.qtbot.waitSignal(outputs.finished) as done:
        outputs.export_to(str(target))
        stage.page.list.progress.cancelled.emit()
    assert done.args == [False]
    assert not outputs.busy()
    assert not list(tmp_path.glob("*.xlsx*"))
    assert not stage.page.list.progress.isVisible()


def test_list_and_case_are_printed_to_pdf(theatre: Theatre, tmp_path: Path) -> None:
    ticket = make_ticket(due_at=LATE, unit_answer="已安排")
    stage = theatre.open(ticket, make_urge(ticket), *(make_ticket(due_at=LATE) for _ in range(120)))
    stage.listed(121)
    outputs = stage.page.outputs
    for name, job in (
        ("list.pdf", outputs.save_pdf),
        ("case.pdf", lambda path: outputs.save_case(ticket.id, path)),
    ):
        with stage.qtbot.waitSignal(outputs.finished) as done:
            job(str(tmp_path / name))
        assert done.args == [True]
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_a_print_that_leaves_rows_out_says_so(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever took a cut print for the whole list would report too few overdue cases."""
    monkeypatch.setattr("desktop.views.common.ticket_list.outputs._MOST_ON_PAPER", 100)
    stage = theatre.open(*(make_ticket(due_at=LATE) for _ in range(120)))
    stage.listed(120)
    outputs = stage.page.outputs
    told: list[str] = []
    outputs.told.connect(told.append)
    for name, job, cut in (("list.pdf", outputs.save_pdf, True), ("list.xlsx", outputs.export_to, False)):
        with stage.qtbot.waitSignal(outputs.finished) as done:
            job(str(tmp_path / name))
        assert done.args == [True]
        assert ("only the first 100 of 120" in told[-1]) is cut
