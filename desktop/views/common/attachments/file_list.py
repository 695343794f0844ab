"""The files of one place (a case, a finding, a form): shown, added by button, by drop and by paste, opened, taken back.

``set_target`` says where new files go (None: none may be added), ``set_files`` what is shown. All that takes time runs
in ``Desk.files``; progress comes by itself. Must not fetch what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.models.domain.attachments import BadFile, kind_of, safe_name
from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.files import Preview, Staged, Target, Traffic
from desktop.services.commands import attachments as commands
from desktop.services.commands.base import Writer
from desktop.services.queries.attachments import CaseFile
from desktop.views.common import theme, tokens
from desktop.views.common.attachments.file_line import FileLine, about_file
from desktop.views.common.attachments.file_words import kinds_filter
from desktop.views.common.attachments.preview import PreviewSheet
from desktop.views.common.bars import NoticeBar, NoticeKind
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import discard, row
from desktop.views.common.words import error_words

_MOST_AT_ONCE = 20


class _Taking(QObject):
    """One file that is being taken in: whoever is told that it was not wants to know which."""

    def __init__(self, owner: FileList, path: str) -> None:
        super().__init__(owner)
        self._list = owner
        self._name = safe_name(path)

    def taken(self, staged: Staged) -> None:
        self._list.changed.emit()
        self.deleteLater()

    def failed(self, error: DeskError) -> None:
        self._list.tell(f"{self._name}: {error_words(error)}", "error")
        self.deleteLater()


class FileList(QWidget):
    """See the module's docstring."""

    #: A file was added or taken back here: whoever shows the place asks again.
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, with_about: bool = False) -> None:
        """``with_about`` says of each file what it belongs to."""
        super().__init__(parent)
        self._desk = desk
        self._with_about = with_about
        self._target: Target | None = None
        self._files: tuple[CaseFile, ...] = ()
        self._lines: dict[str, FileLine] = {}
        self._wanted = ""
        self._dropping = False
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.add = Button(self.tr("Add file…"), kind="link", icon="paperclip", on=self.ask_file)
        self.paste = Button(self.tr("Paste picture"), kind="link", on=self.paste_picture)
        buttons = row(self.add, self.paste, gap=4)
        buttons.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.trouble)
        whole.addLayout(self._rows)
        whole.addWidget(self._foot)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, context=within).activated.connect(
            self.paste_picture
        )
        desk.files.progressed.connect(self._take_traffic)
        desk.connection_changed.connect(self._renew)
        self.set_target(None)

    # -- what is shown -----------------------------------------------------------------------------------------

    def set_target(self, target: Target | None) -> None:
        """Where new files go; None where none may be added."""
        if target != self._target:
            self._target = target
            self._wanted = ""
            self.trouble.hide()
        self._foot.setVisible(target is not None)
        self.setAcceptDrops(target is not None)

    def set_files(self, files: Iterable[CaseFile]) -> None:
        """Show these files; a line that stays keeps the keyboard."""
        self._files = tuple(files)
        ids = {file.id for file in self._files}
        for file_id in [i for i in self._lines if i not in ids]:
            line = self._lines.pop(file_id)
            self._rows.removeWidget(line)
            discard(line)
        for place, file in enumerate(self._files):
            if file.id not in self._lines:
                made = self._lines[file.id] = FileLine(self._desk.profile)
                made.acted.connect(self._act)
                self._rows.insertWidget(place, made)
        self._renew()
        self._open_what_came()

    def files(self) -> tuple[CaseFile, ...]:
        """The files shown."""
        return self._files

    def line(self, file_id: str) -> FileLine:
        """The line of a file; KeyError where it is not shown."""
        return self._lines[file_id]

    def _renew(self) -> None:
        for file in self._files:
            self._show(file)

    def _show(self, file: CaseFile) -> None:
        about = about_file(file, self._desk.profile, self._desk.now(), with_about=self._with_about)
        self._lines[file.id].show_file(file, self._desk.connection, about)

    def _take_traffic(self, traffic: Traffic) -> None:
        for file in self._files:
            moved = traffic.at.get(file.id)
            if moved is not None and moved[0] != file.done_bytes:
                self._show(replace(file, done_bytes=moved[0]))

    def _open_what_came(self) -> None:
        """A file that was fetched because the person wanted to see it is shown when it is here."""
        came = next((file for file in self._files if file.id == self._wanted and file.here), None)
        if came is not None:
            self._wanted = ""
            if self.isVisible():
                self._look(came)

    # -- adding ------------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Pick files in a dialog."""
        if self._target is None:
            return
        dialog = QFileDialog(self.window(), self.tr("Add file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(kinds_filter())
        dialog.filesSelected.connect(self.take_paths)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_paths(self, paths: list[str]) -> None:
        """Take these files in, one after another."""
        target = self._target
        if target is None:
            return
        self.trouble.hide()
        for path in paths[:_MOST_AT_ONCE]:
            taking = _Taking(self, path)
            self._desk.files.take_path(taking, path, target, taking.taken, taking.failed)
        if len(paths) > _MOST_AT_ONCE:
            many = self.tr("At most {n} files at once; the others were left out.")
            self.tell(many.format(n=_MOST_AT_ONCE))

    def paste_picture(self) -> None:
        """Ctrl+V: the picture or the files on the clipboard."""
        if self._target is not None and not self._take_mime(QGuiApplication.clipboard().mimeData()):
            self.tell(self.tr("There is no picture on the clipboard."))

    def _take_mime(self, mime: QMimeData | None) -> bool:
        """None is what an empty clipboard holds, whatever Qt's types say."""
        target = self._target
        if target is None or mime is None:
            return False
        paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.take_paths(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self.trouble.hide()
        at = self._desk.profile.local(self._desk.now())
        name = self.tr("Screenshot {time}").format(time=f"{at:%m-%d %H%M%S}")
        self._desk.files.take_image(self, image, f"{name}.png", target, self._taken, self._failed)
        return True

    def _taken(self, staged: Staged) -> None:
        self.changed.emit()

    # -- doing -------------------------------------------------------------------------------------------------

    def _act(self, act: str) -> None:
        line = self.sender()
        file = line.file() if isinstance(line, FileLine) else None
        if file is None:
            return
        self.trouble.hide()
        if act == "open":
            self.open_file(file)
        elif act == "save":
            self._ask_place(file)
        else:
            self._do(file.id, act)

    def open_file(self, file: CaseFile) -> None:
        """Show a file; one that is only at the server is fetched first."""
        if file.here:
            self._look(file)
            return
        self._wanted = file.id
        file_id = file.id
        self._desk.run_command(self, lambda w: commands.fetch_file(w, file_id), self._done, self._failed)

    def _do(self, file_id: str, act: str) -> None:
        do: dict[str, Callable[[Writer, str], Changes]] = {
            "pause": commands.pause_file,
            "resume": commands.resume_file,
            "cancel": commands.cancel_file,
        }
        command = do[act]
        self._desk.run_command(self, lambda w: command(w, file_id), self._done, self._failed)

    def _look(self, file: CaseFile) -> None:
        try:
            family = kind_of(file.name).family
        except BadFile as error:
            self._failed(DeskError(error.code))
            return
        if family in ("image", "text"):
            self._desk.files.preview(self, file.id, file.name, self._show_preview, self._failed)
        else:
            self._desk.files.open_outside(self, file.id, file.name, self._show_outside, self._failed)

    def _show_preview(self, preview: Preview) -> None:
        file = next((f for f in self._files if f.id == preview.file_id), None)
        if file is None or not self.isVisible():
            return
        sheet = PreviewSheet(preview, file.name, self.window())
        sheet.setProperty("file", file.id)
        sheet.save_asked.connect(self._save_shown)
        sheet.open()

    def _save_shown(self) -> None:
        shown = str(self.sender().property("file"))
        file = next((f for f in self._files if f.id == shown), None)
        if file is not None:
            self._ask_place(file)

    def _show_outside(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.tell(self.tr("No program on this computer opens such files. Save it and choose one."))

    def _ask_place(self, file: CaseFile) -> None:
        dialog = QFileDialog(self.window(), self.tr("Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.name)
        dialog.setProperty("file", file.id)
        dialog.fileSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, path: str) -> None:
        file_id = str(self.sender().property("file"))
        self._desk.files.save_as(self, file_id, path, self._saved, self._failed)

    def _saved(self, nothing: None) -> None:
        self.tell(self.tr("Saved. Outside this program the file is no longer encrypted."), "info")

    def _done(self, changes: Changes) -> None:
        self.changed.emit()

    def _failed(self, error: DeskError) -> None:
        self.tell(error_words(error), "error")

    def tell(self, words: str, kind: NoticeKind = "warn") -> None:
        """Say something about the files, in their place."""
        self.trouble.set_notice(words, kind)
        self.trouble.show()

    # -- dropping ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if self._target is not None and (mime.hasImage() or any(url.isLocalFile() for url in mime.urls())):
            self._set_dropping(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        if self._take_mime(event.mimeData()):
            event.acceptProposedAction()

    def _set_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._dropping:
            now = theme.current()
            painter = QPainter(self)
            painter.setPen(QPen(now.color("accent"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(now.color("accent_soft"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
