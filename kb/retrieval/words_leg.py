"""The lexical leg over all languages: words in the question's own language, roots in the others, one ranking."""

from __future__ import annotations

from dataclasses import dataclass

from kb.retrieval.fuse import ABROAD_WEIGHT, WORDS_WEIGHT
from kb.retrieval.index import Matches, Scored
from kb.retrieval.rows import Rows


@dataclass(frozen=True)
class WordsLeg:
    """What the words found.

    Attributes:
        ranked: rows with their BM25 scores; best first, each by its share of a full match in its language.
        share: row → BM25 as a share of a full match.
    """

    ranked: Scored
    share: dict[int, float]


def join(home: Matches, abroad: Matches, rows: Rows, language: str, k: int, *, terms: Scored | None = None) -> WordsLeg:
    """The ``k`` best of what was found by words and, in passages of other languages, by roots.

    Args:
        home: by words; rows of other languages in it count as found by roots, or not at all.
        abroad: by roots, in other languages than the question's.
        language: of the question, or ``"und"``.
        terms: rows with what else the question's concepts are called, as shares of a full match.
    """
    found = {row: (bm25, bm25 / home.full) for row, bm25 in home.found if not is_abroad(rows, row, language)}
    found |= {row: (bm25, bm25 / abroad.full) for row, bm25 in abroad.found}
    for row, term in terms or ():
        bm25, own = found.get(row, (0.0, 0.0))
        found[row] = bm25, max(own, min(own + term, 1.0))  # a share may be more than 1 already
    weighed = [
        ((ABROAD_WEIGHT if is_abroad(rows, row, language) else WORDS_WEIGHT) * share, row, bm25, share)
        for row, (bm25, share) in found.items()
    ]
    best = sorted(weighed, key=lambda found: (-found[0], found[1]))[:k]
    return WordsLeg([(row, bm25) for _, row, bm25, _ in best], {row: share for _, row, _, share in best})


def is_abroad(rows: Rows, row: int, language: str) -> bool:
    """Whether a row is known to be in another language than the question."""
    return differs(rows.languages[rows.language_of[row]], language)


def differs(spoken: str, language: str) -> bool:
    """Whether a passage is known to be in another language than the question."""
    return language != "und" and spoken not in (language, "und")
