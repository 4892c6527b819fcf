"""Batches of like length: every text once, within the budget."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.embed import batches_by_length

LENGTHS = st.lists(st.integers(0, 600), max_size=200)


@given(LENGTHS, st.integers(1, 4096))
def test_batches_hold_every_position_exactly_once(lengths: list[int], budget: int) -> None:
    batches = batches_by_length(lengths, budget)

    assert sorted(position for batch in batches for position in batch) == list(range(len(lengths)))
    assert all(batches)


@given(LENGTHS, st.integers(1, 4096))
def test_a_padded_batch_stays_within_the_budget_unless_it_is_one_text(lengths: list[int], budget: int) -> None:
    for batch in batches_by_length(lengths, budget):
        assert len(batch) == 1 or len(batch) * max(lengths[position] for position in batch) <= max(budget, len(batch))


@given(LENGTHS, st.integers(1, 4096))
def test_no_text_stands_before_a_longer_one(lengths: list[int], budget: int) -> None:
    in_order = [lengths[position] for batch in batches_by_length(lengths, budget) for position in batch]

    assert in_order == sorted(lengths, reverse=True)
