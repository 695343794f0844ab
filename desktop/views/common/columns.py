"""What a column of a list is: its stable key, its title, how its cells are drawn. Plain values; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: text: DISPLAY alone. rich: DISPLAY with ICON, PENDING, PILLS, EMPHASIS and SECONDARY behind it. secondary: quieter.
#: mark: the shape of LIGHT (give its word as DISPLAY all the same: readers and exports take that). pill: LIGHT and
#: DISPLAY as its word. number: right-aligned figures. due: DISPLAY (relative) in the colour of LIGHT, then SECONDARY
#: (absolute). icon: ICON alone. check: a tick box of CHECKED.
CellKind = Literal["text", "rich", "secondary", "mark", "pill", "number", "due", "icon", "check"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in the order of the model's columns. `width` and `min_width` are pixels at 100 %."""

    key: str
    title: str
    kind: CellKind = "text"
    width: int = 120
    min_width: int = 48
    #: Takes what width is left; at most one column of a list.
    stretch: bool = False
    sortable: bool = True
    #: Not shown until the person asks for it.
    hidden: bool = False
    #: Cannot be hidden.
    required: bool = False

    @property
    def right(self) -> bool:
        """Whether cells and title stand at the right edge."""
        return self.kind == "number"
