"""What happens to an assessment, one event after the other. Events are only ever added.

Everything that is shown of an assessment is folded from them: see :mod:`kb.peers.assessment.state`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar, get_args

from pydantic import Field

from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.review import MAX_ANSWERS, Comment, GateVerdict, Pins, Rating, Reason, Review, Score
from kb.peers.narrative import Part

MAX_REPLY_DAYS = 365


class Status(StrEnum):
    """What a practice may be called once an assessment ended well, by who assessed it."""

    PROJECT_APPROVED = "project-approved"
    PEER_VALIDATED = "peer-validated"
    EXPERT_VALIDATED = "expert-validated"


class Standing(StrEnum):
    """What a reviewer says of an own score whose evidence changed."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


class Opened(Part):
    """A facilitator opened it.

    Attributes:
        practice: its name.
        title: of the practice, as it was then.
        rubric: name of the rubric; ``version`` and ``rubric_sha256`` are its own.
        due: when reviews should be there, as ISO date.
        reply_days: that the owner has to reply, from the last submission.
        respondent: member who answers for the owner; empty: anybody of the owner's organisation.
        owner: organisation whose practice it is.
        countries: of owner and place, as ISO 3166 alpha-2.
        lacking: fields that the sheet did not say then.
        sheet_version: of the sheet then.
    """

    kind: ClassVar[str] = "opened"
    practice: str
    title: str
    rubric: str
    version: int
    rubric_sha256: str
    due: str
    reply_days: Annotated[int, Field(ge=0, le=MAX_REPLY_DAYS)] = 14
    status_granted: Status = Status.PEER_VALIDATED
    respondent: str = ""
    owner: str = ""
    countries: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    sheet_version: str = ""


class Invited(Part):
    """A facilitator asked somebody to review.

    Attributes:
        organisation: of the reviewer, as it was then; so is ``country``.
        is_third: asked because the others were far apart.
        warnings: what the facilitator was warned of.
    """

    kind: ClassVar[str] = "invited"
    reviewer: str
    organisation: str = ""
    country: str = ""
    is_third: bool = False
    warnings: tuple[str, ...] = ()


class Accepted(Part):
    """The reviewer who was asked says yes."""

    kind: ClassVar[str] = "accepted"


class Declined(Part):
    """The reviewer who was asked says no."""

    kind: ClassVar[str] = "declined"
    why: Reason = ""


class Excused(Part):
    """A facilitator waits no longer for a reviewer."""

    kind: ClassVar[str] = "excused"
    reviewer: str
    why: Reason = ""


class DueChanged(Part):
    """Reviews are awaited by another date."""

    kind: ClassVar[str] = "due-changed"
    due: str
    why: Reason = ""


class Begun(Part):
    """A facilitator began the reviewing: the panel is large enough."""

    kind: ClassVar[str] = "begun"


class Submitted(Part):
    """A reviewer is done.

    Attributes:
        review: ``None`` only in what is shown to somebody who may know that it is there and not what it says.
    """

    kind: ClassVar[str] = "submitted"
    review: Review | None


class ReplyOpened(Part):
    """The owner may reply: every review is there. Written together with the event that made it so.

    Attributes:
        due: until when the reply is awaited, as ISO date.
    """

    kind: ClassVar[str] = "reply-opened"
    due: str


class Replied(Part):
    """The owner, or a facilitator for the owner, says something to the reviews; a later reply stands instead.

    Attributes:
        comments: gate or criterion → words.
        on_behalf_of: who spoke, where a facilitator wrote it down.
    """

    kind: ClassVar[str] = "replied"
    comments: dict[str, Reason] = Field(default_factory=dict, max_length=MAX_ANSWERS)
    general: Comment = ""
    on_behalf_of: str = ""


class ReplyClosed(Part):
    """The reply is in, or waited for no longer."""

    kind: ClassVar[str] = "reply-closed"
    why: Reason = ""


class Settled(Part):
    """The panel agreed on a gate or criterion; a later one stands instead. What reviewers said stays as it is.

    Attributes:
        rating: of a criterion; ``None`` for a gate.
        score: where the rating is scored.
        verdict: on a gate; ``None`` for a criterion.
    """

    kind: ClassVar[str] = "settled"
    item: str
    rating: Rating | None = None
    score: Score | None = None
    verdict: GateVerdict | None = None
    reason: Reason


class Concluded(Part):
    """A facilitator ended it with what it came to."""

    kind: ClassVar[str] = "concluded"
    outcome: Outcome


class Cancelled(Part):
    """A facilitator ended it without an outcome."""

    kind: ClassVar[str] = "cancelled"
    why: Reason


class Reconfirmed(Part):
    """A reviewer looked again at an own score whose evidence changed.

    Attributes:
        reviewer: whose score it is; empty: who says it.
        pins: where the evidence stands now.
    """

    kind: ClassVar[str] = "reconfirmed"
    criterion: str
    reviewer: str = ""
    verdict: Standing
    pins: Pins = ()
    reason: Reason = ""


Body = (
    Opened | Invited | Accepted | Declined | Excused | DueChanged | Begun | Submitted | ReplyOpened | Replied | ReplyClosed
    | Settled | Concluded | Cancelled | Reconfirmed
)  # fmt: skip
KINDS: Mapping[str, type[Body]] = MappingProxyType({each.kind: each for each in get_args(Body)})


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes:
        seq: 1, 2, 3, … within an assessment.
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
        raise ValueError(f"no event of an assessment is called “{kind[:40]}”")
    return KINDS[kind].model_validate_json(text)
