"""All kinds of things of mutual learning, by the stream in which they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kb.peers.learning.case import CASE
from kb.peers.learning.lesson import LESSON
from kb.peers.learning.match import MATCH
from kb.peers.learning.need import NEED
from kb.peers.learning.offer import OFFER
from kb.peers.learning.plan import PLAN
from kb.peers.learning.policy import POLICY
from kb.peers.learning.recommendation import RECOMMENDATION
from kb.peers.learning.record import Kind
from kb.peers.learning.round import ROUND
from kb.peers.learning.session_rules import SESSION

KINDS: Mapping[str, Kind[Any]] = MappingProxyType(
    {  # in this order: what happens at the same minute in the demonstration is played so
        NEED.stream: NEED,
        OFFER.stream: OFFER,
        MATCH.stream: MATCH,
        ROUND.stream: ROUND,
        SESSION.stream: SESSION,
        CASE.stream: CASE,
        LESSON.stream: LESSON,
        RECOMMENDATION.stream: RECOMMENDATION,
        PLAN.stream: PLAN,
        POLICY.stream: POLICY,
    }
)
