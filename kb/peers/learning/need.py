"""A need: what a partner looks for at others. It is open, then matched, then answered, which only who posted it can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.parts import Because, Language, Languages, Line, MaybeLine, Party, PracticeNames, Ref, Words
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import MaybePlace, Theme, Urgency
from kb.retrieval.passage import UNDETERMINED


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    MATCHED = "matched"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class NeedPosted(Body):
    """A partner says what it looks for.

    Attributes:
        place: where it is wanted for; with a context profile, nearness is told.
        instrument: plan, programme or law that it is to serve.
        practices: that it is about.
        language: of the text, as BCP 47 primary tag.
        languages: in which one can speak with them; empty: those that the member reads.
        partnership: in which it arose.
    """

    kind: ClassVar[str] = "posted"
    by: Party
    title: Line
    text: Words
    seeks: Seeks
    theme: Theme = ""
    place: MaybePlace = ""
    instrument: MaybeLine = ""
    practices: PracticeNames = ()
    language: Language = UNDETERMINED
    languages: Languages = ()
    urgency: Urgency = Urgency.NORMAL
    partnership: MaybeLine = ""


class NeedRevised(NeedPosted):
    """The same in other words, all of it."""

    kind: ClassVar[str] = "revised"


class NeedMatched(Body):
    """A host agreed to a match."""

    kind: ClassVar[str] = "matched"
    match: Ref


class NeedReopened(Body):
    """The last match that a host had agreed to was withdrawn."""

    kind: ClassVar[str] = "reopened"
    match: Ref


class NeedAnswered(Body):
    """Who posted it says how it was answered, and by what."""

    kind: ClassVar[str] = "answered"
    how: Words
    because: Because = Because()


class NeedWithdrawn(Body):
    """It is looked for no longer."""

    kind: ClassVar[str] = "withdrawn"
    why: Words


@dataclass(frozen=True)
class Need(Record):
    """A need; ``posted`` in its latest words."""

    posted: NeedPosted
    answered: NeedAnswered | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether matches are still looked for: several hosts may answer one need."""
        return self.state in (NeedState.OPEN, NeedState.MATCHED)


LIFE = Lifecycle(
    NeedState,
    {
        NeedPosted.kind: step(NeedState.OPEN),
        NeedRevised.kind: step(None, NeedState.OPEN, NeedState.MATCHED),
        NeedMatched.kind: step(NeedState.MATCHED, NeedState.OPEN, NeedState.MATCHED),
        NeedReopened.kind: step(NeedState.OPEN, NeedState.MATCHED),
        NeedAnswered.kind: step(NeedState.ANSWERED, NeedState.OPEN, NeedState.MATCHED),
        NeedWithdrawn.kind: step(NeedState.WITHDRAWN, NeedState.OPEN, NeedState.MATCHED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Need:
    assert isinstance(event.body, NeedPosted)
    return Need(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(need: Need, event: Event) -> Need:
    if isinstance(event.body, NeedRevised):
        return replace(need, posted=event.body)
    return replace(need, answered=event.body) if isinstance(event.body, NeedAnswered) else need


def _refused(need: Need | None, body: Body, reader: Reader, _today: str) -> Iterator[Refusal]:
    if need is None or reader.name == need.member:
        return
    if isinstance(body, NeedRevised | NeedAnswered):
        yield Refusal(f"{need.member} posted this need: only they may change it or say that it is answered.")
    if isinstance(body, NeedWithdrawn) and not reader.is_facilitator:
        yield Refusal(f"{need.member} posted this need: only they and facilitators may withdraw it.")


NEED = Kind(
    "need", "need", (NeedPosted, NeedRevised, NeedMatched, NeedReopened, NeedAnswered, NeedWithdrawn), LIFE, _begun, _then,
    _refused, "kb learn need list",
)  # fmt: skip
