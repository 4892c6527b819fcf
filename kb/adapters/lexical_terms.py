"""What else a concept is called, as a query: a passage in a term's language that has all its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tantivy

from kb.adapters.lexical_words import ANY, ROOT_LETTERS, STEMMERS, roots, words
from kb.retrieval.widening import NamedConcept, Term

Full = Callable[[str, list[str]], float]  # field, terms → what a passage scores that has them all once


def query_of(schema: Any, named: Sequence[NamedConcept], shares: Sequence[float], full: Full) -> Any | None:
    """A query that scores ``share × match`` of the best term of each concept, summed; ``None`` where no term has a word.

    Args:
        shares: of the whole question, what the words are worth that name each concept.
    """
    groups = []
    for concept, share in zip(named, shares, strict=True):
        met = {root for root in roots(concept.typed) if len(root) == ROOT_LETTERS}
        terms = [query for term in concept.also_searched if (query := _term(schema, term, met, share, full)) is not None]
        if terms and share > 0:
            groups.append((tantivy.Occur.Should, tantivy.Query.disjunction_max_query(terms)))
    return tantivy.Query.boolean_query(groups) if groups else None


def _term(schema: Any, term: Term, met: set[str], share: float, full: Full) -> Any | None:
    """A passage with all words of the term; ``None`` for a term that the roots of the question meet already."""
    field = term.language if term.language in STEMMERS else ANY
    terms = list(dict.fromkeys(words(term.text, field)))
    most = full(field, terms)
    if not terms or most <= 0 or not met.isdisjoint(roots(term.text)):
        return None
    spoken = tantivy.Query.const_score_query(tantivy.Query.term_query(schema, "language", term.language, "basic"), 0.0)
    has_all = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, field, word, "freq")) for word in terms]
    together = tantivy.Query.boolean_query([*has_all, (tantivy.Occur.Must, spoken)])
    return tantivy.Query.boost_query(together, term.worth * share / most)
