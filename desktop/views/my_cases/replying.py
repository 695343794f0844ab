"""An answer between its form and the outbox: its draft, what it is held against, the files that go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from desktop.models.domain.changes import Changes
from desktop.services.commands.attachments import About, attach_picked
from desktop.services.commands.base import Writer
from desktop.services.queries.my_cases import Ask, AskDetail
from desktop.services.queries.reply_checks import Reply
from desktop.views.my_cases.ask_rows import row_key

_NOT_CONTACTED: Final = "F02"
"""The finding that says nobody was contacted: the file's own word is then no proof of a contact."""


class AnswerDraft(Struct, frozen=True, kw_only=True):
    """A half-written answer."""

    text: str = ""
    stance: str = ""


def reply_of(ask: Ask, detail: AskDetail | None, text: str, files: int) -> Reply | None:
    """The answer as it would go, None where there is nothing to hold it against."""
    if ask.kind in ("urge", "inquiry") or detail is None:
        return None
    notice, finding = detail.notice, detail.finding
    asked = notice.requirement if notice is not None else ""
    return Reply(
        ticket_id=ask.ticket_id,
        ask_id=ask.entity_id,
        request=finding.requirement if finding is not None else asked,
        text=text,
        files=files,
        about_contact=finding is not None and finding.code == _NOT_CONTACTED,
    )


def with_files(w: Writer, *, command: Callable[[Writer], Changes], ask: Ask, draft_key: str) -> Changes:
    """The answer, and the files that were picked for it: they belong to the reply where it is a row of its own."""
    made = command(w)
    replies = [row_id for kind, row_id in made.keys if kind == "finding_reply"]
    about = About(ticket_id=ask.ticket_id, type=ask.kind, id=ask.entity_id)
    if replies:
        about = About(ticket_id=ask.ticket_id, type="finding_reply", id=replies[0])
    return made | attach_picked(w, draft_key, about)


def draft_key(ask: Ask) -> str:
    """Under which key the draft of an answer, and its files, are kept."""
    return f"answer:{row_key(ask)}"
