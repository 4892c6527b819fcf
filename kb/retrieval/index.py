"""The ports to the two indexes, what a published generation is, and how one is refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexMismatch
from kb.retrieval.passage import DocumentId, PassageId

Scored = list[tuple[int, float]]  # row of the generation and score; best first, ties by row

N_REFERENCE = 256  # corpus vectors kept for z-scores, a language; the size that fusion was measured with


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of; written beside it and compared when it is opened.

    Attributes:
        generation: its number; grows.
        catalog_revision: of the catalog it was built from.
        model: name of the embedding model.
        revision: of the model's weights.
        dim: length of a vector.
        splitter: how documents were cut.
        n_passages: rows in each index.
        n_documents: documents they belong to.
        built_at_utc: ISO 8601.
        libraries: name → version of what wrote the files.
        files: name → SHA-256 of every file of the generation.
    """

    generation: int
    catalog_revision: int
    model: str
    revision: str
    dim: int
    splitter: str
    n_passages: int
    n_documents: int
    built_at_utc: str
    libraries: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Columns of a generation, aligned with the rows of both indexes.

    Attributes:
        passages: id of each row.
        documents: distinct documents.
        document_of: ``int32 (n_rows,)``, position in ``documents``.
        languages: distinct languages.
        language_of: ``int32 (n_rows,)``, position in ``languages``.
    """

    passages: tuple[PassageId, ...]
    documents: tuple[DocumentId, ...]
    document_of: NDArray[np.int32]
    languages: tuple[str, ...]
    language_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.passages)


@dataclass(frozen=True)
class Matches:
    """What the lexical leg found.

    Attributes:
        found: rows with their BM25 scores.
        full: about what a passage of mean length would score that has every word of the question once; positive.
    """

    found: Scored
    full: float


class VectorIndex(Protocol):
    """Nearest vectors by cosine."""

    def search(self, question: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None) -> Scored:
        """The ``k`` rows most similar to ``question`` among the allowed ones.

        Args:
            question: ``float32 (dim,)``, unit length.
            k: how many.
            allowed: ``bool (n_rows,)``; ``None`` allows all.
        """
        ...

    def similarities(self, question: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """Cosine of ``question`` to each of ``rows``: ``float32 (len(rows),)``."""
        ...


class LexicalIndex(Protocol):
    """Passages by the words they share with a question (BM25)."""

    def search(
        self,
        question: str,
        k: int,
        *,
        language: str,
        documents: Collection[DocumentId] | None,
        languages: Collection[str] | None,
    ) -> Matches:
        """The ``k`` best rows. Any string is a legal question.

        Args:
            language: of the question, or ``"und"``.
            documents: only rows of these; ``None`` allows all.
            languages: only rows in these; ``None`` allows all.
        """
        ...

    def has_row(self, row: int, document: DocumentId) -> bool:
        """Whether ``row`` is there and belongs to ``document``."""
        ...


@dataclass(frozen=True)
class Generation:
    """One published, immutable state of the index.

    Attributes:
        sample: ``int32 (n,)``: rows of a fixed random sample, up to 256 of each language.
        reference: ``float32 (n, dim)``: their vectors, for z-scores.
    """

    manifest: Manifest
    rows: Rows
    vectors: VectorIndex
    lexical: LexicalIndex
    sample: NDArray[np.int32]
    reference: NDArray[np.float32]


def refuse_mismatch(built: dict[str, str], wanted: dict[str, str]) -> None:
    """Refuse an index whose vectors were made otherwise than the settings ask.

    Args:
        built: ``model``, ``revision``, ``dim`` and ``splitter`` of the stored vectors.
        wanted: the same, of the model in use.

    Raises:
        IndexMismatch: one sentence with both sides and the command that rebuilds.
    """
    differing = [key for key in ("model", "revision", "dim", "splitter") if built.get(key) != wanted.get(key)]
    if not differing:
        return

    def spell(side: dict[str, str]) -> str:
        more = "".join(f", {key} {side.get(key)}" for key in differing if key in ("revision", "splitter"))
        return f"{side.get('model')} ({side.get('dim')} dimensions{more})"

    raise IndexMismatch(
        f"The index was built with {spell(built)}, the settings ask for {spell(wanted)}. Rebuild it: kb ingest --rebuild"
    )
