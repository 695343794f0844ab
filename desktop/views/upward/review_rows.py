"""The lines of the two queues of reviews: their columns, and what stands in the cells. Runs in the reading lane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.items import roles
from desktop.models.items.frozen import FrozenRow
from desktop.services.queries.base import Reader
from desktop.services.queries.reviews import Review, ReviewQueue, reviews
from desktop.views.common import case_words
from desktop.views.common.columns import Column


def review_columns() -> tuple[Column, ...]:
    """The columns in the model's order."""
    when = QCoreApplication.translate("ReviewRows", "Asked in time")
    matter = QCoreApplication.translate("ReviewRows", "Matter")
    unit = QCoreApplication.translate("ReviewRows", "Unit")
    wanted = QCoreApplication.translate("ReviewRows", "Applied for")
    asked = QCoreApplication.translate("ReviewRows", "Asked")
    number = QCoreApplication.translate("ReviewRows", "Ticket")
    return (
        Column("light", when, "mark", 28, sortable=False, required=True),
        Column("matter", matter, "rich", 260, 140, stretch=True, sortable=False, required=True),
        Column("unit", unit, "secondary", 100, 80, sortable=False),
        Column("wanted", wanted, "text", 172, 110, sortable=False, required=True),
        Column("asked", asked, "secondary", 92, 80, sortable=False),
        Column("number", number, "secondary", 124, 96, sortable=False, hidden=True),
    )


def review_lines(r: Reader, queue: ReviewQueue) -> tuple[FrozenRow, ...]:
    """A queue, ready to be drawn."""
    return tuple(_line(r, review) for review in reviews(r, queue))


def wanted_words(r: Reader, review: Review) -> str:
    """ "3 working days, to 05-22" or the unit that a returned case belongs to."""
    asked = review.application
    if asked.matter == "return":
        unit = r.reference.unit_name(asked.to_unit_id)
        return unit or QCoreApplication.translate("ReviewRows", "to another unit")
    days = QCoreApplication.translate("ReviewRows", "+{days} working days, to {until}")
    until = r.profile.local(asked.new_due_at) if asked.new_due_at is not None else None
    return days.format(days=asked.days, until=f"{until:%m-%d}" if until else "")


def in_time_words(review: Review) -> str:
    """Whether the limit had run out when it was asked for."""
    if review.in_time:
        return QCoreApplication.translate("ReviewRows", "Asked before the limit ran out")
    return QCoreApplication.translate("ReviewRows", "Asked after the limit had run out")


def _mark(review: Review) -> str:
    """A return has no limit that could have run out."""
    if review.application.old_due_at is None:
        return ""
    return "normal" if review.in_time else "overdue"


def _line(r: Reader, review: Review) -> FrozenRow:
    asked, wanted = review.application, wanted_words(r, review)
    when = case_words.moment(r.profile, asked.asked_at, r.now)
    spoken = ", ".join((review.title, review.unit, wanted, in_time_words(review)))
    cells: tuple[dict[int, object], ...] = (
        {
            roles.DISPLAY: in_time_words(review) if asked.old_due_at else "",
            roles.LIGHT: _mark(review),
            roles.TOOLTIP: in_time_words(review) if asked.old_due_at else "",
        },
        {
            roles.DISPLAY: review.title,
            roles.PENDING: review.pending,
            roles.EMPHASIS: not review.in_time,
            roles.TOOLTIP: asked.reason,
            roles.ACCESSIBLE: spoken,
        },
        {roles.DISPLAY: review.unit},
        {roles.DISPLAY: wanted, roles.TOOLTIP: wanted},
        {roles.DISPLAY: when},
        {roles.DISPLAY: review.number},
    )
    return asked.id, cells
