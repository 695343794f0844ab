"""A small sample city served by several real processes over one PostgreSQL database, and ways to talk to them.

    with served_city(postgres, servers=2) as city:
        hand = city.hand("wangmin", at=0)          # speaks to the first process alone
        desk = EngineDesk(folder, city.office(), ...)   # its requests go to each in turn

A process is a whole ``python -m central serve`` of its own, as behind a balancer.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource

from .central_office import Hand, Office
from .postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
_START_TRIES = 6000
_new_id = IdSource(SystemClock(), random.Random(7))  # one for all: hands at two processes make no id twice


class Alternating(BaseAdapter):
    """Sends each request to the next server, as a balancer without a memory does. Thread-safe."""

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__()
        self._ways = itertools.cycle([(url, HTTPAdapter(max_retries=0)) for url in urls])
        self._made = [way for _, way in itertools.islice(self._ways, len(urls))]

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        url, way = next(self._ways)
        request.url = f"{url}{request.path_url}"
        return way.send(request, *args, **options)

    def close(self) -> None:
        for way in self._made:
            way.close()


class Served:
    """What the tests' hands and desktops need of a server: the same as of one in process."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = tuple(urls)
        self.base_url = self.urls[0]

    def adapter(self) -> BaseAdapter:
        return Alternating(self.urls)

    def session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", self.adapter())
        return session


class RemoteOffice:
    """Stands in for an ``Office`` whose server runs elsewhere."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.server = Served(urls)
        self.clock = SystemClock()
        self.new_id = _new_id

    @property
    def now(self) -> datetime:
        with self.server.session() as session:
            meta = session.get(f"{self.server.base_url}/api/v1/meta").json()
        return datetime.fromisoformat(meta["office_time"])


class ServedCity:
    """The processes and their database. ``urls`` in the order they were started."""

    def __init__(self, cluster: Cluster, name: str, urls: Sequence[str], processes: Sequence[Any]) -> None:
        self.cluster = cluster
        self.name = name
        self.urls = tuple(urls)
        self.processes = tuple(processes)

    @property
    def database_url(self) -> str:
        return self.cluster.serving_url(self.name)

    def office(self, *which: int) -> Office:
        """The office behind these processes in turn, behind all of them where none is named."""
        urls = [self.urls[i] for i in which] or self.urls
        return cast("Office", RemoteOffice(urls))

    def hand(self, login: str, device: str = "", *, at: int | None = None) -> Hand:
        """A signed-in person at a device, whose requests go to one process or to each in turn."""
        return Hand(self.office() if at is None else self.office(at), login, device or f"device-{login}")


@contextmanager
def served_city(
    cluster: Cluster, *, servers: int = 2, tickets: int = 300, options: Sequence[str] = ()
) -> Iterator[ServedCity]:
    """A new city of that many tickets, served by so many processes until the block ends."""
    name = cluster.office()
    running: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="desk-city-") as folder:
        try:
            urls = []
            for number in range(servers):  # one after the other: the first builds the city
                ready = Path(folder) / f"{number}.json"
                words = ["--sample-city", str(tickets), "--sample-clock", *options]
                running.append(start_server(cluster.serving_url(name), ready, *words))
                urls.append(str(await_ready(ready, running[-1])["url"]))
            yield ServedCity(cluster, name, urls, running)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(30)
            cluster.drop(name)


def start_server(database: str, ready: Path, *words: str) -> subprocess.Popen[bytes]:
    """``python -m central serve`` on any free port."""
    command = [sys.executable, "-m", "central", "serve", "--database", database, "--port", "0"]
    return subprocess.Popen(
        [*command, "--ready-file", str(ready), *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=subprocess.DEVNULL,
    )


def await_ready(ready: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What the server says of itself once it listens. Raises ``RuntimeError`` where it ends instead."""
    for _ in range(_START_TRIES):
        if ready.exists():
            told: dict[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
            return told
        if process.poll() is not None:
            break
        system_wait(0.02)
    raise RuntimeError(f"the server does not start: {process.poll()}")
