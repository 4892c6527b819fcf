"""The journal: what happened in tests of transferability, in monitoring and on the ladder of validation.

Guarded by triggers as in 0003: only added to, and only the demonstration may be deleted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its guards."""
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("stream", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("stream", "subject", "seq", name=op.f("uq_journal_stream_subject_seq")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_stream_kind"), "journal", ["stream", "kind"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Take it away, with what is in it."""
    op.drop_table("journal")  # its triggers go with it


def _guard_sqlite() -> None:
    _refuse_in_sqlite("UPDATE")
    _refuse_in_sqlite("DELETE", "NOT OLD.is_demo")
    # INSERT OR REPLACE deletes without waking the trigger for DELETE; an id that the database is to give is -1 here
    same = "id = NEW.id OR (stream = NEW.stream AND subject = NEW.subject AND seq = NEW.seq)"
    _refuse_in_sqlite("INSERT", f"EXISTS (SELECT 1 FROM journal WHERE {same})")


def _refuse_in_sqlite(statement: str, condition: str = "") -> None:
    when = f" WHEN {condition}" if condition else ""
    op.execute(
        f"CREATE TRIGGER journal_refuse_{statement.lower()} BEFORE {statement} ON journal{when} "
        "BEGIN SELECT RAISE(ABORT, 'journal is only added to'); END"
    )


def _guard_postgresql() -> None:
    _refuse_in_postgresql("UPDATE OR TRUNCATE")
    _refuse_in_postgresql("DELETE", "NOT OLD.is_demo")


def _refuse_in_postgresql(events: str, condition: str = "") -> None:
    each = f"EACH ROW WHEN ({condition})" if condition else "EACH STATEMENT"
    name = f"journal_refuse_{events.split()[0].lower()}"
    op.execute(f"CREATE TRIGGER {name} BEFORE {events} ON journal FOR {each} EXECUTE FUNCTION kb_refuse()")
