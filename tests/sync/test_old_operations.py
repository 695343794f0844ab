"""Work made with an older program goes out as it was made; work of a newer one is refused in words, never a crash."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from desktop.models.domain import operations
from desktop.models.domain.entities import Note, Ticket
from desktop.models.domain.operations import SCHEMA, UPCASTERS, Operation, body_of, own_words
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import discard_operation
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine


def rewrite(desk: EngineDesk, op: Operation) -> None:
    """The body as another version of the program would have left it on disk."""
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET body = ? WHERE op_id = ?", (body_of(op), op.op_id))


def written(desk: EngineDesk, ticket: Ticket, text: str) -> Operation:
    desk.do(lambda w: add_note(w, ticket.id, text))
    return desk.entries()[-1].op


def notes(office: Office) -> list[str]:
    return sorted(r.text for r in office.hand("officer").rows().values() if isinstance(r, Note))


def older(op: Operation) -> Operation:
    """The shape of a note before: its text was called ``words``."""
    payload = {"words" if name == "text" else name: value for name, value in op.payload.items()}
    return replace(op, schema=1, payload=payload)


def test_a_body_of_the_first_schema_goes_out_unchanged(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """The server knows an operation by the hash of its body: an upgrade that rewrote it would apply it twice."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        op = written(desk, ticket, "旧程序写的")
        rewrite(desk, msgspec.json.decode(body_of(replace(op, schema=1)), type=Operation))
        before = desk.table("outbox")[0]
        desk.network.lose_reply_to = "/operations"
        with pytest.raises(Exception, match="offline"):
            desk.sync()
        desk.sync()
        assert [e.state for e in desk.entries()] == ["applied"]
        assert before[7] in desk.table("outbox")[0]
        assert notes(office) == ["旧程序写的"]


def test_a_changed_payload_is_read_alike_at_both_ends(
    tmp_path: Path, office: Office, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One registry: what the desktop shows of an old operation is what the server makes of it."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        rewrite(desk, older(written(desk, ticket, "从前的写法")))

        def rename(op: Operation) -> Operation:
            payload = {"text" if name == "words" else name: value for name, value in op.payload.items()}
            return replace(op, payload=payload)

        monkeypatch.setitem(UPCASTERS, ("note.add", 1), rename)
        (entry,) = desk.entries()
        assert own_words(entry.op) == (("text", "从前的写法"),)
        desk.sync()
        assert notes(office) == ["从前的写法"]
        assert desk.rows() == office.hand("officer").rows()


def test_a_newer_programs_work_is_refused_in_words(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """After a downgrade the outbox holds what this program cannot read: it says so, other work goes on."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        strange = written(desk, ticket, "新程序写的")
        rewrite(desk, replace(strange, schema=SCHEMA + 1, kind="note.sing"))
        newer = written(desk, ticket, "也是新程序写的")
        rewrite(desk, replace(newer, schema=SCHEMA + 1))
        written(desk, ticket, "这个程序写的")
        desk.sync()
        assert [(e.state, e.code) for e in desk.entries()[:2]] == [("rejected", "schema_unknown")] * 2
        assert notes(office) == ["这个程序写的"]
        desk.do(lambda w: discard_operation(w, strange.op_id))
        assert desk.entries()[0].state == "discarded"


@pytest.mark.parametrize("schema", range(max(1, SCHEMA - 2), SCHEMA + 1))
def test_two_schemas_back_are_taken(office: Office, ticket: Ticket, schema: int) -> None:
    """A desktop that was away for two releases drains before it upgrades."""
    hand = office.hand("officer")
    op = hand.op("note.add", {"ticket_id": ticket.id, "text": "一"})
    assert hand.push(replace(op, schema=schema))[0].status == "applied"


def test_every_upcaster_starts_from_a_known_kind_and_an_older_schema() -> None:
    """A line of the registry that can never be reached would be a promise nobody keeps."""
    assert all(1 <= schema < SCHEMA for _, schema in operations.UPCASTERS)
