"""Facts of a card, each under its caption: plain text that can be selected, and nothing for what is not known."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout

from desktop.views.common.text import PlainLabel

#: An answer or a reason may be long, but not without end.
_MOST = 20_000


class FactList(QVBoxLayout):
    """Captions and texts, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(4)

    def tell(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show these (caption, text) in place of those before; one without text is left out."""
        while self.count():
            old = self.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for caption, text in facts:
            if text:
                self.addWidget(PlainLabel(caption, kind="small", tone="secondary"))
                self.addWidget(PlainLabel(text, wrap=True, selectable=True, limit=_MOST))
