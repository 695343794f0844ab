"""Which tickets are of one requester or of one address, so that a case can show those before it.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from zlib import crc32

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE ticket_list ADD COLUMN contact_key INTEGER",
    "ALTER TABLE ticket_list ADD COLUMN address_key INTEGER",
    """UPDATE ticket_list SET
        contact_key = related_key(coalesce(CAST(p.data AS TEXT) ->> '$.contact_id', '')),
        address_key = related_key(coalesce(CAST(p.data AS TEXT) ->> '$.address', ''))
        FROM projection p WHERE p.type = 'ticket' AND p.id = ticket_list.id""",
    "CREATE INDEX ticket_contact ON ticket_list (contact_key) WHERE contact_key IS NOT NULL",
    "CREATE INDEX ticket_address ON ticket_list (address_key) WHERE address_key IS NOT NULL",
)


def upgrade() -> None:
    """Adds two keys and counts them from the rows; no row of the user's is touched."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # the revision runs on an open connection
    driver.create_function("related_key", 1, _key, deterministic=True)
    for statement in _STATEMENTS:
        op.execute(statement)


def _key(text: str) -> int | None:
    said = "".join(text.split())
    return crc32(said.encode()) if said else None
