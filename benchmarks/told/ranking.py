"""How good the answers are: each leg and the hybrid, on every judged set and pair of languages, and what each part brings."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from told.lines import Check, Results, table, title, when

SINGLE = ("lexical", "dense")
LEGS = (*SINGLE, "hybrid")
SLACK = 0.005  # that the hybrid may lie under the better leg


def checks(results: Results) -> Iterator[Check]:
    yield from _sets_held(results)
    yield from _pairs_held(results)


def tables(results: Results) -> list[str]:
    """Without the ablation, which comes last of all."""
    return [*_sets(results), *_pairs(results), *_golden(results)]


def _sets_held(results: Results) -> Iterator[Check]:
    sets = results.get("legs", {}).get("english", {})
    for name, legs in sets.items():
        yield _hybrid(f"{title(name)}: hybrid nDCG@10, and the better leg's", legs, "ndcg@10")
    if "cranfield" in sets:
        value = sets["cranfield"]["hybrid"]["ndcg@10"]
        yield Check("Cranfield, hybrid nDCG@10", f"{value:.3f}", "≥ 0.43", value >= 0.43)
    if english := results.get("legs", {}).get("pairs", {}).get("en→en"):
        together = [*sets.values(), english]
        mean = {leg: statistics.fmean(one[leg]["ndcg@10"] for one in together) for leg in LEGS}
        lead = mean["hybrid"] / max(mean[leg] for leg in SINGLE) - 1
        told = f"{mean['hybrid']:.4f}; lexical {mean['lexical']:.4f}, dense {mean['dense']:.4f}: {lead:+.1%}"
        yield Check(f"Mean nDCG@10 of {len(together)} English sets, hybrid", told, "≥ 5 % above the better leg's", lead >= 0.05)


def _pairs_held(results: Results) -> Iterator[Check]:
    pairs = results.get("legs", {}).get("pairs", {})
    if not pairs:
        return
    each = {name: _hybrid(name, legs, "accuracy@1") for name, legs in pairs.items()}
    held = sum(bool(check.holds) for check in each.values())
    lead = {name: _lead(legs, "accuracy@1") for name, legs in pairs.items()}
    worst = min(lead, key=lambda name: lead[name])
    yield Check(
        "XQuAD pairs where the hybrid's accuracy@1 is at least the better leg's less 0.005",
        f"{held} of {len(each)}; the least, {worst}: {lead[worst]:+.3f}",
        "all",
        held == len(each),
    )
    across = {name: pairs[name]["hybrid"]["accuracy@1"] for name in ("de→en", "es→en", "ro→en")}
    mean = statistics.fmean(across.values())
    told = ", ".join(f"{name} {value:.3f}" for name, value in across.items())
    yield Check("XQuAD in other languages on English, hybrid accuracy@1", f"{mean:.3f} ({told})", "≥ 0.86", mean >= 0.86)
    value = pairs["en→en"]["hybrid"]["accuracy@1"]
    yield Check("XQuAD en→en, hybrid accuracy@1", f"{value:.3f}", "≥ 0.96", value >= 0.96)


def _lead(legs: dict[str, Any], measure: str) -> float:
    return float(legs["hybrid"][measure] - max(legs[leg][measure] for leg in SINGLE))


def _hybrid(what: str, legs: dict[str, Any], measure: str) -> Check:
    best = max(legs[leg][measure] for leg in SINGLE)
    return Check(what, f"{legs['hybrid'][measure]:.3f} and {best:.3f}", "≥ − 0.005", _lead(legs, measure) >= -SLACK)


def _sets(results: Results) -> list[str]:
    legs = results.get("legs")
    if not legs:
        return []
    sets = dict(legs["english"])
    if english := legs["pairs"].get("en→en"):
        sets["xquad en"] = english
    rows = [[title(name), *(f"{one[leg]['ndcg@10']:.4f}" for leg in LEGS)] for name, one in sets.items()]
    mixed = legs.get("mixed", {})
    for place in ("own language", "other language") if mixed else ():
        name = f"XQuAD, paragraphs in four languages mixed, answer in the question's {place} (accuracy@1)"
        rows.append([name.replace("the question's other", "another"), *(f"{mixed[leg][place]:.4f}" for leg in LEGS)])
    return ["## The legs", "nDCG@10, where nothing else is said.", table(["set", *LEGS], rows)]


def _pairs(results: Results) -> list[str]:
    pairs = results.get("legs", {}).get("pairs", {})
    if not pairs:
        return []
    rows = [[name, *(f"{one[leg]['accuracy@1']:.3f}" for leg in LEGS)] for name, one in pairs.items()]
    return ["XQuAD, accuracy@1, language of the question → language of the paragraphs.", table(["pair", *LEGS], rows)]


def _golden(results: Results) -> list[str]:
    one = results.get("legs", {}).get("golden")
    if not one:
        return []
    measures = ("ndcg@10", "recall@10", "recall@100", "accuracy@1", "mrr")
    rows = [[leg, *(f"{one[leg][name]:.3f}" for name in measures)] for leg in LEGS]
    return [f"The {one['questions']} questions of `corpus/questions`, ranked passages.", table(["leg", *measures], rows)]


def ablation(results: Results) -> list[str]:
    found = results.get("ablation")
    if not found:
        return []
    sets = list(next(iter(found.values())))
    rows = [[name, *(f"{one[each]:.3f}" for each in sets)] for name, one in found.items()]
    said = (
        f"nDCG@10 for the sets, accuracy@1 for XQuAD (every third question){when(results, 'ablation')}. "
        "Each line changes one thing; nothing is embedded again."
    )
    return ["## What each part brings", said, table(["hybrid", *(title(name) for name in sets)], rows)]
