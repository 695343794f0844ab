"""My units or the whole city: one key, said in words wherever one looks, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Person
from desktop.pages import page_specs
from desktop.settings import Settings
from desktop.views.shell.frame import Frame
from desktop.views.supervision.page import SupervisionPage
from tests.support.builders import NOW, OFFICER, make_ticket
from tests.support.desks import open_desk, pull
from tests.support.stores import DeskStore, open_desk_store
from tests.support.ticket_rows import reference

_ME = Person(
    id=OFFICER.person_id, version=2, name=OFFICER.name, roles=("officer",), assigned_unit_ids=("u-heat",)
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as made:
        yield made


def test_one_key_turns_lists_and_numbers_from_my_units_to_the_city_and_back(
    qtbot: QtBot, store: DeskStore, tmp_path: Path
) -> None:
    """List, rail and title always speak of the same cases, and the next start begins as this one ended."""
    mine, other = (make_ticket(unit_id=unit, due_at=NOW) for unit in ("u-heat", "u-edu"))
    store.pull(*reference(), _ME, mine, other)
    settings = Settings(tmp_path / "settings.ini")
    with open_desk(store, language="en") as desk:
        settings.keep_area(desk.area)
        frame = Frame(desk, page_specs())
        qtbot.addWidget(frame)
        frame.resize(1366, 768)
        with qtbot.waitExposed(frame):
            frame.show()
        page = frame.open_page("supervision", "all")
        assert isinstance(page, SupervisionPage)
        table = page.list.table

        def shown() -> tuple[int, int | None, str, str]:
            rows, rail = page.list.model.rowCount(), frame.rail.count_of("supervision", "all")
            return rows, rail, page.list.title(), frame.area.item.text()

        qtbot.waitUntil(lambda: shown() == (1, 1, "All tickets · My units", "My units"))
        assert table.row_id(0) == mine.id
        QTest.keyClick(frame, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: shown() == (2, 2, "All tickets", "Whole city"))
        assert Settings(tmp_path / "settings.ini").whole_city
        QTest.keyClick(frame, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: shown() == (1, 1, "All tickets · My units", "My units"))
        frame.open_ticket(other.id)  # a link to a case of another unit leads there all the same
        qtbot.waitUntil(lambda: page.case.ticket_id() == other.id)
        assert page.list.title() == "All tickets"
        page.show_queue("all")
        qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
        pull(desk, store, replace(_ME, version=3, assigned_unit_ids=()))
        qtbot.waitUntil(lambda: shown()[:3] == (2, 2, "All tickets"))
        assert frame.area.item.isHidden(), "nobody is asked to choose who has no choice"
        frame.release()
