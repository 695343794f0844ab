"""One entry of the outbox, laid out so that its person can settle it: what happened, both versions, their own words.

Nothing here is modal and nothing is decided by itself: every way is a button that makes new work or sets the entry
aside. What is typed is kept as a draft within a second; showing the same entry again keeps it on the screen.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.settling import form_key
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.drafts import save_draft
from desktop.services.queries.base import Reader
from desktop.services.queries.settling import Matter, matter
from desktop.services.queries.settling_ways import Way
from desktop.views.common import case_words, clipboard, tokens
from desktop.views.common.bars import NoticeBar, NoticeKind, Section
from desktop.views.common.buttons import ActionBar, Button, ButtonKind
from desktop.views.common.case_timeline import entries_of
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.pills import Pill
from desktop.views.common.states import StateView
from desktop.views.common.text import PlainLabel
from desktop.views.common.timeline import Timeline
from desktop.views.common.watermark import cover
from desktop.views.common.words import error_words
from desktop.views.outbox import sentences
from desktop.views.outbox.decision_list import DecisionList
from desktop.views.outbox.earlier import EarlierVersions
from desktop.views.outbox.stories import meanwhile_words, story
from desktop.views.outbox.ways import command_of, way_words

MAIN_KEY = "Ctrl+Enter"
DISCARD_KEY = "Ctrl+D"
_KINDS: dict[str, NoticeKind] = {
    "conflict": "warn",
    "refused": "error",
    "out_of_scope": "error",
    "lost": "error",
    "blocked": "warn",
    "suspended": "warn",
}
_SENDING = frozenset({"send", "send_note", "hand_over"})
_MOST_HAPPENINGS = 30


class SettlingPanel(QWidget):
    """See the module's docstring."""

    #: Something was done to the entry shown: its key, and the way that was taken.
    done = Signal(str, str)
    ticket_requested = Signal(str)
    #: Show another entry of the outbox.
    entry_requested = Signal(str)
    #: Back to the list.
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._matter: Matter | None = None
        self._wanted = ""
        self._taken: tuple[str, Way] = ("", "discard")
        self.buttons: dict[str, Button] = {}
        self._offered: tuple[object, ...] = ()
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self._pill = Pill(parent=self)
        self._title = PlainLabel(kind="title", wrap=True)
        self._about = PlainLabel(tone="secondary", wrap=True)
        self.story = NoticeBar(dismissible=False)
        self.trouble = NoticeBar(kind="error")
        self.moved = NoticeBar(kind="warn")
        self._head = Section("")
        self.list = DecisionList(desk)
        self.list.changed.connect(self._judge)
        self.list.edited.connect(self._save)
        self._behind = PlainLabel(tone="secondary", wrap=True)
        self._history = Section(self.tr("What happened meanwhile"))
        self.timeline = Timeline(self.tr("What happened meanwhile"))
        self.earlier = EarlierVersions(desk)
        self.earlier.wanted.connect(self.list.take_up)
        self._saved = PlainLabel(kind="small", tone="faint")
        self._offline = PlainLabel(kind="small", tone="pending", wrap=True)
        self.bar = ActionBar()
        self._nothing = StateView()
        self._nothing.set_state(
            self.tr("No entry chosen"), self.tr("Choose one to see what can be done."), "", "inbox"
        )
        self._entry = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._entry)
        self._lay_out()
        cover(self)

    def _lay_out(self) -> None:
        inner = QWidget()
        body = stacked(inner, (16, 12, 16, 16), gap=8)
        body.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (
            self._title,
            self._about,
            self.story,
            self.trouble,
            self.moved,
            self._head,
            self.list,
            self._behind,
            self.earlier,
            self._history,
            self.timeline,
        ):
            body.addWidget(widget)
        self.trouble.hide()
        self.moved.hide()
        self.area = scrolled(inner)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(4)
        for below in (self._offline, self._saved, self.bar):
            foot.addWidget(below)
        whole = QVBoxLayout(self._entry)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    # -- what is shown -----------------------------------------------------------------------------------------

    def matter(self) -> Matter | None:
        """What is shown."""
        return self._matter

    def show_entry(self, key: str) -> None:
        """Ask for an entry and show it; the same one again keeps what is being typed. "" shows nothing."""
        if self._matter is not None and key != self._matter.row.key:
            self.flush()
        self._wanted = key
        if not key:
            self._show_nothing()
            return

        def laid_out(r: Reader) -> Matter | None:
            return matter(r, key)

        self._desk.run_query(self, laid_out, self._take, slot="matter", failed=self.show_trouble)

    def _show_nothing(self) -> None:
        self._matter = None
        self.bar.clear()
        self.buttons = {}
        self._stack.setCurrentWidget(self._nothing)

    def _take(self, found: Matter | None) -> None:
        before = self._matter
        if found is None:
            self._show_nothing()
            return
        self._matter = found
        clipboard.about(self, "ticket", found.row.ticket_id)
        self._stack.setCurrentWidget(self._entry)
        self._show_head(found)
        if before is not None and _questions(before) == _questions(found):
            self.list.update_matter(found)
            if before.theirs != found.theirs:
                again = self.tr("It was changed once more just now: look at it again before you send.")
                self.moved.set_notice(again, "warn")
                self.moved.show()
        else:
            self.trouble.hide()
            self.moved.hide()
            self._saved.hide()
            self.list.show_matter(found)
            self.area.verticalScrollBar().setValue(0)
        self._show_others(found)
        self._show_buttons(found)

    def _show_head(self, found: Matter) -> None:
        row, profile, now = found.row, self._desk.profile, self._desk.now()
        self._pill.set_state(sentences.standing(row, profile, self._desk.offset), sentences.light(row))
        self._title.setText(sentences.sentence(row))
        made = self.tr("recorded {time}").format(time=case_words.moment(profile, row.made_at, now))
        parts = (row.ticket_title, row.ticket_number if row.about else "", made)
        self._about.setText(" · ".join(part for part in parts if part))
        self.story.set_notice(story(found, self._desk), _KINDS.get(row.standing, "info"))
        asks = any(case.open for case in found.fields) and "send" in found.ways
        self._head.set_title(self.tr("Decide") if asks else self.tr("Your words"))
        self._head.setVisible(bool(found.fields or found.texts))

    def _show_others(self, found: Matter) -> None:
        behind = [sentences.deed(other.kind) for other in found.followers]
        named = self.tr("After this goes out, by itself and in this order: {deeds}")
        self._behind.setText(named.format(deeds=self.tr(", ").join(behind)) if behind else "")
        self._behind.setVisible(bool(behind))
        entries = meanwhile_words(found, self._desk)
        if found.meanwhile is not None:
            happened = entries_of(found.meanwhile, self._desk.profile, self._desk.language)
            entries += happened[:_MOST_HAPPENINGS]
        self._history.setVisible(bool(entries))
        self.timeline.setVisible(bool(entries))
        self.timeline.set_entries(entries)
        self.earlier.show_versions(found.earlier)

    def _show_buttons(self, found: Matter) -> None:
        """The recommended way first and blue; to copy the words and to see the case are always there.

        The same ways again keep their buttons: each draft that is kept asks anew, and the keyboard may stand on one.
        """
        verbs = tuple((way, *way_words(way, found)) for way in found.ways)
        offered = (verbs, bool(found.texts), found.meanwhile is not None)
        if self.buttons and offered == self._offered:
            self._judge()
            return
        self._offered = offered
        self.bar.clear()
        self.buttons = {}
        for place, (way, verb, icon) in enumerate(verbs):
            kind: ButtonKind = "danger" if way == "discard" else "primary" if place == 0 else ""
            hint = {"danger": DISCARD_KEY, "primary": MAIN_KEY}.get(kind, "")
            button = self.bar.add(verb, self._press, kind=kind, icon=icon, hint=hint)
            button.setProperty("way", way)
            self.buttons[way] = button
        if found.texts:
            self.buttons["copy"] = self.bar.add(self.tr("Copy text"), self._copy, icon="copy")
        if found.meanwhile is not None:
            self.buttons["case"] = self.bar.add(self.tr("Open the case"), self._open_case, icon="file-text")
        self._judge()

    def _judge(self) -> None:
        """What may be pressed now, and why the rest may not."""
        send = self.buttons.get("send")
        missing = self.list.missing()
        if send is not None:
            still = self.tr("still to decide: {fields}")
            send.set_reason(still.format(fields=self.tr(", ").join(missing)) if missing else "")
        empty = "" if self.list.words() else self.tr("there is no text in it")
        for way in ("send_note", "hand_over"):
            if way in self.buttons:
                self.buttons[way].set_reason(empty)
        self.show_connection(self._desk.connection)

    def show_connection(self, connection: Connection) -> None:
        """Settling works without a network, and says when it will arrive."""
        sends = self._matter is not None and bool(_SENDING.intersection(self._matter.ways))
        self._offline.setText(
            self.tr("There is no connection: what you decide now is kept and goes out by itself.")
        )
        self._offline.setVisible(sends and not connection.online)

    # -- typing ------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Keep what was typed last, now."""
        self.list.flush()

    def _save(self) -> None:
        found = self._matter
        if found is not None:
            key, form = form_key(found.row.key), self.list.form()
            self._desk.run_command(self, lambda w: save_draft(w, key, form), self._kept, self.show_trouble)

    def _kept(self, changes: Changes) -> None:
        saved = self.tr("Kept as a draft at {time}")
        self._saved.setText(saved.format(time=f"{self._desk.now():%H:%M:%S}"))
        self._saved.show()

    # -- keys --------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Into the entry: to the first thing to decide, else to the first button."""
        if not self.list.focus_first() and self.buttons:
            next(iter(self.buttons.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def press_main(self) -> None:
        """The blue button, if there is one."""
        found = self._matter
        if found is not None and found.ways and found.ways[0] != "discard":
            self.buttons[found.ways[0]].click()

    def press_discard(self) -> None:
        """The red one."""
        if "discard" in self.buttons:
            self.buttons["discard"].click()

    # -- deeds -------------------------------------------------------------------------------------------------

    def take(self, way: Way) -> None:
        """Go one of the ways that the entry has."""
        found = self._matter
        if found is None or way not in found.ways:
            return
        self.flush()
        self._taken = (found.row.key, way)
        command = command_of(way, found, self.list.values(), self.list.words())
        if command is not None:
            self._desk.run_command(self, command, self._did, self.show_trouble)
        elif found.behind is not None:
            self.entry_requested.emit(found.behind.key)

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.take(sender.property("way"))

    def _did(self, changes: Changes) -> None:
        self.trouble.hide()
        self.done.emit(*self._taken)

    def show_trouble(self, error: DeskError) -> None:
        """Something could not be done: why, above the words, which stay."""
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()
        self.area.ensureWidgetVisible(self.trouble)

    def _copy(self) -> None:
        clipboard.copy_out(self, self.list.words(), detail="decisions")

    def _open_case(self) -> None:
        if self._matter is not None:
            self.ticket_requested.emit(self._matter.row.ticket_id)


def _questions(found: Matter) -> tuple[object, ...]:
    """What makes two layings-out the same to the person: then what they typed stays where it is."""
    fields = tuple((c.field, c.open, c.same, c.mine, c.before) for c in found.fields)
    return found.row.key, found.row.standing, found.row.code, fields, found.texts, found.ways
