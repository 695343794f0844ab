"""The views a person has: their own in their own order, then those that colleagues share; and a view as a question."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select

from desktop.models.domain.entities import ListQuestion, View
from desktop.models.domain.privacy import is_superior, viewer_of
from desktop.models.store.tables import projection

from .base import Reader
from .filters import TicketFilter

_VIEWS = select(projection.c.data).where(projection.c.type == "view", projection.c.ticket_id == "")
_SHORTCUTS = range(1, 10)


class SavedView(Struct, frozen=True, kw_only=True):
    """``mine`` = its author's; ``may_change`` = its author, or a superior where it is shared. ``shortcut`` 0 = none:
    a digit that two views ask for is the first one's.
    """

    view: View
    mine: bool
    may_change: bool
    shortcut: int


def saved_views(r: Reader) -> tuple[SavedView, ...]:
    """Every view that stands, one's own first, by place and name."""
    decode = msgspec.json.Decoder(View).decode
    views = [decode(row.data) for row in r.all(_VIEWS)]
    me = r.me.person_id
    views.sort(key=lambda v: (v.author_id != me, v.place, v.name, v.id))
    superior = is_superior(viewer_of(r.me))
    taken: set[int] = set()
    found = []
    for view in views:
        if view.removed:
            continue
        digit = view.shortcut if view.shortcut in _SHORTCUTS and view.shortcut not in taken else 0
        taken.add(digit)
        mine = view.author_id == me
        found.append(
            SavedView(view=view, mine=mine, may_change=mine or (view.shared and superior), shortcut=digit)
        )
    return tuple(found)


def question_of(wanted: TicketFilter) -> ListQuestion:
    """What a view keeps of a filter."""
    plain = msgspec.to_builtins(wanted)
    known = {name: plain[name] for name in ListQuestion.__struct_fields__}
    return msgspec.convert(known | {"sort": wanted.sort or ""}, ListQuestion)


def filter_of(view: View) -> TicketFilter:
    """The filter of a view; a code that this program does not know asks for nothing."""
    plain: dict[str, Any] = msgspec.to_builtins(view.question)
    plain |= {"sort": plain.get("sort") or None, "everywhere": view.whole_city}
    wanted = TicketFilter(queue="all")
    for name, value in plain.items():
        try:
            wanted = msgspec.convert(msgspec.to_builtins(wanted) | {name: value}, TicketFilter)
        except msgspec.ValidationError:
            continue
    return wanted
