"""Recordings of calls: where each lies, who may hear it, that hearing it is on record, and what stands in the way."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.domain.entities import Attachment
from desktop.models.store import data_acts
from desktop.services.background.desk import Desk
from desktop.services.background.files import Sound
from desktop.views.common import theme
from desktop.views.common.sound import sound_parts
from desktop.views.return_visits.records_page import RecordsPage
from tests.support import files as made
from tests.support.builders import CHIEF, NOW, VISITOR, make_attempt, make_ticket, make_visit, reference_rows
from tests.support.desks import ONLINE, open_desk
from tests.support.patience import PatientBot
from tests.support.stores import DeskStore, open_desk_store

TICKET = make_ticket(completed_at=NOW)
VISIT = make_visit(TICKET, state="completed", completed_at=NOW, completed_by_id="p-visitor", valid=True)
CALL = make_attempt(VISIT, outcome="answered", at=NOW, duration_s=95, recording="rec-0712")


def spoken(seconds: int = 2) -> bytes:
    """A WAV of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * 8_000 * seconds)
    return out.getvalue()


class Ear(QObject):
    """Who is handed a recording."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Sound] = []

    def hear(self, sound: Sound) -> None:
        self.heard.append(sound)


class Stage:
    """The page of records with one visit on it."""

    def __init__(self, bot: PatientBot, store: DeskStore, desk: Desk) -> None:
        self.bot, self.store, self.desk = bot, store, desk
        self.page = RecordsPage(desk)
        self.page.show_queue("done")
        bot.addWidget(self.page)
        self.page.resize(1200, 800)
        with bot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        bot.waitUntil(lambda: self.page.card.shown() == f"visit:{VISIT.id}")

    def heard(self) -> list[tuple[str, str]]:
        """What was listened to, as the record has it."""
        with self.store.store.read() as connection:
            acts = data_acts.waiting(connection, 10)
        return [(act.action, act.object_type) for act in acts]


@pytest.fixture
def stage(qtbot: PatientBot, tmp_path: Path) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        store = stack.enter_context(
            open_desk_store(tmp_path, me=replace(CHIEF, roles=("approve", "officer")))
        )
        store.pull(*reference_rows(), TICKET, VISIT, CALL)
        desk = stack.enter_context(open_desk(store, language="en", connection=ONLINE))
        yield Stage(qtbot, store, desk)


def test_where_a_recording_lies_is_told_and_a_file_of_it_is_put_with_its_call(
    stage: Stage, tmp_path: Path
) -> None:
    """Whoever has to decide whether a visit stands looks for the sound: in which system, under which name, and why
    nothing is heard here; what is added belongs to the call, and so to the office alone."""
    box = stage.page.card.recordings
    (told,) = box.said()
    assert "rec-0712" in told
    assert "telephone system" in told
    box.take(CALL, str(made.write(tmp_path, "rec-0712.wav", spoken())))
    stage.bot.waitUntil(lambda: "rec-0712.wav" in box.said()[0])
    (told,) = box.said()
    assert ("without Qt Multimedia" in told) == (sound_parts() is None), (
        "nothing is offered that is not there"
    )
    QTest.keyClick(stage.page.table, Qt.Key.Key_P)
    if sound_parts() is None:
        assert stage.heard() == [], "what cannot be heard was not listened to"


def test_a_recording_is_in_memory_alone_and_on_record_before_it_is_heard(
    stage: Stage, tmp_path: Path
) -> None:
    """A voice is personal data like a number: without a line in the record anybody could listen all day."""
    box, ear = stage.page.card.recordings, Ear()
    box.take(CALL, str(made.write(tmp_path, "rec.wav", spoken())))
    stage.bot.waitUntil(lambda: "rec.wav" in box.said()[0])
    file_id = box.sounds()[0].id
    stage.desk.files.sound(ear, file_id, "rec.wav", ear.hear)
    stage.bot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == [Sound(file_id=file_id, extension="wav", data=spoken())]
    assert stage.heard() == [("listen", "attachment")]


def test_a_name_kept_from_a_caller_says_who_may_listen(qtbot: PatientBot, tmp_path: Path) -> None:
    """The server keeps a colleague's recordings from a caller; the row must say so and offer nothing."""
    hidden = Attachment(
        id="f-1", version=1, ticket_id=TICKET.id, about_type="attempt", about_id=CALL.id, audience="office",
        name="", size=9, sha256="0" * 64, media_type="audio/wav", by_id="p-other", at=NOW,
    )  # fmt: skip
    with open_desk_store(tmp_path, me=VISITOR) as store:
        store.pull(*reference_rows(), TICKET, VISIT, CALL, hidden)
        with open_desk(store, language="en", connection=ONLINE) as desk:
            stage = Stage(qtbot, store, desk)
            box = stage.page.card.recordings
            qtbot.waitUntil(lambda: "whoever added it may listen" in " ".join(box.said()))
            QTest.keyClick(stage.page.table, Qt.Key.Key_P)
            assert stage.heard() == []


@pytest.mark.qt_log_ignore(
    "PulseAudioService|pipewire|No audio device|propagateSizeHints"
)  # no loudspeaker, no window manager
@pytest.mark.skipif(sound_parts() is None, reason="Qt Multimedia is not installed")
def test_a_recording_is_played_paused_and_sought_by_keyboard(stage: Stage, tmp_path: Path) -> None:
    """Somebody who checks twenty recordings a day needs one key, and a place to go back to."""
    box = stage.page.card.recordings
    box.take(CALL, str(made.write(tmp_path, "rec.wav", spoken(60))))
    stage.bot.waitUntil(lambda: "rec.wav" in box.said()[0])
    QTest.keyClick(stage.page.table, Qt.Key.Key_P)
    stage.bot.waitUntil(lambda: box.seek.isVisible() and box.seek.maximum() == 60_000)
    assert stage.heard() == [("listen", "attachment")]
    box.seek.setFocus()
    QTest.keyClick(box.seek, Qt.Key.Key_Right)
    stage.bot.waitUntil(lambda: box.seek.value() >= 5_000)
    assert box.time.text().endswith("/ 1:00")
    stage.page.hide()
    transport = box.seek.parentWidget()
    assert transport is not None
    assert transport.isHidden(), "behind another page nothing is heard"
