"""The answers of a round as rows of a table: one for each question and case, those too without an answer."""

from __future__ import annotations

from collections.abc import Iterator

from kb.services.brief_files.report import Asked, Brief, BriefAnswer, BriefCase
from kb.services.tables import Cell

COLUMNS = (
    "round", "title", "axis", "partnership", "state", "due", "question", "question_text", "case", "case_title", "practice",
    "member", "organisation", "country", "language", "answered_on", "answer", "evidence", "left_out", "questions_on_case",
    "replies", "interest", "interested", "conclusion", "demonstration",
)  # fmt: skip


def rows(brief: Brief) -> list[tuple[Cell, ...]]:
    """Names of columns, then the rows; a question without any case has one of its own."""
    return [COLUMNS, *(row for asked in brief.questions for row in _rows(brief, asked))]


def _rows(brief: Brief, asked: Asked) -> Iterator[tuple[Cell, ...]]:
    said = {each.case: each for each in asked.answers}
    for case in brief.cases:
        yield (*_head(brief, asked), *_case(brief, case, said.get(case.number)), asked.conclusion, _yes(brief.is_demo))
    if not brief.cases:
        yield (*_head(brief, asked), *([None] * 15), asked.conclusion, _yes(brief.is_demo))


def _head(brief: Brief, asked: Asked) -> tuple[Cell, ...]:
    return (brief.id, brief.title, brief.axis, brief.partnership, brief.state, brief.due, asked.key, asked.text)


def _case(brief: Brief, case: BriefCase, answer: BriefAnswer | None) -> tuple[Cell, ...]:
    numbers = (*answer.cited.speaks_for, *answer.cited.against) if answer else ()
    return (
        case.number, case.title, case.practice, case.by.name, case.by.organisation, case.by.country, case.language,
        case.answered_on, answer.text if answer else None, _evidence(brief, numbers),
        (answer.cited.n_left_out if answer else 0) or None, len(case.asked), sum(len(each.replies) for each in case.asked),
        len(case.interested), ", ".join(case.interested),
    )  # fmt: skip


def _evidence(brief: Brief, numbers: tuple[int, ...]) -> str:
    """Each quotation on a line of its own, with its source."""
    exhibits = {each.number: each for each in brief.evidence}
    return "\n".join(f"[{number}] “{' '.join(exhibits[number].quote.split())}” — {exhibits[number].source}" for number in numbers)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
