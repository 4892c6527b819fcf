"""What may happen to a session, as it is kept: planned, joined, held, noted down, and what was concluded afterwards."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kb.peers.learning.moments import at, moment_in
from kb.peers.learning.parts import Day, Languages, Line, MaybeLine, MaybeWords, Party, PracticeNames, Words
from kb.peers.learning.record import Body
from kb.peers.learning.session_parts import (
    MAX_ITEMS,
    AgendaItem,
    DebriefLesson,
    Format,
    Host,
    Items,
    MaybeAddress,
    MaybeDay,
    MaybeRound,
    Zone,
)
from kb.peers.narrative import flaw

MAX_DAYS = 14  # longer ones are several sessions
MAX_CAPACITY = 1_000
CHATHAM_HOUSE_MAX = 200  # people whose names are looked for, and withheld, wherever notes are quoted
PEERS_MAX = 6  # of a peer review. Source: Interreg Europe, "Peer review", interregeurope.eu/peer-review


class SessionPlanned(Body):
    """Somebody plans a session.

    Attributes:
        zone: time zone of the place, by its IANA name; ``begins`` and ``ends`` are told by its clocks.
        where: place, in words; ``address_online``: where one takes part from afar. One of them at least.
        partnership: name of it; ``round``: id of the question round whose answers are discussed.
        capacity: how many may take part; of a peer review how many peers.
        chatham_house: what is said may be used, who said it may not be told.
        embargo_until: the day before which what was said is kept to those who took part.
    """

    kind: ClassVar[str] = "planned"
    by: Party
    format: Format
    title: Line
    zone: Zone = "UTC"
    begins: str
    ends: str
    where: MaybeLine = ""
    address_online: Annotated[MaybeAddress, Field(validate_default=True)] = ""
    host: Host
    partnership: MaybeLine = ""
    round: MaybeRound = ""
    practices: PracticeNames = ()
    agenda: Annotated[tuple[AgendaItem, ...], Field(max_length=MAX_ITEMS)] = ()
    capacity: Annotated[int, Field(ge=1, le=MAX_CAPACITY)] = 20
    languages: Languages = ("en",)
    chatham_house: bool = False
    embargo_until: MaybeDay = ""

    @field_validator("begins", "ends")
    @classmethod
    def _in_zone(cls, given: str, info: ValidationInfo) -> str:
        if "zone" not in info.data:  # told already
            return given
        try:
            moment = moment_in(info.data["zone"], given)
        except ValueError as error:
            raise flaw(str(error)) from None
        if info.field_name == "ends" and "begins" in info.data:
            days = (at(moment) - at(info.data["begins"])).total_seconds() / 86_400
            if days <= 0:
                raise flaw("is not after the beginning")
            if days > MAX_DAYS:
                raise flaw(f"is more than {MAX_DAYS} days after the beginning; plan several sessions")
        return moment

    @field_validator("capacity")
    @classmethod
    def _peers(cls, given: int, info: ValidationInfo) -> int:
        if info.data.get("format") is Format.PEER_REVIEW and given > PEERS_MAX:
            raise flaw(f"is {given}; a peer review has at most {PEERS_MAX} peers")
        return given

    @field_validator("chatham_house")
    @classmethod
    def _few(cls, given: bool, info: ValidationInfo) -> bool:
        if given and info.data.get("capacity", 0) > CHATHAM_HOUSE_MAX:
            raise flaw(f"is set for {info.data['capacity']} people; at most {CHATHAM_HOUSE_MAX} meet under the rule")
        return given

    @field_validator("address_online")
    @classmethod
    def _somewhere(cls, given: str, info: ValidationInfo) -> str:
        if not given and "where" in info.data and not info.data["where"]:
            raise flaw("is empty, and so is the place; say at least one of them")
        return given


class SessionRevised(SessionPlanned):
    """It is planned otherwise; what it says takes the place of what was planned."""

    kind: ClassVar[str] = "revised"


class SessionJoined(Body):
    """Somebody takes part."""

    kind: ClassVar[str] = "joined"
    by: Party


class SessionLeft(Body):
    """Somebody takes part no longer."""

    kind: ClassVar[str] = "left"
    by: Party
    why: MaybeWords = ""


class SessionHeld(Body):
    """It took place.

    Attributes:
        on: the day on which it ended, by the clocks there.
        n_participants: who were there.
        notes_document: path of the latest notes below ``corpus/documents``; filled in when there are some.
    """

    kind: ClassVar[str] = "held"
    by: Party
    on: Day
    n_participants: Annotated[int, Field(ge=1, le=MAX_CAPACITY)]
    notes_document: MaybeLine = ""


class NotesTaken(Body):
    """Notes of it became a document that can be found; those of the demonstration are kept here and are found by no search.

    Attributes:
        document: path below ``corpus/documents``; empty for the demonstration's.
        text: of the demonstration's; empty for all others.
        despite: why they were taken in although they name who was there, in the words of a facilitator.
    """

    kind: ClassVar[str] = "notes"
    by: Party
    document: MaybeLine = ""
    title: Line
    text: MaybeWords = ""
    despite: MaybeWords = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if bool(self.document) is bool(self.text):
            raise flaw("a document is wanted, or a text, and not both")
        return self


class SessionCancelled(Body):
    """It will not take place."""

    kind: ClassVar[str] = "cancelled"
    by: Party
    why: Words


class Debriefed(Body):
    """What came of it, for all partners.

    Attributes:
        despite: why it was shared although it names who was there, in the words of a facilitator.
    """

    kind: ClassVar[str] = "debriefed"
    by: Party
    decisions: Items = ()
    lessons: Annotated[tuple[DebriefLesson, ...], Field(max_length=MAX_ITEMS)] = ()
    open_points: Items = ()
    despite: MaybeWords = ""
