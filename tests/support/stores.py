"""Encrypted stores for tests: a real SQLCipher file in a temporary folder, filled as if rows had been pulled.

with open_desk_store(tmp_path) as desk:
    desk.pull(*reference_rows(), ticket := make_ticket())
    desk.run(lambda w: urge_ticket(w, ...))
    ids = desk.ask(lambda r: overdue_ids(r, TicketFilter()))
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from central.profiles import default_profile
from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Row
from desktop.models.domain.ids import IdSource
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me
from desktop.models.store import settings
from desktop.models.store.deriving import derive
from desktop.models.store.engine import Store, open_store
from desktop.models.store.projection import Stored, put_rows
from desktop.services.commands.base import Writer
from desktop.services.queries.base import Reader
from desktop.services.queries.reference import load_reference

from .builders import NOW, OFFICER

T = TypeVar("T")

KEY = bytes(range(32))


@cache
def profile() -> RuleProfile:
    """The default rules of the sample city's name and zone."""
    return default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")


class DeskStore:
    """A store with a person, rules and a clock that stands still until it is moved."""

    def __init__(self, store: Store, me: Me, rules: RuleProfile, now: datetime, seed: int) -> None:
        self.store = store
        self.me = me
        self.profile = rules
        self.clock = ManualClock(now)
        self.new_id = IdSource(self.clock, random.Random(seed))
        self.language = "zh"

    def now(self) -> datetime:
        """Office time, in the office's zone."""
        return self.profile.local(self.clock.now())

    def pull(self, *rows: Row) -> None:
        """Puts server rows into the projection and the lists."""
        with self.store.write() as connection:
            stored = [Stored.of(row) for row in rows]
            derive(connection, put_rows(connection, stored, self.profile.escalation))

    def run(self, command: Callable[[Writer], Changes]) -> Changes:
        """One command in one transaction."""
        with self.store.write() as connection:
            return command(
                Writer(
                    connection=connection,
                    now=self.now(),
                    new_id=self.new_id,
                    me=self.me,
                    profile=self.profile,
                )
            )

    def ask(self, query: Callable[[Reader], T]) -> T:
        """One query on a reading connection."""
        with self.reader() as reader:
            return query(reader)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        with self.store.read() as connection:
            yield Reader(
                connection=connection,
                now=self.now(),
                profile=self.profile,
                me=self.me,
                reference=load_reference(connection),
                language=self.language,
            )


@contextmanager
def open_desk_store(
    folder: Path,
    *,
    me: Me = OFFICER,
    rules: RuleProfile | None = None,
    now: datetime = NOW,
    name: str = "desk.db",
    seed: int = 1,
) -> Iterator[DeskStore]:
    """A store below ``folder`` that knows its person and rules; opens the one that is there already."""
    rules = rules or profile()
    store = open_store(folder / name, KEY)
    try:
        with store.write() as connection:
            settings.put(connection, settings.ME, me)
            settings.put(connection, settings.PROFILE, rules)
        yield DeskStore(store, me, rules, now, seed)
    finally:
        store.close()
