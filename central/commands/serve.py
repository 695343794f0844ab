"""``python -m central serve``: open the database, listen, say where, and end cleanly.

Builds the application and nothing of its own. Ends on SIGINT, SIGTERM, or with the process named by --parent-pid.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TextIO

import msgspec
import uvicorn
from sqlalchemy.exc import DBAPIError, OperationalError

from central import dialects
from central.app import create_app
from central.commands.parent import is_running
from central.commands.provider import add_provider_arguments, provider_arguments, provider_of
from central.commands.workers import Workers, WorkersFailed
from central.config import Config
from central.database import Database
from central.housekeeping import Housekeeping
from central.installation import open_database, renew_epoch
from central.schema import WrongSchema
from central.signals import CommitSignal
from desktop.models.domain.clock import Clock, system_wait

DESCRIPTION = """\
Serve the REST contract to the desktops. The database is made where there is none; import a hotline's export or add
people first (see the commands import and users). The first line on standard output says where the server listens.
On PostgreSQL any number of processes may serve one database, here (--workers) and on other machines, behind any
balancer; `python -m central migrate` makes and changes its tables (docs/operations.md)."""

EPILOG = """\
examples:
  python -m central serve --database office.db --host 0.0.0.0 --port 8443 --tls-cert office.pem --tls-key office.key
  python -m central serve --database postgresql://central_serving@db/office --workers 4 --port 8012
  python -m central serve --database city.db --sample-city 3000 --sample-clock"""

RESTORED = 75
"""Exit status of a server whose database was restored underneath it: whoever watches it starts it again."""

_SAMPLE = "sample_city"
_WATCH_EVERY_S = 1.0
_THREADS = 32
_KEEP_ALIVE_S = 75
"""How long an idle connection is kept: longer than a desktop lets pass between two polls, so that we are not the first
to close it just as it is used again."""
_CLOCKS_APART_S = 5
"""A desktop counts its lease fifteen seconds shorter than we do; this is the server's share of them."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class CannotServe(Exception):
    """The server cannot start; the text is for the administrator."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8012, help="port; 0 = any free one (default: %(default)s)"
    )
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM); serves HTTPS")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key (PEM)")
    parser.add_argument(
        "--public-url",
        default="",
        metavar="URL",
        help="what desktops call this server, where a proxy stands before it",
    )
    parser.add_argument(
        "--after-restore",
        action="store_true",
        help="the database was restored from a backup: desktops send again what it may have lost",
    )
    parser.add_argument(
        "--backup-horizon-days",
        type=int,
        default=Config.backup_horizon_days,
        metavar="N",
        help="the oldest backup you would restore from; desktops keep what they sent so long (default: %(default)s)",
    )
    parser.add_argument(
        "--requests-per-second",
        type=float,
        default=Config.request_rate,
        metavar="N",
        help="how many one device may make in the long run, in each process; 0 = no limit (default: %(default)s)",
    )
    add_provider_arguments(parser)
    several = parser.add_argument_group("several processes", "for a PostgreSQL database")
    several.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes on this machine (default: %(default)s)"
    )
    several.add_argument(
        "--listen-database",
        default="",
        metavar="URL",
        help="the same database without the pooler that --database goes through: LISTEN needs a session of its own",
    )
    sample = parser.add_argument_group("sample city", "a fictional city, to try everything without a hotline")
    sample.add_argument(
        "--sample-city",
        type=int,
        metavar="N",
        help="build a city of N tickets if the database is empty; its people sign in without a password",
    )
    sample.add_argument("--seed", type=int, default=12345, help="which city (default: %(default)s)")
    sample.add_argument(
        "--as-of", metavar="T", help="where the city's clock starts (default: a working Tuesday, 09:30)"
    )
    sample.add_argument(
        "--sample-clock", action="store_true", help="offer to move the office clock forward (never back)"
    )
    program = parser.add_argument_group("for programs that start the server")
    program.add_argument(
        "--ready-file", type=Path, metavar="PATH", help='written once it listens: {"url", "pid"}'
    )
    program.add_argument("--parent-pid", type=int, metavar="PID", help="end when this process is gone")
    program.add_argument(
        "--listen-fd", type=int, metavar="FD", help="an inherited socket that listens already"
    )


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Serve until told to end; 1 where it cannot start, with the reason on ``err``."""
    try:
        return _serve(arguments, clock, rng, out, err)
    except (CannotServe, WorkersFailed, WrongSchema, ValueError, OSError) as error:
        print(f"serve: {error}", file=err)
    except OperationalError as error:
        print(f"serve: the database does not answer: {error.orig}".rstrip(), file=err)
    except DBAPIError as error:
        print(f"serve: the database refuses: {error.orig}".rstrip(), file=err)
    return 1


def _serve(arguments: argparse.Namespace, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    if bool(arguments.tls_cert) != bool(arguments.tls_key):
        raise CannotServe("--tls-cert and --tls-key belong together")
    database = open_database(arguments.database, rng)
    try:
        if arguments.workers > 1 and not database.shared:
            raise CannotServe("SQLite has one writer: more processes would only wait for it; use PostgreSQL")
        if database.shared:
            _check_clock(database, clock)
        if arguments.listen_fd is not None:  # a worker: whoever started it has prepared everything
            return _answer(arguments, database, socket.socket(fileno=arguments.listen_fd), clock, rng, out)
        _prepare(arguments, database, clock, rng, out)
        with listen(arguments.host, arguments.port) as listener:
            if arguments.workers > 1:
                return _watch_workers(arguments, database, listener, clock, out, err)
            return _answer(arguments, database, listener, clock, rng, out)
    finally:
        database.close()


def _answer(
    arguments: argparse.Namespace,
    database: Database,
    listener: socket.socket,
    clock: Clock,
    rng: random.Random,
    out: TextIO,
) -> int:
    """Answer requests in this process until told to end."""
    config = Config(
        sample_city=bool(arguments.sample_city),
        sample_clock=arguments.sample_clock,
        public_url=arguments.public_url,
        backup_horizon_days=arguments.backup_horizon_days,
        request_rate=arguments.requests_per_second,
        provider=provider_of(arguments),
    )
    app = create_app(database, config, clock=clock, rng=rng)
    listening = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=3,
        timeout_keep_alive=_KEEP_ALIVE_S,
        ssl_certfile=arguments.tls_cert,
        ssl_keyfile=arguments.tls_key,
    )
    listening.load()
    if listening.ssl is not None:
        listening.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
    server = _Server(
        listening,
        app.state.services.signal,
        lambda: _tell(_url(arguments, listener), arguments.ready_file, out),
    )
    housekeeping = Housekeeping(database, clock) if arguments.listen_fd is None else None
    watch = _Watch(arguments.parent_pid, server, housekeeping)
    with watch, _listening(arguments, database, server):
        server.run(sockets=[listener])
    return RESTORED if server.restored else 0


def _listening(
    arguments: argparse.Namespace, database: Database, server: _Server
) -> AbstractContextManager[object]:
    """Hear of other processes' commits while the block runs, where there are other processes."""
    if not database.shared:
        return nullcontext()
    from central.listener import Listener

    return Listener(
        database, wait=system_wait, restored=server.end_restored, listen_url=arguments.listen_database
    )


def _watch_workers(
    arguments: argparse.Namespace,
    database: Database,
    listener: socket.socket,
    clock: Clock,
    out: TextIO,
    err: TextIO,
) -> int:
    """Have workers answer on ``listener`` until told to end."""
    if sys.platform == "win32":
        raise CannotServe(
            "--workers needs a system that hands sockets down; start one process a port instead"
        )
    workers = Workers(
        arguments.workers,
        _worker_command(arguments, listener),
        listener,
        clock=clock,
        wait=system_wait,
        err=err,
    )
    housekeeping = Housekeeping(database, clock)

    def go_on() -> bool:
        housekeeping.run_if_due()
        return arguments.parent_pid is None or is_running(arguments.parent_pid)

    workers.run(lambda: _tell(_url(arguments, listener), arguments.ready_file, out), go_on)
    return 0


def _worker_command(arguments: argparse.Namespace, listener: socket.socket) -> list[str]:
    """What a worker is told: how to serve, and nothing of what is done once for all of them."""
    command = ["serve", "--database", arguments.database, "--listen-fd", str(listener.fileno())]
    command += ["--parent-pid", str(os.getpid()), "--public-url", arguments.public_url]
    command += ["--backup-horizon-days", str(arguments.backup_horizon_days)]
    command += ["--listen-database", arguments.listen_database]
    if arguments.tls_cert:
        command += ["--tls-cert", str(arguments.tls_cert), "--tls-key", str(arguments.tls_key)]
    command += provider_arguments(arguments)
    if arguments.sample_city:
        command += ["--sample-city", str(arguments.sample_city)]
    if arguments.sample_clock:
        command.append("--sample-clock")
    return command


def _check_clock(database: Database, clock: Clock) -> None:
    """Leases are compared between processes: clocks that disagree would let two people call one citizen."""
    with database.read() as connection:
        apart = abs((dialects.database_time(connection) - clock.now()).total_seconds())
    if apart > _CLOCKS_APART_S:
        raise CannotServe(
            f"this machine's clock and the database's are {apart:.0f} s apart, more than {_CLOCKS_APART_S} s; "
            "let both follow the same time server"
        )


def _prepare(
    arguments: argparse.Namespace, database: Database, clock: Clock, rng: random.Random, out: TextIO
) -> None:
    if arguments.after_restore:
        renew_epoch(database, rng)
    if arguments.sample_city:
        _ensure_city(arguments, database, clock, rng, out)


def _ensure_city(
    arguments: argparse.Namespace, database: Database, clock: Clock, rng: random.Random, out: TextIO
) -> None:
    """Build the city, or complete it. A database that holds anything else is never opened to everybody."""
    from central.sample_city.command import build_city

    if database.setting(_SAMPLE) != "1":
        build_city(
            database,
            size=arguments.sample_city,
            seed=arguments.seed,
            as_of=arguments.as_of,
            clock=clock,
            rng=rng,
            out=out,
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises :class:`CannotServe`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotServe(f"cannot listen on {host}:{port}: {error.strerror}") from error
    # A reply leaves in two writes; asyncio would let the second wait for the other side's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(arguments: argparse.Namespace, listener: socket.socket) -> str:
    scheme = "https" if arguments.tls_cert else "http"
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _tell(url: str, ready_file: Path | None, out: TextIO) -> None:
    if ready_file is not None:
        unfinished = ready_file.with_name(ready_file.name + ".part")
        unfinished.write_bytes(msgspec.json.encode({"url": url, "pid": os.getpid()}))
        unfinished.replace(ready_file)  # whoever waits for the file sees it whole
    print(f"listening on {url}", file=out, flush=True)


class _Server(uvicorn.Server):
    """Says when it listens, and lets long polls go before it waits for the rest."""

    def __init__(self, config: uvicorn.Config, polls: CommitSignal, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._polls = polls
        self._ready = ready
        self.restored = False

    def end_restored(self) -> None:
        """The database is another one than at the start: what this process knows of it no longer holds."""
        self.restored = self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal and then go on to close the database, where uvicorn would let the signal kill us."""
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # a push that waits for its turn to write must not keep the readers waiting
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._polls.close()
        await super().shutdown(sockets)


class _Watch:
    """Beside the server: ends it when another process is gone (None = none), and does what is due once a day."""

    def __init__(self, pid: int | None, server: uvicorn.Server, housekeeping: Housekeeping | None) -> None:
        self._server = server
        self._housekeeping = housekeeping
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not system_wait(_WATCH_EVERY_S, self._stop):
            if self._pid is not None and not is_running(self._pid):
                self._server.should_exit = True
                return
            if self._housekeeping is not None:
                self._housekeeping.run_if_due()
