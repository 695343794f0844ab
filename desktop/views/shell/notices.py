"""The bars above the page: what went wrong or waits, in words, with a button. Never modal, never stealing the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.views.common.bars import NoticeBar, NoticeKind

_MOST = 3


class Notices(QWidget):
    """At most three bars, the newest on top; one with the same key replaces its elder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: dict[str, NoticeBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 12, 0)
        self._column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def tell(
        self,
        key: str,
        text: str,
        kind: NoticeKind = "info",
        *,
        action: str = "",
        on: Callable[[], object] | None = None,
        dismissible: bool = True,
    ) -> None:
        """Show a bar until it is dismissed or :meth:`withdraw` is called."""
        self.withdraw(key)
        bar = NoticeBar(text, kind, self, dismissible=dismissible)
        bar.setObjectName(key)
        bar.dismissed.connect(self._dismissed)
        if action and on is not None:
            bar.add_action(action, on)
        self._bars[key] = bar
        self._column.insertWidget(0, bar)
        for oldest in list(self._bars)[:-_MOST]:
            self.withdraw(oldest)
        self._fit()

    def withdraw(self, key: str) -> None:
        """Take a bar away; nothing happens when it is not there."""
        bar = self._bars.pop(key, None)
        if bar is not None:
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self._fit()

    def stands(self, key: str) -> bool:
        """Whether a bar of this key is shown."""
        return key in self._bars

    def texts(self) -> list[str]:
        """What is shown, newest last."""
        return [bar.text() for bar in self._bars.values()]

    def _dismissed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.withdraw(sender.objectName())

    def _fit(self) -> None:
        self.setVisible(bool(self._bars))
        self._column.setContentsMargins(12, 4 if self._bars else 0, 12, 4 if self._bars else 0)
