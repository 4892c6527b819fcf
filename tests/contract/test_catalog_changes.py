"""What an index is extended by: the catalog tells which documents changed, and nothing is missing from what it tells."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, DocumentId, Passage, document_id, passage_id

NAMES = ("a", "b", "c", "d")
ENCODER = FakeEncoder()


def put(catalog: SqliteCatalog, name: str, texts: tuple[str, ...]) -> DocumentId:
    document = a_document([Block(BlockKind.PARAGRAPH, text) for text in texts], path=name)
    passages = [
        Passage(passage_id(document.id, "", text, i), document.id, i, 0, 1, text, None, None, (), text[:2], "", ((0, 1),))
        for i, text in enumerate(texts)
    ]
    vectors = ENCODER.encode_passages(texts)
    encoded = [EncodedPassage(passage, vector) for passage, vector in zip(passages, vectors, strict=True)]
    catalog.put_document(document, encoded, LedgerEntry(name, FileState.INDEXED, document_id=document.id), b"")
    return document.id


def apply(catalog: SqliteCatalog, name: str, words: int) -> None:
    """Store a document of this many words, or retire it where there are none."""
    if words:
        put(catalog, name, tuple(f"en {name} {i}" if i % 3 else f"fr {name} {i} of {words}" for i in range(words)))
    elif name in [document.path for document in catalog.documents()]:
        catalog.retire_document(document_id(name), None)


CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 5)), max_size=15)


@given(CHANGES, st.integers(0, 15))
@settings(deadline=None, max_examples=30)
def test_every_document_that_changed_since_is_told_and_no_other(changes: list[tuple[str, int]], at: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = SqliteCatalog(Path(folder) / "catalog.sqlite")
        revisions = [catalog.revision()]
        for name, words in changes:
            apply(catalog, name, words)
            revisions.append(catalog.revision())
        since = min(at, len(changes))
        touched = {
            document_id(name)
            for (name, _), before, after in zip(changes[since:], revisions[since:], revisions[since + 1 :], strict=False)
            if after > before
        }

        assert catalog.changed_documents(revisions[since]) == touched
        assert catalog.n_live() == len(list(catalog.live_rows()))


@given(CHANGES)
@settings(deadline=None, max_examples=30)
def test_a_list_that_is_kept_up_is_the_list_made_anew(changes: list[tuple[str, int]]) -> None:
    """The long-lived catalog lists only what has changed; one that is opened afresh lists all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        catalog = SqliteCatalog(path)
        for name, words in changes:
            apply(catalog, name, words)
            assert catalog.documents() == SqliteCatalog(path).documents()


@pytest.fixture
def catalog(tmp_path: Path) -> SqliteCatalog:
    return SqliteCatalog(tmp_path / "catalog.sqlite")


def test_rows_of_chosen_documents_are_those_of_the_whole_list(catalog: SqliteCatalog) -> None:
    chosen = [put(catalog, name, (f"en {name}", f"fr {name}")) for name in NAMES][1:3]
    whole = [(passage, vector.tolist()) for passage, vector in catalog.live_rows() if passage.document_id in chosen]

    assert [(passage, vector.tolist()) for passage, vector in catalog.live_rows(chosen)] == whole
    assert list(catalog.live_rows([])) == []


def test_nothing_is_told_across_a_reset_or_of_another_catalog(catalog: SqliteCatalog, tmp_path: Path) -> None:
    put(catalog, "a", ("en a",))
    revision, identity = catalog.revision(), catalog.identity()
    catalog.reset()

    assert catalog.changed_documents(revision) is None
    assert catalog.changed_documents(catalog.revision()) == set()
    assert catalog.changed_documents(catalog.revision() + 1) is None
    assert len({identity, catalog.identity(), SqliteCatalog(tmp_path / "other.sqlite").identity(), ""}) == 4
    assert catalog.settings() == {}


def test_a_catalog_of_the_version_before_gets_what_it_lacks_and_tells_changes_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    old = SqliteCatalog(path)
    put(old, "a", ("en a",))
    before = old.revision()
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TABLE changes; DELETE FROM settings WHERE key = 'catalog_id'; DROP INDEX passages_live;")
    catalog = SqliteCatalog(path)
    put(catalog, "b", ("en b",))

    assert catalog.changed_documents(before) == {document_id("b")}
    assert catalog.changed_documents(before - 1) is None
    assert [document.path for document in catalog.documents()] == ["a", "b"]
    assert len(catalog.identity()) == 16


def test_the_purge_takes_vectors_that_nobody_has_and_leaves_shared_ones(catalog: SqliteCatalog) -> None:
    put(catalog, "a", ("en the same", "en a alone"))
    put(catalog, "b", ("en the same",))
    ((passage, shared), *_) = catalog.live_rows()
    catalog.retire_document(document_id("a"), None)
    catalog.purge()

    (left,) = catalog.live_rows()
    assert left[0].document_id == document_id("b")
    assert np.array_equal(left[1], shared)
    with sqlite3.connect(os.fspath(catalog._path)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM vectors").fetchone() == (1,)
    assert catalog.known_vectors([passage]).keys() == {passage.id}
