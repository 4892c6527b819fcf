"""What lies in the folder of a generation: its columns, a sample of its vectors, and the two indexes.

A generation is built anew from the catalog, or extends the one before: rows are appended, passages that are gone leave dead rows,
and every file that did not change is linked. With too many dead rows, or another catalog, it is built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.adapters import faiss_lists, vector_shards
from kb.adapters.faiss_lists import FaissLists, ListFiles
from kb.adapters.generation_columns import (
    FILES,
    REFERENCE,
    SAMPLE,
    Columns,
    Vectors,
    difference,
    extended,
    read_rows,
    to_rows,
    write_rows,
    write_sample,
)
from kb.adapters.linking import link_folder, link_or_copy
from kb.adapters.tantivy_index import FOLDER, TantivyIndex, unchanged
from kb.adapters.vector_index import ShardedVectorIndex
from kb.adapters.vector_shards import VectorShards
from kb.retrieval.catalog import Catalog
from kb.retrieval.generation import Generation, Manifest
from kb.retrieval.passage import DocumentId, Passage
from kb.retrieval.rows import Rows

LAYOUT = 3  # grows whenever files of a generation are written otherwise than before: those of another layout are built anew
BATCH = 8192  # vectors held while passages are read


@dataclass(frozen=True)
class Tuning:
    """When an index is large, and when it is worth writing again. Defaults are from benchmarks/scale.py.

    Attributes:
        scanned: rows up to which all vectors are scanned; with more, they stand in lists.
        tail: rows that may come in before they are sorted into the lists too.
        dead_share: share of dead rows from which a generation is built anew.
        looked_through: codes compared for a question, at least.
    """

    scanned: int = 40_000
    tail: int = 20_000
    dead_share: float = 0.2
    looked_through: int = faiss_lists.LOOKED_THROUGH


@dataclass(frozen=True, eq=False)
class Written:
    """What was written into a folder.

    Attributes:
        kept: names of files that are those of the generation before, linked or copied unseen.
    """

    rows: Rows
    kept: frozenset[str] = frozenset()


def build(folder: Path, catalog: Catalog, dim: int, tuning: Tuning) -> Written:
    """Write every live passage of the catalog into ``folder``, by document path and ordinal."""
    columns = Columns()
    vectors = folder / vector_shards.FOLDER
    vectors.mkdir()
    sink = _Batches(lambda start, batch: vector_shards.write_shard(vectors, start, batch))
    TantivyIndex.build(folder, sink.passages(catalog.live_rows(), columns))
    sink.close()
    rows = to_rows(columns)
    shards = VectorShards(vectors, dim)
    write_rows(folder, rows)
    write_sample(folder, rows, shards)
    if len(rows) > tuning.scanned:
        faiss_lists.learn(shards, rows.language_of, rows.live).save(folder / faiss_lists.FOLDER)
    return Written(rows)


def extend(
    folder: Path,
    basis: Path,
    catalog: Catalog,
    changed: Iterable[DocumentId],
    dim: int,
    tuning: Tuning,
    check: Callable[[str], None],
) -> Written | None:
    """Write what ``basis`` holds into ``folder``, changed as the catalog's ``changed`` documents are.

    Args:
        check: given a name or folder of ``basis``, raises ``IndexDamaged`` unless it is what was written; asked before anything is
            derived from it. What is only linked is checked by whoever opens it.

    Returns:
        ``None`` if it should rather be built anew; ``folder`` may then hold anything.
    """
    for name in (*FILES, f"{FOLDER}/"):
        check(name)
    old = read_rows(basis)
    dead, added, columns = difference(old, catalog, set(changed))
    n_dead = int(np.count_nonzero(~old.live)) + len(dead)
    n_rows = len(old) + len(added)
    if n_dead > tuning.dead_share * n_rows or n_rows - n_dead != catalog.n_live():
        return None
    rows = extended(old, dead, columns)
    TantivyIndex.extend(folder, basis, (passage for passage, _ in added), first=len(old), dead=dead.tolist())
    kept = {f"{FOLDER}/{name}" for name in unchanged(folder, basis)}
    kept |= _extend_shards(folder, basis, [vector for _, vector in added], len(old), check)
    shards = VectorShards(folder / vector_shards.FOLDER, dim)
    write_rows(folder, rows)
    write_sample(folder, rows, shards)
    kept |= _extend_lists(folder, basis, rows, shards, tuning, check)
    return Written(rows, frozenset(kept))


def read(folder: Path, manifest: Manifest, lists: Callable[[Path], FaissLists]) -> Generation:
    """Open what :func:`build` or :func:`extend` wrote; hashes must have been checked.

    Args:
        lists: opens a folder of lists, or gives what it opened before.

    Raises:
        OSError, ValueError, KeyError, RuntimeError: as the libraries do when a file is not what it should be.
    """
    rows = read_rows(folder)
    shards = VectorShards(folder / vector_shards.FOLDER, manifest.dim)
    if not len(rows) == len(shards) == manifest.n_rows:
        raise ValueError(f"{len(rows)} rows and {len(shards)} vectors instead of {manifest.n_rows}")
    found = lists(folder / faiss_lists.FOLDER) if (folder / faiss_lists.FOLDER).is_dir() else None
    vectors = ShardedVectorIndex(shards, rows.language_of, found)
    sample = np.load(folder / SAMPLE, allow_pickle=False)
    reference = np.load(folder / REFERENCE, allow_pickle=False)
    return Generation(manifest, rows, vectors, TantivyIndex.load(folder), sample, reference)


class _Batches:
    """Takes vectors off a stream of passages and hands them on, some thousands at a time."""

    def __init__(self, write: Callable[[int, Vectors], None]) -> None:
        self._write = write
        self._held: list[Vectors] = []
        self._full: list[Vectors] = []
        self._start = 0

    def passages(self, live: Iterable[tuple[Passage, Vectors]], columns: Columns) -> Iterator[Passage]:
        """Each passage, once its columns are kept."""
        for passage, vector in live:
            columns.add(passage)
            self._held.append(vector)
            if len(self._held) == BATCH:
                self._stack()
            yield passage

    def _stack(self) -> None:
        self._full.append(np.stack(self._held).astype(np.float32))
        self._held.clear()
        if sum(map(len, self._full)) >= vector_shards.SHARD_ROWS:
            self._flush()

    def _flush(self) -> None:
        batch = np.concatenate(self._full)
        self._write(self._start, batch)
        self._start += len(batch)
        self._full.clear()

    def close(self) -> None:
        """Hand on what is left."""
        if self._held:
            self._stack()
        if self._full:
            self._flush()


def _extend_shards(folder: Path, basis: Path, added: list[Vectors], first: int, check: Callable[[str], None]) -> set[str]:
    """Returns the names of the files that are linked."""
    source, target = basis / vector_shards.FOLDER, folder / vector_shards.FOLDER
    target.mkdir()
    spans = vector_shards.spans_in(source)
    n_merged = vector_shards.to_merge(spans, len(added)) if added else 0
    kept = [vector_shards.name_of(*span) for span in spans[: len(spans) - n_merged]]
    for name in kept:
        link_or_copy(source / name, target / name)
    if not added:
        return {f"{vector_shards.FOLDER}/{name}" for name in kept}
    new = np.stack(added).astype(np.float32)
    for start, stop in spans[len(spans) - n_merged :]:
        check(f"{vector_shards.FOLDER}/{vector_shards.name_of(start, stop)}")
    begin = spans[-n_merged][0] if n_merged else first
    before = VectorShards(source, new.shape[1]).block(begin, first)
    vector_shards.write_shard(target, begin, np.concatenate([before, new]))
    return {f"{vector_shards.FOLDER}/{name}" for name in kept}


def _extend_lists(
    folder: Path, basis: Path, rows: Rows, shards: VectorShards, tuning: Tuning, check: Callable[[str], None]
) -> set[str]:
    """Returns the names of the files that are linked."""
    source, target = basis / faiss_lists.FOLDER, folder / faiss_lists.FOLDER
    n_live = int(rows.live.sum())
    if not source.is_dir():
        if len(rows) > tuning.scanned:
            faiss_lists.learn(shards, rows.language_of, rows.live).save(target)
        return set()
    n_listed, n_learned = faiss_lists.counts_in(source)
    if len(rows) - n_listed <= tuning.tail:
        link_folder(source, target)
        return {f"{faiss_lists.FOLDER}/{path.name}" for path in target.iterdir()}
    if n_live >= 2 * n_learned:
        faiss_lists.learn(shards, rows.language_of, rows.live).save(target)
        return set()
    check(f"{faiss_lists.FOLDER}/")
    faiss_lists.extend(ListFiles.load(source), shards, rows.language_of, rows.live).save(target)
    return set()
