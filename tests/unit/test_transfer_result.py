"""What a test of transferability comes to, worked by hand, and what holds whatever is judged."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.peers.transfer.framework import Side
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.result import Apart, Blocking, CriterionResult, Result, SideResult, result
from kb.peers.transfer.what_if import what_if
from tests.transfers import FRAMEWORK, KEY, NAMES, RAW, answer, judgement

VALUE = st.none() | st.integers(-2, 2)
JUDGEMENT = st.lists(VALUE, min_size=6, max_size=6).map(lambda values: judgement(*values))
PANEL = st.lists(JUDGEMENT, max_size=5).map(lambda all_of: {f"a{n}": each for n, each in enumerate(all_of)})
KEYS = st.sets(st.sampled_from(NAMES)).map(lambda names: tuple(sorted(names)))

TWO = {  # core, evidence, law (key), finance, need, champion
    "ann": judgement(2, 1, -1, None, 2, None),
    "bob": judgement(1, None, 1, None, 2, -2),
}


def test_two_assessors_by_hand() -> None:
    """core 1.5, evidence 1, law 0 (twice), need 2, champion −2; nobody knows about finance."""
    found = result(TWO, FRAMEWORK, KEY)

    assert found.mean == pytest.approx((1.5 + 1 + 2 * 0 + 2 - 2) / (1 + 1 + 2 + 1 + 1))  # 2.5 / 6
    assert found.low == pytest.approx((2.5 - 2) / 7)
    assert found.high == pytest.approx((2.5 + 2) / 7)
    assert (found.coverage, found.unknown, found.n_assessors) == ((5, 6), ("finance",), 2)
    assert found.by_side == {
        Side.PRACTICE: SideResult(mean=1.25, n_known=2, n_all=2),
        Side.CONTEXT: SideResult(mean=2 / 3, n_known=2, n_all=3),
        Side.PROCESS: SideResult(mean=-2, n_known=1, n_all=1),
    }
    assert found.blocking == (Blocking(criterion="champion", n=1, of=1),)
    assert found.apart == (Apart(criterion="law", lowest=-1, highest=1),)
    assert found.criteria["law"] == CriterionResult(mean=0, n_known=2, n_unknown=0, lowest=-1, highest=1, is_key=True)
    assert found.criteria["evidence"] == CriterionResult(mean=1, n_known=1, n_unknown=1, lowest=1, highest=1, is_key=False)
    assert found.criteria["finance"] == CriterionResult(mean=None, n_known=0, n_unknown=2, lowest=None, highest=None, is_key=False)


def test_a_key_criterion_counts_as_often_as_the_framework_says() -> None:
    """2·1 + 5·0 over 7; three times as often: 3·1 over 8; as any other: 1 over 6."""
    one = {"ann": judgement(0, 0, 1, 0, 0, 0)}
    heavier = type(FRAMEWORK).of({**RAW, "key_weight": 3})

    assert result(one, FRAMEWORK, KEY).mean == pytest.approx(2 / 7)
    assert result(one, heavier, KEY).mean == pytest.approx(3 / 8)
    assert result(one, FRAMEWORK, ()).mean == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [(0, 2, True), (1, 2, False), (-1, 1, True), (-1, 0, False), (-2, -1, False), (-2, 0, True), (2, None, False)],
)
def test_assessors_are_apart_by_two_or_on_opposite_sides_of_nought(one: int, other: int | None, is_apart: bool) -> None:
    panel = {"ann": judgement(one, 0, 0, 0, 0, 0), "bob": judgement(other, 0, 0, 0, 0, 0)}

    assert [each.criterion for each in result(panel, FRAMEWORK, KEY).apart] == ["core"] * is_apart


def test_opposite_sides_are_apart_even_where_the_framework_asks_for_more() -> None:
    wide = type(FRAMEWORK).of({**RAW, "apart": 4})
    panel = {"ann": judgement(-1, 0, 0, 0, 0, 0), "bob": judgement(1, 2, 0, 0, 0, 0)}

    assert [each.criterion for each in result(panel, wide, KEY).apart] == ["core"]


def test_where_nobody_could_tell_everything_is_open() -> None:
    for panel in ({}, {"ann": judgement(*[None] * 6)}):
        found = result(panel, FRAMEWORK, KEY)

        assert (found.mean, found.low, found.high, found.coverage) == (None, -2, 2, (0, 6))
        assert (found.blocking, found.apart, found.unknown) == ((), (), NAMES)
        assert all(side.mean is None for side in found.by_side.values())


def test_what_the_framework_does_not_ask_counts_for_nothing() -> None:
    stranger = TWO["ann"].model_copy(update={"answers": {**TWO["ann"].answers, "beauty": answer(-2)}})

    assert result({**TWO, "ann": stranger}, FRAMEWORK, KEY) == result(TWO, FRAMEWORK, KEY)


def test_which_unknown_matters_most_by_hand() -> None:
    """Only core is known, 1. The key criterion counts twice: (1 ± 2·2) / 3; any other: (1 ± 2) / 2."""
    found = what_if(result({"ann": judgement(1, None, None, None, None, None)}, FRAMEWORK, KEY), FRAMEWORK)

    assert [each.criterion for each in found] == ["law", "evidence", "finance", "need", "champion"]
    assert [each.is_key for each in found] == [True, False, False, False, False]
    assert (found[0].low, found[0].high) == pytest.approx((-1, 5 / 3))
    assert found[0].swing == pytest.approx(8 / 3)
    assert {(each.low, each.high, each.swing) for each in found[1:]} == {(-0.5, 1.5, 2.0)}


def test_what_if_nothing_is_known_yet() -> None:
    found = what_if(result({}, FRAMEWORK, KEY), FRAMEWORK)

    assert {(each.low, each.high) for each in found} == {(-2.0, 2.0)}
    assert found[0].criterion == "law"


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS)
def test_the_mean_lies_within_its_range(panel: dict[str, Judgement], key: tuple[str, ...]) -> None:
    found = result(panel, FRAMEWORK, key)

    assert -2 <= found.low <= found.high <= 2
    assert found.mean is None or found.low <= found.mean <= found.high
    assert (found.low == found.high == found.mean) is (found.n_known == found.n_all)


@settings(deadline=None, max_examples=60)
@given(PANEL, st.sampled_from(NAMES), KEYS)
def test_an_answer_that_becomes_unknown_never_raises_coverage_nor_narrows_the_range(
    panel: dict[str, Judgement], criterion: str, key: tuple[str, ...]
) -> None:
    before = result(panel, FRAMEWORK, key)
    for name, each in panel.items():
        less = each.model_copy(update={"answers": {**each.answers, criterion: answer(None)}})
        after = result({**panel, name: less}, FRAMEWORK, key)

        assert after.n_known <= before.n_known
        if after.n_known < before.n_known:
            assert after.low <= before.low
            assert after.high >= before.high


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS)
def test_an_assessor_who_knows_nothing_changes_no_figure(panel: dict[str, Judgement], key: tuple[str, ...]) -> None:
    before = result(panel, FRAMEWORK, key)
    after = result({**panel, "new": judgement(*[None] * 6)}, FRAMEWORK, key)

    assert after.n_assessors == before.n_assessors + 1
    assert all(each.n_unknown == before.criteria[name].n_unknown + 1 for name, each in after.criteria.items())
    assert figures(after) == figures(before)


def figures(found: Result) -> tuple[object, ...]:
    return found.mean, found.low, found.high, found.coverage, found.by_side, found.blocking, found.apart


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS, st.randoms())
def test_the_order_of_assessors_does_not_matter(panel: dict[str, Judgement], key: tuple[str, ...], chance: random.Random) -> None:
    names = list(panel)
    chance.shuffle(names)

    assert result({name: panel[name] for name in names}, FRAMEWORK, key) == result(panel, FRAMEWORK, key)


@settings(deadline=None, max_examples=60)
@given(PANEL, st.sampled_from(NAMES), st.integers(0, 9))
def test_a_constraint_is_never_averaged_away(panel: dict[str, Judgement], criterion: str, n_glad: int) -> None:
    """However many give +2, the one who gives −2 is told."""
    glad = {f"glad{n}": judgement(*[2] * 6) for n in range(n_glad)}
    one = judgement(*[2] * 6)
    against = one.model_copy(update={"answers": {**one.answers, criterion: answer(-2)}})
    found = result({**panel, **glad, "against": against}, FRAMEWORK, KEY)
    said = [each.answers[criterion].value for each in panel.values()]

    (blocking,) = (each for each in found.blocking if each.criterion == criterion)
    assert blocking.n == 1 + said.count(-2)
    assert blocking.of == 1 + n_glad + sum(value is not None for value in said)


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS)
def test_only_a_constraint_blocks(panel: dict[str, Judgement], key: tuple[str, ...]) -> None:
    found = result(panel, FRAMEWORK, key)

    assert {each.criterion for each in found.blocking} == {name for name, each in found.criteria.items() if each.lowest == -2}


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS)
def test_a_result_is_read_as_it_was_kept(panel: dict[str, Judgement], key: tuple[str, ...]) -> None:
    found = result(panel, FRAMEWORK, key)

    assert Result.model_validate_json(found.model_dump_json()) == found
    assert list(Result.model_validate_json(found.model_dump_json()).criteria) == list(NAMES)


@settings(deadline=None, max_examples=60)
@given(PANEL, KEYS)
def test_one_unknown_moves_the_mean_no_further_than_all_of_them(panel: dict[str, Judgement], key: tuple[str, ...]) -> None:
    found = result(panel, FRAMEWORK, key)
    unknown = what_if(found, FRAMEWORK)

    assert sorted(each.criterion for each in unknown) == sorted(found.unknown)
    assert all(found.low - 1e-12 <= each.low <= each.high <= found.high + 1e-12 for each in unknown)
    assert all(one.swing >= other.swing - 1e-12 for one, other in pairwise(unknown))
    if len(unknown) == 1:
        assert (unknown[0].low, unknown[0].high) == pytest.approx((found.low, found.high))
