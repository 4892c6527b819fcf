"""Questions in the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import QueryError

MAX_QUESTIONS = 1000
QUESTION, ID, LANGUAGE = ("question", "questions", "query"), ("id", "question_id", "query_id", "query-id"), ("language", "lang")
HEADS = QUESTION  # a first row with one of these names the columns
_TAG = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Asked:
    """A question of a table.

    Attributes:
        row: of the table, from 1 as a spreadsheet counts.
        id: what the table calls it, or the row.
        text: as written; may be empty where the row has other cells.
        language: BCP 47 primary tag as declared, or empty: then it is detected.
    """

    row: int
    id: str
    text: str
    language: str = ""


def read_questions(rows: Sequence[Sequence[str]]) -> list[Asked]:
    """Every row that is not blank is a question.

    If a cell of the first row that is not blank reads "question", that row names the columns: ``question``, and if present ``id``
    and ``language``; others are passed over. Else there are no names, and the questions are the first column.

    Raises:
        QueryError: if there is none, or more than 1,000.
    """
    filled = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    names = [cell.casefold() for cell in filled[0][1]] if filled else []
    is_named = _has_question(names)
    at, id_at, language_at = (_place(names, wanted) for wanted in (QUESTION, ID, LANGUAGE)) if is_named else (0, None, None)
    asked = [
        Asked(
            row=number,
            id=_cell(cells, id_at) or str(number),
            text=_cell(cells, at),
            language=tag if _TAG.fullmatch(tag := _cell(cells, language_at).casefold().split("-")[0]) else "",
        )
        for number, cells in filled[is_named:]
    ]
    if not asked:
        raise QueryError("There is no question in the file. Put one in each row, in a column named “question” or in the first.")
    if len(asked) > MAX_QUESTIONS:
        raise QueryError(f"The file has {len(asked)} questions; at most {MAX_QUESTIONS} are taken. Split it.")
    return asked


def is_guessed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether :func:`read_questions` took the first of several columns because none is named as that of the questions."""
    filled = [[cell.strip().casefold() for cell in row] for row in rows if any(map(str.strip, row))]
    return bool(filled) and not _has_question(filled[0]) and any(any(row[1:]) for row in filled)


def _has_question(names: Sequence[str]) -> bool:
    return any(name in QUESTION for name in names)


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in wanted), None)


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
