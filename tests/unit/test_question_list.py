"""Questions in the rows of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QueryError
from kb.retrieval.question_list import MAX_QUESTIONS, Asked, is_guessed, read_questions


def test_named_columns_in_any_order() -> None:
    rows = [
        ["Language", "note", "Question", "ID"],
        ["de-AT", "x", " Wie? ", "a1"],
        ["", "", "Why?", ""],
        ["german", "", "Who?", "c"],
    ]

    assert read_questions(rows) == [Asked(2, "a1", "Wie?", "de"), Asked(3, "3", "Why?"), Asked(4, "c", "Who?")]


def test_without_names_the_first_column_is_asked_from_the_first_row() -> None:
    assert read_questions([["Why?", "7"], [], ["", " "], ["Who?"]]) == [Asked(1, "1", "Why?"), Asked(4, "4", "Who?")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["topic", "country"], ["bees", "SI"]], True),
        ([["Why?"], ["Who?", "7"]], True),
        ([["Why?", ""], ["Who?", " "]], False),  # one column
        ([[], ["Note", " Question "], ["x", "Why?"]], False),
        ([], False),
    ],
)
def test_the_first_of_several_columns_is_a_guess(rows: list[list[str]], *, expected: bool) -> None:
    assert is_guessed(rows) is expected


def test_a_row_without_its_question_is_kept_to_be_told() -> None:
    assert read_questions([["id", "question"], ["a", ""], ["b", "Why?"], ["c"]]) == [
        Asked(2, "a", ""),
        Asked(3, "b", "Why?"),
        Asked(4, "c", ""),
    ]


@pytest.mark.parametrize("rows", [[], [[]], [["", " "]], [["question"]], [["id", "Question"], ["", ""]]])
def test_a_table_without_a_question_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(QueryError, match="no question"):
        read_questions(rows)


def test_a_thousand_are_taken_and_one_more_is_not() -> None:
    rows = [["question"], *([f"What is {n}?"] for n in range(MAX_QUESTIONS))]

    assert len(read_questions(rows)) == MAX_QUESTIONS
    with pytest.raises(QueryError, match="1001 questions; at most 1000"):
        read_questions([*rows, ["And this?"]])


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=8))
def test_any_table_is_read_row_by_row(rows: list[list[str]]) -> None:
    try:
        asked = read_questions(rows)
    except QueryError:
        return
    assert [each.row for each in asked] == sorted({each.row for each in asked})
    for each in asked:
        assert each.text in [cell.strip() for cell in rows[each.row - 1]] or each.text == ""
        assert each.id
