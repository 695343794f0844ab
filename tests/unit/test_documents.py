"""What leaves the program as a file: spreadsheets stay text, PDFs can be searched, long things break onto pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QColor, QGuiApplication, QPdfWriter
from PySide6.QtWidgets import QApplication

from desktop.services.documents.case_sheet import CaseSheet, a4_pdf, build, print_case
from desktop.services.documents.listing import ListPrint, PrintColumn
from desktop.services.documents.spreadsheet import ListSheet
from desktop.services.documents.values import SheetColumn, safe_text
from desktop.views.common import theme
from tests.support.pdf_text import need_a_font_that_prints_well, text_of

WORDS = "工单 立即 车站 西门 八一 二手 人民 小区 山水 月底 长安 高新 见面 谷物 里程 金额 雨水 青年 食品 香山"


def sheet(**fields: object) -> CaseSheet:
    plain: dict[str, object] = {
        "title": "工单办理单",
        "number": "YZ-2026-118803",
        "subject": "小区北门夜间施工噪音扰民",
        "facts": (("承办单位", "市城管局"), ("办理时限", "2026-11-23 17:30"), ("诉求类型", "投诉")),
        "texts": (("诉求内容", WORDS),),
        "history_title": "办理经过",
        "history": (("11-16 09:12", "派单", "12345派单员"),),
        "footer": "诉求人信息已隐去",
        "page_words": "第 {page} 页，共 {pages} 页",
    }
    return CaseSheet(**(plain | fields))  # type: ignore[arg-type]


def test_a_case_sheet_can_be_searched(qapp: QGuiApplication, tmp_path: Path) -> None:
    """With Noto, Qt writes radicals that look like 工 and 立 but are other characters: nobody finds them."""
    need_a_font_that_prints_well()
    target = tmp_path / "case.pdf"
    assert print_case(sheet(), a4_pdf(str(target), "工单办理单")) == 1
    text = text_of(target)
    assert set(WORDS.replace(" ", "")) <= set(text)
    assert [c for c in text if 0x2E80 <= ord(c) <= 0x2FDF] == []


def test_a_printed_list_can_be_searched_and_numbers_its_pages(qapp: QGuiApplication, tmp_path: Path) -> None:
    need_a_font_that_prints_well()
    target = tmp_path / "list.pdf"
    rows = [[f"YZ-2026-{n}", WORDS] for n in range(200)]
    job = ListPrint(
        a4_pdf(str(target), "逾期"),
        title="逾期",
        about="截至 2026-11-24",
        columns=[PrintColumn("工单编号", 100), PrintColumn("诉求事项", 300)],
        rows=rows,
        footer="仅供内部工作使用",
        page_words="第 {page} 页，共 {pages} 页",
    )
    painted = 1
    while job.paint_next():
        painted += 1
    job.finish()
    assert painted == job.pages > 1
    assert target.read_bytes().count(b"/Type /Page\n") == painted
    assert [c for c in text_of(target) if 0x2E80 <= ord(c) <= 0x2FDF] == []


def test_an_empty_list_is_one_page(qapp: QGuiApplication, tmp_path: Path) -> None:
    job = ListPrint(
        a4_pdf(str(tmp_path / "list.pdf"), ""),
        title="逾期",
        about="",
        columns=[PrintColumn("工单编号", 1)],
        rows=[],
        footer="",
        page_words="{page}/{pages}",
    )
    assert (job.pages, job.paint_next()) == (1, False)
    job.finish()


def test_markup_on_a_case_sheet_is_printed_as_it_was_written(qapp: QGuiApplication, tmp_path: Path) -> None:
    """A citizen's `<img>` must neither be loaded nor vanish from the paper."""
    evil = "<img src='file:///etc/passwd'><h1>大</h1>&amp; \u202e反 \x00"
    device = a4_pdf(str(tmp_path / "case.pdf"), "")
    document_text = _plain(sheet(texts=(("诉求内容", evil),), subject=evil), device)
    assert document_text.count("<img src='file:///etc/passwd'><h1>大</h1>&amp;") == 2
    assert "\u202e" not in document_text
    assert "\x00" not in document_text


def test_a_case_sheet_is_black_on_white_also_when_the_screen_is_dark(
    qapp: QApplication, tmp_path: Path
) -> None:
    """The text would take the palette's colour: light grey on white paper."""
    theme.apply_theme(qapp, "dark")
    device = a4_pdf(str(tmp_path / "case.pdf"), "")
    document = build(sheet(), device)
    block = document.begin()
    while block.isValid():
        letters = block.charFormat()
        assert letters.foreground().color() == QColor("black")
        block = block.next()
    theme.apply_theme(qapp, "light")


def _plain(content: CaseSheet, device: QPdfWriter) -> str:
    return build(content, device).toPlainText()


def test_a_long_case_breaks_onto_pages(qapp: QGuiApplication, tmp_path: Path) -> None:
    history = tuple((f"11-{n:02}", "催办", WORDS * 3) for n in range(1, 29))
    assert print_case(sheet(history=history), a4_pdf(str(tmp_path / "case.pdf"), "")) > 1


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    """Excel would calculate it, or call another program, on the machine of whoever opens the list."""
    target = tmp_path / "list.xlsx"
    made = ListSheet(target, "[逾期]/清单", [SheetColumn("诉求事项"), SheetColumn("=标题")])
    made.add([(text, text)])
    made.add_notes("说明", [("清单", text)])
    made.finish()
    book = load_workbook(target)
    cells = [c for s in book.worksheets for row in s.iter_rows() for c in row if c.value == safe_text(text)]
    assert len(cells) == 3
    assert all((cell.data_type, cell.quotePrefix) == ("s", True) for cell in cells)
    assert book.worksheets[0].title == " 逾期  清单"


def test_cells_have_types_and_odd_characters_do_not_break_the_file(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    made = ListSheet(target, "清单", [SheetColumn(title) for title in "abcd"])
    made.add([("坏\x00\x0b字\ud800\u202e", 7, datetime(2026, 11, 23, 17, 30), None)])
    made.add([("长" * 40_000, 0, None, "")])
    made.finish()
    lines: Any = load_workbook(target).worksheets[0].iter_rows(min_row=2)
    first, second = lines
    assert [cell.value for cell in first] == ["坏\n字\ufffd", 7, datetime(2026, 11, 23, 17, 30), None]
    assert first[2].is_date
    assert len(second[0].value) == 32_000
    assert second[1].value == 0


def test_a_spreadsheet_prints_as_wide_as_its_list(tmp_path: Path) -> None:
    """Somebody prints the export: half of the columns on sheets of their own, without a head, are of no use."""
    path = tmp_path / "list.xlsx"
    made = ListSheet(path, "清单", [SheetColumn("编号", 20), SheetColumn("事项", 60)], "王敏 2024-05-14")
    made.add([["1", "甲"]])
    made.finish()
    first = load_workbook(path).worksheets[0]
    fitting = first.sheet_properties.pageSetUpPr
    assert fitting is not None
    assert fitting.fitToPage
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    assert first.print_title_rows == "$2:$2", "the names of the columns, below the mark"


def test_a_file_that_cannot_be_written_says_so_and_leaves_no_part(tmp_path: Path) -> None:
    made = ListSheet(tmp_path / "gone" / "list.xlsx", "清单", [SheetColumn("a")])
    with pytest.raises(OSError, match="gone"):
        made.finish()
    assert list(tmp_path.iterdir()) == []


def test_an_abandoned_sheet_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was gathered so far must not stay in the temporary folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    made = ListSheet(tmp_path / "list.xlsx", "清单", [SheetColumn("a")])
    made.add([("甲",)] * 100)
    assert list(scratch.iterdir())
    made.abandon()
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "list.xlsx").exists()
