"""What a search takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kb.retrieval.index import Correction
from kb.retrieval.passage import DocumentId, Metadata, Passage
from kb.retrieval.widening import Caution, NamedConcept

MAX_QUESTION_CHARS = 2000  # longer is a document, not a question; the encoder reads 512 tokens
MAX_HITS = 200


class Legs(StrEnum):
    """What ranks: words (BM25), meaning (vectors), or both together."""

    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


class Order(StrEnum):
    """How the hits are shown. Which passages they are is decided by relevance alone.

    ``NEWEST`` shows the *k* most relevant passages by date of their document, newest first; without a date comes last, the better
    score first among equals. To order all candidates by date would put a new passage that hardly matches before the answer.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"


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
        tags: of the practices that a document belongs to.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    documents: tuple[DocumentId, ...] = ()
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Part:
    """A piece of syntax in a question; of the middle four one is given.

    Attributes:
        typed: as typed.
        phrase: that must stand in a passage.
        without: what no hit may have.
        field: of :class:`Filters`, for an operator.
        values: of the operator, as in :class:`Filters`.
        relaxed: the question with this part switched off: a phrase becomes its words, anything else is left out.
    """

    typed: str
    phrase: str = ""
    without: str = ""
    field: str = ""
    values: tuple[str | int, ...] = ()
    relaxed: str = ""


@dataclass(frozen=True)
class Question:
    """How a question was understood.

    Attributes:
        text: as typed, spaces collapsed.
        words: what is looked for by words and by meaning: the text without operators, ``-without`` and quotation marks.
            Empty when only operators were typed; then passages are listed, not ranked.
        loose: the words outside phrases; only these may be mistyped.
        phrases: each must stand in a passage, word by word.
        without: words or phrases that no hit may have.
        filters: what the operators ask for; values of one operator are alternatives.
        unused: what looks like an operator and could not be used; it was taken for words.
        parts: its syntax piece by piece, in the order of the text.
    """

    text: str
    words: str
    loose: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = Filters()
    unused: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is words and nothing else."""
        return not (self.phrases or self.without or self.filters)


class Step(StrEnum):
    """What an answer can do without when time runs out."""

    WORDS = "words"  # the passages were found by meaning alone
    COUNTS = "counts"  # beside the filters
    SENTENCES = "sentences"  # that answer
    RERANKING = "reranking"  # by the cross-encoder


@dataclass(frozen=True)
class Hit:
    """A passage that answers, and why it is here.

    Attributes:
        rank: place by relevance, from 1, however the hits are ordered.
        score: fused similarity; higher is better; comparable within one answer only.
        lexical_rank: place in the lexical leg from 1, or ``None`` if the words did not bring it.
        dense_rank: place in the dense leg from 1, or ``None`` if the meaning did not bring it.
        lexical_score: BM25, or ``None``.
        dense_score: cosine similarity.
        sentence: span ``(start, end)`` in ``passage.text`` of the sentence that matches best, or ``None`` below the floor.
        reranker_score: of the cross-encoder, in its own unit; ``None`` where it did not read the passage.
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
    reranker_score: float | None = None

    @property
    def title(self) -> str:
        """The document's title, or its file name."""
        return self.metadata.title or self.path.rsplit("/", 1)[-1]

    @property
    def sentence_text(self) -> str | None:
        """The matched sentence itself, or ``None``."""
        return self.passage.text[slice(*self.sentence)] if self.sentence else None


@dataclass(frozen=True)
class Reranked:
    """What re-ranking did.

    Attributes:
        model: its name.
        depth: how many passages were read.
        took_s: wall time.
    """

    model: str
    depth: int
    took_s: float


@dataclass(frozen=True)
class SearchResult:
    """An answer.

    Attributes:
        question: as typed, spaces collapsed.
        understood: what was made of it.
        filters: chosen beside the question; a hit passes these and those of ``understood``.
        hits: best first, or as ``order`` says. When the question had no words, every passage that passes, the newest document
            first, then by path, then in reading order; such hits have no scores.
        question_language: detected, or ``"und"``.
        n_passages: how many passages were searched: those that filters and operators leave, whatever phrases they have.
        n_documents: how many documents they belong to.
        facets: field of :class:`Filters` → value → number of candidate documents that pass the filters on all *other* fields:
            what could be chosen instead is counted too (:mod:`kb.retrieval.facets`). Most frequent first; empty if not asked for.
        generation: of the index that answered.
        took_s: wall time, encoding included.
        corrected: words that no document has, each with the one that was looked for as well.
        absent: phrases that no passage has which the asker may see and the operators allow; then there are no hits.
        in_headings: a phrase stands in no text, so headings and titles counted too.
        cut_short: what was left out because time ran out.
        reranked: by which cross-encoder and how long that took; ``None`` without one.
        named: concepts that the question names, each with what else it is called.
        is_expanded: whether that was searched too.
        warnings: words of the question that mean something else in some country than they seem to.
        without_concepts: the concepts cannot be read, so nothing is known of what the question names.
    """

    question: str
    understood: Question
    filters: Filters
    hits: tuple[Hit, ...]
    question_language: str
    n_passages: int
    n_documents: int
    generation: int
    took_s: float
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    corrected: tuple[Correction, ...] = ()
    absent: tuple[str, ...] = ()
    in_headings: bool = False
    cut_short: tuple[Step, ...] = ()
    reranked: Reranked | None = None
    named: tuple[NamedConcept, ...] = ()
    is_expanded: bool = True
    warnings: tuple[Caution, ...] = ()
    without_concepts: bool = False

    @property
    def is_list(self) -> bool:
        """Whether the hits are a list of what passes, because there was no word to rank them by."""
        return not self.understood.words


def newest_first(hits: Sequence[Hit]) -> list[Hit]:
    """By date of the document; a year or month alone counts as its beginning; without a date last. Equal dates keep their order."""
    return sorted(hits, key=lambda hit: hit.metadata.date if hit.metadata.date[:4].isdecimal() else "", reverse=True)
