"""Keys of one letter on a page that also has forms: what is written there must not press them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.supervision.case_pane import CasePane


class UnlessWriting:
    """A letter's command, which rests while a form about the case is open."""

    def __init__(self, case: CasePane, do: Callable[[], object]) -> None:
        self._case = case
        self._do = do

    def __call__(self) -> None:
        if self._case.open_form() is None:
            self._do()
