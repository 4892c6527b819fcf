"""What each part of the ranking brings: one is switched off or set otherwise, and every set is asked again.

The indexes are built once and nothing is embedded again: what is measured is how a question is asked and its answers ordered.
A variant overrides constants and functions of the ranking for as long as it is asked.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import judged
from judged import JudgedSet
from overriding import Override, overridden
from shelf import LANGUAGES, Shelf

from kb.adapters import lexical_words
from kb.adapters.tantivy_index import TantivyIndex
from kb.bootstrap import open_measures, read_golden
from kb.retrieval import candidates, fuse, words_leg
from kb.retrieval import search as searching_module
from kb.retrieval.answer import Legs
from kb.retrieval.evaluation import means
from kb.retrieval.fuse import Leg, Scale
from kb.retrieval.index import Matches, Scored
from kb.retrieval.rows import Rows
from kb.services.evaluating import evaluate
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER

NTH = 3  # of XQuAD every third question: 397 of a pair
RANK_CONSTANT = 60  # Cormack, Clarke, Büttcher 2009


@dataclass(frozen=True)
class Variant:
    """One way to rank, told by what is otherwise than in the product."""

    name: str
    overrides: tuple[Override, ...] = ()


def everywhere(name: str, value: Any) -> tuple[Override, ...]:
    """A name of the ranking in every module that took it from another."""
    return tuple((module, name, value) for module in (fuse, words_leg, candidates, searching_module) if hasattr(module, name))


def _no_words_abroad(*_: Any, **__: Any) -> Matches:
    return Matches([], 1.0)


def _whole_words_abroad(home: Matches, abroad: Matches, rows: Rows, language: str, k: int, **_: Any) -> words_leg.WordsLeg:
    """Passages of other languages by the words they share with the question as they stand."""
    del abroad, rows, language
    return words_leg.WordsLeg(home.found[:k], {row: bm25 / home.full for row, bm25 in home.found[:k]})


def _reciprocal_ranks(legs: Mapping[int, Leg], scale: Mapping[str, Scale]) -> Scored:
    del scale
    near = sorted(legs, key=lambda row: (-legs[row].similarity, row))
    named = sorted((row for row in legs if legs[row].words > 0), key=lambda row: (-legs[row].words, row))
    score = dict.fromkeys(legs, 0.0)
    for ranking in (near, named):
        for rank, row in enumerate(ranking, start=1):
            score[row] += 1 / (RANK_CONSTANT + rank)
    return sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))


def _halves(legs: Mapping[int, Leg], scale: Mapping[str, Scale]) -> Scored:
    """Both legs stretched to 0…1 over the candidates and added."""
    del scale
    sides = [{row: leg.similarity for row, leg in legs.items()}, {row: leg.words for row, leg in legs.items()}]
    score = dict.fromkeys(legs, 0.0)
    for side in sides:
        low, high = min(side.values()), max(side.values())
        for row, value in side.items():
            score[row] += (value - low) / ((high - low) or 1.0)
    return sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))


def variants() -> list[Variant]:
    """The product first, then what is switched off, then weights and depths."""
    alone = everywhere("FEEDBACK", 0.0)
    return [
        Variant("as it is"),
        Variant("no feedback", alone),
        Variant("one scale for all languages", ((fuse, "PRIOR", 1e12),)),
        Variant("no words across languages", ((TantivyIndex, "search_abroad", _no_words_abroad),)),
        Variant("whole words, not roots, across languages", ((candidates, "join", _whole_words_abroad),)),
        Variant("no roots within languages that write compounds", ((lexical_words, "COMPOUNDING", frozenset()),)),
        Variant("function words count", ((lexical_words, "stop_words", lambda _: frozenset()),)),
        Variant("reciprocal ranks instead of scores", (*alone, *everywhere("fuse", _reciprocal_ranks))),
        Variant("both legs stretched to 0…1, half and half", (*alone, *everywhere("fuse", _halves))),
        *(
            Variant(f"words × {weight}", everywhere("WORDS_WEIGHT", weight))
            for weight in (3.0, 4.0, 4.5, 5.0, 6.0)
            if weight != fuse.WORDS_WEIGHT
        ),
        *(
            Variant(f"words of other languages × {weight}", everywhere("ABROAD_WEIGHT", weight))
            for weight in (2.0, 3.0, 4.0, 5.0)
            if weight != fuse.ABROAD_WEIGHT
        ),
        *(Variant(f"feedback × {weight}", everywhere("FEEDBACK", weight)) for weight in (0.2, 0.4)),
        *(Variant(f"{depth} candidates a leg", everywhere("CANDIDATES", depth)) for depth in (50, 100, 400)),
    ]


Ask = Callable[[], float]


def questions(shelf: Shelf, golden: Path) -> dict[str, Ask]:
    """Name of a figure → asks for it, in the way that holds at that moment."""
    asks: dict[str, Ask] = {}
    for name in shelf.english:
        one, base = shelf.of(name)
        asks[name] = partial(_value, base, one, "ndcg@10")
    if shelf.has_xquad:
        sets = {asked: [shelf.of_pair(asked, "en")] for asked in LANGUAGES}
        across = [pair for asked, pairs in sets.items() if asked != "en" for pair in pairs]
        asks["XQuAD en→en"] = lambda: _values(sets["en"])
        asks["XQuAD de, es, ro→en"] = lambda: _values(across)
        halves, mixed = shelf.of_mixed()
        asks["mixed, own language"] = lambda: _values([(own, mixed) for own, _ in halves])
        asks["mixed, other language"] = lambda: _values([(other, mixed) for _, other in halves])
    asked = read_golden(golden)
    asks["golden"] = lambda: _golden(shelf, asked)
    return asks


def _values(pairs: Sequence[tuple[JudgedSet, KnowledgeBase]]) -> float:
    return statistics.fmean(_value(base, judged.every(one, NTH), "accuracy@1") for one, base in pairs)


def _value(base: KnowledgeBase, one: JudgedSet, measure: str) -> float:
    depth = 10 if measure == "accuracy@1" else judged.DEPTH
    return judged.measure(judged.run(base, one, depth, page=False)[0], one)[measure]


def _golden(shelf: Shelf, asked: Any) -> float:
    found = evaluate(shelf.golden(), asked, actor=LOCAL_MEMBER, measures=open_measures())
    return means(found.questions, Legs.HYBRID)["ndcg@10"]


def study(shelf: Shelf, golden: Path) -> dict[str, Any]:
    """Variant → set → nDCG@10, or accuracy@1 for XQuAD."""
    asks = questions(shelf, golden)
    found: dict[str, Any] = {}
    for variant in variants():
        with overridden(variant.overrides):
            found[variant.name] = {name: round(ask(), 4) for name, ask in asks.items()}
        print(f"  {variant.name}: {found[variant.name]}", flush=True)
    return found
