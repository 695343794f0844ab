"""A PostgreSQL of the tests' own: a cluster in a temporary folder, a fresh database for whoever asks, gone at the end.

    with running_cluster() as cluster:
        url = cluster.create("office")         # empty
        url = cluster.office()                 # with the schema, as the role that serves

It listens on a unix socket alone, and the kernel ends it with the process that started it. PostgreSQL refuses to run
as root: then it runs as the system user that Debian's package makes.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from central.commands.migrate import migrate
from central.database import Database
from desktop.models.domain.clock import system_wait

OWNER, SERVING = "desk_owner", "desk_serving"
_MISSING = "PostgreSQL's initdb was not found; `python3 dev.py setup` installs what the tests need"
_PR_SET_PDEATHSIG = 1
_SETTINGS = ("max_connections=200", "shared_buffers=64MB", "listen_addresses=", "timezone=UTC")
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def program(name: str) -> Path:
    """One of PostgreSQL's own programs, on PATH or where Debian keeps them. Raises ``FileNotFoundError`` in words."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    if found:
        return found[0]
    on_path = shutil.which(name)
    if on_path is None:
        raise FileNotFoundError(_MISSING)
    return Path(on_path)


class Cluster:
    """A running server. ``folder`` holds its data and its socket."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._settings = _SETTINGS if durable else _SETTINGS + _CARELESS
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._template = ""

    def initialise(self) -> None:
        """Make the data folder."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, self._user)
        command: list[str | Path] = [
            program("initdb"),
            "-D",
            self.data,
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
        ]
        subprocess.run(
            [*command, "--locale=C", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._as_user(),
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [word for setting in self._settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", self.data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - calls one function that was looked up before
                **self._as_user(),
            )
        deadline = time.monotonic() + 120
        while True:
            try:
                psycopg.connect(self.admin_url()).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    words = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                    raise RuntimeError(f"PostgreSQL does not start:\n{words}") from error
                system_wait(0.02)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it: SIGQUIT at once as a crash would, SIGINT in order."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def admin_url(self, database: str = "postgres", role: str = "postgres") -> str:
        """How to reach a database as a role; a URL that psycopg and the server's command line both take."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def execute(self, statement: str, *values: Any, database: str = "postgres") -> list[tuple[Any, ...]]:
        """One statement as the superuser, outside any transaction."""
        with psycopg.connect(self.admin_url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def create(self, template: str = "template0") -> str:
        """The name of a new database, empty or a copy of ``template``, which belongs to the owner of tables."""
        name = f"office_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
            *map(sql.Identifier, (name, OWNER, template))
        )
        with psycopg.connect(self.admin_url(), autocommit=True) as connection:
            connection.execute(statement)
        return name

    def drop(self, name: str) -> None:
        """Forget a database, whoever is still connected."""
        with psycopg.connect(self.admin_url(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def office(self) -> str:
        """The name of a new database with the schema in it, on which the serving role may do what it needs."""
        if not self._template:
            self._template = self.create()
            owner = Database(self.admin_url(self._template, OWNER))
            migrate(owner, SERVING)
            owner.close()
        return self.create(self._template)

    def serving_url(self, name: str) -> str:
        """How a server reaches a database: as a role that can change neither tables nor the audit log."""
        return self.admin_url(name, SERVING)

    def _as_user(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []}


@contextmanager
def running_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A server with the two roles of an office. ``durable``: as careful with the disk as a real one."""
    # below /tmp and short: the user it runs as must reach it, and a socket's path has a hundred characters
    folder = Path(tempfile.mkdtemp(prefix="desk-pg-", dir="/tmp"))
    cluster = Cluster(folder, durable=durable)
    try:
        cluster.initialise()
        cluster.start()
        for role in (OWNER, SERVING):
            cluster.execute(f"CREATE ROLE {role} LOGIN")
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _die_with_parent() -> Callable[[], None]:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def end_with_parent() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)

    return end_with_parent


_end_with_parent = _die_with_parent()
"""Made before any fork: after one, nothing may be loaded."""
