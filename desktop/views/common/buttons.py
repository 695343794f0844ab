"""Buttons: one class with a key hint and a reason for being disabled, and the bar they stand in.

A button that cannot be pressed stays in its place, disabled, and says why in words: `set_reason("…")` disables it,
`set_reason("")` enables it again; an `ActionBar` writes the reasons of its buttons below them. Verbs as texts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.common import theme
from desktop.views.common.icons import icon_size, set_icon
from desktop.views.common.layouts import FlowLayout, discard
from desktop.views.common.text import PlainLabel, plain, set_plain_tooltip

ButtonKind = Literal["", "primary", "danger", "quiet", "link"]
_TEXT_LIMIT = 60


class Button(QPushButton):
    """A push button. `hint` is the key that does the same ("U", "Ctrl+Enter"), drawn quietly behind the text.

    Buttons take the focus by Tab alone, so that a click leaves it in the list and letters keep working.
    """

    reason_changed = Signal(str)

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = "",
        icon: str = "",
        hint: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self._reason = ""
        self.setText(text)
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            set_icon(
                self,
                icon,
                {"primary": "on_accent", "danger": "overdue", "link": "accent"}.get(kind, "secondary"),
            )
        if on is not None:
            self.clicked.connect(on)

    def setText(self, text: str) -> None:
        """Show the text literally; an ampersand is an ampersand."""
        cleaned = plain(text, _TEXT_LIMIT, single_line=True)
        self.setAccessibleName(cleaned)
        super().setText(cleaned.replace("&", "&&"))

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the rank: at most one "primary" on a screen."""
        theme.set_role(self, "kind", kind)

    def reason(self) -> str:
        """Why the button is disabled, "" when it is not."""
        return self._reason

    def set_reason(self, reason: str) -> None:
        """Disable the button for this reason, or enable it with ""."""
        if reason == self._reason:
            return
        self._reason = reason
        self.setEnabled(not reason)
        set_plain_tooltip(self, reason)
        self.setAccessibleDescription(plain(reason, single_line=True))
        self.reason_changed.emit(reason)

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        now = theme.current()
        return now.metrics("small").horizontalAdvance(self._hint) + now.px(8)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(
            hint.width() + self._hint_width() + (theme.current().px(4) if self._has_icon() else 0),
            hint.height(),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _has_icon(self) -> bool:
        return not self.icon().isNull()

    def _hint_role(self) -> str:
        """The colour of the key: legible on the ground the button has now."""
        if self.property("kind") == "primary" and self.isEnabled():
            return "on_accent"
        if self.isChecked():
            return "accent"
        return str(self.property("hintRole") or "faint")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._hint and not self._has_icon():
            super().paintEvent(event)
            return
        now = theme.current()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(self.rect())
        side = self.iconSize().width() if self._has_icon() else 0
        left = side + now.px(6) if side else 0
        text = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        # The text stands in the middle of what icon and hint leave; the margin outside them is the same on both sides.
        margin = max(2, (whole.width() - left - self._hint_width() - text) // 2)
        if side:
            # The style would draw icon and text closer together than it reckoned.
            state = QIcon.State.On if self.isChecked() else QIcon.State.Off
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            place = QRect(margin, (whole.height() - side) // 2, side, side)
            self.icon().paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode, state)
            option.icon = QIcon()  # type: ignore[attr-defined]
        option.rect = whole.adjusted(left, 0, -self._hint_width(), 0)  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self._hint:
            painter.setFont(now.font("small"))
            painter.setPen(now.color(self._hint_role()))
            place = whole.adjusted(0, 0, -margin, 0)
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._hint
            )


class IconButton(QToolButton):
    """A button of one icon; `name` is what a reader says and the tooltip shows, with the key if there is one."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_face(icon, name, hint)
        theme.bus().changed.connect(self._fit)
        self._fit()
        if on is not None:
            self.clicked.connect(on)

    def set_face(self, icon: str, name: str, hint: str = "") -> None:
        """Show another icon under another name."""
        set_icon(self, icon, "secondary")
        self.setAccessibleName(plain(name, _TEXT_LIMIT, single_line=True))
        set_plain_tooltip(self, f"{name}  {hint}" if hint else name)

    def _fit(self) -> None:
        side = theme.current().target
        self.setIconSize(icon_size())
        self.setFixedSize(side, side)


class ActionBar(QWidget):
    """A row of buttons that wraps, and below it one quiet line with the reasons of those that are disabled."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._flow = FlowLayout(gap=gap)
        self._why = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._why.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._flow)
        whole.addWidget(self._why)

    def add(
        self,
        text: str,
        on: Callable[[], object],
        *,
        kind: ButtonKind = "",
        icon: str = "",
        hint: str = "",
        keys: str = "",
    ) -> Button:
        """Append a button; `keys` ("U", "Ctrl+Return") also press it from anywhere in this bar's page."""
        made = Button(text, self, kind=kind, icon=icon, hint=hint or keys, on=on)
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(made.click)
        self.add_button(made)
        made.show()  # a bar already on the screen shows it only later, and its reason would not be told until then
        self._tell_why()
        return made

    def add_button(self, button: Button) -> None:
        """Append a button made elsewhere."""
        self._buttons.append(button)
        self._flow.addWidget(button)
        button.reason_changed.connect(self._tell_why)
        self._tell_why()

    def add_widget(self, widget: QWidget) -> None:
        """Append something that is not a button."""
        self._flow.addWidget(widget)

    def clear(self) -> None:
        """Take all buttons away, for others."""
        for button in self._buttons:
            self._flow.removeWidget(button)
            discard(button)
        self._buttons = []
        self._tell_why()

    def reasons(self) -> str:
        """The reasons shown, "" when every button can be pressed."""
        return self._why.text()

    def _tell_why(self) -> None:
        by_reason: dict[str, list[str]] = {}
        for button in self._buttons:
            if button.reason() and not button.isHidden():
                by_reason.setdefault(button.reason(), []).append(button.accessibleName())
        lines = []
        for reason, names in by_reason.items():
            joined = ", ".join(names)
            lines.append(self.tr("{actions}: {reason}").format(actions=joined, reason=reason))
        self._why.setText("\n".join(lines))
        self._why.setVisible(bool(lines))
