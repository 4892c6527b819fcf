"""The columns of a generation: which passage stands in which row, and how they change when documents do."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.adapters.vector_shards import VectorShards
from kb.retrieval.catalog import Catalog
from kb.retrieval.generation import N_REFERENCE
from kb.retrieval.passage import DocumentId, Passage
from kb.retrieval.rows import DEAD, PassageIds, Rows

COLUMNS = ("passages", "documents", "document_of", "language_of")
LANGUAGES, SAMPLE, REFERENCE = "languages.json", "sample.npy", "reference.npy"
FILES = (*(f"{column}.npy" for column in COLUMNS), LANGUAGES)

Vectors = NDArray[np.float32]


@dataclass
class Columns:
    """Columns that grow."""

    rows: list[int] = field(default_factory=list)
    document_of: list[int] = field(default_factory=list)
    language_of: list[int] = field(default_factory=list)
    documents: dict[DocumentId, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    def add(self, passage: Passage) -> None:
        """Append a row."""
        self.rows.append(int(passage.id, 16))
        self.document_of.append(self.documents.setdefault(passage.document_id, len(self.documents)))
        self.language_of.append(self.languages.setdefault(passage.language, len(self.languages)))


def to_rows(columns: Columns) -> Rows:
    """As they are searched."""
    return Rows(
        PassageIds(np.array(columns.rows, np.uint64)),
        tuple(columns.documents),
        np.array(columns.document_of, np.int32),
        tuple(columns.languages),
        np.array(columns.language_of, np.int32),
    )


def difference(
    old: Rows, catalog: Catalog, changed: set[DocumentId]
) -> tuple[NDArray[np.int64], list[tuple[Passage, Vectors]], Columns]:
    """Rows that die, passages that come, and the columns with the latter: of the changed documents, nothing else is looked at."""
    positions = [old.position_of[document] for document in changed if document in old.position_of]
    rows = np.flatnonzero(np.isin(old.document_of, positions))
    had = {(number, int(spoken)): row for number, spoken, row in zip(
        old.passages.numbers[rows].tolist(), old.language_of[rows].tolist(), rows.tolist(), strict=True)}  # fmt: skip
    columns = Columns(documents=dict(old.position_of), languages={name: at for at, name in enumerate(old.languages)})
    added = []
    for passage, vector in catalog.live_rows(changed):
        if had.pop((int(passage.id, 16), columns.languages.get(passage.language, -1)), None) is None:
            columns.add(passage)
            added.append((passage, vector))
    return np.array(sorted(had.values()), np.int64), added, columns


def extended(old: Rows, dead: NDArray[np.int64], columns: Columns) -> Rows:
    """The old rows less the dead, then the new; documents without a live row are forgotten."""
    document_of = np.concatenate([old.document_of, np.array(columns.document_of, np.int32)])
    document_of[dead] = DEAD
    documents = list(columns.documents)
    kept = np.flatnonzero(np.bincount(document_of[document_of != DEAD], minlength=len(documents)))
    place = np.full(len(documents) + 1, DEAD, np.int32)  # the last stands for the dead
    place[kept] = np.arange(len(kept), dtype=np.int32)
    return Rows(
        PassageIds(np.concatenate([old.passages.numbers, np.array(columns.rows, np.uint64)])),
        tuple(documents[position] for position in kept.tolist()),
        place[document_of],
        tuple(columns.languages),
        np.concatenate([old.language_of, np.array(columns.language_of, np.int32)]),
    )


def write_rows(folder: Path, rows: Rows) -> None:
    """Write :data:`FILES`."""
    documents = np.fromiter((int(document, 16) for document in rows.documents), np.uint64, len(rows.documents))
    columns: tuple[NDArray[Any], ...] = (rows.passages.numbers, documents, rows.document_of, rows.language_of)
    for name, column in zip(COLUMNS, columns, strict=True):
        np.save(folder / f"{name}.npy", column, allow_pickle=False)
    (folder / LANGUAGES).write_text(json.dumps(rows.languages), encoding="utf-8")


def read_rows(folder: Path) -> Rows:
    """Read what :func:`write_rows` wrote.

    Raises:
        OSError, ValueError: if it is something else.
    """
    passages, documents, document_of, language_of = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in COLUMNS)
    languages = tuple(json.loads((folder / LANGUAGES).read_text(encoding="utf-8")))
    names = tuple(DocumentId(f"{number:016x}") for number in documents.tolist())
    tops = (int(document_of.max(initial=DEAD)) - len(names), int(language_of.max(initial=-1)) - len(languages))
    if max(tops) >= 0 or not len(passages) == len(document_of) == len(language_of):
        raise ValueError("the columns do not belong together")
    return Rows(PassageIds(passages), names, document_of, languages, language_of)


def write_sample(folder: Path, rows: Rows, shards: VectorShards) -> None:
    """A sample of each language: its live passages with the smallest ids, which are hashes.

    The same passages give the same sample in whatever order they came, so answers do not depend on how an index grew.
    """
    chosen = [np.zeros(0, np.int64)]
    for position in range(len(rows.languages)):
        own = np.flatnonzero(rows.live & (rows.language_of == position))
        chosen.append(own[np.argsort(rows.passages.numbers[own], kind="stable")[:N_REFERENCE]])
    sample = np.concatenate(chosen)
    np.save(folder / SAMPLE, sample.astype(np.int32), allow_pickle=False)
    np.save(folder / REFERENCE, shards.take(sample), allow_pickle=False)
