"""The scope predicate in SQL against ``may_see``, and the serializer's shortcut against ``present``.

If the two ever differ, somebody receives a row that the rules deny them, or never learns of one they answer for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from central.database import Database
from central.installation import open_database
from central.row_columns import columns_of, scope_columns
from central.scope_sql import visible
from central.serializer import ROW_COLUMNS, Presenter
from central.tables import NO_DUE, entity
from central.writer import store_unit_set
from desktop.models.domain.entities import TYPE_OF, Level, Role, Row, Ticket, encode_row, literals
from desktop.models.domain.privacy import Scope, Viewer, may_see, present, scope_of
from tests.support.builders import (
    make_attempt,
    make_finding,
    make_finding_reply,
    make_note,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
    make_visit,
    reference_rows,
)

UNITS = ("u-a", "u-b", "u-c")
PEOPLE = ("p-1", "p-2")

scopes = st.builds(
    Scope,
    audience=st.sampled_from(("everyone", "unit", "office", "author")),
    unit_id=st.sampled_from(("", *UNITS)),
    assist_unit_ids=st.sets(st.sampled_from(UNITS)).map(lambda units: tuple(sorted(units))),
    level=st.sampled_from(literals(Level)),
    recused=st.sampled_from(("", *UNITS)),
    author_id=st.sampled_from(("", *PEOPLE)),
    barred=st.sets(st.sampled_from(PEOPLE)).map(lambda people: tuple(sorted(people))),
)
viewers = st.builds(
    Viewer,
    person_id=st.sampled_from(PEOPLE),
    name=st.just("某人"),
    roles=st.frozensets(st.sampled_from(literals(Role)), min_size=1, max_size=3),
    unit_ids=st.frozensets(st.sampled_from(UNITS), max_size=2),
)


class _Undo(Exception):
    """Rolls a transaction back."""


@pytest.fixture
def database(fresh_database: str) -> Iterator[Database]:
    opened = open_database(fresh_database, random.Random(1))
    yield opened
    opened.close()


@given(rows=st.lists(scopes, min_size=1, max_size=12), viewer=viewers)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_predicate_in_sql_is_the_predicate(database: Database, rows: list[Scope], viewer: Viewer) -> None:
    expected = {str(i) for i, scope in enumerate(rows) if may_see(viewer, scope)}
    with suppress(_Undo), database.write() as tx:
        for i, scope in enumerate(rows):
            for members in (scope.assist_unit_ids, scope.barred):
                if members:
                    store_unit_set(tx.connection, members)
            tx.connection.execute(insert(entity).values(_row(str(i), scope)))
        seen = set(tx.connection.execute(select(entity.c.id).where(visible(viewer, entity))).scalars())
        assert seen == expected
        raise _Undo


def _row(entity_id: str, scope: Scope) -> dict[str, Any]:
    rest = {"version": 1, "last_edit": "", "ticket_id": "t", "rank": 2, "due_at": NO_DUE, "state": ""}
    rest |= {"contact_id": "", "hash_hi": 0, "hash_lo": 0, "source_hash": None, "data": b"{}"}
    return {"type": "ticket", "id": entity_id, "level": scope.level} | rest | scope_columns(scope)


def _family(ticket: Ticket) -> list[Row]:
    visit = make_visit(ticket, state="completed", note="说明", completed_by="李强")
    finding = make_finding(ticket)
    return [
        ticket,
        make_timeline_entry(ticket),
        make_urge(ticket),
        make_notice(ticket, state="issued"),
        visit,
        make_attempt(visit, note="邻居接听"),
        finding,
        make_finding_reply(finding),
        make_note(ticket),
        *reference_rows(),
    ]


@given(
    level=st.sampled_from(literals(Level)),
    against=st.sampled_from(({}, {"against_unit_id": "u-a"}, {"recused_person_ids": ("p-9",)})),
    viewer=viewers,
)
@settings(max_examples=200)
def test_rows_that_pass_as_bytes_are_those_no_mask_touches(
    level: Level, against: dict[str, Any], viewer: Viewer
) -> None:
    ticket = make_ticket(level=level, request_text="全文", care_flags=("独居",), **against)
    for row in _family(ticket):
        scope = scope_of(row, ticket)
        kind = TYPE_OF[type(row)]
        shown = present(row, scope, viewer)
        presenter = Presenter(viewer)
        if not presenter.may_need_mask(kind, scope.level, against=bool(scope.recused or scope.barred)):
            assert shown == row, kind
        columns = columns_of(row, ticket)
        stored: Any = SimpleNamespace(**{column.name: columns[column.name] for column in ROW_COLUMNS})
        assert presenter.data(stored) == encode_row(shown)
