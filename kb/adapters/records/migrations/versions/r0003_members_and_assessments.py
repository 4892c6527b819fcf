"""Who may act; what happened in assessments; the rubrics that these were opened with.

What is only added to is guarded by triggers as in 0002. What was made for the demonstration may be deleted: their conditions ask
the row. SQLite drops triggers when a table is copied to alter it: a later revision that does so makes them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STAYS = ("name_key", "name", "is_demo", "added_at_utc", "added_by")  # of a member; what else is said of them may change


def upgrade() -> None:
    """Make the three tables and their guards."""
    _make_members()
    _make_assessment_events()
    _make_kept_rubrics()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Take all away, with what is in them."""
    for table in ("kept_rubrics", "assessment_events", "members"):
        op.drop_table(table)  # its triggers go with it


def _make_members() -> None:
    op.create_table(
        "members",
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("added_at_utc", sa.String(32), nullable=False),
        sa.Column("added_by", sa.String(200), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name_key", name=op.f("pk_members")),
    )


def _make_assessment_events() -> None:
    op.create_table(
        "assessment_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("assessment", sa.String(200), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_events")),
        sa.UniqueConstraint("assessment", "seq", name=op.f("uq_assessment_events_assessment_seq")),
        sqlite_autoincrement=True,
    )


def _make_kept_rubrics() -> None:
    op.create_table(
        "kept_rubrics",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_rubrics")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_kept_rubrics_name_version")),
        sqlite_autoincrement=True,
    )


def _guard_sqlite() -> None:
    _refuse_in_sqlite("assessment_events", "UPDATE")
    _refuse_in_sqlite("assessment_events", "DELETE", "NOT OLD.is_demo")
    _refuse_in_sqlite("kept_rubrics", "UPDATE")
    _refuse_in_sqlite("kept_rubrics", "DELETE", "NOT OLD.is_demo")
    _refuse_in_sqlite("members", "UPDATE", " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in STAYS))
    _refuse_in_sqlite("members", "DELETE", "NOT OLD.is_demo")
    # INSERT OR REPLACE deletes without waking the trigger for DELETE; an id that the database is to give is -1 here
    _refuse_replace("assessment_events", "id = NEW.id OR (assessment = NEW.assessment AND seq = NEW.seq)")
    _refuse_replace("kept_rubrics", "id = NEW.id OR (name = NEW.name AND version = NEW.version)")
    _refuse_replace("members", "name_key = NEW.name_key")


def _refuse_replace(table: str, same: str) -> None:
    _refuse_in_sqlite(table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {same})")


def _refuse_in_sqlite(table: str, statement: str, condition: str = "") -> None:
    when = f" WHEN {condition}" if condition else ""
    op.execute(
        f"CREATE TRIGGER {table}_refuse_{statement.lower()} BEFORE {statement} ON {table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    )


def _guard_postgresql() -> None:
    _refuse_in_postgresql("assessment_events", "UPDATE OR TRUNCATE")
    _refuse_in_postgresql("assessment_events", "DELETE", "NOT OLD.is_demo")
    _refuse_in_postgresql("kept_rubrics", "UPDATE OR TRUNCATE")
    _refuse_in_postgresql("kept_rubrics", "DELETE", "NOT OLD.is_demo")
    _refuse_in_postgresql("members", "TRUNCATE")
    _refuse_in_postgresql("members", "UPDATE", " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in STAYS))
    _refuse_in_postgresql("members", "DELETE", "NOT OLD.is_demo")


def _refuse_in_postgresql(table: str, events: str, condition: str = "") -> None:
    each = f"EACH ROW WHEN ({condition})" if condition else "EACH STATEMENT"
    name = f"{table}_refuse_{events.split()[0].lower()}"
    op.execute(f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR {each} EXECUTE FUNCTION kb_refuse()")
