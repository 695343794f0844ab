"""Two whole desktops over real HTTP: a picture added without a network arrives at the other one by itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.services.background.files import Preview, Target, Traffic
from desktop.services.commands.attachments import About, fetch_file
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.session import Session
from tests.support.builders import make_ticket
from tests.support.central_office import open_office
from tests.support.served import served
from tests.support.sessions import desktop


class Eye(QObject):
    """What a page would see of one case's files, asked again after every change."""

    def __init__(self, session: Session, ticket_id: str) -> None:
        super().__init__()
        self._session, self._ticket_id = session, ticket_id
        self.files: tuple[CaseFile, ...] = ()
        self.seen: Preview | None = None
        self.traffic: list[Traffic] = []
        session.desk.changed.connect(self.look)
        session.desk.files.progressed.connect(self._pass)

    def look(self, changes: object = None) -> None:
        ticket_id = self._ticket_id
        self._session.desk.run_query(self, lambda r: case_files(r, ticket_id), self._take, slot="eye")

    def show(self) -> None:
        (file,) = self.files
        self._session.desk.files.preview(self, file.id, file.name, self._see)

    def standing(self) -> list[str]:
        return [file.standing for file in self.files]

    def _take(self, files: tuple[CaseFile, ...]) -> None:
        self.files = files

    def _see(self, preview: Preview) -> None:
        self.seen = preview

    def _pass(self, traffic: Traffic) -> None:
        self.traffic.append(traffic)


def test_a_picture_added_offline_reaches_a_colleague_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    """The lane wakes when the network does, the link follows its file, and the other desktop has the very picture."""
    with (
        open_office(tmp_path) as office,
        served(office.app) as url,
        desktop(url, "officer", tmp_path / "one") as one,
        desktop(url, "chief", tmp_path / "two") as two,
    ):
        ticket = make_ticket()
        office.load(ticket)
        mine, theirs = Eye(one, ticket.id), Eye(two, ticket.id)
        for session in (one, two):
            with qtbot.waitSignal(session.worker.settled):
                session.start()
        one.set_cut(True)
        qtbot.waitUntil(lambda: one.desk.connection.state == "offline")
        picture = QImage(320, 200, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.green)
        target = Target(about=About(ticket_id=ticket.id))
        one.desk.files.take_image(mine, picture, "现场.png", target)
        qtbot.waitUntil(lambda: mine.standing() == ["sending"])
        qtbot.waitUntil(lambda: bool(mine.traffic) and mine.traffic[-1].files == 1)
        one.set_cut(False)
        qtbot.waitUntil(lambda: mine.standing() == ["here"])
        qtbot.waitUntil(lambda: theirs.standing() == ["server"])
        file_id = theirs.files[0].id
        two.desk.run_command(theirs, lambda w: fetch_file(w, file_id))
        qtbot.waitUntil(lambda: theirs.standing() == ["here"])
        theirs.show()
        qtbot.waitUntil(lambda: theirs.seen is not None)
        assert theirs.seen is not None
        assert theirs.seen.image is not None
        assert theirs.seen.image.pixelColor(5, 5) == Qt.GlobalColor.green
        assert mine.traffic[-1] == Traffic()
