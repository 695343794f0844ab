"""The rungs of the supervision ladder as a city has them: part of its rule profile.

Who may write, sign and withdraw an act of each rung, how long a unit has to explain itself, how the acts are numbered.
What the rules mean for a case is for :mod:`ladder` to say. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from .entities import Role, Rung, literals

RUNGS: Final[tuple[Rung, ...]] = literals(Rung)  # type: ignore[assignment]  # its values are what the alias names

REPORT_SIGNERS: Final[frozenset[Role]] = frozenset(("approve", "deputy_director"))
"""Who signs urgent reports, which are no acts of the ladder: the contract says so and no city otherwise."""


class RungRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rung as a city has it. Roles are alternatives; nobody signs their own act, whatever their roles.

    ``reply_days`` are working days, 0 = as ``stages.notice_reply_days`` says; ``series`` is the form of its numbers
    ("{year}" and "{n}" are filled in), "" = ``notice_series`` for a notice and no number for any other.
    """

    rung: Rung
    writers: tuple[Role, ...] = ("officer",)
    signers: tuple[Role, ...]
    withdrawers: tuple[Role, ...]
    """Who may take an issued one back; a draft is also its author's to withdraw."""
    reply_days: int = 0
    series: str = ""


class LadderRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The rungs a city has, lowest first, and when a step is proposed (0 = never for that ground).

    The defaults are those of rules published before there was a ladder: notices alone, and no proposals.
    """

    rungs: tuple[RungRule, ...] = (
        RungRule(
            rung="notice",
            signers=("approve", "deputy_director"),
            withdrawers=("officer", "approve", "deputy_director"),
        ),
    )
    unanswered_urges: int = 0
    dissatisfied_reworks: int = 0
    overdue_rectifications: int = 0

    def rule(self, rung: Rung) -> RungRule | None:
        """The city's rule of a rung, None where it has no such rung."""
        return next((each for each in self.rungs if each.rung == rung), None)


def height(rung: Rung) -> int:
    """1 for a notice, 6 for a referral: the order of the ladder, whichever rungs a city has."""
    return RUNGS.index(rung) + 1


def may_write(rules: LadderRules, rung: Rung, roles: Collection[str]) -> bool:
    """Whether somebody with these roles may write an act of this rung."""
    rule = rules.rule(rung)
    return rule is not None and any(role in roles for role in rule.writers)


def may_sign(rules: LadderRules, rung: Rung, roles: Collection[str]) -> bool:
    """Whether somebody with these roles may sign, or return, an act of this rung that they have not written."""
    rule = rules.rule(rung)
    return rule is not None and any(role in roles for role in rule.signers)


def signable(rules: LadderRules, roles: Collection[str]) -> tuple[int, ...]:
    """The heights of the rungs that somebody with these roles may sign."""
    return tuple(height(each.rung) for each in rules.rungs if may_sign(rules, each.rung, roles))


def may_sign_reports(roles: Collection[str]) -> bool:
    """Whether somebody with these roles may sign, or return, an urgent report that they have not written."""
    return any(role in roles for role in REPORT_SIGNERS)
