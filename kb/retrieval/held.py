"""Which rows keep to the phrases of a question, and to what it must be without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.answer import Question
from kb.retrieval.deadline import Deadline
from kb.retrieval.index import LexicalIndex, Verbatim


@dataclass(frozen=True, eq=False)
class Held:
    """What the words of passages must be, made ready for both legs.

    Attributes:
        verbatim: for the lexical leg.
        rows: ``bool (n_rows,)`` for the dense leg, or ``None`` where any words will do.
        absent: phrases that stand nowhere among the rows that were looked at.
    """

    verbatim: Verbatim = field(default_factory=Verbatim)
    rows: NDArray[np.bool_] | None = None
    absent: tuple[str, ...] = ()


def hold(question: Question, lexical: LexicalIndex, among: NDArray[np.bool_], deadline: Deadline) -> Held:
    """Find the rows with every phrase in their text. If there are none, a phrase may stand in headings and titles too.

    Args:
        among: ``bool (n_rows,)``: rows that the asker may see and the operators allow; no others decide anything.

    Raises:
        SearchTimeout: if the deadline passes; a question may have hundreds of phrases.
    """

    def rows_of(phrase: str, *, in_headings: bool) -> NDArray[np.bool_]:
        deadline.check()
        rows = np.zeros(len(among), bool)
        rows[lexical.rows_holding(phrase, in_headings=in_headings)] = True
        return rows

    said = [rows_of(phrase, in_headings=False) for phrase in question.phrases]
    in_headings = bool(said) and not (among & _all(said, len(among))).any()
    if in_headings:
        said = [rows_of(phrase, in_headings=True) for phrase in question.phrases]
        in_headings = bool((among & _all(said, len(among))).any())
    rows = _all(said, len(among))
    for phrase in question.without:
        rows &= ~rows_of(phrase, in_headings=True)
    absent = tuple(phrase for phrase, holding in zip(question.phrases, said, strict=True) if not (among & holding).any())
    return Held(Verbatim(question.phrases, question.without, in_headings), rows, absent)


def _all(holding: Sequence[NDArray[np.bool_]], n_rows: int) -> NDArray[np.bool_]:
    return np.logical_and.reduce(holding) if holding else np.ones(n_rows, bool)
