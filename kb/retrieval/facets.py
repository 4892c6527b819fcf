"""Which documents pass the filters, and how many have each value.

A count beside a filter answers "how many documents would be left if this were chosen (instead)". So the count of a value is taken
over the candidates that pass the filters on all *other* fields: choosing a country narrows the counts of kinds, and the other
countries stay countable. On given candidates a further filter never raises a count, and a count is the number of documents that
remain when its value is the one chosen of its field.

Candidates are what the legs bring, some hundreds of passages. Under filters they are those of the question with all filters, and
for each filtered field those with the filters on the other fields only. So every hit is counted, alternatives of one field are
counted to one depth, and nothing is counted that costs more than the candidates themselves. A filter that is set looks deeper
where it looks; a value's count can then be higher than it was in a large collection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import chain
from operator import itemgetter

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId

FACETS = ("kinds", "countries", "languages", "themes", "years", "organisations", "tags")

Pool = Mapping[DocumentId, Collection[str]]  # document → languages of its candidate passages


def matches(document: DocumentSummary, filters: Filters) -> bool:
    """Whether a document passes the filters that speak of documents (all but the passage's language)."""
    about = document.metadata
    checks: tuple[tuple[Collection[object], Collection[object]], ...] = (
        (filters.kinds, (about.kind,)),
        (filters.countries, about.countries),
        (filters.themes, about.themes),
        (filters.years, (document.year,)),
        (filters.organisations, (about.organisation,)),
        (filters.documents, (document.id,)),
        (filters.tags, document.tags),
    )
    return all(not wanted or any(value in wanted for value in values) for wanted, values in checks)


def count_facets(
    pool: Pool,
    documents: Mapping[DocumentId, DocumentSummary],
    filters: Filters = Filters(),  # noqa: B008  # frozen
) -> dict[str, dict[str, int]]:
    """Field of :class:`Filters` → value → number of candidates that pass the filters on all other fields.

    Most frequent value first, then by value.
    """
    passing: dict[Filters, tuple[list[DocumentId], list[Mapping[str, tuple[str, ...]]]]] = {}
    counted: dict[str, dict[str, int]] = {}
    for field in FACETS:
        rest = without(filters, field)
        if rest not in passing:
            left = [each for each in pool if speaks(pool[each], rest) and matches(documents[each], rest)] if rest else list(pool)
            passing[rest] = left, [documents[each].facets for each in left]
        left, told = passing[rest]
        values = map(pool.__getitem__, left) if field == "languages" else map(itemgetter(field), told)
        counted[field] = dict(sorted(Counter(chain.from_iterable(values)).items(), key=lambda pair: (-pair[1], pair[0])))
    return counted


def without(filters: Filters, field: str) -> Filters:
    """The filters less those on one field."""
    return replace(filters, **{field: ()})


def relaxed(filters: Filters) -> list[Filters]:
    """For each facet that is filtered, the filters on the other fields: whose candidates must be known to count alternatives."""
    return [without(filters, field) for field in FACETS if getattr(filters, field)]


def speaks(languages: Collection[str], filters: Filters) -> bool:
    """Whether any of a document's languages is wanted."""
    return not filters.languages or any(language in filters.languages for language in languages)
