"""Findings in the simulator: written, filed, changed by two, taken through their life; named for the story."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Finding, Ticket, Visit
from desktop.services.commands import findings
from desktop.services.commands.base import Writer

Act = Callable[[Writer], Changes]


def new_finding(ticket: Ticket, words: str, at_once: bool) -> tuple[str, Act]:
    """A finding on this case, filed at once or kept as a draft."""
    form = findings.FindingForm(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        code="F02",
        severity="ordinary",
        facts=words,
        requirement="",
    )
    return (f"finding on {ticket.id}", partial(findings.create_finding, form=form, file_now=at_once))


def _verifying(old: Finding, visits: list[Visit]) -> list[tuple[str, Act]]:
    """A rectification is looked at by a visit: one is arranged, and the finding closed out by one that was made."""
    name, own = old.id[-6:], [visit for visit in visits if visit.ticket_id == old.ticket_id]
    found: list[tuple[str, Act]] = [
        (f"arrange a visit for {name}", partial(findings.arrange_visit, finding_id=old.id))
    ]
    for visit in own[:1]:
        verify = partial(
            findings.verify_rectification, finding_id=old.id, means="return_visit", ref_id=visit.id
        )
        found.append((f"verify finding {name}", verify))
    return found


def on_finding(old: Finding, words: str, visits: list[Visit]) -> list[tuple[str, Act]]:
    """What a finding in this state permits; whose it is, is for the product to say."""
    name = old.id[-6:]
    form = findings.FindingForm(
        ticket_id=old.ticket_id,
        unit_id=old.unit_id,
        code=old.code,
        severity=old.severity,
        facts=words,
        requirement=old.requirement,
        cited_ticket_ids=old.cited_ticket_ids,
        rectify_days=old.rectify_days,
    )
    facts = partial(findings.edit_finding, finding_id=old.id, form=form)
    other = replace(form, facts=old.facts, requirement=words)
    wish = partial(findings.edit_finding, finding_id=old.id, form=other)
    both = replace(other, facts=f"{words}又")

    def twice(wr: Writer) -> Changes:
        return findings.edit_finding(wr, old.id, other) | findings.edit_finding(wr, old.id, both)

    withdraw = partial(findings.withdraw_finding, finding_id=old.id, reason=words)
    back = partial(findings.return_rectification, finding_id=old.id, reason=words)
    steps: dict[str, list[tuple[str, Act]]] = {
        "draft": [(f"file finding {name}", partial(findings.file_finding, finding_id=old.id))],
        "replied": [(f"confirm finding {name}", partial(findings.confirm_finding, finding_id=old.id))],
        "rectified": [
            *_verifying(old, visits),
            (f"return finding {name}", back),
        ],
        "review_requested": [
            (
                f"decide the review of {name}",
                partial(findings.decide_review, finding_id=old.id, outcome="upheld", text=words),
            )
        ],
    }
    steps["acknowledged"] = steps["replied"]
    found = steps.get(old.state, [])
    if old.state in ("draft", "filed", "acknowledged"):
        found = [*found, (f"edit finding {name}", facts), (f"word finding {name}'s wish", wish)]
        found.append((f"edit finding {name} twice", twice))
    if old.state in ("draft", "filed", "acknowledged", "replied"):
        found = [*found, (f"withdraw finding {name}", withdraw)]
    return found
