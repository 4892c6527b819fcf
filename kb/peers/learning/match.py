"""A match of a need and an offer. Nobody is matched without consent: first the seeker's, then the host's, who has the last word.

Source: peer reviews of Interreg Europe: "host makes final choice of peers".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.match_reasons import Reason
from kb.peers.learning.parts import MaybeWords, Party, Ref, Words, kind_of
from kb.peers.learning.record import Body, Event, Kind, Record

WITH_ITSELF = "The need and the offer are of the same organisation: it cannot be matched with itself."
Names = Annotated[tuple[str, ...], Field(max_length=2)]


class MatchState(StrEnum):
    """Where a match stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Over(StrEnum):
    """What ended, and a match with it."""

    NEED = "need"
    OFFER = "offer"


class MatchProposed(Body):
    """Somebody proposes that a host serves a seeker.

    Attributes:
        score: by which the offer was ranked among others; comparable within one list only.
        reasons: why they fit, as they were told then.
        consents: names of those who agree by proposing it themselves.
        why: what the proposer adds.
    """

    kind: ClassVar[str] = "proposed"
    by: Party
    need: Ref
    offer: Ref
    seeker: Party
    host: Party
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    consents: Names = ()
    why: MaybeWords = ""


class ConsentGiven(Body):
    """The seeker agrees to what somebody else proposed."""

    kind: ClassVar[str] = "consented"
    by: Party


class MatchAccepted(Body):
    """The host agrees."""

    kind: ClassVar[str] = "accepted"
    by: Party
    what: MaybeWords = ""


class MatchDeclined(Body):
    """The host, or a seeker who did not propose it, says no."""

    kind: ClassVar[str] = "declined"
    why: Words


class MatchDone(Body):
    """It took place; one of the two says what came of it."""

    kind: ClassVar[str] = "done"
    what: Words


class MatchWithdrawn(Body):
    """It is proposed, or agreed, no longer.

    Attributes:
        over: what ended with it, where it did not end for itself.
    """

    kind: ClassVar[str] = "withdrawn"
    why: MaybeWords = ""
    over: Over | None = None


@dataclass(frozen=True)
class Match(Record):
    """A match; ``consents`` are names of those who agreed so far."""

    proposed: MatchProposed
    consents: frozenset[str] = frozenset()

    @property
    def is_alive(self) -> bool:
        """Whether it is proposed or agreed, and not over."""
        return self.state in (MatchState.PROPOSED, MatchState.ACCEPTED)

    @property
    def waits_for(self) -> str:
        """Name of who decides next: the seeker, then the host; empty once both did."""
        if self.state is not MatchState.PROPOSED:
            return ""
        return self.proposed.host.name if self.proposed.seeker.name in self.consents else self.proposed.seeker.name


LIFE = Lifecycle(
    MatchState,
    {
        MatchProposed.kind: step(MatchState.PROPOSED),
        ConsentGiven.kind: step(None, MatchState.PROPOSED),
        MatchAccepted.kind: step(MatchState.ACCEPTED, MatchState.PROPOSED),
        MatchDeclined.kind: step(MatchState.DECLINED, MatchState.PROPOSED),
        MatchDone.kind: step(MatchState.DONE, MatchState.ACCEPTED),
        MatchWithdrawn.kind: step(MatchState.WITHDRAWN, MatchState.PROPOSED, MatchState.ACCEPTED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Match:
    assert isinstance(event.body, MatchProposed)
    return Match(id_, state, event.member, event.is_demo, (event,), event.body, frozenset(event.body.consents))


def _then(match: Match, event: Event) -> Match:
    return replace(match, consents=match.consents | {event.member}) if _agrees(event.body) else match


def may_withdraw(match: Match, reader: Reader) -> bool:
    """The two sides and facilitators; until both agreed, who proposed it too."""
    is_own = reader.name == match.member and match.state is MatchState.PROPOSED
    return is_own or reader.is_facilitator or reader.name in (match.proposed.seeker.name, match.proposed.host.name)


def _agrees(body: Body) -> bool:
    return isinstance(body, ConsentGiven | MatchAccepted)


def _refused(match: Match | None, body: Body, reader: Reader, _today: str) -> Iterator[Refusal]:
    if match is None:
        if isinstance(body, MatchProposed):
            yield from _not_proposed(body, reader)
        return
    seeker, host = match.proposed.seeker.name, match.proposed.host.name
    match body:
        case ConsentGiven() if reader.name != seeker:
            yield Refusal(f"Only {seeker}, whose need it is, can consent to this match.")
        case ConsentGiven() if seeker in match.consents:
            yield Refusal("You agreed to this match already.", is_late=True)
        case MatchAccepted() if reader.name != host:
            yield Refusal(f"Only {host}, whose offer it is, can accept this match.")
        case MatchAccepted() if seeker not in match.consents:
            yield Refusal(f"{seeker} has not agreed to this match yet. Nobody is matched without consent.")
        case MatchDeclined() if reader.name not in (seeker, host):
            yield Refusal(f"Only {seeker} and {host} can decline this match.")
        case MatchDone() if reader.name not in (seeker, host):
            yield Refusal(f"Only {seeker} and {host} can say what came of this match.")
        case MatchWithdrawn() if not may_withdraw(match, reader):
            if match.state is MatchState.PROPOSED:
                yield Refusal("Only who proposed this match, the two whom it concerns, and facilitators may withdraw it.")
            else:
                yield Refusal(f"Only {seeker} and {host}, who agreed to this match, and facilitators may withdraw it.")
        case _:
            pass


def _not_proposed(body: MatchProposed, reader: Reader) -> Iterator[Refusal]:
    if (kind_of(body.need), kind_of(body.offer)) != ("need", "offer"):
        yield Refusal(f"A match is of a need and an offer, not of {body.need} and {body.offer}.")
    if body.seeker.name == body.host.name or same_organisation(body.seeker.organisation, body.host.organisation):
        yield Refusal(WITH_ITSELF)
    if not set(body.consents) <= {reader.name} & {body.seeker.name, body.host.name}:
        yield Refusal("Nobody can agree to a match for somebody else.")


MATCH = Kind(
    "match", "match", (MatchProposed, ConsentGiven, MatchAccepted, MatchDeclined, MatchDone, MatchWithdrawn), LIFE, _begun, _then,
    _refused, "kb learn match list",
)  # fmt: skip
