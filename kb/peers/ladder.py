"""The ladder of validation: how far others stand behind what a practice says of itself, on what evidence, and until when.

Each step stands on its own grounds: nobody is made to climb one after the other, and a step that was left out is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from kb.peers.days import Day
from kb.peers.narrative import Part, Text

STREAM = "ladder"  # in the journal; its subject is the practice
MAX_WORDS_CHARS = 5_000
Words = Annotated[str, Field(min_length=1, max_length=MAX_WORDS_CHARS)]


class Rung(StrEnum):
    """A step, the lowest first."""

    DECLARED = "declared"  # by whoever wrote the sheet
    PROJECT_APPROVED = "project-approved"
    PEER_VALIDATED = "peer-validated"
    EXPERT_VALIDATED = "expert-validated"


class Approved(Part):
    """A facilitator says that the project stands behind the practice.

    Attributes:
        on_what: evidence, in words.
        expires: last day on which it stands.
    """

    kind: ClassVar[str] = "approved"
    on_what: Words
    expires: Day


class ApprovalWithdrawn(Part):
    """The approval does not stand any more."""

    kind: ClassVar[str] = "approval-withdrawn"
    why: Words


@dataclass(frozen=True)
class Ground:
    """Something that a step may stand on.

    Attributes:
        granted_by: member, or author of the sheet; empty where it is not known or may not be known.
        n_reviewers: of an assessment; 0 otherwise.
        on: ISO date; of a sheet it may be a year or a month; empty where it is not said.
        assessment: id of the assessment that it comes from; empty otherwise.
        words: what it rests on, as it was said; the label, of an assessment.
        label: title of that label; ``None`` of anything else.
        expires: last day on which it stands; empty: none is said.
        is_positive: an assessment that ended without a positive label, or an approval that was withdrawn, is not.
        n_stale: scores of the assessment whose evidence changed since.
    """

    rung: Rung
    granted_by: str
    on: str
    words: str = ""
    assessment: str = ""
    n_reviewers: int = 0
    expires: str = ""
    is_positive: bool = True
    label: Text | None = None
    n_stale: int = 0
    is_demo: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the ladder.

    Attributes:
        ground: the latest for this step, positive or not; ``None`` where there never was one.
        is_reached: that one is positive, expired or not.
        is_expired: its last day has passed.
        earlier: what there was before, the latest first.
    """

    status: Rung
    ground: Ground | None
    is_reached: bool
    is_expired: bool
    earlier: tuple[Ground, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the practice may be called so today."""
        return self.is_reached and not self.is_expired


@dataclass(frozen=True)
class Ladder:
    """All four steps, the lowest first.

    Attributes:
        current: the highest that stands; declared where none does.
    """

    practice: str
    steps: tuple[Step, ...]
    current: Rung

    def step(self, status: Rung) -> Step:
        """The step of that name."""
        return next(step for step in self.steps if step.status is status)


def ladder(practice: str, grounds: Iterable[Ground], *, today: str) -> Ladder:
    """The steps that ``grounds`` reach on ``today`` (ISO date). Of several for one step the last in order counts."""
    all_grounds = list(grounds)
    steps = tuple(_step(rung, [each for each in all_grounds if each.rung is rung], today) for rung in Rung)
    standing = [step.status for step in steps if step.stands]
    return Ladder(practice, steps, standing[-1] if standing else Rung.DECLARED)


def _step(rung: Rung, grounds: Sequence[Ground], today: str) -> Step:
    if not grounds:
        return Step(rung, None, is_reached=False, is_expired=False)
    *earlier, last = grounds
    return Step(rung, last, last.is_positive, has_passed(last.expires, today), tuple(reversed(earlier)))


def has_passed(expires: str, today: str) -> bool:
    """Whether a day, month or year has gone by; none never has."""
    return bool(expires) and today[: len(expires)] > expires
