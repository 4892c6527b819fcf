"""A mistyped word is near to what was meant; distances are those of the textbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.corrections import looks_mistyped
from kb.retrieval.spelling import as_written, distance, mistakes_allowed, nearest, words_of

WORDS = st.text(alphabet="abcdé", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [
        ("kitten", "sitting", 3),
        ("mondragon", "mondrgon", 1),
        ("loom", "looom", 1),
        ("bank", "bnak", 1),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_distances_of_known_pairs(one: str, other: str, mistakes: int) -> None:
    """ "ca" and "abc" tell optimal string alignment (3) from the unrestricted distance (2)."""
    assert distance(one, other, 9) == mistakes


def slow(one: str, other: str) -> int:
    """The recursion as it is defined."""
    if not one or not other:
        return len(one) + len(other)
    ways = [slow(one[:-1], other) + 1, slow(one, other[:-1]) + 1, slow(one[:-1], other[:-1]) + (one[-1] != other[-1])]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        ways.append(slow(one[:-2], other[:-2]) + 1)
    return min(ways)


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5), st.integers(1, 2))
def test_the_distance_is_that_of_the_definition_up_to_its_limit(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(slow(one, other), limit + 1)


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 2) == distance(other, one, 2)


def test_fewest_mistakes_come_first_then_the_most_frequent() -> None:
    known = [("cooperation", 90), ("cooperative", 5), ("cooperatives", 50), ("cooperate", 99), ("coop3rative", 9)]

    assert nearest("cooperatve", known) == ["cooperate", "cooperative", "cooperatives"]
    assert nearest("cooperativve", known) == ["cooperative", "cooperatives"]
    assert nearest("bnak", [("bank", 1), ("bang", 9), ("beak", 2)]) == ["beak", "bank"]


def test_a_word_is_believed_if_the_encoder_knows_it_as_one_or_in_a_sentence_as_two_pieces() -> None:
    assert [looks_mistyped(pieces, 1) for pieces in (1, 2, 3)] == [False, True, True]
    assert [looks_mistyped(pieces, 4) for pieces in (1, 2, 3)] == [False, False, True]


@given(st.text())
def test_folded_words_are_the_words_of_the_text(text: str) -> None:
    assert words_of(text) == words_of(" ".join(words_of(text)))
    assert as_written("loom", ["No such thing.", "A LOOM and a loom."]) == "LOOM"
    assert as_written("loom", []) == "loom"


def test_short_words_have_one_mistake_and_long_ones_two() -> None:
    assert [mistakes_allowed(word) for word in ("sewa", "savings", "mondrgon")] == [1, 1, 2]
    assert nearest("sewa", [("seen", 5), ("sewage", 5), ("sow", 1)]) == []
