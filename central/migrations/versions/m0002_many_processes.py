"""Several processes beside each other: positions from the log itself, sign-in attempts counted in one place.

``log_head`` goes: a row updated by every commit grows a chain of dead versions that each reader walks while any long
transaction (a backup) is open. The head is the highest position of the log, or the floor below which it was forgotten.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POSTGRES_NO_TRUNCATE = """
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""


def upgrade() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login_key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_try"),
    )
    op.create_index("ix_sign_in_try_login_key", "sign_in_try", ["login_key"], unique=False)
    op.create_index("ix_audit_object_id", "audit", ["object_id", "action"], unique=False)
    op.drop_table("log_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_NO_TRUNCATE)
