"""The decisions of one entry in reading order: what both changed first, then the person's own, then the settled rest.

Builds them from what the query laid out, keeps them while the same questions stand, and reads them back. Must not run
a command: the panel around it does.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.models.domain.entities import Ticket
from desktop.models.domain.settling import SettlingForm
from desktop.services.background.desk import Desk
from desktop.services.queries.settling import FieldCase, Matter
from desktop.views.common import case_words
from desktop.views.common.layouts import discard
from desktop.views.outbox.decisions import (
    Decision,
    OwnText,
    OwnValue,
    ScalarDecision,
    TextDecision,
    Undisputed,
)
from desktop.views.outbox.stories import who_did
from desktop.views.outbox.value_words import field_name, other_control


class DecisionList(QWidget):
    """`show_matter` builds them; `changed` at once, `edited` when the draft is worth keeping."""

    changed = Signal()
    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._matter: Matter | None = None
        self.decisions: dict[str, Decision] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)

    def show_matter(self, found: Matter) -> None:
        """Build the decisions, as the draft left them; a keyboard that stood in the old ones is taken along."""
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        while self._column.count():
            discard(self._column.takeAt(0).widget())
        self._matter = found
        self.decisions = {}
        for decision in self._decisions_of(found):
            name = decision.field
            known = name in found.form.values
            decision.restore(found.form.choices.get(name, ""), found.form.values.get(name), known=known)
            decision.changed.connect(self.changed)
            decision.edited.connect(self.edited)
            self.decisions[name] = decision
            self._column.addWidget(decision)
            decision.show()  # by itself only a turn of the event loop later: a quick Tab would pass it by
        self.setVisible(bool(self.decisions))
        if held:
            self.focus_first()  # else it falls on the first button below, and the next blank presses that

    def update_matter(self, found: Matter) -> None:
        """The same questions with other values of the server: what was typed stays."""
        self._matter = found
        for case in found.fields:
            decision = self.decisions.get(case.field)
            if decision is not None:
                decision.update_case(case)

    def missing(self) -> list[str]:
        """What is still to be decided, in words."""
        return [words for decision in self.decisions.values() if (words := decision.missing())]

    def values(self) -> dict[str, Any]:
        """Field → the value decided on, as it travels."""
        return {field: decision.value() for field, decision in self.decisions.items()}

    def form(self) -> SettlingForm:
        """What the draft keeps."""
        kept = {
            field: decision.value()
            for field, decision in self.decisions.items()
            if isinstance(decision, TextDecision | OwnText | OwnValue) or decision.choice() == "other"
        }
        choices = {d.field: d.choice() for d in self.decisions.values() if d.choice()}
        return SettlingForm(choices=choices, values=kept)

    def words(self) -> str:
        """The person's words as one text, with their fields' names where there are several."""
        texts = [
            (decision.field, text)
            for decision in self.decisions.values()
            for text in decision.texts()
            if text.strip()
        ]
        if len(texts) == 1:
            return texts[0][1]
        named = self.tr("{field}: {text}")
        return "\n".join(named.format(field=field_name(field) or field, text=text) for field, text in texts)

    def take_up(self, texts: tuple[tuple[str, str], ...]) -> None:
        """An earlier wording into the fields that are open to it, as edits that can be undone."""
        for field, text in texts:
            decision = self.decisions.get(field)
            target = decision.result if isinstance(decision, TextDecision) else None
            if isinstance(decision, OwnText):
                target = decision.input
            if target is not None and not target.input.isReadOnly():
                target.input.selectAll()
                target.insert(text)
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> bool:
        """Into the first thing to decide; False when there is none."""
        for decision in self.decisions.values():
            if not isinstance(decision, Undisputed):
                decision.first().setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def flush(self) -> None:
        """Offer what was typed last for keeping, now."""
        for decision in self.decisions.values():
            decision.flush()

    def _decisions_of(self, found: Matter) -> list[Decision]:
        editable = bool({"send", "send_note", "hand_over"} & set(found.ways))
        if not found.fields or not editable:
            return [OwnText(field, text, editable=editable) for field, text in found.texts]
        in_order = sorted(found.fields, key=lambda c: (not c.open, c.same, not c.long))
        return [self._decision(found, case) for case in in_order]

    def _decision(self, found: Matter, case: FieldCase) -> Decision:
        ticket = found.meanwhile.ticket if found.meanwhile is not None else None
        who = who_did(found)
        if case.open and "send" in found.ways:
            if case.long:
                return TextDecision(case, self._my_head(found), self._their_head(found, who))
            return ScalarDecision(self._desk, case, who, ticket)
        if case.long and case.proposed != "theirs" and not case.same:
            return OwnText(case.field, str(case.mine or ""))
        return self._own_value(found, case, ticket) or Undisputed(self._desk, case, who)

    def _own_value(self, found: Matter, case: FieldCase, ticket: Ticket | None) -> Decision | None:
        """What the person gave for something that is not there yet, to be corrected."""
        if found.op is None or not found.op.kind.endswith(".create"):
            return None
        control = other_control(self._desk, case.field, ticket)
        return OwnValue(self._desk, case, control) if control is not None else None

    def _my_head(self, found: Matter) -> str:
        said = self.tr("Yours · {time}")
        return said.format(time=case_words.moment(self._desk.profile, found.row.made_at, self._desk.now()))

    def _their_head(self, found: Matter, who: str) -> str:
        if not found.steps:
            return who
        at = case_words.moment(self._desk.profile, found.steps[-1].at, self._desk.now())
        return f"{who} · {at}"
