"""What the register of findings can be asked: groups by whose turn it is, and what narrows them, as SQL.

Good practice has a short life: commended, it is closed. Which codes are good practice the city's rules say.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, Literal, get_args

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, func, not_, or_

from desktop.models.domain.entities import FindingState, Severity
from desktop.models.domain.finding_rules import RESTING, RUNNING
from desktop.models.store.tables import finding_list, ticket_list

from .base import Reader

Group = Literal["all", "drafts", "open", "answered", "rectified", "closed"]
SortKey = Literal["number", "code", "severity", "ticket", "filed", "due"]
Standing = Literal["", "overdue", "due_soon", "running", "resting"]
"""How the time for the rectification stands: past, near, running at all, resting."""

GROUPS: Final[tuple[Group, ...]] = get_args(Group)
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)[1:]
AGES: Final = (7, 30, 90, 180)
"""Natural days since the filing, "older than", that can be asked for."""
STATES_OF: dict[Group, tuple[FindingState, ...]] = {
    "drafts": ("draft",),
    "open": ("filed", "acknowledged", "confirmed", "rectifying", "returned"),
    "answered": ("replied", "review_requested"),
    "rectified": ("rectified",),
    "closed": ("verified", "withdrawn"),
}
"""Whose turn it is: ours to file, the unit's, ours to decide, ours to check, nobody's."""

_f = finding_list.c


class FindingFilter(Struct, frozen=True, kw_only=True):
    """One question to the register. Empty tuples, "" and 0 do not filter; ``sort`` None is newest first."""

    group: Group = "all"
    unit_ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    states: tuple[FindingState, ...] = ()
    standing: Standing = ""
    older_than: int = 0
    """Natural days since it was filed."""
    text: str = ""
    sort: SortKey | None = None
    descending: bool = False

    @property
    def narrowed(self) -> bool:
        """True when more than the group decides what is listed."""
        lists = (self.unit_ids, self.codes, self.severities, self.states)
        return any(lists) or bool(self.standing or self.older_than or self.text.strip())

    @property
    def of_filed(self) -> bool:
        """True where it asks for what a form that was only begun has not."""
        return bool(self.states or self.standing or self.older_than)


def good_codes(r: Reader) -> list[str]:
    """The codes of good practice."""
    return [code.code for code in r.profile.finding_codes if code.good]


def commended(r: Reader) -> ColumnElement[bool]:
    """Good practice whose short life is over."""
    return and_(_f.state == "confirmed", _f.code.in_(good_codes(r)))


def group_of(r: Reader) -> ColumnElement[str]:
    """The group of a finding, as a column."""
    of = {state: group for group, states in STATES_OF.items() for state in states}
    return case((commended(r), "closed"), else_=case(of, value=_f.state, else_="open"))


def in_group(r: Reader, group: Group) -> ColumnElement[bool] | None:
    """Whether a finding belongs to a group; None for all."""
    states = STATES_OF.get(group)
    if states is None:
        return None
    if group == "closed":
        return or_(_f.state.in_(states), commended(r))
    return and_(_f.state.in_(states), not_(commended(r))) if group == "open" else _f.state.in_(states)


def narrowing(r: Reader, wanted: FindingFilter) -> list[ColumnElement[bool]]:
    """What a filter asks beside the group."""
    parts: list[ColumnElement[bool]] = []
    for column, values in (
        (_f.unit_id, wanted.unit_ids),
        (_f.code, wanted.codes),
        (_f.severity, wanted.severities),
        (_f.state, wanted.states),
    ):
        if values:
            parts.append(column.in_(values))
    if wanted.older_than:
        parts.append(_f.filed_at <= int((r.now - timedelta(days=wanted.older_than)).timestamp()))
    if wanted.standing:
        parts.append(_stands(r, wanted.standing))
    for word in wanted.text.split()[:8]:
        like = f"%{escaped(word[:100])}%"
        columns = (_f.number, ticket_list.c.number, ticket_list.c.title)
        parts.append(or_(*(column.like(like, escape="\\") for column in columns)))
    return parts


def order_of(wanted: FindingFilter) -> list[ColumnElement[Any]]:
    """In which order; what has no value comes last."""
    newest = func.coalesce(_f.filed_at, _f.created_at).desc()
    if wanted.sort is None:
        return [newest, _f.id]
    by: ColumnElement[Any] = {
        "number": _f.number,
        "code": _f.code,
        "severity": case({"notice": 0, "ordinary": 1, "serious": 2, "critical": 3}, value=_f.severity),
        "ticket": ticket_list.c.number,
        "filed": _f.filed_at,
        "due": _f.rectify_due_at,
    }[wanted.sort]
    return [by.is_(None), by.desc() if wanted.descending else by.asc(), newest, _f.id]


def escaped(text: str) -> str:
    """A text as LIKE takes it, with "\\" as its escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _stands(r: Reader, standing: Standing) -> ColumnElement[bool]:
    timed = and_(_f.rectify_due_at.is_not(None), not_(_f.code.in_(good_codes(r))))
    if standing == "resting":
        return and_(timed, _f.state.in_(RESTING))
    runs = and_(timed, _f.state.in_(RUNNING))
    now = int(r.now.timestamp())
    soon = int((r.now + timedelta(hours=r.profile.due_soon_hours)).timestamp())
    if standing == "overdue":
        return and_(runs, _f.rectify_due_at < now)
    if standing == "due_soon":
        return and_(runs, _f.rectify_due_at.between(now, soon))
    return runs
