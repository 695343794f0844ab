"""One life of a desktop's engine: the real commands and the real sync on a real encrypted store, without a window.

It obeys orders from standard input and says on standard output what it has done, a command only once its transaction
is committed. It may be told to die at a moment, or be given a failing disk. Checks nothing but itself; what must hold
across lives stands in ``books``.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import requests

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.fold import Refused
from desktop.models.domain.ids import IdSource
from desktop.models.domain.operations import BadOperation
from desktop.models.store import outbox, settings
from desktop.models.store.engine import Store, open_store
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.errors import ApiError
from desktop.services.api.line import TimedAdapter
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from desktop.services.background.errors import desk_error
from desktop.services.commands.base import Writer
from desktop.services.sync import snapshot
from desktop.services.sync.context import NotReady, SyncContext
from desktop.services.sync.round import hurry, run_round
from tests.support.stores import KEY

from . import shim
from .desk_checks import account_of, differences, soundness
from .desk_deeds import Deed, about_of, draw_deed, draw_draft, draw_settling
from .moments import Moment, Moments

MOST_QUIET_ROUNDS = 12
_EXCHANGES = {"operations": "push", "changes": "pull", "snapshots": "snapshot", "me": "identity"}

Order = dict[str, Any]


def say(news: dict[str, Any]) -> None:
    """One line to whoever watches; there when this returns, whatever happens to this process."""
    os.write(1, json.dumps(news, ensure_ascii=False).encode() + b"\n")


class ShiftedClock(SystemClock):
    """The machine's clock, set wrong by some days."""

    def __init__(self, days: float) -> None:
        self._wrong = timedelta(days=days)

    def now(self) -> datetime:
        return super().now() + self._wrong


class WatchedAdapter(TimedAdapter):
    """Real HTTP with its moments: ``push.asked``, ``push.sent``, ``push.answered``, and so on."""

    def __init__(self, moments: Moments) -> None:
        super().__init__(None)
        self._moments = moments

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        words = [word for word in (request.path_url or "").partition("?")[0].split("/") if word in _EXCHANGES]
        name = _EXCHANGES[words[0]] if words else "other"
        return self._moments.exchange(
            name, lambda: super(WatchedAdapter, self).send(request, *args, **kwargs)
        )


class DeskLife:
    """The engine from the opening of its store to its end."""

    def __init__(self, asked: Order) -> None:
        self._folder = Path(asked["folder"])
        self._path = self._folder / "desk.db"
        self._login: str = asked["login"]
        self._device: str = asked["device"]
        self._life: int = asked["life"]
        self._clock = ShiftedClock(asked.get("days_wrong", 0.0))
        self._rng = random.Random(f"{self._device}:{self._life}:{asked['seed']}")
        self._new_id = IdSource(self._clock, self._rng)
        self._step = 0
        self._moments = Moments(say)
        self._moments.watch_writes(Store)
        self._moments.watch_statements()
        self._moments.watch_responses()
        snapshot.PAGE_ROWS, snapshot.COMMIT_ROWS = 100, 150  # so that a small office fills several pages
        self._arm(asked)
        with self._moments.during("opening"):
            self._store = open_store(self._path, KEY)
        self._moments.reach("opening.done")
        self._api = Api(
            Transport(asked["url"], monotonic=self._clock.monotonic, adapter=WatchedAdapter(self._moments)),
            device_id=self._device,
            client_version="1.0.0",
            new_id=self._new_id,
            server_time=ServerTime(self._clock),
        )
        self._tokens = SignIn(self._api, MemoryKeeper(), monotonic=self._clock.monotonic)
        self._api.use_tokens(self._tokens)
        self._ctx = SyncContext(self._store, self._api, self._clock, self._rng, device_name="desk")

    def obey(self, order: Order) -> None:
        """Do one thing and say how it went."""
        do = order["do"]
        if do == "work":
            self._work(order["steps"])
        elif do == "quiet":
            self._quiet(order["check"])
        elif do == "arm":
            self._arm(order)
            say({"armed": True})
        elif do == "look":
            say({"account": account_of(self._store, office_now=self._ctx.office_now())})
        else:
            raise ValueError(do)

    def close(self) -> None:
        """End as the program does."""
        try:
            self._store.close()
        except Exception as error:  # noqa: BLE001  named as the program would name it
            self._trouble(error)
        self._api.transport.close()

    def _arm(self, order: Order) -> None:
        moment, fault = order.get("moment"), order.get("fault")
        self._moments.arm(Moment(**moment) if moment else None)
        if fault:
            shim.arm(self._folder, shim.Fault(**fault))
        else:
            shim.disarm()

    # -- working -----------------------------------------------------------------------------------------------

    def _work(self, steps: int) -> None:
        for _ in range(steps):
            draw = self._rng.random()
            self._step += 1
            word = f"词{self._device}·{self._life}·{self._step}；"
            if draw < 0.55:
                self._do("deed", word, lambda c: draw_deed(c, self._rng, word, chief=self._login == "chief"))  # noqa: B023
            elif draw < 0.63:
                self._draft(word)
            elif draw < 0.68:
                self._do("settling", "", lambda c: draw_settling(c, self._rng))
            else:
                self._sync()
        say({"worked": steps, "struck": shim.struck(), "calls": shim.seen()})

    def _do(self, what: str, word: str, draw: Callable[[Any], Deed | None]) -> None:
        try:
            with self._store.read() as connection:
                deed = draw(connection)
            if deed is not None:
                made = self._command(deed)
                say({"done": made, "what": what, "word": word, "about": about_of(deed)})
        except (Refused, BadOperation) as refused:
            say({"refused": refused.code})
        except Exception as error:  # noqa: BLE001  named as the program would name it
            self._trouble(error)

    def _draft(self, word: str) -> None:
        try:
            with self._store.read() as connection:
                found = draw_draft(connection, self._rng, word)
            if found is not None:
                self._command(found[1])
                say({"draft": found[0], "word": word})
        except Exception as error:  # noqa: BLE001  named as the program would name it
            self._trouble(error)

    def _command(self, deed: Deed) -> list[str]:
        """One command in one transaction; the operations it made."""
        with self._store.write() as connection:
            me, rules = settings.me(connection), settings.profile(connection)
            assert me is not None
            assert rules is not None
            before = outbox.next_seq(connection)
            now = rules.local(self._ctx.office_now())
            changes = deed(Writer(connection=connection, now=now, new_id=self._new_id, me=me, profile=rules))
            assert isinstance(changes, Changes)
            made = connection.exec_driver_sql(
                "SELECT op_id FROM outbox WHERE seq >= ? ORDER BY seq", (before,)
            )
            return list(made.scalars())

    def _sync(self) -> bool:
        try:
            self._sign_in()
            report = run_round(self._ctx)
        except (ApiError, NotReady) as error:
            say({"offline": error.code})
            return False
        except Exception as error:  # noqa: BLE001  named as the program would name it
            self._trouble(error)
            return False
        say({"synced": report.pushed, "unsent": report.unsent})
        return not report.pushed and not report.changes and not report.unsent

    def _sign_in(self) -> None:
        if not self._tokens.known():
            self._tokens.begin(self._api.sign_in_sample(self._login))

    def _trouble(self, error: Exception) -> None:
        named = desk_error(error)
        say(
            {
                "trouble": named.code,
                "struck": shim.struck(),
                "error": f"{type(error).__name__}: {error}"[:300],
            }
        )

    # -- at the end --------------------------------------------------------------------------------------------

    def _quiet(self, check: bool) -> None:
        """Rounds until nothing is pushed and nothing comes; with ``check`` one more, which must write nothing."""
        if not any(self._quiet_round() for _ in range(MOST_QUIET_ROUNDS)):
            say({"quiet": False, "violations": ["I15: it never became quiet"]})
            return
        if not check:
            say({"quiet": True, "violations": []})
            return
        before = self._written()
        run_round(self._ctx)
        violations = [] if self._written() == before else ["I15: a quiet round wrote to the store"]
        violations += differences(self._store, self._api)
        violations += soundness(self._store)
        say({"quiet": True, "violations": violations})

    def _quiet_round(self) -> bool:
        hurry(self._ctx)
        return self._sync()

    def _written(self) -> tuple[int, ...]:
        files = [self._path, self._path.with_name("desk.db-wal")]
        return tuple(f(file) for file in files if file.exists() for f in (_size, _changed))


def live(asked: Order) -> None:
    """From the first order to the last."""
    threading.current_thread().name = f"desk {asked['device']}"
    try:
        life = DeskLife(asked)
    except Exception as error:  # noqa: BLE001  named as the program would name it
        say(
            {
                "not_opened": desk_error(error).code,
                "struck": shim.struck(),
                "error": f"{type(error).__name__}: {error}"[:300],
            }
        )
        return
    say({"opened": asked["life"], "struck": shim.struck(), "calls": shim.seen()})
    for line in sys.stdin:
        life.obey(msgspec.json.decode(line))
    life.close()
    say({"closed": True, "struck": shim.struck(), "calls": shim.seen()})


def _size(path: Path) -> int:
    return path.stat().st_size


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns
