"""Names are found in a text as whole words, whatever their case and accents, with the lines in which they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.learning.named_in import LINES_TOLD, Naming, named_in

ROSA, UNION = "Rosa Quill", "Loom Union"
WORDS = st.sampled_from(["the", "looms", "of", "a", "valley", "were", "saved", "—", "3", "and", "schön", "पानी"])


def found(
    text: str, *, title: str = "", people: tuple[str, ...] = (ROSA,), others: tuple[str, ...] = (UNION,)
) -> dict[str, tuple[int, ...]]:
    return {each.name: each.lines for each in named_in(text, title=title, people=people, others=others)}


@pytest.mark.parametrize(
    "said", ["Rosa Quill", "ROSA  QUILL", "rosa quill", "Rósa Quíll's", "Quill, Rosa", "(Rosa)", "Ms Quill", "QUILL", "Rosa\nQuill"]
)
def test_a_person_is_found_by_the_whole_name_or_a_part_of_it(said: str) -> None:
    assert set(found(f"It was {said} who spoke.")) == {ROSA}


@pytest.mark.parametrize("said", ["rosa", "the quill of a bird", "Rosalind Quilling", "Rosaquill", "Ros"])
def test_what_is_another_word_is_no_name(said: str) -> None:
    assert found(f"It was {said}.") == {}


@pytest.mark.parametrize(
    ("said", "is_named"), [("the loom union", True), ("LOOM-UNION", True), ("Loom and Union", False), ("The Union", False)]
)
def test_an_organisation_is_found_by_its_whole_name(said: str, is_named: bool) -> None:
    assert (UNION in found(f"In {said} it works.")) is is_named


@pytest.mark.parametrize(("name", "said", "is_named"), [
    ("Network", "a network of weavers", False), ("Network", "At Network they weave", True), ("anna", "Anna spoke", True),
    ("anna", "so anna spoke", False), ("EU", "the EU pays", False), ("Bo", "Bo pays", False), ("B. O.", "as b o says", True),
    ("पानी समिति", "यह पानी समिति है", True), ("Prof Weber", "the Prof spoke", False), ("Frau Weber", "Weber spoke", True),
    ("?!", "?!", False),
])  # fmt: skip
def test_one_word_is_a_name_only_where_it_is_long_and_begins_as_names_do(name: str, said: str, is_named: bool) -> None:
    assert bool(found(said, people=(name,), others=())) is is_named


def test_lines_are_counted_from_the_first_and_the_title_is_none_of_them() -> None:
    told = found("# Day\n\nRosa spoke. Rosa Quill!\nLoom\nUnion", title="At Loom Union")

    assert told == {UNION: (0, 4, 5), ROSA: (3,)}


def test_two_people_of_one_family_are_not_told_apart_by_it() -> None:
    assert found("Ms Quill spoke.", people=(ROSA, "Ida Quill")) == {ROSA: (1,)}


def test_of_many_lines_the_first_are_told() -> None:
    assert str(Naming(ROSA, (1, 3))) == "Rosa Quill (1, 3)"
    assert str(Naming(ROSA, tuple(range(1, LINES_TOLD + 2)))) == "Rosa Quill (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …)"


@given(st.lists(st.lists(WORDS, max_size=6), max_size=6), st.integers(0, 6), st.integers(0, 6))
def test_a_name_is_found_wherever_it_stands_and_nowhere_else(lines: list[list[str]], line: int, at: int) -> None:
    without = "\n".join(" ".join(words) for words in lines)
    assert found(without) == {}

    if lines:
        line %= len(lines)
        lines[line][at:at] = ["Loom", "Union"]
        assert found("\n".join(" ".join(words) for words in lines)) == {UNION: (line + 1,)}


@pytest.mark.parametrize(("said", "is_named"), [
    ("Network meetings were held.", True),  # it may be the organisation: the safe side
    ("Network meetings were held. The network grows.", False),
    ("It grows. Network meetings were held in the network.", False),
    ("a network\n- Network meetings\n| Network |", False),
    ("In a network the Network decides.", True),
    ("NETWORK spoke of a network.", True),
])  # fmt: skip
def test_one_word_that_begins_a_sentence_is_no_organisation_where_the_text_has_it_as_a_common_word(
    said: str, is_named: bool
) -> None:
    assert bool(found(said, people=(), others=("Network",))) is is_named


def test_a_person_is_found_though_the_name_is_a_common_word_too() -> None:
    assert found("Rose spoke of a rose.", people=("Rose Quill",), others=()) == {"Rose Quill": (1,)}
