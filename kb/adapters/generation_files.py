"""What lies in the folder of a generation: its columns, a sample of its vectors, and the two indexes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.adapters.faiss_index import FaissIndex
from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.catalog import Catalog
from kb.retrieval.index import N_REFERENCE, Generation, Manifest, Rows
from kb.retrieval.passage import DocumentId, Passage, PassageId

ROWS, SAMPLE, REFERENCE = "rows.json", "sample.npy", "reference.npy"


def write_generation(folder: Path, catalog: Catalog, dim: int) -> list[Passage]:
    """Write every live passage of the catalog into ``folder``; row *i* of each file is the *i*-th of those returned."""
    passages, vectors = _collect(catalog, dim)
    _write_rows(folder, passages)
    sample = _sample([passage.language for passage in passages])
    np.save(folder / SAMPLE, sample, allow_pickle=False)
    np.save(folder / REFERENCE, vectors[sample], allow_pickle=False)
    FaissIndex.build(vectors).save(folder)
    TantivyIndex.build(folder, passages)
    return passages


def read_generation(folder: Path, manifest: Manifest) -> Generation:
    """Open what :func:`write_generation` wrote; hashes must have been checked.

    Raises:
        OSError, ValueError, KeyError, RuntimeError: as the libraries do when a file is not what it should be.
    """
    columns = json.loads((folder / ROWS).read_text(encoding="utf-8"))
    rows = Rows(
        tuple(map(PassageId, columns["passages"])),
        tuple(map(DocumentId, columns["documents"])),
        np.asarray(columns["document_of"], np.int32),
        tuple(columns["languages"]),
        np.asarray(columns["language_of"], np.int32),
    )
    sample = np.load(folder / SAMPLE, allow_pickle=False)
    reference = np.load(folder / REFERENCE, allow_pickle=False)
    return Generation(manifest, rows, FaissIndex.load(folder), TantivyIndex.load(folder), sample, reference)


def _collect(catalog: Catalog, dim: int) -> tuple[list[Passage], NDArray[np.float32]]:
    passages, vectors = [], []
    for passage, vector in catalog.live_rows():
        passages.append(passage)
        vectors.append(vector)
    return passages, np.stack(vectors).astype(np.float32) if vectors else np.zeros((0, dim), np.float32)


def _write_rows(folder: Path, passages: Iterable[Passage]) -> None:
    documents: dict[str, int] = {}
    languages: dict[str, int] = {}
    columns: dict[str, list[object]] = {"passages": [], "document_of": [], "language_of": []}
    for passage in passages:
        columns["passages"].append(passage.id)
        columns["document_of"].append(documents.setdefault(passage.document_id, len(documents)))
        columns["language_of"].append(languages.setdefault(passage.language, len(languages)))
    everything = {**columns, "documents": list(documents), "languages": list(languages)}
    (folder / ROWS).write_text(json.dumps(everything, separators=(",", ":")), encoding="utf-8")


def _sample(languages: Sequence[str]) -> NDArray[np.int32]:
    """Rows of a fixed random sample of each language: the same rows give the same sample."""
    chance = np.random.default_rng(seed=0)
    spoken = np.asarray(languages, dtype=np.str_)
    chosen: list[NDArray[np.int64]] = []
    for language in sorted(set(languages)):
        rows = np.flatnonzero(spoken == language)
        chosen.append(rows if len(rows) <= N_REFERENCE else np.sort(chance.choice(rows, N_REFERENCE, replace=False)))
    return np.concatenate(chosen).astype(np.int32) if chosen else np.zeros(0, np.int32)
