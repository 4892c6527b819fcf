"""Things of mutual learning of every kind, made of their events: with days that a test chooses, and as little said as can be."""

from __future__ import annotations

from typing import Any

from kb.peers.learning.case_bodies import (
    CaseAdapting,
    CaseAdopted,
    CaseConsidered,
    CaseEvaluated,
    CasePlanned,
    CaseReusing,
    CaseUnderstanding,
)
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.lesson import LessonNoted
from kb.peers.learning.match import MatchProposed
from kb.peers.learning.need import NeedPosted
from kb.peers.learning.offer import OfferPosted
from kb.peers.learning.parts import Because, Party
from kb.peers.learning.plan_bodies import PlanWritten
from kb.peers.learning.policy_bodies import PolicyRecorded
from kb.peers.learning.recommendation import RecommendationIssued
from kb.peers.learning.record import Body, Event
from kb.peers.learning.round_bodies import RoundDrafted, RoundSent
from kb.peers.learning.session_bodies import SessionHeld, SessionJoined, SessionPlanned
from kb.peers.learning.things import Things

ANN = Party(name="ann", organisation="House of Ann", country="PT")
BO = Party(name="bo", organisation="House of Bo", country="FR")
CY = Party(name="cy", organisation="House of Cy", country="ES")
FAY = Party(name="fay", organisation="Network", country="BE")
Step = tuple[str, Party, Body]  # day, who, what


def a_thing(id_: str, *steps: Step, is_demo: bool = False) -> Any:
    """Of the kind that the id names."""
    events = [Event(seq, who.name, f"{day}T10:00:{seq:02}+00:00", body, is_demo) for seq, (day, who, body) in enumerate(steps, 1)]
    return KINDS[id_.split("-")[0]].fold(id_, events)


def everything(*records: Any) -> Things:
    """All of them, each under its kind."""
    names = {
        "need": "needs", "offer": "offers", "match": "matches", "round": "rounds", "session": "sessions", "case": "cases",
        "lesson": "lessons", "recommendation": "recommendations", "plan": "plans", "policy": "policies",
    }  # fmt: skip
    sorted_in: dict[str, tuple[Any, ...]] = {}
    for each in records:
        name = names[each.id.split("-")[0]]
        sorted_in[name] = (*sorted_in.get(name, ()), each)
    return Things(**sorted_in)


def need(by: Party = ANN, **said: Any) -> NeedPosted:
    return NeedPosted(**{"by": by, "title": "Soil", "text": "How do others keep soil?", "seeks": "knowledge", **said})


def offer(by: Party = BO, **said: Any) -> OfferPosted:
    return OfferPosted(**{"by": by, "title": "Worms", "text": "We keep worms.", "gives": ("knowledge",), **said})


def match(by: Party, *consents: str, of_need: str = "need-1", of_offer: str = "offer-1") -> MatchProposed:
    return MatchProposed(by=by, need=of_need, offer=of_offer, seeker=ANN, host=BO, consents=consents)


def a_round(due: str, **said: Any) -> tuple[Step, Step]:
    questions = [{"key": "q1", "text": "Who pays?"}]
    drafted = RoundDrafted(**{"by": FAY, "title": "Money", "questions": questions, "due": due, **said})
    return ("2026-01-01", FAY, drafted), ("2026-01-02", FAY, RoundSent(by=FAY))


def a_session(*joined: Party, held: str = "", **said: Any) -> tuple[Step, ...]:
    """On 10 January 2026 at the house of Bo."""
    planned = SessionPlanned(
        **{
            "by": FAY, "format": "seminar", "title": "Soil day", "begins": "2026-01-10T09:00", "ends": "2026-01-10T17:00",
            "where": "Lyon", "host": {"organisation": BO.organisation, "country": "FR"}, **said,
        }
    )  # fmt: skip
    came = (("2026-01-05", each, SessionJoined(by=each)) for each in joined)
    over = ((held, FAY, SessionHeld(by=FAY, on="2026-01-10", n_participants=9)),) if held else ()
    return ("2026-01-03", FAY, planned), *came, *over


def lesson(by: Party = ANN, **said: Any) -> LessonNoted:
    return LessonNoted(**{"by": by, "text": "Ask first.", "level": "individual", **said})


def recommendation(to: str, by: Party = BO, **said: Any) -> RecommendationIssued:
    return RecommendationIssued(**{"by": by, "to": to, "text": "Publish the list.", **said})


def plan(by: Party = ANN, **said: Any) -> PlanWritten:
    actions = [{"key": "list", "what": "Publish the list", "ends": "2026-03-01"}]
    return PlanWritten(**{"by": by, "title": "A list", "instrument": "The law", "text": "We will.", "actions": actions, **said})


def policy(by: Party = ANN, **said: Any) -> PolicyRecorded:
    return PolicyRecorded(
        **{
            "by": by, "title": "The list is law", "policy": "The law", "organisation": by.organisation, "what_changed": "A list.",
            "on": "2026-04-01", "because": Because(practices=("bee-path",)), "attribution": "Half of it.", **said,
        }
    )  # fmt: skip


def a_case(until: str = "considered", by: Party = ANN, **said: Any) -> tuple[Step, ...]:
    """A transfer of the bee path to Portugal, up to one of its states; its one milestone is due on 1 February 2026."""
    milestones = ({"key": "hives", "what": "Ten hives", "due": "2026-02-01"},)
    steps: tuple[Step, ...] = (
        ("2026-01-01", by, CaseConsidered(**{
            "by": by, "test": "bee-path-to-pt-1", "practice": "bee-path", "title": "Bee path", "source": "SI", "target": "PT",
            "organisation": by.organisation, "why": "Bees.", **said,
        })),
        ("2026-01-02", by, CaseUnderstanding(learned="Keepers.")),
        ("2026-01-03", by, CasePlanned(
            core_kept=("Keepers.",), adapted=({"element": "Path", "how": "Roofs."},), milestones=milestones,
            local_group=({"organisation": "City"},),
        )),
        ("2026-01-04", by, CaseAdapting(learned="Roofs.")),
        ("2026-01-05", by, CaseReusing(learned="Schools.")),
        ("2026-06-01", FAY, CaseEvaluated(by=FAY, outcome="worked", on="2026-05-30", what="It worked.")),
        ("2026-07-01", by, CaseAdopted(by=by, how="By decision.")),
    )  # fmt: skip
    n = {"considered": 1, "understand": 2, "planned": 3, "adapt": 4, "re-use": 5, "evaluated": 6, "adopted": 7}[until]
    return steps[:n]
