"""What a question round is: its state, cases as answered, questions on them with replies, votes of interest, conclusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import Pin
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Event, Record
from kb.peers.learning.round_bodies import CaseAnswered, RoundCancelled, RoundConcluded, RoundDrafted, RoundSent


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    SENT = "sent"
    CLOSED = "closed"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CaseAnswer:
    """A case as its author answered last.

    Attributes:
        seq: number of the case: place of its first answer among the events. It stays when the case is answered anew.
        practice: name of its practice sheet, or empty.
        answers: key of the question → answer.
        pins: key of the question → passages that bear the answer out.
        language: of the answers, as BCP 47 primary tag.
        at_utc: when it was answered last; ``first_at_utc``: when first.
        n_earlier: answers that this one stands instead of.
    """

    seq: int
    by: Party
    practice: str
    title: str
    answers: Mapping[str, str]
    pins: Mapping[str, tuple[Pin, ...]]
    language: str
    at_utc: str
    first_at_utc: str
    n_earlier: int = 0

    @classmethod
    def of(cls, body: CaseAnswered, event: Event) -> CaseAnswer:
        """As it first came."""
        return cls(
            event.seq, body.by, body.practice or "", body.title, body.answers, body.pins, body.language, event.at_utc, event.at_utc
        )

    @property
    def n_pins(self) -> int:
        """Passages, over all questions."""
        return sum(map(len, self.pins.values()))


@dataclass(frozen=True)
class Reply:
    """What the author of a case, or the author's organisation, said to a question on it."""

    by: Party
    text: str
    at_utc: str


@dataclass(frozen=True)
class Asked:
    """A question on a case.

    Attributes:
        seq: its number: its place among the events.
        case: number of the case.
    """

    seq: int
    by: Party
    case: int
    text: str
    at_utc: str
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Round(Record):
    """A round with everything that was said in it.

    Attributes:
        drafted: what it asks, as it was revised last.
        sent_on: ISO date; empty before. So ``closed_on``.
        answers: cases, in the order in which they first came, each as its author answered last.
        asked: questions on cases, in order, with replies.
        votes: case → names of who is interested in it; cases without a vote are not in it.
    """

    drafted: RoundDrafted
    sent: RoundSent | None = None
    sent_on: str = ""
    closed_on: str = ""
    answers: tuple[CaseAnswer, ...] = ()
    asked: tuple[Asked, ...] = ()
    votes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    concluded: RoundConcluded | None = None
    cancelled: RoundCancelled | None = None

    def case(self, seq: int) -> CaseAnswer | None:
        """A case by its number."""
        return next((each for each in self.answers if each.seq == seq), None)

    def questions_on(self, case: int) -> tuple[Asked, ...]:
        """What was asked about a case, in order."""
        return tuple(each for each in self.asked if each.case == case)

    def asks(self, organisation: str) -> bool:
        """Whether this organisation is asked to answer: it is named, or nobody is, and so everybody is asked."""
        named = self.drafted.asked
        return not named or any(same_organisation(each, organisation) for each in named)

    def awaits(self, reader: Reader) -> bool:
        """Whether a case of the reader or the reader's organisation is waited for."""
        has_answered = any(_speaks_for(each, reader) for each in self.answers)
        return self.state is RoundState.SENT and self.asks(reader.organisation) and not has_answered

    def unanswered_for(self, reader: Reader) -> tuple[Asked, ...]:
        """Questions on cases of the reader or the reader's organisation to which nobody replied, while replies are taken."""
        if self.state not in (RoundState.SENT, RoundState.CLOSED):
            return ()
        return tuple(each for each in self.asked if not each.replies and self._is_of(each.case, reader))

    @property
    def silent(self) -> tuple[str, ...]:
        """Organisations that are asked by name and gave no case, in the order in which they are named."""
        spoke = [each.by.organisation for each in self.answers]
        return tuple(named for named in self.drafted.asked if not any(same_organisation(named, each) for each in spoke))

    def _is_of(self, case: int, reader: Reader) -> bool:
        found = self.case(case)
        return found is not None and _speaks_for(found, reader)


def _speaks_for(case: CaseAnswer, reader: Reader) -> bool:
    return case.by.name == reader.name or same_organisation(case.by.organisation, reader.organisation)
