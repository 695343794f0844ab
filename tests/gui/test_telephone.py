"""The telephone of a desk: set up on its page, its password in the keyring, and a call that is recorded as it went."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.entities import Attempt
from desktop.models.domain.ids import IdSource
from desktop.preset import load_preset
from desktop.services.background.desk import Desk
from desktop.settings import Settings
from desktop.telephone import Telephone
from desktop.views.common.words import code_words
from desktop.views.return_visits.page import ReturnVisitsPage
from desktop.views.shell.telephone_sheet import TelephoneSheet
from desktop.world import World
from tests.support.builders import VISITOR
from tests.support.call_office import Office, show_page
from tests.support.dialler import TOKEN, Dialler, running_dialler
from tests.support.patience import PatientBot
from tests.support.return_visits import PHONE, open_call_desk, queue_rows
from tests.support.stores import DeskStore, open_desk_store

Key = Qt.Key


class Keyring:
    """A keyring in memory: the real ones are met in tests/sync and tests/gui/test_shell_session.py."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class OpenSession(QObject):
    """As much of a session as a telephone sees of one."""

    closing = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=VISITOR) as opened:
        opened.pull(*queue_rows())
        yield opened


def test_a_line_set_up_on_the_page_rings_and_its_call_is_recorded(
    store: DeskStore, tmp_path: Path, qtbot: PatientBot
) -> None:
    """From "nobody can be called" to a recorded call without a restart: the token lies in the keyring alone, and the
    seconds and the recorder's name for the call stand in the attempt without anybody typing them."""
    keyring, settings = Keyring(), Settings(tmp_path / "settings.ini")
    with running_dialler() as dialler, open_call_desk(store, language="zh") as (desk, counter, _):
        counter.renews = True
        session = OpenSession(desk)
        rng = random.Random(7)
        world = World(SystemClock(), IdSource(SystemClock(), rng), rng, system_wait)
        Telephone(session, tmp_path, settings.telephone_place(), world, lambda: keyring)  # type: ignore[arg-type]
        page = show_page(qtbot, desk)
        office = Office(qtbot, store, desk, counter, None, page)  # type: ignore[arg-type]
        office.take_next()
        assert page.pane.visit.card.dial.reason() == code_words("no_line")
        _set_up(qtbot, desk, page, dialler)
        qtbot.waitUntil(lambda: page.pane.visit.card.dial.reason() == "")
        office.key(Key.Key_D)
        qtbot.waitUntil(lambda: dialler.numbers == [PHONE])
        dialler.say("talking")
        qtbot.waitUntil(lambda: page.pane.session.state == "talking")
        dialler.say("ended", cause="hung_up", talk_s=41, recording="rec-7")
        qtbot.waitUntil(lambda: page.pane.session.state == "ended")
        office.answer("111122")
        office.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(office.finished)
        made = [row for row in office.rows("attempt") if isinstance(row, Attempt) and row.version == 0]
        assert [(a.outcome, a.duration_s, a.recording) for a in made] == [("answered", 41, "rec-7")]
        page.release()
        session.closing.emit()
        session.deleteLater()
    assert list(keyring.kept.values()) == [TOKEN]
    kept = (tmp_path / "settings.ini").read_text()
    assert "8012" in kept
    assert TOKEN not in kept
    assert PHONE not in kept


def _set_up(qtbot: QtBot, desk: Desk, page: ReturnVisitsPage, dialler: Dialler) -> None:
    assert desk.telephone is not None
    assert desk.line is not None
    sheet = TelephoneSheet(desk.telephone, desk.line, page)
    qtbot.addWidget(sheet)
    unset = sheet.state_words()
    sheet.kind.set_value("dialler")
    sheet.address.set_value(dialler.address)
    sheet.seat.set_value("8012")
    sheet.secret.set_value(TOKEN)
    sheet.save.click()
    assert sheet.secret.value() == ""
    qtbot.waitUntil(lambda: desk.line is not None and desk.line.trouble == "")
    assert sheet.state_words() not in ("", unset)
    sheet.reject()


def test_what_an_administrator_lays_down_holds(tmp_path: Path) -> None:
    """A city says once which dialler its desks use; a person says which seat this is, and no more."""
    preset = tmp_path / "preset.toml"
    preset.write_text('[telephone]\nkind = "dialler"\naddress = "https://dialler.example/v1"\n', "utf-8")
    settings = Settings(tmp_path / "settings.ini", load_preset(preset))
    place = settings.telephone_place()
    assert place.laid_down
    place.choose(type(place.setup)(kind="program", address="elsewhere", seat="8013"), "secret")
    again = settings.telephone_place().setup
    assert (again.kind, again.address, again.seat) == ("dialler", "https://dialler.example/v1", "8013")
    preset.write_text('[telephone]\nkind = "dialler"\npassword = "x"\n', "utf-8")
    assert load_preset(preset).broken
