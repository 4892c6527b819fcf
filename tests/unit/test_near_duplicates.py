"""The estimate of Jaccard similarity against the thing itself, computed by brute force."""

from __future__ import annotations

import random
import re

import pytest

from kb.retrieval.near_duplicates import MIN_RUNS, RUN, SIZE, THRESHOLD, Sketches, similarity, sketch

VOCABULARY = [f"word{i}" for i in range(5000)]


def jaccard(one: str, other: str) -> float:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}

    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def a_text(seed: int, n_words: int = 600) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=n_words)


@pytest.mark.parametrize("n_changed", [0, 5, 20, 60, 200, 600])
@pytest.mark.parametrize("seed", range(5))
def test_the_estimate_is_near_the_true_similarity(n_changed: int, seed: int) -> None:
    """Within 0.18: four standard errors of a sketch of 128 hashes (0.045 at most)."""
    words = a_text(seed)
    changed = [*words[: len(words) - n_changed], *a_text(seed + 1000, n_changed)]
    one, other = " ".join(words), " ".join(changed)

    assert similarity(sketch(one), sketch(other)) == pytest.approx(jaccard(one, other), abs=0.18)


def test_texts_shorter_than_a_sketch_are_compared_exactly() -> None:
    words = a_text(1, 70)
    one, other = " ".join(words), " ".join([*words[:60], *a_text(2, 5)])
    joined = similarity(sketch(one), sketch(other))

    assert joined == pytest.approx(jaccard(one, other))
    assert similarity(sketch(other), sketch(one)) == joined


def test_the_same_words_are_one_whatever_their_case_and_marks() -> None:
    words = a_text(3)

    assert similarity(sketch(" ".join(words)), sketch("; ".join(words).upper())) == 1.0
    assert len(sketch(" ".join(words))) == 8 * SIZE


def test_a_short_text_is_never_a_near_duplicate() -> None:
    short = " ".join(a_text(4, MIN_RUNS + RUN - 2))

    assert sketch(short) == b""
    assert similarity(sketch(short), sketch(short)) == 0.0
    known = Sketches()
    known.put("other.md", sketch(short))
    assert known.nearest(sketch(short), but="") == ""


def test_the_most_similar_document_at_or_above_the_threshold_is_named() -> None:
    words = a_text(5)
    close, closer, far = ([*words[:-n], *a_text(100 + n, n)] for n in (40, 10, 400))
    known = Sketches()
    for path, text in (("close", close), ("closer", closer), ("far", far)):
        known.put(path, sketch(" ".join(text)))

    assert jaccard(" ".join(words), " ".join(far)) < THRESHOLD < jaccard(" ".join(words), " ".join(close))
    assert known.nearest(sketch(" ".join(words)), but="") == "closer"
    assert known.nearest(sketch(" ".join(words)), but="closer") == "close"


def test_a_document_that_changed_is_compared_with_its_new_words_only() -> None:
    before, after = sketch(" ".join(a_text(6))), sketch(" ".join(a_text(7)))
    known = Sketches()
    known.put("a.md", before)
    known.put("a.md", after)

    assert known.nearest(before, but="") == ""
    assert known.nearest(after, but="") == "a.md"


@pytest.mark.parametrize("seed", range(20))
def test_candidates_by_eight_hashes_find_what_comparing_all_pairs_finds(seed: int) -> None:
    """Texts around the threshold: the index answers as a search over every pair would."""
    words = a_text(seed)
    others = {f"{n}.md": sketch(" ".join([*words[:-n], *a_text(seed + n, n)])) for n in (10, 30, 45, 60, 90)}
    known = Sketches()
    for path, other in others.items():
        known.put(path, other)
    asked = sketch(" ".join(words))
    score, path = max((similarity(asked, other), path) for path, other in others.items())

    assert known.nearest(asked, but="") == (path if score >= THRESHOLD else "")
