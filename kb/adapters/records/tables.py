"""The tables of members' records. A change here needs a revision in ``migrations/versions``; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

NAME_CHARS = 200  # of a member's name; accounts allow fewer
STAMP_CHARS = 32  # ISO 8601 with seconds and zone
KIND_CHARS = 32
ACTION_CHARS = 100
SUBJECT_CHARS = 200  # of the name of a practice or concept; their own rules allow fewer
TAG_CHARS = 100
RUBRIC_CHARS = 100  # of a rubric's name
STREAM_CHARS = 32

metadata = MetaData(
    naming_convention={  # constraints without a name cannot be changed by a later revision on every database
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("question", Text, nullable=False),
    Column("question_key", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("document_id", String(16), nullable=False),
    Column("passage_id", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("relevance", SmallInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    CheckConstraint("relevance BETWEEN 0 AND 2", name="grade"),
    Index(None, "member", "question_key"),
    sqlite_autoincrement=True,  # the id of a row that is gone is never given again
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("filters", Text, nullable=False),  # JSON: field of Filters → values
    Column("k", Integer, nullable=False),
    Column("created_at_utc", String(STAMP_CHARS), nullable=False),
    Column("changed_at_utc", String(STAMP_CHARS), nullable=False),
    Column("seen", Text, nullable=False),  # JSON: passage ids
    Column("seen_at_utc", String(STAMP_CHARS), nullable=False),
    Column("indexed_until_utc", String(STAMP_CHARS), nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("member", "name_key"),
    sqlite_autoincrement=True,
)

changes = Table(  # the history; triggers, made by the revision, refuse UPDATE and DELETE
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("kind", String(KIND_CHARS), nullable=False),
    Column("subject", String(SUBJECT_CHARS), nullable=False),
    Column("action", String(ACTION_CHARS), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index(None, "kind", "subject"),
    sqlite_autoincrement=True,
)

_LIVE = text("withdrawn_at_utc = ''")
given_tags = Table(  # a trigger refuses DELETE
    "given_tags",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practice", String(SUBJECT_CHARS), nullable=False),
    Column("tag", String(TAG_CHARS), nullable=False),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("passage_id", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("withdrawn_at_utc", String(STAMP_CHARS), nullable=False),
    Column("withdrawn_by", String(NAME_CHARS), nullable=False),
    Column("withdrawn_why", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("uq_given_tags_live", "practice", "tag", "member", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    sqlite_autoincrement=True,
)

decisions = Table(  # about suggested tags; triggers refuse UPDATE and DELETE
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practice", String(SUBJECT_CHARS), nullable=False),
    Column("tag", String(TAG_CHARS), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("passage_id", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("quote", Text, nullable=False),
    CheckConstraint("verdict IN ('confirmed', 'rejected')", name="verdict"),
    Index(None, "practice"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("member", String(NAME_CHARS), primary_key=True),
    Column("kind", String(KIND_CHARS), primary_key=True),
    Column("subject", String(SUBJECT_CHARS), primary_key=True),
    Column("text", Text, nullable=False),
    Column("base_version", Text, nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("version", Integer, nullable=False),
)

members = Table(  # triggers refuse DELETE of one who is not of the demonstration, and UPDATE of what the port says stays
    "members",
    metadata,
    Column("name_key", Text, primary_key=True),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("organisation", Text, nullable=False),
    Column("country", String(2), nullable=False),
    Column("roles", Text, nullable=False),  # JSON: names of roles
    Column("languages", Text, nullable=False),  # JSON: codes
    Column("is_demo", Boolean, nullable=False),
    Column("added_at_utc", String(STAMP_CHARS), nullable=False),
    Column("added_by", String(NAME_CHARS), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

assessment_events = Table(  # triggers refuse UPDATE, and DELETE of what is not of the demonstration
    "assessment_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("assessment", String(SUBJECT_CHARS), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("kind", String(KIND_CHARS), nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("is_demo", Boolean, nullable=False),
    UniqueConstraint("assessment", "seq"),
    sqlite_autoincrement=True,
)

kept_rubrics = Table(  # triggers refuse UPDATE, and DELETE of what is not of the demonstration
    "kept_rubrics",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(RUBRIC_CHARS), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),  # JSON
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("is_demo", Boolean, nullable=False),
    UniqueConstraint("name", "version"),
    sqlite_autoincrement=True,
)

journal = Table(  # triggers refuse UPDATE, and DELETE of what is not of the demonstration
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("stream", String(STREAM_CHARS), nullable=False),
    Column("subject", String(SUBJECT_CHARS), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("member", String(NAME_CHARS), nullable=False),
    Column("at_utc", String(STAMP_CHARS), nullable=False),
    Column("kind", String(KIND_CHARS), nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("is_demo", Boolean, nullable=False),
    UniqueConstraint("stream", "subject", "seq"),
    Index(None, "stream", "kind"),
    sqlite_autoincrement=True,
)
