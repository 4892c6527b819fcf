"""A transferability framework as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.peers.narrative import UNKNOWN, Text
from kb.peers.transfer.framework import Criterion, Framework

Best = Callable[[Text], str]


def lines(framework: Framework, language: str) -> Iterator[str]:
    """What it is for, what it asks on each side, and where that is from."""

    def best(text: Text) -> str:
        return text.best(language, framework.language)[1]

    yield best(framework.title)
    yield best(framework.purpose)
    yield ""
    key = f"what a practice rests on counts {framework.key_weight:g} times"
    apart = f"assessors {framework.apart} apart, or on opposite sides of 0, talk"
    yield f"{framework.framework} · version {framework.version} · about {framework.minutes} minutes · {key} · {apart}"
    weights = framework.weights_set
    yield f"weights set by {weights.by}, {weights.on}: {best(weights.why)}"
    for side in framework.sides:
        yield ""
        yield f"{best(side.title)} [{side.side}]"
        for criterion in side.criteria:
            yield from _criterion(criterion, best)
    yield ""
    yield "Sources"
    for name, source in framework.sources.items():
        parts = [source.title, source.organisation, source.date, source.address, source.document or UNKNOWN]
        yield f"  - [@{name}] " + ", ".join(part for part in parts if part != UNKNOWN)


def _criterion(criterion: Criterion, best: Best) -> Iterator[str]:
    yield f"  {best(criterion.title)} [{criterion.name}]"
    yield f"    {best(criterion.question)}"
    yield from (f"    {f'{value:+d}' if value else '0'}: {best(words)}" for value, words in criterion.anchors.items())
    for where, query in (("of the practice", criterion.source_query), ("of the target", criterion.target_query)):
        if query:
            yield f"    asked {where}: {best(query)}"
    if criterion.fields:
        yield f"    in the sheet: {', '.join(criterion.fields)}"
    if criterion.groups:
        yield f"    in the profiles: {', '.join(criterion.groups)}"
    if criterion.condition_tag:
        yield f"    a practice tagged {criterion.condition_tag} rests on it"
    yield "    traced to: " + "; ".join(f"{each.term} [@{each.source}]" for each in criterion.traced_to)
