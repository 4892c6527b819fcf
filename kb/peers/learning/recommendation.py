"""A recommendation: what peers advise an organisation, because of what they saw; its answer; and how it was put into practice.

Source of the answer (accept, in part, reject, with a reason): peer reviews of the Interreg Europe and OECD kind; a recommendation
that nobody answers is the known failure of peer learning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import Pins
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.parts import Because, Day, Language, Level, Line, MaybeLine, MaybeWords, Party, Words
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.peers.narrative import flaw


class RecommendationState(StrEnum):
    """Where a recommendation stands."""

    ISSUED = "issued"
    ANSWERED = "answered"
    IMPLEMENTED = "implemented"
    WITHDRAWN = "withdrawn"


class Response(StrEnum):
    """What the organisation says to it."""

    ACCEPT = "accept"
    PARTLY = "partly"
    REJECT = "reject"


class RecommendationIssued(Body):
    """Somebody who took part advises an organisation.

    Attributes:
        to: organisation that is advised.
        level: who would have to change: persons, the organisation, or a policy.
        despite: why it may name who was at a session under the Chatham House Rule, in the words of a facilitator.
    """

    kind: ClassVar[str] = "issued"
    by: Party
    to: Line
    text: Words
    level: Level = Level.ORGANISATION
    because: Because = Because()
    language: Language = "en"
    despite: MaybeWords = ""


class RecommendationAnswered(Body):
    """The organisation says what it makes of it.

    Attributes:
        on_behalf: a facilitator passes on what the organisation said.
    """

    kind: ClassVar[str] = "answered"
    by: Party
    response: Response
    reason: Annotated[MaybeWords, Field(validate_default=True)] = ""
    on_behalf: bool = False

    @field_validator("reason")
    @classmethod
    def _is_given(cls, reason: str, info: ValidationInfo) -> str:
        if not reason and info.data.get("response") in (Response.PARTLY, Response.REJECT):
            raise flaw("say why it is accepted in part only, or rejected")
        return reason


class RecommendationImplemented(Body):
    """It was put into practice.

    Attributes:
        source: where it can be read, in words; passages are ``pins``. There is one of both.
        on_behalf: a facilitator passes on what the organisation said.
    """

    kind: ClassVar[str] = "implemented"
    by: Party
    on: Day
    what: Words
    pins: Pins = ()
    source: Annotated[MaybeLine, Field(validate_default=True)] = ""
    on_behalf: bool = False

    @field_validator("source")
    @classmethod
    def _shows(cls, source: str, info: ValidationInfo) -> str:
        if not source and not info.data.get("pins"):
            raise flaw("name a source, or a passage, that shows it")
        return source


class RecommendationWithdrawn(Body):
    """Who issued it takes it back."""

    kind: ClassVar[str] = "withdrawn"
    why: Words


@dataclass(frozen=True)
class Recommendation(Record):
    """A recommendation."""

    issued: RecommendationIssued
    answered: RecommendationAnswered | None = None
    implemented: RecommendationImplemented | None = None

    @property
    def is_rejected(self) -> bool:
        """Nothing follows."""
        return self.answered is not None and self.answered.response is Response.REJECT


LIFE = Lifecycle(
    RecommendationState,
    {
        RecommendationIssued.kind: step(RecommendationState.ISSUED),
        RecommendationAnswered.kind: step(RecommendationState.ANSWERED, RecommendationState.ISSUED),
        RecommendationImplemented.kind: step(RecommendationState.IMPLEMENTED, RecommendationState.ANSWERED),
        RecommendationWithdrawn.kind: step(RecommendationState.WITHDRAWN, RecommendationState.ISSUED, RecommendationState.ANSWERED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Recommendation:
    assert isinstance(event.body, RecommendationIssued)
    return Recommendation(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(record: Recommendation, event: Event) -> Recommendation:
    if isinstance(event.body, RecommendationAnswered):
        return replace(record, answered=event.body)
    return replace(record, implemented=event.body) if isinstance(event.body, RecommendationImplemented) else record


def _refused(record: Recommendation | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    if record is None:
        if isinstance(body, RecommendationIssued) and same_organisation(body.to, reader.organisation):
            yield Refusal("This is your own organisation: recommendations come from peers.")
        return
    if isinstance(body, RecommendationWithdrawn):
        if reader.name != record.member and not reader.is_facilitator:
            yield Refusal("Who issued this recommendation and facilitators may withdraw it.")
    elif isinstance(body, RecommendationAnswered | RecommendationImplemented):
        yield from _not_theirs(record, body.on_behalf, reader)
    if record.is_rejected and not isinstance(body, RecommendationAnswered):
        yield Refusal("The recommendation was rejected: nothing follows.", is_late=True)
    if isinstance(body, RecommendationImplemented) and body.on > today:
        yield Refusal(f"The day {body.on} has not come yet.")


def _not_theirs(record: Recommendation, on_behalf: bool, reader: Reader) -> Iterator[Refusal]:
    to = record.issued.to
    if same_organisation(to, reader.organisation):
        if on_behalf:
            yield Refusal(f"You work for {to}: you speak in its name, not on its behalf.")
    elif not reader.is_facilitator:
        yield Refusal(f"This recommendation is for {to}: only its members answer it, or facilitators on its behalf.")
    elif not on_behalf:
        yield Refusal(f"You do not work for {to}: say that you answer on its behalf.")


RECOMMENDATION = Kind(
    "recommendation",
    "recommendation",
    (RecommendationIssued, RecommendationAnswered, RecommendationImplemented, RecommendationWithdrawn),
    LIFE,
    _begun,
    _then,
    _refused,
    "kb learn recommendation list",
)
