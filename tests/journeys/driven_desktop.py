"""The real program in a process of its own, driven over standard input: what each role does, by the window's own forms.

Each line on standard input is one deed as JSON, each line on standard output its answer.
Run as ``python -m tests.journeys.driven_desktop --profile DIR --server URL``.
"""

from __future__ import annotations

import sys
import threading
from datetime import datetime
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from desktop import options
from desktop.app import App, make_qt, make_world
from desktop.paths import ProfilePaths
from desktop.settings import Settings
from tests.journeys.caller import Caller
from tests.journeys.hands import Impatient


class Staff(Caller):
    """Officer, chief, liaison and return-visit staff; each desktop is asked for the deeds of its own person."""

    # -- the officer -------------------------------------------------------------------------------------------

    def _case(self, number: str) -> Any:
        page = self.frame.open_page("supervision")
        self.frame.find_ticket(number)

        def shown() -> bool:
            panel = page.case.panel()
            return panel is not None and panel.ticket.number == number

        self.wait(f"case {number}", shown)
        return page

    def _form(self, page: Any) -> Any:
        return self.wait("the form", page.case.open_form)

    def _submit(self, form: Any, page: Any) -> None:
        if not form.form.submit():
            raise Impatient(f"the form lacks {form.form.refresh_missing()}")
        self.wait("the form to close", lambda: page.case.open_form() is None)

    def deed_urge(self, number: str, person: str, answer: str, promised: str) -> int:
        """Urge the unit of a case by telephone; how many operations wait afterwards."""
        page = self._case(number)
        page.open_urge()
        form = self._form(page)
        form.means.set_value("phone")
        form.person.set_value(person)
        form.answer.set_value(answer)
        form.promised.set_value(datetime.fromisoformat(promised))
        self._submit(form, page)
        return self.deed_waiting()

    def deed_write_notice(self, number: str, ground: str, requirement: str) -> int:
        """Write a supervision notice and submit it for approval."""
        page = self._case(number)
        page.open_notice()
        form = self._form(page)
        self.wait("the draft", lambda: not form.saved.text() or True)
        form.ground.set_value(ground)
        form.requirement.set_value(requirement)
        self._submit(form, page)
        return self.deed_waiting()

    def _note(self, number: str) -> Any:
        page = self._case(number)
        page.case.open_note()
        return self._form(page)

    def deed_type_note(self, number: str, text: str, more: str) -> str:
        """Type a note and leave it there, in the midst of a word: ``text`` is a draft by then, ``more`` is not yet."""
        form = self._note(number)
        box = form.text.findChild(QPlainTextEdit)
        QTest.keyClicks(box, text)
        kept = self.wait("the draft to be kept", form.saved.text)
        QTest.keyClicks(box, more)
        return str(kept)

    def deed_note_as_left(self, number: str) -> str:
        """What the note's form holds when it is opened again."""
        form = self._note(number)
        self.wait("the draft", form.saved.text)
        return str(form.text.value())

    def deed_add_note(self, number: str, text: str) -> int:
        """Add a note to a case; back as soon as it is recorded here, wherever it is on its way by then."""
        page = self._case(number)
        page.case.open_note()
        form = self._form(page)
        form.text.set_value(text)
        self._submit(form, page)
        return len(self.deed_rows("outbox"))

    def deed_approve(self) -> str:
        """The chief: the first act waiting for approval is signed; the number the server gave it."""
        page = self.frame.open_page("supervision", "approval")
        page.list.table.select_row(0)
        self.wait(
            "an act to sign", lambda: page.case.approval.waiting() and page.case.approval.approve.isEnabled()
        )
        page.case.approval.press_approve()
        self.deed_wait_row("notice_list", state="issued")
        self.deed_sync()
        return str(self.deed_wait_row("notice_list", state="issued")["number"])

    def deed_file_finding(self, number: str, code: str, facts: str, requirement: str) -> int:
        """Register a finding on a case and file it."""
        page = self._case(number)
        ticket_id = page.case.panel().ticket.id
        page.case.ask_finding()
        inspections = self.wait("the inspections page", lambda: self.frame.page("inspections"))
        view = inspections.form
        self.wait("the finding form", lambda: (v := view.value()) is not None and v.ticket_id == ticket_id)
        view.form.code.set_value(code)
        view.form.facts.set_value(facts)
        view.form.requirement.set_value(requirement)
        if not view.form.submit():
            raise Impatient(f"the form lacks {view.form.refresh_missing()}")
        self.wait("the form to close", lambda: view.value() is None)
        return self.deed_waiting()

    # -- the liaison -------------------------------------------------------------------------------------------

    def deed_answer(self, kind: str, entity_id: str, text: str, stance: str = "") -> int:
        """Answer what is asked of the unit; how many operations wait afterwards."""
        page = self.frame.open_page("my_cases")
        page.show_ask(kind, entity_id)
        answer = page.asked.answer

        def shown() -> bool:
            ask = answer.ask()
            return ask is not None and (ask.kind, ask.entity_id) == (kind, entity_id) and answer.isVisible()

        self.wait("the ask", shown)
        before = self.deed_waiting()
        if stance:
            answer.stance.set_value(stance)
        answer.text.set_value(text)
        answer._renew()
        answer.submit()

        def recorded() -> bool:
            return self.deed_waiting() > before or not answer.isVisible()

        self.wait("the answer to be looked over", lambda: recorded() or answer.remarks.isVisible())
        if not recorded():
            answer.submit()
        self.wait("the answer to be recorded", recorded)
        return self.deed_waiting()

    # -- the return-visit staff --------------------------------------------------------------------------------

    def deed_book_next(self, at: str) -> str:
        """Book the first visit of the queue that is not booked for a time; its id."""
        page = self.frame.open_page("return_visits")
        self.wait("the queue", page.waiting.rows)
        row = next(row for row in page.waiting.rows() if row.state == "waiting")
        page.waiting.table.select_id(row.visit_id)
        self.wait("the visit", lambda: page.waiting.table.current_id() == row.visit_id)
        visit = page.pane.visit
        self.wait("the visit", lambda: visit.visit_id == row.visit_id and visit.isVisible())
        self.wait("the permission to book", visit.card.book.isEnabled)
        visit.card.book.click()
        booking = page.pane.booking
        self.wait("the booking", booking.isVisible)
        booking.at.set_value(datetime.fromisoformat(at))
        if booking.refusal():
            raise Impatient(booking.refusal())
        booking.form.submit()
        self.wait("the booking to close", lambda: not booking.isVisible())
        self.deed_sync()
        return str(row.visit_id)

    def deed_complete_visit(self, visit_id: str, keys: str) -> int:
        """Take a person, answer the questions by the number keys and complete the visit; operations made so far."""
        page = self.frame.open_page("return_visits")
        self.wait("the queue", lambda: any(row.visit_id == visit_id for row in page.waiting.rows()))
        page.waiting.set_filter("all")
        page.waiting.table.select_id(visit_id)
        self.wait("the row", lambda: page.waiting.table.current_id() == visit_id)
        page.pane.take(visit_id)
        self.wait("the lease", lambda: visit_id in page.pane.session.open_ids())
        questions = self.wait("the questions", lambda: page.pane.visit.questions)
        for key in keys:
            if not questions.press(key):
                raise Impatient(f"nobody listens to {key}")
        page.pane.visit.press_primary()
        self.wait("the visit to be recorded", lambda: page.pane.currentWidget() is page.pane.aftermath)
        return len(self.deed_rows("outbox"))


def main() -> int:
    """Open the program as ``desktop.app.run`` does, with hands on it."""
    asked = options.parse(sys.argv[1:])
    assert asked.profile is not None
    paths = ProfilePaths(asked.profile)
    paths.prepare()
    qt = make_qt(["driven-desktop"])
    app = App(qt, asked, paths, Settings(paths.settings), make_world())
    hands = Staff(app)
    app.window.resize(1366, 768)
    app.window.show()
    app.window.activateWindow()
    QTest.qWaitForWindowActive(app.window)  # else no shortcut is heard
    app.begin_real()
    threading.Thread(target=hands.listen, daemon=True).start()
    code = qt.exec()
    app.end()
    return code


if __name__ == "__main__":
    sys.exit(main())
