"""The city's rules: the versions there are and what each changed, and the next one, written, checked and published.

For rule administrators. Everything needs the server; a draft lives on this page and in files, and is no rule until
it is published. Owns when to ask; what stands against a version is said by the domain, in the words of `rule_words`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.models.domain.inspection_rules import Citation
from desktop.models.domain.profile import CalendarData, RuleProfile
from desktop.models.domain.profile_changes import changes_of
from desktop.models.domain.profile_checks import Fault, faults_of
from desktop.models.domain.wire import RulesVersion, RulesVersions
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.views.common import rule_words
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.buttons import Button
from desktop.views.common.choices import ChoiceField, DateTimeField
from desktop.views.common.dialogs import ask
from desktop.views.common.layouts import row, scrolled
from desktop.views.common.page import Page
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list.asking import ask_file_of
from desktop.views.common.words import error_words, why_not_online
from desktop.views.rules.citations import Citations, with_citation
from desktop.views.rules.city_days import CityDays
from desktop.views.rules.rule_file import NoRules, read_rules, write_rules

_CLOSE_S = 3.0
_MOST_LINES = 200
_WIDTH = 880


class RulesPage(Page):
    """See the module's docstring."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._tasks = Tasks("rule files", parent=self)
        self._versions: tuple[RulesVersion, ...] = ()
        self._known: dict[int, RuleProfile] = {}
        self._latest: RuleProfile | None = None
        self.draft: RuleProfile | None = None
        """The next version as it stands on this page."""
        self.set_title(self.tr("City rules"))
        self.told = NoticeBar(kind="info")
        self.told.hide()
        self.notices.addWidget(self.told)
        self.version = ChoiceField(self.tr("Version"), required=True)
        self.version.changed.connect(self._show_version)
        self.changed_then = PlainLabel(wrap=True, selectable=True, limit=40_000)
        self.next_title = Section(self.tr("Next version"))
        self.choose = Button(self.tr("Choose a file…"), self, icon="file-text", on=self.ask_file)
        self.save = Button(self.tr("Save as a file…"), self, icon="download", on=self.ask_where)
        self.afresh = Button(self.tr("Begin afresh"), self, icon="undo-2", on=self.begin)
        self.day = DateTimeField(self.tr("In force from"), required=True, with_time=False)
        self.day.set_hint(self.tr("Due times that were computed keep the version they have."))
        self.day.changed.connect(self._day_chosen)
        self.calendar = PlainLabel(tone="secondary", wrap=True)
        self.country = Button(
            self.tr("Take the country's calendar"), self, icon="refresh-cw", on=self.ask_country
        )
        self.city = CityDays()
        self.city.added.connect(self._add_day)
        self.city.removed.connect(self._remove_day)
        self.citations = Citations()
        self.citations.written.connect(self._put_citation)
        self.citations.removed.connect(self._remove_citation)
        self.faults = PlainLabel(tone="overdue", wrap=True, selectable=True, limit=40_000)
        self.changes = PlainLabel(wrap=True, selectable=True, limit=40_000)
        self.publish = Button("", self, kind="primary", icon="stamp", on=self.ask_publish)
        self._lay_out()
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (
            ("Ctrl+Return", self.ask_publish),
            ("Ctrl+O", self.ask_file),
            ("Ctrl+S", self.ask_where),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(do)
        self.listen(desk.connection_changed, self.set_stale)
        self.listen(desk.identity_changed, self.set_stale)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        files = row(self.choose, self.save, self.afresh)
        files.addStretch(1)
        ends = row(self.publish)
        ends.addStretch(1)
        country = row(self.country)
        country.addStretch(1)
        for part in (
            Section(self.tr("Published versions")),
            self.version,
            self.changed_then,
            self.next_title,
            files,
            self.day,
            Section(self.tr("Working calendar")),
            self.calendar,
            country,
            self.city,
            Section(self.tr("Legal grounds that may be cited")),
            self.citations,
            Section(self.tr("What changes")),
            self.changes,
            self.faults,
            ends,
        ):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        column.addStretch(1)
        self.body.addWidget(scrolled(inner))

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("Ctrl+O", self.tr("Choose a file with the next version")),
            ("Ctrl+S", self.tr("Save the next version as a file")),
            ("Ctrl+Enter", self.tr("Publish the next version")),
        )

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self._desk.connection.online:
            self.show_state("offline", "", why_not_online(self._desk.connection))
            return
        if not self._versions:
            self.show_state("loading")
        self._desk.rulebook.versions(self, self._take_versions, self._failed)

    def release(self) -> None:
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)
        super().release()

    def _take_versions(self, found: RulesVersions) -> None:
        before, self._versions = self._versions, found.versions
        if not found.versions:
            self.show_state("empty", self.tr("No rules yet"))
            return
        self.show_state("ready")
        self.version.set_options(
            [(str(each.version), self._named(each)) for each in reversed(found.versions)]
        )
        if before != found.versions or self._latest is None:
            self.version.set_value(str(found.versions[-1].version))
            self._fetch(found.versions[-1].version)

    def _named(self, version: RulesVersion) -> str:
        in_force = self.tr("Version {n}, in force from {day}")
        now = self.tr("Version {n}, in force since {day}, now")
        words = now if version.version == self._desk.profile.version else in_force
        return words.format(n=version.version, day=version.effective_from.isoformat())

    def _fetch(self, number: int) -> None:
        """A version and the one before it, from the latest on."""
        for each in (number, number - 1):
            if each > 0 and each not in self._known:
                self._desk.rulebook.version(self, each, self._take_version, self._failed)
                return
        self._show_known()

    def _take_version(self, rules: RuleProfile | None) -> None:
        if rules is None:
            return
        self._known[rules.version] = rules
        if self._versions and rules.version == self._versions[-1].version:
            self._latest = rules
            self.begin()
        self._fetch(int(self.version.value() or rules.version))

    def _failed(self, error: DeskError) -> None:
        if self._latest is None:
            self.show_state("error", "", error_words(error))
        else:
            self._tell(error_words(error), "warn")

    # -- what was --------------------------------------------------------------------------------------------------

    def _show_version(self) -> None:
        if self.version.value():
            self._fetch(int(self.version.value()))

    def _show_known(self) -> None:
        number = int(self.version.value() or 0)
        new, old = self._known.get(number), self._known.get(number - 1)
        if new is None:
            return
        if old is None:
            self.changed_then.setText(self.tr("The first version."))
            return
        self.changed_then.setText(self._lines(old, new))

    def _lines(self, old: RuleProfile, new: RuleProfile) -> str:
        lines = [rule_words.change(each) for each in changes_of(old, new)]
        rest = len(lines) - _MOST_LINES
        if rest > 0:
            lines = [*lines[:_MOST_LINES], self.tr("and %n more", "", rest)]
        return "\n".join(lines) or self.tr("Nothing but the day.")

    # -- the next one ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The next version says what the latest says, from today."""
        latest = self._latest
        if latest is not None:
            day = max(self._today(), latest.effective_from)
            self._take_draft(replace(latest, version=latest.version + 1, effective_from=day))

    def _today(self) -> date:
        return self._desk.profile.local(self._desk.now()).date()

    def _take_draft(self, draft: RuleProfile) -> None:
        self.draft = draft
        self.day.set_value(datetime.combine(draft.effective_from, time()))
        self._judge()

    def _judge(self) -> None:
        """What changes, and what stands against it."""
        draft, latest = self.draft, self._latest
        if draft is None or latest is None:
            return
        calendar = draft.calendar
        said = self.tr("Days off and make-up days are known up to {year}; later due times are provisional.")
        self.calendar.setText(said.format(year=calendar.announced_until))
        self.city.show_calendar(calendar)
        self.citations.show_citations(draft.inspections.citations, draft.effective_from)
        changes = changes_of(latest, draft)
        self.changes.setText(self._lines(latest, draft))
        faults = faults_of(draft, latest, self._today())
        self._show_faults(faults)
        self.publish.setText(self.tr("Publish version {n}").format(n=draft.version))
        against = self.tr("Something stands against it, see above.") if faults else ""
        nothing = "" if changes else self.tr("It says what the version before says.")
        self.publish.set_reason(why_not_online(self._desk.connection) or against or nothing)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.faults.setText("\n".join(rule_words.fault(each) for each in faults[:_MOST_LINES]))
        self.faults.setVisible(bool(faults))

    def _day_chosen(self) -> None:
        day = self.day.value()
        if day is not None and self.draft is not None:
            self.draft = replace(self.draft, effective_from=day.date())
            self._judge()

    def _add_day(self, day: date, name: str, works: bool) -> None:
        if self.draft is not None:
            days = _without(self.draft.calendar, day)
            if works:
                days = replace(days, city_working_days={**days.city_working_days, day: name})
            else:
                days = replace(days, city_days_off={**days.city_days_off, day: name})
            self._take_draft(replace(self.draft, calendar=days))

    def _remove_day(self, day: date) -> None:
        if self.draft is not None:
            self._take_draft(replace(self.draft, calendar=_without(self.draft.calendar, day)))

    def _put_citation(self, written: Citation) -> None:
        if self.draft is not None:
            self._cite(with_citation(self.draft.inspections.citations, written))

    def _remove_citation(self, code: str) -> None:
        if self.draft is not None:
            self._cite(tuple(each for each in self.draft.inspections.citations if each.code != code))

    def _cite(self, citations: tuple[Citation, ...]) -> None:
        if self.draft is not None:
            inspections = replace(self.draft.inspections, citations=citations)
            self._take_draft(replace(self.draft, inspections=inspections))

    def ask_country(self) -> None:
        """The country's days as the server's release knows them, with the city's own over them."""
        self._desk.rulebook.country_calendar(self, self._take_country, self._failed)

    def _take_country(self, found: CalendarData) -> None:
        if self.draft is None:
            return
        own = self.draft.calendar
        days = replace(found, city_days_off=own.city_days_off, city_working_days=own.city_working_days)
        self._take_draft(replace(self.draft, calendar=days))

    # -- files -------------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ctrl+O."""
        dialog = QFileDialog(self, self.tr("The file with the next version"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Rules (*.json)")])
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, path: str) -> None:
        """The next version as a file has it."""
        self._tasks.run(self, partial(read_rules, Path(path)), self._read, self._failed)

    def _read(self, found: RuleProfile | NoRules) -> None:
        if isinstance(found, RuleProfile):
            self.told.hide()
            self._take_draft(found)
            return
        said = {
            "too_large": self.tr("The file is too large to hold rules."),
            "bad_json": self.tr("The file cannot be read as JSON; look near byte {where}."),
            "bad_shape": self.tr("What stands at “{where}” is no value for that place."),
        }[found.code]
        where = rule_words.place(found.where) if found.code == "bad_shape" else found.where
        self._tell(said.format(where=where), "warn")

    def ask_where(self) -> None:
        """Ctrl+S."""
        if self.draft is not None:
            kinds = {self.tr("Rules (*.json)"): "json"}
            name = f"rules-{self.draft.version}.json"
            ask_file_of(self, self.tr("Save the next version"), kinds, name, self.save_to)

    def save_to(self, path: str) -> None:
        """The draft as a file."""
        if self.draft is not None:
            self._tasks.run(self, partial(write_rules, self.draft, Path(path)), self._saved, self._failed)

    def _saved(self, nothing: None) -> None:
        self._tell(self.tr("Saved. What is changed in the file comes back by choosing it."), "info")

    # -- publishing --------------------------------------------------------------------------------------------

    def ask_publish(self) -> None:
        """Ctrl+Enter: once more, because what was published is never changed."""
        if self.draft is None or not self.publish.isEnabled():
            return
        title = self.tr("Publish version {n}?").format(n=self.draft.version)
        text = self.tr(
            "It is in force from {day}, for every desk of the city, and is never changed again: what follows it is "
            "another version. That you published it is on record."
        )
        ask(
            self,
            title,
            text.format(day=self.draft.effective_from.isoformat()),
            self.tr("Publish"),
            self.publish_now,
        )

    def publish_now(self) -> None:
        """Send it."""
        if self.draft is not None:
            self._desk.rulebook.publish(self, self.draft, self._published, self._refused)

    def _published(self, made: RulesVersion) -> None:
        said = self.tr("Version {n} is published, in force from {day}.")
        self._tell(said.format(n=made.version, day=made.effective_from.isoformat()), "info")
        self._latest = None
        self.set_stale()

    def _refused(self, error: DeskError) -> None:
        said = {
            "not_permitted": self.tr("Only a rule administrator publishes rules."),
            "other_version": self.tr("Another version was published meanwhile: begin afresh from it."),
            "bad_rules": self.tr("The server found something that stands against it."),
        }.get(error.code, error_words(error))
        self._tell(said, "warn")
        if error.code == "other_version":
            self._latest = None
            self.set_stale()

    def _tell(self, sentence: str, kind: str) -> None:
        self.told.set_notice(sentence, "warn" if kind == "warn" else "info")
        self.told.show()


def _without(calendar: CalendarData, day: date) -> CalendarData:
    off = {each: name for each, name in calendar.city_days_off.items() if each != day}
    worked = {each: name for each, name in calendar.city_working_days.items() if each != day}
    return replace(calendar, city_days_off=off, city_working_days=worked)
