"""What each operation on a finding does to its row, in the order of its life; part of the fold.

From which states a step leads, and how the time for the rectification is reckoned, stands in :mod:`finding_rules`.
What the unit says, and what the office answers in words, are rows of their own beside the finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from .entities import Finding, FindingReply, Key, Row, Stance
from .finding_rules import (
    may_leave,
    no_review,
    receipt_until,
    rested,
    review_decided_until,
    running,
    with_limit,
)
from .fold_terms import FoldContext, Refused, apply_changes
from .operations import CATALOGUE, Operation, office_reply_id
from .profile import RuleProfile

Rows = dict[Key, Row]


def create(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """``finding.create``."""
    fields = {name: getattr(payload, name) for name in payload.__struct_fields__}
    good = _is_good(ctx.profile, payload.code)
    fields["rectify_days"] = 0 if good else payload.rectify_days or ctx.profile.rectify_days[payload.severity]
    return Finding(
        id=op.entity_id,
        author_id=ctx.actor.id,
        author_name=ctx.actor.name,
        created_at=ctx.at,
        good=good,
        **fields,
    )


def edit(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.edit``: until the unit has answered to these words."""
    _step(op, row)
    edited = apply_changes(row, op.changes, CATALOGUE[op.kind].editable)
    assert isinstance(edited, Finding)  # apply_changes keeps the class
    if edited.filed_at is not None and edited.basis != row.basis:
        edited = replace(edited, basis_words="\n".join(_words_of_basis(edited.basis, ctx)))
    good = _is_good(ctx.profile, edited.code) if edited.code != row.code else row.good
    days = 0 if good else edited.rectify_days or ctx.profile.rectify_days[edited.severity]
    return _acted(with_limit(replace(edited, good=good, rectify_days=days), ctx.profile), ctx)


def file(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.file``: the time for the rectification begins."""
    _step(op, row)
    if not row.facts.strip():
        raise Refused("incomplete", "/facts")
    if not row.unit_id:
        raise Refused("incomplete", "/unit_id")
    words = "\n".join(_words_of_basis(row.basis, ctx))
    filed = replace(row, state="filed", filed_at=ctx.at, basis_words=words)
    return with_limit(_acted(filed, ctx), ctx.profile)


def acknowledge(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.acknowledge``."""
    _step(op, row)
    return replace(row, state="acknowledged", acknowledged_at=ctx.at, acknowledged_by=ctx.actor.name)


def reply(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.reply``: to weigh it is the office's turn."""
    _step(op, row)
    if payload.stance not in ("accepts", "explains", "disputes"):
        raise Refused("bad_value", "/payload/stance")  # every other word of the course has a step of its own
    replied = replace(
        row,
        state="replied",
        replied_at=ctx.at,
        acknowledged_at=row.acknowledged_at or ctx.at,
        acknowledged_by=row.acknowledged_by or ctx.actor.name,
    )
    return _with_words(rested(replied, ctx.at), payload.reply_id, payload.stance, payload.text, ctx)


def confirm(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.confirm``: not before the unit had time to receive it. Good practice is commended, and that is all."""
    _step(op, row)
    due = receipt_until(ctx.profile, row)
    if row.state == "filed" and not row.good and due is not None and ctx.at <= due.at:
        raise Refused("receipt_awaited", "/state")
    upheld = replace(row, state="confirmed", confirmed_at=ctx.at, confirmed_by=ctx.actor.name)
    return running(_acted(upheld, ctx), ctx.at, ctx.profile)


def withdraw(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.withdraw``: it stays on file with its reason."""
    _step(op, row)
    return _acted(replace(row, state="withdrawn", withdraw_reason=payload.reason), ctx)


def begin(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.begin``: the unit says what it will do."""
    _step(op, row)
    return _with_words(replace(row, state="rectifying"), payload.reply_id, "plans", payload.text, ctx)


def rectify(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.rectify``: the unit reports; to look at it is the office's turn."""
    _step(op, row)
    done = replace(
        row,
        state="rectified",
        rectified_at=ctx.at,
        return_reason="",
        verify_means=None,  # what was arranged for an earlier report shows nothing of this one
        verify_ref_id="",
    )
    return _with_words(rested(done, ctx.at), payload.reply_id, "rectified", payload.text, ctx)


def arrange(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Row:
    """``finding.arrange``: how the report will be looked at."""
    _step(op, row)
    return _acted(replace(row, verify_means=payload.means, verify_ref_id=payload.ref_id), ctx)


def verify(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.verify``: closed out, by a visit or a look-back that is named."""
    _step(op, row)
    if payload.means is None or not payload.ref_id:
        raise Refused("verification_missing", "/payload/ref_id")
    closed = replace(
        row,
        state="verified",
        verified_at=ctx.at,
        verified_by=ctx.actor.name,
        verify_means=payload.means,
        verify_ref_id=payload.ref_id,
    )
    return _with_words(_acted(closed, ctx), office_reply_id(op), "verified", payload.text, ctx)


def send_back(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.return``: it is not put right; the unit's time goes on."""
    _step(op, row)
    back = replace(row, state="returned", return_reason=payload.reason)
    back = running(_acted(back, ctx), ctx.at, ctx.profile)
    return _with_words(back, office_reply_id(op), "returned", payload.reason, ctx)


def ask_review(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.review``: once, and within the days after it was upheld."""
    _step(op, row)
    refusal = no_review(ctx.profile, row, ctx.at)
    if refusal:
        raise Refused(refusal, "/entity_id")
    asked = replace(row, state="review_requested", review_from=row.state, review_at=ctx.at)
    due = review_decided_until(ctx.profile, asked)
    asked = replace(asked, review_due_at=due.at if due is not None else None)
    return _with_words(rested(asked, ctx.at), payload.reply_id, "review", payload.text, ctx)


def decide_review(op: Operation, row: Finding, payload: Any, ctx: FoldContext) -> Rows:
    """``finding.decide``: it stands, stands with another severity, or stands no longer."""
    _step(op, row)
    if (payload.outcome == "changed") != (payload.severity is not None):
        raise Refused("bad_value", "/payload/severity")
    decided = replace(
        _acted(row, ctx),
        state=row.review_from or "confirmed",
        review_outcome=payload.outcome,
        reviewed_at=ctx.at,
        reviewed_by=ctx.actor.name,
    )
    if payload.outcome == "revoked":
        decided = replace(decided, state="withdrawn", withdraw_reason=payload.text)
    if payload.severity is not None:
        days = ctx.profile.rectify_days[payload.severity]
        decided = replace(decided, severity=payload.severity, rectify_days=days)
    if decided.state == "rectified":  # the report still waits to be looked at
        decided = with_limit(decided, ctx.profile)
    elif decided.state != "withdrawn":
        decided = running(decided, ctx.at, ctx.profile)
    return _with_words(decided, office_reply_id(op), payload.outcome, payload.text, ctx)


def _step(op: Operation, row: Finding) -> None:
    if not may_leave(row, op.kind):
        raise Refused("transition_not_legal", "/state", conflict=True)


def _is_good(profile: RuleProfile, code: str) -> bool:
    found = profile.finding_code(code)
    return found is not None and found.good


def _words_of_basis(codes: tuple[str, ...], ctx: FoldContext) -> Iterator[str]:
    """What the citations say; one that is not in force today cannot be cited today."""
    today = ctx.profile.local(ctx.at).date()
    for code in codes:
        citation = ctx.profile.inspections.citation(code)
        if citation is None or not citation.in_force(today):
            raise Refused("basis_not_in_force", "/basis")
        yield citation.words("zh")


def _acted(row: Finding, ctx: FoldContext) -> Finding:
    if ctx.actor.id in row.acted_ids:
        return row
    return replace(row, acted_ids=(*row.acted_ids, ctx.actor.id))


def _with_words(row: Finding, reply_id: str, stance: Stance, text: str, ctx: FoldContext) -> Rows:
    said = FindingReply(
        id=reply_id,
        ticket_id=row.ticket_id,
        finding_id=row.id,
        unit_id=row.unit_id,
        stance=stance,
        text=text,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )
    return {("finding", row.id): row, ("finding_reply", said.id): said}
