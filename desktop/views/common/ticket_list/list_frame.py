"""Where the parts of the ticket list stand: head, chips, note, table, foot. Knows no question and no answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.common.layouts import row


def head_row(labels: Sequence[QWidget], search: QWidget, buttons: Sequence[QWidget]) -> QHBoxLayout:
    """What is listed and how many at the left, the search line, the buttons."""
    head = QHBoxLayout()
    head.setContentsMargins(16, 10, 8, 6)
    head.setSpacing(8)
    for label in labels:
        head.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
    head.addStretch(1)
    head.addWidget(search, 2)
    for button in buttons:
        head.addWidget(button)
    return head


def foot_row(quiet: Sequence[QWidget], told: QWidget, progress: QWidget) -> QHBoxLayout:
    """Which rows are seen and chosen, what was just done, what is under way."""
    foot = row(*quiet, gap=12, margins=(16, 4, 12, 6))
    foot.addWidget(told, 1)
    foot.addStretch(1)
    foot.addWidget(progress)
    return foot


def stack(
    pane: QWidget,
    head: QHBoxLayout,
    chips: QWidget,
    between: Sequence[QWidget],
    table: QWidget,
    foot: QHBoxLayout,
) -> None:
    """From the top down; the table takes what is left."""
    whole = QVBoxLayout(pane)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(head)
    whole.addLayout(row(chips, gap=0, margins=(16, 0, 8, 8)))
    for widget in between:
        whole.addWidget(widget)
    whole.addWidget(table, 1)
    whole.addLayout(foot)
