"""The catalog's tables, and how our values become rows and come back. JSON for structure, raw arrays for vectors, no pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from kb.retrieval.catalog import DocumentSummary, FileState, Job, JobState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Document, DocumentId, Metadata, Passage, Visibility

SCHEMA_VERSION = 1
SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, media_type TEXT NOT NULL, metadata TEXT NOT NULL,
  n_pages INTEGER NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL, sketch BLOB NOT NULL, added_at_utc TEXT NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS documents_sha256 ON documents (sha256);
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER, page_label TEXT, heading_path TEXT NOT NULL,
  language TEXT NOT NULL, context TEXT NOT NULL, sentences TEXT NOT NULL, vector_key BLOB NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document_id, ordinal);
CREATE INDEX IF NOT EXISTS passages_vector ON passages (vector_key);
CREATE TABLE IF NOT EXISTS ledger (
  path TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL, pages INTEGER NOT NULL, passages INTEGER NOT NULL,
  languages TEXT NOT NULL, seconds REAL NOT NULL, sha256 TEXT NOT NULL, document_id TEXT, near_duplicate_of TEXT NOT NULL,
  at_utc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, started_utc TEXT NOT NULL, body TEXT NOT NULL);
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""

# What spares reading whole documents and passages for lists, counts and what has changed. Made when a catalog is first opened for
# writing; an older one is not refused for the lack of it.
ADDITIONS = """
BEGIN IMMEDIATE;
CREATE INDEX IF NOT EXISTS passages_live ON passages (document_id, language, id) WHERE retired = 0;
CREATE INDEX IF NOT EXISTS passages_retired ON passages (vector_key) WHERE retired = 1;
CREATE INDEX IF NOT EXISTS documents_retired ON documents (id) WHERE retired = 1;
CREATE INDEX IF NOT EXISTS documents_listed ON documents (path, id, sha256, media_type, metadata, n_pages, added_at_utc)
  WHERE retired = 0;
CREATE INDEX IF NOT EXISTS documents_sketched ON documents (path, id, sketch) WHERE retired = 0;
CREATE TABLE IF NOT EXISTS changes (document_id TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS changes_revision ON changes (revision);
INSERT OR IGNORE INTO changes
  SELECT '', COALESCE(MAX(CAST(value AS INTEGER)), 0) FROM settings WHERE key = 'catalog_revision';
INSERT OR IGNORE INTO settings VALUES ('catalog_id', hex(randomblob(8)));
COMMIT;
"""

DOCUMENT_COLUMNS = "id, path, sha256, media_type, metadata, n_pages, text, blocks"
PASSAGE_COLUMNS = "id, document_id, ordinal, start, stop, text, page, page_label, heading_path, language, context, sentences"
ENTRY_COLUMNS = "path, state, reason, pages, passages, languages, seconds, sha256, document_id, near_duplicate_of, at_utc"

# a document that comes back keeps the day it was first added
PUT_DOCUMENT = f"""INSERT INTO documents ({DOCUMENT_COLUMNS}, sketch, added_at_utc) VALUES (?,?,?,?,?,?,?,?,?,?)
  ON CONFLICT (id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, media_type = excluded.media_type,
  metadata = excluded.metadata, n_pages = excluded.n_pages, text = excluded.text, blocks = excluded.blocks,
  sketch = excluded.sketch, retired = 0"""
PUT_PASSAGE = f"""INSERT INTO passages ({PASSAGE_COLUMNS}, vector_key) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
  ON CONFLICT (id) DO UPDATE SET ordinal = excluded.ordinal, start = excluded.start, stop = excluded.stop,
  page = excluded.page, page_label = excluded.page_label, heading_path = excluded.heading_path,
  language = excluded.language, sentences = excluded.sentences, vector_key = excluded.vector_key, retired = 0"""
PUT_VECTOR = "INSERT OR REPLACE INTO vectors VALUES (?, ?)"
PUT_ENTRY = f"INSERT OR REPLACE INTO ledger ({ENTRY_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
LIST_DOCUMENTS = "SELECT id, path, sha256, media_type, metadata, n_pages, added_at_utc FROM documents{by} WHERE retired = 0"
COUNT_LANGUAGES = "SELECT document_id, language, COUNT(*) FROM passages WHERE retired = 0"
GROUP_LANGUAGES = "GROUP BY document_id, language ORDER BY document_id, COUNT(*) DESC, language"
LIVE_PATHS = "SELECT id, path FROM documents{by} WHERE retired = 0"
BY_LIST = " INDEXED BY documents_listed"  # else SQLite takes an index that does not hold all columns, and reads whole documents
LIVE_ROWS = f"""SELECT {", ".join("p." + column for column in PASSAGE_COLUMNS.split(", "))}, v.vector
  FROM documents d JOIN passages p ON p.document_id = d.id JOIN vectors v ON v.key = p.vector_key
  WHERE p.retired = 0 AND d.retired = 0"""
IN_ORDER = "ORDER BY d.path, p.ordinal"
MARK_CHANGED = """INSERT OR REPLACE INTO changes
  SELECT ?, CAST(value AS INTEGER) FROM settings WHERE key = 'catalog_revision'"""
WITHOUT_VECTOR = "SELECT id FROM passages WHERE vector_key NOT IN (SELECT key FROM vectors)"
WITHOUT_DOCUMENT = "SELECT id FROM passages WHERE document_id NOT IN (SELECT id FROM documents)"


def vector_key(passage: Passage) -> bytes:
    """What a vector depends on, beside the model: the embedded text."""
    return hashlib.blake2b(passage.embedded_text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_metadata(metadata: Metadata) -> str:
    """As JSON, unknown fields left out."""
    return _dump({name: value for name, value in asdict(metadata).items() if value})


KNOWN = frozenset(field.name for field in fields(Metadata))


def to_metadata(body: str) -> Metadata:
    """From JSON; keys of a later version are ignored."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(body).items() if name in KNOWN
    }
    if "visibility" in given:
        given["visibility"] = Visibility(given["visibility"])
    if "other" in given:
        given["other"] = tuple((str(key), str(value)) for key, value in given["other"])
    return Metadata(**given)


def from_document(document: Document) -> tuple[Any, ...]:
    """In the order of :data:`DOCUMENT_COLUMNS`; blocks as spans of the text."""
    blocks = [
        [block.kind.value, start, len(block.text), block.page, block.page_label, block.level]
        for block, start in zip(document.blocks, document.starts, strict=True)
    ]
    head = (document.id, document.path, document.sha256, document.media_type, from_metadata(document.metadata))
    return (*head, document.n_pages, document.text, _dump(blocks))


def to_document(row: tuple[Any, ...]) -> Document:
    """From the columns of :data:`DOCUMENT_COLUMNS`."""
    identity, path, sha256, media_type, metadata, n_pages, text, blocks = row
    spans = json.loads(blocks)
    read = tuple(
        Block(BlockKind(kind), text[start : start + length], page, label, level)
        for kind, start, length, page, label, level in spans
    )
    return Document(
        identity, path, sha256, media_type, to_metadata(metadata), n_pages, text, read, tuple(span[1] for span in spans)
    )


def to_summary(row: tuple[Any, ...], spoken: Mapping[str, int]) -> DocumentSummary:
    """From a row of :data:`LIST_DOCUMENTS` and how many passages are in each language, most first."""
    identity, path, sha256, media_type, metadata, n_pages, added_at = row
    n_passages, languages = sum(spoken.values()), tuple(spoken)
    return DocumentSummary(
        DocumentId(identity), path, sha256, media_type, to_metadata(metadata), n_pages, n_passages, languages, added_at
    )


def from_passage(passage: Passage, key: bytes) -> tuple[Any, ...]:
    """In the order of :data:`PASSAGE_COLUMNS`, then the vector's key."""
    place = (passage.id, passage.document_id, passage.ordinal, passage.start, passage.end, passage.text, passage.page)
    rest = (passage.page_label, _dump(passage.heading_path), passage.language, passage.context, _dump(passage.sentences))
    return (*place, *rest, key)


def to_passage(row: tuple[Any, ...]) -> Passage:
    """From the columns of :data:`PASSAGE_COLUMNS`."""
    identity, document, ordinal, start, end, text, page, label, path, language, context, sentences = row[:12]
    spans = tuple((int(a), int(b)) for a, b in json.loads(sentences))
    return Passage(identity, document, ordinal, start, end, text, page, label, tuple(json.loads(path)), language, context, spans)


def from_entry(entry: LedgerEntry) -> tuple[Any, ...]:
    """In the order of :data:`ENTRY_COLUMNS`."""
    counts = (entry.path, entry.state.value, entry.reason, entry.pages, entry.passages, _dump(entry.languages), entry.seconds)
    return (*counts, entry.sha256, entry.document_id, entry.near_duplicate_of, entry.at_utc)


def to_entry(row: tuple[Any, ...]) -> LedgerEntry:
    """From the columns of :data:`ENTRY_COLUMNS`."""
    path, state, reason, pages, passages, languages, seconds, sha256, document, near, at = row
    return LedgerEntry(
        path, FileState(state), reason, pages, passages, tuple(json.loads(languages)), seconds, sha256, document, near, at
    )


def from_job(job: Job) -> str:
    """As JSON."""
    return _dump(asdict(job))


def to_job(body: str) -> Job:
    """From JSON."""
    given = json.loads(body)
    entries = tuple(
        LedgerEntry(**{**entry, "state": FileState(entry["state"]), "languages": tuple(entry["languages"])})
        for entry in given["files"]
    )
    return Job(**{**given, "state": JobState(given["state"]), "paths": tuple(given["paths"]), "files": entries})
