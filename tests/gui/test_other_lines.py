"""Calls that somebody else makes for us: a city's dialler over HTTP, and the telephone program of the system."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.domain.clock import SystemClock
from desktop.services.api.transport import Transport
from desktop.services.background.tasks import Tasks
from desktop.services.telephony.another_program import AnotherProgram
from desktop.services.telephony.city_dialler import CityDialler, Seat
from desktop.services.telephony.line import Line, LineRefused
from tests.support.dialler import TOKEN, Dialler, running_dialler
from tests.support.patience import PatientBot
from tests.support.private_bus import ROOT, PrivateBus, needed

NUMBER = "0512-6500 1234转801"


class Heard:
    """What a line told, in order."""

    def __init__(self, line: Line) -> None:
        self.events: list[str] = []
        line.ringing.connect(lambda: self.events.append("ringing"))
        line.answered.connect(lambda: self.events.append("answered"))
        line.ended.connect(lambda outcome, seconds: self.events.append(f"{outcome} {seconds}"))


@contextmanager
def dialled_by(dialler: Dialler, token: str = TOKEN) -> Iterator[tuple[CityDialler, Heard]]:
    clock = SystemClock()
    host, _, path = dialler.address.removeprefix("http://").partition("/")
    deeds, news = Tasks("deeds"), Tasks("news")
    line = CityDialler(
        Transport(f"http://{host}", monotonic=clock.monotonic),
        Seat(extension="8012", token=token, prefix="9", path=f"/{path}"),
        deeds=deeds,
        news=news,
        clock=clock,
    )
    try:
        yield line, Heard(line)
    finally:
        line.close()
        deeds.close(drain=True, timeout_s=30)
        news.close(drain=False, timeout_s=30)
        for each in (line, deeds, news):
            each.deleteLater()


def test_the_citys_dialler_tells_how_a_call_went(qtbot: PatientBot) -> None:
    """Where an office has a call centre already, ringing, answering, seconds and the recorder's name for the call come
    from it; hanging up does not wait for a question that is held open; the number is in no address that is logged."""
    with running_dialler() as dialler, dialled_by(dialler) as (line, heard):
        line.dial(NUMBER)
        qtbot.waitUntil(lambda: len(dialler.asked) == 2)
        assert dialler.numbers == ["9051265001234"]
        dialler.say("ringing")
        qtbot.waitUntil(lambda: heard.events == ["ringing"])
        dialler.say("talking")
        qtbot.waitUntil(lambda: line.state == "talking")
        dialler.say("ended", cause="hung_up", talk_s=73, recording="rec/2026/118")
        qtbot.waitUntil(lambda: line.state == "idle")
        assert heard.events == ["ringing", "answered", "answered 73"]
        assert line.recording == "rec/2026/118"

        line.dial(NUMBER)
        qtbot.waitUntil(lambda: len(dialler.numbers) == 2)
        dialler.say("ended", cause="busy")
        qtbot.waitUntil(lambda: heard.events[-1] == "busy 0")

        line.dial(NUMBER)
        qtbot.waitUntil(lambda: len(dialler.numbers) == 3)
        dialler.say("ringing")
        qtbot.waitUntil(lambda: line.state == "ringing")
        line.hang_up()
        assert heard.events[-1] == "no_answer 0"
        qtbot.waitUntil(lambda: ("DELETE", "/calls/3") in dialler.asked)
        assert not any("6500" in path for _, path in dialler.asked)


def test_a_dialler_that_answers_nonsense_is_a_fault_of_the_line(qtbot: PatientBot) -> None:
    """It is not the citizen who could not be reached, and the caller must not wait for ever."""
    with running_dialler() as dialler:
        with dialled_by(dialler, token="wrong") as (line, heard):
            line.dial(NUMBER)
            qtbot.waitUntil(lambda: line.state == "idle")
            assert heard.events == ["line_fault 0"]
        with dialled_by(dialler) as (line, heard):
            line.dial(NUMBER)
            qtbot.waitUntil(lambda: len(dialler.numbers) == 1)
            dialler.say("ringing")
            qtbot.waitUntil(lambda: line.state == "ringing")
            dialler.broken = True
            dialler.say("ringing")
            qtbot.waitUntil(lambda: line.state == "idle")
            assert heard.events == ["ringing", "line_fault 0"]


def _desktop(folder: Path, *, by_bus: bool) -> dict[str, str]:
    """A session whose calls go to one program."""
    (folder / "applications").mkdir()
    entry = f"[Desktop Entry]\nType=Application\nName=Phone\nDBusActivatable={str(by_bus).lower()}\n"
    (folder / "applications" / "city.example.Phone.desktop").write_text(entry, "utf-8")
    defaults = "[Default Applications]\nx-scheme-handler/tel=city.example.Phone.desktop;\n"
    (folder / "mimeapps.list").write_text(defaults, "utf-8")
    return {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


@needed("dbus-daemon")
def test_the_systems_program_is_asked_over_the_bus(qtbot: PatientBot, tmp_path: Path) -> None:
    """Everybody at the machine can read a command line; what came of the call only the person knows."""
    environment, bus = _desktop(tmp_path, by_bus=True), PrivateBus(tmp_path)
    command = [sys.executable, "-m", "tests.support.bus_program", bus.address, "city.example.Phone"]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        line = AnotherProgram("tel", bus=bus.address, environment=environment, platform="linux")
        heard = Heard(line)
        line.dial(NUMBER)
        assert program.stdout.readline() == "tel:051265001234\n"
        assert (line.state, line.observes) == ("ringing", False)
        line.hang_up()
        assert heard.events == ["ringing", " 0"]
        line.deleteLater()
    finally:
        program.kill()
        program.wait(30)
        if program.stdout is not None:
            program.stdout.close()
        bus.close()


def test_a_program_that_would_show_the_number_is_not_asked(tmp_path: Path, qtbot: QtBot) -> None:
    """Only an administrator may accept that."""
    environment = _desktop(tmp_path, by_bus=False)
    line = AnotherProgram("tel", environment=environment, platform="linux")
    assert line.trouble == "line_shows_number"
    with pytest.raises(LineRefused, match="line_shows_number"):
        line.dial(NUMBER)
    assert (
        AnotherProgram("tel", environment=environment, platform="linux", on_command_line=True).trouble == ""
    )
    assert AnotherProgram("sip", environment=environment, platform="linux").trouble == "line_no_program"
