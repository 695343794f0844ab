"""One query for a visit and what has been entered for it, so that a screen never shows the one without the other."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.services.commands.return_visits import VisitForm, form_key
from desktop.services.queries.base import Reader
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.visits import VisitInHand, visits_in_hand

Found = tuple[VisitInHand, VisitForm]


def with_forms(r: Reader, visit_ids: Sequence[str]) -> tuple[Found, ...]:
    """Visits with their forms (empty ones where nothing was entered), those in the store, in the order given."""
    return tuple(
        (one, draft_form(r, form_key(one.visit.id), VisitForm) or VisitForm())
        for one in visits_in_hand(r, visit_ids)
    )
