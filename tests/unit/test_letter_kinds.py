"""Every letter there is: what it says, in both files, and in another word processor than ours."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.models.domain.entities import Inspection, Ticket
from desktop.models.domain.letters import KINDS
from desktop.services.documents.letters.inspection_wording import values_of_paper
from desktop.services.documents.letters.template import FIELDS
from desktop.services.documents.letters.wording import values_of
from desktop.services.queries.inspection_letters import InspectionFacts
from tests.support.builders import make_unit, reference_rows
from tests.support.letters import a_row_for_each, facts_of, lines_of, make
from tests.support.pdf_text import need_a_font_that_prints_well, text_of
from tests.support.stores import DeskStore, open_desk_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows(), make_unit("u-env", "市生态环境局"))
        yield opened


def test_each_letter_says_its_own_thing_in_both_files(
    qapp: QGuiApplication, store: DeskStore, tmp_path: Path
) -> None:
    """Whoever gets the PDF must read what the .docx says, and be able to search it."""
    need_a_font_that_prints_well()
    rows = a_row_for_each(store)
    inspection, ticket = rows["sampling_record"], rows["reminder"]
    assert isinstance(inspection, Inspection)
    assert isinstance(ticket, Ticket)
    bodies = set[str]()
    for kind, row in rows.items():
        facts = facts_of(store, kind, row)
        values = (
            values_of_paper(facts, store.profile)
            if isinstance(facts, InspectionFacts)
            else values_of(facts, store.profile)
        )
        assert values.keys() == FIELDS[kind], "what a template may name is what is filled in"
        lines = lines_of(make(store, facts, tmp_path / f"{kind}.docx"))
        bodies.add("".join(lines))
        printed = text_of(make(store, facts, tmp_path / f"{kind}.pdf", form="pdf"))
        assert set("".join(lines)) - set(" 　\u2028") <= set(printed)
        assert [c for c in printed if 0x2E80 <= ord(c) <= 0x2FDF] == []
    assert len(bodies) == len(KINDS)
    assert "请于本周内办结" in lines_of(tmp_path / "urging.docx")
    assert any("已逾期" in line for line in lines_of(tmp_path / "reminder.docx"))
    assert "陈静于2024年5月14日报告：已重新回访并修复，电话〔电话〕" in lines_of(tmp_path / "close_out.docx")
    assert "经2024年5月14日回访核验，整改属实。" in lines_of(tmp_path / "close_out.docx")
    assert "诉求人确认已修复，电话〔电话〕" in lines_of(tmp_path / "close_out.docx")
    record = "\n".join(lines_of(tmp_path / "sampling_record.docx"))
    assert inspection.frame in record
    assert "2026312" in record
    assert "结果一致" in record
    assert not list(tmp_path.glob("*.part"))
    red = lines_of(tmp_path / "red_card.docx")
    assert (
        "此前已督办：云热督〔2026〕15号（督办单，2024年5月14日）；云热1〔2026〕7号（黄牌督办通知书，2024年5月14日）。"
        in red
    ), "a red card says what came before it"
    assert "各承办单位：" in lines_of(tmp_path / "bulletin.docx")
    referral = lines_of(tmp_path / "referral.docx")
    assert "市纪委监委：" in referral
    assert ticket.title not in "".join((*referral, *lines_of(tmp_path / "bulletin.docx"))), (
        "what leaves the unit's hands names the case, and not the citizen's words"
    )
    assert any("5个工作日内" in line for line in lines_of(tmp_path / "interview.docx")), "by its rung's days"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_word_processor_reads_every_letter(store: DeskStore, tmp_path: Path) -> None:
    """A clerk opens the .docx in LibreOffice or WPS: each is one document with all its text, on its pages."""
    rows = a_row_for_each(store)
    paths = [make(store, facts_of(store, kind, row), tmp_path / f"{kind}.docx") for kind, row in rows.items()]
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    told = subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *map(str, paths),
        ],
        capture_output=True,
        check=False,
        timeout=300,
    )
    for path in paths:
        printed = path.with_suffix(".pdf")
        assert printed.exists(), (path.name, told.stdout, told.stderr)
        assert set("".join(lines_of(path))) - set(" 　\u2028\u00a0") <= set(text_of(printed)), path.name
