"""Lists and cases leaving the program: masked, typed, stoppable, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from tests.support.builders import (
    make_ticket,
    make_urge,
)
from tests.support.supervision_stage import LATE, Theatre, open_theatre


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
    head: list[Any] = [cell.value for cell in sheet[1]]
    rows: list[dict[str, Any]] = [dict(zip(head, line, strict=True)) for line in sheet.iter_rows(min_row=2)]
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
