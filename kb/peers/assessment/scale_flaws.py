"""What is wrong with the numbers of a rubric: its scale, and what has to lie on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from kb.peers.assessment.rubric_parts import Scale
from kb.peers.assessment.rubric_values import MAX_LEVELS
from kb.peers.flaws_in_fields import Flaw
from kb.peers.parts import number
from kb.peers.raw_values import Place, listed, mapped

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class _Found:
    """A number of the rubric, and whether it must be a level of the scale or may lie between two."""

    place: Place
    value: float
    is_level: bool = False


def on_the_scale(raw: Raw) -> Iterator[Flaw]:
    """Faults of the scale; where there is none, of all that has to lie on it. A value that is no number is told elsewhere."""
    scale = mapped(raw.get("scale"))
    lowest, highest, step = (_number(scale.get(key)) for key in ("lowest", "highest", "step"))
    yield from _rising(raw)
    if lowest is None or highest is None or step is None or step <= 0:
        return
    if fault := _fault_of_scale(lowest, highest, step):
        yield Flaw(("scale",), fault)
        return
    said = Scale(lowest=lowest, highest=highest, step=step)
    in_words = f"the scale goes from {lowest:g} to {highest:g}"
    for found in (*_anchors(raw), *_thresholds(raw)):
        if not lowest <= found.value <= highest:
            yield Flaw(found.place, f"{found.value:g} is off the scale; {in_words}")
        elif found.is_level and not said.has(found.value):
            yield Flaw(found.place, f"{found.value:g} is no level of the scale; {in_words} in steps of {step:g}")
    spread = _number(raw.get("spread"))
    if spread is not None and spread > highest - lowest:
        yield Flaw(("spread",), f"is {spread:g}; reviewers can be {highest - lowest:g} apart at most")
    yield from _without_ends(raw, said)


def _number(value: object) -> float | None:
    try:
        return None if value is None else float(number(value))
    except PydanticCustomError:
        return None


def _fault_of_scale(lowest: float, highest: float, step: float) -> str:
    if lowest >= highest:
        return f"goes from {lowest:g} to {highest:g}; the highest score has to be above the lowest"
    n_steps = (highest - lowest) / step
    if abs(n_steps - round(n_steps)) > 1e-6:  # 0.1 is no sum of halves, quarters, …: thirty tenths are not quite three
        return f"steps of {step:g} do not lead from {lowest:g} to {highest:g}"
    if n_steps >= MAX_LEVELS:
        return f"has {round(n_steps) + 1} levels; at most {MAX_LEVELS} are taken"
    return ""


def _criteria(raw: Raw) -> Iterator[tuple[Place, Raw]]:
    for at, tier in enumerate(listed(raw.get("tiers"))):
        for index, criterion in enumerate(listed(mapped(tier).get("criteria"))):
            yield ("tiers", at, "criteria", index), mapped(criterion)


def _anchors(raw: Raw) -> Iterator[_Found]:
    for place, criterion in _criteria(raw):
        for level in mapped(criterion.get("anchors")):
            if (value := _number(level)) is not None:
                yield _Found((*place, "anchors", level), value, is_level=True)


def _thresholds(raw: Raw) -> Iterator[_Found]:
    places: list[tuple[Place, object]] = []
    for index, label in enumerate(map(mapped, listed(raw.get("labels")))):
        places.append((("labels", index, "each"), label.get("each")))
        places += [(("labels", index, "tiers", tier), mean) for tier, mean in mapped(label.get("tiers")).items()]
    for index, step in enumerate(map(mapped, listed(mapped(raw.get("stages")).get("steps")))):
        places += [(("stages", "steps", index, key), step.get(key)) for key in ("impact", "evidence")]
    for place, given in places:
        if (value := _number(given)) is not None:
            yield _Found(place, value)


def _without_ends(raw: Raw, scale: Scale) -> Iterator[Flaw]:
    """Criteria that do not say what the lowest and the highest score mean, or say it twice."""
    for place, criterion in _criteria(raw):
        if not (anchors := mapped(criterion.get("anchors"))):
            continue
        values = [_number(level) for level in anchors]
        missing = [
            f"{end:g}, the {name} score"
            for end, name in ((scale.lowest, "lowest"), (scale.highest, "highest"))
            if end not in values
        ]
        if missing:
            yield Flaw((*place, "anchors"), f"say nothing of {' and of '.join(missing)}")
        for at, level in enumerate(anchors):
            if values[at] is not None and values[at] in values[:at]:
                yield Flaw((*place, "anchors", level), f"{values[at]:g} is there twice")


def _rising(raw: Raw) -> Iterator[Flaw]:
    """Stages come from the lowest to the highest: the last whose conditions hold is given."""
    before: tuple[float, float] | None = None
    for index, step in enumerate(map(mapped, listed(mapped(raw.get("stages")).get("steps")))):
        impact, evidence = _number(step.get("impact")), _number(step.get("evidence"))
        if impact is None or evidence is None:
            continue
        if before and (impact < before[0] or evidence < before[1] or (impact, evidence) == before):
            yield Flaw(("stages", "steps", index), "does not ask more than the step before it; steps rise")
        before = impact, evidence
