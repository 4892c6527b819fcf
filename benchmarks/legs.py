"""Both legs and the hybrid on every judged set and every pair of languages, and what was promised of them."""

from __future__ import annotations

import itertools
import statistics
from pathlib import Path
from typing import Any

import judged
from shelf import LANGUAGES, Shelf

from kb.bootstrap import open_measures, read_golden
from kb.retrieval.answer import MAX_HITS, Legs
from kb.retrieval.evaluation import means
from kb.services.evaluating import evaluate
from kb.services.permission import LOCAL_MEMBER

DIGITS = 4


def on_english_sets(shelf: Shelf) -> dict[str, Any]:
    """Set → leg → measures."""
    found = {}
    for name in shelf.english:
        one, base = shelf.of(name)
        found[name] = {leg.value: judged.measure(judged.run(base, one, MAX_HITS, legs=leg, page=False)[0], one) for leg in Legs}
    return found


def on_pairs(shelf: Shelf) -> dict[str, Any]:
    """``de→en`` → leg → measures of the first ten, for all sixteen pairs of XQuAD."""
    found = {}
    for told, asked in itertools.product(LANGUAGES, LANGUAGES) if shelf.has_xquad else ():
        one, base = shelf.of_pair(asked, told)
        found[one.name] = {leg.value: judged.measure(judged.run(base, one, 10, legs=leg, page=False)[0], one) for leg in Legs}
    return found


def on_mixed_languages(shelf: Shelf) -> dict[str, Any]:
    """Leg → accuracy@1 where the answer is in the question's language, and where it is in another."""
    if not shelf.has_xquad:
        return {}
    halves, base = shelf.of_mixed()
    found: dict[str, Any] = {}
    for leg in Legs:
        for place, name in enumerate(("own language", "other language")):
            each = [judged.run(base, half[place], 10, legs=leg, page=False)[0] for half in halves]
            values = [judged.measure(ranked, half[place])["accuracy@1"] for ranked, half in zip(each, halves, strict=True)]
            found.setdefault(leg.value, {})[name] = round(statistics.fmean(values), DIGITS)
    return found


def on_golden(shelf: Shelf, questions: Path) -> dict[str, Any]:
    """Leg → measures, for the questions of the sample corpus; what is ranked is passages."""
    found = evaluate(shelf.golden(), read_golden(questions), actor=LOCAL_MEMBER, measures=open_measures())
    told = {leg.value: {name: round(value, DIGITS) for name, value in means(found.questions, leg).items()} for leg in Legs}
    return {"questions": len(found.questions), **told}
