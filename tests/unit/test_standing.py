"""Standing queries: the score written out by hand, and what it must not depend on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from fakes import FakeEncoder, FakeLexicalIndex
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.retrieval.embed import ModelCard
from kb.retrieval.fuse import ABROAD_WEIGHT, PRIOR, WORDS_WEIGHT
from kb.retrieval.hits import StaleGenerationError
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.rows import Allowed, PassageIds, Rows
from kb.retrieval.standing import BEST, FULL_CHARS, StandingQuery, answering, encoded

LONG = "x" * FULL_CHARS  # counts in full, and has no word of any query
SILENT = (("en", "zzz"),)  # words that no passage has


def a_passage(number: int, text: str, language: str = "en") -> Passage:
    document = DocumentId(f"{number % 2:016x}")
    return Passage(
        PassageId(f"{number:016x}"), document, number, 0, len(text), text, None, None, (), language, "", ((0, len(text)),)
    )


@dataclass
class World:
    """A generation of these passages, with a catalog and an encoder that knows the vectors of some questions."""

    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    questions: dict[str, NDArray[np.float32]]
    card: ModelCard

    @property
    def generation(self) -> Any:
        languages = tuple(dict.fromkeys(passage.language for passage in self.passages))
        n = len(self.passages)
        rows = Rows(
            PassageIds(np.arange(n, dtype=np.uint64)),
            (DocumentId(f"{0:016x}"), DocumentId(f"{1:016x}")),
            np.arange(n, dtype=np.int32) % 2,
            languages,
            np.array([languages.index(passage.language) for passage in self.passages], np.int32),
        )
        return SimpleNamespace(
            rows=rows,
            vectors=SimpleNamespace(vectors=lambda wanted: self.vectors[list(wanted)]),
            lexical=FakeLexicalIndex(self.passages),
            sample=np.arange(n, dtype=np.int32),
            reference=self.vectors,
        )

    def passages_known(self, ids: Sequence[PassageId]) -> dict[PassageId, Passage]:
        return {passage.id: passage for passage in self.passages if passage.id in set(ids)}

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.questions[text] for text in texts])

    def ask(self, queries: Sequence[StandingQuery], own: Sequence[int], core: Sequence[int] | None = None) -> dict[str, Any]:
        generation = self.generation
        encoder: Any = SimpleNamespace(card=self.card, encode_questions=self.encode_questions)
        catalog: Any = SimpleNamespace(passages=self.passages_known)
        inside = None if core is None else allowed(generation.rows, core)
        found = answering(queries, encoder, generation, catalog, allowed(generation.rows, own), core=inside)
        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
        return {each.query.name: each for each in found}


def allowed(rows: Rows, wanted: Sequence[int]) -> Allowed:
    return Allowed.of(rows, np.isin(np.arange(len(rows)), list(wanted)))


def unit(values: Any) -> NDArray[np.float32]:
    vectors = np.asarray(values, np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def a_world(
    seed: int, texts: Sequence[str], languages: Sequence[str] = (), n_queries: int = 3
) -> tuple[World, list[StandingQuery]]:
    rng = np.random.default_rng(seed)
    spoken = list(languages) or ["en"] * len(texts)
    passages = [a_passage(number, text, spoken[number]) for number, text in enumerate(texts)]
    names = [f"theme:{number}" for number in range(n_queries)]
    questions = dict(zip(names, unit(rng.standard_normal((n_queries, 8))), strict=True))
    card = ModelCard(f"given-{rng.integers(1 << 60)}", "0", 8, 512, "none")
    return World(passages, unit(rng.standard_normal((len(texts), 8))), questions, card), [
        StandingQuery(name, name, SILENT) for name in names
    ]


def by_meaning(world: World, queries: Sequence[StandingQuery]) -> NDArray[np.float64]:
    """The score of each passage for each query, one language, without words: written out with loops."""
    n, q = len(world.passages), len(queries)
    z = np.zeros((n, q))
    for j, query in enumerate(queries):
        cosines = [float(world.vectors[i] @ world.questions[query.text]) for i in range(n)]
        mean = sum(cosines) / n
        spread = math.sqrt(sum((cosine - mean) ** 2 for cosine in cosines) / n)
        z[:, j] = [(cosine - mean) / spread for cosine in cosines]
    for i, passage in enumerate(world.passages):
        z[i] = (z[i] - sum(z[i]) / q) * math.sqrt(min(1.0, len(passage.text) / FULL_CHARS))
    return z


@given(st.integers(0, 10_000), st.lists(st.integers(1, 2 * FULL_CHARS), min_size=4, max_size=9))
def test_the_score_is_the_mean_of_the_best_three_in_standard_deviations(seed: int, lengths: list[int]) -> None:
    world, queries = a_world(seed, ["x" * length for length in lengths])
    own = list(range(0, len(lengths), 2))
    found = world.ask(queries, own)
    expected = by_meaning(world, queries)[own]

    for j, query in enumerate(queries):
        best = sorted(expected[:, j], reverse=True)[:BEST]
        assert found[query.name].score == pytest.approx(sum(best) / len(best), abs=1e-4)
        passage, score = found[query.name].best[0]
        assert score == pytest.approx(max(expected[:, j]), abs=1e-4)
        assert passage in [world.passages[i] for i in own]


def test_the_core_counts_twice() -> None:
    world, queries = a_world(3, [LONG] * 6)
    together, core = world.ask(queries, range(6)), world.ask(queries, [1, 4])
    both = world.ask(queries, range(6), core=[1, 4])

    for name, each in both.items():
        assert each.score == pytest.approx((together[name].score + core[name].score) / 2)
    assert {name: each.score for name, each in world.ask(queries, range(6), core=[]).items()} == {
        name: each.score for name, each in together.items()
    }


@given(st.integers(0, 10_000), st.permutations(range(3)))
def test_neither_the_order_of_the_queries_nor_what_else_is_there_changes_a_score(seed: int, order: list[int]) -> None:
    """Passages outside the group count as the collection only: which of them belong to whom does not matter."""
    world, queries = a_world(seed, [LONG, "short", LONG, LONG, LONG])
    before = world.ask(queries, [0, 1, 2])
    after = world.ask([queries[at] for at in order], [2, 0, 1])

    assert {name: each.score for name, each in after.items()} == pytest.approx({name: each.score for name, each in before.items()})


def test_a_short_passage_counts_by_the_root_of_its_length() -> None:
    world, queries = a_world(5, [LONG, LONG, LONG, LONG])
    full = world.ask(queries, [0])
    quarter = replace(world, passages=[a_passage(0, "x" * (FULL_CHARS // 4)), *world.passages[1:]])

    for name, each in quarter.ask(queries, [0]).items():
        assert each.score == pytest.approx(full[name].score / 2)


def test_words_add_their_share_of_a_full_match_and_several_of_a_language_their_mean() -> None:
    texts = [f"bees and honey {LONG}", LONG, LONG, LONG]
    world, queries = a_world(6, texts)
    silent = world.ask(queries, [0])
    words = (("en", "bees"), ("en", "bees honey hives wax"))  # of the first all, of the second two in four
    heard = world.ask([replace(queries[0], words=words), *queries[1:]], [0])

    assert heard["theme:0"].score - silent["theme:0"].score == pytest.approx(WORDS_WEIGHT * (1.0 + 0.5) / 2)
    assert heard["theme:1"].score == pytest.approx(silent["theme:1"].score)


def test_each_language_is_asked_in_its_own_words_and_one_without_by_roots() -> None:
    texts = [f"les abeilles {LONG}", f"bees {LONG}", f"le api bees {LONG}", LONG]
    world, queries = a_world(7, texts, ["fr", "en", "it", "it"])
    words = (("en", "bees"), ("fr", "abeilles"))
    silent = [world.ask(queries, [row])["theme:0"].score for row in range(3)]
    heard = [world.ask([replace(queries[0], words=words), *queries[1:]], [row])["theme:0"].score for row in range(3)]

    added = [after - before for before, after in zip(silent, heard, strict=True)]
    assert added == pytest.approx([WORDS_WEIGHT, WORDS_WEIGHT, ABROAD_WEIGHT])


def test_each_language_has_a_scale_of_its_own() -> None:
    """What is common in French is no distinction of a French passage; the small sample leans on the whole one."""
    n_fr, n_en = 6, 30
    toward = unit([[1.0, 0.0]] * n_fr + [[0.0, 1.0]] * n_en)
    toward[0] = unit([0.8, 0.6])
    spoken = ["fr"] * n_fr + ["en"] * n_en
    passages = [a_passage(number, LONG, spoken[number]) for number in range(len(spoken))]
    questions = {"theme:0": unit([1.0, 0.0]), "theme:1": unit([0.0, 1.0])}
    world = World(passages, toward, questions, ModelCard("scales", "0", 2, 512, "none"))
    queries = [StandingQuery(name, name, SILENT) for name in questions]
    cosine = np.array([[1.0, 0.0]] * n_fr + [[0.0, 1.0]] * n_en)
    cosine[0] = (0.8, 0.6)

    def z(row: int, query: int) -> float:
        own, whole = cosine[:n_fr, query], cosine[:, query]
        share = n_fr / (n_fr + PRIOR)
        mean = share * own.mean() + (1 - share) * whole.mean()
        return float((cosine[row, query] - mean) / (share * own.std() + (1 - share) * whole.std()))

    expected = z(1, 0) - (z(1, 0) + z(1, 1)) / 2
    assert world.ask(queries, [1])["theme:0"].score == pytest.approx(expected, abs=1e-5)


def test_a_second_passage_is_told_only_if_it_has_half_of_the_first_ones_score() -> None:
    texts = [f"bees {LONG}", LONG, LONG, LONG]
    world, queries = a_world(8, texts)
    best = world.ask([replace(queries[0], words=(("en", "bees"),)), *queries[1:]], [0, 1, 2])["theme:0"].best

    assert best[0][0] == world.passages[0]
    assert all(score * 2 >= best[0][1] for _, score in best)
    assert len(best) == 1


def test_nothing_is_answered_without_passages_or_queries() -> None:
    world, queries = a_world(9, [LONG] * 4)

    assert world.ask(queries, []) == {}
    assert world.ask([], [0, 1]) == {}


def test_a_passage_that_is_gone_asks_for_the_newer_generation() -> None:
    world, queries = a_world(10, [LONG] * 4)
    generation = world.generation
    encoder: Any = SimpleNamespace(card=world.card, encode_questions=world.encode_questions)
    empty: Any = SimpleNamespace(passages=lambda _ids: {})

    with pytest.raises(StaleGenerationError):
        answering(queries, encoder, generation, empty, allowed(generation.rows, [0]))


def test_the_vectors_of_a_list_are_made_once_for_each_model() -> None:
    asked: list[str] = []

    class Counting(FakeEncoder):
        def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.extend(texts)
            return super().encode_questions(texts)

    queries = (StandingQuery("theme:once", "asked once", SILENT),)
    first, other = Counting(), Counting()
    other.card = replace(other.card, revision="another")

    assert np.array_equal(encoded(queries, first), encoded(queries, first))
    encoded(queries, other)
    assert asked == ["asked once", "asked once"]
