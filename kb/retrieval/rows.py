"""Rows of a generation: which passage, document and language each is, and which of them a question may find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.passage import DocumentId, PassageId

DEAD = -1  # document of a row whose passage is gone; the row stays until the generation is built anew


class PassageIds(Sequence[PassageId]):
    """Ids of passages, kept as numbers: a million of them are 8 MB, as text they were 65."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self.numbers = numbers

    @classmethod
    def of(cls, ids: Sequence[PassageId]) -> PassageIds:
        """From their text."""
        return cls(np.fromiter((int(identity, 16) for identity in ids), np.uint64, len(ids)))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> PassageId: ...
    @overload
    def __getitem__(self, at: slice) -> PassageIds: ...
    def __getitem__(self, at: int | slice) -> PassageId | PassageIds:
        return PassageIds(self.numbers[at]) if isinstance(at, slice) else PassageId(f"{int(self.numbers[at]):016x}")

    def __iter__(self) -> Iterator[PassageId]:
        return (PassageId(f"{number:016x}") for number in self.numbers.tolist())


@dataclass(frozen=True, eq=False)
class Rows:
    """Columns of a generation, aligned with the rows of both indexes.

    Rows are appended. A passage that is gone leaves a dead row behind, which no search may find.

    Attributes:
        passages: id of each row, of dead ones too.
        documents: distinct documents of the live rows.
        document_of: ``int32 (n_rows,)``, position in ``documents``; :data:`DEAD` for a dead row.
        languages: distinct languages.
        language_of: ``int32 (n_rows,)``, position in ``languages``.
    """

    passages: PassageIds
    documents: tuple[DocumentId, ...]
    document_of: NDArray[np.int32]
    languages: tuple[str, ...]
    language_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """``bool (n_rows,)``: rows whose passage is still there."""
        return np.asarray(self.document_of != DEAD, bool)

    @cached_property
    def live_per_language(self) -> NDArray[np.int64]:
        """``int64 (n_languages,)``: live rows in each."""
        return np.bincount(self.language_of[self.live], minlength=len(self.languages)).astype(np.int64)

    @cached_property
    def position_of(self) -> dict[DocumentId, int]:
        """Document → position in ``documents``."""
        return {document: position for position, document in enumerate(self.documents)}

    def row_of(self, passage: PassageId) -> int | None:
        """The live row of a passage."""
        found = np.flatnonzero((self.passages.numbers == np.uint64(int(passage, 16))) & self.live)
        return int(found[0]) if len(found) else None


@dataclass(frozen=True, eq=False)
class Allowed:
    """Rows that a question may find: a filter and a permission that both legs obey.

    Attributes:
        rows: ``bool (n_rows,)``; dead rows are not allowed.
        per_language: ``int64 (n_languages,)``: how many in each.
        n_documents: documents they belong to.
        is_all: whether every live row is allowed.
        languages: those of the allowed rows.
        n_among: how many live rows are in these languages.
    """

    rows: NDArray[np.bool_]
    per_language: NDArray[np.int64]
    n_documents: int
    is_all: bool
    languages: tuple[str, ...]
    n_among: int

    @classmethod
    def of(cls, columns: Rows, rows: NDArray[np.bool_]) -> Allowed:
        """Those of ``rows`` that live. Looks at every row once: keep what it gives."""
        rows = rows & columns.live
        per_language = np.bincount(columns.language_of[rows], minlength=len(columns.languages))
        n_documents = np.count_nonzero(np.bincount(columns.document_of[rows], minlength=1))
        spoken = np.flatnonzero(per_language)
        n_among = int(columns.live_per_language[spoken].sum())
        languages = tuple(columns.languages[position] for position in spoken.tolist())
        is_all = int(per_language.sum()) == int(columns.live_per_language.sum())
        return cls(rows, per_language.astype(np.int64), int(n_documents), is_all, languages, n_among)

    def __len__(self) -> int:
        return int(self.per_language.sum())

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The allowed rows themselves, ascending."""
        return np.flatnonzero(self.rows)
