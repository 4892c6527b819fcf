"""Practices that were assessed, without playing each assessment: what a panel would have left behind, event by event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fakes import FakeEncoder, FakeModels, NoDetector
from sheets import RAW

from kb import open_kb
from kb.peers.assessment import events as happened
from kb.peers.assessment.events import Body, spelled
from kb.peers.assessment.outcome import outcome
from kb.peers.assessment.review import GateVerdict, Pin
from kb.peers.assessment.rubric import Rubric
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import KeptRubric, StoredEvent, UnitOfWork
from kb.settings import Settings
from tests import panels

SAM = Member("sam", frozenset({Role.MEMBER}), "Elsewhere")
LOCAL = LOCAL_MEMBER
YES = dict.fromkeys(panels.RUBRIC.gate_names, GateVerdict.YES)


def a_base(place: Path, records: Callable[[], UnitOfWork]) -> KnowledgeBase:
    """Without a practice; it loads no model."""
    kb = replace(
        open_kb(Settings(place / "corpus", place / "index", model="fake")),
        records=records, detector=NoDetector(), models=FakeModels(), encoder=FakeEncoder,
    )  # fmt: skip
    kb.practices.folder.mkdir(parents=True)
    return kb


def sheet(kb: KnowledgeBase, name: str, **said: Any) -> None:
    """A practice whose sheet says so; JSON is YAML."""
    raw = {**RAW, "practice": name, "title": f"About {name}", **said}
    (kb.practices.folder / f"{name}.yaml").write_text(json.dumps(raw), encoding="utf-8")


def assessed(
    kb: KnowledgeBase,
    practice: str,
    *scores: float | None,
    rubric: Rubric = panels.RUBRIC,
    number: int = 1,
    on: str = "2026-11-22",
    is_demo: bool = False,
    pins: Iterable[Pin] = (),
    seats: Mapping[str, bool] | None = None,
    before: Iterable[tuple[str, Body]] = (),
) -> str:
    """A concluded assessment with these final scores in the rubric's order, which one reviewer, or those of ``seats``, gave.

    Args:
        pins: beside every score.
        seats: reviewer → whether a review was submitted.
        before: what happened besides, before the end.
    """
    final = dict(zip(rubric.criterion_names, scores, strict=True))
    said = panels.review(*scores) if rubric is panels.RUBRIC else panels.Review()
    answers = {
        name: each.model_copy(update={"pins": tuple(pins)} if each.score is not None else {}) for name, each in said.answers.items()
    }
    review = said.model_copy(update={"answers": answers})
    who = seats or {"ann": True}
    told: list[tuple[str, Body]] = [
        ("fay", panels.opened(practice=practice, rubric=rubric.rubric, version=rubric.version)),
        *(("fay", panels.invited(name)) for name in who),
        *((name, happened.Submitted(review=review)) for name, is_there in who.items() if is_there),
        ("ann", happened.ReplyOpened(due="2027-01-03")),
        *before,
        ("fay", happened.Concluded(outcome=outcome(rubric, dict.fromkeys(rubric.gate_names, GateVerdict.YES), final, panel=1))),
    ]
    return appended(kb, f"{practice}-{number}", told, rubric=rubric, on=on, is_demo=is_demo)


def appended(
    kb: KnowledgeBase,
    assessment: str,
    told: Iterable[tuple[str, Body]],
    *,
    rubric: Rubric = panels.RUBRIC,
    on: str = "2026-11-22",
    is_demo: bool = False,
) -> str:
    """Member and body of each event, kept as one assessment."""
    with kb.records() as records:
        records.rubrics.keep(KeptRubric(rubric.rubric, rubric.version, rubric.sha256, rubric.canonical(), on, "fay"))
        for seq, (member, body) in enumerate(told, start=1):
            kind, text = spelled(body)
            at = f"{on}T10:{seq:02}:00+00:00"
            records.assessments.append(StoredEvent(assessment, seq, member, at, kind, text, is_demo))
    return assessment
