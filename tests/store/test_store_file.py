"""The file on disk: encrypted in every part, opened by its key alone, upgraded whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from desktop.models.store import migrate
from desktop.models.store.engine import (
    SCHEMA_VERSION,
    MigrationFailed,
    NewerStore,
    WrongKey,
    open_store,
    writing_engine,
)
from desktop.models.store.tables import metadata
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.notes import add_note
from tests.support.builders import make_ticket
from tests.support.stores import KEY, DeskStore, open_desk_store

MARKER = "欧阳某某的秘密"


def test_no_plain_text_anywhere_in_the_folder(tmp_path: Path) -> None:
    """A stolen laptop gives away neither rows nor outbox nor the write-ahead log nor the copy before an upgrade."""
    with open_desk_store(tmp_path) as desk:
        ticket = make_ticket(title=MARKER, request_text=MARKER * 50)
        desk.pull(ticket)
        desk.run(lambda w: add_note(w, ticket.id, MARKER))
        desk.run(lambda w: save_draft(w, "k", make_ticket(title=MARKER)))
        files = [p for p in tmp_path.rglob("*") if p.is_file()]
        assert any(p.name.endswith("-wal") and p.stat().st_size > 0 for p in files)
        for path in files:
            content = path.read_bytes()
            assert MARKER.encode() not in content, path.name
            assert b"SQLite format 3" not in content, path.name
            assert b"ticket_list" not in content, path.name
    migrate.upgrade(tmp_path / "desk.db", 1, lambda path: writing_engine(path, KEY))
    for path in tmp_path.iterdir():
        assert MARKER.encode() not in path.read_bytes(), path.name


def test_another_key_opens_nothing_and_harms_nothing(tmp_path: Path) -> None:
    """A mistyped passphrase must be told from an empty store, and the store must survive it."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(make_ticket(id="t-1"))
    with pytest.raises(WrongKey):
        open_store(tmp_path / "desk.db", bytes(32))
    with open_desk_store(tmp_path) as desk, desk.reader() as reader:
        assert reader.all(text("SELECT id FROM ticket_list")) == [("t-1",)]


def test_a_reader_cannot_write_and_sees_one_moment(tmp_path: Path) -> None:
    """A query that wrote would do so outside the one writing lane; one that saw two moments would count wrongly."""
    with open_desk_store(tmp_path) as desk:
        with desk.store.read() as connection, pytest.raises(OperationalError):
            connection.exec_driver_sql("DELETE FROM ticket_list")
        with desk.store.read() as connection:
            count = text("SELECT count(*) FROM ticket_list")
            assert connection.execute(count).scalar() == 0
            desk.pull(make_ticket())
            assert connection.execute(count).scalar() == 0
        with desk.store.read() as connection:
            assert connection.execute(count).scalar() == 1


def test_an_error_undoes_the_whole_command(tmp_path: Path) -> None:
    """Half a command is worse than none."""

    def twice(desk: DeskStore) -> None:
        with desk.store.write() as connection:
            for _ in range(2):
                connection.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('a', x'00')")

    with open_desk_store(tmp_path) as desk:
        with pytest.raises(DBAPIError):
            twice(desk)
        with desk.reader() as reader:
            assert reader.all(text("SELECT * FROM setting WHERE key = 'a'")) == []


def test_parameters_never_reach_an_error_text(tmp_path: Path) -> None:
    """Error texts end up in logs."""
    with open_desk_store(tmp_path) as desk:
        with pytest.raises(DBAPIError) as caught, desk.store.write() as connection:
            connection.execute(text("INSERT INTO nowhere VALUES (:v)"), {"v": MARKER})
        assert MARKER not in str(caught.value)


def test_the_migrations_make_exactly_the_tables_in_the_code(tmp_path: Path) -> None:
    """A column in one and not in the other is found here and not on a user's machine."""
    store = open_store(tmp_path / "a.db", KEY)
    with store.read() as connection:
        found = inspect(connection)
        names = set(found.get_table_names()) - {"alembic_version"}
        assert names == set(metadata.tables)
        for table in metadata.tables.values():
            columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table.name)}
            assert columns == {
                c.name: (c.type.compile(connection.dialect), bool(c.nullable)) for c in table.columns
            }, table.name
            indexes = {i["name"]: tuple(i["column_names"]) for i in found.get_indexes(table.name)}
            assert indexes == {i.name: tuple(c.name for c in i.columns) for i in table.indexes}, table.name
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [c.name for c in table.primary_key], table.name
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION
        autoincrement = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY 1"
        ).scalars()
        assert list(autoincrement) == ["outbox", "search_todo", "ticket_list"]
    store.close()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Somebody starts an older version once more: it must not touch what it does not understand."""
    path = tmp_path / "a.db"
    open_store(path, KEY).close()
    set_schema(path, SCHEMA_VERSION + 1)
    before = path.read_bytes()
    with pytest.raises(NewerStore) as caught:
        open_store(path, KEY)
    assert caught.value.found == SCHEMA_VERSION + 1
    assert path.read_bytes() == before


def test_a_failed_upgrade_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade works on a copy: whatever goes wrong, a day's offline work lies where it lay."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(make_ticket(id="t-1"))
    path = tmp_path / "desk.db"

    def damaged(engine: Engine) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM ticket_list")
        raise RuntimeError("the check found damage")

    monkeypatch.setattr(migrate, "_verify", damaged)
    before = path.read_bytes()
    with pytest.raises(MigrationFailed):
        migrate.upgrade(path, 1, lambda target: writing_engine(target, KEY))
    assert path.read_bytes() == before
    with open_desk_store(tmp_path) as desk, desk.reader() as reader:
        assert reader.all(text("SELECT id FROM ticket_list")) == [("t-1",)]


def test_a_store_at_head_opens_without_the_migration_tool(tmp_path: Path) -> None:
    """The tool costs a tenth of a second at every start; a store that needs nothing does not pay it."""
    open_store(tmp_path / "a.db", KEY).close()
    program = (
        "import sys; from pathlib import Path; from desktop.models.store.engine import open_store;"
        "open_store(Path(sys.argv[1]), bytes(range(32))).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def set_schema(path: Path, version: int) -> None:
    """Writes a schema number with the bare driver."""
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA cipher_page_size = 8192")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
