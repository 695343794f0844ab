"""An office and its desks as processes: started, killed, started again, brought to rest, and asked whether all is well.

One town is one folder; its processes come from a nursery. Everything that happens is told in ``story``.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from central.database import put_setting
from desktop.models.domain.entities import Row
from tests.support.builders import make_note, make_ticket, make_timeline_entry, make_visit
from tests.support.central_office import open_office

from .books import Books
from .moments import Moment
from .nursery import Died, Life, Nursery
from .shim import Fault

_TICKETS = 70
_BUSY_PORT = "cannot listen"


class Violated(AssertionError):
    """Something does not hold; the text is the whole story."""


class Plan(Struct, frozen=True, kw_only=True):
    """How a process shall end or suffer: at a moment, or at a call on its files; neither, and it lives."""

    moment: Moment | None = None
    fault: Fault | None = None

    def __str__(self) -> str:
        return " and ".join(str(part) for part in (self.moment, self.fault) if part is not None) or "nothing"

    def order(self) -> dict[str, Any]:
        return {"moment": to_builtins(self.moment), "fault": to_builtins(self.fault)}


NOTHING = Plan()


def build_office(folder: Path) -> Path:
    """A small office's database as the server keeps it: people, cases, notes, visits; some hundred rows."""
    with open_office(folder) as office:
        rows: list[Row] = []
        for number in range(_TICKETS):
            ticket = make_ticket(unit_id=("u-roads", "u-water")[number % 2])
            rows += [ticket, make_timeline_entry(ticket), make_note(ticket)]
            if number % 3 == 0:
                rows.append(make_visit(ticket))
        office.load(*rows)
        with office.database.write() as tx:
            put_setting(
                tx, "sample_city", "1"
            )  # its people sign in without a password, and nothing is built into it
    return folder / "central.db"


class Desk:
    """One device: its folder, and the life that works there now."""

    def __init__(self, town: Town, login: str, device: str) -> None:
        self.login = login
        self.device = device
        self.folder = town.folder / device
        self.folder.mkdir()
        self.lives = 0
        self.life: Life | None = None


class Town:
    """``close`` ends every process. ``seed`` seeds what people do; ``story`` is told line by line."""

    def __init__(self, nursery: Nursery, folder: Path, template: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self.rng = random.Random(f"town:{seed}")
        self.books = Books()
        self.story: list[str] = []
        self.desks: dict[str, Desk] = {}
        self._nursery = nursery
        self.database = folder / "office" / "central.db"
        self.database.parent.mkdir()
        self.database.write_bytes(template.read_bytes())
        self._port = _free_port()
        self.office: Life | None = None

    # -- the office ----------------------------------------------------------------------------------------------

    def start_office(self, plan: Plan = NOTHING, *options: str) -> bool:
        """Start the server; False where it was killed before it listened, as planned."""
        for _ in range(20):
            office = self._nursery.bear(
                "office",
                self.folder / "office.log",
                database=str(self.database),
                port=self._port,
                options=options,
                **plan.order(),
            )
            while (heard := office.hear()) is not None:
                if "listening" in heard:
                    self.office = office
                    self.tell("the server listens" + (f" ({' '.join(options)})" if options else ""))
                    return True
                if "killed" in heard:
                    self.tell(f"the server is killed at {heard['killed']}")
            if office.ended == 9:
                self.tell(f"the server was killed in its start ({plan})")
                return False
            if _BUSY_PORT not in office.last_words():
                raise Died(f"the server ended with {office.ended}: {office.last_words()}")
        raise Died("the server's port stays taken")

    def arm_office(self, plan: Plan) -> None:
        """The running server shall die as planned."""
        assert self.office is not None
        self.office.order(**plan.order())
        while (heard := self.office.hear()) is not None and "armed" not in heard:
            pass

    def office_is_dead(self) -> bool:
        """Whether the server has died by itself; what it said last is told."""
        if self.office is None:
            return True
        try:
            while (heard := self.office.hear(0)) is not None:
                if "killed" in heard:
                    self.tell(f"the server is killed at {heard['killed']}")
        except TimeoutError:
            return False
        self.office = None
        return True

    def kill_office(self) -> None:
        """kill -9 from outside."""
        if self.office is not None:
            self.office.kill()
            self.office.close()
            self.office = None
            self.tell("the server is killed from outside")

    # -- the desks -----------------------------------------------------------------------------------------------

    def new_desk(self, login: str, device: str) -> Desk:
        """A device nobody has used before."""
        desk = self.desks[device] = Desk(self, login, device)
        return desk

    def start_desk(
        self, desk: Desk, plan: Plan = NOTHING, *, days_wrong: float = 0.0
    ) -> dict[str, Any] | None:
        """Start the program on what lies on its disk; what it says when the store is open, None where it was killed."""
        desk.lives += 1
        life = self._nursery.bear(
            "desk",
            self.folder / f"{desk.device}.log",
            folder=str(desk.folder),
            url=f"http://127.0.0.1:{self._port}",
            login=desk.login,
            device=desk.device,
            life=desk.lives,
            seed=self.seed,
            days_wrong=days_wrong,
            **plan.order(),
        )
        wrong = f", its clock {days_wrong:+.0f} days wrong" if days_wrong else ""
        self.tell(f"{desk.device} starts its life {desk.lives}{wrong}")
        desk.life = life
        while (heard := self.hear(desk)) is not None:
            if "opened" in heard:
                return heard
            if "not_opened" in heard:
                list(self.listen(desk, ""))
                return heard
        return None

    def hear(self, desk: Desk) -> dict[str, Any] | None:
        """The next thing a desk says, entered into the books; None when it is dead."""
        assert desk.life is not None
        heard = desk.life.hear()
        if heard is None:
            if desk.life.ended not in (0, 9):
                raise Died(f"{desk.device} ended with {desk.life.ended}: {desk.life.last_words()}")
            self.tell(f"{desk.device} is dead" if desk.life.ended else f"{desk.device} has ended")
            desk.life = None
            return None
        self.books.enter(desk.device, heard)
        self.tell(f"{desk.device}: {heard if 'account' not in heard else 'its account'}")
        if "trouble" in heard and not heard["struck"]:
            raise Violated(f"{desk.device} has trouble with a disk that is well: {heard}")
        return heard

    def order(self, desk: Desk, **order: Any) -> None:
        """Tell a desk to do something."""
        assert desk.life is not None
        self.tell(f"{desk.device} shall {order}")
        desk.life.order(**order)

    def ask(self, desk: Desk, until: str, **order: Any) -> dict[str, Any] | None:
        """Order something and listen until it says ``until``; None where it died over it."""
        self.order(desk, **order)
        return self._hear_of(desk, until)

    def listen(self, desk: Desk, until: str, **order: Any) -> Iterator[dict[str, Any]]:
        """Everything a desk says up to and with ``until``, or to its death; ``order`` is given first, if any."""
        if order:
            self.order(desk, **order)
        while desk.life is not None and (heard := self.hear(desk)) is not None:
            yield heard
            if until and until in heard:
                return

    def _hear_of(self, desk: Desk, what: str) -> dict[str, Any] | None:
        for heard in self.listen(desk, what):
            if what in heard:
                return heard
        return None

    def kill_desk(self, desk: Desk) -> None:
        """kill -9 from outside; what it had said before is entered."""
        if desk.life is not None:
            desk.life.kill()
            self.tell(f"{desk.device} is killed from outside")
            while desk.life is not None:
                self.hear(desk)

    def end_desk(self, desk: Desk) -> list[dict[str, Any]]:
        """Close the program as a person does; what it said to the end."""
        if desk.life is None:
            return []
        desk.life.close_orders()
        return list(self.listen(desk, ""))

    # -- is all well? ----------------------------------------------------------------------------------------------

    def rest(self) -> list[str]:
        """Start what is dead, let every desk become quiet, and check everything; what does not hold, in words."""
        if self.office is None or self.office_is_dead():
            self.start_office()
        self.arm_office(NOTHING)
        desks = list(self.desks.values())
        for desk in desks:
            if desk.life is None and (heard := self.start_desk(desk)) is not None and "opened" not in heard:
                return [f"{desk.device} cannot open its store: {heard}"]
            if self.ask(desk, "armed", do="arm", **NOTHING.order()) is None:
                return [f"{desk.device} died of nothing: {self._last_words(desk)}"]
        violations: list[str] = []
        for desk in desks:
            self.order(desk, do="quiet", check=False)
        for desk in desks:
            self._hear_of(desk, "quiet")
        for desk in desks:  # what one sent after another had looked, that one receives now
            if desk.life is None or (heard := self.ask(desk, "quiet", do="quiet", check=True)) is None:
                return [f"{desk.device} died of nothing: {self._last_words(desk)}"]
            violations += [f"{desk.device}: {violation}" for violation in heard["violations"]]
        for desk in desks:
            heard = self.ask(desk, "account", do="look")
            if heard is not None:
                self.books.accounts[desk.device] = heard["account"]
        return violations + self.books.check(self.database)

    def retire(self, desk: Desk) -> None:
        """A device that is used no longer; its account stays in the books."""
        self.end_desk(desk)
        del self.desks[desk.device]

    def close(self) -> None:
        """End every process, the desks as a person does."""
        for desk in list(self.desks.values()):
            self.end_desk(desk)
        if self.office is not None:
            self.office.terminate()
            self.office.close()
            self.office = None

    def abandon(self) -> None:
        """End every process at once: the story is over."""
        for desk in self.desks.values():
            self.kill_desk(desk)
        self.kill_office()

    def told(self, campaign: str, seed: int, error: BaseException) -> str:
        """The story so far, what does not hold, and how to see it again."""
        story = "\n".join(f"  {line}" for line in self.story)
        replay = f"python3 dev.py campaign {campaign} --seed {seed} --count 1"
        return f"{story}\n\nDoes not hold:\n{error}\n\nTo see it again: {replay}"

    def tell(self, line: str) -> None:
        """One more line of the story."""
        self.story.append(line)

    def _last_words(self, desk: Desk) -> str:
        log = self.folder / f"{desk.device}.log"
        return log.read_text("utf-8", errors="replace")[-2000:] if log.exists() else ""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
