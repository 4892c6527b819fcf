"""Counts beside an answer and its order, against a look at every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEncoder, FakeModels, FakeReader, NoDetector
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import open_kb
from kb.retrieval.answer import Filters, Order, SearchResult
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.facets import FACETS
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, visible_documents
from kb.services.searching import search
from kb.settings import Settings

MEMBER = Member("ann", frozenset({Role.MEMBER}))
KINDS, COUNTRIES, YEARS = ("guide", "tool", "plan"), ("IN", "ES", "PT"), (2019, 2020, 2021)
QUESTION = "How do weavers share the looms?"


def a_kb(root: Path, n: int) -> KnowledgeBase:
    """Documents of one passage each, half of them in English; kinds, countries and dates by turns; every eleventh is restricted."""
    described = Settings(root / "corpus", root / "index", model="fake")
    described.documents.mkdir(parents=True)
    for number in range(n):
        words = f"{'the ' * (number % 2)}weavers share looms n{number} {'looms ' * (number % 5)}"
        (described.documents / f"{number:03}.md").write_text(words, encoding="utf-8")
        date = f"date: {YEARS[number % 3]}-0{1 + number % 7}" if number % 4 else ""
        visibility = "visibility: restricted" if number % 11 == 0 else ""
        countries = ", ".join({COUNTRIES[number % 3], COUNTRIES[number % 2]})
        about = f"kind: {KINDS[number % 3]}\ncountries: [{countries}]\n{date}\n{visibility}\n"
        (described.documents / f"{number:03}.md.yaml").write_text(about, encoding="utf-8")
    encoder = FakeEncoder()
    kb = replace(open_kb(described), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader, detector=NoDetector())
    ingest(kb, [described.documents], actor=LOCAL_MEMBER)
    return kb


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """So few passages that every one is a candidate."""
    return a_kb(tmp_path_factory.mktemp("small"), 60)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """More passages than either leg brings."""
    return a_kb(tmp_path_factory.mktemp("large"), 700)


def ask(kb: KnowledgeBase, filters: Filters, actor: Member = MEMBER, **options: object) -> SearchResult:
    return search(kb, QUESTION, actor=actor, filters=filters, **options)  # type: ignore[arg-type]


def values_of(document: DocumentSummary, field: str) -> set[str]:
    return set(document.facets[field])


def passing(kb: KnowledgeBase, actor: Member, filters: Filters, *, but: str = "") -> Iterator[DocumentSummary]:
    """Documents that pass every filter on a field other than ``but``; each is one passage, so its language is the document's."""
    for document in visible_documents(kb.catalog, actor).values():
        if all(
            not getattr(filters, field) or values_of(document, field) & set(map(str, getattr(filters, field)))
            for field in FACETS
            if field != but
        ):
            yield document


filters_ = st.builds(
    Filters,
    kinds=st.lists(st.sampled_from(KINDS), unique=True, max_size=2).map(tuple),
    countries=st.lists(st.sampled_from((*COUNTRIES, "XX")), unique=True, max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(("en", "und")), unique=True, max_size=1).map(tuple),
    years=st.lists(st.sampled_from(YEARS), unique=True, max_size=2).map(tuple),
)


@given(filters=filters_, actor=st.sampled_from((MEMBER, LOCAL_MEMBER)))
@settings(deadline=None, max_examples=40)
def test_counts_are_those_of_every_document_one_may_see_under_the_other_filters(
    small: KnowledgeBase, filters: Filters, actor: Member
) -> None:
    result = ask(small, filters, actor)

    for field in FACETS:
        expected = Counter(value for document in passing(small, actor, filters, but=field) for value in values_of(document, field))
        assert dict(result.facets[field]) == dict(expected)
        assert list(result.facets[field].values()) == sorted(result.facets[field].values(), reverse=True)


@given(filters=filters_)
@settings(deadline=None, max_examples=15)
def test_a_count_is_what_the_filter_then_leaves(small: KnowledgeBase, filters: Filters) -> None:
    counts = ask(small, filters).facets

    for field in ("kinds", "countries", "languages"):
        for value, n in counts[field].items():
            assert ask(small, replace(filters, **{field: (value,)}), k=1, facets=False).n_documents == n


@given(filters=filters_)
@settings(deadline=None, max_examples=15)
def test_in_a_large_collection_every_hit_is_counted_and_nothing_that_is_not_there(large: KnowledgeBase, filters: Filters) -> None:
    result = ask(large, filters, k=200)
    documents = visible_documents(large.catalog, MEMBER)

    for field in FACETS:
        there = Counter(value for document in passing(large, MEMBER, filters, but=field) for value in values_of(document, field))
        hits = Counter(value for hit in result.hits for value in values_of(documents[hit.passage.document_id], field))
        assert all(n <= result.facets[field].get(value, 0) for value, n in hits.items())
        assert all(n <= there[value] for value, n in result.facets[field].items())


def test_what_is_not_asked_for_is_not_counted(small: KnowledgeBase) -> None:
    with_counts, without = ask(small, Filters(kinds=("guide",))), ask(small, Filters(kinds=("guide",)), facets=False)

    assert without.facets == {}
    assert without.hits == with_counts.hits


@pytest.mark.parametrize("k", [1, 7, 40])
def test_newest_shows_the_most_relevant_and_only_those_by_date(small: KnowledgeBase, k: int) -> None:
    best, newest = (ask(small, Filters(), k=k, order=order) for order in (Order.RELEVANCE, Order.NEWEST))
    dates = [hit.metadata.date for hit in newest.hits]

    assert newest.order is Order.NEWEST
    assert sorted(newest.hits, key=lambda hit: hit.rank) == list(best.hits)
    assert dates == sorted(dates, reverse=True)
    assert [(hit.metadata.date, -hit.rank) for hit in newest.hits] == sorted(
        ((hit.metadata.date, -hit.rank) for hit in best.hits), reverse=True
    )
    assert k == 1 or len(set(dates)) > 1
