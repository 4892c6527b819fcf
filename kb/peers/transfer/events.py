"""What happens to a test of transferability, one event after the other. Events are only ever added.

Everything that is shown of a test is folded from them: see :mod:`kb.peers.transfer.state`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar, get_args

from pydantic import Field

from kb.peers.assessment.review import Pins, Reason
from kb.peers.evidence_line import Sources
from kb.peers.narrative import Part
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.result import Result

STREAM = "transfer"  # of the journal


class CaseOutcome(StrEnum):
    """How it went where the practice was really taken over."""

    WORKED = "worked"
    PARTLY = "partly"
    DID_NOT_WORK = "did-not-work"


class Opened(Part):
    """Somebody asks whether a practice would work in another place.

    Attributes:
        practice: its name.
        title: of the practice, as it was then.
        source: place that it comes from, as ISO 3166 (``IT``, ``CA-QC``); so is ``target``, where it would be taken over.
        framework: name of the framework; ``version`` and ``framework_sha256`` are its own.
        key: criteria that the practice rests on: they count as often as the framework says.
        due: when judgements should be there, as ISO date; may be empty.
        why: what the test is for.
    """

    kind: ClassVar[str] = "opened"
    practice: str
    title: str
    source: str
    target: str
    framework: str
    version: int
    framework_sha256: str
    key: tuple[str, ...] = ()
    due: str = ""
    why: Reason = ""


class Invited(Part):
    """Who leads the test asked somebody for a judgement.

    Attributes:
        organisation: of the assessor, as it was then; so is ``country``.
        warnings: what the one who asked was warned of.
    """

    kind: ClassVar[str] = "invited"
    assessor: str
    organisation: str = ""
    country: str = ""
    warnings: tuple[str, ...] = ()


class Joined(Part):
    """Somebody offers a judgement unasked. Organisation and country as they were then; warnings as with an invitation."""

    kind: ClassVar[str] = "joined"
    organisation: str = ""
    country: str = ""
    warnings: tuple[str, ...] = ()


class Excused(Part):
    """A judgement is waited for no longer: who leads the test says so, or the assessor."""

    kind: ClassVar[str] = "excused"
    assessor: str
    why: Reason = ""


class HandedIn(Part):
    """An assessor is done; a later judgement of the same one stands instead, until the end.

    Attributes:
        judgement: ``None`` only in what is shown to somebody who may know that it is there and not what it says.
    """

    kind: ClassVar[str] = "handed-in"
    judgement: Judgement | None


class Concluded(Part):
    """Who leads the test ended it with what it came to."""

    kind: ClassVar[str] = "concluded"
    result: Result


class Cancelled(Part):
    """Who leads the test ended it without a result."""

    kind: ClassVar[str] = "cancelled"
    why: Reason


class Evaluated(Part):
    """A facilitator tells how it went in the target place; a later one stands beside, and the last one counts.

    Attributes:
        on: when it was evaluated, as ISO date.
        what: was seen, and by whom.
        pins: passages that tell of it.
        sources: that tell of it, outside the knowledge base. Those kept by earlier versions may have neither.
        case: id of the transfer case, or name of a practice sheet that tells of it, where there is one.
    """

    kind: ClassVar[str] = "evaluated"
    outcome: CaseOutcome
    on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    what: Reason
    pins: Pins = ()
    sources: Sources = ()
    case: str = ""


Body = Opened | Invited | Joined | Excused | HandedIn | Concluded | Cancelled | Evaluated
KINDS: Mapping[str, type[Body]] = MappingProxyType({each.kind: each for each in get_args(Body)})


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes:
        seq: 1, 2, 3, … within a test.
        member: who did it.
        at_utc: when, as ISO 8601 to the second.
        is_demo: it belongs to the demonstration.
    """

    seq: int
    member: str
    at_utc: str
    body: Body
    is_demo: bool = False


def spelled(body: Body) -> tuple[str, str]:
    """Kind and JSON, as they are kept."""
    return body.kind, body.model_dump_json()


def read(kind: str, text: str) -> Body:
    """What :func:`spelled` spelled.

    Raises:
        ValueError: for a kind or a content that this version does not know.
    """
    if kind not in KINDS:
        raise ValueError(f"no event of a test of transferability is called “{kind[:40]}”")
    return KINDS[kind].model_validate_json(text)
