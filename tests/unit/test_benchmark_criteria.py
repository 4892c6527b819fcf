"""A practice beside its peers, criterion by criterion: nobody is filled in, and what stands out is told with its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.benchmark.criteria import Beside, CriterionProfile, profiled
from kb.peers.benchmark.strengths import gaps, strengths

SCALE = (0.0, 5.0)
marks = st.one_of(st.none(), st.integers(0, 10).map(lambda n: n / 2))


def one(own: float | None, *peers: float | None) -> CriterionProfile:
    (found,) = profiled(["reach"], {"reach": own}, [(f"p{at}", {"reach": each}) for at, each in enumerate(peers)], SCALE)
    return found


def test_by_hand() -> None:
    """Peers 2, 3, 3 and 4: mean 3, s = √(2/3) = 0.8165, 3.182 · 0.8165 / 2 = 1.2990."""
    found = one(4.5, 2, None, 3, 3, 4)

    assert (found.n, found.mean) == (4, 3.0)
    assert (found.low, found.high) == pytest.approx((1.7010, 4.2990), abs=1e-4)
    assert [(dot.practice, dot.score) for dot in found.peers] == [("p0", 2), ("p2", 3), ("p3", 3), ("p4", 4)]
    assert (found.beside, found.beyond_interval, found.beyond_all) == (Beside.ABOVE, True, True)


@pytest.mark.parametrize(
    ("own", "peers", "beside", "beyond_interval", "beyond_all"),
    [
        (4.5, (2, 3, 3, 4, 5), Beside.AMONG, False, False),  # 3.4 ± 2.776 · 1.1402 / √5 = 1.98 to 4.82
        (3.5, (3, 3, 3, 4), Beside.AMONG, False, False),  # 3.25 ± 3.182 · 0.5 / 2 = 2.45 to 4.05
        (4.0, (3, 3, 3, 3, 3, 3, 3, 3, 3, 5), Beside.ABOVE, True, False),  # 3.2 ± 2.262 · 0.6325 / √10 = 2.75 to 3.65
        (4.5, (1, 3, 4), Beside.ABOVE, False, True),  # 2.67 ± 3.79: cut to the scale, and yet above each of them
        (0.5, (1, 3, 4), Beside.BELOW, False, True),
        (2.0, (4, 4, 4, 3.5), Beside.BELOW, True, True),
        (4.0, (3, 3.5), Beside.ABOVE, False, True),  # two: no interval, and above both
        (3.5, (3, 3.5), Beside.AMONG, False, False),
        (1.0, (3,), Beside.BELOW, False, True),
        (None, (3, 4, 5), Beside.NOT_SCORED, False, False),
        (3.0, (), Beside.NO_PEERS, False, False),
        (3.0, (None, None), Beside.NO_PEERS, False, False),
        (None, (), Beside.NOT_SCORED, False, False),
    ],
)
def test_how_a_score_stands(
    own: float | None, peers: tuple[float | None, ...], beside: Beside, beyond_interval: bool, beyond_all: bool
) -> None:
    found = one(own, *peers)

    assert (found.beside, found.beyond_interval, found.beyond_all) == (beside, beyond_interval, beyond_all)


def test_strengths_and_gaps_are_told_with_all_that_a_sentence_needs() -> None:
    peers = [("a", {"x": 2.0, "y": 4.0, "z": 3.0}), ("b", {"x": 3.0, "y": 4.5, "z": None}), ("c", {"x": 2.5, "y": 5.0, "z": 3.0})]
    found = profiled(
        ["x", "y", "z", "w"], {"x": 5.0, "y": 1.0, "z": 3.0, "w": 2.0}, peers, SCALE, stale={("b", "x")}, own_stale={"y"}
    )
    (strength,), (gap,) = strengths(found), gaps(found)

    assert (strength.criterion, strength.own, strength.n, strength.lowest, strength.highest) == ("x", 5, 3, 2, 3)
    assert (strength.mean, strength.is_stale) == (2.5, True)
    assert (strength.low, strength.high) == pytest.approx((2.5 - 4.303 * 0.5 / 3**0.5, 2.5 + 4.303 * 0.5 / 3**0.5))
    assert (gap.criterion, gap.own, gap.n, gap.lowest, gap.highest, gap.is_stale) == ("y", 1, 3, 4, 5, True)
    assert [dot.is_stale for dot in found[0].peers] == [False, True, False]


@given(own=marks, peers=st.lists(marks, max_size=10), at=st.integers(0, 10))
def test_a_peer_without_a_score_changes_nothing(own: float | None, peers: list[float | None], at: int) -> None:
    """No imputation: neither a zero nor a mean is put in its place."""
    before = one(own, *peers)
    after = one(own, *peers[:at], None, *peers[at:])

    assert (after.n, after.mean, after.low, after.high, after.beside) == (
        before.n, before.mean, before.low, before.high, before.beside,
    )  # fmt: skip


@given(own=marks, peers=st.lists(marks, max_size=10))
def test_what_is_told_holds_together(own: float | None, peers: list[float | None]) -> None:
    found = one(own, *peers)
    given_scores = [each for each in peers if each is not None]

    assert [dot.score for dot in found.peers] == given_scores
    assert (found.mean is None) == (len(given_scores) < 3)
    if found.beside is Beside.ABOVE and own is not None:
        assert found.beyond_all == (own > max(given_scores))
        assert found.beyond_all or (found.high is not None and own > found.high)
    if found.beside is Beside.BELOW and own is not None:
        assert found.beyond_all == (own < min(given_scores))
        assert found.beyond_all or (found.low is not None and own < found.low)
    assert len(strengths([found])) == (found.beside is Beside.ABOVE)
    assert len(gaps([found])) == (found.beside is Beside.BELOW)
