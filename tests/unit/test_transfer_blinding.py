"""Until a test is concluded nobody learns what another judged: worlds that differ in nothing else look alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.peers.assessment.blinding import Reader
from kb.peers.transfer.blinding import visible
from kb.peers.transfer.events import Body, Cancelled, Event, Excused, HandedIn, Invited, Joined
from kb.peers.transfer.folding import fold
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.moves import refused
from kb.peers.transfer.state import SeatState
from tests.transfers import FAY, FRAMEWORK, OPA, SAM, TODAY, concluded, events, handed_in, judgement, opened

SENTINEL = "SENTINEL"
ANN, BOB = Reader("ann"), Reader("bob", is_facilitator=True)
READERS = (ANN, BOB, FAY, OPA, SAM)
JUDGEMENT = st.lists(st.none() | st.integers(-2, 2), min_size=6, max_size=6).map(lambda values: judgement(*values))
HANDS = st.lists(st.tuples(st.sampled_from(["ann", "bob", "opa"]), JUDGEMENT, JUDGEMENT), max_size=6)


def worlds(hands: Sequence[tuple[str, Judgement, Judgement]], reader: Reader, *last: tuple[str, Body]) -> tuple[list[Event], ...]:
    """Two histories in which everybody does the same at the same time, and all but ``reader`` judge otherwise."""
    start: list[tuple[str, Body]] = [
        ("opa", opened()), ("opa", Joined()), ("opa", Invited(assessor="ann")), ("opa", Invited(assessor="bob")),
        ("opa", Invited(assessor="cai")), ("opa", Excused(assessor="cai")),
    ]  # fmt: skip
    one = [(name, HandedIn(judgement=first)) for name, first, _ in hands]
    other = [(name, HandedIn(judgement=first if name == reader.name else second)) for name, first, second in hands]
    return events(*start, *one, *last), events(*start, *other, *last)


@settings(deadline=None, max_examples=60)
@given(HANDS, st.sampled_from(READERS), st.booleans())
def test_two_worlds_that_differ_in_others_judgements_look_alike(
    hands: list[tuple[str, Judgement, Judgement]], reader: Reader, is_cancelled: bool
) -> None:
    last: list[tuple[str, Body]] = [("opa", Cancelled(why="no money"))] * is_cancelled
    one, other = worlds(hands, reader, *last)

    assert visible(one, reader) == visible(other, reader)
    assert fold("t", visible(one, reader)) == fold("t", visible(other, reader))


@settings(deadline=None, max_examples=60)
@given(HANDS, st.sampled_from(READERS))
def test_what_is_refused_tells_nothing_of_them_either(hands: list[tuple[str, Judgement, Judgement]], reader: Reader) -> None:
    one, other = (fold("t", world) for world in worlds(hands, reader))
    tried: list[Body] = [
        Invited(assessor="ann"), Joined(), Excused(assessor="bob"), Cancelled(why="x"), HandedIn(judgement=judgement(*[0] * 6)),
    ]  # fmt: skip

    for body in tried:
        assert refused(one, body, reader, FRAMEWORK, today=TODAY) == refused(other, body, reader, FRAMEWORK, today=TODAY)
    first, second = (refused(each, concluded(each.judgements), reader, FRAMEWORK, today=TODAY) for each in (one, other))
    assert first == second


@settings(deadline=None, max_examples=60)
@given(HANDS, st.sampled_from(READERS))
def test_everybody_sees_who_is_ready_and_what_they_judged_themselves(
    hands: list[tuple[str, Judgement, Judgement]], reader: Reader
) -> None:
    world, _ = worlds(hands, reader)
    seen = fold("t", visible(world, reader))
    own = [first for name, first, _ in hands if name == reader.name]

    assert seen.judgements == ({reader.name: own[-1]} if own else {})
    assert {seat.member for seat in seen.ready} == {name for name, _, _ in hands}
    assert [event.seq for event in visible(world, reader)] == [event.seq for event in world]


@pytest.mark.parametrize("reader", READERS)
def test_once_it_is_concluded_everybody_sees_all(reader: Reader) -> None:
    both = {"ann": judgement(*[2] * 6, reason=SENTINEL), "bob": judgement(*[-2] * 6, reason=SENTINEL)}
    told = handed_in(both, ("opa", concluded(both)))

    assert visible(told, reader) == told
    assert fold("t", visible(told, reader)).judgements == both


def test_a_cancelled_test_shows_no_more_than_before() -> None:
    told = handed_in({"ann": judgement(*[2] * 6), "bob": judgement(*[-2] * 6, reason=SENTINEL)}, ("opa", Cancelled(why="late")))
    seen = visible(told, ANN)

    assert SENTINEL not in repr(seen)
    assert list(fold("t", seen).judgements) == ["ann"]
    assert [seat.state for seat in fold("t", seen).seats] == [SeatState.IN] * 2
