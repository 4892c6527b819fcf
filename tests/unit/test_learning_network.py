"""Who learned what from whom: every arrow by hand, and nobody ranked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.peers.learning.case_bodies import CaseEvaluated
from kb.peers.learning.lesson import LessonConfirmed, LessonWithdrawn
from kb.peers.learning.match import ConsentGiven, MatchAccepted, MatchDone
from kb.peers.learning.network import Learned, Owner, network
from kb.peers.learning.parts import Because, Party
from kb.peers.learning.policy_bodies import PolicyConfirmed, PolicyRevised
from tests import things
from tests.things import ANN, BO, CY, FAY, a_case, a_thing, everything

OWNERS = {"bee-path": Owner("City of Ljubljana", "SI"), "meals": Owner("House of Bo")}


FIRM = LessonConfirmed(by=CY)


def a_lesson(id_: str, day: str, by: Party, **said: object) -> object:
    """One that somebody else confirmed."""
    return a_thing(id_, (day, by, things.lesson(by, **said)), (day, CY, FIRM))


def arrows(*records: object) -> list[tuple[str, str, Learned, str, str]]:
    found = network(everything(*records), OWNERS)
    return [(each.teacher, each.learner, each.what, each.ref, each.on) for each in found.edges]


def test_a_lesson_is_an_arrow_from_whom_it_was_learned_once_it_is_confirmed_and_until_it_is_taken_back() -> None:
    noted = ("2026-01-01", ANN, things.lesson(from_whom="House of Bo"))
    confirmed = ("2026-01-02", CY, FIRM)
    back = ("2026-01-03", ANN, LessonWithdrawn(why="no"))

    assert arrows(a_thing("lesson-1", noted)) == []
    assert arrows(a_thing("lesson-1", noted, confirmed)) == [
        ("House of Bo", "House of Ann", Learned.LESSON, "lesson-1", "2026-01-01")
    ]
    assert arrows(a_thing("lesson-1", noted, confirmed, back)) == []
    assert arrows(a_thing("lesson-1", ("2026-01-01", ANN, things.lesson()), confirmed)) == []


def test_a_match_is_an_arrow_from_the_host_once_it_is_done() -> None:
    steps = (
        ("2026-01-02", ANN, things.match(ANN, "ann")),
        ("2026-01-03", BO, MatchAccepted(by=BO)),
        ("2026-01-09", ANN, MatchDone(what="We met.")),
    )

    assert arrows(a_thing("match-1", *steps[:2])) == []
    assert arrows(a_thing("match-1", *steps)) == [("House of Bo", "House of Ann", Learned.MATCH, "match-1", "2026-01-09")]


def test_a_transfer_is_an_arrow_from_the_owner_once_it_worked_or_was_adopted() -> None:
    failed = ("2026-06-01", FAY, CaseEvaluated(by=FAY, outcome="did-not-work", on="2026-05-30", what="No keepers."))
    arrow = ("City of Ljubljana", "House of Ann", Learned.TRANSFER, "case-1")

    assert arrows(a_thing("case-1", *a_case("re-use"))) == []
    assert arrows(a_thing("case-1", *a_case("re-use"), failed)) == []
    assert arrows(a_thing("case-1", *a_case("evaluated"))) == [(*arrow, "2026-05-30")]
    assert arrows(a_thing("case-1", *a_case("adopted"))) == [(*arrow, "2026-07-01")]


def test_a_policy_change_is_an_arrow_from_each_owner_of_its_practices_once_it_is_confirmed() -> None:
    because = Because(practices=("bee-path", "meals", "nobody-knows"))
    told = ("2026-05-01", ANN, things.policy(ANN, because=because))
    seen = ("2026-05-02", CY, PolicyConfirmed(by=CY))
    anew = ("2026-05-03", ANN, PolicyRevised(**dict(things.policy(ANN, because=because))))

    assert arrows(a_thing("policy-1", told)) == arrows(a_thing("policy-1", told, seen, anew)) == []
    assert arrows(a_thing("policy-1", told, seen)) == [
        ("House of Bo", "House of Ann", Learned.POLICY, "policy-1", "2026-04-01"),
        ("City of Ljubljana", "House of Ann", Learned.POLICY, "policy-1", "2026-04-01"),
    ]


def test_several_things_between_two_are_several_arrows_and_nobody_learns_from_themselves() -> None:
    records = [
        a_lesson("lesson-1", "2026-01-01", ANN, from_whom="house of  BO"),
        a_lesson("lesson-2", "2026-01-02", ANN, from_whom="House of Bo"),
        a_lesson("lesson-3", "2026-01-03", BO, from_whom="House of Ann"),
        a_lesson("lesson-4", "2026-01-04", BO, from_whom="House-of-Bo"),
    ]
    found = network(everything(*records), OWNERS)

    assert [(each.learner, each.teacher) for each in found.edges] == [
        ("House of Bo", "House of Ann"), ("House of Ann", "House of Bo"), ("House of Ann", "House of Bo"),
    ]  # fmt: skip
    assert [(pair, len(there)) for pair, there in found.pairs.items()] == [
        (("House of Ann", "House of Bo"), 1), (("House of Bo", "House of Ann"), 2),
    ]  # fmt: skip


def test_organisations_stand_by_country_and_name_however_much_they_learned_or_taught() -> None:
    unknown = Party(name="u", organisation="Aardvark", country="")
    records = [
        a_lesson("lesson-1", "2026-01-01", ANN, from_whom="Aardvark"),
        a_lesson("lesson-2", "2026-01-01", CY, from_whom="House of Ann"),
        a_lesson("lesson-3", "2026-01-01", unknown, from_whom="House of Cy"),
    ]

    nodes = network(everything(*records), OWNERS).nodes
    assert [(each.organisation, each.country) for each in nodes] == [
        ("House of Cy", "ES"),
        ("House of Ann", "PT"),
        ("Aardvark", ""),
    ]


def test_an_organisation_is_spelled_as_the_directory_has_it_by_whatever_name_it_comes() -> None:
    bo = Owner("La Maison de Bo", "FR")
    records = [
        a_lesson("lesson-1", "2026-01-01", ANN, from_whom="House of Bo"),
        a_lesson("lesson-2", "2026-01-02", ANN, from_whom="la maison de bo"),
        a_thing("match-1", ("2026-01-02", ANN, things.match(ANN)), ("2026-01-03", ANN, ConsentGiven(by=ANN))),
    ]
    found = network(everything(*records), {}, {"House of Bo": bo, "La Maison de Bo": bo})

    assert {each.teacher for each in found.edges} == {"La Maison de Bo"}
    assert [(each.organisation, each.country) for each in found.nodes] == [("La Maison de Bo", "FR"), ("House of Ann", "PT")]


def test_made_up_things_are_drawn_only_while_nothing_real_is_there() -> None:
    noted, firm = ("2026-01-01", ANN, things.lesson(from_whom="House of Bo")), ("2026-01-02", CY, FIRM)
    demo = a_thing("lesson-demo-a", noted, firm, is_demo=True)
    real = a_thing("need-1", ("2026-01-01", ANN, things.need()))

    assert network(everything(demo).counted(), {}).is_demo
    assert network(everything(demo, real).counted(), {}).edges == ()


def test_what_nobody_confirmed_is_counted_and_not_drawn_nor_does_it_spell_a_name() -> None:
    waiting = [
        a_thing("lesson-1", ("2026-01-01", ANN, things.lesson(from_whom="HOUSE OF BO"))),
        a_thing("lesson-2", ("2026-01-01", ANN, things.lesson(from_whom="House of Ann"))),  # would be no arrow either
        a_thing("policy-1", ("2026-01-01", ANN, things.policy(because=Because(practices=("bee-path", "meals"))))),
    ]
    confirmed = a_lesson("lesson-3", "2026-01-02", ANN, from_whom="House of Bo")

    assert network(everything(*waiting), OWNERS).n_unconfirmed == 3
    found = network(everything(*waiting, confirmed), OWNERS)
    assert ([each.ref for each in found.edges], found.n_unconfirmed) == (["lesson-3"], 3)
    spelled = network(everything(*waiting, confirmed), {})
    assert {each.organisation for each in spelled.nodes} == {"House of Ann", "House of Bo"}


NAMES = st.sampled_from(["House of Ann", "house of ann", "House of Bo", "HOUSE OF BO", "House of Cy", ""])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12))
def test_the_network_is_the_same_in_whatever_order_things_come_and_every_end_is_a_node(pairs: list[tuple[str, str]]) -> None:
    learners = [Party(name="x", organisation=one) for one, _ in pairs]
    records = [
        a_lesson(f"lesson-{n}", "2026-01-01", by, from_whom=other)
        for n, (by, (_, other)) in enumerate(zip(learners, pairs, strict=True), 1)
    ]
    directory = {name: Owner(name) for name in ("House of Ann", "House of Bo", "House of Cy")}
    found, again = (network(everything(*each), {}, directory) for each in (records, records[::-1]))

    assert found == again
    assert {name for each in found.edges for name in (each.learner, each.teacher)} == {each.organisation for each in found.nodes}
    n_between = sum(bool(a and b) and a.casefold() != b.casefold() for a, b in pairs)
    assert len(found.edges) == n_between == sum(map(len, found.pairs.values()))
