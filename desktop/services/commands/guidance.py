"""Light documents to units (工作提示, 提醒函): sent, read and confirmed, taken back. No supervision follows."""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Guidance, GuidanceKind
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import GuidancePayload, ReasonPayload, ReceiptPayload
from desktop.services.commands.base import Writer


class GuidanceForm(Struct, frozen=True, kw_only=True):
    """A guidance as its form holds it."""

    kind: GuidanceKind = "tip"
    title: str = ""
    text: str = ""
    unit_ids: tuple[str, ...] = ()


def send_guidance(w: Writer, form: GuidanceForm) -> Changes:
    """Send it to its units. Raises Refused("incomplete") without a title, a text or a unit."""
    for name in ("title", "text", "unit_ids"):
        said = getattr(form, name)
        if not said or (isinstance(said, str) and not said.strip()):
            raise Refused("incomplete", f"/payload/{name}")
    payload = GuidancePayload(
        kind=form.kind,
        title=form.title.strip(),
        text=form.text.strip(),
        unit_ids=tuple(dict.fromkeys(form.unit_ids)),
    )
    return w.submit("guidance.send", w.new_id(), payload)


def confirm_guidance(w: Writer, guidance_id: str, text: str = "") -> Changes:
    """Say for each of one's own units it was sent to that it has been read. Raises Refused("not_your_unit")."""
    row = w.row("guidance", guidance_id)
    units = [u for u in row.unit_ids if u in w.me.unit_ids] if isinstance(row, Guidance) else []
    if not units:
        raise Refused("not_your_unit", "/payload/unit_id")
    changes = Changes()
    for unit_id in units:
        payload = ReceiptPayload(guidance_id=guidance_id, unit_id=unit_id, text=text.strip())
        changes |= w.submit("guidance.confirm", w.new_id(), payload)
    return changes


def withdraw_guidance(w: Writer, guidance_id: str, reason: str) -> Changes:
    """Take it back with the reason; it stays on file. Raises Refused("incomplete") without one."""
    if not reason.strip():
        raise Refused("incomplete", "/payload/reason")
    return w.submit("guidance.withdraw", guidance_id, ReasonPayload(reason=reason.strip()))
