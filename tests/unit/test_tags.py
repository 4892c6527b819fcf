"""Tags: one spelling, whatever is typed, and all faults together."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.tags import MAX_CHARS, SPOKEN_OF, Tag, faults_of, spelled
from kb.retrieval.writable import safe_cell

CONTROLLED = ("theme:women-and-gender", "theme:work-integration", "sdg:5", "sdg:8", "group:women", "condition:legal-framework")
SPELLINGS = {
    "theme:women-and-gender": [
        "Theme: Women and Gender",
        " THEME:women_and_gender ",
        "theme：women and gender",
        "theme:women  and-gender",
    ],
    "sdg:5": ["SDG 5", "sdg:05", "ODD 5", "ODS-5", "goal 5"],
    "trade union": ["Trade  Union", "\ttrade\nunion "],
    "économie": ["E\u0301conomie", "ÉCONOMIE"],
}


@pytest.mark.parametrize(("kept", "typed"), [(kept, typed) for kept, ways in SPELLINGS.items() for typed in ways])
def test_a_tag_has_one_spelling_however_it_is_typed(kept: str, typed: str) -> None:
    assert spelled(typed) == kept
    assert str(Tag.of(typed)) == kept
    assert faults_of(typed, CONTROLLED) == []


@given(st.text(max_size=80))
def test_spelling_twice_changes_nothing(text: str) -> None:
    once = spelled(text)

    assert spelled(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(max_size=80))
def test_what_is_taken_can_be_written_anywhere(text: str) -> None:
    if not faults_of(text, CONTROLLED):
        kept = spelled(text)
        assert kept.isprintable()
        assert kept == kept.strip() != ""
        assert safe_cell(kept) == kept
        assert str(Tag.of(kept)) == kept


@given(st.text(max_size=300), st.sets(st.sampled_from(CONTROLLED)))
def test_any_text_is_answered_in_one_line(text: str, controlled: set[str]) -> None:
    assert all(fault.isprintable() and len(fault) < 400 for fault in faults_of(text, controlled))


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("", ["it is empty"]),
        (" : ", ["it is empty"]),
        ("theme:", ["it is empty"]),
        ("theme:woman-and-gender", ["it is not in the controlled list", "the nearest is theme:women-and-gender"]),
        ("theme:womens", ["it is not in the controlled list", "the nearest is group:women"]),
        ("sdg:18", ["it is not in the controlled list", "the nearest is sdg:8"]),
        ("group:zebras", ["it is not in the controlled list"]),
        (
            "topic:work-integration",
            [
                "a controlled tag begins with theme:, sdg:, group:, condition:, not with “topic:”",
                "the nearest is theme:work-integration",
            ],
        ),
        ("2026", ["it has no letter"]),
        ("-women", ["it begins with a mark"]),
        ("=cmd()", ["it may hold letters, figures, spaces and - ' & . / + only, not ( ) =", "it begins with a mark"]),
        (
            "x" * 41 + "\u202e;",
            [
                "it has 43 characters, and a free tag at most 40",
                "it may hold letters, figures, spaces and - ' & . / + only, not ; U+202E",
            ],
        ),
    ],
)
def test_all_that_is_wrong_is_told_with_the_nearest_tag(typed: str, faults: list[str]) -> None:
    assert faults_of(typed, CONTROLLED) == faults


def test_without_a_list_a_controlled_tag_is_not_looked_up_but_its_prefix_is() -> None:
    assert [faults_of(f"{prefix}:anything", ()) for prefix in SPOKEN_OF] == [[], [], [], []]
    assert faults_of("topic:anything", ()) != []
    assert faults_of("theme:", ()) == ["it is empty"]


def test_forty_characters_are_taken_and_one_more_is_not() -> None:
    assert faults_of("é" * MAX_CHARS, CONTROLLED) == []
    assert faults_of("é" * (MAX_CHARS + 1), CONTROLLED) == ["it has 41 characters, and a free tag at most 40"]


def test_whether_a_tag_is_controlled_shows_in_its_prefix() -> None:
    assert Tag.of("SDG 5") == Tag("sdg", "5")
    assert Tag.of("SDG 5").is_controlled
    assert not Tag.of("bees").is_controlled
