"""Everything one schedule knows: the city, the desks, true time, and what was really done by whom.

A ledger beside the product: what a person was told is saved is written down here at that moment, and is what the
invariants hold the product to. Holds state and answers questions; plays nothing.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Key
from desktop.models.domain.operations import CATALOGUE, Operation, body_of
from tests.support.builders import NOW as TEMPLATE_NOW

from .desk import SimDesk
from .faults import Content
from .network import Late
from .server import City
from .story import Story
from .truth import History, Truth
from .view import Line, View, look

WORDS = re.compile(r"〔T\d+〕")


def words_in(text: bytes) -> set[str]:
    """The marked texts in it."""
    return set(WORDS.findall(text.decode("utf-8", "replace")))


@dataclass
class Made:
    """One operation as its person made it, and what they did to it since.

    ``at`` and ``settled`` are true office time; ``born``, ``ended`` and ``resent`` (by its
    person, the last time) count the looks at stores, as time may stand.
    """

    op: Operation
    desk: str
    person_id: str
    at: datetime
    words: set[str]
    state: str = "queued"
    settled: datetime | None = None
    born: int = 0
    ended: int = 0
    discarded: bool = False
    again: bool = False
    resent: int = 0
    restores: int = 0
    """How often the server had been restored when the state was reached: versions are counted anew after each."""

    @property
    def key(self) -> Key:
        return CATALOGUE[self.op.kind].entity_type, self.op.entity_id


@dataclass
class Backup:
    """A copy of the server's files with what the simulator knew at that moment."""

    content: Content
    history: History
    taken: datetime


@dataclass
class Eyes:
    """What a device has shown so far: by row the highest server version, since the server's last restore."""

    epoch: str = ""
    versions: dict[Key, int] = field(default_factory=dict)


@dataclass
class World:
    """One schedule. ``rng`` is the step's own; ``met`` counts what happened, by name."""

    seed: int
    folder: Path
    clock: ManualClock
    city: City
    desks: list[SimDesk]
    truth: Truth
    story: Story = field(default_factory=Story)
    rng: random.Random = field(default_factory=random.Random)
    made: dict[str, Made] = field(default_factory=dict)
    drafts: dict[str, dict[str, bytes]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    eyes: dict[str, Eyes] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    backups: list[Backup] = field(default_factory=list)
    late: list[tuple[SimDesk, Late]] = field(default_factory=list)
    revealed: Counter[tuple[str, str]] = field(default_factory=Counter)
    dialled: list[tuple[str, str, datetime, datetime]] = field(default_factory=list)
    step_began: datetime = TEMPLATE_NOW
    restores: int = 0
    lost_devices: set[str] = field(default_factory=set)
    _looked: dict[str, tuple[int, int]] = field(default_factory=dict)
    _words: int = 0
    _looks: int = 0

    def say(self) -> str:
        """New words that nobody wrote before; one text in eight is long."""
        self._words += 1
        mark = f"〔T{self._words:05d}〕"
        return mark + "很长的话。" * 300 if self.rng.random() < 0.12 else mark

    def look_at(self, desk: SimDesk) -> bool:
        """Reads a desk's store where it has committed since; False where it has not."""
        stamp = (desk.life, desk.commits)
        if self._looked.get(desk.device) == stamp:
            return False
        self._looked[desk.device] = stamp
        self._looks += 1
        view = self.views[desk.device] = look(desk)
        for op_id, line in view.outbox.items():
            made = self.made.get(op_id)
            if made is None:
                body = body_of(line.op)
                made = self.made[op_id] = Made(
                    line.op, desk.device, desk.person_id, self.city.now, words_in(body), born=self._looks
                )
                self.met[f"kind {line.op.kind}"] += 1
            if line.state != made.state:
                made.state, made.settled, made.ended = line.state, self.city.now, self._looks
                made.restores = self.restores
                self._count_answer(line)
        return True

    def _count_answer(self, line: Line) -> None:
        if line.answer is not None:
            self.met[f"answer {line.answer.status}"] += 1
            self.met["answer merged"] += line.answer.merged
            self.met["answer late"] += line.answer.late

    def sent_again(self, op_id: str) -> None:
        """A person let an operation that stood still go on."""
        self.made[op_id].again, self.made[op_id].resent = True, self._looks

    def pass_time(self, seconds: float) -> None:
        """True time goes on for everybody."""
        self.clock.advance(seconds)

    def office_in(self, delta: timedelta) -> datetime:
        """Office time from now."""
        return self.city.now + delta

    def knows_epoch(self, desk: SimDesk) -> bool:
        """Whether this desk has heard of the server's last restore."""
        epoch = self.views[desk.device].settings.get("server_epoch", b"").decode().strip('"')
        return epoch == self.city.services.installation.epoch

    def holding(self) -> list[str]:
        """Each desk's unfinished operations, in a line."""
        lines = []
        for desk in self.desks:
            view = self.views.get(desk.device)
            if view is None:
                continue
            entries = [
                f"{line.seq} {line.op.kind} {line.op.entity_id[-6:]} {line.state}"
                + (f"({line.code})" if line.code else "")
                for line in view.outbox.values()
                if line.state not in ("applied", "discarded")
            ]
            lines.append(f"{desk}: {'; '.join(entries) or 'nothing open'}")
        return lines
