"""What somebody may do next with what came of learning: the rules of its kind, tried without a trace."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lesson import LESSON, Lesson, LessonConfirmed, LessonWithdrawn
from kb.peers.learning.plan import NEXT, PLAN, Plan
from kb.peers.learning.plan_bodies import (
    ActionMoved,
    ActionProgress,
    PlanBegun,
    PlanFinished,
    PlanNotImplemented,
    PlanRevised,
    PlanValidated,
)
from kb.peers.learning.policy import POLICY, PolicyChange
from kb.peers.learning.policy_bodies import PolicyConfirmed, PolicyRevised, PolicyWithdrawn
from kb.peers.learning.recommendation import (
    RECOMMENDATION,
    Recommendation,
    RecommendationAnswered,
    RecommendationImplemented,
    RecommendationWithdrawn,
    Response,
)
from kb.peers.learning.record import Body, Kind, R
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.learning.keeping import party
from kb.services.permission import Member, Role

LONG_AGO = "1900-01-01"  # a day that has come, whatever day it is


def may_with_lesson(lesson: Lesson, *, actor: Member) -> frozenset[str]:
    """Kinds of event that the actor may add: ``confirmed``, ``withdrawn``."""
    return _taken(LESSON, lesson, (LessonConfirmed(by=party(actor)), LessonWithdrawn(why="-")), actor)


def may_with_recommendation(found: Recommendation, *, actor: Member) -> frozenset[str]:
    """Kinds of event that the actor may add: ``answered``, ``implemented``, ``withdrawn``."""
    by, on_behalf = party(actor), not same_organisation(found.issued.to, actor.organisation)
    tried = (
        RecommendationAnswered(by=by, response=Response.ACCEPT, on_behalf=on_behalf),
        RecommendationImplemented(by=by, on=LONG_AGO, what="-", source="-", on_behalf=on_behalf),
        RecommendationWithdrawn(why="-"),
    )
    return _taken(RECOMMENDATION, found, tried, actor)


def may_with_plan(plan: Plan, *, actor: Member) -> frozenset[str]:
    """Kinds of event that the actor may add: ``revised``, ``validated``, ``begun``, ``action-moved``, ``finished``, …"""
    by = party(actor)
    moved = [
        ActionMoved(by=by, action=key, to=NEXT[now.state][0], on=today(), why="-")
        for key, now in plan.action_states.items()
        if now.state in NEXT
    ]
    tried = (
        PlanRevised.model_construct(by=by, actions=plan.written.actions),
        PlanValidated(by=by),
        PlanBegun(by=by),
        PlanFinished(by=by),
        PlanNotImplemented(by=by, why="-"),
        *moved,
    )
    return _taken(PLAN, plan, tried, actor)


def next_of(state: ActionProgress) -> tuple[ActionProgress, ...]:
    """What may become of an action in this state."""
    return NEXT.get(state, ())


def may_with_policy(policy: PolicyChange, *, actor: Member, reader: Reader | None = None) -> frozenset[str]:
    """Kinds of event that the actor may add: ``revised``, ``confirmed``, ``withdrawn``.

    Args:
        reader: the actor with every name of their organisation: :func:`kb.services.learning.spelling.reader_in`.
    """
    by = party(actor)
    revised = PolicyRevised.model_construct(**{**dict(policy.recorded), "by": by})
    return _taken(POLICY, policy, (revised, PolicyConfirmed(by=by), PolicyWithdrawn(why="-")), actor, reader)


def _taken(kind: Kind[R], record: R, tried: Iterable[Body], actor: Member, reader: Reader | None = None) -> frozenset[str]:
    if Role.MEMBER not in actor.roles:
        return frozenset()
    known, day = reader or reader_of(actor), today()
    return frozenset(body.kind for body in tried if not list(kind.refusals(record, body, known, day)))
