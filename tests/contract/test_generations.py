"""A generation that grew from the ones before answers as one that is built anew, and does not write again what did not change."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from fakes import DIM, FakeEncoder, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.generation_files import LAYOUT, Tuning
from kb.adapters.generations import GenerationStore
from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.generation import Generation
from kb.retrieval.passage import Block, BlockKind, Passage, passage_id
from kb.retrieval.rows import Allowed

ABOUT = {"model": "fake", "revision": "0123456789ab", "dim": str(DIM), "splitter": "none"}
WORDS = ("loom", "weaver", "market", "union", "savings", "water", "school", "bicycle")
QUESTIONS = ("loom market", "the union savings", "bicycle water school")
SMALL = Tuning(scanned=30, tail=12, looked_through=10**6)  # so that lists are learned, left alone and extended within a test
ENCODER = FakeEncoder()


def put(catalog: SqliteCatalog, name: str, version: int, n_passages: int) -> None:
    """Store a document whose passages tell of its name and, but for the first, of its version."""
    texts = [f"{WORDS[(len(name) + i) % 8]} {WORDS[(i * version) % 8]} {name} {i}" for i in range(n_passages)]
    texts = [text + (f" version{version}" if i else "") for i, text in enumerate(texts)]
    document = a_document([Block(BlockKind.PARAGRAPH, text) for text in texts], path=name)
    passages = [
        Passage(
            passage_id(document.id, "", text, 0), document.id, i, start, start + len(text), text, None, None, (),
            ("en", "fr", "de")[i % 3], "", ((0, len(text)),),
        )
        for i, (text, start) in enumerate(zip(texts, document.starts, strict=True))
    ]  # fmt: skip
    vectors = ENCODER.encode_passages([passage.embedded_text for passage in passages])
    encoded = [EncodedPassage(passage, vector) for passage, vector in zip(passages, vectors, strict=True)]
    catalog.put_document(document, encoded, LedgerEntry(name, FileState.INDEXED, document_id=document.id), b"")


def retire(catalog: SqliteCatalog, name: str) -> None:
    for document in catalog.documents():
        if document.path == name:
            catalog.retire_document(document.id, LedgerEntry(name, FileState.REMOVED))


def passages_in(generation: Generation) -> list[str]:
    return sorted(passage for passage, is_live in zip(generation.rows.passages, generation.rows.live, strict=True) if is_live)


def dense(generation: Generation, question: str) -> dict[str, float]:
    """Passage → cosine, of the nearest five of each language."""
    rows = generation.rows
    found = generation.vectors.search(ENCODER.encode_question(question), 5, Allowed.of(rows, np.ones(len(rows), bool)))
    return {rows.passages[row]: round(score, 5) for row, score in found}


def check_same(grown: Generation, built: Generation) -> None:
    """The same passages, documents, languages, sample and nearest vectors; every live row is found under its number."""
    assert passages_in(grown) == passages_in(built)
    assert set(grown.rows.documents) == set(built.rows.documents)
    assert grown.manifest.n_passages == built.manifest.n_passages
    assert grown.manifest.n_documents == built.manifest.n_documents
    names = [sorted(g.rows.passages[row] for row in g.sample.tolist()) for g in (grown, built)]
    assert names[0] == names[1]
    for question in QUESTIONS:
        ours, theirs = dense(grown, question), dense(built, question)
        assert sorted(ours.values()) == pytest.approx(sorted(theirs.values()), abs=2e-5)
        lowest = min(theirs.values(), default=0.0) + 2e-5  # of equal ones at the end, either may be left out
        assert {p for p, score in ours.items() if score > lowest} == {p for p, score in theirs.items() if score > lowest}
    for row in np.flatnonzero(grown.rows.live).tolist():
        assert grown.lexical.has_row(row, grown.rows.documents[grown.rows.document_of[row]])


CHANGES = st.lists(
    st.tuples(st.sampled_from(["a", "bb", "ccc", "dddd", "eeeee", "ffffff"]), st.integers(0, 5), st.integers(0, 12)),
    min_size=1,
    max_size=12,
)


@given(CHANGES, st.booleans())
@settings(deadline=None, max_examples=12)
def test_whatever_came_and_went_the_grown_generation_is_the_one_built_anew(
    changes: list[tuple[str, int, int]], purges: bool
) -> None:
    """Each change stores a document in some version with some passages, or retires it, and is published."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalog = SqliteCatalog(folder / "catalog.sqlite")
        for size, stable in enumerate(("always", "and ever", "the same")):
            put(catalog, stable, 1, 20 + size)
        store = GenerationStore(folder / "grown", SMALL)
        store.publish(catalog, ABOUT)
        for document, version, n_passages in changes:
            if n_passages:
                put(catalog, document, version, n_passages)
            else:
                retire(catalog, document)
            store.publish(catalog, ABOUT)
            if purges:
                catalog.purge()
        built = GenerationStore(folder / "built", SMALL)
        built.publish(catalog, ABOUT)

        assert store.faults() == []
        check_same(store.open(), built.open())


@pytest.fixture
def catalog(tmp_path: Path) -> SqliteCatalog:
    made = SqliteCatalog(tmp_path / "catalog.sqlite")
    for number in range(20):
        put(made, f"document {number}", 1, 10)
    return made


@pytest.fixture
def store(tmp_path: Path, catalog: SqliteCatalog) -> GenerationStore:
    made = GenerationStore(tmp_path, Tuning(scanned=100, tail=50))
    made.publish(catalog, ABOUT)
    return made


def files_of(folder: Path, number: int) -> dict[str, os.stat_result]:
    root = folder / "generations" / str(number)
    return {path.relative_to(root).as_posix(): path.stat() for path in root.rglob("*") if path.is_file()}


def test_a_document_more_leaves_vectors_lists_and_words_of_the_others_where_they_are(
    tmp_path: Path, catalog: SqliteCatalog, store: GenerationStore
) -> None:
    before = files_of(tmp_path, 1)
    put(catalog, "new", 1, 10)
    store.publish(catalog, ABOUT)
    after = files_of(tmp_path, 2)
    written = {name for name, stat in after.items() if name not in before or stat.st_ino != before[name].st_ino}
    kept = set(after) - written

    assert {name for name in before if name.startswith(("vectors/", "lists/"))} <= kept
    assert {name for name in before if name.startswith("lexical/") and not name.endswith((".json", ".lock", ".del"))} <= kept
    assert [before[name].st_mtime_ns for name in kept] == [after[name].st_mtime_ns for name in kept]
    new_vectors = [after[name].st_size for name in written if name.startswith("vectors/")]
    assert new_vectors == [10 * DIM * 4]
    assert store.manifest().n_rows == 210


def test_a_change_leaves_dead_rows_and_many_changes_build_anew(catalog: SqliteCatalog, store: GenerationStore) -> None:
    put(catalog, "document 3", 2, 10)  # its first passage says nothing of the version: it stays
    store.publish(catalog, ABOUT)
    assert (store.manifest().n_passages, store.manifest().n_rows) == (200, 209)
    for number in range(5, 11):
        put(catalog, f"document {number}", 2, 10)
    store.publish(catalog, ABOUT)

    assert (store.manifest().n_passages, store.manifest().n_rows) == (200, 200)


def test_nothing_is_taken_over_from_another_catalog_or_model(
    tmp_path: Path, catalog: SqliteCatalog, store: GenerationStore
) -> None:
    inode = files_of(tmp_path, 1)["vectors/0000000000-0000000200.f32"].st_ino
    store.publish(catalog, {**ABOUT, "splitter": "other"})
    other = SqliteCatalog(tmp_path / "other.sqlite")
    for number in range(20):
        put(other, f"document {number}", 2, 10)
    store.publish(other, {**ABOUT, "splitter": "other"})

    assert files_of(tmp_path, 2)["vectors/0000000000-0000000200.f32"].st_ino != inode
    assert set(passages_in(store.open())) == {passage.id for passage, _ in other.live_rows()}


def test_what_rotted_is_not_taken_over_as_sound(tmp_path: Path, catalog: SqliteCatalog, store: GenerationStore) -> None:
    """Vectors that are only linked keep the hash they were written with; columns that are derived from are looked at first."""
    vectors = tmp_path / "generations" / "1" / "vectors" / "0000000000-0000000200.f32"
    data = bytearray(vectors.read_bytes())
    data[1000] ^= 1
    vectors.write_bytes(data)
    put(catalog, "new", 1, 10)
    store.publish(catalog, ABOUT)
    assert store.faults() == [f"vectors/{vectors.name} has changed ({len(data)} bytes)"]

    (tmp_path / "generations" / "2" / "document_of.npy").write_bytes(b"rotten")
    put(catalog, "newer", 1, 10)
    store.publish(catalog, ABOUT)
    assert store.faults() == []
    assert store.manifest().n_rows == 220


def test_where_a_disk_knows_no_second_names_files_are_copied(
    tmp_path: Path, catalog: SqliteCatalog, store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    put(catalog, "new", 1, 10)
    store.publish(catalog, ABOUT)

    assert files_of(tmp_path, 1)["vectors/0000000000-0000000200.f32"].st_nlink == 1
    assert store.faults() == []
    assert store.manifest().n_rows == 210
    shutil.rmtree(tmp_path / "generations" / "1")
    assert len(dense(store.open(), "loom")) == 15


def test_what_was_read_through_once_is_not_read_again_unless_it_was_written_to(
    tmp_path: Path, catalog: SqliteCatalog, store: GenerationStore
) -> None:
    """A reader that has opened one generation opens the next without looking at shared files; a full check looks at all."""
    reader = GenerationStore(tmp_path)
    reader.open()
    vectors = tmp_path / "generations" / "1" / "vectors" / "0000000000-0000000200.f32"
    stat = vectors.stat()
    data = bytearray(vectors.read_bytes())
    data[1000] ^= 1
    vectors.write_bytes(data)
    os.utime(vectors, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # a disk that rots tells nobody
    put(catalog, "new", 1, 10)
    store.publish(catalog, ABOUT)

    assert reader.open().manifest.generation == 2
    assert len(reader.faults()) == 1
    os.utime(vectors)
    with pytest.raises(Exception, match="has changed"):
        reader.open()


def test_a_generation_of_the_version_before_is_refused_in_one_sentence(tmp_path: Path, store: GenerationStore) -> None:
    folder = tmp_path / "generations" / "1"
    text = (folder / "MANIFEST.json").read_text().replace(f'"layout": {LAYOUT}', f'"layout": {LAYOUT - 1}')
    (folder / "MANIFEST.json").write_text(text)
    (tmp_path / "CURRENT").write_text("1")

    with pytest.raises(Exception, match="Generation 1 of the index was written by another version"):
        store.open()
