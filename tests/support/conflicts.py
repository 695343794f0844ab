"""Conflicts made by two desktops on the real server, and what their person then reads: for tests of settling.

with two_officers(tmp_path, office) as (mine, theirs):
    finding = filed_finding(theirs, ticket)
    ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from desktop.models.domain.entities import Finding, Ticket
from desktop.models.store import settings
from desktop.services.commands.findings import FindingForm, create_finding, edit_finding
from desktop.services.queries.base import Reader
from desktop.services.queries.outbox import OutboxRow, View, outbox_rows
from desktop.services.queries.reference import load_reference
from desktop.services.queries.settling import Matter, matter

from .central_office import Office
from .engine import EngineDesk, open_engine

T = TypeVar("T")

FACTS = "答复称已办结。回访时诉求人表示无人联系。"


def ask(desk: EngineDesk, query: Callable[[Reader], T]) -> T:
    """A query as a page of this desktop would run it."""
    with desk.store.read() as connection:
        me, rules = settings.me(connection), settings.profile(connection)
        assert me is not None
        assert rules is not None
        reader = Reader(
            connection=connection,
            now=desk.now(),
            profile=rules,
            me=me,
            reference=load_reference(connection),
            language="zh",
        )
        return query(reader)


def listed(desk: EngineDesk, view: View = "needs") -> tuple[OutboxRow, ...]:
    """The outbox's list."""
    return ask(desk, lambda r: outbox_rows(r, view))


def laid_out(desk: EngineDesk, op_id: str = "") -> Matter:
    """An entry as its settling page shows it; without an id the only one that needs its person."""
    if not op_id:
        first, *rest = [row for row in listed(desk) if row.standing != "blocked"]
        assert not rest
        op_id = first.key
    found = ask(desk, lambda r: matter(r, op_id))
    assert found is not None
    return found


def the_form(finding: Finding) -> FindingForm:
    """The form of a finding as its page opens it."""
    return FindingForm(
        ticket_id=finding.ticket_id,
        unit_id=finding.unit_id,
        code=finding.code,
        severity=finding.severity,
        facts=finding.facts,
        requirement=finding.requirement,
        cited_ticket_ids=finding.cited_ticket_ids,
        evidence_ids=finding.evidence_ids,
        rectify_days=finding.rectify_days,
    )


def filed_finding(desk: EngineDesk, ticket: Ticket) -> str:
    """A finding on the server; its id."""
    form = FindingForm(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        code="F02",
        severity="ordinary",
        facts=FACTS,
        requirement="三日内报告。",
    )
    before = set(desk.rows())
    desk.do(lambda w: create_finding(w, form, file_now=True))
    desk.sync()
    (key,) = {key for key in desk.rows() if key[0] == "finding"} - before
    return key[1]


def reword(desk: EngineDesk, finding_id: str, **changed: object) -> None:
    """Edit a finding as its form would."""
    form = the_form(desk.row("finding", finding_id))
    desk.do(lambda w: edit_finding(w, finding_id, replace(form, **changed)))


@contextmanager
def desks(folder: Path, office: Office, *logins: str) -> Iterator[tuple[EngineDesk, ...]]:
    """A desktop for each, synced once."""
    with ExitStack() as stack:
        opened = [stack.enter_context(open_engine(folder, office, login)) for login in logins]
        for desk in opened:
            desk.sync()
        yield tuple(opened)
