"""Words near a mistyped one, by rapidfuzz: compared with every word of an index that begins alike, thousands in a millisecond."""

from __future__ import annotations

from collections.abc import Iterable

from kb.retrieval.spelling import may_be_mistyped, mistakes_allowed


def nearest(word: str, known: Iterable[tuple[str, int]]) -> list[str]:
    """Known words that ``word`` may have been meant to be, likeliest first: fewest mistakes, then most frequent, then by letters.

    A mistake is a letter inserted, left out, replaced, or swapped with its neighbour.

    Args:
        word: folded.
        known: folded words that begin with the same letter, with how many passages have them.

    Reference:
        Optimal string alignment: Damerau (1964), doi:10.1145/363958.363994.
    """
    from rapidfuzz.distance import OSA  # here: most questions have no word that is mistyped
    from rapidfuzz.process import extract

    counts = dict(known)
    near = extract(word, list(counts), scorer=OSA.distance, score_cutoff=mistakes_allowed(word), limit=None)
    found = sorted((mistakes, -counts[other], other) for other, mistakes, _ in near if may_be_mistyped(other))
    return [other for _, _, other in found]
