"""The keys of one person in one window, on the real pages over a real server; nobody has a mouse.

    with keyboard_of(qtbot, qapp, office, session) as keyboard:
        keyboard.to("overdue")
        keyboard.stand_on(ticket)
        keyboard.press("U")

What is on the screen may be read; whatever is done is done by a key. A field is gone to by Tab alone, a choice in a
menu by Down and Return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Row, Ticket
from desktop.pages import page_specs
from desktop.session import Session
from desktop.views.common import theme
from desktop.views.common.ticket_list.queues import FACES
from desktop.views.shell.frame import Frame
from desktop.views.supervision.page import SupervisionPage

from .central_office import Office, open_office
from .served import served
from .sessions import desktop

R = TypeVar("R", bound=Row)
PATIENCE_MS = 60_000
_MOST_STOPS = 80
"""More Tabs than a page has stops."""
_MOST_PANES = 6
_AS_PRINTED = {"Ctrl+Return": "Ctrl+Enter", "Return": "Enter", "Escape": "Esc"}


@contextmanager
def office_and_session(folder: Path, login: str, *rows: Row) -> Iterator[tuple[Office, Session]]:
    """A served office that holds these rows, and the desktop of one of its people, which outlives its window."""
    with open_office(folder) as office, served(office.app) as url:
        office.load(*rows)
        with desktop(url, login, folder / "a") as session:
            yield office, session
        shiboken6.delete(session)  # as the program does when it leaves a desk


@contextmanager
def keyboard_of(qtbot: QtBot, qapp: QApplication, office: Office, session: Session) -> Iterator[Keyboard]:
    """The keyboard before a window that has all rows; whoever uses a mouse meanwhile fails."""
    theme.apply_theme(qapp, "light")
    no_mouse = NoMouse()
    qapp.installEventFilter(no_mouse)
    try:
        with qtbot.waitSignal(session.worker.settled, timeout=PATIENCE_MS):
            session.start()
        keyboard = Keyboard(qtbot, session, office)
        try:
            yield keyboard
        finally:
            keyboard.frame.release()
            keyboard.frame.close()
            shiboken6.delete(keyboard.frame)  # before the desk it stands on
    finally:
        qapp.removeEventFilter(no_mouse)


class NoMouse(QObject):
    """Fails whoever uses one."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        assert event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return False


class Keyboard:
    """The keys of one person in one window; ``pressed`` is what has been tried, by page."""

    def __init__(self, qtbot: QtBot, session: Session, office: Office) -> None:
        self.qtbot, self.session, self.office = qtbot, session, office
        self.pressed: dict[str, set[str]] = {}
        self.frame = Frame(session.desk, page_specs(), parent=None)
        self.frame.resize(1366, 768)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.activateWindow()
        self.frame.open_first_page()
        self.page: Any = self.frame.open_page("supervision")
        assert isinstance(self.page, SupervisionPage)

    def until(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()), timeout=PATIENCE_MS)

    # -- keys --------------------------------------------------------------------------------------------------

    def press(self, *all_keys: str) -> None:
        """Keys or chords, wherever the keyboard is."""
        for keys in all_keys:
            self.pressed.setdefault(self.frame.current_page, set()).add(keys)
            chord: Any = QKeySequence(keys)[0]  # type: ignore[index]  # the stub leaves it out
            QTest.keyClick(self._target(), chord.key(), chord.keyboardModifiers())

    def _target(self) -> QWidget:
        popup: QWidget | None = QApplication.activePopupWidget()
        if popup is not None:
            inside: QWidget | None = popup.focusWidget()
            return popup if isinstance(popup, QMenu) or inside is None else inside
        places: tuple[QWidget | None, ...] = (QApplication.focusWidget(), self.frame.focusWidget())
        return next((place for place in places if place is not None), self.frame)

    def write(self, text: str) -> None:
        """As an input method puts words in."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._target(), event)

    def tab_to(self, wanted: QWidget) -> None:
        """Tab, or the way back where that is shorter, until the keyboard is on it or within it."""
        keys = "Tab" if self._ahead(wanted) else "Shift+Tab"
        for _ in range(_MOST_STOPS):
            if self.stands_in(wanted):
                return
            self.press(keys)
        name = wanted.accessibleName() or type(wanted).__name__
        raise AssertionError(f"Tab does not lead to {name!r}")

    def _ahead(self, wanted: QWidget) -> bool:
        """Whether a widget lies in the nearer half of what comes after the keyboard's place."""
        here: QWidget | None = QApplication.focusWidget()
        if here is None:
            return True
        chain, walked = [here], here.nextInFocusChain()
        while walked is not None and walked is not here:
            chain.append(walked)
            walked = walked.nextInFocusChain()
        place = next(i for i, w in enumerate(chain) if w is wanted or wanted.isAncestorOf(w))
        return place <= len(chain) // 2

    def stands_in(self, widget: QWidget) -> bool:
        """Whether the keyboard is on this widget or within it."""
        focused: QWidget | None = QApplication.focusWidget()
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))

    def fill(self, field: QWidget, text: str) -> None:
        """Tab to a field and write."""
        self.tab_to(field)
        self.write(text)

    def push(self, button: QAbstractButton) -> None:
        """Tab to a button and press it."""
        self.tab_to(button)
        self.press("Space")

    def choose(self, *texts: str) -> None:
        """An entry of the menu that is open, or of a menu within it."""
        for text in texts[:-1]:
            menu = self._down_to_entry(text)
            self.press("Right")
            self.until(partial(self._left, menu))
        self._down_to_entry(texts[-1])
        self.press("Return")
        self.until(lambda: QApplication.activePopupWidget() is None)
        self.come_back()

    def _down_to_entry(self, text: str) -> QMenu:
        menu = self.menu()
        titles = [_words_of(action) for action in menu.actions()]
        assert text in titles, f"{text!r} is not among {titles}"
        for _ in titles:
            if _words_of(menu.activeAction()) == text:
                break
            self.press("Down")
        return menu

    def _left(self, menu: QMenu) -> bool:
        return QApplication.activePopupWidget() is not menu

    def menu(self) -> QMenu:
        """The menu that has the keyboard."""
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def entries_of_menu(self) -> set[str]:
        """What the open menu offers."""
        return {_words_of(action) for action in self.menu().actions()} - {""}

    # -- places ------------------------------------------------------------------------------------------------

    def go(self, title: str) -> None:
        """To a place by its name in the palette."""
        self.press("Ctrl+K")
        palette = self.frame._palette
        self.until(palette.isVisible)
        QTest.keyClicks(palette._field, title.replace("·", "").casefold())
        self.until(lambda: title in palette.titles())
        for _ in range(palette.titles().index(title)):
            self.press("Down")
        self.press("Return")
        self.until(lambda: not palette.isVisible())
        self.come_back()

    def come_back(self) -> None:
        """The window, or the sheet over it, has the keyboard again after a popup, as window managers see to."""
        sheet: QWidget | None = QApplication.activeModalWidget()
        front = sheet if sheet is not None else self.frame
        front.activateWindow()
        self.until(front.isActiveWindow)

    def to(self, queue: str) -> None:
        """To a queue of cases, and wait for its list."""
        face = next(face for face in FACES if face.key == queue)
        with self.qtbot.waitSignal(self.page.list.listed, timeout=PATIENCE_MS):
            self.go(f"{title_of('supervision')} · {face.title()}")
        assert self.page.queue() == queue

    def to_page(self, key: str, queue: str = "") -> Any:
        """To a page, or to one of its queues; the page."""
        spec = next(spec for spec in page_specs() if spec.key == key)
        names = [each.title() for each in spec.queues if each.key == queue]
        self.go(" · ".join((spec.title(), *names)))
        self.until(lambda: self.stands_at(key))
        return self.frame.page(key)

    def stands_at(self, page_key: str) -> bool:
        """Whether this page is on the screen."""
        return self.frame.current_page == page_key

    def stand_on(self, ticket: Ticket) -> None:
        """Down the list until this case is shown."""
        page = self.page
        self.until(lambda: page.list.model.rowCount() > 0 and page.list.table.row_id(0))
        self.to_list(page.list.table)
        self.down_to(page.list.table, ticket.id)
        self.until(lambda: (panel := page.case.panel()) is not None and panel.ticket.id == ticket.id)

    def to_list(self, table: QWidget) -> None:
        """F6 round the panes until the keyboard is in the list."""
        for _ in range(_MOST_PANES):
            if self.stands_in(table):
                return
            self.press("F6")
        raise AssertionError("F6 does not lead to the list")

    def down_to(self, table: Any, row_id: str) -> None:
        """From the first line down to one."""
        self.until(lambda: table.find_row(row_id) >= 0)
        assert self.stands_in(table), "the keyboard is not in the list"
        self.press("Home")
        for _ in range(table.row_count()):
            if table.current_id() == row_id:
                break
            self.press("Down")
        assert table.current_id() == row_id

    # -- what became of it -------------------------------------------------------------------------------------

    def at_server(self, kind: type[R], ticket: Ticket | None = None) -> list[R]:
        """The rows at the server, of one case or of all."""
        rows = self.office.hand("chief", "looking").rows().values()
        return [
            row
            for row in rows
            if isinstance(row, kind) and (ticket is None or getattr(row, "ticket_id", row.id) == ticket.id)
        ]

    def untried(self, page_key: str, elsewhere: Iterable[str] = ()) -> list[str]:
        """Keys that the help of a page names and nobody has pressed there."""
        pressed = self.pressed.get(page_key, set())
        tried = pressed | {_AS_PRINTED.get(keys, keys) for keys in pressed} | set(elsewhere)
        return [
            f"{keys} ({what})"
            for keys, what in self.frame.page(page_key).help_keys()
            if not {key.partition("…")[0] for key in keys.split()} & tried
        ]


def _words_of(action: QAction | None) -> str:
    return action.text().replace("&", "") if action is not None else ""


def title_of(page_key: str) -> str:
    """The name of a page."""
    return next(spec for spec in page_specs() if spec.key == page_key).title()
