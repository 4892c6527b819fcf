"""What the catalog promises: all of a document or nothing of it, and a revision that tells every change."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, NoDetector, a_document

from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.errors import IndexDamaged
from kb.retrieval.catalog import EncodedPassage, FileState, Job, JobState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Document, DocumentId, Metadata, Visibility
from kb.retrieval.split import SplitSettings, split

FULL = Metadata(
    title="SEWA", kind="case-study", authors=("Ela", "Bhatt"), organisation="SEWA", countries=("IN",), themes=("w",), date="1972",
    licence="CC BY", origin="https://x.test", visibility=Visibility.RESTRICTED, language="en", embargo_until="2030-01-01",
    chatham_house=True, other=(("key", "value"),),
)  # fmt: skip


@pytest.fixture
def catalog(tmp_path: Path) -> SqliteCatalog:
    return SqliteCatalog(tmp_path / "catalog.sqlite")


def encoded(document: Document) -> list[EncodedPassage]:
    encoder = FakeEncoder()
    found = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=SplitSettings(4, 8, 4))
    return [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in found]


def put(catalog: SqliteCatalog, text: str, path: str = "a.txt", metadata: Metadata = FULL) -> Document:
    blocks = [Block(BlockKind.HEADING, "Head", 1, "i", 2), *(Block(BlockKind.PARAGRAPH, part, 2, "ii") for part in text.split("|"))]
    document = a_document(blocks, path=path, metadata=metadata)
    entry = LedgerEntry(
        path, FileState.INDEXED, "fine", 2, 3, ("en", "fr"), 0.25, "hash", document.id, "near.txt", "2026-11-22T10:00:00"
    )
    catalog.put_document(document, encoded(document), entry, b"sketch")
    return document


def test_what_is_put_comes_back_whole(catalog: SqliteCatalog) -> None:
    document = put(catalog, "the looms came early to the town|the bank came later to the members")
    rows = encoded(document)

    assert catalog.document(document.id) == document
    assert catalog.passages_of(document.id) == [row.passage for row in rows]
    assert catalog.passages([row.passage.id for row in rows]) == {row.passage.id: row.passage for row in rows}
    (entry,) = catalog.ledger()
    assert entry == LedgerEntry(
        "a.txt", FileState.INDEXED, "fine", 2, 3, ("en", "fr"), 0.25, "hash", document.id, "near.txt", "2026-11-22T10:00:00"
    )
    (summary,) = catalog.documents()
    assert (summary.path, summary.metadata, summary.n_passages, summary.languages) == ("a.txt", FULL, len(rows), ("en",))
    assert catalog.sketches() == [(document.id, "a.txt", b"sketch")]
    assert catalog.sketches_of([document.id, DocumentId("0" * 16)]) == {document.id: b"sketch"}
    for (passage, vector), row in zip(catalog.live_rows(), rows, strict=True):
        assert passage == row.passage
        assert vector.tolist() == row.vector.tolist()
    assert list(catalog.check()) == []


def test_a_put_that_fails_leaves_nothing(catalog: SqliteCatalog) -> None:
    before = put(catalog, "the looms came early")
    fresh = a_document([Block(BlockKind.PARAGRAPH, "new words|")], path="b.txt")
    rows = encoded(fresh)
    broken = [*rows, EncodedPassage(replace(rows[0].passage, id="0" * 16, start=None), rows[0].vector)]  # type: ignore[arg-type]
    revision = catalog.revision()

    with pytest.raises(sqlite3.IntegrityError):
        catalog.put_document(fresh, broken, LedgerEntry("b.txt", FileState.INDEXED), b"")

    assert [document.id for document in catalog.documents()] == [before.id]
    assert [entry.path for entry in catalog.ledger()] == ["a.txt"]
    assert catalog.passages([row.passage.id for row in rows]) == {}
    assert catalog.known_vectors([row.passage for row in rows]) == {}
    assert catalog.revision() == revision


def test_passages_a_document_no_longer_has_are_retired_and_then_purged(catalog: SqliteCatalog) -> None:
    first = {row.passage.id for row in encoded(put(catalog, "one two three four five|six seven eight nine ten"))}
    second = {row.passage.id for row in encoded(put(catalog, "one two three four five|other words stand here now"))}
    gone = sorted(first - second)

    assert first & second
    assert gone
    assert {passage.id for passage, _ in catalog.live_rows()} == second
    assert set(catalog.passages(gone)) == set(gone)  # a published generation may still show them
    catalog.purge()
    assert catalog.passages(gone) == {}
    assert {passage.id for passage, _ in catalog.live_rows()} == second


def test_a_retired_document_is_gone_at_once_and_its_passages_after_the_purge(catalog: SqliteCatalog) -> None:
    document = put(catalog, "one two three four five")
    ids = [row.passage.id for row in encoded(document)]
    catalog.retire_document(document.id, LedgerEntry("a.txt", FileState.REMOVED))

    assert catalog.documents() == catalog.sketches() == list(catalog.live_rows()) == []
    assert [entry.state for entry in catalog.ledger()] == [FileState.REMOVED]
    assert len(catalog.passages(ids)) == len(ids)
    catalog.purge()
    assert catalog.passages(ids) == catalog.known_vectors([row.passage for row in encoded(document)]) == {}
    assert catalog.document(document.id) is None


def test_a_document_that_comes_back_before_the_purge_is_whole_again(catalog: SqliteCatalog) -> None:
    document = put(catalog, "one two three four five")
    catalog.retire_document(document.id, None)
    put(catalog, "one two three four five")
    catalog.purge()

    assert catalog.document(document.id) == document
    assert len(list(catalog.live_rows())) == len(encoded(document))


def test_a_renamed_document_keeps_its_id_and_passages(catalog: SqliteCatalog) -> None:
    document = put(catalog, "one two three four five")
    before = catalog.passages_of(document.id)
    catalog.rename_document(document.id, "b.txt", LedgerEntry("b.txt", FileState.INDEXED, document_id=document.id))

    assert [(summary.id, summary.path) for summary in catalog.documents()] == [(document.id, "b.txt")]
    assert catalog.passages_of(document.id) == before
    assert [entry.path for entry in catalog.ledger()] == ["b.txt"]


def test_vectors_are_known_by_what_was_embedded_whatever_document_it_stood_in(catalog: SqliteCatalog) -> None:
    put(catalog, "one two three four five")
    same = encoded(
        a_document(
            [Block(BlockKind.HEADING, "Head", level=2), Block(BlockKind.PARAGRAPH, "one two three four five")],
            path="b",
            metadata=FULL,
        )
    )
    other = encoded(a_document([Block(BlockKind.PARAGRAPH, "one two three four six")], path="b"))
    known = catalog.known_vectors([row.passage for row in (*same, *other)])

    assert set(known) == {row.passage.id for row in same}
    assert all(known[row.passage.id].tolist() == row.vector.tolist() for row in same)


def test_the_revision_grows_with_every_change_of_documents_and_with_nothing_else(catalog: SqliteCatalog) -> None:
    seen = [catalog.revision()]
    document = put(catalog, "one two three")
    seen.append(catalog.revision())
    catalog.rename_document(document.id, "b.txt", LedgerEntry("b.txt", FileState.INDEXED))
    seen.append(catalog.revision())
    catalog.retire_document(document.id, None)
    seen.append(catalog.revision())
    catalog.reset()
    seen.append(catalog.revision())
    assert all(one < other for one, other in pairwise(seen))

    catalog.put_entry(LedgerEntry("c.txt", FileState.FAILED, "why"))
    catalog.put_settings({"model": "m"})
    catalog.put_job(Job("1", JobState.QUEUED, ()))
    catalog.purge()
    assert catalog.revision() == seen[-1]


def test_a_reset_forgets_all_but_the_jobs(catalog: SqliteCatalog) -> None:
    put(catalog, "one two three")
    catalog.put_settings({"model": "m"})
    catalog.put_job(Job("1", JobState.QUEUED, ()))
    catalog.reset()

    assert catalog.documents() == catalog.ledger() == list(catalog.live_rows()) == []
    assert dict(catalog.settings()) == {}
    assert catalog.job("1") is not None


def test_settings_are_those_that_were_put(catalog: SqliteCatalog) -> None:
    put(catalog, "one two three")
    catalog.put_settings({"model": "m", "dim": "384"})

    assert dict(catalog.settings()) == {"model": "m", "dim": "384"}


def test_jobs_come_back_whole_newest_first(catalog: SqliteCatalog) -> None:
    lines = (LedgerEntry("a", FileState.FAILED, "why", languages=("en",)),)
    jobs = [Job(str(i), JobState.DONE, ("a", "b"), 1, 2, 3, 4, "m", f"2026-11-22T10:0{i}", "h", lines) for i in range(3)]
    for job in jobs:
        catalog.put_job(job)

    assert catalog.jobs() == jobs[::-1]
    assert catalog.jobs(limit=1) == [jobs[2]]
    assert catalog.job("absent") is None


def test_the_list_of_documents_is_never_older_than_the_last_change_of_another_process(tmp_path: Path) -> None:
    mine, theirs = SqliteCatalog(tmp_path / "c.sqlite"), SqliteCatalog(tmp_path / "c.sqlite")
    assert mine.documents() == []
    document = put(theirs, "one two three")
    assert [summary.id for summary in mine.documents()] == [document.id]
    theirs.reset()

    assert mine.documents() == []


def test_text_that_is_no_unicode_is_refused_whole(catalog: SqliteCatalog) -> None:
    """Readers replace lone surrogates; were one to come through, nothing of it would be stored."""
    with pytest.raises(UnicodeEncodeError):
        put(catalog, "one \ud800 two")

    assert catalog.documents() == catalog.ledger() == []


@pytest.mark.parametrize(
    "content", [b"garbage " * 1000, b"SQLite format 3\0" + b"\xff" * 4096], ids=["no-database", "broken-header"]
)
def test_a_file_that_is_no_catalog_is_one_sentence_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.sqlite").write_bytes(content)

    with pytest.raises(IndexDamaged, match="kb ingest --rebuild"):
        SqliteCatalog(tmp_path / "c.sqlite")


def test_a_catalog_of_another_version_is_refused(tmp_path: Path) -> None:
    SqliteCatalog(tmp_path / "c.sqlite")
    connection = sqlite3.connect(tmp_path / "c.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(IndexDamaged, match=r"schema 99; this version reads 1\. Rebuild"):
        SqliteCatalog(tmp_path / "c.sqlite")


def test_a_passage_without_its_vector_is_a_fault(catalog: SqliteCatalog, tmp_path: Path) -> None:
    put(catalog, "one two three")
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("DELETE FROM vectors")
    connection.commit()
    connection.close()

    assert any("has no vector" in fault for fault in catalog.check())


WRITER = """
import sys
from itertools import pairwise
from itertools import pairwise
from pathlib import Path
from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.retrieval.catalog import FileState, LedgerEntry
catalog = SqliteCatalog(Path(sys.argv[1]))
for i in range(200):
    catalog.put_entry(LedgerEntry(f"{sys.argv[2]}-{i}", FileState.FAILED, "why"))
    assert catalog.ledger()
"""


def test_four_processes_write_at_once_without_an_error_or_a_lost_line(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"  # they race to create it too
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(i)], stderr=subprocess.PIPE, text=True) for i in range(4)
    ]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]

    assert errors == [""] * 4
    assert [writer.returncode for writer in writers] == [0] * 4
    catalog = SqliteCatalog(path)
    assert len(catalog.ledger()) == 800
    assert list(catalog.check()) == []


def test_vectors_keep_every_bit(catalog: SqliteCatalog) -> None:
    document = a_document([Block(BlockKind.PARAGRAPH, "one")])
    (row,) = encoded(document)
    vector = np.float32([1e-38, -0.0, np.pi, 1 / 3])
    catalog.put_document(document, [replace(row, vector=vector)], LedgerEntry("a.txt", FileState.INDEXED), b"")

    ((_, stored),) = catalog.live_rows()
    assert stored.tobytes() == vector.tobytes()
