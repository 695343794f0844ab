"""A start shows rows before the desk is there: where they stay, and when there must be none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.first_look import FirstLook
from desktop.models.domain.absence import Absence
from desktop.models.store import settings as kept
from desktop.models.store.engine import open_store
from desktop.services.account.keys import key_name
from desktop.views.shell.first_look import FirstLookView, Outline
from desktop.views.supervision.page import SupervisionPage
from tests.support.builders import CHIEF, LIAISON
from tests.support.left_desk import Program, desk_program
from tests.support.stores import KEY
from tests.support.ticket_rows import reference, tickets

_PATIENCE_MS = 60_000
_OUTLINE = "1366 768 200 116 740 600 216 18 60 20 284 12 60 30"


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    with desk_program(tmp_path, qapp) as made:
        yield made


@pytest.fixture
def left(program: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The officer's own desk, left at the overdue list."""
    monkeypatch.setattr("desktop.real_mode.find_owner", lambda: None)
    program.leave(*reference(), *tickets(300, seed=5))
    settings = program.settings()
    settings.place, settings.outline = ("supervision", "overdue"), _OUTLINE
    return program


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _picture(table: QWidget) -> QImage:
    """The list as it is painted, but for the ring that only a key brings."""
    table.clearFocus()
    picture = table.grab().toImage()
    table.setFocus()
    return picture


def _desk(app: App, look: FirstLook, qtbot: QtBot) -> SupervisionPage:
    """Go on to the desk itself, as begin.py does."""
    app.begin_real(look)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=_PATIENCE_MS)
    assert app.frame is not None
    page = app.frame.page("supervision")
    assert isinstance(page, SupervisionPage)
    return page


def _ready(page: SupervisionPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.case.panel() is not None, timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: not page.list.model.waiting(), timeout=_PATIENCE_MS)


def test_the_desk_takes_over_what_the_person_looks_at(left: Program, qtbot: QtBot) -> None:
    """Rows that jump, or another case than the one just chosen, would be worse than none."""
    app, look = left.begin()
    page = _after(look, lambda: _desk(app, look, qtbot), qtbot)
    _ready(page, qtbot)
    queue = page.list.model.rids().tolist()
    left.keyring.asked.clear()

    app, look = left.begin()  # the window knows now where the list stood
    with qtbot.waitSignals([app.looked, look.over], timeout=_PATIENCE_MS):
        pass
    view = app.window.centralWidget()
    assert isinstance(view, FirstLookView)
    assert view.model.rids().tolist()[: len(queue)] == queue[:128] + [-1] * (len(queue) - 128)
    for _ in range(40):
        QTest.keyClick(view.table, Qt.Key.Key_Down)
    chosen, scrolled = view.table.current_id(), view.table.verticalScrollBar().value()
    assert scrolled > 0
    assert view.table.hasFocus()
    seen = (_place(view.table, app.window), _picture(view.table))

    page = _desk(app, look, qtbot)
    qtbot.waitUntil(page.isVisible, timeout=_PATIENCE_MS)
    table = page.list.table
    assert (_place(table, app.window), table.current_id()) == (seen[0], chosen)
    assert table.verticalScrollBar().value() == scrolled
    _ready(page, qtbot)
    assert page.case.ticket_id() == chosen
    assert page.list.model.rids().tolist() == queue
    assert (table.current_id(), table.verticalScrollBar().value()) == (chosen, scrolled)
    assert table.hasFocus(), "the next key goes to the list"
    assert _picture(table) == seen[1]
    assert left.keyring.asked.count(key_name(left.store.parent.name)) == 1, "asked for its password twice"


def _after(look: FirstLook, then: Callable[[], SupervisionPage], qtbot: QtBot) -> SupervisionPage:
    with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
        pass
    return then()


def _alone_for(days: int) -> Callable[[Program], None]:
    def change(program: Program) -> None:
        store = open_store(program.store, KEY)
        try:
            with store.write() as connection:
                since = program.real_now - timedelta(days=1)
                away = timedelta(days=days).total_seconds()
                kept.put(connection, kept.ABSENCE, Absence(wall=since, away_s=away, doubtful=days == 0))
        finally:
            store.close()

    return change


def _locked(program: Program) -> None:
    program.settings().locked = True


def _to_be_wiped(program: Program) -> None:
    (program.paths.accounts / "order.wipe").write_bytes(b"{")


def _signed_out(program: Program) -> None:
    program.settings().account = ""


def _elsewhere(program: Program) -> None:
    program.settings().place = "outbox", "all"


def _refused(program: Program) -> None:
    program.keyring.refuses = True


def _forgotten(program: Program) -> None:
    program.keyring.kept.clear()


_NOT: dict[str, Callable[[Program], None]] = {
    "locked": _locked,
    "to be wiped": _to_be_wiped,
    "two weeks alone": _alone_for(13),
    "a clock that cannot be believed": _alone_for(0),
    "signed out": _signed_out,
    "left at another page": _elsewhere,
    "a keyring that refuses": _refused,
    "a keyring without the key": _forgotten,
}


@pytest.mark.parametrize("reason", _NOT)
def test_nothing_is_shown_that_a_person_would_be_asked_for(reason: str, left: Program, qtbot: QtBot) -> None:
    """A start must not be the way round a lock, a wipe, an absence or a keyring."""
    _NOT[reason](left)
    app, look = left.begin()
    seen: list[bool] = []
    app.looked.connect(lambda: seen.append(True))
    with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
        pass
    assert not seen
    assert not isinstance(app.window.centralWidget(), FirstLookView)


def test_a_link_leads_to_its_case_at_once(left: Program, qtbot: QtBot) -> None:
    """Rows of a queue, and a moment later a case of another, would be a jump."""
    app, look = left.begin(link="hotline://ticket/1")
    with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
        pass
    assert not isinstance(app.window.centralWidget(), FirstLookView)


@pytest.mark.parametrize("me", [LIAISON, CHIEF], ids=["liaison", "chief"])
def test_only_whose_page_it_is(me: object, program: Program, qtbot: QtBot) -> None:
    """Somebody whose role was taken away must not see the list of it once more."""
    person = LIAISON if me is LIAISON else CHIEF
    program.leave(*reference(), *tickets(40, seed=5), me=person)
    settings = program.settings()
    settings.place, settings.outline = ("supervision", "overdue"), _OUTLINE
    app, look = program.begin()
    with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
        pass
    assert isinstance(app.window.centralWidget(), FirstLookView) == (person is CHIEF)


def test_rows_do_not_stay_alone(left: Program, qtbot: QtBot) -> None:
    """If the desk does not come, its locks do not come either."""
    app, look = left.begin()
    with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
        pass
    assert isinstance(app.window.centralWidget(), FirstLookView)
    look._alone.timeout.emit()
    assert not isinstance(app.window.centralWidget(), FirstLookView)


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "x " * 14, "1366 768 200 116 40 600 " + "1 " * 8, "9 " * 14, "-1 " * 14]
)
def test_a_place_that_makes_no_sense_is_none(text: str) -> None:
    """Somebody wrote into the settings file: the table must not lie outside the window."""
    assert Outline.parse(text) is None
