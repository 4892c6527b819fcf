"""The words that the seen passages of the lexical index have: is one known, and which is near to one that is not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.adapters.lexical_words import ANY, ROOTS, question_terms, stop_words, words
from kb.adapters.near_words import nearest
from kb.retrieval.spelling import may_be_mistyped, words_of

TRIED = 20  # near words whose passages are counted
FIRST_LOOK = 1000  # passages: most words that are known are known from one of these


@dataclass(frozen=True)
class KnownWords:
    """Words of an index, as far as ``seen`` rows (``bool (n_rows,)``, ``None`` for all) have them."""

    searcher: Any
    schema: Any
    seen: NDArray[np.bool_] | None

    def missing(self, text: str, language: str) -> list[str]:
        """See :meth:`kb.retrieval.index.LexicalIndex.unknown_words`."""
        return [word for word in dict.fromkeys(words_of(text)) if self._is_missing(word, language)]

    def nearest(self, word: str, languages: Collection[str] | None) -> str:
        """See :meth:`kb.retrieval.index.LexicalIndex.nearest_word`."""
        terms = words(word, ANY)
        if len(terms) != 1:
            return ""
        near = nearest(terms[0], self.searcher.terms_with_prefix(ANY, terms[0][0]))[:TRIED]
        counted = [(other, self._count(other, languages)) for other in near]
        likeliest = nearest(terms[0], [(other, count) for other, count in counted if count])
        return likeliest[0] if likeliest else ""

    def _is_missing(self, word: str, language: str) -> bool:
        terms = words(word, ANY)
        if len(terms) != 1 or not may_be_mistyped(terms[0]) or self._has(ANY, terms[0]) or terms[0] in stop_words(language):
            return False
        fields = question_terms(word, language)
        forms = ((field, form) for field in fields if field != ROOTS for form in fields[field])  # a mistyped word may begin well
        return not any(self._has(field, form) for field, form in forms)

    def _has(self, field: str, term: str) -> bool:
        count = self.searcher.doc_freq(field, term)
        if not count or self.seen is None:
            return bool(count)
        query = tantivy.Query.term_query(self.schema, field, term, "basic")
        return any(self.seen[rows_of(self.searcher, query, limit)].any() for limit in sorted({min(count, FIRST_LOOK), count}))

    def _count(self, term: str, languages: Collection[str] | None) -> int:
        """How many seen rows have ``term``, in these languages."""
        clauses = [(tantivy.Occur.Must, tantivy.Query.term_query(self.schema, ANY, term, "basic"))]
        if languages is not None:
            clauses.append((tantivy.Occur.Must, tantivy.Query.term_set_query(self.schema, "language", sorted(languages))))
        query = tantivy.Query.boolean_query(clauses)
        if self.seen is None:
            return int(self.searcher.search(query, limit=1).count)
        return int(self.seen[rows_of(self.searcher, query, max(1, self.searcher.doc_freq(ANY, term)))].sum())


def rows_of(searcher: Any, query: Any, limit: int) -> NDArray[np.int64]:
    """Up to ``limit`` rows that match, in no order that means anything."""
    found = searcher.search(query, limit=limit, count=False).hits
    return np.asarray(searcher.fast_field_values("row", [address for _, address in found]), np.int64)
