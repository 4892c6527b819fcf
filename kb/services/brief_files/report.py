"""A background brief as it is handed out to one reader: plain values, made by :mod:`kb.services.learning.briefs`.

It is what PLP 1 circulated before each seminar: per question the answers of all cases, with what was asked about them and what
interests the partners. All texts are safe to write: without control characters, and without names that must be withheld. Words that
are the same in every brief are no part of it: :mod:`kb.services.brief_files.wording` has them in the reader's language.

Source: CEPES, "Methodology", cepes.es/proyecto-oecd/methodology.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.services.handouts.exhibits import NOTHING_CITED, Cited, Exhibit


@dataclass(frozen=True)
class Who:
    """Somebody as they were when they spoke; ``country`` as ISO 3166 alpha-2."""

    name: str
    organisation: str = ""
    country: str = ""


@dataclass(frozen=True)
class BriefReply:
    """What was replied to a question on a case."""

    by: Who
    text: str


@dataclass(frozen=True)
class BriefQuestion:
    """A question on a case."""

    by: Who
    text: str
    replies: tuple[BriefReply, ...] = ()


@dataclass(frozen=True)
class BriefCase:
    """A case.

    Attributes:
        number: 1, 2, 3, … in the order in which cases came: by which the brief names it.
        seq: the case in the round.
        practice: name of its practice sheet, or empty; ``practice_title`` in words.
        language: of the answers, BCP 47 primary tag.
        answered_on: ISO date.
        interested: names of who wants to hear more of it, by name.
    """

    number: int
    seq: int
    title: str
    by: Who
    language: str
    answered_on: str
    practice: str = ""
    practice_title: str = ""
    interested: tuple[str, ...] = ()
    asked: tuple[BriefQuestion, ...] = ()


@dataclass(frozen=True)
class BriefAnswer:
    """What a case says to a question; ``case`` is its number in the brief."""

    case: int
    text: str
    language: str
    cited: Cited = NOTHING_CITED


@dataclass(frozen=True)
class Asked:
    """A guiding question with the answers of all cases, side by side.

    Attributes:
        answers: in the order of the cases.
        without: numbers of the cases that say nothing to it.
        conclusion: of the partners; empty as long as there is none.
    """

    key: str
    text: str
    answers: tuple[BriefAnswer, ...] = ()
    without: tuple[int, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True)
class Source:
    """A document that is quoted: as a bibliography tells it, and the numbers of its quotations."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Brief:
    """A round as one reader may see it.

    Attributes:
        id: of the round.
        state: sent, closed or concluded.
        language: of the questions, BCP 47 primary tag.
        reader_language: of the fixed words.
        made_on: ISO date, as all dates here; empty where there is none.
        session: id of the session that talks about it, or empty.
        n_asked: organisations that were asked by name; 0: everybody was.
        silent: those of them that gave no case.
        overall: conclusion of all questions together.
        n_left_out: quotations that are left out: of documents that are not for the reader's eyes, or gone.
    """

    id: str
    title: str
    state: str
    made_on: str
    language: str = "en"
    reader_language: str = "en"
    axis: str = ""
    partnership: str = ""
    intro: str = ""
    drafted_by: Who = Who("")
    sent_on: str = ""
    due: str = ""
    closed_on: str = ""
    session: str = ""
    n_asked: int = 0
    silent: tuple[str, ...] = ()
    cases: tuple[BriefCase, ...] = ()
    questions: tuple[Asked, ...] = ()
    overall: str = ""
    evidence: tuple[Exhibit, ...] = ()
    sources: tuple[Source, ...] = ()
    n_left_out: int = 0
    is_demo: bool = False

    def case(self, number: int) -> BriefCase:
        """By its number in the brief."""
        return self.cases[number - 1]
