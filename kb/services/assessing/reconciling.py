"""Reviewers side by side: how far apart they are, what the owner says, and what they settle. Originals stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import InvalidEntry
from kb.peers.assessment.events import Settled
from kb.peers.assessment.given import checked
from kb.peers.assessment.review import Answer, GateAnswer
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import Spread, spreads
from kb.peers.assessment.state import Assessment, Settlement
from kb.services.assessing.adding import added
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.loading import LOOK, assessment_for, rubric_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

SETTLE = "settle scores"


@dataclass(frozen=True)
class ItemSides:
    """What is said to a gate or criterion.

    Attributes:
        answers: reviewer → answer to a criterion, in the order of submission; whoever gave none is not in it. Empty for a gate.
        gate_answers: the same for a gate; empty for a criterion.
        pins: reviewer → where the pinned passages stand now, in the order of the answer's pins.
        withdrawn: reviewers who took their score back since.
        reply: the owner's words; empty where there are none.
        settled: what stands, by whom and when.
    """

    item: str
    is_gate: bool
    spread: Spread
    answers: Mapping[str, Answer]
    gate_answers: Mapping[str, GateAnswer]
    pins: Mapping[str, tuple[PinNow, ...]]
    withdrawn: frozenset[str]
    reply: str
    settled: Settlement | None

    @property
    def has_to_be_settled(self) -> bool:
        """Whether nothing can be concluded before it is settled."""
        return self.spread.is_wide and self.settled is None


@dataclass(frozen=True)
class Sides:
    """All gates and criteria, in the rubric's order, as far as the actor may see reviews."""

    assessment: Assessment
    rubric: Rubric
    items: tuple[ItemSides, ...]


def sides(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> Sides:
    """What each reviewer says, side by side; nothing of it to whom the reviews are not shown yet.

    Raises:
        NotFound: if there is no such assessment.
    """
    require(actor, Role.MEMBER, LOOK)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    evidence = EvidenceNow(kb, actor)
    found = tuple(_item(assessment, rubric, spread, evidence, actor) for spread in spreads(assessment, rubric))
    return Sides(assessment, rubric, found)


def settle(
    kb: KnowledgeBase,
    assessment_id: str,
    item: str,
    *,
    reason: str,
    actor: Member,
    rating: str | None = None,
    score: float | None = None,
    verdict: str | None = None,
) -> None:
    """Write down what the panel agrees on; a later one stands instead.

    Args:
        item: gate or criterion.
        rating: of a criterion.
        score: where the rating is "scored".
        verdict: of a gate.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: if the actor is neither facilitator nor of the panel, or it cannot be settled so; all reasons.
    """
    require(actor, Role.MEMBER, SETTLE)
    values = {"item": item, "rating": rating, "score": score, "verdict": verdict, "reason": reason}
    settled, faults = checked(Settled, values)
    if settled is None:
        raise InvalidEntry(f"This cannot be settled: {'; '.join(faults)}.")
    added(kb, assessment_id, settled, actor=actor)


def _item(assessment: Assessment, rubric: Rubric, spread: Spread, evidence: EvidenceNow, actor: Member) -> ItemSides:
    item, is_gate = spread.item, spread.item in rubric.gate_names
    reviews = {name: each.review for name, each in assessment.reviews.items()}
    gates = {name: review.gates[item] for name, review in reviews.items() if item in review.gates}
    answers = {name: review.answers[item] for name, review in reviews.items() if item in review.answers}
    pins = {
        name: tuple(evidence.now(pin, own=name == actor.name) for pin in answer.pins)
        for name, answer in (gates if is_gate else answers).items()
    }
    return ItemSides(
        item=item,
        is_gate=is_gate,
        spread=spread,
        answers={} if is_gate else answers,
        gate_answers=gates if is_gate else {},
        pins=pins,
        withdrawn=frozenset(name for name in answers if assessment.is_withdrawn(name, item)),
        reply=assessment.reply.comments.get(item, "") if assessment.reply else "",
        settled=assessment.settled.get(item),
    )
