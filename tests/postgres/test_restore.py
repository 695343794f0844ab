"""Back up, work on, restore: what desktops hold brings back what the copy had forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from central.__main__ import main
from desktop.models.domain.entities import Ticket
from desktop.models.domain.payloads import UrgePayload
from desktop.services.commands.base import Writer
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office, reopen_office
from tests.support.engine import EngineDesk, Network
from tests.support.postgres import OWNER, Cluster


@pytest.fixture(params=("sqlite", "postgresql"))
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """How the server reaches the database, and how its owner does."""
    if request.param == "sqlite":
        yield (str(tmp_path / "central.db"),) * 2
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name = cluster.office()
    yield cluster.serving_url(name), cluster.admin_url(name, OWNER)
    cluster.drop(name)


def urge(desk: EngineDesk, ticket: Ticket) -> str:
    """One piece of work at a desktop; the id of its operation."""

    def command(w: Writer) -> Any:
        payload = UrgePayload(ticket_id=ticket.id, unit_id=ticket.unit_id, means="sms")
        return w.submit("ticket.urge", w.new_id(), payload)

    desk.do(command)
    return desk.entries()[-1].op.op_id


def moved_to(desk: EngineDesk, office: Office) -> None:
    """The desktop is started anew and finds the server that was restored."""
    desk.crash()
    desk.office = office
    desk.network = Network(office.server.adapter())
    desk.open()


def until_quiet(desk: EngineDesk) -> None:
    for _ in range(6):
        desk.sync()
    assert {entry.state for entry in desk.entries()} == {"applied"}


def test_a_restored_server_gets_back_what_it_had_forgotten(
    urls: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk dies at noon and the copy is of last night: no word of this morning may be lost (I22)."""
    serving, owner = urls
    copy = tmp_path / "copy"
    with ExitStack() as desks:
        with open_office(tmp_path, database_url=serving) as office:
            office.load(ticket := make_ticket())
            online, offline = (
                EngineDesk(tmp_path, office, who, f"desk-{who}", 1) for who in ("officer", "chief")
            )
            for desk in (online, offline):
                desks.callback(desk.crash)
                desk.sync()
            ops = [urge(online, ticket)]
            online.sync()
            assert main(["backup", "--database", owner, str(copy)]) == 0
            ops.append(urge(online, ticket))
            online.sync()
            assert {entry.state for entry in online.entries()} == {"applied"}
            offline.sync()
            ops.append(urge(offline, ticket))
            before = online.ctx.api.meta().server_epoch
        clock = office.clock
        assert main(["restore", "--database", owner, str(copy)]) == 0
        assert "audit: " in capsys.readouterr().out
        with reopen_office(serving, clock) as office:
            for desk in (online, offline):
                moved_to(desk, office)
                until_quiet(desk)
            until_quiet(online)
            assert online.ctx.api.meta().server_epoch != before
            fresh = EngineDesk(tmp_path, office, "officer", "desk-fresh", 2)
            desks.callback(fresh.crash)
            fresh.sync()
            rows = fresh.server_rows()
            urges = {row.last_edit for key, row in rows.items() if key[0] == "urge"}
            assert urges == set(ops), "each once, none lost"
            assert online.server_rows() == offline.server_rows() == rows


def test_a_copy_is_whole_and_never_written_over(
    urls: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup that overwrote the last one and then broke off would leave none."""
    serving, owner = urls
    copy = tmp_path / "copy"
    with open_office(tmp_path, database_url=serving) as office:
        office.load(make_ticket())
        assert main(["backup", "--database", owner, str(copy)]) == 0
        size = copy.stat().st_size
        assert main(["backup", "--database", owner, str(copy)]) == 1
        assert copy.stat().st_size == size
    damaged = tmp_path / "damaged"
    damaged.write_bytes(copy.read_bytes()[: size // 2])
    assert main(["restore", "--database", owner, str(damaged)]) == 1
    assert main(["check", "--database", owner]) == 0, "what was there is as it was"
    told = capsys.readouterr()
    assert "exists already" in told.err
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".part", ".restoring")]


def test_a_database_in_use_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A server that goes on writing into the old file would take the morning's work with it."""
    path = str(tmp_path / "central.db")
    with open_office(tmp_path) as office:
        office.load(make_ticket())
        assert main(["backup", "--database", path, str(tmp_path / "copy")]) == 0
        assert main(["restore", "--database", path, str(tmp_path / "copy")]) == 1
    assert "stop the server first" in capsys.readouterr().err


def test_an_epoch_alone_is_renewed_for_what_other_means_brought_back(
    urls: tuple[str, str], tmp_path: Path
) -> None:
    """After a base backup and its archive PostgreSQL is as it was; only the desktops must be told."""
    serving, owner = urls
    with open_office(tmp_path, database_url=serving) as office:
        before, clock = office.services.installation, office.clock
    assert main(["restore", "--database", owner]) == 0
    with reopen_office(serving, clock) as office:
        after = office.services.installation
    assert after.epoch != before.epoch
    assert after.secret == before.secret, "sign-ins and numbers' fingerprints go on"
