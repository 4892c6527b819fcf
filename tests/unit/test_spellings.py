"""What the directory calls one organisation is one: for its own policies and cases, and for whom it is matched with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Conflict, InvalidEntry
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.match import WITH_ITSELF
from kb.peers.learning.matching import may_meet
from kb.peers.learning.notice import NoticeKind
from kb.peers.learning.organisation import Organisation
from kb.peers.learning.parts import Party
from kb.peers.learning.spellings import AS_SPELLED, Spellings
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matches, matching, needs, offers, policies, transfer_cases
from kb.services.learning.allowing import may_with_policy
from kb.services.learning.spelling import reader_in
from kb.services.learning.waiting import waiting
from kb.services.permission import LOCAL_MEMBER, Role
from tests.directories import organisation, write
from tests.matched import SEEKER, a_need, an_offer
from tests.refusing import refused
from tests.transferred import ID, PRACTICE, a_base, concluded, who

NAMES = st.sampled_from(["House of Ann", "HOUSE OF ANN", "Casa da Ana", "Casa da Ana (Lisboa)", "CdA", "Hive", "House of Bo", ""])
CALLED = Spellings.of(
    Organisation.of(each)
    for each in (
        organisation("house-of-ann", title="House of Ann", also=["Casa da Ana", "CdA"]),
        organisation("bo", title="House of Bo", also=["Hive"]),
        organisation("hive", title="Hive"),
    )
)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Ana works where Ann does, and is registered by another name of the house; she facilitates."""
    made = a_base(tmp_path, FakeRecords())
    folder = made.documents.parent / "organisations"
    write(folder, organisation("house-of-ann", title="House of Ann", also=["Casa da Ana"]))
    members.add(made, "ana", organisation="Casa da Ana", country="PT", roles=[Role.FACILITATOR], actor=LOCAL_MEMBER)
    members.add(made, "anita", organisation="Casa da Ana", country="PT", roles=[], actor=LOCAL_MEMBER)
    return made


def a_policy(kb: KnowledgeBase, by: str, whose: str) -> str:
    said: dict[str, Any] = {"what_changed": "One office.", "on": "2026-06-30", "attribution": "Half.", "practices": [PRACTICE]}
    return policies.record(kb, title="Permits", policy="Parks", organisation=whose, actor=who(kb, by), **said).id


# names --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "is_one"), [
    ("House of Ann", "casa da ANA", True), ("CdA", "Casa da Ana", True), ("Casa da Ana (Lisboa)", "CdA", True),
    ("House of Ann", "House of Bo", False), ("Somewhere", "somewhere", True), ("Somewhere", "House of Ann", False),
    ("", "", False), ("", "House of Ann", False),
    ("Hive", "House of Bo", False), ("Hive", "hive", True),  # two entries are called so: it tells nothing
])  # fmt: skip
def test_two_names_are_of_one_organisation_where_one_entry_has_both(one: str, other: str, is_one: bool) -> None:
    assert CALLED.is_one(one, other) is is_one


@given(NAMES, NAMES)
def test_who_is_one_is_so_the_other_way_round_and_names_spelled_alike_stay_so(one: str, other: str) -> None:
    assert CALLED.is_one(one, other) is CALLED.is_one(other, one)
    assert CALLED.is_one(one, other) or not same_organisation(one, other)
    assert AS_SPELLED.is_one(one, other) is same_organisation(one, other)


# matches ------------------------------------------------------------------------------------------------------------------


def test_a_need_and_an_offer_of_one_organisation_cannot_meet_by_any_of_its_names() -> None:
    offer = an_offer(by=Party(name="ana", organisation="CdA"))

    assert SEEKER.organisation == "House of Ann"
    assert not may_meet(a_need(), offer, CALLED)
    assert may_meet(a_need(), offer)


def test_an_organisation_is_not_matched_with_itself_by_another_name(kb: KnowledgeBase) -> None:
    need = needs.post(kb, "Bees", "Who keeps the bees?", seeks="knowledge", actor=who(kb, "ann")).id
    own = offers.post(kb, "Bees", "We keep the bees.", gives=["knowledge"], actor=who(kb, "anita")).id
    other = offers.post(kb, "Bees", "We keep bees too.", gives=["knowledge"], actor=who(kb, "bo")).id

    assert [each.offer.id for each in matching.candidates(kb, need, actor=who(kb, "ann")).candidates] == [other]
    assert matching.for_offer(kb, own, actor=who(kb, "anita")) == ()
    assert refused(lambda: matches.propose(kb, need, own, actor=who(kb, "fay"))) == WITH_ITSELF
    assert matches.propose(kb, need, other, actor=who(kb, "fay")).proposed.offer == other


# policies -----------------------------------------------------------------------------------------------------------------


def test_a_policy_change_is_told_for_ones_own_organisation_by_any_of_its_names(kb: KnowledgeBase) -> None:
    told = a_policy(kb, "anita", "House of Ann")
    assert policies.policy_change(kb, told, actor=who(kb, "sam")).recorded.organisation == "House of Ann"

    with pytest.raises(InvalidEntry, match="You work for Casa da Ana, and not for House of Bo"):
        a_policy(kb, "anita", "House of Bo")


def test_nobody_confirms_a_policy_change_of_their_own_organisation_by_any_of_its_names(kb: KnowledgeBase) -> None:
    told, ana, bo = a_policy(kb, "ann", "House of Ann"), who(kb, "ana"), who(kb, "bo")

    said = refused(lambda: policies.confirm(kb, told, actor=ana))

    assert said == "This is a policy change of your own organisation: somebody of another one confirms it."
    policy = policies.policy_change(kb, told, actor=ana)
    may = [may_with_policy(policy, actor=actor, reader=reader_in(kb, actor=actor)) for actor in (ana, bo)]
    assert ["confirmed" in each for each in may] == [False, True]
    asked = {name: {each.kind for each in waiting(kb, actor=who(kb, name))} for name in ("ana", "fay")}
    assert {name: NoticeKind.CONFIRM_POLICY in kinds for name, kinds in asked.items()} == {"ana": False, "fay": True}
    assert policies.confirm(kb, told, actor=bo).confirmed is not None


def test_another_name_gives_no_right_over_what_others_began(kb: KnowledgeBase) -> None:
    """Contributors write the directory: nobody gets hold of what is another's by adding a name to it."""
    told = a_policy(kb, "bo", "House of Bo")
    folder = kb.documents.parent / "organisations"
    write(folder, organisation("house-of-ann", title="House of Ann", also=["Casa da Ana", "House of Bo"]))

    with pytest.raises(InvalidEntry, match="only they, the organisation of the policy and facilitators may withdraw it"):
        policies.withdraw(kb, told, why="It is ours.", actor=who(kb, "ann"))


# cases --------------------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_for_ones_own_organisation_by_any_of_its_names_and_once(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    anita = who(kb, "anita")
    with pytest.raises(InvalidEntry, match="You work for Casa da Ana, and not for House of Bo"):
        transfer_cases.consider(kb, ID, why="Lisbon asks.", organisation="House of Bo", actor=anita)

    case = transfer_cases.consider(kb, ID, why="Lisbon asks.", organisation="House of Ann", actor=anita)

    assert case.considered.organisation == "House of Ann"
    with pytest.raises(Conflict, match=f"Casa da Ana has a transfer case on this test already: {case.id}"):
        transfer_cases.consider(kb, ID, why="We ask too.", organisation="Casa da Ana", actor=who(kb, "ana"))
