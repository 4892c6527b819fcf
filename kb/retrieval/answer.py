"""What a search takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.retrieval.passage import DocumentId, Metadata, Passage

MAX_QUESTION_CHARS = 2000  # longer is a document, not a question; the encoder reads 512 tokens
MAX_HITS = 200


class Legs(StrEnum):
    """What ranks: words (BM25), meaning (vectors), or both together."""

    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True)
class Filters:
    """What a hit must match. Values of one field are alternatives; fields are joined by "and". Empty means any.

    Attributes:
        kinds: of :data:`kb.retrieval.passage.KINDS`.
        countries: ISO 3166-1 alpha-2.
        languages: of the passage, BCP 47 primary tags.
        themes: slugs.
        years: of the document's date.
        organisations: exact names.
        documents: only inside these documents.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    documents: tuple[DocumentId, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Hit:
    """A passage that answers, and why it is here.

    Attributes:
        rank: from 1.
        score: fused similarity; higher is better; comparable within one answer only.
        lexical_rank: place in the lexical leg from 1, or ``None`` if the words did not bring it.
        dense_rank: place in the dense leg from 1, or ``None`` if the meaning did not bring it.
        lexical_score: BM25, or ``None``.
        dense_score: cosine similarity.
        sentence: span ``(start, end)`` in ``passage.text`` of the sentence that matches best, or ``None`` below the floor.
        path: the document's path.
        metadata: the document's metadata.
    """

    rank: int
    passage: Passage
    path: str
    metadata: Metadata
    media_type: str
    score: float
    lexical_rank: int | None
    dense_rank: int | None
    lexical_score: float | None
    dense_score: float
    sentence: tuple[int, int] | None = None

    @property
    def title(self) -> str:
        """The document's title, or its file name."""
        return self.metadata.title or self.path.rsplit("/", 1)[-1]

    @property
    def sentence_text(self) -> str | None:
        """The matched sentence itself, or ``None``."""
        return self.passage.text[slice(*self.sentence)] if self.sentence else None


@dataclass(frozen=True)
class SearchResult:
    """An answer.

    Attributes:
        hits: best first.
        question_language: detected, or ``"und"``.
        n_passages: how many passages were searched (after filters).
        n_documents: how many documents they belong to.
        facets: field of :class:`Filters` → value → number of documents among the candidates, most frequent first.
        generation: of the index that answered.
        took_s: wall time, encoding included.
    """

    question: str
    filters: Filters
    hits: tuple[Hit, ...]
    question_language: str
    n_passages: int
    n_documents: int
    generation: int
    took_s: float
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
