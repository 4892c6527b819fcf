"""Who changed what; tags that members gave, and what they decided about suggested ones; what they began to write.

What is only added to is guarded by triggers. SQLite drops them when a table is copied to alter it: a later revision that does so
makes them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = {"changes": ("UPDATE", "DELETE"), "decisions": ("UPDATE", "DELETE"), "given_tags": ("DELETE",)}


def upgrade() -> None:
    """Make the four tables and their guards."""
    _make_changes()
    _make_given_tags()
    _make_decisions()
    _make_drafts()
    guard = _guard_postgresql if op.get_bind().dialect.name == "postgresql" else _guard_sqlite
    for table, refused in GUARDED.items():
        guard(table, refused)


def downgrade() -> None:
    """Take all away, with what is in them."""
    for table in ("drafts", "decisions", "given_tags", "changes"):
        op.drop_table(table)  # its triggers go with it
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION kb_refuse()")


def _make_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_kind_subject"), "changes", ["kind", "subject"])


def _make_given_tags() -> None:
    op.create_table(
        "given_tags",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("practice", sa.String(200), nullable=False),
        sa.Column("tag", sa.String(100), nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("withdrawn_at_utc", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.String(200), nullable=False),
        sa.Column("withdrawn_why", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_tags")),
        sqlite_autoincrement=True,
    )
    live = sa.text("withdrawn_at_utc = ''")
    columns = ["practice", "tag", "member"]
    op.create_index(op.f("uq_given_tags_live"), "given_tags", columns, unique=True, sqlite_where=live, postgresql_where=live)


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("practice", sa.String(200), nullable=False),
        sa.Column("tag", sa.String(100), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.CheckConstraint("verdict IN ('confirmed', 'rejected')", name=op.f("ck_decisions_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_practice"), "decisions", ["practice"])


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("base_version", sa.Text, nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member", "kind", "subject", name=op.f("pk_drafts")),
    )


def _guard_sqlite(table: str, refused: tuple[str, ...]) -> None:
    for statement in refused:
        _refuse_in_sqlite(f"{table}_refuse_{statement.lower()}", f"BEFORE {statement} ON {table}", table)
    # INSERT OR REPLACE deletes without waking the trigger for DELETE; an id that the database is to give is -1 here
    same = f"SELECT 1 FROM {table} WHERE id = NEW.id"
    _refuse_in_sqlite(f"{table}_refuse_replace", f"BEFORE INSERT ON {table} WHEN EXISTS ({same})", table)


def _refuse_in_sqlite(name: str, when: str, table: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END")


def _guard_postgresql(table: str, refused: tuple[str, ...]) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION kb_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END$$"
    )
    events = f"{' OR '.join(refused)} OR TRUNCATE"
    op.execute(f"CREATE TRIGGER {table}_refuse BEFORE {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kb_refuse()")
