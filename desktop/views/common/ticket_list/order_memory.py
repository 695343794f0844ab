"""The order a person chose for each queue, kept with the widths of the columns; a queue's own order is not a choice.

Must not sort anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.common import column_memory

if TYPE_CHECKING:
    from desktop.services.queries.filters import Queue, SortKey

_KEY = "tickets-order"
Order = tuple["SortKey | None", bool]
OWN: Order = (None, False)


class OrderMemory:
    """Reads what was kept when it is made, and writes at each choice."""

    def __init__(self) -> None:
        self._kept = {queue: order for queue, order in column_memory.recall(_KEY).items() if _is_order(order)}

    def of(self, queue: Queue) -> Order:
        """(sort, descending) as a `TicketFilter` takes them."""
        from .columns import sort_key

        kept = self._kept.get(queue)
        if not isinstance(kept, list):
            return OWN
        key = sort_key(str(kept[0]))
        return (key, bool(kept[1])) if key is not None else OWN

    def choose(self, queue: Queue, key: SortKey | None, descending: bool) -> Order:
        """Keep a choice; what is the queue's own order already is its own order again."""
        from desktop.services.queries.filters import TicketFilter, order_of

        own = key is None or (key, descending) == order_of(TicketFilter(queue=queue))
        self._kept.pop(queue, None)
        if not own:
            self._kept[queue] = [key, descending]
        column_memory.keep(_KEY, self._kept)
        return OWN if own else (key, descending)


def _is_order(kept: object) -> bool:
    return isinstance(kept, list) and len(kept) == 2
