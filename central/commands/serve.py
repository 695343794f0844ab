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
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import msgspec
import uvicorn

from central.app import create_app
from central.commands.parent import is_running
from central.config import Config
from central.database import Database
from central.installation import open_database, renew_epoch
from central.retention import forget_old_changes
from central.schema import WrongSchema
from central.signals import CommitSignal
from central.uploads import forget_unlinked
from desktop.models.domain.clock import Clock, system_wait

DESCRIPTION = """\
Serve the REST contract to the desktops. The database is made where there is none; import a hotline's export or add
people first (see the commands import and users). The first line on standard output says where the server listens."""

EPILOG = """\
examples:
  python -m central serve --database office.db --host 0.0.0.0 --port 8443 --tls-cert office.pem --tls-key office.key
  python -m central serve --database city.db --sample-city 3000 --sample-clock"""

_SAMPLE = "sample_city"
_WATCH_EVERY_S = 1.0
_THREADS = 32
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


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Serve until told to end; 1 where it cannot start, with the reason on ``err``."""
    try:
        return _serve(arguments, clock, rng, out)
    except (CannotServe, WrongSchema, ValueError, OSError) as error:
        print(f"serve: {error}", file=err)
        return 1


def _serve(arguments: argparse.Namespace, clock: Clock, rng: random.Random, out: TextIO) -> int:
    if bool(arguments.tls_cert) != bool(arguments.tls_key):
        raise CannotServe("--tls-cert and --tls-key belong together")
    database = open_database(arguments.database, rng)
    try:
        _prepare(arguments, database, clock, rng, out)
        config = Config(
            sample_city=bool(arguments.sample_city),
            sample_clock=arguments.sample_clock,
            public_url=arguments.public_url,
            backup_horizon_days=arguments.backup_horizon_days,
        )
        app = create_app(database, config, clock=clock, rng=rng)
        listener = _listen(arguments.host, arguments.port)
        scheme = "https" if arguments.tls_cert else "http"
        url = f"{scheme}://{_shown(listener)}"
        server = _Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=3,
                ssl_certfile=arguments.tls_cert,
                ssl_keyfile=arguments.tls_key,
            ),
            app.state.services.signal,
            lambda: _tell(url, arguments.ready_file, out),
        )
        with _Watch(arguments.parent_pid, server):
            server.run(sockets=[listener])
    finally:
        database.close()
    return 0


def _prepare(
    arguments: argparse.Namespace, database: Database, clock: Clock, rng: random.Random, out: TextIO
) -> None:
    if arguments.after_restore:
        renew_epoch(database, rng)
    if arguments.sample_city:
        _ensure_city(arguments, database, clock, rng, out)
    forget_old_changes(database, clock.now())
    forget_unlinked(database, clock.now())


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


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotServe(f"cannot listen on {host}:{port}: {error.strerror}") from error


def _shown(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


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
    """Ends the server when another process is gone; watches nothing for None."""

    def __init__(self, pid: int | None, server: uvicorn.Server) -> None:
        self._server = server
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid or 0,), daemon=True)
        self._watching = pid is not None

    def __enter__(self) -> None:
        if self._watching:
            self._thread.start()

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        if self._watching:
            self._thread.join()

    def _watch(self, pid: int) -> None:
        while not system_wait(_WATCH_EVERY_S, self._stop):
            if not is_running(pid):
                self._server.should_exit = True
                return
