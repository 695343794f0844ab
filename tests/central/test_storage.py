"""The database: its schema, its bulk loads, and several processes at once."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from central import dialects
from central.accounts import Accounts
from central.database import Database
from central.installation import installation_of, open_database
from central.loader import Contact, LoadCount, Loader
from central.row_columns import source_hash_of, told_anew
from central.schema import NewerDatabase
from central.tables import change, contact, entity, metadata, revision
from central.tokens import register_device
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Notice, Person, Ticket
from desktop.models.domain.operations import FieldChange
from tests.support.builders import make_note, make_notice, make_ticket, make_timeline_entry
from tests.support.central_office import REAL, Office


@pytest.fixture
def database(fresh_database: str) -> Any:
    opened = open_database(fresh_database, random.Random(1))
    yield opened
    opened.close()


def test_the_migrations_make_the_schema_the_code_means(database: Database) -> None:
    with database.read() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(found, metadata) == []


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    """An older server that wrote into it would destroy what it does not know."""
    path = tmp_path / "central.db"
    open_database(str(path), random.Random(1)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(NewerDatabase):
        open_database(str(path), random.Random(1))


def test_the_installation_is_made_once(fresh_database: str) -> None:
    found = []
    for seed in (1, 2):
        database = open_database(fresh_database, random.Random(seed))
        with database.read() as connection:
            found.append(installation_of(connection))
        database.close()
    assert found[0] == found[1]


def test_unsupported_databases_are_refused() -> None:
    for url in ("mysql://host/db", "sqlite://"):
        with pytest.raises(ValueError, match=r"support|file"):
            dialects.parse_url(url)
    assert dialects.parse_url("postgresql://host/db").drivername == "postgresql+psycopg"


def test_loading_twice_changes_nothing_and_a_change_is_one_version(database: Database) -> None:
    ticket = make_ticket(assist_unit_ids=("u-a", "u-b"))
    entry = make_timeline_entry(ticket)
    person = Contact(ticket.contact_id, "张三", "138 0013 8000", True)
    loader = Loader(database, clock=ManualClock(REAL))
    assert loader.load([entry, ticket], [person], [(ticket.id, "全文")]) == LoadCount(inserted=2)
    assert loader.load([ticket, entry], [person]) == LoadCount(unchanged=2)
    changed = msgspec.structs.replace(ticket, title="改")
    assert loader.load([changed, entry]) == LoadCount(changed=1, unchanged=1)
    with database.read() as connection:
        versions = dict(connection.execute(select(entity.c.type, entity.c.version)).all())
        assert versions == {"ticket": 2, "timeline_entry": 1}
        phone_key = connection.execute(select(contact.c.phone_key)).scalar_one()
        assert phone_key == installation_of(connection).phone_key("+86 13800138000")


def test_a_load_does_not_undo_the_office(office: Office) -> None:
    """An import of the next day must not forget that a case is supervised."""
    ticket, other = make_ticket(), make_ticket()
    notice = make_notice(other)
    office.load(ticket, other, notice)
    officer, chief = office.hand("officer"), office.hand("chief")
    payload = {"ticket_id": ticket.id, "unit_id": "u-roads", "ground": "逾期", "requirement": "报告"}
    create = officer.op("notice.create", payload)
    submit = officer.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
    officer.push(create, submit)
    chief.does("notice.approve", entity_id=create.entity_id, base=2)
    officer.does("notice.submit", entity_id=notice.id, base=1)
    office.load(msgspec.structs.replace(ticket, title="改"), msgspec.structs.replace(notice, ground="源"))
    rows = officer.rows()
    loaded, kept = rows["ticket", ticket.id], rows["notice", notice.id]
    assert isinstance(loaded, Ticket)
    assert isinstance(kept, Notice)
    assert (loaded.title, loaded.supervised) == ("改", True)
    assert (kept.state, kept.ground) == ("submitted", "逾期未办结")


def test_a_new_field_is_no_reason_to_undo_the_office() -> None:
    """Fingerprints of an earlier version are shorter; a load after an upgrade must not tell every field anew."""
    plain = make_ticket()
    before = source_hash_of(plain)[: -2 * 4]  # as it was before the last two fields joined
    assert told_anew(plain, before) == {}
    named = msgspec.structs.replace(plain, title="改", against_person_ids=("p-1",))
    assert told_anew(named, before) == {"title": "改", "against_person_ids": ("p-1",)}


def test_once_a_desktop_is_known_loads_are_logged_in_small_commits(office: Office) -> None:
    """A desktop that pulls during an import sees whole cases, page by page."""
    hand = office.hand("officer")
    hand.snapshot()
    families = []
    for _ in range(300):
        ticket = make_ticket()
        families += [ticket, make_timeline_entry(ticket), make_note(ticket)]
    office.load(*families)
    with office.database.read() as connection:
        commits = connection.execute(
            select(change.c.tx, func.count(), func.count(change.c.ticket_id.distinct()))
            .where(change.c.ticket_id != "")
            .group_by(change.c.tx)
        ).all()
    assert sum(rows for _, rows, _ in commits) == 900
    assert all(rows <= 500 for _, rows, _ in commits)
    assert all(rows == 3 * tickets for _, rows, tickets in commits), "no case is split"
    assert len(hand.pull()) == 900


def test_every_former_text_is_kept(office: Office) -> None:
    """A text once saved can be read again, whoever wrote over it."""
    ticket = make_ticket()
    notice = make_notice(ticket, author_id="p-officer")
    office.load(ticket, notice)
    officer = office.hand("officer")
    changes = (FieldChange("ground", "逾期未办结", "逾期两日"),)
    assert officer.does("notice.edit", entity_id=notice.id, base=1, changes=changes).status == "applied"
    with office.database.read() as connection:
        (former,) = connection.execute(select(revision))
    assert (former.version, "逾期未办结" in former.data.decode()) == (1, True)


def test_two_processes_write_one_after_the_other(fresh_database: str) -> None:
    """An import beside a running server waits for its turn; positions follow the commits."""
    first, second = (open_database(fresh_database, random.Random(1)) for _ in range(2))
    heads: list[int] = []
    first.subscribe(heads.append)
    clock = ManualClock(REAL)
    accounts = Accounts(first, clock=clock, rng=random.Random(1))
    accounts.add(Person(id="p-1", name="王敏", roles=("officer",)), "officer")
    with first.write() as tx:
        register_device(tx.connection, "d-1", "p-1", "", clock.now())
    Loader(first, clock=clock).load([make_ticket()])
    Loader(second, clock=clock).load([make_ticket()])
    Loader(first, clock=clock).load([make_ticket()])
    assert heads == [1, 2, 4]
    assert first.head() == second.head() == 4
    first.close()
    second.close()
