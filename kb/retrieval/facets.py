"""Which documents pass the filters, and how many have each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId

FACETS = ("kinds", "countries", "languages", "themes", "years", "organisations")


def matches(document: DocumentSummary, filters: Filters) -> bool:
    """Whether a document passes the filters that speak of documents (all but the passage's language)."""
    about = document.metadata
    checks: tuple[tuple[Collection[object], Collection[object]], ...] = (
        (filters.kinds, (about.kind,)),
        (filters.countries, about.countries),
        (filters.themes, about.themes),
        (filters.years, (year_of(document),)),
        (filters.organisations, (about.organisation,)),
        (filters.documents, (document.id,)),
    )
    return all(not wanted or any(value in wanted for value in values) for wanted, values in checks)


def year_of(document: DocumentSummary) -> int | None:
    """The year of a document's date, if it has one."""
    head = document.metadata.date[:4]
    return int(head) if len(head) == 4 and head.isdigit() else None


def count_facets(candidates: Collection[DocumentId], documents: Mapping[DocumentId, DocumentSummary]) -> dict[str, dict[str, int]]:
    """Field of :class:`Filters` → value → number of candidate documents; most frequent first, then by value."""
    counters: dict[str, Counter[str]] = {field: Counter() for field in FACETS}
    for candidate in candidates:
        for field, values in facet_values(documents[candidate]).items():
            counters[field].update(values)
    return {field: dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))) for field, counter in counters.items()}


def facet_values(document: DocumentSummary) -> dict[str, tuple[str, ...]]:
    """A document's value or values in each facet; unknown ones are left out."""
    about, year = document.metadata, year_of(document)
    return {
        "kinds": (about.kind,) if about.kind else (),
        "countries": about.countries,
        "languages": document.languages,
        "themes": about.themes,
        "years": (str(year),) if year else (),
        "organisations": (about.organisation,) if about.organisation else (),
    }
