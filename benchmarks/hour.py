"""The memory over an hour's use, played at the pace of the machine: what a person and the sync do in sixty minutes.

A minute is four polls that bring twenty changed cases each, two other queues, an order, a filter, a search, a dozen
turns of the wheel and jumps, and an urge. Nothing is waited for but the rows on the screen, so an hour takes minutes;
what a desk frees only when nobody is at work, it frees here at the end alone, and that is told apart.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from benchmarks.desk_store import KEY, NOW, made_index, made_store
from benchmarks.figures import Line, Samples, Section
from benchmarks.lists import use
from benchmarks.lists_child import Figures, Painted, resident, settle
from benchmarks.place import ROOT
from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import OPEN_STATES, Ticket, decode_row, encode_row
from desktop.models.domain.fold import Actor
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import Change
from desktop.models.store.engine import open_store
from desktop.models.store.folding import Folder
from desktop.models.store.search_fill import index_of
from desktop.models.store.search_index import NAME
from desktop.services.background.desk import Desk
from desktop.services.commands.base import Writer
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.queries.filters import QUEUES, SORT_KEYS, TicketFilter
from desktop.services.queries.hot.heap import give_back
from desktop.services.sync.apply import apply_changes
from desktop.session import learn
from desktop.views.common import theme
from desktop.views.common.ticket_list.ticket_pane import TicketPane

_POLL = "a poll that brings twenty changes: durable in the store"
_URGE = "an urge: from the click to durable in the store"
_POLLS, _CHANGED, _TURNS = 4, 20, 12
_WORDS = ("噪音扰民", "路灯", "378路", "电梯", "工资 工程", "小区东门")
_RESTED = "rested"
_PATIENCE_S = 3_600
_SOME_OPEN = (
    "SELECT p.data FROM ticket_list l JOIN projection p ON p.type = 'ticket' AND p.id = l.id WHERE l.open = 1 "
    "LIMIT 400"
)


def measure(folder: Path, scratch: Path, *, size: int, minutes: int) -> Section:
    """The section: how the acts stayed, and in its note what the process weighed as the hour went by."""
    store = made_store(folder, size)
    used = scratch / "hour" / store.name  # what is changed here is not kept
    used.parent.mkdir()
    for file in (*folder.glob(f"{store.name}*"), *folder.glob(f"{NAME}*")):
        if ".before-" not in file.name:  # what an upgrade kept
            shutil.copyfile(file, used.parent / file.name)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hour", str(used), str(minutes)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=_PATIENCE_S,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the hour ended with {done.returncode}:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    weights: dict[str, int] = {name: n for name, n in told["bytes"].items() if name != _RESTED}
    bare = use("bare").bytes["bare window"]
    each = list(weights.values())
    shown = {
        name: weight for at, (name, weight) in enumerate(weights.items()) if at % max(1, minutes // 6) == 0
    }
    memory = "; ".join(f"{name} {(weight - bare) / 1e6:,.0f} MB" for name, weight in shown.items())
    half = each[len(each) // 2 :]
    rested = (told["bytes"][_RESTED] - bare) / 1e6
    lines = [Line(name, Samples(values)) for name, values in told["seconds"].items()]
    note = (
        f"Memory above a bare window ({bare / 1e6:,.0f} MB, a process of its own): {memory}; at the most "
        f"{(max(each) - bare) / 1e6:,.0f} MB. From the middle to the end {(half[-1] - half[0]) / 1e6:+,.0f} MB. At the "
        f"first rest after it {rested:,.0f} MB."
    )
    return Section(f"An hour's use of {size:,} cases, {minutes} minutes played", tuple(lines), note)


class _Played:
    """A desk with its list, and the two who use it."""

    def __init__(
        self, desk: Desk, pane: TicketPane, rng: random.Random, rows: list[Ticket], figures: Figures
    ) -> None:
        self._desk, self._pane, self._rng, self._rows, self._figures = desk, pane, rng, rows, figures
        self._folder = Folder(actor=Actor(id=desk.me.person_id, name=desk.me.name), profile=desk.profile)

    def poll(self) -> None:
        """Some cases come changed, as a page of the log brings them."""
        at = self._rng.sample(range(len(self._rows)), min(_CHANGED, len(self._rows)))
        for n in at:
            row = self._rows[n]
            self._rows[n] = replace(row, version=row.version + 1, state=self._rng.choice(OPEN_STATES))
        changes = [_change(self._rows[n]) for n in at]
        began = time.perf_counter()
        self._desk.perform(partial(self._apply, changes))
        self._figures.add(_POLL, time.perf_counter() - began)

    def urge(self) -> None:
        """The person records that a unit was called."""
        row = self._rng.choice(self._rows)
        form = UrgeForm(ticket_id=row.id, unit_id=row.unit_id, means="phone", person_reached="李工")
        began = time.perf_counter()
        self._desk.perform(partial(urge_ticket, form=form))
        self._figures.add(_URGE, time.perf_counter() - began)

    def scroll(self) -> None:
        """Turns of the wheel and jumps, each until its rows are there."""
        bar = self._pane.table.verticalScrollBar()
        for turn in range(_TURNS):
            bar.setValue(int(self._rng.random() * bar.maximum()) if turn % 4 == 0 else bar.value() + 3)
            settle(self._pane)

    def _apply(self, changes: list[Change], w: Writer) -> Changes:
        return apply_changes(w.connection, changes, self._folder, w.now)


def _change(row: Ticket) -> Change:
    return Change(type="ticket", id=row.id, op="put", version=row.version, data=Raw(encode_row(row)))


def main(words: list[str]) -> int:
    """One process: the store, and how many minutes are played."""
    path, minutes = Path(words[0]), int(words[1])
    figures, rng, clock = Figures(), random.Random(1), SystemClock()
    qt = QApplication([])
    theme.apply_theme(qt, "light")
    with closing(open_store(path, KEY)) as store, closing(index_of(store, KEY)) as index:
        made_index(store, index)
        with store.read() as connection:
            known = learn(connection)
            found = connection.exec_driver_sql(_SOME_OPEN).scalars().all()
        rows = [row for data in found if isinstance(row := decode_row("ticket", data), Ticket)]
        desk = Desk(
            store, known, clock=clock, new_id=IdSource(clock, rng), offset=NOW - clock.now(), learn=learn
        )
        desk.search = index
        pane = TicketPane(desk)
        pane.resize(1366, 768)
        pane.show()
        painted, played = Painted(pane, figures), _Played(desk, pane, rng, rows, figures)
        painted.act("first list", partial(pane.ask, TicketFilter()))
        for minute in range(minutes + 1):
            figures.bytes[f"minute {minute}"] = resident()
            for _ in range(_POLLS):
                played.poll()
            for wanted in (
                TicketFilter(queue=rng.choice(QUEUES)),
                TicketFilter(queue=rng.choice(QUEUES)),
                TicketFilter(queue="all", sort=rng.choice(SORT_KEYS), descending=rng.random() < 0.5),
                TicketFilter(queue="all", unit_ids=(rng.choice(list(known.reference.units)),)),
                TicketFilter(queue="all", text=rng.choice(_WORDS)),
            ):
                painted.act("search" if wanted.text else "queue, order or filter", partial(pane.ask, wanted))
                played.scroll()
            played.urge()
        give_back()  # as a desk does once nobody has been at work for some seconds
        figures.bytes[_RESTED] = resident()
        pane.close()
        desk.close()
        pane.deleteLater()
    figures.tell()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
