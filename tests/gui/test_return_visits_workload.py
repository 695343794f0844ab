"""Handing out the return visits by keyboard: each row by itself, undone while unsent, proposed and confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Visit
from desktop.models.items import roles
from desktop.models.store.tables import outbox
from tests.support.builders import CHIEF, VISITOR, make_person
from tests.support.call_office import CTRL, Key, Office, show_page
from tests.support.return_visits import open_call_desk, queue_rows
from tests.support.stores import open_desk_store

SECOND = "p-second"


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    with open_desk_store(tmp_path, me=CHIEF) as store:
        staff = make_person(VISITOR, roles=("return_visit",))
        other = make_person(VISITOR, id=SECOND, name="孙倩", roles=("return_visit",))
        store.pull(*queue_rows(), staff, other)
        with open_call_desk(store, language="en") as (desk, counter, line):
            opened = Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))
            opened.key(Key.Key_W)
            view = opened.page.workload
            opened.until(lambda: view.people_model.rowCount() >= 3 and view.visits_model.rowCount() > 0)
            yield opened


def assigned(office: Office) -> dict[str, str]:
    return {row.id: row.assigned_to for row in office.rows("visit") if isinstance(row, Visit)}


def sent_later(office: Office) -> list[str]:
    with office.store.store.read() as connection:
        return [r.kind for r in connection.execute(outbox.select()).all() if r.state == "queued"]


def test_visits_are_given_out_by_keyboard_and_taken_back_while_unsent(office: Office) -> None:
    """A wrong key must not send ten citizens to a colleague who is ill."""
    view = office.page.workload
    assert view.people.hasFocus()
    view.visits.setFocus()
    view.visits.select_id("v-due")
    office.key(Key.Key_Space)
    assert view.give.reason(), "nobody is chosen yet"
    view.person.set_value(SECOND)
    view._judge()
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: assigned(office)["v-due"] == SECOND)
    office.until(lambda: view.visits_model.rowCount() == 1 and "孙倩" in str(cell(office, 3)))
    assert sent_later(office) == ["visit.assign"]
    office.key(Key.Key_Z, CTRL)
    office.until(lambda: assigned(office)["v-due"] == "")
    assert sent_later(office) == []


def cell(office: Office, column: int) -> object:
    return office.page.workload.visits_model.cell(0, column, roles.DISPLAY)


def test_a_balance_is_proposed_and_nothing_happens_before_it_is_confirmed(office: Office) -> None:
    view = office.page.workload
    office.key(Key.Key_A, CTRL)
    view.person.set_value(SECOND)
    view._judge()
    view.give.click()
    office.until(lambda: assigned(office)["v-old-1"] == SECOND)
    view.close_view()
    before = assigned(office)
    office.until(lambda: _has(office, SECOND) > 5)
    office.key(Key.Key_F9)
    proposed = dict(view._proposed)
    assert proposed, "one has everything, the other one booking"
    assert assigned(office) == before
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: assigned(office) == before | proposed)
    office.key(Key.Key_Escape)
    office.key(Key.Key_Escape)
    office.until(office.page.waiting.table.hasFocus)


def _has(office: Office, person_id: str) -> int:
    work = office.page.workload._work
    return next((load.total for load in work.loads if load.person_id == person_id), 0) if work else 0
