"""The tables of the encrypted store, as SQLAlchemy Core: written by the engine, read by the queries.

``projection`` holds fold(last server row, pending operations) of every row in scope; the ``*_list`` tables
are narrow shadows of it for lists and counts, rewritten in the same transaction. Times in list tables are
whole seconds since 1970 in UTC. Nothing here opens a connection.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

projection = Table(
    "projection",
    metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False, default=""),  # a ticket's own id for a ticket, "" for reference
    Column("version", Integer, nullable=False),  # the server's, 0 = made here and not yet known there
    Column(
        "pending", Integer, nullable=False, default=0
    ),  # operations folded in that the server has not taken
    Column("data", LargeBinary, nullable=False),  # the folded row as JSON, see entities.encode_row
    Index("projection_ticket", "ticket_id", "type"),
)

base = Table(
    "base",
    metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column(
        "data", LargeBinary, nullable=False
    ),  # the server's row as it came; only where operations are folded in
)

ticket_list = Table(
    "ticket_list",
    metadata,
    Column("rid", Integer, primary_key=True),  # what item models hold; never reused
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Integer, nullable=False),  # 1 until the unit says done
    Column("paused", Integer, nullable=False),
    Column("due_at", Integer),
    Column("provisional", Integer, nullable=False),
    Column("request_type", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("place_id", Text, nullable=False),
    Column("enterprise", Integer, nullable=False),
    Column("escalated", Integer, nullable=False),
    Column("rework", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("requester_label", Text, nullable=False),
    Column("received_at", Integer, nullable=False),
    Column("completed_at", Integer),
    Column("urges", Integer, nullable=False),
    Column("promised_at", Integer),  # the latest promise of the unit, NULL where none or the ticket is closed
    Column("notice_state", Text, nullable=False),  # of the latest notice that is not withdrawn, "" = none
    Column("findings", Integer, nullable=False),
    Column("answered_at", Integer),  # the latest answer of the unit that waits to be looked at, NULL = none
    Column("contradicted", Integer, nullable=False),  # a valid visit after it says otherwise than the file
    Column("pending", Integer, nullable=False),  # unsent operations on the ticket or its children
    Column("matter_id", Text, nullable=False),  # the ticket it was merged into, "" = none
    Column("asked_at", Integer),  # since when the unit owes an answer, NULL = it owes none
    Column(
        "unanswered", Integer, nullable=False
    ),  # urges without an answer since the last act of supervision
    Column("dissatisfied", Integer, nullable=False),  # the last visit after all that says that it is no good
    Column("rung", Integer, nullable=False),  # the highest act that stands, 0 = none; see ladder_rules.height
    Column("acting", Integer, nullable=False),  # 1 = an act is being written or waits for a signature
    Column(
        "contact_key", Integer
    ),  # crc32 of the contact id: the same requester or, rarely, not; NULL = not told
    Column("address_key", Integer),  # crc32 of the folded address, likewise
    Column("officer_id", Text, nullable=False),  # the officer who looks after it, "" = nobody by name
    # Partial: few tickets are in these, and a first load does not pay for the others. Queries say the condition in so
    # many letters, not as a parameter, or the index is not seen to fit.
    Index("ticket_overdue", "paused", "due_at", "number", sqlite_where=text("open = 1")),
    Index("ticket_escalated", "due_at", "number", sqlite_where=text("open = 1 AND escalated = 1")),
    Index("ticket_emergency", "due_at", "number", sqlite_where=text("open = 1 AND urgency <> 'normal'")),
    Index("ticket_rework", "open", "due_at", "number", sqlite_where=text("rework > 0")),
    Index("ticket_repeated", "open", "due_at", "number", sqlite_where=text("repeats > 0")),
    Index("ticket_provisional", "open", "due_at", "number", sqlite_where=text("provisional = 1")),
    Index("ticket_promised", "open", "promised_at", "number", sqlite_where=text("promised_at IS NOT NULL")),
    Index("ticket_answered", "answered_at", "number", sqlite_where=text("answered_at IS NOT NULL")),
    Index("ticket_contradicted", "id", "completed_at", sqlite_where=text("contradicted = 1")),
    Index("ticket_matter", "matter_id", sqlite_where=text("matter_id <> ''")),
    Index("ticket_asked", "due_at", "number", sqlite_where=text("asked_at IS NOT NULL")),
    Index("ticket_officer", "officer_id", "due_at", "number", sqlite_where=text("officer_id <> ''")),
    Index("ticket_ground", "due_at", "number", sqlite_where=text("unanswered > 0 OR dissatisfied = 1")),
    sqlite_autoincrement=True,
)

LATE_INDEXES = (
    Index("ticket_contact", ticket_list.c.contact_key, sqlite_where=text("contact_key IS NOT NULL")),
    Index("ticket_address", ticket_list.c.address_key, sqlite_where=text("address_key IS NOT NULL")),
    Index("ticket_number", ticket_list.c.number),
    Index("ticket_received", ticket_list.c.received_at, ticket_list.c.number),
    Index(
        "ticket_unit", ticket_list.c.unit_id, ticket_list.c.open, ticket_list.c.due_at, ticket_list.c.number
    ),
)
"""Of every ticket: a first load drops them and makes them at its end, see ``late_indexes``."""

ticket_text = Table(
    "ticket_text",  # what a search looks through, and nothing else: read from end to end within a keystroke
    metadata,
    Column("rid", Integer, ForeignKey("ticket_list.rid", ondelete="CASCADE"), primary_key=True),
    Column(
        "text", Text, nullable=False
    ),  # domain.search_text: number, title, address, request, answer, one a line
)

search_todo = Table(
    "search_todo",  # texts that changed or went: the search index, a file of its own, takes them in this order
    metadata,
    Column("seq", Integer, primary_key=True),  # never reused: the index says up to which one it went
    Column("rid", Integer, nullable=False),
    sqlite_autoincrement=True,
)

visit_list = Table(
    "visit_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("contact_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Integer),
    Column("opened_at", Integer, nullable=False),
    Column("booked_at", Integer),
    Column("assigned_to", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_outcome", Text, nullable=False),
    Column("completed_at", Integer),
    Column("completed_by_id", Text, nullable=False),
    Column("valid", Integer, nullable=False),
    Column("proposal", Text, nullable=False),
    Column("pending", Integer, nullable=False),
    Column("mode", Text, nullable=False),
    Column("challenged", Text, nullable=False),  # the state of the latest challenge, "" = none
    Column(
        "excepted", Text, nullable=False
    ),  # the state of the latest exception from the attempt rules, "" = none
    Index("visit_state", "state", "due_at"),
    Index("visit_contact", "contact_id"),
    Index("visit_ticket", "ticket_id"),
    # Few are challenged or excepted, and of a million few came from another channel.
    Index("visit_challenged", "challenged", "completed_at", sqlite_where=text("challenged <> ''")),
    Index("visit_excepted", "excepted", "state", sqlite_where=text("excepted <> ''")),
    Index("visit_channel", "opened_at", sqlite_where=text("mode <> 'phone'")),
    Index("visit_done", "mode", "completed_at", sqlite_where=text("state = 'completed'")),
)

inquiry_list = Table(
    "inquiry_list",  # what units are asked of their own contacts with citizens whom nobody reached
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("visit_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("due_at", Integer),
    Column("answered_at", Integer),
    Column("pending", Integer, nullable=False),
    Index("inquiry_state", "state", "at"),
    Index("inquiry_ticket", "ticket_id"),
    Index("inquiry_unit", "unit_id", "state"),
)

urge_list = Table(
    "urge_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("promised_at", Integer),
    Column("acknowledged_at", Integer),
    Column("by_id", Text, nullable=False),
    Column("pending", Integer, nullable=False),
    Column("answered", Integer, nullable=False),  # see ladder.is_answered
    Index("urge_ticket", "ticket_id"),
    Index("urge_unit", "unit_id", "acknowledged_at"),
)

notice_list = Table(
    "notice_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("submitted_at", Integer),
    Column("issued_at", Integer),
    Column("reply_due_at", Integer),
    Column("replied_at", Integer),
    Column("pending", Integer, nullable=False),
    Column("rung", Integer, nullable=False),  # see ladder_rules.height
    Index("notice_state", "state", "reply_due_at"),
    Index("notice_ticket", "ticket_id"),
)

finding_list = Table(
    "finding_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("filed_at", Integer),
    Column("rectify_due_at", Integer),
    Column("replied_at", Integer),
    Column("pending", Integer, nullable=False),
    Index("finding_state", "state", "filed_at"),
    Index("finding_unit", "unit_id", "state"),
    Index("finding_ticket", "ticket_id"),
)

application_list = Table(
    "application_list",  # what units apply for: more time, or that a case goes elsewhere
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", Integer, nullable=False),
    Column("old_due_at", Integer),
    Column("decided_at", Integer),
    Column("by_id", Text, nullable=False),
    Column("pending", Integer, nullable=False),
    # Few wait at a time, and of a million cases one in fifteen has an old one.
    Index("application_asked", "matter", "asked_at", "id", sqlite_where=text("state = 'asked'")),
    Index("application_ticket", "ticket_id"),
    Index("application_unit", "unit_id", "asked_at"),
)

instruction_list = Table(
    "instruction_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),  # "" = about no case of ours
    Column("unit_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("given_at", Integer, nullable=False),
    Column("due_at", Integer),
    Column("feedback_at", Integer),
    Column("report_id", Text, nullable=False),
    Column("pending", Integer, nullable=False),
    Index("instruction_state", "state", "due_at"),
    Index("instruction_ticket", "ticket_id"),
)

urgent_report_list = Table(
    "urgent_report_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("submitted_at", Integer),
    Column("sent_at", Integer),
    Column("pending", Integer, nullable=False),
    Index("urgent_report_state", "state", "created_at"),
    Index("urgent_report_ticket", "ticket_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),  # this device's order; never reused
    Column("op_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("entity_type", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    # queued | in_flight | applied | conflict | rejected | out_of_scope | blocked | suspended | discarded
    Column("body", LargeBinary, nullable=False),  # operations.body_of; immutable once it was in flight
    Column("attempts", Integer, nullable=False, default=0),
    Column("faults", Integer, nullable=False, default=0),  # server errors in a row on this operation alone
    Column("next_try_at", Float),  # real time, seconds
    Column("code", Text, nullable=False, default=""),  # of the problem or conflict, "" = none
    Column("answer", LargeBinary),  # the server's OperationResult as JSON
    Column("created_at", Integer, nullable=False),  # office time
    Column("settled_at", Integer),
    Column("resolves", Text, nullable=False, default=""),  # the refused operation this one settles, "" = none
    Index("outbox_state", "state", "seq"),
    Index("outbox_entity", "entity_type", "entity_id"),
    Index("outbox_ticket", "ticket_id"),
    sqlite_autoincrement=True,
)

outbox_row = Table(
    "outbox_row",  # which operations are folded into which row: until the server's row holds them or they are parked
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Index("outbox_row_key", "type", "id"),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),  # "finding:<id>", "notice:<ticket>", "visit:<id>", …
    Column("ticket_id", Text, nullable=False, default=""),
    Column("body", LargeBinary, nullable=False),  # JSON of the form
    Column("updated_at", Integer, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("op_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    Column("ticket_id", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default="kept"),  # kept | sent | discarded
    Column("sent_as", Text, nullable=False, default=""),  # the operation that handed the text over
    Column("number", Text, nullable=False, default=""),  # the case's, known while the case itself has left
    UniqueConstraint("op_id", "reason"),
)

parted = Table(
    "parted",  # rows that left our scope in great number: hidden from everything, until a digest confirms that they go
    metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),  # office time
    sqlite_with_rowid=False,
)

transfer = Table(
    "transfer",  # files on their way; their bytes lie in the second encrypted file, never here
    metadata,
    Column("id", Text, primary_key=True),  # the upload's id, or the attachment's
    Column("direction", Text, nullable=False),  # up | down
    Column("ticket_id", Text, nullable=False),
    Column("op_id", Text, nullable=False, default=""),  # the linking operation that waits for an upload
    Column("name", Text, nullable=False),  # the original name: displayed, never a path
    Column("media_type", Text, nullable=False, default=""),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    # picked (for a form that is being written) | waiting | paused | failed | done (the bytes are whole at both ends)
    Column("state", Text, nullable=False),
    Column("asked", Integer, nullable=False, default=0),  # 1 where a person waits for it
    Column("done_bytes", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Float),  # real time, seconds
    Column("code", Text, nullable=False, default=""),  # of the last problem
    Column("draft_key", Text, nullable=False, default=""),  # the form a picked file belongs to
    Column("created_at", Integer, nullable=False),  # office time
    Column("used_at", Integer, nullable=False, default=0),  # office time: looked at last
    Index("transfer_state", "direction", "state", "created_at"),
    Index("transfer_ticket", "ticket_id"),
)

data_act = Table(
    "data_act",  # what left this desktop, until the server has written it down; no word of what it was
    metadata,
    Column("id", Text, primary_key=True),
    Column("action", Text, nullable=False),  # export | print | copy | save
    Column("object_type", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Integer, nullable=False),  # office time
    Index("data_act_at", "at", "id"),
)

snapshot_seen = Table(
    "snapshot_seen",  # the rows of a snapshot that replaces an older state; empty at all other times
    metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    # cursor, server_epoch, scope_rev, device_id, me, profile, clock_offset_s, last_sync_at, snapshot, …
    Column("value", LargeBinary, nullable=False),
)
