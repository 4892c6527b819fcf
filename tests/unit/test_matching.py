"""How well offers fit needs, by rules worked by hand; and which of many are told, by properties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InvalidEntry
from kb.peers.learning.match_reasons import Obstacle, ObstacleKind, ReasonKind
from kb.peers.learning.matching import NEARNESS, WEIGHTS, Fit, Known, Nearness, fit, may_meet, n_served, other_countries, shortlist
from kb.peers.learning.parts import Party
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matches, matching, needs, offers
from kb.services.learning.text_vectors import REMEMBERED, PassageVectors
from kb.services.permission import LOCAL_MEMBER
from tests.assessed import PRACTICE, a_base, who
from tests.matched import SEEKER, a_match, a_need, an_offer

FULL = Obstacle(kind=ObstacleKind.FULL, values=("1",))


# one need, one offer ------------------------------------------------------------------------------------------------------


def test_every_reason_adds_what_it_is_worth() -> None:
    need = a_need(theme="social-finance", practices=["bee-path", "wasps"], languages=["pt", "fr"])
    offer = an_offer(theme="social-finance", practices=["wasps"], languages=["en", "fr"])

    found = fit(need, offer, Known(0.8, place=2, n=7, nearness=Nearness("PT", "FR", 0.25, is_near=True)))

    assert [(each.kind, each.values, each.amount) for each in found.reasons] == [
        (ReasonKind.MEANING, ("2", "7"), 0.8),
        (ReasonKind.GIVES, ("knowledge",), None),
        (ReasonKind.LANGUAGE, ("fr",), None),
        (ReasonKind.THEME, ("social-finance",), None),
        (ReasonKind.PRACTICE, ("wasps",), None),
        (ReasonKind.OTHER_COUNTRY, ("PT", "FR"), None),
        (ReasonKind.CONTEXT, ("PT", "FR"), 0.25),
    ]
    assert found.obstacles == ()
    assert found.score == pytest.approx(0.8 + NEARNESS * 0.75 + sum(WEIGHTS.values()))


def test_what_stands_in_the_way_is_told_and_is_serious_unless_it_is_only_unknown() -> None:
    need, offer = a_need(seeks="peer-visit", languages=["pt"]), an_offer(languages=["fr", "de"], capacity=2)

    found = fit(need, offer, Known(0.8, n_served=2))

    assert [(each.kind, each.values) for each in found.obstacles] == [
        (ObstacleKind.NO_LANGUAGE, ("pt", "fr,de")),
        (ObstacleKind.NOT_GIVEN, ("peer-visit",)),
        (ObstacleKind.FULL, ("2",)),
    ]
    assert found.is_hindered
    unknown = fit(a_need(), an_offer(languages=["fr"]), Known(0.8, n_served=0))
    assert [each.kind for each in unknown.obstacles] == [ObstacleKind.LANGUAGE_UNKNOWN]
    assert not unknown.is_hindered


@pytest.mark.parametrize(
    ("wanted", "given", "seeker", "host", "shared"),
    [
        (["pt"], ["pt"], ("fr",), ("fr",), ("pt",)),  # what was said of the need and of the offer comes first
        ([], ["fr"], ("pt", "fr"), (), ("fr",)),
        (["fr"], [], (), ("fr", "en"), ("fr",)),
        ([], [], ("pt", "en"), ("en", "pt"), ("pt", "en")),
    ],
)
def test_languages_are_those_named_else_those_that_the_members_read(
    wanted: list[str], given: list[str], seeker: tuple[str, ...], host: tuple[str, ...], shared: tuple[str, ...]
) -> None:
    found = fit(a_need(languages=wanted), an_offer(languages=given), Known(0.8, seeker_languages=seeker, host_languages=host))

    assert [each.values for each in found.reasons if each.kind is ReasonKind.LANGUAGE] == [shared]


def test_nobody_meets_their_own_organisation_and_what_is_made_up_meets_nothing_real() -> None:
    colleague = Party(name="bea", organisation="HOUSE of  Ann")

    assert may_meet(a_need(), an_offer())
    assert not may_meet(a_need(), an_offer(by=colleague))
    assert not may_meet(a_need(), an_offer(by=SEEKER.model_copy(update={"organisation": ""})))
    assert may_meet(a_need(by=Party(name="x")), an_offer(by=Party(name="y"))), "two unknown organisations are not one"
    assert not may_meet(a_need(is_demo=True), an_offer())
    assert may_meet(a_need(is_demo=True), an_offer(is_demo=True))


def test_a_host_serves_what_it_agreed_to_and_has_not_done() -> None:
    everyone = [
        a_match("match-1", "offer-1", is_accepted=True),
        a_match("match-2", "offer-1", is_done=True),
        a_match("match-3", "offer-1"),
        a_match("match-4", "offer-2", is_accepted=True),
    ]

    assert (n_served("offer-1", everyone), n_served("offer-2", everyone), n_served("offer-3", everyone)) == (1, 1, 0)


# of many ------------------------------------------------------------------------------------------------------------------


def a_fit(score: float, *, is_hindered: bool = False) -> Fit:
    return Fit(score, (), (FULL,) if is_hindered else ())


def test_a_shortlist_takes_the_best_of_further_countries_in_where_it_has_less_than_two() -> None:
    fits = [("PT", a_fit(0.9)), ("FR", a_fit(0.8)), ("FR", a_fit(0.7)), ("PT", a_fit(0.6)), ("BE", a_fit(0.5)), ("IT", a_fit(0.4))]

    assert shortlist(fits, k=3, home="PT") == [0, 1, 4]
    assert shortlist(fits, k=5, home="PT") == [0, 1, 2, 3, 4], "two other countries are there already"
    assert shortlist(fits, k=2, home="FR") == [0, 4]
    assert shortlist(fits, k=1, home="PT") == [1], "one other country where there is room for one only"
    hindered = [*fits[:4], ("BE", a_fit(0.5, is_hindered=True))]
    assert shortlist(hindered, k=3, home="PT") == [0, 1, 2], "what is hindered takes nobody's place"


FITS = st.lists(
    st.tuples(
        st.sampled_from(["", "PT", "FR", "BE", "IT"]),
        st.builds(lambda n, h: a_fit(n / 10, is_hindered=h), st.integers(0, 9), st.booleans()),
    ),
    max_size=9,
)


@given(FITS, st.integers(1, 6), st.sampled_from(["", "PT", "FR"]))
def test_a_shortlist_is_in_order_and_of_two_other_countries_where_it_can_be(fits: list[tuple[str, Fit]], k: int, home: str) -> None:
    chosen = shortlist(fits, k=k, home=home)

    assert len(chosen) == len(set(chosen)) == min(k, len(fits))
    keys = [(fits[at][1].is_hindered, -fits[at][1].score) for at in chosen]
    assert keys == sorted(keys)
    free = other_countries((country for country, each in fits if not each.is_hindered), home)
    assert len(other_countries((fits[at][0] for at in chosen), home)) >= min(2, k, len(free))


def test_texts_are_encoded_once_and_the_oldest_are_forgotten() -> None:
    class Counting(FakeEncoder):
        asked: list[str] = []  # noqa: RUF012

        def encode_passages(self, texts):  # type: ignore[no-untyped-def]
            self.asked.extend(texts)
            return super().encode_passages(texts)

    encoder, kept = Counting(), PassageVectors()
    first = kept.of(["bees", "wasps", "bees"], encoder)
    second = kept.of(["ants", "bees"], encoder)

    assert encoder.asked == ["bees", "wasps", "ants"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(second[1], first[0])
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    assert kept.of([], encoder).shape == (0, encoder.card.dim)
    kept.of([str(n) for n in range(REMEMBERED)], encoder)
    kept.of(["bees"], encoder)
    assert encoder.asked.count("bees") == 2


# by the service -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    encoder, base = FakeEncoder(), a_base(tmp_path, FakeRecords())
    members.add(base, "bea", organisation="House of Bo", country="FR", roles=[], languages=["fr"], actor=LOCAL_MEMBER)
    members.add(base, "ina", organisation="House of Ina", country="IT", roles=[], languages=["it", "fr"], actor=LOCAL_MEMBER)
    return replace(base, encoder=lambda: encoder)


def test_candidates_are_told_with_reasons_and_without_the_own_organisation(kb: KnowledgeBase) -> None:
    ann, ina, bea = (who(kb, name) for name in ("ann", "ina", "bea"))
    offers.post(kb, "Cheese", "We make cheese of goats.", gives=["peer-visit"], actor=ann, languages=["fr"])
    best = offers.post(
        kb, "Hives", "We keep hives with pupils.", gives=["knowledge", "peer-visit"], actor=bea, practices=[PRACTICE]
    )
    paused = offers.post(kb, "Hives", "We keep hives with pupils.", gives=["peer-visit"], actor=bea)
    offers.pause(kb, paused.id, actor=bea)
    own = offers.post(kb, "Hives", "We keep hives with pupils.", gives=["peer-visit"], actor=ina)
    need = needs.post(kb, "Hives", "Who keeps hives with pupils?", seeks="peer-visit", actor=ina, practices=[PRACTICE], place="IT")
    match = matches.propose(kb, need.id, best.id, actor=ina)

    found = matching.candidates(kb, need.id, actor=who(kb, "sam"))

    assert [each.offer.id for each in found.candidates] == [best.id, "offer-1"]
    assert own.id not in {each.offer.id for each in found.candidates}
    first, second = found.candidates
    assert {each.kind: each.values for each in first.reasons} == {
        ReasonKind.MEANING: ("1", "2"), ReasonKind.GIVES: ("peer-visit",), ReasonKind.LANGUAGE: ("fr",),
        ReasonKind.PRACTICE: (PRACTICE,), ReasonKind.OTHER_COUNTRY: ("IT", "FR"),
    }  # fmt: skip
    assert (first.match, second.match) == (match.id, "")
    assert (found.n_other_countries, found.n_all, found.has_other_countries) == (2, 2, True)
    assert matching.candidates(kb, need.id, actor=ina, k=1).n_other_countries == 1
    assert match.proposed.score == pytest.approx(first.score)
    assert match.proposed.reasons == first.reasons


def test_needs_for_an_offer_are_the_same_pairs_the_other_way_round(kb: KnowledgeBase) -> None:
    ina, ann = who(kb, "ina"), who(kb, "ann")
    offer = offers.post(kb, "Hives", "We keep hives with pupils.", gives=["peer-visit"], actor=who(kb, "bea"))
    near = needs.post(kb, "Hives", "Who keeps hives with pupils?", seeks="peer-visit", actor=ina)
    far = needs.post(kb, "Law", "Which law is there on foundations?", seeks="knowledge", actor=ann, languages=["fr"])
    gone = needs.post(kb, "Hives", "Who keeps hives with pupils?", seeks="peer-visit", actor=ann)
    needs.withdraw(kb, gone.id, why="over", actor=ann)

    found = matching.for_offer(kb, offer.id, actor=ann)

    assert [each.need.id for each in found] == [near.id, far.id]
    assert found[0].score == pytest.approx(matching.candidates(kb, near.id, actor=ann).candidates[0].score)
    assert [each.kind for each in found[1].obstacles] == [ObstacleKind.NOT_GIVEN]


def test_a_host_is_full_for_others_and_not_for_the_need_that_it_serves(kb: KnowledgeBase) -> None:
    ina, ann, bea = (who(kb, name) for name in ("ina", "ann", "bea"))
    offer = offers.post(kb, "Hives", "We keep hives with pupils.", gives=["knowledge"], actor=bea, languages=["fr"])
    served = needs.post(kb, "Hives", "Who keeps hives?", seeks="knowledge", actor=ina)
    other = needs.post(kb, "Hives", "Who keeps hives?", seeks="knowledge", actor=ann, languages=["fr"])
    matches.accept(kb, matches.propose(kb, served.id, offer.id, actor=ina).id, actor=bea)

    (of_served,), (of_other,) = (matching.candidates(kb, each.id, actor=ann).candidates for each in (served, other))

    assert ([each.kind for each in of_served.obstacles], [each.kind for each in of_other.obstacles]) == ([], [ObstacleKind.FULL])


def test_nothing_is_found_where_nothing_is_offered_and_a_shortlist_of_none_is_refused(kb: KnowledgeBase) -> None:
    need = needs.post(kb, "Hives", "Who keeps hives?", seeks="knowledge", actor=who(kb, "ann"))

    found = matching.candidates(kb, need.id, actor=who(kb, "ann"))

    assert (found.candidates, found.n_all, found.has_other_countries) == ((), 0, False)
    with pytest.raises(InvalidEntry, match="At least 1 candidate"):
        matching.candidates(kb, need.id, actor=who(kb, "ann"), k=0)
