"""Words at home and roots abroad become one ranking."""

from __future__ import annotations

import numpy as np
import pytest

from kb.retrieval.index import Matches
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import PassageIds, Rows
from kb.retrieval.words_leg import is_abroad, join

LANGUAGES = ("en", "de", "und")
ROWS = Rows(
    PassageIds(np.arange(5, dtype=np.uint64)),
    (DocumentId("a"),),
    np.zeros(5, np.int32),
    LANGUAGES,
    np.array([0, 0, 1, 1, 2], np.int32),
)


def test_each_row_is_weighed_by_its_share_of_a_full_match_in_its_language() -> None:
    home = Matches([(0, 8.0), (2, 7.0), (1, 2.0), (4, 1.0)], full=10.0)
    abroad = Matches([(2, 9.0), (3, 3.0)], full=10.0)
    # at home 4.5 x 0.8 = 3.6 (row 0), 4.5 x 0.2 = 0.9 (row 1), 4.5 x 0.1 = 0.45 (row 4, language unknown)
    # abroad 3 x 0.9 = 2.7 (row 2; what its words scored at home does not count), 3 x 0.3 = 0.9 (row 3)

    words = join(home, abroad, ROWS, "en", k=10)

    assert words.ranked == [(0, 8.0), (2, 9.0), (1, 2.0), (3, 3.0), (4, 1.0)]
    assert words.share == pytest.approx({0: 0.8, 1: 0.2, 2: 0.9, 3: 0.3, 4: 0.1})


def test_other_names_of_a_concept_add_to_what_the_words_found() -> None:
    """By hand: row 1 (home) 0.2 + 0.5; row 3 (abroad) 0.3 + 0.9 is capped at 1; row 0 had more and keeps it; row 4 is new."""
    home = Matches([(0, 12.0), (1, 2.0)], full=10.0)
    abroad = Matches([(3, 3.0)], full=10.0)

    words = join(home, abroad, ROWS, "en", k=10, terms=[(3, 0.9), (0, 0.6), (1, 0.5), (4, 0.1)])

    # 4.5 x 1.2 = 5.4 (row 0), 4.5 x 0.7 = 3.15 (row 1), 3 x 1 = 3 (row 3), 4.5 x 0.1 = 0.45 (row 4, language unknown)
    assert words.ranked == [(0, 12.0), (1, 2.0), (3, 3.0), (4, 0.0)]
    assert words.share == pytest.approx({0: 1.2, 1: 0.7, 3: 1.0, 4: 0.1})


def test_only_the_best_are_kept() -> None:
    words = join(Matches([(0, 2.0), (1, 0.4)], 2.0), Matches([(2, 1.0)], 2.0), ROWS, "en", k=2)

    assert [row for row, _ in words.ranked] == [0, 2]
    assert set(words.share) == {0, 2}


def test_a_question_of_unknown_language_is_at_home_everywhere() -> None:
    assert [is_abroad(ROWS, row, "und") for row in range(5)] == [False] * 5
    assert [is_abroad(ROWS, row, "en") for row in range(5)] == [False, False, True, True, False]
    assert [is_abroad(ROWS, row, "fr") for row in range(5)] == [True, True, True, True, False]
