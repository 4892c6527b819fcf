"""How well the search does on judged questions, question by question, and what changed between two such evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kb.errors import JudgementError
from kb.retrieval import measure
from kb.retrieval.answer import Legs
from kb.retrieval.measure import MEASURES

MOST_NAMED = 10  # questions that differ, in one message


class Unit(StrEnum):
    """What is ranked: passages for golden questions, documents (by their best passage) for a collection of others."""

    PASSAGE = "passage"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Measured:
    """One question, asked.

    Attributes:
        fingerprint: of its judgements; empty where it is not known.
        n_relevant: units known to be relevant.
        n_lost: of those, judged answers that stand in no passage that may be seen: no search can find them.
        values: leg → measure → value, 0 to 1.
    """

    question_id: str
    question: str
    language: str
    fingerprint: str
    n_relevant: int
    n_lost: int
    values: Mapping[Legs, Mapping[str, float]]


@dataclass(frozen=True)
class Evaluation:
    """What was measured, and on what.

    Attributes:
        judged: name of the set.
        generation: number of the index that answered.
        questions: in the order of the set; at least one.
        not_measured: ids of questions for which nothing relevant is known.
        lost: judged answers that stand in no passage, as ``question id: document: quote``.
        at_utc: ISO 8601.
    """

    judged: str
    unit: Unit
    model: str
    revision: str
    splitter: str
    generation: int
    n_documents: int
    n_passages: int
    questions: tuple[Measured, ...]
    not_measured: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    at_utc: str = ""
    took_s: float = 0.0


def table(questions: Sequence[Measured], leg: Legs) -> NDArray[np.float64]:
    """``float64 (n_questions, 5)``: the values of one leg, columns as in :data:`kb.retrieval.measure.MEASURES`."""
    return np.array([[question.values[leg][name] for name in MEASURES] for question in questions], np.float64)


def means(questions: Sequence[Measured], leg: Legs) -> dict[str, float]:
    """Measure → mean over the questions; every question counts the same."""
    return dict(zip(MEASURES, table(questions, leg).mean(axis=0).tolist(), strict=True))


def intervals(questions: Sequence[Measured], leg: Legs) -> dict[str, tuple[float, float]]:
    """Measure → 95 % interval of its mean."""
    found = measure.intervals(table(questions, leg)).tolist()
    return {name: (low, high) for name, (low, high) in zip(MEASURES, found, strict=True)}


def by_language(questions: Iterable[Measured]) -> dict[str, list[Measured]]:
    """Language of the question → its questions; languages by name."""
    groups: dict[str, list[Measured]] = {}
    for question in questions:
        groups.setdefault(question.language, []).append(question)
    return dict(sorted(groups.items()))


@dataclass(frozen=True)
class Change:
    """One measure of one leg, before and after.

    Attributes:
        difference: of the means, after minus before.
        low: of the difference's 95 % interval.
        high: of the difference's 95 % interval.
        p: of the paired randomisation test, two-sided.
        n_rose: questions whose value rose.
        n_fell: questions whose value fell.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    n_rose: int
    n_fell: int


@dataclass(frozen=True)
class Comparison:
    """Two evaluations of the same questions.

    Attributes:
        changes: leg → measure → what became of it.
        questions: leg → pairs (before, after) of the questions with any changed value; the largest change of nDCG@10 first.
    """

    before: Evaluation
    after: Evaluation
    changes: Mapping[Legs, Mapping[str, Change]]
    questions: Mapping[Legs, tuple[tuple[Measured, Measured], ...]]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """What changed, question by question.

    Raises:
        JudgementError: if they asked other questions or judged them otherwise; says which.
    """
    _refuse_others(before, after)
    later = {question.question_id: question for question in after.questions}
    pairs = [(question, later[question.question_id]) for question in before.questions]
    return Comparison(
        before,
        after,
        {leg: _changes([one for one, _ in pairs], [other for _, other in pairs], leg) for leg in Legs},
        {leg: _changed(pairs, leg) for leg in Legs},
    )


def _changes(before: Sequence[Measured], after: Sequence[Measured], leg: Legs) -> dict[str, Change]:
    old, new = table(before, leg), table(after, leg)
    difference = new - old
    spread = measure.intervals(difference)
    return {
        name: Change(
            float(old[:, i].mean()),
            float(new[:, i].mean()),
            float(difference[:, i].mean()),
            float(spread[i, 0]),
            float(spread[i, 1]),
            measure.paired_p(difference[:, i]),
            int(np.sum(difference[:, i] > 0)),
            int(np.sum(difference[:, i] < 0)),
        )
        for i, name in enumerate(MEASURES)
    }


def _changed(pairs: Sequence[tuple[Measured, Measured]], leg: Legs) -> tuple[tuple[Measured, Measured], ...]:
    def sizes(pair: tuple[Measured, Measured]) -> list[float]:
        return [-abs(pair[1].values[leg][name] - pair[0].values[leg][name]) for name in MEASURES]

    return tuple(sorted((pair for pair in pairs if any(sizes(pair))), key=sizes))


def _refuse_others(before: Evaluation, after: Evaluation) -> None:
    old = {question.question_id: question for question in before.questions}
    new = {question.question_id: question for question in after.questions}
    both = [identity for identity in old if identity in new]
    faults = []
    if before.unit is not after.unit:
        faults.append(f"the first ranks {before.unit}s, the second {after.unit}s")
    for found, what in (
        ([identity for identity in old if identity not in new], "only the first has"),
        ([identity for identity in new if identity not in old], "only the second has"),
        ([identity for identity in both if old[identity].question != new[identity].question], "other words have"),
        ([identity for identity in both if _judged_otherwise(old[identity], new[identity])], "other judgements have"),
    ):
        if found:
            faults.append(f"{what} {', '.join(found[:MOST_NAMED])}" + (" and others" if len(found) > MOST_NAMED else ""))
    if faults:
        raise JudgementError(
            f"The two evaluations are of different questions: {'; '.join(faults)}. Evaluate both on the same judged set."
        )


def _judged_otherwise(one: Measured, other: Measured) -> bool:
    return bool(one.fingerprint and other.fingerprint) and one.fingerprint != other.fingerprint
