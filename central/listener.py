"""Hears what other processes commit: one connection of its own to PostgreSQL, for LISTEN and nothing else.

It needs a session of its own and therefore no pooler in between. While it is lost, and until it is back, the server
looks at the head of the log itself (``signals``); after each return whatever may have been missed is asked for. Logs
the loss and the return once each.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from desktop.models.domain.clock import Wait

from . import dialects
from .database import Database
from .installation import installation_of

_STOP_S = 0.25
"""How long an end may have to wait for the listening thread."""
_PROBE_AFTER = 60
"""After so many silent pauses the connection is tried: a broken line says nothing by itself."""
_RETRY_S = 2.0
_log = logging.getLogger(__name__)


class Listener:
    """Runs in a thread while its block runs. Only for a shared database.

    ``restored`` is called when the database turns out to be another one than at the start: it was restored from a
    backup underneath this process, whose positions and epoch no longer hold.
    """

    def __init__(
        self, database: Database, *, wait: Wait, restored: Callable[[], None], listen_url: str = ""
    ) -> None:
        """``listen_url`` is a direct way to the server where ``database`` goes through a pooler, "" for the same."""
        self._database = database
        self._wait = wait
        self._restored = restored
        self._url = dialects.libpq_url(dialects.parse_url(listen_url) if listen_url else database.url)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._lost = False

    def __enter__(self) -> Listener:
        with self._database.read() as connection:
            self._epoch = installation_of(connection).epoch
        self._database.subscribe_settings(self._check_epoch)
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except (psycopg.Error, SQLAlchemyError) as error:
                if not self._lost:
                    _log.warning("not told of other processes' commits for now: %s", type(error).__name__)
                self._lost = True
            finally:
                self._database.hears_others = False
            self._wait(_RETRY_S, self._stop)

    def _listen(self) -> None:
        with psycopg.connect(self._url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(f"LISTEN {dialects.CHANNEL}")
            self._catch_up()
            silent = 0
            while not self._stop.is_set():
                heard = False
                for notice in connection.notifies(timeout=_STOP_S):
                    heard = True
                    self._database.heard_words(notice.payload)
                silent = 0 if heard else silent + 1
                if silent >= _PROBE_AFTER:
                    connection.execute("SELECT 1")
                    silent = 0

    def _catch_up(self) -> None:
        """Whatever was committed before we listened."""
        if self._lost:
            _log.warning("told of other processes' commits again")
        self._lost = False
        self._database.hears_others = True
        self._database.heard_everything()

    def _check_epoch(self) -> None:
        with self._database.read() as connection:
            if installation_of(connection).epoch != self._epoch:
                self._restored()
