"""The real program with hands on it, as in the journeys, with its logs and crash reports as when a person starts it.

Adds what takes data out of the program, and looks at what the desk shows outside its window. The words that go onto
paper are written down beside the file, because a PDF holds glyphs. Run like ``tests.journeys.driven_desktop``.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import options
from desktop.app import App, make_qt, make_world
from desktop.crash import CrashReports, start_logging, stop_logging
from desktop.models.domain.changes import Changes
from desktop.models.domain.letters import LetterKind
from desktop.paths import ProfilePaths
from desktop.services.commands.base import Writer
from desktop.services.commands.guidance import GuidanceForm, confirm_guidance, send_guidance
from desktop.services.commands.reviews import ApplicationForm, apply_for
from desktop.services.commands.supervision import NoticeForm, write_notice
from desktop.services.commands.upward import (
    InstructionForm,
    ReportForm,
    register_instruction,
    write_report,
)
from desktop.settings import Settings
from desktop.views.common.bars import NoticeBar
from desktop.views.common.case_reveal import RevealBox
from desktop.views.common.letters.offers import Offer, offers_of
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list import list_paper, outputs
from desktop.views.shell.report_sheet import ReportSheet
from desktop.views.shell.sign_in import SignInPage
from desktop.views.shell.wiped_page import WipedPage
from tests.journeys.driven_desktop import Staff
from tests.journeys.hands import PASSPHRASE


class Careless(RuntimeError):
    """An error whose text a careless program filled with a citizen."""


class Carrier(Staff):
    """Everything by which something of a case may leave the program."""

    def deed_open_case(self, number: str) -> str:
        """Open a case; its title."""
        return str(self._case(number).case.panel().ticket.title)

    def deed_reveal(self, number: str, what: str) -> list[str]:
        """Look one value up and leave it on screen; the value, and what is shown outside the page meanwhile."""
        page = self._case(number)
        box = next(b for b in page.findChildren(RevealBox) if b.parent() is not None)
        box.ask_for(page.case.panel().ticket)
        box.field.set_value(what)
        box.purpose.set_value("verify")
        box.reason.set_value("核实诉求地点")
        box._renew()
        self.wait("the permission to look", box.send.isEnabled)
        box.send.click()
        value = str(self.wait("the value", box.value_shown))
        shown = self.deed_shown()
        box.close_box()
        return [value, *shown]

    def deed_export(self, path: str) -> bool:
        """The overdue list as a workbook."""
        return self._goes_out(lambda out: out.export_to(path))

    def deed_print_list(self, path: str) -> bool:
        """The overdue list on paper."""
        return self._goes_out(lambda out: out.save_pdf(path))

    def deed_print_case(self, number: str, path: str) -> bool:
        """One case on paper."""
        ticket_id = self._case(number).case.panel().ticket.id
        return self._goes_out(lambda out: out.save_case(ticket_id, path))

    def deed_letter(self, kind: str, number: str, path: str) -> bool:
        """A letter about a case."""
        case = self._case(number).case
        offers = offers_of(case.panel(), self.desk.profile, self.desk.reference)
        done: list[bool] = []
        case.letters.finished.connect(done.append)
        case.letters.save(next(each for each in offers if each.kind == kind), path)
        self.wait("the letter", lambda: done)
        case.letters.finished.disconnect(done.append)
        return done[0]

    def deed_evidence(self, path: str) -> bool:
        """The evidence of a finding in one file."""
        findings: Any = self.wait("a finding", lambda: self.deed_rows("finding_list"))
        evidence = self.frame.open_page("inspections").pane.evidence
        done: list[bool] = []
        evidence.finished.connect(done.append)
        evidence.save_of(findings[0]["id"], path)
        self.wait("the evidence", lambda: done)
        evidence.finished.disconnect(done.append)
        return done[0]

    def deed_write_all(self, number: str, text: str) -> dict[str, str]:
        """One of each that the office writes about a case or to its unit, all with these words; letter → its row."""
        ticket = self._case(number).case.panel().ticket
        parts = dict.fromkeys(("what", "location", "people", "done", "proposed", "recipients"), text)
        commands: tuple[Callable[[Writer], Changes], ...] = (
            lambda w: write_notice(
                w,
                NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground=text, requirement=text),
                submit_now=True,
            ),
            lambda w: write_report(w, ReportForm(ticket_id=ticket.id, **parts), submit_now=True),
            lambda w: register_instruction(
                w, InstructionForm(ticket_id=ticket.id, given_by="市领导", text=text, given_at=w.now)
            ),
            lambda w: send_guidance(
                w, GuidanceForm(kind="reminder", title=text[:100], text=text, unit_ids=(ticket.unit_id,))
            ),
        )
        for command in commands:
            self.desk.run_command(self.frame, command)

        def mine(table: str) -> list[str]:
            return [str(row["id"]) for row in self.deed_rows(table) if row["ticket_id"] == ticket.id]

        kinds = {"notice.submit", "urgent_report.submit", "instruction.register", "guidance.send"}
        self.wait("the records", lambda: kinds <= {str(row["kind"]) for row in self.deed_rows("outbox")})
        return {"notice": mine("notice_list")[0], "urgent": mine("urgent_report_list")[0]}

    def deed_paper(self, kind: LetterKind, object_id: str, number: str, path: str) -> bool:
        """The letter of one row."""
        letters = self._case(number).case.letters
        done: list[bool] = []
        letters.finished.connect(done.append)
        letters.save(Offer(kind, object_id, "", number), path)
        self.wait("the letter", lambda: done)
        letters.finished.disconnect(done.append)
        return done[0]

    def deed_apply(self, number: str, text: str) -> bool:
        """The unit applies for more time on its case."""
        page = self.frame.open_page("my_cases")

        def listed() -> list[str]:
            return [str(row["id"]) for row in self.deed_rows("ticket_list") if row["number"] == number]

        (ticket_id,) = self.wait("the case", listed)
        form = ApplicationForm(ticket_id=ticket_id, reason=text, days=3)
        self.desk.run_command(page, lambda w: apply_for(w, form))
        return bool(self.wait("the application", lambda: self.deed_rows("application_list")))

    def deed_confirm_guidance(self, text: str) -> bool:
        """The unit says that it has read what the office sent it, and adds these words."""
        guidance_id = self.deed_wait_row("projection", type="guidance")["id"]
        page = self.frame.open_page("my_cases")
        self.desk.run_command(page, lambda w: confirm_guidance(w, guidance_id, text))

        def recorded() -> bool:
            return any(row["kind"] == "guidance.confirm" for row in self.deed_rows("outbox"))

        return bool(self.wait("the receipt", recorded))

    def _goes_out(self, job: Any) -> bool:
        page = self.frame.open_page("supervision", "overdue")
        self.wait("the list", lambda: page.is_stale() is False and page.list.model.rowCount() > 0)
        done: list[bool] = []
        page.outputs.finished.connect(done.append)
        job(page.outputs)
        self.wait("the file", lambda: done)
        page.outputs.finished.disconnect(done.append)
        return done[0]

    def deed_copy_number(self, number: str) -> str:
        """A case's number on the clipboard; what lies there then."""
        self._case(number)._copy_number(number)
        return QGuiApplication.clipboard().text()

    def deed_lease(self, visit_id: str) -> list[str]:
        """Take a person of the queue; the number that the lease holds, and what is shown outside the page meanwhile."""
        page = self.frame.open_page("return_visits")
        self.wait("the queue", lambda: any(row.visit_id == visit_id for row in page.waiting.rows()))
        page.waiting.set_filter("all")
        page.waiting.table.select_id(visit_id)
        self.wait("the row", lambda: page.waiting.table.current_id() == visit_id)
        page.pane.take(visit_id)
        self.wait("the lease", lambda: visit_id in page.pane.session.open_ids())
        return [str(self.desk.online.lease.phone), *self.deed_shown()]

    def deed_finish_visit(self, keys: str) -> int:
        """Answer the questions of the visit that was taken and complete it."""
        page = self.frame.open_page("return_visits")
        visit, session = page.pane.visit, page.pane.session
        self.wait("the visit in hand", lambda: visit.visit_id in session.open_ids() and visit._recordable)
        for key in keys:
            self.wait(f"a question for {key}", partial(visit.questions.press, key))
        self.wait("the answers to be complete", visit.outcomes.primary.isEnabled)
        visit.press_primary()
        self.wait("the number to be given back", lambda: self.desk.online.lease is None)
        return len(self.deed_rows("outbox"))

    def deed_shown(self) -> list[str]:
        """Titles of windows, notices, tooltips of windows and the clipboard."""
        windows = [w for w in QApplication.topLevelWidgets() if not w.isHidden()]
        said = [text for window in windows for text in (window.windowTitle(), window.toolTip())]
        return [*said, *self.frame.notices.texts(), QGuiApplication.clipboard().text()]

    def deed_lock(self, *, close: bool) -> list[str]:
        """Lock the window, and with ``close`` the store; everything that is to be read then."""
        locks = self.app.locks
        locks.close_store("asked") if close else locks.lock_now()
        wanted = "hard" if close else "soft"
        self.wait("the lock", lambda: locks.standing == wanted and locks.page is not None)
        windows = [w for w in QApplication.topLevelWidgets() if not w.isHidden()]
        page = locks.page
        assert page is not None  # it was waited for
        said = [window.windowTitle() for window in windows]
        labels: Any = page.findChildren(PlainLabel)  # the stub answers for Qt classes alone
        said += [label.text() for label in labels]
        return [*said, QGuiApplication.clipboard().text()]

    def deed_unlock(self) -> str:
        """By the passphrase; the name of whoever works here then."""
        locks = self.app.locks
        page = self.wait("the lock page", lambda: locks.page)
        page.secret_given.emit(PASSPHRASE)
        self.wait("the desk", lambda: locks.standing == "open" and self.app.session is not None)
        return str(self.desk.me.name)

    def deed_sign_out(self) -> bool:
        """Sign out; what the question is about, if it is asked, is left locked."""
        self.frame.sign_out_asked.emit()
        leaving: Any = self.app.mode._leaving  # type: ignore[union-attr]

        def gone() -> bool:
            if leaving.panel is not None and leaving.panel.isVisible():
                leaving.panel.seal.click()
            return self.app.session is None and isinstance(self.app.window.centralWidget(), SignInPage)

        return bool(self.wait("the sign-in page", gone))

    def deed_wiped(self) -> bool:
        """Until the machine has wiped itself by the server's order."""
        worker = self.app.session.worker  # type: ignore[union-attr]
        worker.sync_now()
        return bool(self.wait("the wipe", lambda: isinstance(self.app.window.centralWidget(), WipedPage)))

    def deed_fail(self, text: str) -> list[str]:
        """An error with this text that nobody catches; the crash reports there are then."""
        QTimer.singleShot(0, lambda: _fail(text))
        reports = self.app.paths.reports
        self.wait("the notice", lambda: self.frame.notices.findChild(NoticeBar, "crash"))
        look = next(
            b for b in self.frame.notices.findChild(NoticeBar, "crash").findChildren(QPushButton) if b.text()
        )
        look.click()
        sheet: Any = self.app.window.findChild(ReportSheet)
        sheet.save.click()
        self.wait("the report", lambda: list(reports.glob("report-*.txt")))
        return [path.name for path in reports.iterdir()]


def _fail(text: str) -> None:
    raise Careless(text)


def _write_words_down() -> None:
    """What is put onto paper, into a file beside it."""
    folder = Path.home() / "words"
    folder.mkdir(exist_ok=True)
    for module, name, kept in ((outputs, "case_sheet", "case.txt"), (list_paper, "print_rows", "list.txt")):
        setattr(module, name, _Scribe(getattr(module, name), folder / kept))


class _Scribe:
    """Stands before a function and writes down what it answers."""

    def __init__(self, of: Callable[..., Any], path: Path) -> None:
        self._of = of
        self._path = path

    def __call__(self, *given: Any) -> Any:
        words = self._of(*given)
        self._path.write_text(str(words), encoding="utf-8")
        return words


def main() -> int:
    """Open the program as ``desktop.app.run`` does, with hands on it."""
    asked = options.parse(sys.argv[1:])
    assert asked.profile is not None
    paths = ProfilePaths(asked.profile)
    paths.prepare()
    qt = make_qt(["driven-desktop"])
    world = make_world()
    app = App(qt, asked, paths, Settings(paths.settings), world)
    _write_words_down()
    start_logging(paths.logs, to_console=True)
    reports = CrashReports(paths.reports, "1.0.0", world.clock.now)
    hands = Carrier(app)
    app.window.resize(1366, 768)
    app.window.show()
    QTest.qWaitForWindowActive(app.window)
    reports.install()
    reports.tell(app.report_made)
    app.reports = reports
    app.begin_real()
    threading.Thread(target=hands.listen, daemon=True).start()
    code = qt.exec()
    app.end()
    reports.uninstall()
    stop_logging()
    return code


if __name__ == "__main__":
    sys.exit(main())
