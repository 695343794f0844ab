"""``python -m central``: what an administrator and the desktop's launcher type."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec
import pytest
import requests
from sqlalchemy import select

from central.__main__ import main
from central.accounts import Accounts
from central.commands.parent import is_running
from central.database import Database
from central.installation import open_database
from central.profile_store import current_profile, ensure_profile
from central.profiles import default_profile
from central.tables import audit
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.profile import RuleProfile

ROOT = Path(__file__).resolve().parents[2]


def users(database: Path, *words: str, password: str = "") -> int:
    stdin = sys.stdin
    sys.stdin = io.StringIO(password)
    try:
        return main(["users", "--database", str(database), *words])
    finally:
        sys.stdin = stdin


@pytest.mark.parametrize(
    "command", [[], ["serve"], ["import"], ["users"], ["users", "add"], ["profile"], ["openapi"]]
)
def test_help_is_there_for_every_command(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) >= 3


def test_people_are_added_listed_changed_and_disabled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "office.db"
    add = ("add", "wangmin", "--name", "王敏", "--roles", "officer", "--password-stdin")
    assert users(path, *add, password="long enough for us\n") == 0
    assert users(path, *add, password="long enough for us\n") == 1, "a login is taken once"
    assert users(path, "add", "x1", "--name", "甲", "--roles", "king", "--password-stdin") == 1
    short = ("add", "x2", "--name", "乙", "--roles", "officer", "--password-stdin")
    assert users(path, *short, password="short\n") == 1
    assert users(path, "roles", "wangmin", "--roles", "liaison") == 1, "a liaison of no unit"
    assert users(path, "roles", "wangmin", "--roles", "officer,approve") == 0
    assert users(path, "passwd", "wangmin", "--password-stdin", password="another long one\n") == 0
    assert users(path, "disable", "wangmin") == 0
    capsys.readouterr()
    assert users(path, "list") == 0
    assert capsys.readouterr().out.split() == ["wangmin", "王敏", "approve,officer", "disabled"]
    database: Database = open_database(str(path), random.Random(1))
    accounts = Accounts(database, clock=SystemClock(), rng=random.Random(1))
    assert accounts.verify("wangmin", "another long one") is None
    assert users(path, "enable", "wangmin") == 0
    found = accounts.verify("wangmin", "another long one")
    assert found is not None
    assert users(path, "add", "liwei", "--name", "李伟", "--roles", "officer", "--no-password") == 0
    assert accounts.verify("liwei", "") is None, (
        "nobody opens an account that has no password by guessing none"
    )
    assert found.scope_rev == 2
    database.close()


def profile(database: Path, *words: str) -> int:
    return main(["profile", "--database", str(database), *words])


def test_a_rule_administrator_publishes_rules_and_nobody_changes_those_that_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every deadline of a city follows from this file: who published it is on record, and a slip is refused."""
    path, file = tmp_path / "office.db", tmp_path / "rules.json"
    assert profile(path, "show") == 1, "no rules yet"
    database = open_database(str(path), random.Random(1))
    first = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
    ensure_profile(database, first, at=SystemClock().now())
    for login, role in (("guize", "rule_admin"), ("wangmin", "officer")):
        assert users(path, "add", login, "--name", login, "--roles", role, "--no-password") == 0
    capsys.readouterr()
    assert profile(path, "show", "--calendar", "cn") == 0
    rules = json.loads(capsys.readouterr().out)
    assert msgspec.convert(rules, RuleProfile, strict=False) == first
    rules |= {"version": 2, "effective_from": "2000-01-01"}
    file.write_text(json.dumps(rules), "utf-8")
    assert profile(path, "publish", str(file), "--by", "guize") == 1
    assert "/effective_from" in capsys.readouterr().err
    rules["effective_from"] = "2999-01-01"
    rules["calendar"]["city_days_off"] = {"2999-04-20": "三月三"}
    file.write_text(json.dumps(rules), "utf-8")
    assert profile(path, "check", str(file)) == 0
    assert profile(path, "publish", str(file), "--by", "wangmin") == 1
    assert "no rule administrator" in capsys.readouterr().err
    assert profile(path, "publish", str(file), "--by", "guize") == 0
    assert profile(path, "publish", str(file), "--by", "guize") == 1, "a version is published once"
    capsys.readouterr()
    assert profile(path, "list") == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["1", "2011-01-01"],
        ["2", "2999-01-01"],
    ]
    with database.read() as connection:
        assert current_profile(connection, date(2998, 12, 31)) == first
        acts = connection.execute(select(audit.c.action, audit.c.object_id)).all()
    assert ("profile.published", "2") in [tuple(act) for act in acts]
    database.close()


@contextmanager
def serve(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A server process that does not outlive the block."""
    command = [
        sys.executable,
        "-m",
        "central",
        "serve",
        "--database",
        str(folder / "office.db"),
        "--port",
        "0",
    ]
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_server_says_where_it_listens_and_ends_when_told(tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    with serve(tmp_path, "--ready-file", str(ready)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:")
        told = json.loads(ready.read_text())
        assert told == {"url": line.split()[-1], "pid": process.pid}
        with requests.Session() as session:
            session.trust_env = False
            assert session.get(f"{told['url']}/api/v1/meta").json()["sample"] is False
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_server_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    """A desktop that is killed must not leave a city running behind it."""
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with serve(tmp_path, "--parent-pid", str(parent.pid)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert is_running(parent.pid)
        parent.kill()
        parent.communicate()
        assert process.wait(60) == 0
    assert not is_running(parent.pid)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with serve(tmp_path, "--tls-cert", "nowhere.pem") as process:
        _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words == "serve: --tls-cert and --tls-key belong together\n"
    with serve(tmp_path, "--oidc-issuer", "http://sign-in.city.example", "--oidc-client-id", "x") as process:
        _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words == "serve: --oidc-issuer http://sign-in.city.example: an issuer is an https:// address\n"


def test_a_real_office_is_never_opened_as_a_sample_city(tmp_path: Path) -> None:
    """Its people would sign in without a password."""
    path = tmp_path / "office.db"
    add = ("add", "wangmin", "--name", "王敏", "--roles", "officer", "--password-stdin")
    users(path, *add, password="long enough for us\n")
    with serve(tmp_path, "--sample-city", "300") as process:
        _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "real office" in words


def test_waiting_for_a_process_needs_no_clock() -> None:
    assert is_running(os.getpid())
    assert not system_wait(0)
