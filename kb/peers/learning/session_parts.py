"""Pieces of which a session and its debrief are made: its format, its host, what is on the agenda, what was learned."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.peers import countries
from kb.peers.days import fault_of_day
from kb.peers.learning.moments import fault_of_zone
from kb.peers.learning.parts import Level, Line, MaybeLine, Words, kind_of
from kb.peers.narrative import Part, flaw
from kb.peers.parts import MAX_LINE_CHARS

MAX_ITEMS = 60  # of an agenda, of what was decided
_CLOCK = re.compile(r"(?:\d{4}-\d{2}-\d{2} )?(?:[01]\d|2[0-3]):[0-5]\d")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+\.[^\s<>\"\\^`{|}]+")


class Format(StrEnum):
    """How people meet. Sources: CEPES (seminar), Interreg Europe (peer review, matchmaking), TAIEX-REGIO Peer2Peer (visit)."""

    SEMINAR = "seminar"
    PEER_REVIEW = "peer-review"
    MATCHMAKING = "matchmaking"
    STUDY_VISIT = "study-visit"

    @property
    def counts_peers(self) -> bool:
        """Whether places are for peers, so that people of the host take none."""
        return self is Format.PEER_REVIEW


def _zone(given: str) -> str:
    if fault := fault_of_zone(given):
        raise flaw(fault)
    return given


def _country(given: str) -> str:
    if fault := countries.fault_of(given):
        raise flaw(fault)
    return given


def _round(given: str) -> str:
    if given and kind_of(given) != "round":
        raise flaw(f"“{given[:60]}” is no id of a question round such as round-3")
    return given


def _lesson(given: str) -> str:
    if given and kind_of(given) != "lesson":
        raise flaw(f"“{given[:60]}” is no id of a lesson such as lesson-3")
    return given


def _maybe_day(given: str) -> str:
    if given and (fault := fault_of_day(given)):
        raise flaw(fault)
    return given


def _clock(given: str) -> str:
    if not _CLOCK.fullmatch(given):
        raise flaw(f"“{given[:40]}” is no time such as 10:00 or 2026-12-01 10:00")
    return given


def _address(given: str) -> str:
    if given and not _ADDRESS.fullmatch(given):
        raise flaw(f"“{given[:60]}” is no address; wanted is one that begins with https:// or http://")
    return given


Zone = Annotated[str, AfterValidator(_zone)]
Items = Annotated[tuple[Words, ...], Field(max_length=MAX_ITEMS)]
MaybeDay = Annotated[str, AfterValidator(_maybe_day)]
MaybeRound = Annotated[str, AfterValidator(_round)]
MaybeLesson = Annotated[str, AfterValidator(_lesson)]
MaybeAddress = Annotated[str, Field(max_length=MAX_LINE_CHARS), AfterValidator(_address)]


class Host(Part):
    """The organisation that a session is held at, and the country of it (ISO 3166 alpha-2)."""

    organisation: Line
    country: Annotated[str, AfterValidator(_country)]


class AgendaItem(Part):
    """Something that is planned within a session.

    Attributes:
        at: by the clocks there: "10:00", or with a day in front where a session takes several: "2026-12-01 10:00".
        who: leads it: names, with what they belong to in brackets.
    """

    at: Annotated[str, AfterValidator(_clock)]
    title: Line
    who: MaybeLine = ""


class LessonLearned(Part):
    """A lesson as it stands in the draft of a debrief.

    Attributes:
        is_noted: sharing the debrief notes it as a lesson.
    """

    text: Words
    level: Level = Level.INDIVIDUAL
    from_whom: MaybeLine = ""
    is_noted: bool = True


class DebriefDraft(Part):
    """A debrief that is being written; its author's own until it is shared."""

    decisions: Items = ()
    lessons: Annotated[tuple[LessonLearned, ...], Field(max_length=MAX_ITEMS)] = ()
    open_points: Items = ()


class DebriefLesson(Part):
    """Something that was learned in a session.

    Attributes:
        level: where it was learned.
        from_whom: organisation that it was learned from, or empty.
        lesson: id of the lesson that was noted of it; empty where none was.
    """

    text: Words
    level: Level = Level.INDIVIDUAL
    from_whom: MaybeLine = ""
    lesson: MaybeLesson = ""
