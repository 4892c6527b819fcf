"""Which practices are near to one, on each basis, by sums written out; and why there are none."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFound
from kb.peers.benchmark.comparable import Compared, by_context, by_size, by_theme
from kb.peers.benchmark.reasons import Basis, PlacesApart, SharedTags, Size, SizesApart, TextsAlike, WhyNone
from kb.peers.choices import Scale
from kb.peers.contexts.distance import Distance, Part
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.narrative import Text
from kb.peers.practice import PracticeSheet
from kb.peers.tags import Tag
from kb.retrieval.passage import Metadata, Visibility
from kb.services import tagging
from kb.services.benchmarking.peers import comparable
from kb.services.knowledge_base import KnowledgeBase
from tests.assessed import put
from tests.benchmarked import LOCAL, SAM, a_base, sheet
from tests.sheets import RAW

UNSAID = Size(None, None, None)


def of(name: str, *tags: str, places: tuple[str, ...] = (), size: Size = UNSAID) -> Compared:
    return Compared(name, Text.unknown(), "en", frozenset(map(Tag.of, tags)), places, size)


def apart(value: float | None, *parts: tuple[str, float]) -> Distance:
    told = tuple(Part(name, ConditionGroup.FINANCE, share, 1.0, share) for name, share in parts)
    return Distance(value, told, (), len(parts))


def test_by_theme_the_share_of_all_themes_and_groups_that_both_have() -> None:
    """2 of 4 for b, 1 of 5 for a; what is neither theme nor group counts for nothing, and who shares nothing is no peer."""
    own = of("own", "theme:care", "theme:food", "group:women", "sdg:5", "bees")
    others = [
        of("a", "theme:food", "theme:energy", "group:youth"),
        of("b", "theme:care", "group:women", "group:youth", "sdg:5"),
        of("c", "theme:energy", "sdg:5", "bees"),
    ]
    found, why_none = by_theme(own, others)

    assert [(each.practice, each.nearness) for each in found] == [("b", 2 / 4), ("a", 1 / 5)]
    assert found[0].why == SharedTags((Tag("theme", "care"), Tag("group", "women")), 4)
    assert why_none is None


@pytest.mark.parametrize(
    ("own", "others", "why"),
    [
        (of("own", "sdg:5"), [of("a", "sdg:5")], WhyNone.NO_TAGS),
        (of("own", "theme:care"), [of("a", "theme:food")], WhyNone.NONE_SHARED),
        (of("own", "theme:care"), [], WhyNone.ALONE),
    ],
)
def test_by_theme_there_may_be_none(own: Compared, others: list[Compared], why: WhyNone) -> None:
    assert by_theme(own, others) == ((), why)


def test_by_size_the_mean_of_what_is_known_of_both() -> None:
    """Reach is one of three steps apart. Numbers as logarithms of one more, on the range of all: partners log 1 to log 8, countries
    log 2 to log 4.
    """
    own = of("own", size=Size(Scale.LOCAL, 1, 3))
    others = [
        of("a", size=Size(Scale.REGIONAL, 3, 7)),
        of("b", size=Size(Scale.LOCAL, None, 3)),
        of("c", size=Size(Scale.LOCAL, 1, 3)),
        of("d", size=Size(None, None, 0)),
        of("e", size=UNSAID),
    ]
    found, why_none = by_size(own, others)
    near = {each.practice: each.nearness for each in found}

    assert [each.practice for each in found] == ["c", "b", "a", "d"]  # of two that are the same, of c more is known
    assert near["b"] == near["c"] == 1
    assert near["a"] == pytest.approx(1 - (1 / 3 + 1 + math.log(8 / 4) / math.log(8)) / 3)
    assert near["d"] == pytest.approx(1 - math.log(4) / math.log(8))
    assert why_none is None
    assert found[0].why == SizesApart(Size(Scale.LOCAL, 1, 3), Size(Scale.LOCAL, 1, 3), 3)


def test_by_size_numbers_that_are_all_the_same_are_not_apart() -> None:
    found, _ = by_size(of("own", size=Size(None, 1, 2)), [of("a", size=Size(None, 1, 2))])

    assert [each.nearness for each in found] == [1]


def test_by_size_there_may_be_none() -> None:
    assert by_size(of("own", size=UNSAID), [of("a", size=Size(Scale.LOCAL, 1, 1))]) == ((), WhyNone.NO_SIZE)
    assert by_size(of("own", size=Size(Scale.LOCAL, None, None)), [of("a", size=Size(None, 1, 1))]) == ((), WhyNone.NO_SIZE)
    assert by_size(of("own"), []) == ((), WhyNone.ALONE)


def test_by_context_the_nearest_two_places() -> None:
    own = of("own", places=("PT", "BR"))
    others = [of("a", places=("IN", "ES")), of("b", places=("PT",)), of("c", places=("KR",)), of("d")]
    distances = {
        ("PT", "PT"): apart(0.0, ("income", 0.0)),
        ("PT", "ES"): apart(0.2, ("income", 0.15), ("law", 0.0), ("size", 0.05)),
        ("PT", "IN"): apart(0.5, ("income", 0.5)),
        ("BR", "IN"): apart(0.1, ("income", 0.1)),
        ("BR", "ES"): apart(0.3, ("income", 0.3)),
        ("BR", "PT"): apart(0.4, ("income", 0.4)),
        ("PT", "KR"): apart(None),
    }
    found, why_none = by_context(own, others, distances)

    assert [(each.practice, each.nearness) for each in found] == [("b", 1.0), ("a", 0.9)]
    assert isinstance(found[1].why, PlacesApart)
    assert (found[1].why.own, found[1].why.other, found[1].why.largest) == ("BR", "IN", ("income",))
    assert found[0].why == PlacesApart("PT", "PT", distances["PT", "PT"])
    assert PlacesApart("PT", "PT", distances["PT", "PT"]).largest == ()
    assert PlacesApart("PT", "ES", distances["PT", "ES"]).largest == ("income", "size")
    assert why_none is None


def test_by_context_there_may_be_none() -> None:
    assert by_context(of("own"), [of("a", places=("PT",))], {}) == ((), WhyNone.NO_PLACE)
    assert by_context(of("own", places=("PT",)), [of("a", places=("ES",))], {}) == ((), WhyNone.NO_PROFILE)


def test_the_whole_union_is_no_place_and_unknown_is_no_number() -> None:
    """A practice of all the Union has no profile of its place, and nobody counts its countries."""

    def compared(**said: object) -> Compared:
        return Compared.of(PracticeSheet.of({**RAW, **said}), ())

    assert compared(place={"countries": ["PT", "ES"], "scale": "national"}).size == Size(Scale.NATIONAL, 2, None)
    assert compared(place={"countries": ["EU"], "scale": "international"}).places == ()
    assert compared(place={"countries": ["PT", "EU"], "scale": "unknown"}).size == Size(None, None, None)
    assert compared(place={"countries": ["PT", "EU"], "scale": "unknown"}).places == ("PT",)
    assert compared(place={"countries": "unknown", "scale": "local"}).size == Size(Scale.LOCAL, None, None)
    assert compared(partners="unknown").size.n_partners is None
    assert compared(partners=[]).size.n_partners == 0
    assert compared(partners=[{"name": "A"}, {"name": "B"}]).size.n_partners == 2


words = st.sampled_from(["theme:care", "theme:food", "group:women", "group:youth", "sdg:5"])
sizes = st.builds(
    Size, st.one_of(st.none(), st.sampled_from([each for each in Scale if each is not Scale.UNKNOWN])),
    st.one_of(st.none(), st.integers(1, 30)), st.one_of(st.none(), st.integers(0, 200)),
)  # fmt: skip


@given(tags=st.lists(st.sets(words), min_size=2, max_size=6), held=st.lists(sizes, min_size=6, max_size=6))
def test_nearness_is_a_share_is_the_same_both_ways_and_orders_peers(tags: list[set[str]], held: list[Size]) -> None:
    practices = [of(f"p{at}", *each, size=size) for at, (each, size) in enumerate(zip(tags, held, strict=False))]
    for by in (by_theme, by_size):
        near = {}
        for own in practices:
            found, why_none = by(own, [each for each in practices if each is not own])
            near |= {(own.practice, each.practice): each.nearness for each in found}

            assert [each.nearness for each in found] == sorted((each.nearness for each in found), reverse=True)
            assert all(0 <= each.nearness <= 1 for each in found)
            assert (why_none is None) == bool(found)
        assert all(near[b, a] == pytest.approx(value) for (a, b), value in near.items())


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def test_the_service_takes_declared_and_given_tags_and_the_nearest_ten(kb: KnowledgeBase) -> None:
    for number in range(12):
        sheet(kb, f"p{number:02}", tags=["theme:care"])
    sheet(kb, "own", tags=["theme:food"])
    (kb.practices.folder / "faulty.yaml").write_text("practice: faulty\n", encoding="utf-8")
    before = comparable(kb, "own", Basis.THEME, actor=SAM)
    tagging.give(kb, "own", "theme:care", why="so", actor=SAM)
    found = comparable(kb, "own", Basis.THEME, actor=SAM)

    assert (before.peers, before.why_none, before.n_others) == ((), WhyNone.NONE_SHARED, 12)
    assert [each.practice for each in found.peers] == [f"p{number:02}" for number in range(10)]
    assert {each.nearness for each in found.peers} == {1 / 2}
    assert (found.n_comparable, found.n_others, found.why_none) == (12, 12, None)
    assert found.peers[0].title.best("en")[1] == "About p00"
    assert len(comparable(kb, "own", Basis.THEME, actor=SAM, k=3).peers) == 3
    assert comparable(kb, "faulty", Basis.THEME, actor=SAM).why_none is WhyNone.UNREADABLE
    with pytest.raises(NotFound):
        comparable(kb, "nobody", Basis.THEME, actor=SAM)


@pytest.mark.parametrize("basis", Basis)
def test_alone_a_practice_has_no_peers(kb: KnowledgeBase, basis: Basis) -> None:
    sheet(kb, "own", tags=["theme:food"])

    assert comparable(kb, "own", basis, actor=SAM).why_none in (WhyNone.ALONE, WhyNone.NO_TEXT)


def test_by_context_the_profiles_of_the_corpus_are_asked(kb: KnowledgeBase) -> None:
    """Two places of which one number each is known; without the indicators nothing can be compared."""
    for name, where in (("own", ["PT"]), ("near", ["PT"]), ("far", ["ES"]), ("farther", ["KR"]), ("nowhere", ["IN"])):
        sheet(kb, name, place={"countries": where, "scale": "local"})
    kb.contexts.folder.mkdir(parents=True)
    for place, value in (("PT", 10), ("ES", 20), ("KR", 50)):
        _profile(kb, place, value)

    assert comparable(kb, "own", Basis.CONTEXT, actor=SAM).why_none is WhyNone.NO_PROFILE

    indicator = {"indicator": "share", "group": "finance", "title": "Share", "definition": "A share.", "measure": "share"}
    _write(kb, "indicators", {"language": "en", "indicators": [indicator]})
    found = comparable(kb, "own", Basis.CONTEXT, actor=SAM)

    assert [(each.practice, each.nearness) for each in found.peers] == [("near", 1), ("far", 1 - 10 / 40), ("farther", 0)]
    assert isinstance(found.peers[1].why, PlacesApart)
    assert (found.peers[1].why.own, found.peers[1].why.other, found.peers[1].why.largest) == ("PT", "ES", ("share",))
    assert (found.n_comparable, found.n_others) == (3, 4)


def _profile(kb: KnowledgeBase, place: str, value: int) -> None:
    profile = {
        "context": place, "kind": "country", "within": "", "language": "en", "title": place, "languages": "unknown",
        "legal_forms": "unknown", "groups": {group.value: "unknown" for group in ConditionGroup},
        "values": [{"indicator": "share", "value": value, "date": "2024", "scope": "all", "source": "here"}],
        "sources": {"here": {"title": "A table", "organisation": "An office"}}, "reviewed": "2026-11-22",
    }  # fmt: skip
    _write(kb, place, profile)


def _write(kb: KnowledgeBase, name: str, raw: object) -> None:
    (kb.contexts.folder / f"{name}.yaml").write_text(json.dumps(raw), encoding="utf-8")


def test_by_text_the_likest_sheets_that_the_asker_may_see(kb: KnowledgeBase) -> None:
    """The nearest passages come with the reason; a sheet that is not in the index has no nearness."""
    say = {
        "own": "pupils visit the hives along the route",
        "alike": "pupils visit the hives of the town",
        "other": "steel is cast in the north by night",
        "hidden": "pupils visit the hives along the river",
    }
    for name, words in say.items():
        sheet(kb, name)
        visibility = Visibility.RESTRICTED if name == "hidden" else Visibility.PUBLIC
        put(kb, f"practice:{name}.yaml", words, about=Metadata(practice=name), visibility=visibility)
    sheet(kb, "absent")
    kb.catalog.put_settings(kb.about_vectors())
    kb.generations.publish(kb.catalog, kb.about_vectors())
    found = comparable(kb, "own", Basis.TEXT, actor=SAM)
    everything = comparable(kb, "own", Basis.TEXT, actor=LOCAL)

    assert [each.practice for each in found.peers] == ["alike", "other"]
    assert {each.practice for each in everything.peers} == {"alike", "hidden", "other"}
    assert (found.n_comparable, found.n_others) == (2, 4)
    first = found.peers[0]
    assert isinstance(first.why, TextsAlike)
    assert first.nearness == pytest.approx(first.why.z / (1 + first.why.z))
    assert first.why.pairs[0].other.text == say["alike"]
    assert comparable(kb, "absent", Basis.TEXT, actor=SAM).why_none is WhyNone.NO_TEXT
