"""Finding and pressing widgets in tests the way a screen reader does: by what they are called."""

from __future__ import annotations

from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.common.text import PlainLabel

Kind = TypeVar("Kind", bound=QWidget)


def children(widget: QWidget, kind: type[Kind]) -> list[Kind]:
    """All widgets of a kind below one, in order of their making."""
    return list(cast("list[Kind]", widget.findChildren(kind)))


def cut_texts(widget: QWidget) -> list[str]:
    """The beginnings of the wrapped texts on screen that have less height than their lines need."""
    shown = (label for label in children(widget, PlainLabel) if label.wordWrap() and label.isVisible())
    return [label.text()[:20] for label in shown if label.height() < label.heightForWidth(label.width())]


def press(widget: QWidget, name: str) -> None:
    """Click the one button below a widget whose accessible name or text this is; AssertionError without it."""
    found = [b for b in children(widget, QAbstractButton) if name in (b.accessibleName(), b.text())]
    assert found, f"no button {name!r}"
    found[0].click()


def focus_by_keyboard(qtbot: QtBot, widget: QWidget) -> None:
    """Give a shown widget the focus as Tab would."""
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def type_key(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)
