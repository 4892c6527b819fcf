"""The demonstration as it is written: members who are nobody, and what they did in assessments of practices that exist.

Quotes are taken from real documents. Members are called by short keys, and quotes by keys too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kb.peers import countries, languages
from kb.peers.assessment.events import Standing, Status
from kb.peers.assessment.review import Comment, Confidence, GateVerdict, Rating, Reason
from kb.peers.assessment.rubric_values import Level, TrueOrFalse, Whole
from kb.peers.narrative import Part, flaw

DEMO = "Demo "  # names of the demonstration begin so, and no others
NOT_REAL = "(not real)"  # every organisation says so in its name

Key = str
What = Literal[
    "opened", "invited", "accepted", "declined", "excused", "due-changed", "begun", "submitted", "replied", "reply-closed",
    "settled", "concluded", "cancelled", "reconfirmed",
]  # fmt: skip  # every kind of event but the one that is written by itself
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "opened": ("due",),
        "invited": ("reviewer",),
        "excused": ("reviewer",),
        "due-changed": ("due",),
        "settled": ("item", "reason"),
        "cancelled": ("why",),
        "reconfirmed": ("item", "verdict", "reason"),
    }
)
TAKEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "opened": ("reply_days", "status_granted", "respondent"),
        "invited": ("is_third",),
        "declined": ("why",),
        "excused": ("why",),
        "due-changed": ("why",),
        "replied": ("comments", "general", "on_behalf_of"),
        "reply-closed": ("why",),
        "settled": ("rating", "score", "verdict"),
        "reconfirmed": ("pro", "con"),
    }
)


def _checked(fault_of: Callable[[str], str]) -> AfterValidator:
    def value(text: str) -> str:
        if fault := fault_of(text):
            raise flaw(fault)
        return text

    return AfterValidator(value)


def _fault_of_name(name: str) -> str:
    return "" if name.startswith(DEMO) else f"“{name[:40]}” does not begin with “{DEMO}”, as names of the demonstration do"


def _fault_of_organisation(name: str) -> str:
    return "" if NOT_REAL in name else f"“{name[:60]}” does not say “{NOT_REAL}”; nobody may take it for a real one"


def _fault_of_time(text: str) -> str:
    try:
        datetime.strptime(text, "%Y-%m-%d %H:%M").astimezone(UTC)
    except ValueError:
        return f"“{text[:40]}” is no time such as 2026-09-01 09:00"
    return ""


Country = Annotated[str, _checked(countries.fault_of)]
Language = Annotated[str, _checked(languages.fault_of)]


class Person(Part):
    """A member of the demonstration."""

    name: Annotated[str, _checked(_fault_of_name)]
    organisation: Annotated[str, _checked(_fault_of_organisation)]
    country: Country | None = None
    roles: tuple[Literal["member", "reviewer", "facilitator"], ...]
    languages: tuple[Language, ...] = ()


class People(Part):
    """All members of the demonstration, by key."""

    members: dict[Key, Person] = Field(min_length=1)


class Quote(Part):
    """Words of a document of the practice, of its sheet ("practice:NAME.yaml"), or of one about a place ("context:PT.yaml").

    Attributes:
        was_changed: its file was another one when the words were pinned, so that what rests on them is stale.
    """

    document: str
    quote: str
    was_changed: TrueOrFalse = False


class ToldGate(Part):
    """What somebody says to a gate; ``pro`` and ``con`` are keys of quotes."""

    verdict: GateVerdict | None = None
    reason: Reason = ""
    pro: tuple[Key, ...] = ()
    con: tuple[Key, ...] = ()


class ToldAnswer(Part):
    """What somebody says to a criterion; with a score the rating need not be said."""

    rating: Rating | None = None
    score: Level | None = None
    reason: Reason = ""
    confidence: Confidence | None = None
    pro: tuple[Key, ...] = ()
    con: tuple[Key, ...] = ()
    none_found: TrueOrFalse = False


class ToldReview(Part):
    """A review, whole or begun."""

    gates: dict[str, ToldGate] = Field({})
    answers: dict[str, ToldAnswer] = Field({})
    comment: Comment = ""
    language: str = ""


class Timed(Part):
    """Something that somebody did.

    Attributes:
        at: in UTC, to the minute.
        who: key of a member.
    """

    at: Annotated[str, _checked(_fault_of_time)]
    who: Key

    @property
    def at_utc(self) -> str:
        """ISO 8601, to the second."""
        return f"{self.at[:10]}T{self.at[11:]}:00+00:00"

    @property
    def day(self) -> str:
        """ISO date."""
        return self.at[:10]


class Step(Timed):
    """One thing that somebody did. Which values belong to it, :data:`NEEDED` and :data:`TAKEN` say.

    Attributes:
        item: gate or criterion.
    """

    what: What
    due: str = ""
    reply_days: Whole | None = None
    status_granted: Status | None = None
    respondent: Key = ""
    reviewer: Key = ""
    is_third: TrueOrFalse = False
    why: Reason = ""
    comments: dict[str, Reason] = Field({})
    general: Comment = ""
    on_behalf_of: str = ""
    item: str = ""
    rating: Rating | None = None
    score: Level | None = None
    verdict: GateVerdict | Standing | None = None
    reason: Reason = ""
    pro: tuple[Key, ...] = ()
    con: tuple[Key, ...] = ()


class ToldAssessment(Part):
    """One assessment from its opening on.

    Attributes:
        quotes: by key.
        reviews: key of a member → what they submit.
        drafts: key of a member → what they have begun.
        happened: in order.
    """

    practice: str
    rubric: str
    version: Whole
    quotes: dict[Key, Quote] = Field({})
    reviews: dict[Key, ToldReview] = Field({})
    drafts: dict[Key, ToldReview] = Field({})
    happened: tuple[Step, ...] = Field(min_length=1)
