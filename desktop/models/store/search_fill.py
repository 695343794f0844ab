"""Keeping the search index level with the store: one small step after another, in a thread that may wait.

The store says what is to be done: row ids above what was built are new, ``search_todo`` names the texts that changed
or went since. Both are read in one view of the store, and what was done is committed in the index alone, so a crash
between the two repeats a step and skips none. Must not run on the path of a commit: no page of a sync waits for it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from desktop.models.domain.search_text import FORM, search_text

from . import settings
from .engine import Store
from .mark import read_mark
from .projection import driver_cursor
from .replies import KEPT_REPLIES, tickets_after, write_replies
from .search_index import NAME, Reach, SearchIndex

TEXT_FORM = "search_text_form"
REPLIES_LEFT = "search_replies_left"
"""How many rows with answers of units are not in the texts yet; 0 = all are, nothing = nobody has looked."""

_TODO = 500
_NEW = 5_000
_FOLD = 500
_PUT_TEXT = (
    "INSERT INTO ticket_text (rid, text) VALUES (?, ?) "  # noqa: S608 - our own text
    f"ON CONFLICT (rid) DO UPDATE SET text = excluded.text || {KEPT_REPLIES} "
    f"WHERE text <> excluded.text || {KEPT_REPLIES}"
)
_PRUNE = 5_000


class Progress(NamedTuple):
    """About ``missing`` tickets of ``total`` are not in the index yet, reckoned by their row ids, as a count would take
    longer than the step; ``more`` says whether another step may find something to do."""

    missing: int
    total: int
    more: bool


class _Row(Struct):
    """Of a ticket's row, what it is found by; see ``domain.search_text.Searched``."""

    number: str
    title: str
    address: str = ""
    request_text: str = ""
    unit_answer: str = ""


_decode = msgspec.json.Decoder(_Row).decode


def index_of(store: Store, key: bytes) -> SearchIndex:
    """The index beside this store, under the store's key; not opened yet."""
    known = read_mark(store.path)
    return SearchIndex(store.path.with_name(NAME), key, known.salt if known is not None else "")


def prepare(store: Store, index: SearchIndex) -> None:
    """Open the index and see that it fits the store as it is; what was taken long ago is forgotten there.

    Raises ``StoreError``, ``OSError``, ``Unusable``.
    """
    index.open()
    if not index.usable:
        index.renew()
    reach = index.reach()
    with store.read() as connection:
        highest = _number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'search_todo'")
        newest = _number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'ticket_list'")
        kept = _number(connection, "SELECT count(*) FROM search_todo")
    if reach.taken > highest or reach.built > newest:
        index.renew()  # somebody put back an older copy of the store
    elif kept > _PRUNE:
        with store.write() as connection:
            connection.exec_driver_sql("DELETE FROM search_todo WHERE seq <= ?", (reach.taken,))


def fold_texts(store: Store, after: int) -> int | None:
    """Write the next texts of a store that an older program folded, from the row id ``after`` on; where to go on.

    None when every text is as this program folds it.
    """
    with store.read() as connection:
        if settings.get(connection, TEXT_FORM, int) == FORM:
            return None
        rows = connection.exec_driver_sql(
            "SELECT l.rid, p.data FROM ticket_list l CROSS JOIN projection p "
            "ON p.type = 'ticket' AND p.id = l.id WHERE l.rid > ? ORDER BY l.rid LIMIT ?",
            (after, _FOLD),
        ).fetchall()
    with store.write() as connection:
        if not rows:
            settings.put(connection, TEXT_FORM, FORM)
            return None
        for rid, _ in rows:  # read again inside the transaction: it may have changed or gone since
            _fold_one(connection, rid)
    return int(rows[-1][0])


def fold_replies(store: Store, at: tuple[str, str] = ("", "")) -> tuple[str, str] | None:
    """Write the next answers of units into the texts of a store of an older program, which left them out; where to go
    on, from the beginning without ``at``. None when all are there."""
    with store.read() as connection:
        if settings.get(connection, REPLIES_LEFT, int) == 0:
            return None
    with store.write() as connection:
        cursor = driver_cursor(connection)
        try:
            ticket_ids, last, left = tickets_after(cursor, at, _FOLD)
            if ticket_ids:
                write_replies(cursor, ticket_ids, ticket_ids)
        finally:
            cursor.close()
        settings.put(connection, REPLIES_LEFT, left)
    return last


def step(store: Store, index: SearchIndex) -> Progress:
    """Take the next changes and new tickets into the index. Raises :class:`Unusable`, and what the store raises."""
    reach = index.reach()
    with store.read() as connection:
        run = connection.exec_driver_sql
        todo = run(
            "SELECT s.seq, s.rid, t.text FROM search_todo s LEFT JOIN ticket_text t ON t.rid = s.rid "
            "WHERE s.seq > ? ORDER BY s.seq LIMIT ?",
            (reach.taken, _TODO),
        ).fetchall()
        new = (
            []
            if len(todo) == _TODO
            else run(
                "SELECT rid, text FROM ticket_text WHERE rid > ? ORDER BY rid LIMIT ?", (reach.built, _NEW)
            ).fetchall()
        )
        newest = _number(connection, "SELECT max(rid) FROM ticket_text")
    if not todo and not new:
        return Progress(0, newest, more=False)
    # A changed text above what was built is met when its turn comes; a row may be named by several changes.
    texts = {rid: text for _, rid, text in todo if rid <= reach.built}
    texts |= dict(new)
    index.put(
        sorted(texts.items()),
        Reach(new[-1][0] if new else reach.built, todo[-1][0] if todo else reach.taken),
    )
    return Progress(max(0, newest - (new[-1][0] if new else reach.built)), newest, more=True)


def _fold_one(connection: Any, rid: int) -> None:
    found = connection.exec_driver_sql(
        "SELECT p.data FROM ticket_list l CROSS JOIN projection p "
        "ON p.type = 'ticket' AND p.id = l.id WHERE l.rid = ?",
        (rid,),
    ).scalar()
    if found is None:
        return
    connection.exec_driver_sql(
        _PUT_TEXT,
        (rid, search_text(_decode(found))),
    )


def _number(connection: Any, statement: str, *values: int) -> int:
    return int(connection.exec_driver_sql(statement, values).scalar() or 0)
