"""Phrases in the lexical index: words that stand one after the other, folded, none inflected."""

from __future__ import annotations

from typing import Any

import tantivy

from kb.adapters.lexical_words import ANY, prepared, words
from kb.retrieval.index import Verbatim
from kb.retrieval.passage import Passage

SAID = "said"  # the passage's own text, with the place of each word
HEADED = "headed"  # its document's title and its headings, likewise; each begins a place further, so that no phrase spans two


def add_fields(builder: Any) -> None:
    """The two fields that phrases are looked for in; they rank nothing."""
    for field in (SAID, HEADED):
        builder.add_text_field(field, tokenizer_name=f"kb_{ANY}", index_option="position")


def values(passage: Passage) -> dict[str, list[str]]:
    """What a passage has in these fields."""
    headings = (passage.context, *passage.heading_path)
    return {SAID: [prepared(passage.text, ANY)], HEADED: [prepared(heading, ANY) for heading in headings]}


def holding(schema: Any, phrase: str, *, in_headings: bool) -> Any:
    """The query for passages that have ``phrase`` in their text, or in headings or title; scores are of no use."""
    terms = words(phrase, ANY)
    if not terms:
        return tantivy.Query.empty_query()
    fields = (SAID, HEADED) if in_headings else (SAID,)
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, _in_order(schema, field, terms)) for field in fields])


def clauses(schema: Any, verbatim: Verbatim) -> list[tuple[Any, Any]]:
    """What confines a query to ``verbatim`` and leaves its scores as they are."""
    must = [holding(schema, phrase, in_headings=verbatim.in_headings) for phrase in verbatim.phrases]
    must_not = [holding(schema, phrase, in_headings=True) for phrase in verbatim.without]
    return [
        *((tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in must),
        *((tantivy.Occur.MustNot, query) for query in must_not),
    ]


def _in_order(schema: Any, field: str, terms: list[str]) -> Any:
    if len(terms) == 1:  # the library takes two or more for a phrase
        return tantivy.Query.term_query(schema, field, terms[0], "basic")
    return tantivy.Query.phrase_query(schema, field, terms)
