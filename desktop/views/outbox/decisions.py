"""One decision of a settling page: a field or a long text that both changed, or words and values of the person alone.

Each says whether it is decided, its value as it travels, and its state for the draft. Nothing is merged: a person takes
one, the other, or writes a third.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.differences import Piece
from desktop.models.domain.entities import Ticket
from desktop.services.background.desk import Desk
from desktop.services.queries.settling import FieldCase
from desktop.views.common.buttons import Button
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.difference_text import DifferenceText
from desktop.views.common.fields import Field, TextField
from desktop.views.common.layouts import FlowLayout
from desktop.views.common.text import PlainLabel
from desktop.views.outbox.value_words import (
    LISTS,
    control_value,
    field_name,
    other_control,
    set_control,
    value_words,
)

TEXT_LIMIT = 20_000


class Decision(QWidget):
    """What every decision offers its page. ``edited`` comes when the draft is worth keeping."""

    changed = Signal()
    edited = Signal()

    def __init__(self, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(6)

    def missing(self) -> str:
        """What is still to be said, "" when it is decided."""
        return ""

    def value(self) -> Any:
        """The value decided on, as it travels."""
        raise NotImplementedError

    def choice(self) -> str:
        """ "mine", "theirs" or "other" for the draft, "" where there is none to make."""
        return ""

    def restore(self, choice: str, value: Any, *, known: bool) -> None:
        """As the draft left it; ``known``: the draft has a value."""

    def update_case(self, case: FieldCase) -> None:
        """The server's value is another now; what was typed stays."""

    def texts(self) -> tuple[str, ...]:
        """The person's words in it."""
        return ()

    def flush(self) -> None:
        """Offer what was typed last for keeping."""

    def first(self) -> QWidget:
        """What takes the keyboard."""
        return self

    def _was_changed(self) -> None:
        self.changed.emit()

    def _was_edited(self) -> None:
        self.edited.emit()


class ScalarDecision(Decision):
    """Mine, theirs, or another value, by number keys; below what it was before."""

    def __init__(
        self, desk: Desk, case: FieldCase, who: str, ticket: Ticket | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(case.field, parent)
        self._desk = desk
        self._case = case
        self._who = who
        self.other: Field | None = other_control(desk, case.field, ticket)
        self.options = SegmentedChoice(field_name(case.field) or case.field)
        self._whole.addWidget(self.options)
        if self.other is not None:
            self._whole.addWidget(self.other)
            self.other.changed.connect(self._was_changed)
            self.other.edited.connect(self._was_edited)
            self.other.hide()
        self.options.changed.connect(self._chosen)
        self.update_case(case)
        self.options.set_value(case.proposed)

    def update_case(self, case: FieldCase) -> None:
        moved = case.theirs != self._case.theirs
        self._case = case
        mine = self.tr("Yours: {value}")
        theirs = self.tr("{who}: {value}")
        options = [
            ("mine", mine.format(value=value_words(self._desk, case.field, case.mine))),
            (
                "theirs",
                theirs.format(who=self._who, value=value_words(self._desk, case.field, case.theirs)),
            ),
        ]
        if case.field in LISTS:
            options.append(("other", self.tr("Both together")))
        elif self.other is not None:
            options.append(("other", self.tr("Another value")))
        self.options.set_options(options)
        if moved and self.options.value() == "theirs":
            self.options.set_value("")  # it was another value that the person agreed to
        if case.known_before:
            before = self.tr("Before: {value}")
            self.options.set_hint(before.format(value=value_words(self._desk, case.field, case.before)))

    def missing(self) -> str:
        return "" if self.options.value() else self.options.label

    def value(self) -> Any:
        chosen = self.options.value()
        if chosen == "other" and self._case.field in LISTS:
            return list(dict.fromkeys([*self._case.theirs, *self._case.mine]))
        if chosen == "other" and self.other is not None:
            return control_value(self._desk, self.other)
        return self._case.mine if chosen == "mine" else self._case.theirs

    def choice(self) -> str:
        return self.options.value()

    def restore(self, choice: str, value: Any, *, known: bool) -> None:
        if choice:
            self.options.set_value(choice)
        if self.other is not None:
            if known:
                set_control(self._desk, self.other, value)
            self.other.setVisible(self.options.value() == "other")

    def first(self) -> QWidget:
        return self.options

    def flush(self) -> None:
        if self.other is not None:
            self.other.flush()

    def _chosen(self) -> None:
        if self.other is not None:
            other = self.options.value() == "other"
            if other and not self.other.isVisibleTo(self):
                set_control(self._desk, self.other, self._case.mine)
            self.other.setVisible(other)
        self.changed.emit()
        self.edited.emit()


class TextDecision(Decision):
    """Two texts side by side with what each changed, and below them the result, which is the person's to write."""

    def __init__(self, case: FieldCase, mine: str, theirs: str, parent: QWidget | None = None) -> None:
        super().__init__(case.field, parent)
        self._case = case
        name = field_name(case.field) or case.field
        self.my_view = DifferenceText(mine)
        self.their_view = DifferenceText(theirs)
        self.before_view = DifferenceText(self.tr("Before"))
        self._before_title = PlainLabel(self.tr("Before"), kind="small", tone="secondary")
        panes = QHBoxLayout()
        panes.setSpacing(16)
        for title, view in ((mine, self.my_view), (theirs, self.their_view)):
            pane = QVBoxLayout()
            pane.setSpacing(4)
            pane.addWidget(PlainLabel(title, kind="small", tone="secondary"))
            pane.addWidget(view)
            pane.addStretch(1)
            panes.addLayout(pane, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.take_mine = Button(self.tr("Take yours"), kind="link", on=self._take_mine)
        self.take_theirs = Button(self.tr("Take theirs"), kind="link", on=self._take_theirs)
        self.take_both = Button(self.tr("Theirs, then yours"), kind="link", on=self._take_both)
        self.show_before = Button(self.tr("Show what stood there before"), kind="link", on=self._toggle)
        for button in (self.take_mine, self.take_theirs, self.take_both, self.show_before):
            flow.addWidget(button)
        result = self.tr("{field}: what will be sent")
        self.result = TextField(result.format(field=name), lines=3, most_lines=12, limit=TEXT_LIMIT)
        self.result.changed.connect(self._was_changed)
        self.result.edited.connect(self._was_edited)
        self._whole.addWidget(PlainLabel(name, kind="strong"))
        self._whole.addLayout(panes)
        self._whole.addWidget(self._before_title)
        self._whole.addWidget(self.before_view)
        self._whole.addWidget(buttons)
        self._whole.addWidget(self.result)
        self._before_title.hide()
        self.before_view.hide()
        self.show_before.setVisible(case.known_before)
        self.update_case(case)
        self.result.set_value(str(case.mine or ""))

    def update_case(self, case: FieldCase) -> None:
        self._case = case
        self.my_view.set_pieces(case.my_marks or (Piece("same", str(case.mine or "")),))
        self.their_view.set_pieces(case.their_marks or (Piece("same", str(case.theirs or "")),))
        self.before_view.set_pieces((Piece("same", str(case.before or "")),))

    def value(self) -> str:
        return self.result.value()

    def restore(self, choice: str, value: Any, *, known: bool) -> None:
        if known and isinstance(value, str):
            self.result.set_value(value)

    def texts(self) -> tuple[str, ...]:
        return (self.result.value(),)

    def first(self) -> QWidget:
        return self.result

    def flush(self) -> None:
        self.result.flush()

    def _take(self, text: str) -> None:
        """As one edit that Ctrl+Z takes back."""
        self.result.input.selectAll()
        self.result.insert(text)
        self.result.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_mine(self) -> None:
        self._take(str(self._case.mine or ""))

    def _take_theirs(self) -> None:
        self._take(str(self._case.theirs or ""))

    def _take_both(self) -> None:
        self._take("\n".join(text for text in (self._case.theirs, self._case.mine) if text))

    def _toggle(self) -> None:
        shown = not self.before_view.isVisibleTo(self)
        self.before_view.setVisible(shown)
        self._before_title.setVisible(shown)
        hide, show = self.tr("Hide what stood there before"), self.tr("Show what stood there before")
        self.show_before.setText(hide if shown else show)


class OwnText(Decision):
    """The person's own words, kept, and theirs to change before they are sent."""

    def __init__(
        self, field: str, text: str, parent: QWidget | None = None, *, editable: bool = True
    ) -> None:
        super().__init__(field, parent)
        self.input = TextField(field_name(field) or field, lines=2, limit=TEXT_LIMIT)
        self.input.set_value(text)
        self.input.set_read_only(not editable)
        self.input.changed.connect(self._was_changed)
        self.input.edited.connect(self._was_edited)
        self._whole.addWidget(self.input)

    def value(self) -> str:
        return self.input.value()

    def restore(self, choice: str, value: Any, *, known: bool) -> None:
        if known and isinstance(value, str):
            self.input.set_value(value)

    def texts(self) -> tuple[str, ...]:
        return (self.input.value(),)

    def first(self) -> QWidget:
        return self.input

    def flush(self) -> None:
        self.input.flush()


class OwnValue(Decision):
    """A value only the person has given: shown in its control, where it may be corrected."""

    def __init__(self, desk: Desk, case: FieldCase, control: Field, parent: QWidget | None = None) -> None:
        super().__init__(case.field, parent)
        self._desk = desk
        self.control = control
        set_control(desk, control, case.mine)
        control.changed.connect(self._was_changed)
        control.edited.connect(self._was_edited)
        self._whole.addWidget(control)

    def missing(self) -> str:
        return self.control.label if self.control.is_empty() else ""

    def value(self) -> Any:
        return control_value(self._desk, self.control)

    def restore(self, choice: str, value: Any, *, known: bool) -> None:
        if known:
            set_control(self._desk, self.control, value)

    def first(self) -> QWidget:
        return self.control

    def flush(self) -> None:
        self.control.flush()


class Undisputed(Decision):
    """A field on which there is nothing to decide: only one of the two changed it, or both alike."""

    def __init__(self, desk: Desk, case: FieldCase, who: str, parent: QWidget | None = None) -> None:
        super().__init__(case.field, parent)
        self._desk = desk
        self._case = case
        self._who = who
        self._line = PlainLabel(tone="secondary", wrap=True)
        self._whole.addWidget(self._line)
        self.update_case(case)

    def update_case(self, case: FieldCase) -> None:
        self._case = case
        if case.same:
            said = self.tr("{field}: {value} — both of you")
        elif case.proposed == "theirs":
            said = self.tr("{field}: {value} — changed by {who}; you left it")
        else:
            said = self.tr("{field}: {value} — only you changed it")
        value = value_words(self._desk, case.field, self.value())
        name = field_name(case.field) or case.field
        self._line.setText(said.format(field=name, value=value, who=self._who))

    def value(self) -> Any:
        return self._case.theirs if self._case.proposed == "theirs" else self._case.mine

    def texts(self) -> tuple[str, ...]:
        return (str(self._case.mine or ""),) if self._case.long and self._case.proposed != "theirs" else ()
