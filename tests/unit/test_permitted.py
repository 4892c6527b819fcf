"""Permission and filters as rows: the same as asking each row's document, however often it is asked."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.facets import matches
from kb.retrieval.passage import DocumentId, Metadata
from kb.retrieval.permitted import FILTERS, VIEWS, permitted
from kb.retrieval.rows import DEAD, Allowed, PassageIds, Rows

COUNTRIES, LANGUAGES = ("IN", "ES", "FR"), ("en", "fr", "de")
DOCUMENTS = {
    DocumentId(f"{number:016x}"): DocumentSummary(
        DocumentId(f"{number:016x}"), f"{number}.md", "", "text/plain", Metadata(countries=(COUNTRIES[number % 3],)), 0, 1, (), ""
    )
    for number in range(12)
}


def some_rows(seed: int, n_rows: int = 60) -> Rows:
    chance = np.random.default_rng(seed)
    document_of = np.where(chance.random(n_rows) < 0.2, DEAD, chance.integers(0, 12, n_rows)).astype(np.int32)
    language_of = chance.integers(0, 3, n_rows).astype(np.int32)
    return Rows(PassageIds(np.arange(n_rows, dtype=np.uint64)), tuple(DOCUMENTS), document_of, LANGUAGES, language_of)


one_filter = st.builds(
    Filters,
    countries=st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True).map(tuple),
    languages=st.lists(st.sampled_from((*LANGUAGES, "xx")), max_size=2, unique=True).map(tuple),
)


@given(st.integers(0, 99), st.sets(st.sampled_from(sorted(DOCUMENTS))), one_filter, one_filter)
@settings(deadline=None, max_examples=200)
def test_rows_are_those_that_live_and_whose_document_may_be_seen_and_passes_every_filter(
    seed: int, seen: set[DocumentId], one: Filters, other: Filters
) -> None:
    rows = some_rows(seed)
    documents = {document: DOCUMENTS[document] for document in seen}
    wanted = [
        rows.document_of[row] != DEAD
        and (document := rows.documents[rows.document_of[row]]) in seen
        and all(matches(DOCUMENTS[document], each) for each in (one, other))
        and all(not each.languages or rows.languages[rows.language_of[row]] in each.languages for each in (one, other))
        for row in range(len(rows))
    ]
    for _ in range(2):  # looked up, then remembered
        found = permitted(rows, documents, one, other)
        assert found.rows.tolist() == wanted
        assert len(found) == sum(wanted) == len(found.numbers)
        assert found.n_documents == len({rows.document_of[row] for row in range(len(rows)) if wanted[row]})
        assert found.is_all == (found.rows.tolist() == rows.live.tolist())


def test_what_was_found_is_kept_for_the_same_documents_and_for_no_others() -> None:
    rows, filters = some_rows(1), Filters(countries=("IN",))
    fewer = {document: DOCUMENTS[document] for document in list(DOCUMENTS)[:5]}
    first = permitted(rows, DOCUMENTS, filters)

    assert permitted(rows, DOCUMENTS, filters, Filters()) is first
    assert permitted(rows, dict(DOCUMENTS), filters) is not first
    assert len(permitted(rows, fewer, filters)) < len(first)
    assert permitted(some_rows(1), DOCUMENTS, filters) is not first


def test_little_is_kept_however_much_is_asked() -> None:
    rows = some_rows(2)
    kept = permitted(rows, DOCUMENTS)
    for year in range(FILTERS):
        permitted(rows, DOCUMENTS, Filters(years=(year,)))
    again = permitted(rows, DOCUMENTS)
    assert again is not kept
    for _ in range(VIEWS):
        permitted(rows, dict(DOCUMENTS))
    assert permitted(rows, DOCUMENTS) is not again


def test_a_passage_has_one_live_row() -> None:
    numbers = np.array([5, 7, 5], np.uint64)
    rows = Rows(PassageIds(numbers), tuple(DOCUMENTS), np.array([DEAD, 0, 1], np.int32), LANGUAGES, np.zeros(3, np.int32))

    assert [rows.row_of(rows.passages[row]) for row in range(3)] == [2, 1, 2]
    assert rows.row_of(PassageIds(np.array([9], np.uint64))[0]) is None
    assert list(rows.passages[:2]) == [f"{5:016x}", f"{7:016x}"]
    assert Allowed.of(rows, np.ones(3, bool)).rows.tolist() == [False, True, True]
