"""What the operators of a question mean for the documents there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.retrieval.spelling import folded_words


def with_names_written_out(filters: Filters, documents: Mapping[DocumentId, DocumentSummary]) -> Filters:
    """Organisations by their full names: ``org:sewa`` means every organisation with that word in its name.

    A name that no document has stays as typed, and passes nothing.
    """
    if not filters.organisations:
        return filters
    named = {document.metadata.organisation for document in documents.values()}
    full = (tuple(sorted(name for name in named if _has_words(name, typed))) or (typed,) for typed in filters.organisations)
    return replace(filters, organisations=tuple(dict.fromkeys(name for names in full for name in names)))


def _has_words(name: str, typed: str) -> bool:
    """Whether the words of ``typed`` stand in ``name`` one after the other."""
    words, wanted = folded_words(name), folded_words(typed)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1)) if wanted else False
