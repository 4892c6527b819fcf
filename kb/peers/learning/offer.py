"""An offer: what a partner can give to others, in which form, and to how many at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.parts import Language, Languages, Line, MaybeLine, MaybeWords, Party, PracticeNames, Words
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import OfferFormat, Theme
from kb.retrieval.passage import UNDETERMINED

MAX_CAPACITY = 50


class OfferState(StrEnum):
    """Where an offer stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class OfferPosted(Body):
    """A partner says what it can give.

    Attributes:
        language: of the text, as BCP 47 primary tag.
        languages: in which they can give it; empty: those that the member reads.
        capacity: matches that they can serve at a time.
    """

    kind: ClassVar[str] = "posted"
    by: Party
    title: Line
    text: Words
    gives: Annotated[tuple[Seeks, ...], Field(min_length=1, max_length=len(Seeks))]
    theme: Theme = ""
    practices: PracticeNames = ()
    language: Language = UNDETERMINED
    languages: Languages = ()
    formats: Annotated[tuple[OfferFormat, ...], Field(max_length=len(OfferFormat))] = ()
    capacity: Annotated[int, Field(ge=1, le=MAX_CAPACITY)] = 1
    partnership: MaybeLine = ""


class OfferRevised(OfferPosted):
    """The same in other words, all of it."""

    kind: ClassVar[str] = "revised"


class OfferPaused(Body):
    """Nobody is to be proposed for now."""

    kind: ClassVar[str] = "paused"
    why: MaybeWords = ""


class OfferResumed(Body):
    """It is open to proposals again."""

    kind: ClassVar[str] = "resumed"


class OfferWithdrawn(Body):
    """It is given no longer."""

    kind: ClassVar[str] = "withdrawn"
    why: Words


@dataclass(frozen=True)
class Offer(Record):
    """An offer; ``posted`` in its latest words."""

    posted: OfferPosted


LIFE = Lifecycle(
    OfferState,
    {
        OfferPosted.kind: step(OfferState.ACTIVE),
        OfferRevised.kind: step(None, OfferState.ACTIVE, OfferState.PAUSED),
        OfferPaused.kind: step(OfferState.PAUSED, OfferState.ACTIVE),
        OfferResumed.kind: step(OfferState.ACTIVE, OfferState.PAUSED),
        OfferWithdrawn.kind: step(OfferState.WITHDRAWN, OfferState.ACTIVE, OfferState.PAUSED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Offer:
    assert isinstance(event.body, OfferPosted)
    return Offer(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(offer: Offer, event: Event) -> Offer:
    return replace(offer, posted=event.body) if isinstance(event.body, OfferRevised) else offer


def _refused(offer: Offer | None, body: Body, reader: Reader, _today: str) -> Iterator[Refusal]:
    if offer is None or reader.name == offer.member:
        return
    if isinstance(body, OfferWithdrawn):
        if not reader.is_facilitator:
            yield Refusal(f"{offer.member} posted this offer: only they and facilitators may withdraw it.")
    else:
        yield Refusal(f"{offer.member} posted this offer: only they may change, pause or resume it.")


OFFER = Kind(
    "offer", "offer", (OfferPosted, OfferRevised, OfferPaused, OfferResumed, OfferWithdrawn), LIFE, _begun, _then, _refused,
    "kb learn offer list",
)  # fmt: skip
