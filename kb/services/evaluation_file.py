"""An evaluation as JSON and back: what ``kb evaluate --json`` prints is what ``--compare`` reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.errors import JudgementError
from kb.retrieval.answer import Legs
from kb.retrieval.evaluation import Change, Comparison, Evaluation, Measured, Unit, by_language, intervals, means
from kb.retrieval.measure import CONFIDENCE, DEPTH, MEASURES, RESAMPLES, SEED

DIGITS = 6  # of a value: far below what one question changes
MAX_BYTES = 512 << 20
MOST_FAULTS = 10
_TEXTS = ("set", "unit", "model", "revision", "splitter", "at_utc")
_NUMBERS = ("generation", "documents", "passages")


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """One object: each leg with its means and intervals, then what it was measured on, languages and every question."""
    questions = evaluation.questions
    return {
        **{leg.value: {**_rounded(means(questions, leg)), "intervals": _intervals(questions, leg)} for leg in Legs},
        "set": evaluation.judged,
        "questions": len(questions),
        "unit": evaluation.unit.value,
        "depth": DEPTH,
        "documents": evaluation.n_documents,
        "passages": evaluation.n_passages,
        "model": evaluation.model,
        "revision": evaluation.revision,
        "splitter": evaluation.splitter,
        "generation": evaluation.generation,
        "at_utc": evaluation.at_utc,
        "seconds": round(evaluation.took_s, 3),
        "interval": {"method": "percentile bootstrap over questions", "share": CONFIDENCE, "resamples": RESAMPLES, "seed": SEED},
        "not_measured": list(evaluation.not_measured),
        "lost": list(evaluation.lost),
        "languages": {
            language: {"questions": len(group), **{leg.value: _rounded(means(group, leg)) for leg in Legs}}
            for language, group in by_language(questions).items()
        },
        "per_question": [_question(question) for question in questions],
    }


def _intervals(questions: Sequence[Measured], leg: Legs) -> dict[str, list[float]]:
    return {name: [round(low, DIGITS), round(high, DIGITS)] for name, (low, high) in intervals(questions, leg).items()}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in values.items()}


def _question(question: Measured) -> dict[str, Any]:
    return {
        "id": question.question_id,
        "question": question.question,
        "language": question.language,
        "judgements": question.fingerprint,
        "relevant": question.n_relevant,
        "lost": question.n_lost,
        **{leg.value: _rounded(question.values[leg]) for leg in Legs},
    }


def read(path: Path) -> Evaluation:
    """Read what was written before. Means and intervals are not believed but made again from the questions.

    Raises:
        JudgementError: if it is no evaluation; says what is missing.
    """
    try:
        if not path.is_file():
            raise JudgementError(f"There is no file {path}. Write one: kb evaluate --json --output {path}")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise JudgementError(f"{path} is longer than {MAX_BYTES >> 20} MB and is not read.")
        found = json.loads(data)
    except OSError as error:
        raise JudgementError(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise JudgementError(f"{path} is not JSON ({error}). Write one: kb evaluate --json --output {path}") from error
    return from_json(found, str(path))


def from_json(found: object, name: str) -> Evaluation:
    """The evaluation in a JSON object.

    Args:
        name: what a message calls it.

    Raises:
        JudgementError: all that is wrong with it, in one message.
    """
    rows = found.get("per_question") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(rows, list) or not rows:
        raise JudgementError(f"{name} is no evaluation: it has no per_question. Write one: kb evaluate --json --output FILE")
    faults = [f"{key} is not text" for key in _TEXTS if not isinstance(found.get(key, ""), str)]
    faults += [f"{key} is not a whole number" for key in _NUMBERS if not isinstance(found.get(key, 0), int)]
    if found.get("unit", Unit.PASSAGE) not in list(Unit):
        faults.append(f"unit is none of {', '.join(Unit)}")
    for place, row in enumerate(rows, start=1):
        faults += [f"question {place}: {fault}" for fault in _faults(row)]
    times = Counter(row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str))
    faults += [f"{identity} is there {n} times" for identity, n in times.items() if n > 1]
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise JudgementError(f"{name} is no evaluation: {'; '.join(faults[:MOST_FAULTS])}{more}.")
    texts = {key: found.get(key, "") for key in _TEXTS}
    return Evaluation(
        judged=texts["set"],
        unit=Unit(found.get("unit", Unit.PASSAGE)),
        model=texts["model"],
        revision=texts["revision"],
        splitter=texts["splitter"],
        generation=found.get("generation", 0),
        n_documents=found.get("documents", 0),
        n_passages=found.get("passages", 0),
        questions=tuple(_measured(row) for row in rows),
        at_utc=texts["at_utc"],
    )


def _faults(row: object) -> list[str]:
    if not isinstance(row, dict):
        return ["not an object"]
    faults = [f"no {key}" for key in ("id", "question") if not isinstance(row.get(key), str)]
    for leg in Legs:
        values = row.get(leg.value)
        values = values if isinstance(values, dict) else {}
        faults += [f"{leg} has no {name} between 0 and 1" for name in MEASURES if not _is_share(values.get(name))]
    return faults


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _measured(row: Mapping[str, Any]) -> Measured:
    return Measured(
        row["id"],
        row["question"],
        str(row.get("language", "")),
        str(row.get("judgements", "")),
        row["relevant"] if isinstance(row.get("relevant"), int) else 0,
        row["lost"] if isinstance(row.get("lost"), int) else 0,
        {leg: {name: float(row[leg.value][name]) for name in MEASURES} for leg in Legs},
    )


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """One object: each leg with its measures (before, after, difference, interval, p, how many rose and fell) and questions."""
    return {
        "set": comparison.before.judged,
        "questions": len(comparison.before.questions),
        **{
            leg.value: {
                **{name: _change(change) for name, change in comparison.changes[leg].items()},
                "changed": [_pair(before, after, leg) for before, after in comparison.questions[leg]],
            }
            for leg in Legs
        },
    }


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = _rounded({name: getattr(change, name) for name in ("before", "after", "difference", "p")})
    return {
        **told,
        "interval": [round(change.low, DIGITS), round(change.high, DIGITS)],
        "rose": change.n_rose,
        "fell": change.n_fell,
    }


def _pair(before: Measured, after: Measured, leg: Legs) -> dict[str, Any]:
    about = {"id": before.question_id, "question": before.question, "language": before.language}
    return {**about, "before": _rounded(before.values[leg]), "after": _rounded(after.values[leg])}
