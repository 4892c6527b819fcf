"""One assessment whole, as far as a member may see it, and what the member may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFound
from kb.peers.assessment import events as happened
from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.events import Body
from kb.peers.assessment.final import conclusion, so_far
from kb.peers.assessment.folding import fold
from kb.peers.assessment.moves import refused
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.review import Rating
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import Spread, spreads
from kb.peers.assessment.state import Assessment, Seat, Stage
from kb.services import practices
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.listing import ListedAssessment, listed
from kb.services.assessing.loading import LOOK, all_events, assessment_for, reader_of, rubric_in_use, rubric_of
from kb.services.assessing.staleness import StaleScore, pins_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

if TYPE_CHECKING:
    from kb.services.practices import Listed

PROBE = "?"  # stands for words that are not typed yet
FACILITATOR = ("invite", "invite-third", "excuse", "change-due", "begin", "cancel", "conclude")
REVIEWER = ("accept", "review", "submit", "reconfirm")


@dataclass(frozen=True)
class AssessmentView:
    """An assessment.

    Attributes:
        listed: as in the list: dates, panel, label, stale and unsupported scores.
        outcome: what it came to, or would come to now; ``None`` until all reviews are there and the actor may see them.
        spreads: of every gate and criterion, over the reviews that are shown.
        evidence: (reviewer, gate or criterion) → its pins, as they stand now.
        may: what the actor may do now: accept, decline, review, submit, reconfirm, reply, close-reply, settle, invite,
            invite-third, excuse, change-due, begin, cancel, conclude.
        practice: as it is in the list of practices; ``None`` where its sheet was removed.
    """

    assessment: Assessment
    rubric: Rubric
    listed: ListedAssessment
    outcome: Outcome | None
    spreads: tuple[Spread, ...]
    evidence: Mapping[tuple[str, str], tuple[PinNow, ...]]
    may: frozenset[str]
    practice: Listed | None

    @property
    def stale(self) -> tuple[StaleScore, ...]:
        """Scores that have to be looked at again."""
        return self.listed.stale

    @property
    def unsupported(self) -> tuple[tuple[str, str], ...]:
        """Reviewer and criterion of scores without a passage."""
        return self.listed.unsupported

    @property
    def my_seat(self) -> Seat | None:
        """The actor's own."""
        return self.listed.my_seat


def assessment(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> AssessmentView:
    """One assessment, as far as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    seen = assessment_for(kb, assessment_id, actor=actor)
    rubric = rubric_of(kb, seen, actor=actor)
    evidence = EvidenceNow(kb, actor)
    line = listed(seen, rubric, evidence, actor)
    return AssessmentView(
        assessment=seen,
        rubric=rubric,
        listed=line,
        outcome=so_far(seen, rubric),
        spreads=spreads(seen, rubric),
        evidence=dict(_evidence(seen, rubric, evidence, actor)),
        may=_may(kb, assessment_id, line, actor),
        practice=_practice(kb, seen.practice, actor),
    )


def _evidence(
    seen: Assessment, rubric: Rubric, evidence: EvidenceNow, actor: Member
) -> Iterator[tuple[tuple[str, str], tuple[PinNow, ...]]]:
    for reviewer, submitted in seen.reviews.items():
        own = reviewer == actor.name
        for gate in rubric.gate_names:
            if said := submitted.review.gates.get(gate):
                yield (reviewer, gate), tuple(evidence.now(pin, own=own) for pin in said.pins)
        for criterion in rubric.criterion_names:
            pins = pins_of(seen, reviewer, criterion)
            yield (reviewer, criterion), tuple(evidence.now(pin, own=own) for pin in pins)


def _may(kb: KnowledgeBase, assessment_id: str, line: ListedAssessment, actor: Member) -> frozenset[str]:
    """Decided on all that happened, by rules that tell nobody more than a page would (:mod:`kb.peers.assessment.moves`)."""
    with kb.records() as records:
        whole = fold(assessment_id, all_events(records, assessment_id))
        rubric = rubric_in_use(records, whole.rubric, whole.version)
    reader = reader_of(actor)
    found = {
        name for name, body in _probes(whole, rubric, reader, line.stage) if not refused(whole, body, reader, rubric, today=today())
    }
    seat = whole.seat(actor.name)
    if seat and seat.is_awaited and not whole.stage.is_final:
        found |= {"review"} | ({"submit"} if whole.stage is not Stage.OPENED else set())
    if any(each.reviewer == actor.name for each in line.stale):
        found.add("reconfirm")
    if Role.FACILITATOR not in actor.roles:
        found -= set(FACILITATOR)
    if Role.REVIEWER not in actor.roles:
        found -= set(REVIEWER)
    return frozenset(found)


def _probes(whole: Assessment, rubric: Rubric, reader: Reader, shown: Stage) -> Iterator[tuple[str, Body]]:
    """An example of each action, with nothing wrong in it but what the assessment has against it.

    Args:
        shown: the stage as the actor sees it.
    """
    others = [seat.member for seat in whole.awaited if seat.member != reader.name]
    yield "accept", happened.Accepted()
    yield "decline", happened.Declined()
    yield "invite", happened.Invited(reviewer=PROBE)
    if shown in (Stage.REPLYING, Stage.RECONCILING):
        yield "invite-third", happened.Invited(reviewer=PROBE, is_third=True)
    if others:
        yield "excuse", happened.Excused(reviewer=others[0])
    yield "change-due", happened.DueChanged(due=today())
    yield "begin", happened.Begun()
    yield "cancel", happened.Cancelled(why=PROBE)
    yield "reply", happened.Replied(general=PROBE, on_behalf_of=PROBE)
    yield "close-reply", happened.ReplyClosed(why=PROBE)
    yield "settle", happened.Settled(item=rubric.criterion_names[0], rating=Rating.UNKNOWN, reason=PROBE)
    yield "conclude", happened.Concluded(outcome=conclusion(whole, rubric))


def _practice(kb: KnowledgeBase, name: str, actor: Member) -> Listed | None:
    try:
        return practices.listed(kb, name, actor=actor)
    except NotFound:
        return None
