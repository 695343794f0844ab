"""The item-data roles shared by item models (which fill them) and the row painter (which draws them).

Plain ints on purpose: comparing `Qt.ItemDataRole` members costs three times a whole cell, and a list paints
some hundred cells a frame. This file must not import Qt widgets, nor know what any column means.

A model for `ListTable` answers through `data()` as always. If it also has the method

    def cell(self, row: int, column: int, role: int) -> object

the painter calls that directly and spares a QModelIndex and two QVariants a cell; `data()` is then best written as
`return self.cell(index.row(), index.column(), role)`.

`None` for DISPLAY means "not here yet": the cell is drawn as a skeleton bar. An empty text is `""`.
"""

from __future__ import annotations

from typing import Final

#: `str`: the text of the cell; `None` while the row is still being fetched (Qt.DisplayRole).
DISPLAY: Final = 0
#: `str`: plain text for the tooltip, escaped and bounded by the view (Qt.ToolTipRole).
TOOLTIP: Final = 3
#: `str`: what a screen reader says for the cell, where the text alone is not enough (Qt.AccessibleTextRole).
ACCESSIBLE: Final = 11

#: `str`: the stable id of the row; selection survives a refresh by it. The same in every column.
ROW_ID: Final = 257
#: `str`: a quieter text behind the first ("11-18 17:30" before the relative time, a unit's district).
SECONDARY: Final = 258
#: `str`: one of the light names ("overdue", "due_soon", "normal", "paused", "provisional", "pending") that colours
#: a mark, a pill or a due text; "" for none.
LIGHT: Final = 259
#: `bool`: the row carries work which has not reached the server yet: the arrow-up is drawn before the text.
PENDING: Final = 260
#: `bool`: draw the text semibold (asked of me and not yet opened).
EMPHASIS: Final = 261
#: `tuple[tuple[str, str], ...]`: (light name, word) pills drawn behind the text, at most three.
PILLS: Final = 262
#: `str`: the name of an icon drawn before the text ("phone", "flag"); "" for none.
ICON: Final = 263
#: `bool`: whether the tick box of the row is ticked.
CHECKED: Final = 264
#: `str`: who else has the row open now, drawn at the right end of the text; None for nobody.
BESIDE: Final = 266
#: `tuple[tuple[int, int], ...]`: where in the text a search hit stands: (begin, end) in its letters, marked when drawn.
HITS: Final = 265
