"""The grid of all assessed practices: impact against quality of evidence, after Spencer et al. (2013). By name, never by score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.peers.assessment.rubric import Rubric
from kb.peers.narrative import Text
from kb.retrieval.passage import UNDETERMINED
from kb.services import practices, rubrics
from kb.services.benchmarking.aged import stale_criteria
from kb.services.benchmarking.peers import LOOK
from kb.services.benchmarking.standing import Choice, ConcludedAssessment, Standing, choices, concluded, standing
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require


class WhyNot(StrEnum):
    """Why a practice has no point on the grid."""

    NOT_ASSESSED = "not-assessed"  # no assessment of it was concluded that the actor may see
    OTHER_RUBRIC = "other-rubric"  # it was assessed by another rubric
    OTHER_VERSION = "other-version"  # … or by another version of this one
    DEMONSTRATION = "demonstration"  # only the demonstration assessed it, and others were assessed in earnest
    NO_STAGES = "no-stages"  # this rubric has no stages of evidence
    NO_IMPACT = "no-impact"  # not all criteria of impact could be scored
    NO_EVIDENCE = "no-evidence"  # the quality of its evidence could not be scored


@dataclass(frozen=True)
class Point:
    """One practice.

    Attributes:
        title: of its sheet; where that cannot be read, as it was when it was assessed. ``language`` is the sheet's.
        impact: unweighted mean of the rubric's criteria of impact.
        evidence: score of its criterion of evidence.
        stage: of evidence, in the rubric's words; ``None`` where a gate was not passed.
        is_stale: evidence of one of these scores changed since.
    """

    practice: str
    title: Text
    language: str
    assessment: str
    impact: float
    evidence: float
    stage: str
    stage_title: Text | None
    label: str
    label_title: Text
    n_assessors: int
    is_demo: bool
    is_stale: bool


@dataclass(frozen=True)
class Absent:
    """A practice without a point."""

    practice: str
    title: Text
    language: str
    why: WhyNot


@dataclass(frozen=True)
class Grid:
    """All practices.

    Attributes:
        rubric: whose scores these are; ``None`` where no practice was assessed by one that has stages of evidence.
        points: by name of the practice.
        without: all others that are there, by name.
        choices: rubrics and versions with stages of evidence that can be asked for.
        is_demo: all points are of the demonstration.
    """

    rubric: Rubric | None
    points: tuple[Point, ...]
    without: tuple[Absent, ...]
    choices: tuple[Choice, ...]
    is_demo: bool


def grid(kb: KnowledgeBase, *, actor: Member, rubric: str = "", version: int | None = None) -> Grid:
    """Every practice that was assessed by one rubric in one version; the others with the reason why not.

    Args:
        rubric: without one that by which most practices were assessed, of those with stages of evidence.
        version: without one that of which there are most; of a named rubric the highest.

    Raises:
        NotFound: if there is no such rubric or version.
    """
    require(actor, Role.MEMBER, LOOK)
    everyone = concluded(kb, actor=actor)
    known = {choice: rubrics.rubric(kb, choice.rubric, choice.version, actor=actor) for choice in choices(everyone)}
    asked = _asked(known, rubric, version)
    if asked is None and rubric:
        asked = rubrics.rubric(kb, rubric, version, actor=actor)
    counted = standing(everyone, (asked.rubric, asked.version) if asked else None)
    titles = _titles(kb, counted, actor)
    points = tuple(_points(kb, asked, counted, titles, actor)) if asked else ()
    there = {point.practice for point in points}
    without = tuple(
        Absent(name, *titles[name], _why_not(name, asked, everyone, counted)) for name in sorted(titles) if name not in there
    )
    staged = tuple(choice for choice, each in known.items() if each.stages)
    return Grid(asked, points, without, staged, bool(points) and all(point.is_demo for point in points))


def _asked(known: Mapping[Choice, Rubric], rubric: str, version: int | None) -> Rubric | None:
    """Of a named rubric the highest version that was used; else the one by which most were assessed, if it has stages."""
    found = {each: known[each] for each in known if rubric in ("", each.rubric) and version in (None, each.version)}
    if rubric:
        return found[max(found, key=lambda each: each.version)] if found else None
    staged = [each for each, one in found.items() if one.stages]
    return known[max(staged, key=lambda each: (each.n_practices, each.version))] if staged else None


def _titles(kb: KnowledgeBase, counted: Standing, actor: Member) -> dict[str, tuple[Text, str]]:
    """Practice → what it is called, and the language of its sheet: of all that are there, and all that were assessed."""
    names = sorted({*kb.practices.names(), *counted.of})
    return {name: practices.sheet_title(kb, name, actor=actor) or _as_it_was(name, counted) for name in names}


def _as_it_was(name: str, counted: Standing) -> tuple[Text, str]:
    title = counted.of[name].title if name in counted.of else name
    return Text.model_construct(said=((UNDETERMINED, title),)), UNDETERMINED


def _points(
    kb: KnowledgeBase, rubric: Rubric, counted: Standing, titles: dict[str, tuple[Text, str]], actor: Member
) -> Iterator[Point]:
    if rubric.stages is None:
        return
    placed = [(name, each) for name, each in sorted(counted.of.items()) if _has_place(each)]
    aged = stale_criteria(kb, [each for _, each in placed], actor=actor)
    axes = {*rubric.stages.impact, rubric.stages.evidence}
    stages = {step.stage: step.title for step in rubric.stages.steps}
    for name, each in placed:
        outcome = each.outcome
        if outcome.impact is None or outcome.evidence is None:
            continue
        yield Point(
            name,
            *titles[name],
            assessment=each.id,
            impact=outcome.impact,
            evidence=outcome.evidence,
            stage=outcome.stage,
            stage_title=stages.get(outcome.stage),
            label=outcome.label,
            label_title=rubric.title_of(outcome.label),
            n_assessors=outcome.panel,
            is_demo=each.is_demo,
            is_stale=bool(axes & aged.get(each.id, frozenset())),
        )


def _has_place(each: ConcludedAssessment) -> bool:
    return each.outcome.impact is not None and each.outcome.evidence is not None


def _why_not(name: str, rubric: Rubric | None, everyone: Sequence[ConcludedAssessment], counted: Standing) -> WhyNot:
    if name in counted.of and rubric and rubric.stages is None:
        return WhyNot.NO_STAGES
    if name in counted.of:
        return WhyNot.NO_IMPACT if counted.of[name].outcome.impact is None else WhyNot.NO_EVIDENCE
    if name in counted.left_out:
        return WhyNot.DEMONSTRATION
    by = {each.rubric for each in everyone if each.practice == name}
    if not by:
        return WhyNot.NOT_ASSESSED
    return WhyNot.OTHER_VERSION if rubric and rubric.rubric in by else WhyNot.OTHER_RUBRIC
