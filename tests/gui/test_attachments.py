"""Files on the pages: added by button, paste and drop, seen, taken back, all of it by keyboard and without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attachment
from desktop.models.store import outbox, transfers
from desktop.services.background.desk import Desk
from desktop.services.background.files import Target
from desktop.services.commands.attachments import About
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.services.transfers.context import Traffic
from desktop.services.transfers.opened import OpenFolder
from desktop.views.common import theme
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.attachments.preview import Picture, PreviewSheet
from desktop.views.common.text import PlainLabel, PlainText
from desktop.views.shell.connection_words import ConnectionWords
from desktop.views.shell.status_bar import StatusBar
from desktop.views.supervision.note_form import NotePanel
from tests.support import files as made
from tests.support.builders import NOW, make_ticket, reference_rows
from tests.support.desks import ONLINE, open_desk
from tests.support.stores import DeskStore, open_desk_store
from tests.support.widgets import children

HOSTILE = "<img src=x>\u202egpj.exe.png"


class Stage:
    """A list of files on a desk, as the case shows it."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk, folder: Path) -> None:
        self.qtbot, self.store, self.desk, self.folder = qtbot, store, desk, folder
        self.ticket = make_ticket()
        store.pull(*reference_rows(), self.ticket)
        self.list = FileList(desk, with_about=True)
        qtbot.addWidget(self.list)
        self.list.resize(460, 300)
        self.list.set_target(Target(about=About(ticket_id=self.ticket.id)))
        self.list.changed.connect(self.refresh)
        with qtbot.waitExposed(self.list):
            self.list.show()

    def refresh(self) -> None:
        self.list.set_files(self.store.ask(lambda r: case_files(r, self.ticket.id)))

    def shown(self, count: int) -> tuple[CaseFile, ...]:
        self.qtbot.waitUntil(lambda: len(self.list.files()) == count)
        return self.list.files()

    def sheet(self) -> PreviewSheet:
        found: list[PreviewSheet] = []

        def look() -> bool:
            found[:] = children(self.list.window(), PreviewSheet)
            return bool(found) and found[0].isVisible()

        self.qtbot.waitUntil(look)
        return found[0]

    def close(self, sheet: PreviewSheet) -> None:
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        self.qtbot.waitUntil(lambda: not children(self.list.window(), PreviewSheet))


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        store = stack.enter_context(open_desk_store(tmp_path))
        desk = stack.enter_context(open_desk(store, language="en", connection=ONLINE))
        yield Stage(qtbot, store, desk, tmp_path)


def test_a_file_is_picked_shown_opened_and_taken_back_by_keyboard(stage: Stage) -> None:
    """Nobody needs a mouse, and the original may vanish as soon as the line is there."""
    path = made.write(stage.folder, "现场 1.png", made.picture())
    stage.list.add.setFocus()
    QTest.keyClick(stage.list.add, Qt.Key.Key_Space)
    (dialog,) = children(stage.list.window(), QFileDialog)
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    (file,) = stage.shown(1)
    path.unlink()
    line = stage.list.line(file.id)
    assert (file.name, file.standing, file.here) == ("现场 1.png", "sending", True)
    assert "on its way" in line.accessibleName()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    sheet = stage.sheet()
    assert isinstance(sheet.view, Picture)
    assert "现场" not in sheet.windowTitle(), "lists of windows are seen by others"
    stage.close(sheet)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    stage.shown(0)
    with stage.store.store.read() as connection:
        assert [e.state for e in outbox.in_states(connection, ("queued", "discarded"))] == ["discarded"]


def test_a_screenshot_is_pasted_and_a_file_dropped(stage: Stage) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    stage.list.add.setFocus()
    QTest.keyClick(stage.list.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (pasted,) = stage.shown(1)
    assert (pasted.name[:10], pasted.media_type) == ("Screenshot", "image/png")
    QGuiApplication.clipboard().clear()
    QTest.keyClick(stage.list.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stage.list.trouble.isVisible(), "an empty clipboard is said, not silently nothing"
    mime = QMimeData()
    path = made.write(stage.folder, "情况说明.txt", "路面已修补".encode("gb18030"))
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(stage.list.rect().center(), action, mime, Qt.MouseButton.LeftButton, none)
    stage.list.dragEnterEvent(enter)
    assert enter.isAccepted()
    stage.list.dropEvent(QDropEvent(QPointF(5, 5), action, mime, Qt.MouseButton.LeftButton, none))
    text = next(file for file in stage.shown(2) if file.media_type == "text/plain")
    stage.list.open_file(text)
    sheet = stage.sheet()
    assert isinstance(sheet.view, PlainText)
    assert sheet.view.toPlainText() == "路面已修补"
    stage.close(sheet)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("run.exe", b"MZ", "Files of this kind are not taken."),
        ("photo.png", b"MZ" * 50, "The file is not what its name says."),
        ("bomb.png", made.huge_picture(), "The picture has more pixels than can be shown safely."),
    ],
)
def test_what_is_not_taken_says_why_in_place(stage: Stage, name: str, data: bytes, words: str) -> None:
    stage.list.take_paths([str(made.write(stage.folder, name, data))])
    stage.qtbot.waitUntil(stage.list.trouble.isVisible)
    assert f"{name}: {words}" in [label.text() for label in children(stage.list.trouble, PlainLabel)]
    assert stage.list.files() == ()


def test_a_hostile_name_is_only_ever_words(stage: Stage) -> None:
    """It must not become markup, a path, or read backwards as another extension."""
    stage.list.take_paths(
        [str(made.write(stage.folder, HOSTILE.replace("<img src=x>", "img"), made.picture()))]
    )
    (file,) = stage.shown(1)
    assert "\u202e" not in stage.list.line(file.id).accessibleName()
    row = Attachment(
        id="a-1", version=1, ticket_id=stage.ticket.id, name="../../../etc/passwd<b>.pdf", size=9,
        sha256="0" * 64, media_type="application/pdf", by_name="李强", at=NOW,
    )  # fmt: skip
    stage.store.pull(row)
    stage.refresh()
    shown = next(f for f in stage.list.files() if f.id == "a-1")
    assert (shown.standing, shown.here) == ("server", False)
    stage.list.open_file(shown)
    stage.qtbot.waitUntil(lambda: any(f.standing == "fetching" for f in stage.list.files()))


def test_what_another_program_shows_lies_in_a_private_folder_until_it_is_wiped(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain bytes only while open: named by id, for its owner alone, gone at the end."""
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    stage.list.take_paths([str(made.write(stage.folder, "通知 书.pdf", b"%PDF-1.7\nsecret"))])
    (file,) = stage.shown(1)
    stage.list.open_file(file)
    stage.qtbot.waitUntil(lambda: bool(opened))
    path = Path(opened[0])
    assert path.name == f"{file.id}.pdf"
    assert path.read_bytes() == b"%PDF-1.7\nsecret"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o400, 0o700)
    stage.desk.files.wipe_opened()
    stage.qtbot.waitUntil(lambda: not path.parent.exists())
    assert OpenFolder(stage.folder).wipe(), "wiping nothing is no error"


def test_progress_moves_without_asking_the_store(stage: Stage) -> None:
    stage.list.take_paths([str(made.write(stage.folder, "a.jpg", made.photo(300_000)))])
    (file,) = stage.shown(1)
    half = Traffic(files=1, done=150_000, total=300_000, at={file.id: (150_000, 300_000)})
    stage.desk.files.show_traffic(half)
    assert "146 of 293 KB" in stage.list.line(file.id).accessibleName()
    words = ConnectionWords(stage.desk.profile.local)
    bar = StatusBar("en", words, stage.store.clock.now)
    stage.qtbot.addWidget(bar)
    bar.show_files(half)
    assert bar.files.text() == "1 file(s) on their way, 146 of 293 KB"
    bar.show_files(Traffic())
    assert bar.files.isHidden()
    bar.release()


def test_a_note_takes_its_files_along_and_its_draft_keeps_them(stage: Stage) -> None:
    """Closed in the middle, the form still has its photograph; sent, the file belongs to the note."""
    stage.list.hide()
    form = _note(stage)
    form.files.list.take_paths([str(made.write(stage.folder, "a.png", made.picture()))])
    stage.qtbot.waitUntil(lambda: form.files.value() == 1)
    form.close_form()
    again = _note(stage)
    stage.qtbot.waitUntil(lambda: again.files.value() == 1)
    again.text.set_value("见照片")
    with stage.qtbot.waitSignal(again.closed):
        again.form.submit()
    with stage.store.store.read() as connection:
        ops = [entry.op for entry in outbox.in_states(connection, ("queued",))]
        rows = transfers.every(connection)
    assert [op.kind for op in ops] == ["note.add", "attachment.link"]
    assert ops[1].depends_on == (ops[0].op_id,)
    assert ops[1].payload["about_id"] == ops[0].entity_id
    assert [row.state for row in rows] == ["waiting"]


def _note(stage: Stage) -> NotePanel:
    form = NotePanel(stage.desk)
    stage.qtbot.addWidget(form)
    panel = stage.store.ask(lambda r: ticket_panel(r, stage.ticket.id))
    assert panel is not None
    with stage.qtbot.waitExposed(form):
        form.show()
    form.open_for(panel)
    return form


def test_a_picture_is_never_decoded_beyond_its_limits(stage: Stage) -> None:
    """The limit holds for every picture of the program, also when a header lies."""
    assert 0 < QImageReader.allocationLimit() <= 256
    broken = made.picture()[:60] + bytes(40)
    stage.list.take_paths([str(made.write(stage.folder, "a.png", broken))])
    (file,) = stage.shown(1)
    stage.list.open_file(file)
    stage.qtbot.waitUntil(stage.list.trouble.isVisible)
