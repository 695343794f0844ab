"""A caller's hands: a whole shift at the return-visit page by keyboard alone, each key counted.

Who is in hand is looked up to know what that citizen will say; what to do about it goes by keys, as a person would.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.services.commands.return_visits import VisitForm, form_key
from desktop.services.queries.drafts import draft_form
from tests.journeys.hands import Hands, Impatient

Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Caller(Hands):
    """``script`` says of each visit by its id what the citizen answers, as number keys; "" for nobody who answers."""

    keys = 0
    """Pressed for the visit in hand."""

    def deed_call_next(self, script: dict[str, str]) -> dict[str, Any]:
        """One visit from beginning to end; {} when nobody waits, {"told": …} when nobody can be taken."""
        begun = self.deed_begin_call(script)
        return self.deed_finish_call(begun["visit"], script) if "visit" in begun else begun

    def deed_begin_call(self, script: dict[str, str]) -> dict[str, Any]:
        """Take whoever is next and ring them; back when they speak, or when the line says that nobody does."""
        page = self.frame.open_page("return_visits")
        session, pane = page.pane.session, page.pane
        self.wait("the last record to be on its way", lambda: session.state == "free")
        self.keys = 0
        page.waiting.table.setFocus()
        page._bar.hide()
        self._press(Key.Key_Space)
        self.wait("an answer", lambda: session.state == "held" or page._bar.isVisible())
        if session.state != "held":
            return {"told": page._bar.text()} if not self.desk.connection.online else {}
        self.wait("the questions", lambda: not pane.visit.outcomes.reason())
        visit_id = pane.visit.visit_id
        self._press(Key.Key_D)
        self.wait("the line", lambda: session.state in ("talking", "ended", "ringing"))
        if script[visit_id]:
            self.wait("the citizen", lambda: session.state == "talking")
        return {"visit": visit_id, "state": session.state}

    def deed_finish_call(self, visit_id: str, script: dict[str, str], told: str = "") -> dict[str, Any]:
        """Ask and record. ``told`` are answers that stand on the screen already."""
        pane = self.frame.page("return_visits").pane
        outcomes = pane.visit.outcomes
        for digit in script[visit_id].removeprefix(told):
            self._press(Key(int(Key.Key_0) + int(digit)))
        if not script[visit_id]:
            if pane.session.state == "ringing" and not self._ends_by_itself(pane.session):
                self._press(Key.Key_H)
            self.wait("the line's word", lambda: pane.session.state == "ended")
        outcome = outcomes.proposed()
        self._press(Key.Key_Return, _CTRL)
        try:
            self.wait("the record", lambda: pane.currentWidget() is pane.aftermath)
        except Impatient as late:
            raise Impatient(f"{late}: {self._standing(pane)}") from late
        return {"visit": visit_id, "outcome": outcome, "keys": self.keys}

    def deed_answer_some(self, digits: str) -> str:
        """Answer some questions, back once that is in the store; the words on the screen."""
        visit = self.frame.page("return_visits").pane.visit
        for digit in digits:
            self._press(Key(int(Key.Key_0) + int(digit)))
        key = form_key(visit.visit_id)

        def kept() -> bool:
            form = self.read(lambda r: draft_form(r, key, VisitForm))
            return form is not None and len(form.given) == len(digits)

        self.wait("the answers to be kept", kept)
        return str(visit.outcomes.kept_words())

    def deed_go_on(self, visit_id: str) -> str:
        """After a crash: the visit in hand is on screen again with what was answered; how it says that."""
        page = self.frame.open_page("return_visits")
        self.wait("the queue", lambda: any(row.visit_id == visit_id for row in page.waiting.rows()))
        page.waiting.set_filter("all")
        page.waiting.table.select_id(visit_id)
        visit = page.pane.visit
        self.wait("the visit", lambda: visit.visit_id == visit_id and visit.isVisible())
        self.wait("what was entered", lambda: not visit.outcomes.reason())
        visit.start_asking()
        return str(visit.outcomes.kept_words())

    def deed_line(self) -> str:
        """Wait until the telephone can be used."""
        self.wait("the telephone", lambda: self.desk.line is not None and self.desk.line.trouble == "")
        return "ready"

    def _standing(self, pane: Any) -> dict[str, Any]:
        """What the page says where it does not go on."""
        visit = pane.visit
        return {
            "state": pane.session.state,
            "reason": visit.outcomes.reason(),
            "missing": visit.outcomes.missing.words(),
            "kept": visit.outcomes.kept_words(),
            "given": visit.questions.given(),
            "told": self.frame.page("return_visits")._bar.text(),
            "focus": type(QApplication.focusWidget()).__name__,
            "shown": type(pane.currentWidget()).__name__,
        }

    def _ends_by_itself(self, session: Any) -> bool:
        """Whether the other side answers with an end of its own within a moment."""
        try:
            self.wait("an end", lambda: session.state == "ended", 1_500)
        except Impatient:
            return False  # it rings on: the caller hangs up
        return True

    def _press(self, key: Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.app.window, key, modifier)
