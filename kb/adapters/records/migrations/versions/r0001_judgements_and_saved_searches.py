"""What members judged, and what they search again and again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("at_utc", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("question_key", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("passage_id", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("relevance", sa.SmallInteger, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.CheckConstraint("relevance BETWEEN 0 AND 2", name=op.f("ck_judgements_grade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_judgements_member_question_key"), "judgements", ["member", "question_key"])
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("k", sa.Integer, nullable=False),
        sa.Column("created_at_utc", sa.String(32), nullable=False),
        sa.Column("changed_at_utc", sa.String(32), nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("seen_at_utc", sa.String(32), nullable=False),
        sa.Column("indexed_until_utc", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("member", "name_key", name=op.f("uq_saved_searches_member_name_key")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Take both away, with what is in them."""
    op.drop_table("saved_searches")
    op.drop_table("judgements")
