"""How far reviewers agree with a rubric, criterion by criterion, over all practices that were assessed with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.errors import NotFound
from kb.peers.agreement.panel import CriterionAgreement, panel_agreement
from kb.peers.assessment.review import Rating
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment, Stage
from kb.services.assessing.loading import assessments_for, rubric_in_use
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

Given = tuple[tuple[str, str, tuple[tuple[str, tuple[tuple[str, float], ...]], ...]], ...]
"""Id and practice of each assessment, with its reviewers, with the criteria that they scored and how."""


@dataclass(frozen=True)
class Agreement:
    """What the reviews that the actor may see tell about the panel.

    Attributes:
        rubric: in the version that was asked for.
        versions: of the rubric with such reviews, lowest first.
        n_assessments: with a review that counts. Each is a unit, also where several are of one practice.
        n_practices: that these are of.
        n_reviewers: whose names the actor may know.
        n_nameless: assessments whose reviewers the actor knows by no name: their scores count in alpha and AC2, but not in pairs
            and leniency.
        is_demo: it is all of the demonstration. As soon as one other review may be seen, the demonstration counts no more.
        criteria: in the rubric's order.
    """

    rubric: Rubric
    versions: tuple[int, ...]
    n_assessments: int
    n_practices: int
    n_reviewers: int
    n_nameless: int
    is_demo: bool
    criteria: tuple[CriterionAgreement, ...]


def agreement(kb: KnowledgeBase, rubric: str, version: int | None = None, *, actor: Member) -> Agreement:
    """Compute it from the submitted reviews that the actor may see now; nothing else has any influence.

    A cancelled assessment counts for nothing, and neither does a score that its reviewer withdrew.

    Args:
        version: without one the highest that has reviews; where there are none, the highest in use.

    Raises:
        NotFound: if this rubric, or this version of it, is in no assessment.
    """
    require(actor, Role.MEMBER, "see how far reviewers agree")
    with_it = [each for each in assessments_for(kb, actor=actor) if each.rubric == rubric]
    reviewed = [each for each in with_it if each.reviews and each.stage is not Stage.CANCELLED]
    if version is None:
        version = max((each.version for each in reviewed or with_it), default=None)
    if version is None:
        raise NotFound(f"The rubric “{rubric[:80]}” is in no assessment yet. See the rubrics: kb rubric list")
    with kb.records() as records:
        asked = rubric_in_use(records, rubric, version)
    return _told(asked, reviewed, actor)


def _told(rubric: Rubric, reviewed: Sequence[Assessment], actor: Member) -> Agreement:
    of_version = [each for each in reviewed if each.version == rubric.version]
    real = [each for each in of_version if not each.is_demo]
    counted = real or of_version
    named = [each for each in counted if _may_know_names(each, actor)]
    reviewers = {name for each in named for name in each.reviews}
    given = tuple((each.id, each.practice, _scores(each, is_named=each in named)) for each in counted)
    return Agreement(
        rubric,
        versions=tuple(sorted({each.version for each in reviewed})),
        n_assessments=len(counted),
        n_practices=len({each.practice for each in counted}),
        n_reviewers=len(reviewers),
        n_nameless=len(counted) - len(named),
        is_demo=bool(counted) and not real,
        criteria=_computed(given, rubric.criterion_names, rubric.levels(), frozenset(reviewers)),
    )


@lru_cache(maxsize=16)  # a second each; by nothing but what goes in: most of what happens changes no score
def _computed(
    given: Given, criteria: tuple[str, ...], levels: tuple[float, ...], reviewers: frozenset[str]
) -> tuple[CriterionAgreement, ...]:
    scores = {assessment: {reviewer: dict(scored) for reviewer, scored in panel} for assessment, _, panel in given}
    practice_of = {assessment: practice for assessment, practice, _ in given}
    return panel_agreement(scores, criteria, levels, practice_of=practice_of, reviewers=reviewers)


def _may_know_names(assessment: Assessment, actor: Member) -> bool:
    """As :mod:`kb.peers.assessment.blinding` has it: to all others, reviewers are numbered anew in each assessment."""
    return Role.FACILITATOR in actor.roles or actor.name in assessment.reviews


def _scores(assessment: Assessment, *, is_named: bool) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """Reviewers with their scores by criterion. "Reviewer 1" of one assessment is not that of another."""
    return tuple(
        (
            reviewer if is_named else f"{assessment.id} {reviewer}",
            tuple(
                (criterion, answer.score)
                for criterion, answer in submitted.review.answers.items()
                if answer.rating is Rating.SCORED and answer.score is not None and not assessment.is_withdrawn(reviewer, criterion)
            ),
        )
        for reviewer, submitted in assessment.reviews.items()
    )
