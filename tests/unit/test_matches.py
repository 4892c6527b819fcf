"""Matches: nobody is matched without consent, no host serves more than it can, and everything that anybody may try."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import strategies as st

from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.assessment.blinding import Reader
from kb.peers.learning.match import MATCH, ConsentGiven, MatchAccepted, MatchState
from kb.peers.learning.match_reasons import ReasonKind
from kb.peers.learning.need import NEED, NeedState
from kb.peers.learning.offer import OFFER
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, matches, needs, offers
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import UnitOfWork
from tests.assessed import a_base, who
from tests.learned import LifecycleMachine, Tried, play
from tests.matched import a_match, a_need, an_offer


@pytest.fixture(params=["fake", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], UnitOfWork]]:
    if request.param == "fake":
        yield FakeRecords()
        return
    records = SqlRecords("", tmp_path)
    yield records
    records.close()


@pytest.fixture
def kb(tmp_path: Path, kept: Callable[[], UnitOfWork]) -> KnowledgeBase:
    """With need-1 of ann and need-2 of sam, offer-1 of bo and offer-2 of cy, which serve one each."""
    base = a_base(tmp_path, kept)
    ready(base)
    return base


def ready(kb: KnowledgeBase) -> None:
    for name in ("ann", "sam"):
        needs.post(kb, "Bees", "Who keeps the bees?", seeks="knowledge", actor=who(kb, name))
    for name in ("bo", "cy"):
        offers.post(kb, "Bees", "We keep the bees.", gives=["knowledge"], actor=who(kb, name))


def proposed(kb: KnowledgeBase, by: str, need: str = "need-1", offer: str = "offer-1") -> str:
    return matches.propose(kb, need, offer, actor=who(kb, by), why="they fit").id


# everything that may be tried ---------------------------------------------------------------------------------------------

CONSENT = Tried("consent", lambda kb, id_, by: matches.consent(kb, id_, actor=by))
ACCEPT = Tried("accept", lambda kb, id_, by: matches.accept(kb, id_, actor=by, what="come in May"))
DECLINE = Tried("decline", lambda kb, id_, by: matches.decline(kb, id_, why="no time", actor=by))
DONE = Tried("done", lambda kb, id_, by: matches.done(kb, id_, what="we met", actor=by))
WITHDRAW = Tried("withdraw", lambda kb, id_, by: matches.withdraw(kb, id_, why="ill", actor=by))
PROPOSALS = {
    (need, offer): Tried(
        f"propose {need} {offer}",
        lambda kb, _id, by, need=need, offer=offer: matches.propose(kb, need, offer, actor=by),  # type: ignore[misc]
    )
    for need in ("need-1", "need-2", "need-3")
    for offer in ("offer-1", "offer-2")
}
PROPOSE = PROPOSALS["need-1", "offer-1"]


class Matches(LifecycleMachine):
    kind = MATCH
    begins = st.sampled_from(list(PROPOSALS.values()))
    acts = st.sampled_from([
        CONSENT, ACCEPT, DECLINE, DONE, WITHDRAW,
        Tried("decline without saying why", lambda kb, id_, by: matches.decline(kb, id_, why="", actor=by)),
        Tried("withdraw without saying why", lambda kb, id_, by: matches.withdraw(kb, id_, why="", actor=by)),
    ])  # fmt: skip
    straight = (
        [("ann", PROPOSE), ("bo", ACCEPT), ("ann", DONE)],
        [("fay", PROPOSE), ("ann", CONSENT), ("bo", ACCEPT), ("bo", WITHDRAW)],
        [("bo", PROPOSE), ("ann", CONSENT), ("bo", DECLINE)],
        [("sam", PROPOSE), ("ann", DECLINE)],
    )
    prepare = staticmethod(ready)

    def every_thing_is_what_its_events_say(self) -> None:
        """And nobody is matched without consent, nor a host beyond its capacity; and a need says what its matches say."""
        super().every_thing_is_what_its_events_say()
        with self.kb.records() as records:
            everyone = keeping.all_within(records, MATCH)
            found = {each.id: each for each in keeping.all_within(records, NEED)}
            capacity = {each.id: each.posted.capacity for each in keeping.all_within(records, OFFER)}
        for each in everyone:
            if each.state in (MatchState.ACCEPTED, MatchState.DONE):
                assert each.consents >= {each.proposed.seeker.name, each.proposed.host.name}
                said_yes = {event.member for event in each.happened if isinstance(event.body, ConsentGiven | MatchAccepted)}
                assert each.consents == said_yes | ({each.member} & {each.proposed.seeker.name, each.proposed.host.name})
                assert found[each.proposed.need].state is NeedState.MATCHED
        for id_, most in capacity.items():
            assert sum(each.state is MatchState.ACCEPTED and each.proposed.offer == id_ for each in everyone) <= most


def test_no_sequence_of_calls_matches_anybody_without_consent(tmp_path: Path) -> None:
    play(Matches, tmp_path, max_examples=30, steps=15)


# stories ------------------------------------------------------------------------------------------------------------------


def test_a_match_that_somebody_else_proposed_waits_for_the_seeker_and_then_for_the_host(kb: KnowledgeBase) -> None:
    ann, bo, fay = who(kb, "ann"), who(kb, "bo"), who(kb, "fay")
    id_ = proposed(kb, "fay")
    first = matches.match(kb, id_, actor=fay)
    assert (first.state, first.consents, first.waits_for) == (MatchState.PROPOSED, frozenset(), "ann")
    assert (first.proposed.why, first.proposed.seeker.name, first.proposed.host.name) == ("they fit", "ann", "bo")
    assert ReasonKind.GIVES in {each.kind for each in first.proposed.reasons}
    with pytest.raises(InvalidEntry, match="ann has not agreed to this match yet"):
        matches.accept(kb, id_, actor=bo)

    assert [each.id for each in matches.matches(kb, actor=ann, waiting=True)] == [id_]
    assert matches.consent(kb, id_, actor=ann).waits_for == "bo"
    with pytest.raises(Conflict, match="You agreed to this match already"):
        matches.consent(kb, id_, actor=ann)
    assert [each.id for each in matches.matches(kb, actor=bo, waiting=True)] == [id_]

    accepted = matches.accept(kb, id_, actor=bo, what="come in May")
    assert (accepted.state, accepted.waits_for, accepted.consents) == (MatchState.ACCEPTED, "", {"ann", "bo"})
    assert needs.need(kb, "need-1", actor=ann).state is NeedState.MATCHED
    assert needs.need(kb, "need-1", actor=ann).happened[-1].member == "bo"

    told = matches.done(kb, id_, what="Seven hives now.", actor=ann)
    assert told.state is MatchState.DONE
    answered = needs.answer(kb, "need-1", "By the visit.", actor=ann, exchanges=[id_])
    assert answered.answered is not None
    assert answered.answered.because.exchanges == (id_,)


def test_who_proposes_for_their_own_need_agrees_by_that(kb: KnowledgeBase) -> None:
    assert matches.match(kb, proposed(kb, "ann"), actor=who(kb, "bo")).waits_for == "bo"
    assert matches.match(kb, proposed(kb, "cy", offer="offer-2"), actor=who(kb, "bo")).waits_for == "ann"


@pytest.mark.parametrize("name", ["fay", "bo", "sam"])
def test_nobody_agrees_for_the_seeker(kb: KnowledgeBase, name: str) -> None:
    """Not even a facilitator or the host."""
    id_ = proposed(kb, "fay")

    with pytest.raises(InvalidEntry, match="Only ann, whose need it is, can consent"):
        matches.consent(kb, id_, actor=who(kb, name))


def test_an_organisation_is_not_matched_with_itself(kb: KnowledgeBase) -> None:
    members.add(kb, "bea", organisation="house of  BO", country="FR", roles=[], actor=LOCAL_MEMBER)
    id_ = needs.post(kb, "Bees", "Who keeps the bees?", seeks="knowledge", actor=who(kb, "bea")).id

    with pytest.raises(InvalidEntry, match="it cannot be matched with itself"):
        proposed(kb, "fay", need=id_)


def test_what_is_made_up_is_not_matched_with_what_is_real(kb: KnowledgeBase) -> None:
    ann, bo = who(kb, "ann"), who(kb, "bo")
    with kb.records() as records:
        keeping.begin(records, OFFER, an_offer().posted, actor=bo, id_="offer-demo-bees", is_demo=True)
        keeping.begin(records, NEED, a_need().posted, actor=ann, id_="need-demo-bees", is_demo=True)

    with pytest.raises(InvalidEntry, match="one of them belongs to the demonstration, and the other is real"):
        proposed(kb, "fay", offer="offer-demo-bees")
    both = proposed(kb, "fay", need="need-demo-bees", offer="offer-demo-bees")
    assert matches.match(kb, both, actor=ann).is_demo
    with pytest.raises(InvalidEntry, match="of the demonstration"):
        needs.answer(kb, "need-1", "By what is made up.", actor=ann, exchanges=[both])


def test_two_are_matched_once_at_a_time(kb: KnowledgeBase) -> None:
    id_ = proposed(kb, "ann")
    with pytest.raises(Conflict, match=f"The two are matched already: {id_} is proposed"):
        proposed(kb, "fay")

    matches.decline(kb, id_, why="no time", actor=who(kb, "bo"))
    assert proposed(kb, "ann") == "match-2"


def test_a_host_serves_no_more_than_it_can_and_is_free_again_when_one_is_done(kb: KnowledgeBase) -> None:
    ann, bo, sam = who(kb, "ann"), who(kb, "bo"), who(kb, "sam")
    first, second = proposed(kb, "ann"), proposed(kb, "sam", need="need-2")
    matches.accept(kb, first, actor=bo)
    with pytest.raises(Conflict, match="The offer serves as many as it can at a time: 1"):
        matches.accept(kb, second, actor=bo)
    assert matches.match(kb, second, actor=sam).state is MatchState.PROPOSED
    with pytest.raises(Conflict, match="serves as many as it can"):
        proposed(kb, "fay", need=needs.post(kb, "B", "the bees", seeks="knowledge", actor=who(kb, "olu")).id)

    matches.done(kb, first, what="we met", actor=ann)
    assert matches.accept(kb, second, actor=bo).state is MatchState.ACCEPTED


def test_of_two_acceptances_at_the_same_moment_one_is_refused(kb: KnowledgeBase) -> None:
    """The offer serves one: both are proposed, and the host says yes to both in two windows."""
    bo = who(kb, "bo")
    both = [proposed(kb, "ann"), proposed(kb, "sam", need="need-2")]

    def accept(id_: str) -> str:
        try:
            return matches.accept(kb, id_, actor=bo).state
        except Conflict:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(accept, both))

    assert sorted(said) == ["accepted", "refused"]
    states = sorted(each.state for each in needs.needs(kb, actor=bo))
    assert states == ["matched", "open"]


def test_a_need_whose_last_match_is_withdrawn_is_open_again(kb: KnowledgeBase) -> None:
    ann, bo, cy = who(kb, "ann"), who(kb, "bo"), who(kb, "cy")
    first, second = proposed(kb, "ann"), proposed(kb, "ann", offer="offer-2")
    matches.accept(kb, first, actor=bo)
    matches.accept(kb, second, actor=cy)
    with pytest.raises(InvalidEntry, match="why: is missing"):
        matches.withdraw(kb, first, why=" ", actor=bo)

    matches.withdraw(kb, first, why="ill", actor=bo)
    assert needs.need(kb, "need-1", actor=ann).state is NeedState.MATCHED
    matches.withdraw(kb, second, why="ill", actor=ann)
    assert needs.need(kb, "need-1", actor=ann).state is NeedState.OPEN


@pytest.mark.parametrize("name", ["sam", "fay", "ann", "bo"])
def test_who_proposed_it_takes_it_back_until_both_agreed_and_then_only_they_and_facilitators_do(
    kb: KnowledgeBase, name: str
) -> None:
    assert matches.withdraw(kb, proposed(kb, "sam"), why="wrong", actor=who(kb, "sam")).state is MatchState.WITHDRAWN
    id_ = proposed(kb, "sam")
    matches.consent(kb, id_, actor=who(kb, "ann"))
    matches.accept(kb, id_, actor=who(kb, "bo"))

    if name == "sam":
        with pytest.raises(InvalidEntry, match="Only ann and bo, who agreed to this match, and facilitators may withdraw it"):
            matches.withdraw(kb, id_, why="wrong", actor=who(kb, name))
        assert matches.match(kb, id_, actor=who(kb, "ann")).state is MatchState.ACCEPTED
    else:
        assert matches.withdraw(kb, id_, why="ill", actor=who(kb, name)).state is MatchState.WITHDRAWN


@pytest.mark.parametrize(
    ("act", "sentence"),
    [(DECLINE, "Only ann and bo can decline"), (WITHDRAW, "Only who proposed this match"), (ACCEPT, "Only bo, whose offer it is")],
)
def test_strangers_decide_nothing(kb: KnowledgeBase, act: Tried, sentence: str) -> None:
    id_ = proposed(kb, "ann")

    with pytest.raises(InvalidEntry, match=sentence):
        act.act(kb, id_, who(kb, "sam"))


def test_only_the_two_say_what_came_of_it(kb: KnowledgeBase) -> None:
    id_ = proposed(kb, "ann")
    matches.accept(kb, id_, actor=who(kb, "bo"))

    with pytest.raises(InvalidEntry, match="Only ann and bo can say what came of this match"):
        matches.done(kb, id_, what="they met", actor=who(kb, "fay"))


def test_matches_are_found_by_need_and_offer_and_what_is_not_there_is_told(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    ids = [proposed(kb, "ann"), proposed(kb, "sam", need="need-2", offer="offer-2")]

    assert [each.id for each in matches.matches(kb, actor=fay)] == ids[::-1]
    assert [each.id for each in matches.matches(kb, actor=fay, need="need-2")] == ids[1:]
    assert [each.id for each in matches.matches(kb, actor=fay, offer="offer-1")] == ids[:1]
    for act in (lambda: matches.match(kb, "match-9", actor=fay), lambda: proposed(kb, "fay", need="need-9")):
        with pytest.raises(NotFound):
            act()


def test_a_match_of_two_things_that_are_no_need_and_offer_is_refused() -> None:
    """By its rules, whoever adds it: demonstration files pass no service."""
    body = a_match("match-1", "offer-1").proposed.model_copy(update={"need": "offer-2", "consents": ("ann", "bo")})
    said = [each.sentence for each in MATCH.refusals(None, body, Reader("ann"), "2026-11-22")]

    assert said == [
        "A match is of a need and an offer, not of offer-2 and offer-1.",
        "Nobody can agree to a match for somebody else.",
    ]
