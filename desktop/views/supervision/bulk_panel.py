"""One deed on many cases: the preview with what is left out and why, the words for all, then each row's result.

Stands in the place of the case. For ten seconds nothing of it is sent and all of it can be undone; the rows then say
what became of them. Must not decide who may do what: the preview and the commands do.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import UrgeMeans
from desktop.models.domain.operations import CATALOGUE
from desktop.models.items.frozen import FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.bulk import (
    BulkDone,
    assign_many,
    give_many,
    release_held,
    undo_many,
    urge_many,
)
from desktop.services.commands.supervision import UrgeForm
from desktop.services.queries.bulk import (
    MOST_AT_ONCE,
    BulkKind,
    BulkResult,
    BulkRow,
    bulk_preview,
    bulk_results,
)
from desktop.views.common import case_words, clipboard, tokens
from desktop.views.common.bars import NoticeBar, UndoBar
from desktop.views.common.buttons import IconButton
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fields import TextField
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import hairline
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.supervision.bulk_rows import bulk_columns, bulk_line

HOLD_S = 10
_NOBODY = "-"
_MEANS: tuple[UrgeMeans, ...] = ("sms", "letter")
"""By telephone one person is reached at a time."""


class BulkPanel(QWidget):
    """See the module's docstring."""

    closed = Signal()
    #: Words for the footer of the list.
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind: BulkKind = "urge"
        self._rids: tuple[int, ...] = ()
        self._rows: tuple[BulkRow, ...] = ()
        self._out: set[str] = set()
        self._done: BulkDone | None = None
        self._undone = BulkDone()
        self._results: dict[str, BulkResult] = {}
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self.heading = PlainLabel(kind="title")
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self.more = NoticeBar(kind="warn", dismissible=False)
        columns = bulk_columns()
        self.model = FrozenModel(len(columns), self)
        self.table = ListTable(columns, name=self.tr("Cases chosen"), memory_key="bulk")
        self.table.setModel(self.model)
        self.means = SegmentedChoice(
            self.tr("Means"), [(code, case_words.urge_means(code)) for code in _MEANS], required=True
        )
        self.text = TextField(self.tr("Text for all"), required=True)
        self.text.set_hint(self.tr("Number, matter and time limit of each case stand before it."))
        self.person = ChoiceField(self.tr("Who calls"), required=True, searchable=True)
        self.officer = ChoiceField(self.tr("Who looks after it"), required=True, searchable=True)
        self.form = FormPanel()
        for field in (self.means, self.text, self.person, self.officer):
            self.form.add(field)
        self.primary = self.form.set_primary(self.tr("Record"))
        self.copy = self.form.add_secondary(self.tr("Copy texts"), self._copy)
        self.undo = UndoBar(self.table)
        self._lay_out()
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_S * 1_000)
        self._hold.timeout.connect(self._release)
        self.form.submitted.connect(self._submit)
        self.table.check_toggled.connect(self._toggle)
        self.undo.undone.connect(self._undo)
        desk.changed.connect(self._changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(IconButton("x", self.tr("Close"), hint="Esc", on=self.close_panel))
        told = QVBoxLayout()
        told.setContentsMargins(16, 0, 16, 0)
        told.addWidget(self.more)
        told.addWidget(self.trouble)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(told)
        whole.addWidget(self.table, 3)
        whole.addWidget(hairline())
        whole.addWidget(self.form, 2)

    # -- preview -----------------------------------------------------------------------------------------------

    def open_for(self, kind: BulkKind, rids: Sequence[int]) -> None:
        """Show what would be done with these rows; what is past the most that go at once is left out, and said."""
        self._release()
        self._kind, self._rids = kind, tuple(rids[:MOST_AT_ONCE])
        self._rows, self._out, self._done, self._results = (), set(), None, {}
        self.trouble.hide()
        self.more.setVisible(len(rids) > MOST_AT_ONCE)
        most = self.tr("At most {n} at once: the first {n} are here.")
        self.more.set_notice(most.format(n=MOST_AT_ONCE), "warn")
        urge = kind == "urge"
        self.means.setVisible(urge)
        self.text.setVisible(urge)
        self.person.setVisible(kind == "assign")
        self.officer.setVisible(kind == "officer")
        self.means.set_value(self.means.value() or _MEANS[0])
        if not self.text.value():
            self.text.set_value(self.tr("Please handle it at once and tell us today when it will be done."))
        self.person.set_options(self._callers())
        self.officer.set_options(self._officers())
        self.form.setEnabled(True)
        self.form.refresh_missing()
        self.table.set_loading(True)
        self._ask()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ticked(self) -> tuple[BulkRow, ...]:
        """The cases that the deed would be done on."""
        return tuple(r for r in self._rows if not r.hindrance and r.ticket_id not in self._out)

    def _callers(self) -> list[tuple[str, str]]:
        may = CATALOGUE["visit.schedule"].roles
        persons = self._desk.reference.persons.values()
        return sorted(((p.id, p.name) for p in persons if may & set(p.roles)), key=lambda each: each[1])

    def _officers(self) -> list[tuple[str, str]]:
        """Oneself first: a case is taken more often than given."""
        me = self._desk.me.person_id
        officers = [p for p in self._desk.reference.persons.values() if "officer" in p.roles]
        named = sorted(((p.id, p.name) for p in officers), key=lambda each: (each[0] != me, each[1]))
        return [*named, (_NOBODY, self.tr("Nobody"))]

    def _ask(self) -> None:
        kind, rids = self._kind, self._rids
        self._desk.run_query(
            self, lambda r: bulk_preview(r, kind, rids), self._take, slot="preview", failed=self._failed
        )

    def _take(self, rows: tuple[BulkRow, ...]) -> None:
        if self._done is not None:
            return
        if not self._rows:  # somebody has urged them already: a second time is a person's own choice
            self._out = {row.ticket_id for row in rows if row.urged_today}
        self._rows = rows
        self.table.set_loading(False)
        self._show()
        if not self.table.current_id():
            self.table.select_row(0)

    def _show(self) -> None:
        done, ticked = self._done, {row.ticket_id for row in self.ticked()}
        lines = []
        for row in self._rows:
            op_id = done.op_ids.get(row.ticket_id, "") if done is not None else ""
            refused = done.refused.get(row.ticket_id, "") if done is not None else ""
            result = self._results.get(op_id)
            lines.append(bulk_line(row, ticked=row.ticket_id in ticked, result=result, refused=refused))
        self.model.show(lines)
        count = len(ticked)
        if self._kind == "officer":
            self.heading.setText(self.tr("Have %n case(s) looked after", "", count))
            self.primary.setText(self.tr("Give %n case(s)", "", count))
        elif self._kind == "urge":
            self.heading.setText(self.tr("Urge %n case(s)", "", count))
            self.primary.setText(self.tr("Record %n urge(s)", "", count))
        else:
            self.heading.setText(self.tr("Assign the return visits of %n case(s)", "", count))
            self.primary.setText(self.tr("Assign %n visit(s)", "", count))
        self.primary.set_reason("" if count else self.tr("No case is chosen that it is permitted on."))
        self.copy.setVisible(self._kind == "urge" and self.means.value() == "sms")

    def _toggle(self, ticket_id: str) -> None:
        row = next((r for r in self._rows if r.ticket_id == ticket_id), None)
        if row is not None and not row.hindrance and self._done is None:
            self._out ^= {ticket_id}
            self._show()

    # -- the deed ----------------------------------------------------------------------------------------------

    def _submit(self) -> None:
        rows = self.ticked()
        if not rows or self._done is not None:
            return
        done = BulkDone()
        until = self._desk.real_now().timestamp() + HOLD_S
        if self._kind == "urge":
            forms = [self._urge(row) for row in rows]
            self._desk.run_command(
                self, lambda w: urge_many(w, forms, until, done), self._recorded, self._failed
            )
        elif self._kind == "officer":
            person_id = self.officer.value().removeprefix(_NOBODY)
            for row in rows:
                if person_id and person_id not in row.may_have:
                    done.refused[row.ticket_id] = "unknown_person"
                elif row.officer_id == person_id:
                    done.refused[row.ticket_id] = "already_theirs"
            cases = {row.ticket_id: row.officer_id for row in rows if row.ticket_id not in done.refused}
            self._desk.run_command(
                self, lambda w: give_many(w, cases, person_id, until, done), self._recorded, self._failed
            )
        else:
            visits = [row.visit for row in rows if row.visit is not None]
            person = self.person.value()
            self._desk.run_command(
                self, lambda w: assign_many(w, visits, person, until, done), self._recorded, self._failed
            )
        self._done = done
        self.table.setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # a locked form would let the keyboard fall elsewhere
        self.form.setEnabled(False)

    def _urge(self, row: BulkRow) -> UrgeForm:
        means = next((code for code in _MEANS if code == self.means.value()), _MEANS[0])
        return UrgeForm(ticket_id=row.ticket_id, unit_id=row.unit_id, means=means, text=self._text_for(row))

    def _text_for(self, row: BulkRow) -> str:
        words = self.tr("[12345 supervision] Ticket {number} ({title}): {standing}. {text}")
        standing = case_words.standing(row.light, row.span)
        return words.format(number=row.number, title=row.title, standing=standing, text=self.text.value())

    def _recorded(self, changes: Changes) -> None:
        done = self._done
        if done is None:
            return
        self._hold.start()
        self.undo.offer(self.tr("%n recorded, not sent yet", "", len(done.op_ids)), HOLD_S)
        self.told.emit(self.tr("%n recorded; they can be undone for some seconds", "", len(done.op_ids)))
        self._look()

    def _release(self) -> None:
        self._hold.stop()
        self.undo.hide()
        done = self._done
        if done is not None:
            op_ids = tuple(done.op_ids.values())
            self._desk.run_command(self, lambda w: release_held(w, op_ids))

    def _undo(self) -> None:
        done = self._done
        if done is None:
            return
        self._hold.stop()
        undone = self._undone = BulkDone()
        self._desk.run_command(self, lambda w: undo_many(w, done.op_ids, undone), self._taken_back)

    def _taken_back(self, changes: Changes) -> None:
        done = self._done
        if done is not None:
            done.refused |= self._undone.refused
        self.told.emit(self.tr("%n undone", "", len(self._undone.op_ids)))
        self._look()

    def _look(self) -> None:
        done = self._done
        if done is not None:
            op_ids = tuple(done.op_ids.values())
            self._desk.run_query(self, lambda r: bulk_results(r, op_ids), self._take_results, slot="results")

    def _take_results(self, results: dict[str, BulkResult]) -> None:
        self._results = results
        self._show()

    def _changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        if self._done is not None and changes.outbox:
            self._look()
        elif self._done is None and changes.concerns("ticket", "urge", "visit"):
            self._ask()

    def _failed(self, error: DeskError) -> None:
        self.table.set_loading(False)
        self._done = None
        self.form.setEnabled(True)
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    def _copy(self) -> None:
        texts = "\n\n".join(self._text_for(row) for row in self.ticked())
        clipboard.copy_out(self, texts, detail="message")

    def release(self) -> None:
        """The page goes: what was recorded may be sent."""
        self._desk.changed.disconnect(self._changed)
        self._release()

    def close_panel(self) -> None:
        """Esc: back to the case; what was recorded stands."""
        self._release()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.undo.place()
