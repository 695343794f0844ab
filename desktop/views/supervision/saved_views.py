"""Saved views of the list: chosen from a menu or by Alt and a digit, kept, shared, changed, removed; and its groups.

A view is a question, an order, columns and groups under a name. It tells the list what to show and asks for no ticket.
"""

from __future__ import annotations

import json

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.saved_views import ViewForm, remove_view, save_view
from desktop.services.queries.saved_views import SavedView, filter_of, question_of, saved_views
from desktop.views.common.text import menu_text
from desktop.views.common.ticket_list.ticket_pane import TicketPane
from desktop.views.common.words import error_words
from desktop.views.supervision.group_pane import GroupPane
from desktop.views.supervision.view_sheet import ViewSheet

_DIGITS = range(1, 10)


class SavedViews(QObject):
    """Belongs to one page, beside its list."""

    #: Words for the footer of the list.
    told = Signal(str)

    def __init__(self, desk: Desk, pane: TicketPane, groups: GroupPane, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._pane, self._groups, self._page = desk, pane, groups, page
        self.views: tuple[SavedView, ...] = ()
        self._shown = ""
        self._sheet: ViewSheet | None = None
        self._then_show = ""
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for digit in _DIGITS:
            shortcut = QShortcut(QKeySequence(f"Alt+{digit}"), page, context=within)
            shortcut.setObjectName(str(digit))
            shortcut.activated.connect(self._by_key)
        QShortcut(QKeySequence("Ctrl+I"), page, context=within).activated.connect(self.open_menu)
        pane.views_button.clicked.connect(self.open_menu)
        pane.views_button.show()
        pane.asked.connect(self._asked)
        pane.asked.connect(groups.follow)
        pane.listed.connect(groups.refresh)
        groups.narrowed.connect(pane.ask)

    def refresh(self) -> None:
        """Ask for the views again."""
        self._desk.run_query(self, saved_views, self._take, slot="views")

    def show_view(self, view_id: str) -> None:
        """Show what a view says: cases, order, columns, groups."""
        found = self.find(view_id)
        if found is None:
            return
        view = found.view
        self._groups.group("")
        self._pane.table.restore_layout(_layout(view.columns))
        self._pane.ask(filter_of(view), view.name)
        self._groups.group(view.group_by)
        self._shown = view_id
        self._pane.focus_list()

    def find(self, view_id: str) -> SavedView | None:
        """One of the views, None where it is gone."""
        return next((each for each in self.views if each.view.id == view_id), None)

    def menu(self) -> QMenu:
        """Views, what can be done with them, groups."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self.views:
            self._offer(menu, each)
        menu.addSeparator()
        menu.addAction(self.tr("Save this list as a view…")).triggered.connect(self.ask_new)
        shown = self.find(self._shown)
        if shown is not None and shown.may_change:
            menu.addAction(self.tr("Save the list into this view")).triggered.connect(self.save_shown)
            menu.addAction(self.tr("Name, shortcut, sharing…")).triggered.connect(self.ask_change)
            menu.addAction(self.tr("Remove this view")).triggered.connect(self.remove_shown)
        menu.addSeparator()
        by = menu.addMenu(self.tr("Groups"))
        for action, key in (
            (by.addAction(self.tr("None")), ""),
            (by.addAction(self.tr("By unit")), "unit"),
            (by.addAction(self.tr("By district")), "place"),
        ):
            action.setCheckable(True)
            action.setChecked(self._groups.by() == key)
            action.setData(key)
            action.triggered.connect(self._group)
        return menu

    def open_menu(self) -> None:
        """Ctrl+I."""
        button = self._pane.views_button
        self.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def ask_new(self) -> None:
        """Ask how the list shall be called as a view."""
        taken = {each.shortcut for each in self.views}
        free = next((digit for digit in _DIGITS if digit not in taken), 0)
        self._open_sheet(ViewForm(name="", shortcut=free, place=len(self.views) + 1), "")

    def ask_change(self) -> None:
        """Ask for another name, key, place, or whether it is shared."""
        shown = self.find(self._shown)
        if shown is not None:
            self._open_sheet(_form_of(shown), shown.view.id)

    def save_shown(self) -> None:
        """What the list shows now is what the view shows from now on."""
        shown = self.find(self._shown)
        if shown is not None:
            form, view_id = self._with_list(_form_of(shown)), shown.view.id
            self._desk.run_command(self, lambda w: save_view(w, form, view_id), self._saved, self._refused)

    def remove_shown(self) -> None:
        """Take the view away."""
        view_id, self._shown = self._shown, ""
        if view_id:
            self._desk.run_command(self, lambda w: remove_view(w, view_id), self._removed, self._refused)

    # -- inside ------------------------------------------------------------------------------------------------

    def _offer(self, menu: QMenu, each: SavedView) -> None:
        name = each.view.name
        if not each.mine:
            shared = self.tr("{view} · shared by {who}")
            name = shared.format(view=name, who=each.view.author_name)
        action = menu.addAction(menu_text(name))
        if each.shortcut:
            action.setShortcut(QKeySequence(f"Alt+{each.shortcut}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here; the page listens
        action.setCheckable(True)
        action.setChecked(each.view.id == self._shown)
        action.setData(each.view.id)
        action.triggered.connect(self._chosen)

    def _open_sheet(self, form: ViewForm, view_id: str) -> None:
        sheet = ViewSheet(form, new=not view_id, parent=self._page.window())
        sheet.setProperty("view", view_id)
        sheet.submitted.connect(self._submitted)
        self._sheet = sheet
        sheet.open()

    def _submitted(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        view_id = str(sheet.property("view") or "")
        form = sheet.value() if view_id else self._with_list(sheet.value())
        sheet.accept()
        self._desk.run_command(self, lambda w: save_view(w, form, view_id), self._saved, self._refused)

    def _with_list(self, form: ViewForm) -> ViewForm:
        """The form with what the list shows now."""
        wanted = self._groups.base() if self._groups.by() else self._pane.wanted()
        columns = {k: v for k, v in self._pane.table.layout_state().items() if k != "sort"}
        return replace(
            form,
            question=question_of(wanted),
            whole_city=wanted.everywhere or self._desk.area.whole_city,
            group_by=self._groups.by() or "",
            columns=json.dumps(columns),
        )

    def _take(self, views: tuple[SavedView, ...]) -> None:
        before = {each.view.id for each in self.views}
        self.views = views
        if self._then_show:
            new = next((each for each in views if each.mine and each.view.id not in before), None)
            self._then_show = ""
            if new is not None:
                self._shown = new.view.id

    def _asked(self, wanted: object) -> None:
        if not self._groups.chose(wanted):
            self._shown = ""

    def _saved(self, changes: Changes) -> None:
        self._then_show = "new"
        self.refresh()
        self.told.emit(self.tr("View saved"))

    def _removed(self, changes: Changes) -> None:
        self.refresh()
        self.told.emit(self.tr("View removed"))

    def _refused(self, error: DeskError) -> None:
        self.told.emit(error_words(error))

    def _chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.show_view(str(sender.data()))

    def _group(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._groups.group(str(sender.data()))

    def _by_key(self) -> None:
        sender = self.sender()
        digit = int(sender.objectName())
        found = next((each for each in self.views if each.shortcut == digit), None)
        if found is not None:
            self.show_view(found.view.id)


def _form_of(each: SavedView) -> ViewForm:
    view = each.view
    return ViewForm(**{name: getattr(view, name) for name in ViewForm.__struct_fields__})


def _layout(kept: str) -> dict[str, object]:
    """The columns as a view keeps them; {} = the list's own."""
    try:
        layout = json.loads(kept or "{}")
    except ValueError:
        return {}
    return layout if isinstance(layout, dict) else {}
