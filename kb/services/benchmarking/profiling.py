"""A practice against its peers, criterion by criterion, by the final scores of one rubric in one version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.criteria import CriterionProfile, profiled
from kb.peers.benchmark.reasons import Basis, Peer
from kb.peers.benchmark.strengths import Difference, gaps, strengths
from kb.peers.narrative import Text
from kb.services import practices, rubrics
from kb.services.benchmarking.aged import stale_criteria
from kb.services.benchmarking.peers import LOOK, NEAREST, Comparables, comparable
from kb.services.benchmarking.standing import (
    Choice,
    ConcludedAssessment,
    Standing,
    Version,
    choices,
    concluded,
    most_used,
    standing,
)
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require


@dataclass(frozen=True)
class AssessedPeer:
    """A peer with an assessment that counts.

    Attributes:
        assessment: its id.
        stale: criteria whose evidence changed since.
    """

    peer: Peer
    assessment: str
    ended_at_utc: str
    n_assessors: int
    is_demo: bool
    stale: frozenset[str]


@dataclass(frozen=True)
class Profile:
    """A practice beside its peers.

    Attributes:
        title: ``None`` where the sheet cannot be read; ``language`` is the sheet's.
        assessment: that counts for the practice itself; ``None``: it was not assessed by this rubric and version.
        stale: criteria of it whose evidence changed since.
        rubric: in the version that is compared; ``None`` where no practice was assessed yet.
        comparables: all peers, nearest first, whether assessed or not, and why there are none.
        assessed: those that have an assessment by this rubric and version, in that order.
        not_assessed: the others, in that order.
        criteria: in the rubric's order.
        choices: rubrics and versions that can be asked for.
        is_demo: all that is compared is of the demonstration.
        left_out: practices that only the demonstration assessed: it counts no more as soon as one was assessed in earnest.
    """

    practice: str
    title: Text | None
    language: str
    assessment: ConcludedAssessment | None
    stale: frozenset[str]
    rubric: Rubric | None
    comparables: Comparables
    assessed: tuple[AssessedPeer, ...]
    not_assessed: tuple[Peer, ...]
    criteria: tuple[CriterionProfile, ...]
    strengths: tuple[Difference, ...]
    gaps: tuple[Difference, ...]
    choices: tuple[Choice, ...]
    is_demo: bool
    left_out: tuple[str, ...]


def profile(
    kb: KnowledgeBase,
    practice: str,
    basis: Basis,
    *,
    actor: Member,
    rubric: str = "",
    version: int | None = None,
    k: int = NEAREST,
) -> Profile:
    """A practice beside its ``k`` nearest peers on a basis. Who has no score is not filled in.

    Args:
        rubric: without one that of the practice's latest assessment, else the one by which most practices were assessed.
        version: without one the latest by which the practice was assessed, else the highest in use.

    Raises:
        NotFound: if there is no such practice, rubric or version.
        UnusableIndex: by text, if there is nothing to compare with.
    """
    require(actor, Role.MEMBER, LOOK)
    found = comparable(kb, practice, basis, actor=actor, k=k)
    everyone = concluded(kb, actor=actor)
    by = _version(everyone, practice, rubric, version)
    asked = _rubric(kb, by, rubric, version, actor)
    counted = standing(everyone, by)
    own = counted.of.get(practice)
    assessed, stale = _assessed(kb, found.peers, counted, own, actor)
    criteria = _criteria(asked, own, assessed, counted, stale) if asked else ()
    titled = practices.sheet_title(kb, practice, actor=actor)
    return Profile(
        practice=practice,
        title=titled[0] if titled else None,
        language=titled[1] if titled else "",
        assessment=own,
        stale=stale,
        rubric=asked,
        comparables=found,
        assessed=assessed,
        not_assessed=tuple(peer for peer in found.peers if peer.practice not in counted.of),
        criteria=criteria,
        strengths=strengths(criteria),
        gaps=gaps(criteria),
        choices=choices(everyone),
        is_demo=bool(counted.of) and all(each.is_demo for each in counted.of.values()),
        left_out=counted.left_out,
    )


def _version(everyone: Sequence[ConcludedAssessment], practice: str, rubric: str, version: int | None) -> Version | None:
    """By what is compared: see :func:`profile`."""
    if rubric and version is not None:
        return rubric, version
    own = [each for each in everyone if each.practice == practice and rubric in ("", each.rubric)]
    latest = max(own, key=lambda each: (not each.is_demo, each.ended_at_utc, each.id), default=None)
    return latest.by if latest else most_used(choices(everyone), rubric)


def _rubric(kb: KnowledgeBase, by: Version | None, rubric: str, version: int | None, actor: Member) -> Rubric | None:
    """As it was used; one that nobody used is there all the same, if somebody asks for it by name."""
    if by is not None:
        return rubrics.rubric(kb, *by, actor=actor)
    return rubrics.rubric(kb, rubric, version, actor=actor) if rubric else None


def _assessed(
    kb: KnowledgeBase, peers: Sequence[Peer], counted: Standing, own: ConcludedAssessment | None, actor: Member
) -> tuple[tuple[AssessedPeer, ...], frozenset[str]]:
    """Peers that were assessed, nearest first; and the practice's own criteria whose evidence changed."""
    theirs = [(peer, counted.of[peer.practice]) for peer in peers if peer.practice in counted.of]
    aged = stale_criteria(kb, [*(each for _, each in theirs), *([own] if own else [])], actor=actor)
    none = frozenset[str]()
    assessed = tuple(
        AssessedPeer(peer, each.id, each.ended_at_utc, each.outcome.panel, each.is_demo, aged.get(each.id, none))
        for peer, each in theirs
    )
    return assessed, aged.get(own.id, none) if own else none


def _criteria(
    rubric: Rubric,
    own: ConcludedAssessment | None,
    assessed: Sequence[AssessedPeer],
    counted: Standing,
    stale: frozenset[str],
) -> tuple[CriterionProfile, ...]:
    return profiled(
        rubric.criterion_names,
        own.outcome.scores if own else {},
        [(each.peer.practice, counted.of[each.peer.practice].outcome.scores) for each in assessed],
        (rubric.scale.lowest, rubric.scale.highest),
        stale={(each.peer.practice, criterion) for each in assessed for criterion in each.stale},
        own_stale=stale,
    )
