"""A case is taken away while its person was writing: nothing of the case stays, none of their words is lost."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from central.writer import Writer
from desktop.models.domain.entities import Note, Notice, Ticket
from desktop.models.store import settings
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.my_cases import reply_to_notice
from desktop.services.commands.quarantine import discard_quarantined, hand_over
from desktop.services.queries.base import Reader, Reference
from desktop.services.queries.quarantine import QuarantineRow, quarantined
from tests.support.builders import make_notice
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine

WORDS = "路面已于周五修补，照片随后报送。"


class Form(Struct):
    """A half-written form of any kind."""

    text: str


def waiting_words(desk: EngineDesk) -> tuple[QuarantineRow, ...]:
    """What the page of lost cases lists."""
    with desk.store.read() as connection:
        me, rules = settings.me(connection), settings.profile(connection)
        assert me is not None
        assert rules is not None
        reader = Reader(connection=connection, now=desk.now(), profile=rules, me=me, reference=Reference())
        return quarantined(reader)


def send_elsewhere(office: Office, ticket: Ticket) -> None:
    """The case goes to another unit."""
    with office.database.write() as tx:
        writer = Writer(tx, at=office.clock.now())
        there = writer.ticket(ticket.id)
        assert there is not None
        writer.put(replace(there, unit_id="u-water"))


def asked(office: Office, ticket: Ticket) -> Notice:
    notice = make_notice(ticket, state="issued")
    office.load(notice)
    return notice


def notes(office: Office) -> list[Note]:
    return [row for row in office.hand("officer").rows().values() if isinstance(row, Note)]


def test_the_answer_to_a_lost_case_is_handed_over(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The liaison's answer would be lost with the case: it reaches the office as a note, once, marked late."""
    notice = asked(office, ticket)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        desk.do(lambda w: reply_to_notice(w, notice.id, WORDS))
        send_elsewhere(office, ticket)
        desk.sync()
        assert not [key for key in desk.rows() if key[0] in ("ticket", "notice")]
        (kept,) = waiting_words(desk)
        assert (kept.reason, kept.ticket_number) == ("out_of_scope", ticket.number)
        assert kept.texts == (("text", WORDS),)
        desk.do(lambda w: hand_over(w, kept.id, f"移交：{WORDS}"))
        assert not waiting_words(desk)
        assert not [key for key in desk.rows() if key[0] == "note"]  # nothing of a lost case comes back by it
        assert desk.sync().unsent == 0
        (note,) = notes(office)
        assert (note.text, note.late, note.by_id) == (f"移交：{WORDS}", True, "p-liaison")
        assert [e.state for e in desk.entries()] == ["discarded", "applied"]
        assert desk.entries()[1].op.resolves == desk.entries()[0].op_id
        desk.sync()
        assert desk.rows() == office.hand("liaison").rows()


def test_words_of_a_case_lost_with_the_post_are_handed_over(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Whoever changes posts loses the old unit's cases without an eviction; the server still knows they were theirs."""
    notice = asked(office, ticket)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        desk.do(lambda w: reply_to_notice(w, notice.id, WORDS))
        office.services.accounts.set_roles("liaison", ("liaison",), ("u-water",))
        desk.sync()
        assert not [key for key in desk.rows() if key[0] in ("ticket", "notice")]
        (kept,) = waiting_words(desk)
        desk.do(lambda w: hand_over(w, kept.id, WORDS))
        desk.sync()
        assert [note.text for note in notes(office)] == [WORDS]


def test_nobody_leaves_notes_on_cases_that_were_never_theirs(office: Office, ticket: Ticket) -> None:
    """The hand-over is no way past the scope, and says nothing about whether a case exists."""
    payload = {"ticket_id": ticket.id, "text": WORDS}
    water = office.hand("water")
    assert water.does("note.hand_over", payload).status == "out_of_scope"
    strange = water.does("note.hand_over", payload | {"ticket_id": office.new_id()})
    assert strange.status == "out_of_scope"


def test_a_half_written_form_of_a_lost_case_is_found(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The case's pane is gone and with it the only way to the draft; it waits among the lost words instead."""
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        desk.do(lambda w: save_draft(w, f"answer:{ticket.id}", Form(text=WORDS), ticket.id))
        send_elsewhere(office, ticket)
        desk.sync()
        (kept,) = waiting_words(desk)
        assert (kept.kind, kept.reason, kept.ticket_number) == ("draft", "evicted", ticket.number)
        desk.do(lambda w: hand_over(w, kept.id, WORDS))
        assert desk.table("draft") == []
        desk.sync()
        assert [note.text for note in notes(office)] == [WORDS]


def test_lost_words_may_be_thrown_away(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """Only their author decides that they are worth nothing; the copy stays for a while."""
    notice = asked(office, ticket)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        desk.do(lambda w: reply_to_notice(w, notice.id, WORDS))
        send_elsewhere(office, ticket)
        desk.sync()
        (kept,) = waiting_words(desk)
        desk.do(lambda w: discard_quarantined(w, kept.id))
        assert not waiting_words(desk)
        assert [e.state for e in desk.entries()] == ["discarded"]
        assert len(desk.table("quarantine")) == 1
        assert desk.sync().unsent == 0
        assert notes(office) == []


def test_nothing_the_server_said_of_a_lost_case_stays(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A conflict's answer holds the others' words on the case: it leaves with it, one's own words do not."""
    notice = asked(office, ticket)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        desk.do(lambda w: reply_to_notice(w, notice.id, WORDS))
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.row("notice", notice.id)
            assert isinstance(there, Notice)
            writer.put(replace(there, state="replied", reply_text="同事答的"))
        desk.sync()
        assert [e.state for e in desk.entries()] == ["conflict"]
        answers = "SELECT answer FROM outbox"
        with desk.store.read() as connection:
            assert b"replied" in connection.exec_driver_sql(answers).scalar_one()
        send_elsewhere(office, ticket)
        desk.sync()
        with desk.store.read() as connection:
            told = msgspec.json.decode(connection.exec_driver_sql(answers).scalar_one())
        assert told == {"op_id": desk.entries()[0].op_id, "status": "conflict"}
        (kept,) = waiting_words(desk)
        assert kept.texts == (("text", WORDS),)
