"""The schema on either database: made from nothing, refused where it is another, whole after a failure."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import column, create_engine, inspect, table

from central import schema
from central.__main__ import main
from central.audit_log import access_of
from central.database import Database
from central.dialects import parse_url
from central.row_columns import columns_of
from central.tables import metadata
from tests.support.builders import make_ticket
from tests.support.postgres import OWNER, SERVING, Cluster

FAILING = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9000", {head!r}, None, None
def upgrade():
    op.create_table("half", sa.Column("id", sa.Text(), primary_key=True))
    op.drop_table("revision")
    op.execute("SELECT nothing FROM nowhere")
"""


@pytest.fixture(params=("sqlite", "postgresql"))
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it, as its owner reaches it."""
    if request.param == "sqlite":
        yield str(tmp_path / "central.db")
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name = cluster.create()
    yield cluster.admin_url(name, OWNER)
    cluster.drop(name)


def tables(url: str) -> set[str]:
    engine = create_engine(parse_url(url))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def at_revision(url: str, revision: str) -> None:
    """A database as an earlier version of the server left it."""
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


@pytest.mark.parametrize("since", ["", "0001", "0002"])
def test_every_earlier_schema_becomes_the_one_the_code_means(empty: str, since: str) -> None:
    """A column that only the migration or only the code knows fails at the first row."""
    if since:
        at_revision(empty, since)
    assert main(["migrate", "--database", empty]) == 0
    with closing(Database(empty)) as database, database.read() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(found, metadata) == []
    assert main(["migrate", "--database", empty]) == 0, "again changes nothing"


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a schema on a Monday morning serves neither the old version nor the new one."""
    assert main(["migrate", "--database", empty]) == 0
    before = tables(empty)
    scripts = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, scripts)
    with closing(Database(empty)) as database:
        head = database.check_schema()
    (scripts / "versions" / "m9000_fails.py").write_text(FAILING.format(head=head), encoding="utf-8")
    monkeypatch.setattr(schema, "_MIGRATIONS", scripts)
    assert main(["migrate", "--database", empty]) == 1
    assert "nothing was changed" in capsys.readouterr().err
    monkeypatch.undo()
    assert tables(empty) == before
    with closing(Database(empty)) as database:
        assert database.check_schema() == head


def test_the_cases_of_an_earlier_version_are_found_by_their_requester(empty: str) -> None:
    """Else the right to know would begin on the day of the upgrade."""
    at_revision(empty, "0002")
    ticket = make_ticket(contact_id="k-1", title="路灯不亮")
    columns = columns_of(ticket, None) | {"contact_id": ""}
    for joined_since in ("barred_set", "matter_id"):
        columns.pop(joined_since)
    with closing(Database(empty)) as database, database.write() as tx:
        tx.connection.execute(table("entity", *(column(name) for name in columns)).insert(), [columns])
    assert main(["migrate", "--database", empty]) == 0
    with closing(Database(empty)) as database, database.read() as connection:
        found = access_of(connection, "k-1")
    assert found.tickets == (ticket.number,)


@pytest.mark.parametrize(
    ("revision", "words"), [("0001", "run `python -m central migrate`"), ("9999", "newer")]
)
def test_a_server_refuses_a_schema_that_is_not_its_own(
    postgres: Cluster, revision: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two versions at once would each spoil what the other does not know; the reason is for a person to read."""
    name = postgres.office()
    postgres.execute(f"UPDATE alembic_version SET version_num = '{revision}'", database=name)
    for command_line in (["serve", "--port", "0"], ["users", "list"], ["check"]):
        url = postgres.serving_url(name)
        assert main([command_line[0], "--database", url, *command_line[1:]]) == 1
        assert words in capsys.readouterr().err
    postgres.drop(name)


def test_an_empty_database_is_refused_with_what_to_do(
    postgres: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    name = postgres.create()
    assert main(["serve", "--database", postgres.admin_url(name, OWNER)]) == 1
    assert "run `python -m central migrate` first" in capsys.readouterr().err
    postgres.drop(name)
    assert main(["serve", "--database", postgres.admin_url("nowhere")]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_workers_are_refused_on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--database", str(tmp_path / "central.db"), "--workers", "2"]) == 1
    assert "one writer" in capsys.readouterr().err


def test_the_serving_role_can_neither_change_the_audit_log_nor_the_schema(postgres: Cluster) -> None:
    """Whoever gets into a server's process must not be able to hide what they looked at."""
    name = postgres.create()
    owner = postgres.admin_url(name, OWNER)
    assert main(["migrate", "--database", owner, "--serving-role", "nobody_there"]) == 1
    assert main(["migrate", "--database", owner, "--serving-role", SERVING]) == 0
    forbidden = (
        "UPDATE audit SET detail = ''",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TABLE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_append_only ON audit",
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE TABLE mine (id int)",
        "UPDATE alembic_version SET version_num = '0'",
    )
    with psycopg.connect(postgres.serving_url(name), autocommit=True) as connection:
        for statement in forbidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    refused = pytest.raises(psycopg.errors.RaiseException, match="append-only")
    with psycopg.connect(owner, autocommit=True) as connection, refused:
        connection.execute(b"TRUNCATE audit")
    assert main(["migrate", "--database", owner]) == 0, "the role is remembered"
    postgres.drop(name)


def test_a_database_that_cannot_hold_every_text_is_refused(
    postgres: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that the encoding does not know would fail in the middle of somebody's work."""
    postgres.execute("CREATE DATABASE narrow ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'")
    assert main(["migrate", "--database", postgres.admin_url("narrow")]) == 1
    assert "UTF8" in capsys.readouterr().err
    postgres.drop("narrow")


def test_sqlite_brings_itself_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "central.db"
    at_revision(str(path), "0001")
    Database(str(path)).close()
    assert main(["users", "--database", str(path), "list"]) == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] > "0001"
