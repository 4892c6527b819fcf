"""Lexical leg: Tantivy (BM25). One field a language with its stemmer and stop words, one folded field for all.

A passage is written to the field of its own language and to the folded one; a question goes to the same two. So inflected words
meet within a language, and names, numbers and loan words meet across languages.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from kb.adapters.lexical_words import ANY, STEMMERS, analyzer, question_terms
from kb.retrieval.index import Matches
from kb.retrieval.passage import DocumentId, Passage

FOLDER = "lexical"
HEAP_BYTES = 64 << 20  # of the writer, before it spills to disk


@cache
def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", stored=True, indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    for language in (ANY, *STEMMERS):
        builder.add_text_field(language, tokenizer_name=f"kb_{language}", index_option="freq")
    return builder.build()


def _register(index: Any) -> Any:
    for language in (ANY, *STEMMERS):
        index.register_tokenizer(f"kb_{language}", analyzer(language))
    return index


class TantivyIndex:
    """Answers :class:`kb.retrieval.index.LexicalIndex`."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[Passage]) -> TantivyIndex:
        """Write into ``folder/lexical``; row *i* is the *i*-th passage. Headings and title count as words of the passage."""
        path = folder / FOLDER
        path.mkdir()
        index = _register(tantivy.Index(_schema(), path=str(path)))
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)  # one thread: rows stay in one order
        for row, passage in enumerate(passages):
            words = "\n".join((passage.context, *passage.heading_path, passage.text))
            fields = {"row": row, "document": passage.document_id, "language": passage.language, ANY: words}
            if passage.language in STEMMERS:
                fields[passage.language] = words
            writer.add_document(tantivy.Document(**fields))
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
        documents: Collection[DocumentId] | None,
        languages: Collection[str] | None,
    ) -> Matches:
        """See the port."""
        terms = question_terms(question, language)
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(_schema(), field, term, "freq"))
            for field in terms
            for term in terms[field]
        ]
        if not words or k < 1:
            return Matches([], 1.0)
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(words))]
        for field, values in (("document", documents), ("language", languages)):
            if values is not None:
                allowed = tantivy.Query.const_score_query(tantivy.Query.term_set_query(_schema(), field, sorted(values)), 0.0)
                clauses.append((tantivy.Occur.Must, allowed))
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        scored = [(int(row), float(score)) for row, (score, _) in zip(rows, found, strict=True)]
        return Matches(sorted(scored, key=lambda pair: (-pair[1], pair[0])), self._full(terms))

    def _full(self, terms: dict[str, list[str]]) -> float:
        """BM25 of a passage of mean length that has every term once, in the folded field and in its own language's.

        Where the question's language is unknown, the language counts whose field knows its words best.
        """
        sums = {field: sum(self._idf(field, term) for term in found) for field, found in terms.items()}
        stemmed = [total for field, total in sums.items() if field != ANY]
        return max(sums[ANY] + min(stemmed, default=0.0), 1e-6)

    def _idf(self, field: str, term: str) -> float:
        """Inverse document frequency as Lucene's and Tantivy's BM25 have it."""
        holding = self._searcher.doc_freq(field, term)
        return math.log(1 + (len(self) - holding + 0.5) / (holding + 0.5))

    def has_row(self, row: int, document: DocumentId) -> bool:
        """See the port."""
        both = [
            (tantivy.Occur.Must, tantivy.Query.term_query(_schema(), "row", row)),
            (tantivy.Occur.Must, tantivy.Query.term_query(_schema(), "document", document, "basic")),
        ]
        return len(self._searcher.search(tantivy.Query.boolean_query(both), limit=1).hits) == 1
