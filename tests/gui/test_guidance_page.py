"""Light documents to units: sent to several, read and confirmed without a network, followed, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Guidance, GuidanceReceipt
from desktop.models.domain.wire import Me
from desktop.models.items import roles
from desktop.services.background.desk import Desk
from desktop.services.queries.guidance import guidance_lines, to_read_count
from desktop.services.queries.outbox import outbox_rows
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.text import PlainLabel
from desktop.views.guidance.page import GuidancePage
from tests.support.builders import LIAISON, NOW, OFFICER, make_unit, reference_rows
from tests.support.desks import open_desk, pull
from tests.support.stores import DeskStore, open_desk_store
from tests.support.supervision_stage import write

LETTER = Guidance(
    id="g-1",
    version=1,
    kind="reminder",
    number="云热提〔2024〕3号",
    title="汛期提醒",
    text="请提前排查排水口。",
    unit_ids=("u-roads", "u-water"),
    by_id=OFFICER.person_id,
    by_name=OFFICER.name,
    at=NOW,
)
THEIRS = GuidanceReceipt(
    id="r-1", version=1, guidance_id="g-1", unit_id="u-water", by_name="郑源", text="已布置", at=NOW
)


class Stage:
    """The page of one person."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.page = GuidancePage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def words(self) -> str:
        labels: Any = self.page.view.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


def opened(stack: ExitStack, qtbot: QtBot, folder: Path, me: Me) -> Stage:
    store = stack.enter_context(open_desk_store(folder, me=me))
    store.pull(*reference_rows(), make_unit("u-water", "水务集团"))
    desk = stack.enter_context(open_desk(store, language="en"))
    stage = Stage(qtbot, store, desk)
    stack.callback(stage.page.release)
    return stage


def test_an_officer_writes_to_two_units_and_follows_who_has_read_it(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """By the keyboard, without a network; a half-written one is there when the form is opened again."""
    stage = opened(stack, qtbot, tmp_path, OFFICER)
    page = stage.page
    page.table.setFocus()
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    compose = page.compose
    qtbot.waitUntil(compose.isVisible)
    write(compose.title, "汛期提醒")
    write(compose.text, "请提前排查。")
    assert compose.form.missing.words() == ["Units"], "nothing goes to nobody"
    compose.units.set_chosen(["u-roads", "u-water"])
    compose.units.chosen_changed.emit()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.begin()
    qtbot.waitUntil(lambda: compose.value().unit_ids != () and compose.text.value() == "请提前排查。")
    QTest.keyClick(compose.title.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.cell(0, 4, roles.DISPLAY) == "0 / 2"
    assert set(stage.store.ask(guidance_lines)[0].guidance.unit_ids) == {"u-roads", "u-water"}
    (entry,) = stage.store.ask(outbox_rows)
    assert (entry.kind, entry.about) == ("guidance.send", "汛期提醒")
    pull(stage.desk, stage.store, LETTER, THEIRS)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page.table.select_id("g-1")
    qtbot.waitUntil(lambda: "郑源" in stage.words())
    assert "已布置" in stage.words()
    assert "not confirmed yet" in stage.words()
    page.view.press_withdraw()
    sheet: Any = page.window().findChild(FormSheet)
    sheet.form.fields[0].set_value("发错单位")
    sheet.form.submit()
    qtbot.waitUntil(lambda: page.view._withdrawn.text() == "Withdrawn: 发错单位")


def test_a_liaison_reads_it_and_says_so_without_a_network(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """What is unread counts on the rail and stands first; one key confirms it, now and for good."""
    stage = opened(stack, qtbot, tmp_path, LIAISON)
    older = Guidance(id="g-0", version=1, title="旧提示", text="…", unit_ids=("u-roads",), at=NOW)
    done = GuidanceReceipt(id="r-0", version=1, guidance_id="g-0", unit_id="u-roads", by_name="陈静", at=NOW)
    pull(stage.desk, stage.store, older, done, LETTER)
    page = stage.page
    qtbot.waitUntil(lambda: page.model.ids() == ("g-1", "g-0"))
    assert stage.store.ask(to_read_count) == 1
    assert page.new.isHidden(), "a unit writes none"
    qtbot.waitUntil(lambda: "请提前排查排水口。" in stage.words())
    write(page.view.remark, "已安排")
    QTest.keyClick(page.view.remark.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stage.store.ask(to_read_count) == 0)
    qtbot.waitUntil(page.view.confirm.isHidden)
    assert "已安排" in stage.words()
    (entry,) = stage.store.ask(outbox_rows)
    assert entry.kind == "guidance.confirm"
