"""The first rows of a start, read by the raw driver before SQLAlchemy is there: a page of one queue, and its names.

The only module beside ``driver`` that speaks SQL to the store's tables without ``tables``. It reads a store that was
closed in order, under its own key and of today's schema, and says nothing of any other: where anything is odd it
answers None, and the ordinary way finds out what it is. It changes nothing on the disk, not even a side file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from msgspec import Struct

from desktop.models.domain.absence import Absence
from desktop.models.domain.entities import Category, Person, Place, Unit
from desktop.models.domain.ladder_rules import height, may_sign_reports, signable
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me

from . import driver, mark, setting_keys

T = TypeVar("T")

_STEPS_AT_MOST = 4_000_000
"""Steps of the database's machine, some tenths of a second: a queue that needs more comes by the ordinary way."""

_STEPS_A_LOOK = 10_000
_DEPTH = 6
_DUE = "due_at IS NULL, due_at, number, rid"
LATE_RECTIFICATIONS = """
SELECT f.ticket_id FROM finding_list f
WHERE f.state IN ('filed', 'acknowledged', 'confirmed', 'rectifying', 'returned') AND f.rectify_due_at < :now
  AND f.rectify_due_at > coalesce((
    SELECT max(n.issued_at) FROM notice_list n
    WHERE n.ticket_id = f.ticket_id AND n.state IN ('issued', 'replied')), -1)
GROUP BY f.ticket_id HAVING :rectifications > 0 AND count(*) >= :rectifications
"""
"""Cases with findings that were not put right in time, since their last act of supervision; one text for all readers.

Of each case its id; ``finding_rules.is_overdue`` says the same of a row. Binds ``now`` in seconds and
``rectifications``, how many propose a step."""
_OF_JSON = "(SELECT value FROM json_each(:{}))"
_PROPOSED = (
    "acting = 0 AND matter_id = '' AND rung < :top AND (id IN (SELECT p.id FROM ticket_list p "  # noqa: S608 - our own text
    "WHERE (p.unanswered > 0 OR p.dissatisfied = 1) AND ((:urges > 0 AND p.unanswered >= :urges) "
    "OR (:reworks > 0 AND p.dissatisfied = 1 AND p.rework >= :reworks))) "
    f"OR id IN ({LATE_RECTIFICATIONS}))"
)
_BELOW = (
    "WITH RECURSIVE below (id) AS (SELECT value FROM json_each(:emergencies) "
    "UNION SELECT p.id FROM projection p JOIN below b ON CAST(p.data AS TEXT) ->> '$.parent_id' = b.id "
    "WHERE p.type = 'category') SELECT id FROM below"
)
_EMERGENCY = f"open = 1 AND urgency <> 'normal' AND (urgency = 'emergency' OR category_id IN ({_BELOW}))"
_NOTICES = "id IN (SELECT ticket_id FROM notice_list WHERE "
_TO_SIGN = (
    f"({_NOTICES}state = 'submitted' AND author_id <> :me AND rung IN {_OF_JSON.format('signs')}) "  # noqa: S608 - ours
    "OR (:reports = 1 AND id IN (SELECT ticket_id FROM urgent_report_list "
    "WHERE state = 'submitted' AND author_id <> :me)))"
)

# What `services.queries.filters` builds for these queues; a test holds the two against each other.
_QUEUES: dict[str, tuple[str, str]] = {
    "overdue": ("open = 1 AND paused = 0 AND due_at < :now", "due_at, number, rid"),
    "due_today": ("open = 1 AND paused = 0 AND due_at >= :now AND due_at < :midnight", "due_at, number, rid"),
    "due_soon": ("open = 1 AND paused = 0 AND due_at >= :now AND due_at <= :soon", "due_at, number, rid"),
    "emergency": (_EMERGENCY, _DUE),
    "escalated": ("escalated = 1 AND open = 1", _DUE),
    "rework": ("open = 1 AND rework > 0", _DUE),
    "repeated": ("open = 1 AND repeats > 0", _DUE),
    "supervised": (_NOTICES + "state IN ('draft', 'submitted', 'returned', 'issued'))", _DUE),
    "approval": (_TO_SIGN, _DUE),
    "proposed": (_PROPOSED, _DUE),
    "waiting_unit": ("asked_at IS NOT NULL", _DUE),
    "answered": ("answered_at IS NOT NULL", "answered_at DESC, number DESC, rid DESC"),
    "promise_late": ("open = 1 AND promised_at < :now", "promised_at, number, rid"),
    "provisional": ("open = 1 AND provisional = 1", _DUE),
    "open": ("open = 1", _DUE),
    "all": ("rid > 0", "received_at DESC, number DESC, rid DESC"),
}
_ANYWHERE = frozenset({"approval"})
_UNITS = "SELECT data FROM projection WHERE type = 'unit'"


class FirstRows(Struct, frozen=True, kw_only=True):
    """``rows`` are the first of ``count`` lines of the list table, its columns as attributes, in display order.

    ``now`` is office time; the reference rows are those that the rows name, with all above them. ``absence`` is how
    long the desk had been alone when it was last looked at, as it was written down.
    """

    me: Me
    profile: RuleProfile
    absence: Absence
    now: datetime
    count: int
    rows: tuple[Any, ...]
    units: dict[str, Unit]
    categories: dict[str, Category]
    places: dict[str, Place]
    persons: dict[str, Person]


class _Odd(Exception):
    """Something is not as it should be; whoever opens the store in earnest finds out what."""


def may_be_read(path: Path) -> bool:
    """Whether the store at ``path`` was closed in order and nothing is under way with it. Reads two small files."""
    if mark.last_ending(path) != "clean":
        return False
    return not any(driver.side_file(path, suffix).exists() for suffix in ("-wal", ".recovery", ".passphrase"))


def read_first_rows(
    path: Path, key: bytes, queue: str, *, at: datetime, limit: int, whole_city: bool = True
) -> FirstRows | None:
    """The first ``limit`` rows of a queue at ``at`` (real time, aware); None where anything is odd. Blocks.

    Unless ``whole_city``, of the units that the person looks after, where there are any.

    None also for a person who has no such queue, before a first sync, and while there is a report to be read of what
    was saved from a damaged store.
    """
    known = mark.read_mark(path)
    if not may_be_read(path) or known is None or not known.proves(key) or queue not in _QUEUES:
        return None
    try:
        with closing(_connect(path, key)) as connection:
            return _read(connection, queue, at, limit, whole_city)
    except (_Odd, sqlcipher.Error, msgspec.MsgspecError, OSError):
        return None


def _connect(path: Path, key: bytes) -> Any:
    """The file alone, as it was closed: no lock is taken and no log is made. The caller has the profile to itself."""
    uri = f"{path.absolute().as_uri()}?immutable=1"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    driver.unlock(connection, key)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _read(connection: Any, queue: str, at: datetime, limit: int, whole_city: bool) -> FirstRows:
    if connection.execute("PRAGMA user_version").fetchone() != (driver.SCHEMA_VERSION,):
        raise _Odd
    connection.set_progress_handler(_budget(_STEPS_AT_MOST // _STEPS_A_LOOK), _STEPS_A_LOOK)
    kept = dict(connection.execute("SELECT key, value FROM setting"))
    if setting_keys.CURSOR not in kept or setting_keys.RECOVERY in kept:
        raise _Odd
    me = _value(kept, setting_keys.ME, Me)
    profile = _value(kept, setting_keys.PROFILE, RuleProfile)
    if queue == "approval" and not (signable(profile.ladder, me.roles) or may_sign_reports(me.roles)):
        raise _Odd
    offset = msgspec.json.decode(kept.get(setting_keys.CLOCK_OFFSET_S, b"0"), type=float)
    now = profile.local(at + timedelta(seconds=offset))
    area = () if whole_city or queue in _ANYWHERE else _area(connection, me)
    count, rows = _rows(connection, queue, now, me, profile, limit, area)
    categories = _with_above(connection, "category", Category, (row.category_id for row in rows))
    places = _with_above(connection, "place", Place, (row.place_id for row in rows))
    return FirstRows(
        me=me,
        profile=profile,
        absence=_value(kept, setting_keys.ABSENCE, Absence),
        now=now,
        count=count,
        rows=rows,
        units=_by_id(connection, "unit", Unit, {row.unit_id for row in rows}),
        categories=categories,
        places=places,
        persons=_by_id(connection, "person", Person, {row.officer_id for row in rows}),
    )


def _area(connection: Any, me: Me) -> tuple[str, ...]:
    """The units that the person looks after, with all below them; () for none."""
    person = _by_id(connection, "person", Person, {me.person_id}).get(me.person_id)
    found = set(person.assigned_unit_ids) if person is not None else set()
    if found:
        decode = msgspec.json.Decoder(Unit).decode
        units = [decode(data) for (data,) in connection.execute(_UNITS)]
        for _ in range(_DEPTH):
            found |= {unit.id for unit in units if unit.parent_id in found}
    return tuple(sorted(found))


def _rows(
    connection: Any,
    queue: str,
    now: datetime,
    me: Me,
    profile: RuleProfile,
    limit: int,
    area: tuple[str, ...],
) -> tuple[int, tuple[Any, ...]]:
    ladder = profile.ladder
    where, order = _QUEUES[queue]
    if area:
        where = f"({where}) AND unit_id IN (SELECT value FROM json_each(:area))"  # noqa: S608 - our own text
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    bound = {
        "now": now.timestamp(),
        "midnight": midnight.timestamp(),
        "me": me.person_id,
        "reports": int(may_sign_reports(me.roles)),
        "soon": (now + timedelta(hours=profile.due_soon_hours)).timestamp(),
        "signs": msgspec.json.encode(signable(ladder, me.roles)).decode(),
        "top": max((height(each.rung) for each in ladder.rungs), default=0),
        "urges": ladder.unanswered_urges,
        "reworks": ladder.dissatisfied_reworks,
        "rectifications": ladder.overdue_rectifications,
        "emergencies": msgspec.json.encode(profile.emergency_categories).decode(),
        "limit": limit,
    }
    bound |= {"area": msgspec.json.encode(area).decode()} if area else {}
    # Both texts are of this module; everything else is bound.
    (count,) = connection.execute(f"SELECT count(*) FROM ticket_list WHERE {where}", bound).fetchone()  # noqa: S608
    found = connection.execute(
        f"SELECT * FROM ticket_list WHERE rid IN (SELECT rid FROM ticket_list WHERE {where}"  # noqa: S608
        f" ORDER BY {order} LIMIT :limit) ORDER BY {order}",
        bound,
    )
    names = [column[0] for column in found.description]
    return count, tuple(SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found)


def _with_above(connection: Any, entity_type: str, kind: type[T], ids: Iterable[str]) -> dict[str, T]:
    """The reference rows of these ids and everything above them, by id."""
    found: dict[str, T] = {}
    wanted = set(ids)
    for _ in range(_DEPTH):
        more = _by_id(connection, entity_type, kind, wanted - found.keys())
        found |= more
        wanted = {str(getattr(row, "parent_id", "")) for row in more.values()}
        if not wanted - found.keys() - {""}:
            break
    return found


def _by_id(connection: Any, entity_type: str, kind: type[T], ids: set[str]) -> dict[str, T]:
    decode = msgspec.json.Decoder(kind).decode
    rows = connection.execute(
        "SELECT id, data FROM projection WHERE type = ? AND id IN (SELECT value FROM json_each(?))",
        (entity_type, msgspec.json.encode(sorted(ids - {""})).decode()),
    )
    return {row_id: decode(data) for row_id, data in rows}


def _value(kept: dict[str, bytes], key: str, kind: type[T]) -> T:
    if key not in kept:
        raise _Odd
    return msgspec.json.decode(kept[key], type=kind)


def _budget(looks: int) -> Callable[[], int]:
    """Breaks a statement off at its so many thousandth step: counted, so that no clock is needed."""
    left = looks

    def spend() -> int:
        nonlocal left
        left -= 1
        return int(left < 0)

    return spend
