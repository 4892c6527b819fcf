"""What is wrong with a rubric, all of it at once: each fault with its place, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.scale_flaws import on_the_scale
from kb.peers.flaws_between import Surroundings, around_it
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.flaws_in_names import named, repeated, uncited, unknown
from kb.peers.names import is_name
from kb.peers.practice import PracticeSheet
from kb.peers.raw_values import Place, listed, mapped, worded

Raw = Mapping[str, Any]
_RUBRIC = Form(Rubric)


def read(raw: object, name: str, around: Surroundings) -> tuple[Rubric | None, tuple[Flaw, ...]]:
    """Make a rubric of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.

    Returns:
        The rubric, ``None`` if there is any fault within it, and all faults by place. A document that is not there does not keep it
        from being read.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    rubric, found = None, blanks(raw, _RUBRIC)
    try:
        rubric = Rubric.of(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), _RUBRIC, tuple(found)))
    found += within(raw, name)
    return None if found else rubric, in_order([*found, *around_it(raw, around)])


def within(raw: Raw, name: str) -> Iterator[Flaw]:
    """What does not fit between the values of a rubric."""
    said = worded(raw.get("rubric"))
    if is_name(said) and said != name:
        yield Flaw(("rubric",), f"is “{said[:60]}” in a file called {name}.yaml; wanted is the same name")
    yield from _twice(raw)
    yield from _not_there(raw)
    yield from uncited(raw)
    yield from _of_labels(raw)
    yield from on_the_scale(raw)


def asked(raw: Raw) -> Iterator[tuple[Place, str, Raw]]:
    """Place, key of the name, and values of every gate and criterion."""
    for index, gate in enumerate(listed(raw.get("gates"))):
        yield ("gates", index), "gate", mapped(gate)
    for at, tier in enumerate(listed(raw.get("tiers"))):
        for index, criterion in enumerate(listed(mapped(tier).get("criteria"))):
            yield ("tiers", at, "criteria", index), "criterion", mapped(criterion)


def _twice(raw: Raw) -> Iterator[Flaw]:
    """Names that stand for two things. A review names gates and criteria alike, so they share their names."""
    yield from repeated([((*place, key), worded(each.get(key))) for place, key, each in asked(raw)])
    for where, key in (("tiers", "tier"), ("labels", "label")):
        yield from repeated([((where, index, key), name) for index, name in named(raw.get(where), key)])
    steps = named(mapped(raw.get("stages")).get("steps"), "stage")
    yield from repeated([(("stages", "steps", index, "stage"), name) for index, name in steps])
    labels = [name for _, name in named(raw.get("labels"), "label")]
    for label in mapped(raw.get("titles")):
        if label in labels:
            yield Flaw(("titles", label), f"“{label[:60]}” has a title among the labels already")


def _not_there(raw: Raw) -> Iterator[Flaw]:
    """Names of what the rubric does not have."""
    tiers = [name for _, name in named(raw.get("tiers"), "tier") if name]
    criteria = [name for _, key, each in asked(raw) if key == "criterion" and (name := worded(each.get(key)))]
    sources = list(mapped(raw.get("sources")))
    labels = [name for _, name in named(raw.get("labels"), "label") if name]
    labels += mapped(raw.get("titles")) if labels else ()
    for place, _, each in asked(raw):
        yield from unknown([((*place, "source"), worded(each.get("source")))], sources, "source")
        fields = [((*place, "fields", index), worded(field)) for index, field in enumerate(listed(each.get("fields")))]
        yield from unknown(fields, PracticeSheet.model_fields, "field of a practice sheet")
    for index, label in enumerate(listed(raw.get("labels"))):
        means = [(("labels", index, "tiers", tier), tier) for tier in mapped(mapped(label).get("tiers"))]
        whole = [(("labels", index, "scored", at), worded(tier)) for at, tier in enumerate(listed(mapped(label).get("scored")))]
        yield from unknown([*means, *whole], tiers, "tier")
    stages = mapped(raw.get("stages"))
    impact = [(("stages", "impact", index), worded(name)) for index, name in enumerate(listed(stages.get("impact")))]
    yield from unknown([*impact, (("stages", "evidence"), worded(stages.get("evidence")))], criteria, "criterion")
    verdicts: list[tuple[Place, str]] = [
        (("gate_labels", verdict), worded(label)) for verdict, label in mapped(raw.get("gate_labels")).items()
    ]
    yield from unknown(verdicts, labels, "label and has no title under titles")


CONDITIONS = ("each", "tiers", "coverage", "scored")


def _of_labels(raw: Raw) -> Iterator[Flaw]:
    """Only the last label is for all; it praises nobody, and neither does one that a gate gives."""
    labels = [mapped(label) for label in listed(raw.get("labels"))]
    positive = [worded(label.get("label")) for label in labels if worded(label.get("is_positive")) == "true"]
    for index, label in enumerate(labels):
        is_for_all = not any(label.get(key) for key in CONDITIONS)
        is_last = index == len(labels) - 1
        if is_last and not is_for_all:
            yield Flaw(("labels", index), "has a condition; the last label is for all whom no other fits, so it has none")
        if is_for_all and not is_last:
            yield Flaw(("labels", index), "has no condition, so that no label after it is ever given; only the last one may be so")
        if is_for_all and is_last and worded(label.get("is_positive")) == "true":
            yield Flaw(
                ("labels", index, "is_positive"), "is true for a label that has no condition: every practice would be praised"
            )
    if listed(raw.get("gates")) and "gate_labels" not in raw:
        yield Flaw((), "has no “gate_labels”; with gates, say which label “no” and “unclear” give")
    for verdict, name in mapped(raw.get("gate_labels")).items():
        if worded(name) and worded(name) in positive:
            yield Flaw(("gate_labels", verdict), f"“{worded(name)[:60]}” is a positive label; a gate that is not passed gives none")
