"""What is wrong with the indicators, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from kb.peers.contexts.indicators import Indicators, Measure, Scale
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.flaws_in_names import named, repeated
from kb.peers.raw_values import listed, mapped, worded

_INDICATORS = Form(Indicators)


def read(raw: object) -> tuple[Indicators | None, tuple[Flaw, ...]]:
    """Make indicators of plain values, or say everything that keeps them from being any."""
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    indicators, found = None, blanks(raw, _INDICATORS)
    try:
        indicators = Indicators.of(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), _INDICATORS, tuple(found)))
    found += _between(raw)
    return None if found else indicators, in_order(found)


def _between(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """Names that stand for two things; units, choices and scales where they do not belong, or lack where they do."""
    yield from repeated([(("indicators", index, "indicator"), name) for index, name in named(raw.get("indicators"), "indicator")])
    for index, given in enumerate(listed(raw.get("indicators"))):
        each, place = mapped(given), ("indicators", index)
        measure = worded(each.get("measure"))
        if measure not in list(Measure):
            continue
        if measure == Measure.AMOUNT and "unit" not in each:
            yield Flaw(place, "has no “unit”; an amount is an amount of something")
        if measure != Measure.AMOUNT and worded(each.get("scale")) == Scale.LOG:
            yield Flaw((*place, "scale"), f"is log; of a {measure} it cannot be, only of an amount")
        choices = listed(each.get("choices"))
        if measure == Measure.CHOICE and len(set(map(str, choices))) < 2:
            yield Flaw(place, "has fewer than two “choices”; a choice needs something to choose from")
        if measure != Measure.CHOICE and choices:
            yield Flaw((*place, "choices"), f"are those of a choice; the measure is {measure}")
