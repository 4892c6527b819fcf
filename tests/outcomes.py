"""Things that came of learning, to be shown and taken along: by ann of House of Ann, in :func:`tests.assessed.a_base`."""

from __future__ import annotations

from typing import Any

from kb.peers.learning.lesson import Lesson
from kb.peers.learning.plan import Plan
from kb.peers.learning.policy import PolicyChange
from kb.peers.learning.recommendation import Recommendation
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, plans, policies, recommendations
from tests.assessed import BEES, LEDGER, PRACTICE, passage_of, who

FORMULA = "=HYPERLINK(1)"


def a_lesson(kb: KnowledgeBase, text: str = "Mow later.", **other: Any) -> Lesson:
    said: dict[str, Any] = {"level": "organisation", "practices": [PRACTICE], "from_whom": "House of Bo", **other}
    return lessons.note(kb, text, actor=who(kb, "ann"), **said)


def a_recommendation(kb: KnowledgeBase, text: str = "Keep a register.", **other: Any) -> Recommendation:
    said: dict[str, Any] = {"to": "House of Bo", "practices": [PRACTICE], **other}
    return recommendations.issue(kb, text, actor=who(kb, "ann"), **said)


def a_plan(kb: KnowledgeBase, **other: Any) -> Plan:
    said: dict[str, Any] = {
        "title": "Um registo", "instrument": "Plano regional", "text": "Vimos um em Liubliana.", "language": "pt", "place": "PT",
        "summary_en": "A register like that of Ljubljana.", "practices": [PRACTICE],
        "actions": [
            {"key": "register", "what": "Manter um registo.", "players": ["House of Ann"], "begins": "2026-01-01",
             "cost": {"amount": 1200.5, "currency": "EUR"}, "funding": "Own money", "indicator": "Entries"},
            {"key": "tell", "what": FORMULA, "cost": "unknown"},
        ],
        **other,
    }  # fmt: skip
    return plans.draft(kb, actor=who(kb, "ann"), **said)


def a_policy(kb: KnowledgeBase, by: str = "fay", **other: Any) -> PolicyChange:
    """With one passage for everybody's eyes and one for facilitators only."""
    said: dict[str, Any] = {
        "title": "Permits in a week", "policy": "Regulation on parks", "organisation": "House of Ann", "place": "PT",
        "what_changed": "One office decides.", "on": "2026-06-30", "attribution": "Half of it: the form is theirs.",
        "practices": [PRACTICE],
        "effects": [
            {
                "dimension": "efficiency", "what": "Days to a permit", "unit": "days",
                "before": {"value": 30, "date": "2025", "passages": [passage_of(kb, BEES).id]},
                "after": {"value": 7.5, "date": "2026-06", "source": FORMULA, "passages": [passage_of(kb, LEDGER).id]},
            },
            {"dimension": "quality", "what": "Who is asked", "after": {"words": "The keepers", "source": "Minutes"}},
        ],
        **other,
    }  # fmt: skip
    return policies.record(kb, actor=who(kb, by), **said)
