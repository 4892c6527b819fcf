"""Benchmarks and ladders as plain values for JSON. Names and codes are the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kb.peers.benchmark.reasons import PlacesApart, SharedTags, Size, SizesApart, TextsAlike, Why
from kb.peers.narrative import Text, without_citations

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.benchmark.criteria import CriterionProfile
    from kb.peers.benchmark.reasons import Peer
    from kb.peers.ladder import Ground, Ladder, Step
    from kb.services.assessing.evidence_now import PinNow
    from kb.services.benchmarking.comparing import Column, Comparison, CriterionRow, GateCell, GateRow, ScoreCell
    from kb.services.benchmarking.grid import Grid, Point
    from kb.services.benchmarking.peers import Comparables
    from kb.services.benchmarking.profiling import Profile
    from kb.services.benchmarking.sheet_facts import SheetFacts

Told = Callable[[str, int, "Sequence[PinNow]"], Any]  # how passages are told, of which gate or criterion and which practice


def best(text: Text, language: str) -> str:
    """A text in a language, else in English, else as it was written; without marks of sources."""
    return without_citations(text.best(language, "en")[1])


def comparables(found: Comparables, language: str) -> dict[str, Any]:
    """Peers, the nearest first."""
    return {
        "practice": found.practice,
        "basis": found.basis.value,
        "peers": [_peer(each, language) for each in found.peers],
        "why_none": found.why_none.value if found.why_none else None,
        "others": found.n_others,
        "comparable": found.n_comparable,
        "copies": list(found.copies),
    }


def profile(found: Profile, language: str) -> dict[str, Any]:
    """A practice beside its peers."""
    own = found.assessment
    return {
        "practice": found.practice,
        "title": best(found.title, language) if found.title else None,
        "assessment": own.id if own else None,
        "stale": sorted(found.stale),
        "rubric": _rubric(found.rubric, language),
        "comparables": comparables(found.comparables, language),
        "assessed": [
            {
                "practice": each.peer.practice,
                "assessment": each.assessment,
                "ended_at": each.ended_at_utc,
                "assessors": each.n_assessors,
                "is_demo": each.is_demo,
                "stale": sorted(each.stale),
            }
            for each in found.assessed
        ],
        "not_assessed": [each.practice for each in found.not_assessed],
        "criteria": [_criterion(each) for each in found.criteria],
        "strengths": [asdict(each) for each in found.strengths],
        "gaps": [asdict(each) for each in found.gaps],
        "choices": [asdict(each) for each in found.choices],
        "is_demo": found.is_demo,
        "left_out": list(found.left_out),
    }


def grid(found: Grid, language: str) -> dict[str, Any]:
    """Points by name, and those without one."""
    return {
        "rubric": _rubric(found.rubric, language),
        "points": [_point(each, language) for each in found.points],
        "without": [
            {"practice": each.practice, "title": best(each.title, language), "why": each.why.value} for each in found.without
        ],
        "choices": [asdict(each) for each in found.choices],
        "is_demo": found.is_demo,
    }


def comparison(found: Comparison, language: str, told: Told | None = None) -> dict[str, Any]:
    """Practices side by side; cells in the order of practices.

    Args:
        told: how passages are told; without it as they are kept.
    """
    told = told or _pins
    return {
        "rubric": _rubric(found.rubric, language),
        "practices": [_column(each, language) for each in found.columns],
        "gates": [_row(each.gate, each, language, told) for each in found.gates],
        "criteria": [_row(each.criterion, each, language, told) | {"tier": each.tier} for each in found.criteria],
        "choices": [asdict(each) for each in found.choices],
        "left_out": list(found.left_out),
    }


def ladder(found: Ladder, language: str) -> dict[str, Any]:
    """The steps, the lowest first."""
    steps = [_step(each, language) for each in found.steps]
    return {"practice": found.practice, "current": found.current.value, "steps": steps}


def _step(step: Step, language: str) -> dict[str, Any]:
    told = {"status": step.status.value, "is_reached": step.is_reached, "is_expired": step.is_expired, "stands": step.stands}
    earlier = [_ground(each, language) for each in step.earlier]
    return {**told, "ground": _ground(step.ground, language) if step.ground else None, "earlier": earlier}


def _ground(ground: Ground, language: str) -> dict[str, Any]:
    told = {name: value for name, value in vars(ground).items() if name not in ("rung", "label")}
    return {**told, "label": best(ground.label, language) if ground.label else None}


def _peer(each: Peer, language: str) -> dict[str, Any]:
    return {
        "practice": each.practice,
        "title": best(each.title, language),
        "nearness": round(each.nearness, 6),
        "why": _why(each.why),
    }


def _why(why: Why) -> dict[str, Any]:
    if isinstance(why, SharedTags):
        return {"shared": list(map(str, why.shared)), "all": why.n_all}
    if isinstance(why, PlacesApart):
        apart = why.distance
        known = {"known": apart.n_known, "indicators": apart.n_all}
        return {"own": why.own, "other": why.other, "distance": apart.value, "largest": list(why.largest), **known}
    if isinstance(why, SizesApart):
        return {"own": _size(why.own), "other": _size(why.other), "known": why.n_known}
    return _texts(why)


def _size(size: Size) -> dict[str, Any]:
    return {"reach": size.reach.value if size.reach else None, "countries": size.n_countries, "partners": size.n_partners}


def _texts(why: TextsAlike) -> dict[str, Any]:
    pairs = [
        {"own": pair.own.text, "other": pair.other.text, "other_passage": pair.other.id, "similarity": round(pair.similarity, 6)}
        for pair in why.pairs
    ]
    return {"z": round(why.z, 6), "pairs": pairs}


def _criterion(each: CriterionProfile) -> dict[str, Any]:
    return {**asdict(each), "n": each.n}


def _rubric(rubric: Rubric | None, language: str) -> dict[str, Any] | None:
    if rubric is None:
        return None
    scale = {"lowest": rubric.scale.lowest, "highest": rubric.scale.highest, "step": rubric.scale.step}
    return {"rubric": rubric.rubric, "version": rubric.version, "title": best(rubric.title, language), "scale": scale}


def _point(each: Point, language: str) -> dict[str, Any]:
    titles = {
        "title": best(each.title, language),
        "stage_title": best(each.stage_title, language) if each.stage_title else None,
        "label_title": best(each.label_title, language),
    }
    return {name: value for name, value in vars(each).items() if name not in (*titles, "language")} | titles


def _column(each: Column, language: str) -> dict[str, Any]:
    label = {"label_title": best(each.label_title, language) if each.label_title else None}
    own = {name: value for name, value in vars(each).items() if name not in ("facts", "label_title")}
    return {**facts(each.facts, language), **own, **label}


def facts(of: SheetFacts, language: str) -> dict[str, Any]:
    """What a sheet says; what it does not say is ``None`` or absent."""
    return {
        "practice": of.practice,
        "title": best(of.title, language),
        "is_readable": of.is_readable,
        "kind": of.kind.value if of.kind else None,
        "countries": list(of.countries),
        "region": of.region,
        "reach": of.reach.value if of.reach else None,
        "start": of.start,
        "end": of.end,
        "status": of.status.value if of.status else None,
        "tags": list(map(str, of.tags)),
        "partners": of.n_partners,
        "documents": of.n_documents,
        "texts": {name: best(text, language) or "unknown" for name, text in of.texts.items()},
        "lists": {name: [best(text, language) for text in texts] for name, texts in of.lists.items()},
        "reviewed": of.reviewed,
    }


def _row(name: str, row: GateRow | CriterionRow, language: str, told: Told) -> dict[str, Any]:
    given: Sequence[GateCell | ScoreCell] = row.cells
    cells = [
        {**{key: value for key, value in vars(cell).items() if key != "evidence"}, "evidence": told(name, at, cell.evidence)}
        for at, cell in enumerate(given)
    ]
    return {"name": name, "title": best(row.title, language), "question": best(row.question, language), "cells": cells}


def _pins(_item: str, _at: int, evidence: Sequence[PinNow]) -> list[dict[str, Any]]:
    return list(map(_pin, evidence))


def _pin(each: PinNow) -> dict[str, Any]:
    if each.pin is None:
        return {"now": each.now.value}
    kept = each.pin.model_dump(mode="json", include={"document", "quote", "page", "page_label", "heading", "stance"})
    return {**kept, "passage": each.passage_id or each.pin.passage_id, "now": each.now.value}
