"""Matching of needs and offers in seven languages: how high what answers a need stands; beside words alone, and meaning alone.

Needs, offers and judgements were made up for this (tests/data/match_judgements.yaml) and judged before anything was ranked.

``python benchmarks/matching.py`` measures this alone.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from folders import ROOT, settings_in

from kb import open_kb
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matching, needs, offers
from kb.services.permission import LOCAL_MEMBER, Member, Role

JUDGED = ROOT / "tests" / "data" / "match_judgements.yaml"
DEPTH = 5
K1, B = 1.2, 0.75  # of BM25, as Lucene sets them
Ranker = Callable[[str], Sequence[str]]  # a need → offers, best first
Told = Mapping[str, Mapping[str, Any]]


def matching_quality() -> dict[str, Any]:
    """nDCG@5 and recall@5 of what is shown, of meaning without rules, and of words; and milliseconds for a need's candidates."""
    told = judged()
    with tempfile.TemporaryDirectory() as place:
        kb = posted(open_kb(settings_in(Path(place))), told)
        kb.warm()
        first, again = (seconds_a_need(by_rules(kb, told), told) for _ in range(2))
        bare = posted(open_kb(settings_in(Path(place) / "bare")), without_themes(told))
        rankers: dict[str, Ranker] = {
            "meaning and rules": by_rules(kb, told),
            "meaning and rules, no theme named": by_rules(bare, told),  # whoever judges may think in the same themes
            "meaning alone": by_meaning(kb, told),
            "words alone (BM25)": by_words(told),
        }
        found = {name: measured(ranker, told) for name, ranker in rankers.items()}
    languages = sorted({each["language"] for kind in ("needs", "offers") for each in told[kind].values()})
    return {
        "needs": len(told["needs"]), "offers": len(told["offers"]), "languages": languages, "quality": found,
        "first_ms": round(1000 * first, 1), "again_ms": round(1000 * again, 1),
    }  # fmt: skip


def seconds_a_need(ranker: Ranker, told: Told) -> float:
    """Mean over the needs; the first time, every text is encoded."""
    began = time.perf_counter()
    for name in told["needs"]:
        ranker(name)
    return (time.perf_counter() - began) / len(told["needs"])


def without_themes(told: Told) -> Told:
    """The same needs and offers, of which none names its theme."""
    return {kind: {name: {**said, "theme": ""} for name, said in told[kind].items()} for kind in ("needs", "offers")}


def judged() -> Told:
    """The file."""
    found: Told = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    return found


def posted(kb: KnowledgeBase, told: Told) -> KnowledgeBase:
    """With a member for each need and offer, all of whom read English, and everything posted under their names."""
    for kind, post in (("needs", needs.post), ("offers", offers.post)):
        for name, said in told[kind].items():
            members.add(
                kb, name, organisation=f"House of {name}", country=said["country"], roles=[], languages=["en"], actor=LOCAL_MEMBER
            )
            fields = {each: value for each, value in said.items() if each != "country"}
            post(kb, **fields, actor=Member(name, frozenset({Role.MEMBER}), f"House of {name}", said["country"]))
    return kb


def by_rules(kb: KnowledgeBase, told: Told) -> Ranker:
    """As the page shows them."""
    ids = {each.posted.by.name: each.id for each in needs.needs(kb, actor=LOCAL_MEMBER)}
    n = len(told["offers"])
    return lambda name: [
        each.offer.posted.by.name for each in matching.candidates(kb, ids[name], actor=LOCAL_MEMBER, k=n).candidates
    ]


def by_meaning(kb: KnowledgeBase, told: Told) -> Ranker:
    """The cosine alone."""
    encoder, names = kb.encoder(), list(told["offers"])
    given = encoder.encode_passages([words_of(told["offers"][name]) for name in names])

    def ranked(name: str) -> list[str]:
        scores = given @ encoder.encode_question(words_of(told["needs"][name]))
        return [names[at] for at in np.argsort(-scores, kind="stable")]

    return ranked


def by_words(told: Told) -> Ranker:
    """BM25 of words in lower case: Robertson, Zaragoza (2009), doi:10.1561/1500000019."""
    texts = {name: Counter(tokens(words_of(said))) for name, said in told["offers"].items()}
    mean = sum(map(sum, (each.values() for each in texts.values()))) / len(texts)
    in_texts = Counter(word for each in texts.values() for word in each)

    def score(asked: Sequence[str], text: Counter[str]) -> float:
        length = K1 * (1 - B + B * text.total() / mean)
        rare = {word: math.log(1 + (len(texts) - in_texts[word] + 0.5) / (in_texts[word] + 0.5)) for word in asked}
        return sum(rare[word] * text[word] * (K1 + 1) / (text[word] + length) for word in asked)

    return lambda name: sorted(texts, key=lambda each: -score(tokens(words_of(told["needs"][name])), texts[each]))


def tokens(text: str) -> list[str]:
    """Words, in lower case."""
    return re.findall(r"\w+", text.casefold())


def words_of(said: Mapping[str, Any]) -> str:
    """As the service compares them."""
    return f"{said['title']}. {said['text']}"


def measured(ranker: Ranker, told: Told) -> dict[str, float]:
    """Means over the needs. nDCG with gains 2 and 1 and discounts of log2, as Järvelin and Kekäläinen (2002)."""
    ndcg, recall = [], []
    for need, grades in told["judged"].items():
        best = list(ranker(need))[:DEPTH]
        ideal = sorted(grades.values(), reverse=True)[:DEPTH]
        ndcg.append(gain([grades.get(each, 0) for each in best]) / gain(ideal))
        recall.append(len(set(best) & set(grades)) / len(grades))
    return {f"ndcg@{DEPTH}": round(float(np.mean(ndcg)), 3), f"recall@{DEPTH}": round(float(np.mean(recall)), 3)}


def gain(grades: Sequence[int]) -> float:
    """Discounted, summed."""
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, 1))


if __name__ == "__main__":
    json.dump(matching_quality(), sys.stdout, indent=2)
    print()
