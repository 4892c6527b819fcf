"""Counts beside filters: what would be left if a value were the one chosen of its field."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.answer import Filters, Hit, newest_first
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.facets import FACETS, count_facets, matches, relaxed, speaks
from kb.retrieval.passage import DocumentId, Metadata, Passage, PassageId

KINDS, COUNTRIES, LANGUAGES, THEMES, YEARS = ("guide", "tool"), ("IN", "ES", "PT"), ("en", "fr"), ("a", "b"), (2020, 2021)
some = {
    "kinds": st.lists(st.sampled_from(KINDS), unique=True, max_size=2),
    "countries": st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=2),
    "languages": st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2),
    "themes": st.lists(st.sampled_from(THEMES), unique=True, max_size=2),
    "years": st.lists(st.sampled_from(YEARS), unique=True, max_size=2),
    "organisations": st.lists(st.sampled_from(("X", "Y")), unique=True, max_size=1),
    "tags": st.lists(st.sampled_from([f"theme:{theme}" for theme in THEMES]), unique=True, max_size=2),
}
filters_ = st.builds(Filters, **{field: values.map(tuple) for field, values in some.items()})
abouts = st.builds(
    Metadata,
    kind=st.sampled_from(("", *KINDS)),
    countries=some["countries"].map(tuple),
    themes=some["themes"].map(tuple),
    date=st.sampled_from(("", "2020", "2021-05-01", "soon")),
    organisation=st.sampled_from(("", "X", "Y")),
)
pools = st.lists(st.tuples(abouts, st.lists(st.sampled_from(LANGUAGES), unique=True, min_size=1)), max_size=12)

Documents = dict[DocumentId, DocumentSummary]


def of(pool: list[tuple[Metadata, list[str]]]) -> tuple[dict[DocumentId, list[str]], Documents]:
    ids = [DocumentId(f"{number:016x}") for number in range(len(pool))]
    documents = {
        identity: DocumentSummary(
            identity,
            f"{identity}.md",
            "",
            "text/plain",
            about,
            0,
            1,
            ("en", "fr"),
            "",
            tuple(f"theme:{each}" for each in about.themes),
        )
        for identity, (about, _) in zip(ids, pool, strict=True)
    }
    return {identity: spoken for identity, (_, spoken) in zip(ids, pool, strict=True)}, documents


def left(pool: dict[DocumentId, list[str]], documents: Documents, filters: Filters) -> set[DocumentId]:
    return {each for each, spoken in pool.items() if matches(documents[each], filters) and speaks(spoken, filters)}


@given(pools, filters_)
def test_a_count_is_the_number_of_documents_left_when_its_value_is_the_one_chosen(
    pool: list[tuple[Metadata, list[str]]], filters: Filters
) -> None:
    candidates, documents = of(pool)

    counts = count_facets(candidates, documents, filters)

    for field in FACETS:
        for value, n in counts[field].items():
            chosen = replace(filters, **{field: (int(value) if field == "years" else value,)})
            assert n == len(left(candidates, documents, chosen)) > 0


@given(pools, filters_)
def test_every_value_of_a_document_that_passes_is_counted(pool: list[tuple[Metadata, list[str]]], filters: Filters) -> None:
    candidates, documents = of(pool)

    counts = count_facets(candidates, documents, filters)

    for each in left(candidates, documents, filters):
        for field, values in {**documents[each].facets, "languages": tuple(candidates[each])}.items():
            assert set(values) <= set(counts[field])


@given(pools, filters_, filters_)
def test_a_further_filter_never_raises_a_count(pool: list[tuple[Metadata, list[str]]], one: Filters, more: Filters) -> None:
    candidates, documents = of(pool)
    narrower = replace(more, **{field: values for field, values in vars(one).items() if values})

    before, after = (count_facets(candidates, documents, filters) for filters in (one, narrower))

    assert all(n <= before[field].get(value, 0) for field in FACETS for value, n in after[field].items())


@given(pools)
def test_values_are_ordered_by_count_and_then_by_name(pool: list[tuple[Metadata, list[str]]]) -> None:
    for counts in count_facets(*of(pool)).values():
        assert list(counts.items()) == sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def test_kinds_of_a_country_by_hand() -> None:
    india, spain = Metadata(kind="guide", countries=("IN",)), Metadata(kind="tool", countries=("ES",))
    both = Metadata(kind="tool", countries=("ES", "IN"))
    candidates, documents = of([(india, ["en"]), (india, ["fr"]), (spain, ["en"]), (both, ["en", "fr"])])

    counts = count_facets(candidates, documents, Filters(kinds=("tool",), countries=("IN",)))

    assert counts["kinds"] == {"guide": 2, "tool": 1}  # in India
    assert counts["countries"] == {"ES": 2, "IN": 1}  # tools
    assert counts["languages"] == {"en": 1, "fr": 1}  # tools in India


@given(filters_)
def test_candidates_are_asked_for_once_more_for_each_facet_that_is_filtered(filters: Filters) -> None:
    asked = relaxed(filters)

    assert len(asked) == sum(bool(getattr(filters, field)) for field in FACETS)
    assert all(sum(bool(getattr(each, field)) for field in FACETS) == len(asked) - 1 for each in asked)


def a_hit(rank: int, date: str) -> Hit:
    passage = Passage(PassageId(f"{rank:016x}"), DocumentId("0" * 16), 0, 0, 1, "x", None, None, (), "en", "", ())
    return Hit(rank, passage, "a.md", Metadata(date=date), "text/plain", 1 / rank, 1, 1, 1.0, 0.5)


def test_newest_first_by_hand() -> None:
    hits = [
        a_hit(rank, date) for rank, date in enumerate(("2020", "", "2021-05", "2021-05-02", "soon", "2021", "2021-05"), start=1)
    ]

    assert [hit.rank for hit in newest_first(hits)] == [4, 3, 7, 6, 1, 2, 5]


@given(st.lists(st.sampled_from(("", "2020", "2020-01", "2021-02-03", "n.d."))))
def test_newest_first_keeps_every_hit_and_the_order_of_equals(dates: list[str]) -> None:
    hits = [a_hit(rank, date) for rank, date in enumerate(dates, start=1)]

    ordered = newest_first(hits)

    assert sorted(hit.rank for hit in ordered) == [hit.rank for hit in hits]
    for date in set(dates):
        ranks = [hit.rank for hit in ordered if hit.metadata.date == date]
        assert ranks == sorted(ranks)
