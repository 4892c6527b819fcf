"""A lesson: what somebody learned, from which practice and exchange, and at which level. Another member confirms it.

Source of the levels: UCLG, "Learning"; that learning moves from persons to institutions is what makes a partnership last
(EIP learning notes, INTOSAI).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.parts import Because, Language, Level, MaybeLine, MaybeWords, Party, Words
from kb.peers.learning.record import Body, Event, Kind, Record


class LessonState(StrEnum):
    """Where a lesson stands."""

    NOTED = "noted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class LessonNoted(Body):
    """Somebody says what they learned.

    Attributes:
        from_whom: organisation that it was learned from; empty where it was nobody's alone.
        despite: why it may name who was at a session under the Chatham House Rule, in the words of a facilitator.
    """

    kind: ClassVar[str] = "noted"
    by: Party
    text: Words
    level: Level
    because: Because = Because()
    from_whom: MaybeLine = ""
    language: Language = "en"
    despite: MaybeWords = ""


class LessonConfirmed(Body):
    """Another member says that it holds, and how it shows."""

    kind: ClassVar[str] = "confirmed"
    by: Party
    how: MaybeWords = ""


class LessonWithdrawn(Body):
    """Who noted it takes it back."""

    kind: ClassVar[str] = "withdrawn"
    why: Words


@dataclass(frozen=True)
class Lesson(Record):
    """A lesson; ``confirmed`` holds who confirmed it."""

    noted: LessonNoted
    confirmed: LessonConfirmed | None = None


LIFE = Lifecycle(
    LessonState,
    {
        LessonNoted.kind: step(LessonState.NOTED),
        LessonConfirmed.kind: step(LessonState.CONFIRMED, LessonState.NOTED),
        LessonWithdrawn.kind: step(LessonState.WITHDRAWN, LessonState.NOTED, LessonState.CONFIRMED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Lesson:
    assert isinstance(event.body, LessonNoted)
    return Lesson(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(lesson: Lesson, event: Event) -> Lesson:
    return replace(lesson, confirmed=event.body) if isinstance(event.body, LessonConfirmed) else lesson


def _refused(lesson: Lesson | None, body: Body, reader: Reader, _today: str) -> Iterator[Refusal]:
    if lesson is None:
        return
    if isinstance(body, LessonConfirmed) and reader.name == lesson.member:
        yield Refusal("You noted this lesson yourself: somebody else confirms it.")
    if isinstance(body, LessonWithdrawn) and reader.name != lesson.member and not reader.is_facilitator:
        yield Refusal("Who noted this lesson and facilitators may withdraw it.")


LESSON = Kind(
    "lesson", "lesson", (LessonNoted, LessonConfirmed, LessonWithdrawn), LIFE, _begun, _then, _refused, "kb learn lesson list"
)
