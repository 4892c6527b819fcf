"""Names of what belongs to mutual learning, in the reader's language: kinds of things, their states, what happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.peers.learning.parts import Level
from kb.ui.i18n import _, marked

KINDS: Mapping[str, str] = {
    "need": marked("Need"),
    "offer": marked("Offer"),
    "match": marked("Match"),
    "round": marked("Question round"),
    "session": marked("Session"),
    "lesson": marked("Lesson"),
    "recommendation": marked("Recommendation"),
    "case": marked("Transfer case"),
    "plan": marked("Action plan"),
    "policy": marked("Policy change"),
}
STATES: Mapping[str, Mapping[str, str]] = {  # name of the enum → state → words
    "NeedState": {
        "open": marked("Open"), "matched": marked("Matched"), "answered": marked("Answered"), "withdrawn": marked("Withdrawn"),
    },
    "OfferState": {"active": marked("Active"), "paused": marked("Paused"), "withdrawn": marked("Withdrawn")},
    "MatchState": {
        "proposed": marked("Proposed"), "accepted": marked("Agreed"), "declined": marked("Turned down"), "done": marked("Done"),
        "withdrawn": marked("Withdrawn"),
    },
    "RoundState": {
        "draft": marked("Being written"), "sent": marked("Waiting for answers"), "closed": marked("Closed"),
        "concluded": marked("With conclusions"), "cancelled": marked("Cancelled"),
    },
    "SessionState": {
        "planned": marked("To come"), "held": marked("Held"), "debriefed": marked("Debriefed"), "cancelled": marked("Cancelled"),
    },
    "LessonState": {"noted": marked("Noted"), "confirmed": marked("Confirmed"), "withdrawn": marked("Withdrawn")},
    "RecommendationState": {
        "issued": marked("Waiting for a reply"), "answered": marked("Answered"), "implemented": marked("Implemented"),
        "withdrawn": marked("Withdrawn"),
    },
    "PartnershipState": {
        "forming": marked("Forming"), "active": marked("Active"), "reporting": marked("Reporting"), "closed": marked("Closed"),
    },
    "PlanState": {
        "draft": marked("Being written"), "validated": marked("Validated"), "in-progress": marked("In progress"),
        "done": marked("Done"), "not-implemented": marked("Not implemented"),
    },
    "PolicyState": {"recorded": marked("Recorded"), "confirmed": marked("Confirmed"), "withdrawn": marked("Withdrawn")},
    "CaseState": {
        "considered": marked("Considered"), "understand": marked("Being understood"), "adapt": marked("Being adapted"),
        "re-use": marked("In use"), "evaluated": marked("Evaluated"), "adopted": marked("Adopted"), "stopped": marked("Stopped"),
    },
}  # fmt: skip
LEVELS: Mapping[str, str] = {
    Level.INDIVIDUAL: marked("A person"),
    Level.ORGANISATION: marked("An organisation"),
    Level.POLICY: marked("A policy"),
}
EVENTS: Mapping[str, Mapping[str, str]] = {  # stream → kind of event → what somebody did; each kind of thing adds its own
    "case": {
        "considered": marked("opened the case"), "understand": marked("began to look closely"),
        "adapt": marked("began to adapt it"), "re-use": marked("began to use it"), "planned": marked("wrote the plan"),
        "reached": marked("reached a milestone"), "evaluated": marked("told how it went"), "adopted": marked("said that it stays"),
        "stopped": marked("stopped it"),
    },
    "need": {
        "posted": marked("posted the need"), "revised": marked("put the need in other words"),
        "matched": marked("agreed to a match"), "reopened": marked("opened the need again"),
        "answered": marked("said how it was answered"), "withdrawn": marked("withdrew the need"),
    },
    "offer": {
        "posted": marked("posted the offer"), "revised": marked("put the offer in other words"),
        "paused": marked("paused the offer"), "resumed": marked("resumed the offer"), "withdrawn": marked("withdrew the offer"),
    },
    "match": {
        "proposed": marked("proposed the match"), "consented": marked("consented as the seeker"),
        "accepted": marked("accepted as the host"), "declined": marked("declined"), "done": marked("told what came of it"),
        "withdrawn": marked("withdrew the match"),
    },
    "session": {
        "planned": marked("planned the session"), "revised": marked("planned it otherwise"), "joined": marked("joined the session"),
        "left": marked("left the session"), "held": marked("said that it was held"), "notes": marked("added notes"),
        "debriefed": marked("shared the debrief"), "cancelled": marked("cancelled it"),
    },
    "round": {
        "drafted": marked("drafted the questions"), "revised": marked("revised the questions"), "sent": marked("sent the round"),
        "rescheduled": marked("named another day or session"), "answered": marked("answered with a case"),
        "asked": marked("asked about a case"), "replied": marked("replied"), "voted": marked("said that a case is of interest"),
        "vote-taken-back": marked("took that back"), "closed": marked("closed the round"),
        "concluded": marked("wrote the conclusions"), "cancelled": marked("cancelled the round"),
    },
    "lesson": {
        "noted": marked("noted the lesson"), "confirmed": marked("confirmed the lesson"), "withdrawn": marked("took it back"),
    },
    "recommendation": {
        "issued": marked("issued the recommendation"), "answered": marked("answered it"),
        "implemented": marked("told how it was implemented"), "withdrawn": marked("took it back"),
    },
    "plan": {
        "written": marked("wrote the plan"), "revised": marked("wrote it anew"), "validated": marked("validated it"),
        "begun": marked("began it"), "action-moved": marked("moved an action on"), "finished": marked("finished it"),
        "not-implemented": marked("said why it is not implemented"),
    },
    "policy": {
        "recorded": marked("recorded the policy change"), "revised": marked("told it anew"), "confirmed": marked("confirmed it"),
        "withdrawn": marked("took it back"),
    },
}  # fmt: skip


def kind_word(stream: str) -> str:
    """Name of a kind of thing; an unknown one is shown as written."""
    return _(KINDS.get(stream, stream))


def state_word(state: StrEnum) -> str:
    """Name of a state; one that nobody named is shown in plain letters."""
    named = STATES.get(type(state).__name__, {}).get(state.value)
    return _(named) if named else state.value.replace("-", " ").capitalize()


def states(name: str) -> dict[str, str]:
    """All states of a kind of thing, by the name of their enum: code → words."""
    return {code: _(named) for code, named in STATES[name].items()}


def level_word(level: Level) -> str:
    """Who learned, or what changed."""
    return _(LEVELS[level])


def event_word(stream: str, kind: str) -> str:
    """What somebody did; one that nobody named is shown in plain letters."""
    named = EVENTS.get(stream, {}).get(kind)
    return _(named) if named else kind.replace("-", " ")
