"""The Desk and its lanes: answers come home on the GUI thread, to those who still wait, and to nobody else."""

from __future__ import annotations

import functools
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import ManualClock
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.lanes import Lane, LaneClosed
from desktop.services.background.network_watch import NetworkWatch, SleepWatch
from desktop.services.commands.base import Writer
from desktop.services.commands.notes import add_note
from desktop.services.queries.base import Reader
from tests.support.builders import NOW, make_ticket, reference_rows
from tests.support.desks import open_desk
from tests.support.stores import DeskStore, open_desk_store


class Listener(QObject):
    """A page in small: keeps what it was told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[DeskError] = []
        self.threads: set[QThread] = set()

    def hear(self, answer: object) -> None:
        self.threads.add(QThread.currentThread())
        self.answers.append(answer)

    def fail(self, error: DeskError) -> None:
        self.errors.append(error)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows())
        yield opened


@pytest.fixture
def desk(store: DeskStore, qtbot: QtBot) -> Iterator[Desk]:
    with open_desk(store) as opened:
        yield opened


def test_answers_come_home_on_the_gui_thread(desk: Desk, qtbot: QtBot) -> None:
    """A widget touched from a worker crashes at random; the answer must arrive on the thread of its page."""
    page = Listener()
    worker: list[str] = []

    def unit_count(reader: Reader) -> int:
        worker.append(threading.current_thread().name)
        return len(reader.reference.units)

    desk.run_query(page, unit_count, page.hear)
    qtbot.waitUntil(lambda: page.answers == [1])
    assert worker == ["reading"]
    assert page.threads == {page.thread()}


def test_only_bound_methods_of_qobjects_may_wait(desk: Desk) -> None:
    """A lambda handed in would run in the worker; the mistake must be told where it is made."""
    page = Listener()
    with pytest.raises(TypeError, match="bound method"):
        desk.run_query(page, lambda r: 1, lambda answer: None)
    with pytest.raises(TypeError, match="bound method"):
        desk.run_query(page, lambda r: 1, functools.partial(page.hear))
    with pytest.raises(TypeError, match="failed"):
        desk.run_query(page, lambda r: 1, page.hear, failed=print)


def test_the_latest_question_of_a_slot_wins(desk: Desk, qtbot: QtBot) -> None:
    """Someone typing in the filter must not see the list of an earlier word appear after the later one."""
    page = Listener()
    first_is_running = threading.Event()
    go_on = threading.Event()
    ran: list[str] = []

    def question(word: str) -> Callable[[Reader], str]:
        def ask(reader: Reader) -> str:
            ran.append(word)
            first_is_running.set()
            go_on.wait(60)
            return word

        return ask

    desk.run_query(page, question("a"), page.hear, slot="list")
    assert first_is_running.wait(60)
    desk.run_query(page, question("ab"), page.hear, slot="list")
    desk.run_query(page, question("abc"), page.hear, slot="list")
    go_on.set()
    qtbot.waitUntil(lambda: page.answers == ["abc"])
    assert ran == ["a", "abc"], "the one overtaken while it waited was run for nobody"


def test_an_overtaken_question_is_broken_off(desk: Desk, qtbot: QtBot) -> None:
    """Sorting a million rows takes seconds: whoever types on must not wait for the list of an earlier word."""
    page = Listener()
    begun = threading.Event()

    def endless(reader: Reader) -> int:
        begun.set()
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        return int(reader.connection.exec_driver_sql(numbers).scalar_one())

    desk.run_query(page, endless, page.hear, slot="list", failed=page.fail)
    assert begun.wait(60)
    desk.run_query(
        page, lambda r: r.connection.exec_driver_sql("SELECT 7").scalar_one(), page.hear, slot="list"
    )
    qtbot.waitUntil(lambda: page.answers == [7])
    assert page.errors == []


def test_nothing_is_delivered_for_a_dead_owner(desk: Desk, qtbot: QtBot) -> None:
    """A page closed while its query runs must not be called back into freed memory."""
    page, witness = Listener(), Listener()
    running, go_on = threading.Event(), threading.Event()

    def slow(reader: Reader) -> int:
        running.set()
        go_on.wait(60)
        return 1

    desk.run_query(page, slow, page.hear)
    assert running.wait(60)
    answers = page.answers
    page.deleteLater()
    del page
    gc.collect()
    go_on.set()
    desk.run_query(witness, lambda r: 2, witness.hear)
    qtbot.waitUntil(lambda: witness.answers == [2])
    assert answers == []


def test_a_command_outlives_its_form_and_its_failure_is_heard(
    desk: Desk, store: DeskStore, qtbot: QtBot
) -> None:
    """What a person recorded must be kept although the dialog is closed at once; a refusal must not vanish."""
    ticket = make_ticket()
    store.pull(ticket)
    told, unheard = Listener(), Listener()
    desk.changed.connect(told.hear)
    desk.refused.connect(unheard.fail)
    form = Listener()
    desk.run_command(form, lambda w: add_note(w, ticket.id, "回看"), form.hear)
    desk.run_command(form, lambda w: w.submit("no.such", "x"), form.hear)
    form.deleteLater()
    del form
    gc.collect()
    qtbot.waitUntil(lambda: len(told.answers) == 1 and len(unheard.errors) == 1)
    changes = told.answers[0]
    assert isinstance(changes, Changes)
    assert changes.outbox
    assert unheard.errors == [DeskError("unknown_kind", {"pointer": "/kind"})]


def test_closing_runs_what_was_recorded(store: DeskStore, qtbot: QtBot) -> None:
    """Closing the window right after "record" must not lose the record."""
    ticket = make_ticket()
    store.pull(ticket)
    page = Listener()
    gate = threading.Event()

    def late(writer: Writer) -> Changes:
        gate.wait(60)
        return add_note(writer, ticket.id, "写于关窗之前")

    with open_desk(store) as desk:
        desk.run_command(page, late)
        gate.set()
    with store.store.read() as connection:
        kinds = connection.exec_driver_sql("SELECT kind FROM outbox").scalars().all()
    assert kinds == ["note.add"]


def test_a_closed_lane_frees_those_who_wait() -> None:
    """The sync thread asks the writing lane and waits; ending the program must not leave it waiting for ever."""
    lane = Lane("test")
    running, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        running.set()
        go_on.wait(60)

    lane.submit(hold)
    assert running.wait(60)
    seen: list[BaseException] = []
    queued = threading.Event()

    def wait_for_it() -> None:
        try:
            queued.set()
            lane.call(lambda: 1)
        except LaneClosed as error:
            seen.append(error)

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    assert queued.wait(60)
    closing = threading.Thread(target=functools.partial(lane.close, drain=False, timeout_s=10))
    closing.start()
    go_on.set()
    waiting.join(60)
    closing.join(60)
    assert seen
    with pytest.raises(LaneClosed):
        lane.call(lambda: 2)


class _Mourned(QWidget):
    """A widget in a cycle: only the collector can end it."""

    def __init__(self, ends: list[str]) -> None:
        super().__init__()
        self.ends = ends
        self.itself = self

    def __del__(self) -> None:
        self.ends.append(threading.current_thread().name)


def test_widgets_never_die_in_a_worker_thread(desk: Desk, qtbot: QtBot) -> None:
    """Python collects garbage in whichever thread allocates; a widget that dies there crashes the program later."""
    ends: list[str] = []
    page = Listener()
    for _ in range(40):
        _Mourned(ends)

    def allocate(reader: Reader) -> int:
        return len([[n] for n in range(200_000)])

    desk.run_query(page, allocate, page.hear)
    qtbot.waitUntil(lambda: page.answers == [200_000])
    qtbot.waitUntil(lambda: len([[n] for n in range(1_000)]) > 0 and len(ends) == 40)
    assert set(ends) == {"MainThread"}


def test_another_network_or_none_is_heard_once(qtbot: QtBot) -> None:
    """A laptop carried to another room must try at once, not after a pause of five minutes, and not ten times."""
    watch = NetworkWatch()
    heard: list[bool] = []
    watch.changed.connect(heard.append)
    for reachability in ("Online", "Disconnected", "Disconnected", "Local", "Online"):
        watch.hear(QNetworkInformation.Reachability[reachability])
    for medium in ("Ethernet", "Ethernet", "WiFi", "Unknown", "WiFi"):
        watch.hear_medium(QNetworkInformation.TransportMedium[medium])
    assert heard == [False, True, True]


def test_a_machine_that_slept_is_noticed_whatever_its_clocks_do(qtbot: QtBot) -> None:
    """Some systems stop the monotonic clock in sleep; after a night the first try must come within seconds."""
    clock = ManualClock(NOW)
    watch = SleepWatch(clock)
    woke = Listener()
    watch.woke.connect(lambda: woke.answers.append(1))
    clock.advance(6)
    watch.look()
    assert woke.answers == []
    clock.jump(timedelta(hours=9))  # the wall clock alone went on
    watch.look()
    clock.advance(60)  # both went on, only we did not
    watch.look()
    assert woke.answers == [1, 1]
    watch.deleteLater()


class _Bell(QObject):
    rung = Signal(bool)
    quiet = Signal(object)

    def hear(self, value: object) -> None:
        """Does nothing with it."""


def test_signals_lose_no_reference_to_the_singletons(qtbot: QtBot) -> None:
    """Some PySide6 releases drop a reference to True or None at each emit and abort after a thousand."""
    bell = _Bell()
    bell.rung.connect(bell.hear)
    bell.quiet.connect(bell.hear)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(10_000):
        bell.rung.emit(True)
        bell.quiet.emit(None)
    after = sys.getrefcount(True), sys.getrefcount(None)
    lost = max(a - b for a, b in zip(before, after, strict=True))
    assert lost < 1_000, f"10,000 emits lost {lost} references"
