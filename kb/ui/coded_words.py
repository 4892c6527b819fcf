"""Codes that stand in sentences of the layers below, in the words of the pages: by the name that a template has for them."""

from __future__ import annotations

from collections.abc import Mapping

from kb.ui.i18n import marked
from kb.ui.learning_words import STATES
from kb.ui.outcome_words import PROGRESS
from kb.ui.transferring_words import STAGES

QUOTED = marked("“{words}”")
_KINDS: Mapping[str, Mapping[str, str]] = {
    "need": STATES["NeedState"],
    "offer": STATES["OfferState"],
    "match": STATES["MatchState"],
    "round": STATES["RoundState"],
    "session": STATES["SessionState"],
    "lesson": STATES["LessonState"],
    "recommendation": STATES["RecommendationState"],
    "case": STATES["CaseState"],
    "plan": STATES["PlanState"],
    "policy": STATES["PolicyState"],
    "partnership": STATES["PartnershipState"],
    "action": PROGRESS,
    "test": STAGES,
}
CODES: Mapping[str, Mapping[str, str]] = {
    f"{kind}_{several}": words for kind, words in _KINDS.items() for several in ("state", "states")
}  # name in a template → code → words; several codes have " or " between them
