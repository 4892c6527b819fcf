"""A mistyped word is near to what was meant; distances are those of the textbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.near_words import nearest
from kb.retrieval.corrections import looks_mistyped
from kb.retrieval.spelling import as_written, mistakes_allowed, words_of


def distance(one: str, other: str) -> int:
    """The recursion as it is defined."""
    if not one or not other:
        return len(one) + len(other)
    ways = [distance(one[:-1], other) + 1, distance(one, other[:-1]) + 1, distance(one[:-1], other[:-1]) + (one[-1] != other[-1])]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        ways.append(distance(one[:-2], other[:-2]) + 1)
    return min(ways)


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [("kitten", "sitting", 3), ("mondragon", "mondrgon", 1), ("loom", "looom", 1), ("bank", "bnak", 1), ("ca", "abc", 3)],
)
def test_distances_of_known_pairs(one: str, other: str, mistakes: int) -> None:
    """ "ca" and "abc" tell optimal string alignment (3) from the unrestricted distance (2)."""
    assert distance(one, other) == mistakes


@given(st.text(alphabet="abcd", min_size=4, max_size=6), st.lists(st.text(alphabet="abcd", min_size=4, max_size=6), unique=True))
def test_near_are_the_words_with_few_mistakes_by_the_definition(word: str, known: list[str]) -> None:
    near = nearest(word, [(other, 1) for other in known])

    assert sorted(near) == sorted(other for other in known if distance(word, other) <= mistakes_allowed(word))
    assert [distance(word, other) for other in near] == sorted(distance(word, other) for other in near)


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
