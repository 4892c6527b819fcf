"""Lexical leg: Tantivy (BM25). One field a language with its stemmer and stop words, one folded field for all.

A question goes to the field of its own language and to the folded one: inflected words meet within a language, names and numbers
however they are written. In passages of other languages it looks for the roots of its words.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.adapters import lexical_phrases, lexical_terms
from kb.adapters.lexical_filter import best_rows
from kb.adapters.lexical_spelling import KnownWords, rows_of
from kb.adapters.lexical_words import ANY, ROOTS, STEMMERS, analyzer, indexed, indexed_roots, question_terms, root_terms
from kb.adapters.linking import link_folder
from kb.retrieval.index import Correction, Matches, Scored, Verbatim
from kb.retrieval.passage import DocumentId, Passage
from kb.retrieval.rows import Allowed
from kb.retrieval.widening import NamedConcept

FOLDER = "lexical"
LOCKS, WRITTEN_AGAIN = (".tantivy-meta.lock", ".tantivy-writer.lock"), ("meta.json", ".managed.json")
Terms = dict[str, list[str]]  # field → terms
HEAP_BYTES = 64 << 20  # of the writer, before it spills to disk


@cache
def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", stored=True, indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    for language in (ANY, ROOTS, *STEMMERS):
        builder.add_text_field(language, tokenizer_name=f"kb_{language}", index_option="freq")
    lexical_phrases.add_fields(builder)
    return builder.build()


def _register(index: Any) -> Any:
    for language in (ANY, ROOTS, *STEMMERS):
        index.register_tokenizer(f"kb_{language}", analyzer(language))
    return index


def unchanged(folder: Path, basis: Path) -> list[str]:
    """Names of the files that an extended index has of the one before. The name of a segment is random and given once."""
    names = (path.name for path in (folder / FOLDER).iterdir())
    return [name for name in names if name not in (*LOCKS, *WRITTEN_AGAIN) and (basis / FOLDER / name).exists()]


def _document(row: int, passage: Passage) -> Any:
    """A passage as it is indexed. Its title and each heading above it count as words of it, once."""
    beside = [heading for heading in passage.heading_path if heading not in passage.context]  # the context is capped
    words = "\n".join((passage.context, *beside, passage.text))
    folded = indexed(words, ANY)
    fields = {"row": row, "document": passage.document_id, "language": passage.language, ANY: folded, ROOTS: indexed_roots(folded)}
    if passage.language in STEMMERS:
        fields[passage.language] = indexed(words, passage.language)
    return tantivy.Document(**fields, **lexical_phrases.values(passage))


class TantivyIndex:
    """Answers :class:`kb.retrieval.index.LexicalIndex`."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[Passage]) -> TantivyIndex:
        """Write into ``folder/lexical``; row *i* is the *i*-th passage."""
        path = folder / FOLDER
        path.mkdir()
        return cls._write(_register(tantivy.Index(_schema(), path=str(path))), passages, 0, ())

    @classmethod
    def extend(cls, folder: Path, basis: Path, passages: Iterable[Passage], *, first: int, dead: Iterable[int]) -> TantivyIndex:
        """Write into ``folder/lexical`` what ``basis/lexical`` holds, less the ``dead`` rows, and ``passages`` from row ``first``.

        Segments are written once: those of the basis are linked, and merged into new ones only when there are many.
        """
        link_folder(basis / FOLDER, folder / FOLDER, but=LOCKS, copied=WRITTEN_AGAIN)
        return cls._write(_register(tantivy.Index.open(str(folder / FOLDER))), passages, first, dead)

    @classmethod
    def _write(cls, index: Any, passages: Iterable[Passage], first: int, dead: Iterable[int]) -> TantivyIndex:
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)  # one thread: rows stay in one order
        for row in dead:
            writer.delete_documents_by_term("row", row)
        for row, passage in enumerate(passages, start=first):
            writer.add_document(_document(row, passage))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> TantivyIndex:
        """Open ``folder/lexical``."""
        return cls(_register(tantivy.Index.open(str(folder / FOLDER))))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """See the port."""
        terms = question_terms(question, language)
        meant = question_terms(" ".join(correction.used for correction in corrections), language)
        clauses = lexical_phrases.clauses(_schema(), verbatim)
        return Matches(self._best(terms, meant, clauses, k, allowed), self._full(terms))

    def search_abroad(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """See the port."""
        terms = {ROOTS: root_terms(question, language)}
        meant = {ROOTS: root_terms(" ".join(correction.used for correction in corrections), language)}
        home = tantivy.Query.term_set_query(_schema(), "language", [language, "und"])
        clauses = [*lexical_phrases.clauses(_schema(), verbatim), (tantivy.Occur.MustNot, home)]
        full = sum(self._idf(ROOTS, term) for term in terms[ROOTS])
        return Matches(self._best(terms, meant, clauses, k, allowed), max(full, 1e-6))

    def search_terms(
        self,
        question: str,
        named: Sequence[NamedConcept],
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
    ) -> Scored:
        """See the port."""
        whole = self._full(question_terms(question, language))
        shares = [min(1.0, self._full(question_terms(concept.typed, language)) / whole) for concept in named]
        query = lexical_terms.query_of(_schema(), named, shares, lambda field, words: sum(self._idf(field, word) for word in words))
        if query is None or k < 1:
            return []
        return best_rows(self._searcher, _schema(), query, lexical_phrases.clauses(_schema(), verbatim), k, allowed)

    def _best(self, terms: Terms, meant: Terms, clauses: list[tuple[Any, Any]], k: int, allowed: Allowed | None) -> Scored:
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(_schema(), field, term, "freq"))
            for field in terms | meant
            for term in dict.fromkeys((*terms.get(field, ()), *meant.get(field, ())))
        ]
        if not words or k < 1:
            return []
        return best_rows(self._searcher, _schema(), tantivy.Query.boolean_query(words), clauses, k, allowed)

    def rows_holding(self, phrase: str, *, in_headings: bool) -> NDArray[np.int64]:
        """See the port."""
        query = tantivy.Query.const_score_query(lexical_phrases.holding(_schema(), phrase, in_headings=in_headings), 0.0)
        return np.sort(rows_of(self._searcher, query, max(1, len(self))))

    def unknown_words(self, text: str, *, language: str, seen: NDArray[np.bool_] | None) -> list[str]:
        """See the port."""
        return KnownWords(self._searcher, _schema(), seen).missing(text, language)

    def nearest_word(self, word: str, *, languages: Collection[str] | None, seen: NDArray[np.bool_] | None) -> str:
        """See the port."""
        return KnownWords(self._searcher, _schema(), seen).nearest(word, languages)

    def _full(self, terms: Terms) -> float:
        """BM25 of a passage of mean length that has every term once, in the fields of its own language.

        Where the question's language is unknown, the language counts whose field knows its words best.
        """
        sums = {field: sum(self._idf(field, term) for term in found) for field, found in terms.items()}
        stemmed = [total for field, total in sums.items() if field in STEMMERS]
        return max(sums[ANY] + sums.get(ROOTS, 0.0) + min(stemmed, default=0.0), 1e-6)

    def _idf(self, field: str, term: str) -> float:
        """Inverse document frequency as Lucene's and Tantivy's BM25 have it; rows that died lately still count as holding."""
        holding = self._searcher.doc_freq(field, term)
        return math.log(1 + (max(len(self), holding) - holding + 0.5) / (holding + 0.5))

    def has_row(self, row: int, document: DocumentId) -> bool:
        """See the port."""
        both = [
            (tantivy.Occur.Must, tantivy.Query.term_query(_schema(), "row", row)),
            (tantivy.Occur.Must, tantivy.Query.term_query(_schema(), "document", document, "basic")),
        ]
        return len(self._searcher.search(tantivy.Query.boolean_query(both), limit=1).hits) == 1
