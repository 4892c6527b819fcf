"""An event that somebody wants to add to an assessment, and why it may not follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment, Stage

MIN_PANEL = 2


@dataclass(frozen=True)
class Refusal:
    """Why an event may not follow.

    Attributes:
        sentence: ready to show.
        is_late: it could have followed before; somebody or something else came first.
    """

    sentence: str
    is_late: bool = False


@dataclass(frozen=True)
class Move:
    """An event that somebody wants to add, and all that says whether it may follow.

    Attributes:
        body: of the event.
        to: folded from all events.
        today: ISO date.
    """

    body: Any
    by: Reader
    to: Assessment
    rubric: Rubric
    today: str


def reply_opens(assessment: Assessment) -> bool:
    """Whether every review is there: then :class:`~kb.peers.assessment.events.ReplyOpened` is added, with what made it so."""
    return assessment.stage is Stage.REVIEWING and len(assessment.reviews) >= MIN_PANEL and not assessment.awaited


def out_of_turn(stage: Stage) -> Refusal:
    """Why something does not follow in this stage."""
    match stage:
        case Stage.OPENED:
            return Refusal("The reviewing has not begun. A facilitator begins it.")
        case Stage.REVIEWING:
            return Refusal("The panel is reviewing. Wait until every review is there.", is_late=True)
        case Stage.REPLYING:
            return Refusal("Every review is there, and the owner may reply. Wait until the reply is closed.", is_late=True)
        case Stage.RECONCILING:
            return Refusal("The reply is closed, and the panel reconciles its reviews.", is_late=True)
        case Stage.CONCLUDED:
            return Refusal("The assessment is concluded: nothing of it is changed any more. Open another one.", is_late=True)
        case Stage.CANCELLED:
            return Refusal("The assessment was cancelled. Open another one.", is_late=True)
