"""Question rounds as one member may see them: without words of documents that the member may not see, in history too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.errors import NotFound
from kb.peers.assessment.review import Pin
from kb.peers.learning.record import Event
from kb.peers.learning.round import Round, RoundState
from kb.peers.learning.round_bodies import CaseAnswered
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.permission import Member, Role

Pinned = Mapping[str, tuple[Pin, ...]]


def is_seen(round_: Round, actor: Member) -> bool:
    """Whether there is such a round for the actor: what is only drafted, or was never sent, is for facilitators."""
    was_sent = round_.state is not RoundState.DRAFT and round_.sent is not None
    return was_sent or Role.FACILITATOR in actor.roles


def refuse_unseen(round_: Round, actor: Member) -> None:
    """Tell of a round that the actor may not know of what is told where there is none.

    Raises:
        NotFound: if so.
    """
    if not is_seen(round_, actor):
        raise NotFound(f"There is no question round “{round_.id[:80]}”. See the list: kb learn round list")


def for_eyes(round_: Round, actor: Member, evidence: EvidenceNow) -> Round:
    """The same; pins that the actor may not read are emptied: how many there are, and to what, is still told.

    Raises:
        NotFound: if the actor may not know of it.
    """
    refuse_unseen(round_, actor)
    answers = tuple(
        replace(each, pins=pins_for_eyes(each.pins, evidence, own=each.by.name == actor.name)) for each in round_.answers
    )
    return replace(round_, answers=answers, happened=tuple(_event(each, actor, evidence) for each in round_.happened))


def pins_for_eyes(pins: Pinned, evidence: EvidenceNow, *, own: bool) -> dict[str, tuple[Pin, ...]]:
    """To each question, those emptied that the asker may not read."""
    return {key: evidence.pins_for_eyes(each, own=own) for key, each in pins.items()}


def _event(event: Event, actor: Member, evidence: EvidenceNow) -> Event:
    if not isinstance(event.body, CaseAnswered) or not event.body.pins:
        return event
    pins = pins_for_eyes(event.body.pins, evidence, own=event.member == actor.name)
    return replace(event, body=event.body.model_copy(update={"pins": pins}))
