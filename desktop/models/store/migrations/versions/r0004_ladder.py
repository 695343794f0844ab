"""The supervision ladder in the lists: which act stands, what a unit owes an answer to, what proposes the next step.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE notice_list ADD COLUMN rung INTEGER NOT NULL DEFAULT 1",  # until now each was a supervision notice
    "ALTER TABLE urge_list ADD COLUMN answered INTEGER NOT NULL DEFAULT 0",
    """UPDATE urge_list SET answered = acknowledged_at IS NOT NULL OR promised_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM projection p WHERE p.type = 'urge' AND p.id = urge_list.id
          AND trim(coalesce(CAST(p.data AS TEXT) ->> '$.answer', ''), char(32, 9, 10, 13, 12288)) <> '')""",
    "ALTER TABLE ticket_list ADD COLUMN matter_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE ticket_list ADD COLUMN asked_at INTEGER",
    "ALTER TABLE ticket_list ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE ticket_list ADD COLUMN dissatisfied INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE ticket_list ADD COLUMN rung INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE ticket_list ADD COLUMN acting INTEGER NOT NULL DEFAULT 0",
    """UPDATE ticket_list SET
        rung = EXISTS (SELECT 1 FROM notice_list n
          WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied')),
        acting = EXISTS (SELECT 1 FROM notice_list n
          WHERE n.ticket_id = ticket_list.id AND n.state IN ('draft', 'submitted', 'returned')),
        asked_at = (
          SELECT min(a.at) FROM (
            SELECT coalesce(n.issued_at, n.created_at) AS at FROM notice_list n
            WHERE n.ticket_id = ticket_list.id AND n.state = 'issued'
            UNION ALL SELECT coalesce(f.filed_at, f.created_at) FROM finding_list f
            WHERE f.ticket_id = ticket_list.id AND f.state IN ('filed', 'acknowledged')
            UNION ALL SELECT u.at FROM urge_list u
            WHERE ticket_list.open AND u.ticket_id = ticket_list.id AND NOT u.answered) a),
        unanswered = CASE WHEN open THEN (
          SELECT count(*) FROM urge_list u
          WHERE u.ticket_id = ticket_list.id AND NOT u.answered AND u.at > (
            SELECT coalesce(max(n.issued_at), -1) FROM notice_list n
            WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied'))) ELSE 0 END,
        dissatisfied = CASE WHEN state <> 'archived' AND completed_at IS NOT NULL THEN coalesce((
          SELECT v.completed_at > (
              SELECT coalesce(max(n.issued_at), -1) FROM notice_list n
              WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied'))
            AND (coalesce(CAST(p.data AS TEXT) ->> '$.answers.resolved', '') = 'not_resolved'
              OR coalesce(CAST(p.data AS TEXT) ->> '$.answers.satisfied_result', '')
                IN ('dissatisfied', 'very_dissatisfied'))
          FROM visit_list v CROSS JOIN projection p
          WHERE v.ticket_id = ticket_list.id AND v.valid AND v.completed_at >= ticket_list.completed_at
            AND p.type = 'visit' AND p.id = v.id
          ORDER BY v.completed_at DESC, v.id DESC LIMIT 1), 0) ELSE 0 END
        WHERE EXISTS (SELECT 1 FROM urge_list WHERE ticket_id = ticket_list.id)
          OR EXISTS (SELECT 1 FROM notice_list WHERE ticket_id = ticket_list.id)
          OR EXISTS (SELECT 1 FROM finding_list WHERE ticket_id = ticket_list.id)
          OR EXISTS (SELECT 1 FROM visit_list WHERE ticket_id = ticket_list.id)""",
    "CREATE INDEX ticket_matter ON ticket_list (matter_id) WHERE matter_id <> ''",
    "CREATE INDEX ticket_asked ON ticket_list (due_at, number) WHERE asked_at IS NOT NULL",
    "CREATE INDEX ticket_ground ON ticket_list (due_at, number) WHERE unanswered > 0 OR dissatisfied = 1",
)


def upgrade() -> None:
    """Adds columns and counts them from what the lists have; no row of the user's is touched."""
    for statement in _STATEMENTS:
        op.execute(statement)
