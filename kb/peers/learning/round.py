"""A question round: leaders ask, partners answer with their cases, ask each other about them, and say what interests them.

It is the method of PLP 1: guiding questions per axis, answered with experiences and cases; a background document that compiles the
answers; a questionnaire by which each partner asks about others' cases and marks topics of interest; a seminar; conclusions.

Source: CEPES, "Methodology", cepes.es/proyecto-oecd/methodology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.record import Event, Kind
from kb.peers.learning.round_bodies import (
    CaseAnswered,
    CaseQuestioned,
    QuestionReplied,
    RoundCancelled,
    RoundClosed,
    RoundConcluded,
    RoundDrafted,
    RoundRescheduled,
    RoundRevised,
    RoundSent,
    Voted,
    VoteTakenBack,
)
from kb.peers.learning.round_refusals import refused
from kb.peers.learning.round_values import Asked, CaseAnswer, Reply, Round, RoundState

__all__ = ["LIFE", "ROUND", "Round", "RoundState"]

_OPEN = (RoundState.SENT, RoundState.CLOSED)
LIFE = Lifecycle(
    RoundState,
    {
        RoundDrafted.kind: step(RoundState.DRAFT),
        RoundRevised.kind: step(None, RoundState.DRAFT),
        RoundSent.kind: step(RoundState.SENT, RoundState.DRAFT),
        RoundRescheduled.kind: step(None, *_OPEN),
        CaseAnswered.kind: step(None, RoundState.SENT),
        CaseQuestioned.kind: step(None, *_OPEN),
        QuestionReplied.kind: step(None, *_OPEN),
        Voted.kind: step(None, *_OPEN),
        VoteTakenBack.kind: step(None, *_OPEN),
        RoundClosed.kind: step(RoundState.CLOSED, RoundState.SENT),
        RoundConcluded.kind: step(RoundState.CONCLUDED, RoundState.CLOSED),
        RoundCancelled.kind: step(RoundState.CANCELLED, RoundState.DRAFT, *_OPEN),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Round:
    assert isinstance(event.body, RoundDrafted)
    return Round(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(round_: Round, event: Event) -> Round:  # one arm a kind of event
    match event.body:
        case RoundRevised() as body:
            return replace(round_, drafted=body)
        case RoundSent() as body:
            return replace(round_, sent=body, sent_on=event.at_utc[:10])
        case RoundRescheduled() as body:
            moved = {"due": body.due or round_.drafted.due, "session": body.session or round_.drafted.session}
            return replace(round_, drafted=round_.drafted.model_copy(update=moved))
        case CaseAnswered() as body:
            return replace(round_, answers=_answered(round_.answers, body, event))
        case CaseQuestioned() as body:
            return replace(round_, asked=(*round_.asked, Asked(event.seq, body.by, body.case, body.text, event.at_utc)))
        case QuestionReplied() as body:
            reply = Reply(body.by, body.text, event.at_utc)
            return replace(round_, asked=tuple(_replied(each, body.question, reply) for each in round_.asked))
        case Voted() as body:
            return replace(round_, votes=_voted(round_.votes, body.case, round_.votes.get(body.case, frozenset()) | {event.member}))
        case VoteTakenBack() as body:
            return replace(round_, votes=_voted(round_.votes, body.case, round_.votes.get(body.case, frozenset()) - {event.member}))
        case RoundConcluded() as body:
            return replace(round_, concluded=body)
        case RoundClosed():
            return replace(round_, closed_on=event.at_utc[:10])
        case RoundCancelled() as body:
            return replace(round_, cancelled=body)
    return round_


def _answered(answers: tuple[CaseAnswer, ...], body: CaseAnswered, event: Event) -> tuple[CaseAnswer, ...]:
    """With a new case; or with one as its author answers it now, under the number that it had."""
    said = CaseAnswer.of(body, event)
    if not body.case:
        return (*answers, said)
    return tuple(
        replace(said, seq=each.seq, first_at_utc=each.first_at_utc, n_earlier=each.n_earlier + 1) if each.seq == body.case else each
        for each in answers
    )


def _replied(asked: Asked, question: int, reply: Reply) -> Asked:
    return replace(asked, replies=(*asked.replies, reply)) if asked.seq == question else asked


def _voted(votes: Mapping[int, frozenset[str]], case: int, names: frozenset[str]) -> Mapping[int, frozenset[str]]:
    others = {each: voters for each, voters in votes.items() if each != case}
    return {**others, case: names} if names else others


ROUND = Kind(
    "round",
    "question round",
    (
        RoundDrafted, RoundRevised, RoundSent, RoundRescheduled, CaseAnswered, CaseQuestioned, QuestionReplied, Voted,
        VoteTakenBack, RoundClosed, RoundConcluded, RoundCancelled,
    ),
    LIFE,
    _begun,
    _then,
    refused,
    "kb learn round list",
)  # fmt: skip
