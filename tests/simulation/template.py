"""The evening before: a small city whose desks have had their first load, made once a process and copied for each seed.

Nothing here depends on a seed, so that the same files are made in every process.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from central.installation import open_database
from central.loader import Contact, Loader
from central.profile_store import ensure_profile
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Person, Role, Row, Ticket
from desktop.models.domain.wire import TokenReply
from tests.support.builders import (
    NOW,
    make_category,
    make_finding,
    make_notice,
    make_place,
    make_ticket,
    make_timeline_entry,
    make_unit,
    make_urge,
    make_visit,
)
from tests.support.stores import profile

from .desk import DeviceClock, SimDesk
from .faults import Content, Files
from .network import Link
from .server import City

REAL = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
UNITS = ("u-roads", "u-water", "u-parks")
PEOPLE: tuple[tuple[str, str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("officer", "王敏", ("officer",), ()),
    ("cleared", "孙洁", ("officer", "cleared"), ()),
    ("chief", "赵立", ("officer", "approve"), ()),
    ("visitor", "李强", ("return_visit",), ()),
    ("visitor2", "吴芳", ("return_visit", "cleared"), ()),
    ("liaison", "陈静", ("liaison",), ("u-roads",)),
    ("water", "郑源", ("liaison",), ("u-water",)),
)
"""login, name, roles, units; the person's id is "p-" + login."""

DEVICES: tuple[tuple[str, str], ...] = (
    ("one", "officer"),
    ("two", "officer"),
    ("three", "chief"),
    ("four", "visitor"),
    ("five", "visitor2"),
    ("six", "liaison"),
    ("seven", "water"),
    ("eight", "cleared"),
)
"""device, login: who sits where."""

TICKETS = 24
CANARY = "〔真名"
"""Begins every full name of a citizen; numbers begin with 1390001. Neither may be on any desk's disk."""


@dataclass(frozen=True)
class Template:
    """The server's files, and by device the store's files with its sign-in. ``fresh`` = a store never loaded."""

    server: Content
    desks: dict[str, tuple[Content, TokenReply]]
    fresh: Content


def make_desk(
    folder: Path, city: City, clock: ManualClock, device: str, login: str, rng: random.Random
) -> SimDesk:
    """A device with its own clocks and its way to the city's server; its files are the caller's to put there."""
    link = Link(
        city.adapter(),
        pass_time=clock.advance,
        now=lambda: clock.now().timestamp(),
        tell=lambda line: None,
        server_fuse=lambda: city.fuse,
    )
    home = folder / device
    home.mkdir()
    return SimDesk(home / "desk.db", login, device, DeviceClock(clock), link, rng)


@cache
def template() -> Template:
    """Made at the first call."""
    with tempfile.TemporaryDirectory(dir=fast_folder()) as name:
        return _make(Path(name))


def fast_folder() -> str | None:
    """A folder in memory where the machine has one; None = the ordinary one."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() else None


def _make(folder: Path) -> Template:
    clock, rng = ManualClock(REAL), random.Random(1)
    path = folder / "server" / "central.db"
    path.parent.mkdir()
    database = open_database(str(path), rng)
    ensure_profile(database, profile(), at=clock.now())
    database.close()
    city = City(path, clock, rng)
    city.services.office.settle(NOW)
    rows, contacts, texts = _city_rows()
    Loader(city.database, clock=clock).load(rows, contacts, texts)
    for login, name, roles, units in PEOPLE:
        person = Person(id=f"p-{login}", name=name, roles=roles, unit_ids=units)
        city.services.accounts.add(person, login)
    desks = {}
    for device, login in DEVICES:
        desk = make_desk(folder, city, clock, device, login, random.Random(device))
        desk.open()
        signed_in = desk.ctx.api.sign_in_sample(login)
        desk.tokens.begin(signed_in)
        desk.sync()
        desk.sync()
        desk.close()
        desks[device] = (Files(desk.path.parent).read(), signed_in)
    blank = make_desk(folder, city, clock, "blank", "officer", rng)
    blank.open()
    blank.close()
    city.close()
    return Template(Files(path.parent).read(), desks, Files(blank.path.parent).read())


def _city_rows() -> tuple[list[Row], list[Contact], list[tuple[str, str]]]:
    """Units, tickets with their history, and things half done; two tickets of each fourth citizen's."""
    rows: list[Row] = [make_unit(u, n) for u, n in zip(UNITS, ("市政处", "供水集团", "园林局"), strict=True)]
    rows += [make_category(), make_place()]
    contacts, texts = [], []
    for n in range(TICKETS):
        contact = f"k-{n - 1 if n % 4 == 3 else n:03d}"
        ticket = make_ticket(
            id=f"t-{n:03d}",
            number=f"2024{n:07d}",
            title=f"第{n}件",
            contact_id=contact,
            unit_id=UNITS[0] if n % 3 else UNITS[1],
            level="report" if n == 5 else "confidential" if n == 6 else "normal",
            state="to_visit" if n % 3 == 0 else "handling",
            completed_at=NOW - timedelta(days=1) if n % 3 == 0 else None,
            assist_unit_ids=(UNITS[2],) if n % 5 == 0 else (),
        )
        rows += [ticket, *_children(n, ticket)]
        contacts.append(
            Contact(contact, f"{CANARY}{contact}〕", f"1390001{int(contact[2:]):04d}", sample=False)
        )
        texts.append((ticket.id, f"{CANARY}{contact}〕住1390001{int(contact[2:]):04d}"))
    return rows, contacts, texts


def _children(n: int, ticket: Ticket) -> list[Row]:
    rows: list[Row] = [make_timeline_entry(ticket, id=f"e-{n:03d}")]
    if n % 3 == 0:
        rows.append(make_visit(ticket, id=f"v-{n:03d}"))
    if n % 6 == 1:
        rows.append(make_urge(ticket, id=f"g-{n:03d}"))
    if n % 2 == 0:
        rows.append(_finding(n, ticket))
    if n % 4 == 0:
        rows.append(_notice(n, ticket))
    return rows


def _finding(n: int, ticket: Ticket) -> Row:
    state = ("filed", "acknowledged", "replied", "confirmed", "rectified", "draft")[n // 2 % 6]
    who = ("officer", "chief")[n // 2 % 2]
    filed = {"filed_at": None, "rectify_due_at": None} if state == "draft" else {}
    return make_finding(ticket, id=f"f-{n:03d}", state=state, author_id=f"p-{who}", **filed)


def _notice(n: int, ticket: Ticket) -> Row:
    state = ("issued", "submitted", "draft", "returned")[n // 4 % 4]
    issued = {"number": f"督{n}", "issued_at": NOW} if state == "issued" else {}
    return make_notice(ticket, id=f"n-{n:03d}", state=state, **issued)
