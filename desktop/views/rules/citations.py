"""The legal grounds that may be cited, each with its days of validity: a line each, one added, changed or taken out.

Shows what it is given and says what the person wants; must not know a version of the rules. What was cited keeps its
words: a ground that ends gets its last day, and is not taken out.
"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.inspection_rules import Citation
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.choices import DateTimeField
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import discard, row
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list.asking import Bound


class Citations(QWidget):
    """See the module's docstring."""

    #: A Citation in the place of the one with its code, or at the end.
    written = Signal(object)
    #: The code of one to be taken out.
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QWidget] = []
        self._known: dict[str, Citation] = {}
        self.none = PlainLabel(
            self.tr("Nothing may be cited: no inspection can be issued."), tone="secondary", wrap=True
        )
        self.code = LineField(self.tr("Code, short and lasting: rows name it"))
        self.number = LineField(self.tr("Document number"))
        self.zh = LineField(self.tr("Title in Chinese"))
        self.en = LineField(self.tr("Title in English"))
        self.first = DateTimeField(self.tr("In force from"), with_time=False)
        self.last = DateTimeField(self.tr("Last day, empty while it has no end"), with_time=False)
        self.put = Button(self.tr("Add the citation"), self, icon="plus", on=self._put)
        self.code.changed.connect(self._renew)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.none)
        for pair in ((self.code, self.number), (self.zh, self.en), (self.first, self.last)):
            self._column.addLayout(row(*pair))
        buttons = row(self.put)
        buttons.addStretch(1)
        self._column.addLayout(buttons)

    def show_citations(self, citations: tuple[Citation, ...], today: date) -> None:
        """The grounds in their order; ``today`` tells which may be cited."""
        while self._lines:
            discard(self._lines.pop())
        self._known = {each.code: each for each in citations}
        for each in citations:
            line = self._line(each, today)
            self._column.insertWidget(len(self._lines) + 1, line)
            self._lines.append(line)
        self.none.setVisible(not citations)
        self._renew()

    def texts(self) -> tuple[str, ...]:
        """The lines as they are read."""
        return tuple(line.accessibleName() for line in self._lines)

    def edit(self, code: str) -> None:
        """Lay one out in the fields."""
        found = self._known.get(code)
        if found is None:
            return
        for field, text in (
            (self.code, found.code),
            (self.number, found.number),
            (self.zh, found.zh),
            (self.en, found.en),
        ):
            field.set_value(text)
        for day, value in ((self.first, found.valid_from), (self.last, found.valid_until)):
            day.set_value(None if value is None else datetime.combine(value, time()))
        self._renew()
        self.zh.setFocus()

    def _line(self, citation: Citation, today: date) -> QWidget:
        line = QWidget(self)
        said = self._words(citation, today)
        told = PlainLabel(said, wrap=True, tone="" if citation.in_force(today) else "faint")
        change = IconButton("pencil", self.tr("Change the citation"), on=Bound(self.edit, citation.code))
        gone = IconButton("x", self.tr("Take the citation out"), on=Bound(self.removed.emit, citation.code))
        shown = row(told, change, gone)
        shown.setStretch(0, 1)
        line.setLayout(shown)
        line.setAccessibleName(said)
        return line

    def _words(self, citation: Citation, today: date) -> str:
        first, last = citation.valid_from, citation.valid_until
        if first is not None and today < first:
            state = self.tr("not in force yet")
        elif last is not None and last < today:
            state = self.tr("no longer in force")
        else:
            state = self.tr("in force")
        parts = (citation.code, citation.words("zh"), self._span(first, last), state)
        return " · ".join(part for part in parts if part)

    def _span(self, first: date | None, last: date | None) -> str:
        if first is not None and last is not None:
            return self.tr("{first} to {last}").format(first=first, last=last)
        if first is not None:
            return self.tr("from {first}").format(first=first)
        return "" if last is None else self.tr("until {last}").format(last=last)

    def _renew(self) -> None:
        known = self.code.value().strip() in self._known
        self.put.setText(self.tr("Change the citation") if known else self.tr("Add the citation"))

    def _put(self) -> None:
        code, zh = self.code.value().strip(), self.zh.value().strip()
        first, last = self.first.value(), self.last.value()
        ends = first is not None and last is not None and last < first
        self.code.set_error("" if code else self.tr("Give it a code"))
        self.zh.set_error("" if zh else self.tr("Give it its title"))
        self.last.set_error(self.tr("It ends before it begins") if ends else "")
        if not code or not zh or ends:
            return
        written = Citation(
            code=code,
            zh=zh,
            en=self.en.value().strip(),
            number=self.number.value().strip(),
            valid_from=first.date() if first is not None else None,
            valid_until=last.date() if last is not None else None,
        )
        self.written.emit(written)
        for field in (self.code, self.number, self.zh, self.en):
            field.set_value("")
        for day in (self.first, self.last):
            day.set_value(None)
        self._renew()


def with_citation(citations: tuple[Citation, ...], written: Citation) -> tuple[Citation, ...]:
    """The table with this line in the place of the one with its code, or at the end."""
    if any(each.code == written.code for each in citations):
        return tuple(written if each.code == written.code else each for each in citations)
    return (*citations, written)
