"""Rows that keep to phrases: in their text, or where no text has them, in headings; only rows that may be seen decide."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeLexicalIndex

from kb.errors import SearchTimeout
from kb.retrieval.deadline import Deadline
from kb.retrieval.held import Held, hold
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.question import parse

TEXTS = [("Looms", "The weavers share looms."), ("Savings", "They save in groups."), ("Looms", "Nothing else.")]
LEXICAL = FakeLexicalIndex(
    [
        Passage(PassageId(f"{i:016x}"), DocumentId("a"), i, 0, 9, text, None, None, (heading,), "en", heading, ())
        for i, (heading, text) in enumerate(TEXTS)
    ]
)


def held(question: str, among: tuple[int, ...] = (0, 1, 2)) -> Held:
    return hold(parse(question), LEXICAL, np.isin(np.arange(3), among), Deadline.after(60))


def rows(found: Held) -> list[int]:
    assert found.rows is not None
    return np.flatnonzero(found.rows).tolist()


def test_texts_come_before_headings() -> None:
    found = held('"looms"')

    assert (rows(found), found.verbatim.in_headings, found.absent) == ([0], False, ())


def test_headings_count_where_no_text_that_may_be_seen_has_the_phrase() -> None:
    assert (rows(held('"savings"')), held('"savings"').verbatim.in_headings) == ([1], True)
    assert 2 in rows(held('"looms"', among=(1, 2)))
    assert held('"looms"', among=(1, 2)).verbatim.in_headings


def test_phrases_that_stand_in_different_passages_are_not_absent() -> None:
    found = held('"share looms" "in groups"')

    assert (rows(found), found.absent) == ([], ())
    assert held('"share looms" "no such"').absent == ("no such",)
    assert held('"share looms"', among=(1, 2)).absent == ("share looms",)


def test_what_hits_must_be_without_is_looked_for_in_headings_too() -> None:
    assert rows(held("-looms")) == [1]
    assert rows(held('"looms" -weavers')) == []
    assert rows(held('-"in groups" -nothing')) == [0]


def test_hundreds_of_phrases_end_with_the_deadline() -> None:
    looks = iter(range(1000))
    question = parse(" ".join(f"-a{letter}b" for letter in "abcdefghijklmnopqrstuvwxyz"))

    with pytest.raises(SearchTimeout):
        hold(question, LEXICAL, np.ones(3, bool), Deadline.after(5, clock=lambda: float(next(looks))))
    assert next(looks) < 10
