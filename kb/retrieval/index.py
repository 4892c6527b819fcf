"""The ports to the two indexes, and what they are asked and give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import Allowed
from kb.retrieval.widening import NamedConcept

Scored = list[tuple[int, float]]  # row of the generation and score; best first, ties by row


@dataclass(frozen=True)
class Matches:
    """What the lexical leg found.

    Attributes:
        found: rows with their BM25 scores.
        full: about what a passage of mean length would score that has every word of the question once; positive.
    """

    found: Scored
    full: float


@dataclass(frozen=True)
class Verbatim:
    """What the words of a passage must and must not be; both legs keep to it.

    Attributes:
        phrases: each stands in the passage's text, its words in this order; letters and accents folded, no word inflected.
        without: none of these stands in its text, its headings or its document's title.
        in_headings: a phrase may also stand in a heading or the title.
    """

    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    in_headings: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases or self.without)


@dataclass(frozen=True)
class Correction:
    """A word that no passage has, and the one that was looked for as well."""

    typed: str
    used: str


class VectorIndex(Protocol):
    """Nearest vectors by cosine."""

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> Scored:
        """In each language the ``k`` allowed rows most similar to ``question``, with their exact cosines.

        Which rows these are is exact in a small index; in a large one at least 98 of 100 are the right ones.

        Args:
            question: ``float32 (dim,)``, unit length.
            k: how many of each language.
        """
        ...

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The stored vectors of ``rows``, in that order: ``float32 (len(rows), dim)``."""
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
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """The ``k`` best rows by words as the question's language inflects them. Any string is a legal question.

        Args:
            language: of the question, or ``"und"``.
            allowed: only these rows; ``None`` allows all.
            verbatim: only rows that keep to it.
            corrections: their used words are looked for too; a full match still counts the typed ones, which are the rarest, so
                that a common word taken for a rare one weighs little.
        """
        ...

    def search_abroad(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """The ``k`` best rows in other languages than the question's, by the roots that words have in common.

        Cognates and names have their first letters in common ("cooperativa", "cooperative"; "Warschau", "Warsaw").
        Arguments as for :meth:`search`.
        """
        ...

    def search_terms(
        self,
        question: str,
        named: Sequence[NamedConcept],
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # frozen
    ) -> Scored:
        """The ``k`` best rows that hold a term of a named concept, all its words, in the term's own language.

        A score is a share of a full match of the question, about 0 to 1: of the best term of each concept, worth as much as the
        words of the question that name it, summed over the concepts. A term that shares a root with these words is left out:
        :meth:`search_abroad` meets it already.

        Args:
            question: as asked.
            named: concepts with their terms.
            language: of the question, or ``"und"``.
            allowed: only these rows; ``None`` allows all.
            verbatim: only rows that keep to it.
        """
        ...

    def rows_holding(self, phrase: str, *, in_headings: bool) -> NDArray[np.int64]:
        """Rows whose text has the words of ``phrase`` one after the other, ascending; none where it has no word.

        Letters and accents are folded, words are not inflected.

        Args:
            in_headings: or whose headings or title have them.
        """
        ...

    def unknown_words(self, text: str, *, language: str, seen: NDArray[np.bool_] | None) -> list[str]:
        """The words of ``text`` that may be mistyped: of four letters or more, and in no seen row in any form. As typed, in order.

        Args:
            language: of the text, or ``"und"``; its function words are known.
            seen: ``bool (n_rows,)``; ``None`` for all.
        """
        ...

    def nearest_word(self, word: str, *, languages: Collection[str] | None, seen: NDArray[np.bool_] | None) -> str:
        """The word of seen rows that ``word`` was most likely meant to be (fewest mistakes, then most frequent), or empty.

        It begins with the same letter; letters and accents are folded.

        Args:
            languages: only of rows in these; ``None`` allows all.
            seen: ``bool (n_rows,)``; ``None`` for all.
        """
        ...

    def has_row(self, row: int, document: DocumentId) -> bool:
        """Whether ``row`` is there and belongs to ``document``."""
        ...
