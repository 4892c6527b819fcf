"""Needs and offers: everything that anybody may try with them, and what becomes of each, by their services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords
from hypothesis import strategies as st

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.learning.match import MatchState, MatchWithdrawn, Over
from kb.peers.learning.need import NEED, NeedState
from kb.peers.learning.offer import OFFER, OfferState
from kb.peers.learning.parts import Because
from kb.peers.learning.seeks import Seeks
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matches, needs, offers
from kb.services.permission import Member
from tests.assessed import PRACTICE, a_base, who
from tests.learned import LifecycleMachine, Tried, play

TITLES = st.sampled_from(["Bees", " ", "Où sont les abeilles ?", "x" * 301, "=1+1"])


def a_need(kb: KnowledgeBase, who_: Member, **said: Any) -> str:
    told = {"title": "Bees", "text": "Who keeps the bees?", "seeks": "knowledge", **said}
    return needs.post(kb, told.pop("title"), told.pop("text"), actor=who_, **told).id


def an_offer(kb: KnowledgeBase, who_: Member, **said: Any) -> str:
    told = {"title": "Bees", "text": "We keep the bees.", "gives": ["knowledge"], **said}
    return offers.post(kb, told.pop("title"), told.pop("text"), actor=who_, **told).id


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


# everything that may be tried ---------------------------------------------------------------------------------------------


POST_NEED = Tried("post", lambda kb, _id, by: a_need(kb, by))
REVISE_NEED = Tried("revise", lambda kb, id_, by: needs.revise(kb, id_, title="Wasps", text="t", seeks="peer-visit", actor=by))
ANSWER = Tried("answer", lambda kb, id_, by: needs.answer(kb, id_, "by a visit", actor=by, practices=[PRACTICE]))
DROP_NEED = Tried("withdraw", lambda kb, id_, by: needs.withdraw(kb, id_, why="over", actor=by))


def _accept(kb: KnowledgeBase, id_: str, by: Member) -> object:
    """As a host, for whom who posted the need has proposed it."""
    seeker = who(kb, needs.need(kb, id_, actor=by).member)
    match = matches.propose(kb, id_, an_offer(kb, by), actor=seeker)
    return matches.accept(kb, match.id, actor=by)


def _withdraw_match(kb: KnowledgeBase, id_: str, by: Member) -> object:
    return matches.withdraw(kb, matches.matches(kb, actor=by, need=id_)[0].id, why="ill", actor=by)


ACCEPT = Tried("accept", _accept)
WITHDRAW_MATCH = Tried("withdraw the match", _withdraw_match)


class Needs(LifecycleMachine):
    kind = NEED
    begins = st.builds(
        lambda title, seeks, place, practice: Tried(
            f"post {title!r}, {seeks}, {place}, {practice}",
            lambda kb, _id, by: a_need(kb, by, title=title, seeks=seeks, place=place, practices=[practice]),
        ),
        TITLES, st.sampled_from([*Seeks, "money"]), st.sampled_from(["", "PT", "CA-QC", "XX"]), st.sampled_from([PRACTICE, "none"]),
    )  # fmt: skip
    acts = st.sampled_from([
        REVISE_NEED, ANSWER, DROP_NEED,
        Tried("withdraw without saying why", lambda kb, id_, by: needs.withdraw(kb, id_, why=" ", actor=by)),
        Tried("answer by what is not there", lambda kb, id_, by: needs.answer(kb, id_, "so", actor=by, exchanges=["match-99"])),
    ])  # fmt: skip
    straight = (
        [("ann", POST_NEED), ("ann", REVISE_NEED), ("ann", ANSWER)],
        [("ann", POST_NEED), ("bo", ACCEPT), ("cy", ACCEPT), ("ann", REVISE_NEED), ("ann", ANSWER)],
        [("ann", POST_NEED), ("bo", ACCEPT), ("bo", WITHDRAW_MATCH), ("fay", DROP_NEED)],
    )


POST_OFFER = Tried("post", lambda kb, _id, by: an_offer(kb, by))
REVISE_OFFER = Tried("revise", lambda kb, id_, by: offers.revise(kb, id_, title="W", text="t", gives=["peer-visit"], actor=by))
PAUSE = Tried("pause", lambda kb, id_, by: offers.pause(kb, id_, actor=by))
RESUME = Tried("resume", lambda kb, id_, by: offers.resume(kb, id_, actor=by))
DROP_OFFER = Tried("withdraw", lambda kb, id_, by: offers.withdraw(kb, id_, why="over", actor=by))


class Offers(LifecycleMachine):
    kind = OFFER
    begins = st.builds(
        lambda title, gives, capacity: Tried(
            f"post {title!r}, {gives}, {capacity}",
            lambda kb, _id, by: an_offer(kb, by, title=title, gives=gives, capacity=capacity),
        ),
        TITLES, st.lists(st.sampled_from([*Seeks, "money"]), max_size=3), st.sampled_from([0, 1, 3, 51]),
    )  # fmt: skip
    acts = st.sampled_from([REVISE_OFFER, PAUSE, RESUME, DROP_OFFER])
    straight = ([("bo", POST_OFFER), ("bo", REVISE_OFFER), ("bo", PAUSE), ("bo", RESUME), ("fay", DROP_OFFER)],)


@pytest.mark.parametrize("machine", [Needs, Offers])
def test_no_sequence_of_calls_leaves_the_states_or_loses_an_event(machine: type[LifecycleMachine], tmp_path: Path) -> None:
    play(machine, tmp_path)


# needs --------------------------------------------------------------------------------------------------------------------


def test_a_need_from_its_post_to_its_answer(kb: KnowledgeBase) -> None:
    ann, sam = who(kb, "ann"), who(kb, "sam")
    first = needs.post(
        kb, " Bees ", "Who keeps the bees?", seeks="knowledge", actor=ann, theme="food-and-agriculture", place="PT",
        instrument="Urban plan", practices=[PRACTICE], urgency="urgent", languages=["pt", "fr"],
    )  # fmt: skip
    assert (first.id, first.state, first.posted.title, first.posted.language) == ("need-1", NeedState.OPEN, "Bees", "en")
    assert (first.posted.by.organisation, first.posted.by.country) == ("House of Ann", "PT")

    second = needs.revise(kb, "need-1", title="Abelhas", text="Quem?", seeks="peer-visit", actor=ann)
    assert (second.posted.title, second.posted.seeks, second.posted.language) == ("Abelhas", Seeks.PEER_VISIT, "und")
    assert second.posted.practices == ()  # all of it is said anew
    assert [each.body.kind for each in second.happened] == ["posted", "revised"]

    answered = needs.answer(kb, "need-1", "We read about it.", actor=ann, practices=[PRACTICE])
    assert answered.state is NeedState.ANSWERED
    assert answered.answered is not None
    assert answered.answered.because == Because(practices=(PRACTICE,))
    assert needs.needs(kb, actor=sam) == [answered]
    assert needs.needs(kb, actor=sam, is_wanted=True) == []


def test_all_that_is_wrong_with_a_need_is_said_together(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as refused:
        needs.post(kb, "", "", seeks="money", place="Porto", theme="Social finance!", urgency="now", languages=["xx"],
                   practices=["No Name"], actor=who(kb, "ann"))  # fmt: skip

    said = str(refused.value)
    assert said.startswith("The need was not posted: ")
    assert all(each in said for each in ("title", "text", "seeks", "place", "theme", "urgency", "languages", "practices"))


def test_a_need_about_a_practice_that_is_not_there_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="no practice is called “wasps”"):
        a_need(kb, who(kb, "ann"), practices=["wasps"])
    assert needs.needs(kb, actor=who(kb, "ann")) == []


@pytest.mark.parametrize("act", [REVISE_NEED, ANSWER])
def test_nobody_but_who_posted_a_need_changes_or_answers_it(kb: KnowledgeBase, act: Tried) -> None:
    id_ = a_need(kb, who(kb, "ann"))

    for name in ("bo", "fay"):
        with pytest.raises(InvalidEntry, match="ann posted this need: only they"):
            act.act(kb, id_, who(kb, name))
    with pytest.raises(InvalidEntry, match="only they and facilitators"):
        DROP_NEED.act(kb, id_, who(kb, "bo"))


@pytest.mark.parametrize("end", [ANSWER, DROP_NEED])
def test_what_was_proposed_for_a_need_ends_with_it_and_what_was_agreed_stays(kb: KnowledgeBase, end: Tried) -> None:
    ann, bo = who(kb, "ann"), who(kb, "bo")
    id_ = a_need(kb, ann)
    agreed, proposed = (matches.propose(kb, id_, an_offer(kb, who(kb, host)), actor=ann).id for host in ("bo", "cy"))
    matches.accept(kb, agreed, actor=bo)

    end.act(kb, id_, ann)

    ended = matches.match(kb, proposed, actor=bo)
    assert ended.state is MatchState.WITHDRAWN
    assert ended.happened[-1].body == MatchWithdrawn(over=Over.NEED)
    assert matches.match(kb, agreed, actor=bo).state is MatchState.ACCEPTED
    with pytest.raises(Conflict, match="nothing is looked for any more"):
        matches.propose(kb, id_, "offer-2", actor=ann)


# offers -------------------------------------------------------------------------------------------------------------------


def test_an_offer_is_paused_resumed_and_withdrawn_and_proposals_follow(kb: KnowledgeBase) -> None:
    ann, bo = who(kb, "ann"), who(kb, "bo")
    need, offer = a_need(kb, ann), an_offer(kb, bo, formats=["study-visit"], capacity=2)
    assert offers.pause(kb, offer, actor=bo, why="holidays").state is OfferState.PAUSED
    assert offers.offers(kb, actor=ann, is_active=True) == []
    with pytest.raises(Conflict, match="The offer is paused: it takes no proposals"):
        matches.propose(kb, need, offer, actor=ann)

    offers.resume(kb, offer, actor=bo)
    match = matches.propose(kb, need, offer, actor=ann).id
    offers.withdraw(kb, offer, why="we moved", actor=bo)

    assert matches.match(kb, match, actor=ann).happened[-1].body == MatchWithdrawn(over=Over.OFFER)


def test_an_offer_gives_something_and_has_room_for_one_at_least(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry, match=r"The offer was not posted: .*gives.*capacity"):
        offers.post(kb, "Bees", "We keep bees.", gives=[], capacity=0, actor=who(kb, "bo"))
    with pytest.raises(InvalidEntry, match="only they may change"):
        offers.pause(kb, an_offer(kb, who(kb, "bo")), actor=who(kb, "fay"))
