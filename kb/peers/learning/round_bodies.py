"""What may happen in a question round, and what each event says."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from kb.peers.assessment.review import Pins
from kb.peers.learning.parts import Day, Language, Line, MaybeLine, MaybeWords, Party, PracticeName, Ref, Words
from kb.peers.learning.record import Body
from kb.peers.narrative import Part, flaw

MAX_QUESTIONS = 30  # of a round; PLP 1 asked fewer along each of its three axes
MAX_ASKED = 200  # organisations; the largest partnership that sources tell of has 26
KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Key = Annotated[str, Field(pattern=KEY, max_length=40)]
CaseNo = Annotated[int, Field(ge=1)]


class Question(Part):
    """One guiding question. Its key stays when its words are revised."""

    key: Key
    text: Words


def _distinct(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    keys = [each.key for each in questions]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise flaw(f"the same key stands at two questions ({', '.join(twice)})")
    return questions


Questions = Annotated[tuple[Question, ...], Field(min_length=1, max_length=MAX_QUESTIONS), AfterValidator(_distinct)]


class RoundDrafted(Body):
    """Leaders write what they ask.

    Attributes:
        partnership: its name; empty: of no one partnership.
        axis: line along which all its questions ask, such as a kind of law.
        due: until when cases are waited for.
        session: id of the session that talks about the answers; empty while there is none.
        asked: organisations that are asked by name; none: everybody is asked.
        language: in which questions and introduction are written.
    """

    kind: ClassVar[str] = "drafted"
    by: Party
    partnership: MaybeLine = ""
    axis: MaybeLine = ""
    title: Line
    intro: MaybeWords = ""
    questions: Questions
    due: Day
    session: Ref | None = None
    asked: Annotated[tuple[Line, ...], Field(max_length=MAX_ASKED)] = ()
    language: Language = "en"

    @property
    def keys(self) -> tuple[str, ...]:
        """Of its questions, in order."""
        return tuple(each.key for each in self.questions)


class RoundRevised(RoundDrafted):
    """The same, written anew before it is sent."""

    kind: ClassVar[str] = "revised"


class RoundSent(Body):
    """From now on members answer; the questions stay as they are."""

    kind: ClassVar[str] = "sent"
    by: Party


class RoundRescheduled(Body):
    """Another day, or another session; what is not named stays."""

    kind: ClassVar[str] = "rescheduled"
    by: Party
    due: Day | None = None
    session: Ref | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.due and not self.session:
            raise flaw("name another day, or a session")
        return self


class CaseAnswered(Body):
    """A member answers with a case of their organisation.

    Attributes:
        case: number of the member's case that this stands instead of; 0: it is a new one.
        practice: name of its practice sheet; empty where there is none.
        answers: key of the question → answer; questions that the case says nothing to are left out.
        pins: key of the question → passages that bear the answer out.
        language: of the answers.
    """

    kind: ClassVar[str] = "answered"
    by: Party
    case: Annotated[int, Field(ge=0)] = 0
    practice: PracticeName | None = None
    title: Line
    answers: Annotated[dict[Key, Words], Field(min_length=1, max_length=MAX_QUESTIONS)]
    pins: Annotated[dict[Key, Pins], Field(default_factory=dict, max_length=MAX_QUESTIONS)]
    language: Language


class CaseQuestioned(Body):
    """Somebody asks about another's case."""

    kind: ClassVar[str] = "asked"
    by: Party
    case: CaseNo
    text: Words


class QuestionReplied(Body):
    """The author of a case, or the author's organisation, replies to what was asked about it.

    Attributes:
        question: its number.
    """

    kind: ClassVar[str] = "replied"
    by: Party
    question: CaseNo
    text: Words


class Voted(Body):
    """Somebody wants to hear more of a case."""

    kind: ClassVar[str] = "voted"
    by: Party
    case: CaseNo


class VoteTakenBack(Body):
    """… and does not any more."""

    kind: ClassVar[str] = "vote-taken-back"
    by: Party
    case: CaseNo


class RoundClosed(Body):
    """No case is waited for any more; questions on cases and votes go on."""

    kind: ClassVar[str] = "closed"
    by: Party


class RoundConcluded(Body):
    """What came of it.

    Attributes:
        conclusions: key of the question → what the partners conclude; not every question needs one.
        overall: of all questions together.
    """

    kind: ClassVar[str] = "concluded"
    by: Party
    conclusions: Annotated[dict[Key, Words], Field(default_factory=dict, max_length=MAX_QUESTIONS)]
    overall: MaybeWords = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.conclusions and not self.overall:
            raise flaw("write a conclusion to at least one question, or one to all of them")
        return self


class RoundCancelled(Body):
    """It does not take place; what was said stays in its history."""

    kind: ClassVar[str] = "cancelled"
    by: Party
    why: Words
