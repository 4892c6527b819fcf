"""A rubric as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.peers.assessment.rubric import Asked, Criterion, LabelRule, Rubric
from kb.peers.narrative import UNKNOWN, Text

Best = Callable[[Text], str]


def lines(rubric: Rubric, language: str) -> Iterator[str]:
    """What it is for, what it asks, which labels it gives, and where it is from."""

    def best(text: Text) -> str:
        return text.best(language, rubric.language)[1]

    yield best(rubric.title)
    yield best(rubric.purpose)
    yield ""
    scale = f"scores {rubric.scale.lowest:g}–{rubric.scale.highest:g} in steps of {rubric.scale.step:g}"
    apart = f"reviewers {rubric.spread:g} apart talk"
    looked = f"looked at again after {rubric.review_after_months} months"
    yield f"{rubric.rubric} · version {rubric.version} · about {rubric.minutes} minutes · {scale} · {apart} · {looked}"
    weights = rubric.weights_set
    yield f"weights set by {weights.by}, {weights.on}: {best(weights.why)}"
    if rubric.gates:
        yield from _section("Gates", [])
        for gate in rubric.gates:
            yield from _asked(gate, best)
    for tier in rubric.tiers:
        yield from _section(f"{best(tier.title)} [{tier.tier}]", [])
        for criterion in tier.criteria:
            yield from _criterion(criterion, best)
    yield from _section("Labels, best first", [f"{best(rule.title)} [{rule.label}]: {_conditions(rule)}" for rule in rubric.labels])
    if gates := rubric.gate_labels:
        told = [("no", gates.no), ("unclear", gates.unclear)]
        yield from _section("A gate answered", [f"{verdict}: {best(rubric.title_of(label))} [{label}]" for verdict, label in told])
    yield from _stages(rubric, best)
    yield from _section("Sources", list(_sources(rubric)))


def _asked(asked: Asked, best: Best) -> Iterator[str]:
    yield f"  {best(asked.title)} [{asked.name}] [@{asked.source}]"
    yield f"    {best(asked.question)}"
    yield f"    searched: {best(asked.standing)}"
    if asked.fields:
        yield f"    in the sheet: {', '.join(asked.fields)}"


def _criterion(criterion: Criterion, best: Best) -> Iterator[str]:
    yield from _asked(criterion, best)
    yield from (f"    {level:g}: {best(words)}" for level, words in criterion.anchors.items())
    yield f"    weight {criterion.weight:g}"


def _conditions(rule: LabelRule) -> str:
    said = [] if rule.each is None else [f"each score at least {rule.each:g}"]
    said += [f"mean of {tier} at least {mean:g}" for tier, mean in rule.tiers.items()]
    said += [] if rule.coverage is None else [f"at least {rule.coverage:.0%} of the criteria scored"]
    said += [f"all of {tier} scored" for tier in rule.scored]
    return "; ".join(said) or "all others"


def _stages(rubric: Rubric, best: Best) -> Iterator[str]:
    if not rubric.stages:
        return
    stages = rubric.stages
    yield from _section("Stages of evidence", [f"impact: mean of {', '.join(stages.impact)}", f"evidence: {stages.evidence}"])
    for step in stages.steps:
        title = f"{best(step.title)} [{step.stage}]" if step.title else step.stage
        yield f"  - {title}: impact at least {step.impact:g}, evidence at least {step.evidence:g}"


def _section(heading: str, items: list[str]) -> Iterator[str]:
    yield ""
    yield heading
    yield from (f"  - {item}" for item in items)


def _sources(rubric: Rubric) -> Iterator[str]:
    for key, source in rubric.sources.items():
        parts = [source.title, source.organisation, source.date, source.address, source.document or UNKNOWN]
        yield f"[@{key}] " + ", ".join(part for part in parts if part != UNKNOWN)
