"""A test of transferability of the demonstration as it is written: what members who are nobody judged, step by step.

Members and quotes are called by short keys, as in assessments (:mod:`kb.peers.demonstration`). On which side a quote is evidence
follows from its document: one of the practice, or one about the target place.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from kb.peers.assessment.review import Comment, Confidence, Reason
from kb.peers.assessment.rubric_values import TrueOrFalse, Whole
from kb.peers.demonstration import Key, Quote, Timed
from kb.peers.narrative import Part
from kb.peers.transfer.events import CaseOutcome
from kb.peers.transfer.framework_parts import Value
from kb.peers.transfer.judgement import Adaptation, Points

What = Literal["opened", "invited", "joined", "excused", "handed-in", "concluded", "cancelled", "evaluated"]
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "invited": ("assessor",),
        "excused": ("assessor",),
        "cancelled": ("why",),
        "evaluated": ("outcome", "seen"),
    }
)
TAKEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "opened": ("due", "why"),
        "excused": ("why",),
        "evaluated": ("pro", "con", "case"),
    }
)


class ToldCriterion(Part):
    """What somebody says to a criterion; ``pro`` and ``con`` are keys of quotes. Without a value it is said to be unknown."""

    value: Value | None = None
    reason: Reason
    confidence: Confidence | None = None
    pro: tuple[Key, ...] = ()
    con: tuple[Key, ...] = ()
    none_in_source: TrueOrFalse = False
    none_in_target: TrueOrFalse = False


class Untold(Part):
    """Criteria that somebody cannot tell, all for the same reason."""

    criteria: tuple[str, ...] = Field(min_length=1)
    reason: Reason


class ToldJudgement(Part):
    """A judgement, whole or begun."""

    answers: dict[str, ToldCriterion] = Field({})
    unknown: tuple[Untold, ...] = ()
    facilitators: Points = ()
    barriers: Points = ()
    adaptations: tuple[Adaptation, ...] = ()
    core_kept: Points = ()
    comment: Comment = ""
    language: str = ""


class TransferStep(Timed):
    """One thing that somebody did. Which values belong to it, :data:`NEEDED` and :data:`TAKEN` say.

    Attributes:
        seen: how the transfer went.
        case: id of the transfer case, or name of another practice's sheet that tells of it.
    """

    what: What
    due: str = ""
    why: Reason = ""
    assessor: Key = ""
    outcome: CaseOutcome | None = None
    seen: Reason = ""
    case: str = ""
    pro: tuple[Key, ...] = ()
    con: tuple[Key, ...] = ()


class ToldTransfer(Part):
    """One test from its opening on.

    Attributes:
        source: place that the practice comes from; ``target``: where it would be taken over.
        key: criteria that the practice rests on; not said: those of the condition tags of its sheet.
        quotes: by key.
        judgements: key of a member → what they hand in.
        drafts: key of a member → what they have begun.
        happened: in order.
    """

    practice: str
    source: str
    target: str
    framework: str
    version: Whole
    key: tuple[str, ...] | None = None
    quotes: dict[Key, Quote] = Field({})
    judgements: dict[Key, ToldJudgement] = Field({})
    drafts: dict[Key, ToldJudgement] = Field({})
    happened: tuple[TransferStep, ...] = Field(min_length=1)
