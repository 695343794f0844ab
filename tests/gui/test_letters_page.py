"""Letters from the desk: offered where they can be made, on record before they leave, and a bad template told."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.domain.letters import KINDS
from desktop.models.store import data_acts
from desktop.services.background.letter_place import LetterPlace
from desktop.views.common.buttons import Button
from desktop.views.common.letters.offers import Offer, offers_of
from desktop.views.shell.letter_setup import LetterSetup
from tests.support.builders import NOW, make_finding, make_notice, make_ticket, make_urge
from tests.support.supervision_stage import LATE, Stage, Theatre, open_theatre
from tests.support.widgets import children


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def left(stage: Stage) -> list[tuple[object, ...]]:
    """What the audit will be told."""
    acts = stage.store.ask(lambda r: data_acts.waiting(r.connection, 100))
    return [(act.action, act.object_type, act.object_id, act.detail) for act in acts]


def offered(stage: Stage) -> dict[str, Offer]:
    panel = stage.page.case.panel()
    assert panel is not None
    return {each.kind: each for each in offers_of(panel, stage.desk.profile, stage.desk.reference)}


def save(stage: Stage, offer: Offer, path: Path) -> bool:
    letters = stage.page.case.letters
    with stage.qtbot.waitSignal(letters.finished, timeout=60_000) as done:
        letters.save(offer, str(path))
    return bool(done.args and done.args[0])


def test_a_case_offers_its_letters_and_each_is_on_record(theatre: Theatre, tmp_path: Path) -> None:
    """What goes to a unit with a seal on it has to be traceable to the desk that made it."""
    ticket = make_ticket(due_at=LATE)
    urge = make_urge(ticket, means="letter", text="请抓紧办理")
    notice = make_notice(ticket, state="issued", number="云督〔2024〕15号", issued_at=NOW)
    card = make_notice(ticket, rung="yellow_card", state="submitted")
    finding = make_finding(ticket)
    stage = theatre.open(ticket, urge, notice, card, finding)
    stage.choose(ticket)
    offers = offered(stage)
    assert {kind: each.reason for kind, each in offers.items()} == dict.fromkeys(
        ("urging", "notice", "yellow_card", "reminder", "rectification"), ""
    ), "of the higher rungs those that the case has reached"
    assert offers["notice"].file_name() == "督办单 云督〔2024〕15号"
    for kind, ending in (
        ("urging", "docx"),
        ("notice", "pdf"),
        ("reminder", "docx"),
        ("rectification", "pdf"),
    ):
        assert save(stage, offers[kind], tmp_path / f"{kind}.{ending}"), kind
    assert zipfile.is_zipfile(tmp_path / "urging.docx")
    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF")
    assert left(stage) == [
        ("export", "urge", urge.id, "letter_docx"),
        ("export", "notice", notice.id, "letter_pdf"),
        ("export", "ticket", ticket.id, "letter_docx"),
        ("export", "finding", finding.id, "letter_pdf"),
    ]
    assert stage.page.case.letters.bar.isVisible(), "which typefaces stood in, said with the first PDF"


def test_the_letters_are_asked_for_by_keyboard_and_say_why_one_is_missing(
    theatre: Theatre, tmp_path: Path
) -> None:
    """An entry that does nothing teaches nobody; one that is grey says what to do first."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.choose(ticket)
    stage.page.list.focus_list()
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = {action.text(): action.isEnabled() for action in menu.actions()}
    assert said == {
        "Urging letter  (Record an urge by letter first.)": False,
        "Supervision notice  (Write a supervision notice first.)": False,
        "Reminder letter…": True,
        "Rectification notice  (Register a finding first.)": False,
    }
    menu.close()
    stage.page.ask_letter("reminder")
    dialogs: list[QFileDialog] = list(stage.page.case.findChildren(QFileDialog))
    (dialog,) = dialogs
    dialog.filterSelected.emit("PDF document (*.pdf)")
    assert Path(dialog.selectedFiles()[0]).name == f"提醒函 {ticket.number}.pdf"
    dialog.fileSelected.emit(str(tmp_path / "letter.pdf"))
    dialog.reject()
    stage.qtbot.waitUntil((tmp_path / "letter.pdf").exists, timeout=60_000)
    stage.qtbot.waitUntil(lambda: not stage.page.case.letters.busy(), timeout=60_000)


def test_a_letter_that_came_to_nothing_is_on_record_as_undone(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full stick: a superior who reads of a letter would ask the unit why it never answered."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.choose(ticket)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Path, "replace", refuse)
    for name in ("letter.docx", "letter.pdf"):
        assert not save(stage, offered(stage)["reminder"], tmp_path / name)
    stage.page.case.letters.close()
    assert left(stage) == [
        ("export", "ticket", ticket.id, "letter_docx"),
        ("undone", "ticket", ticket.id, "export"),
        ("export", "ticket", ticket.id, "letter_pdf"),
        ("undone", "ticket", ticket.id, "export"),
    ]
    assert not list(tmp_path.glob("letter.*"))


def test_a_bad_template_is_told_and_the_programs_own_is_a_button_away(
    theatre: Theatre, tmp_path: Path
) -> None:
    """The share with the city's letters is away on the day a notice has to go out."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.choose(ticket)
    stage.desk.letter_place.folder = tmp_path / "away"
    target = tmp_path / "letter.docx"
    assert not save(stage, offered(stage)["reminder"], target)
    assert left(stage) == [], "nothing left, and nothing says so"
    letters = stage.page.case.letters
    assert "“away”" in letters.bar.text()
    (own,) = children(letters.bar, Button)
    with stage.qtbot.waitSignal(letters.finished, timeout=60_000) as done:
        own.click()
    assert done.args == [True]
    assert target.exists()
    assert not letters.bar.isVisible()


def test_a_case_against_its_own_unit_offers_no_letter(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE, against_unit_id="u-roads")
    stage = theatre.open(ticket, make_notice(ticket, state="issued", number="云督〔2024〕1号", issued_at=NOW))
    stage.choose(ticket)
    assert {kind: each.reason for kind, each in offered(stage).items() if each.object_id} == {
        "notice": "letter_accused",
        "reminder": "letter_accused",
    }


def test_the_page_of_templates_says_how_each_letter_stands(theatre: Theatre, tmp_path: Path) -> None:
    """A city that sees only at the first letter that its template is broken sees it in front of the unit."""
    stage = theatre.open(make_ticket(due_at=LATE))
    kept: list[str] = []
    stage.desk.letter_place = LetterPlace(keep=kept.append)
    sheet = LetterSetup(stage.desk, stage.page).open()
    stage.qtbot.waitUntil(lambda: len(sheet.lines) == len(KINDS), timeout=60_000)
    city = tmp_path / "city"
    city.mkdir()
    sheet.copies_wanted.emit(str(city))
    stage.qtbot.waitUntil(lambda: f"{len(KINDS)} template(s) copied" in sheet.trouble.text(), timeout=60_000)
    (city / "提醒函.docx").write_bytes(b"no document")
    sheet.folder_chosen.emit(str(city))
    stage.qtbot.waitUntil(
        lambda: "cannot be read" in sheet.lines[KINDS.index("reminder")].text(), timeout=60_000
    )
    assert sheet.lines[0].text() == "Urging letter · the city's own"
    assert (stage.desk.letter_place.folder, kept) == (city, [str(city)])
    sheet.folder_chosen.emit("")
    stage.qtbot.waitUntil(lambda: sheet.lines[0].text() == "Urging letter · the program's", timeout=60_000)
    sheet.accept()
