"""Ranking measures of trec_eval, by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.retrieval.measure import MEASURES, Values


class TrecMeasures:
    """The port ``Measures``.

    trec_eval wants scores, breaks their ties by name and cannot take names with blanks: it gets numbers for names and
    descending ranks for scores, so that the order it measures is the order it was given.
    """

    def measure(self, rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]) -> Values:
        """As the port says."""
        import ir_measures

        wanted = _measures()
        values: Values = {question: dict.fromkeys(MEASURES, 0.0) for question in judgements}
        asked = dict(zip(map(str, range(len(judgements))), judgements, strict=True))
        grades, ranked = {}, {}
        for number, question in asked.items():
            names: dict[str, str] = {}

            def name(unit: str, names: dict[str, str] = names) -> str:
                return names.setdefault(unit, str(len(names)))

            ranking = rankings.get(question, ())
            grades[number] = {name(unit): max(0, grade) for unit, grade in judgements[question].items()}
            ranked[number] = {name(unit): float(len(ranking) - place) for place, unit in enumerate(ranking)}
        for found in ir_measures.iter_calc(list(wanted), grades, ranked):
            values[asked[found.query_id]][wanted[found.measure]] = float(found.value)
        return values


def _measures() -> dict[Any, str]:
    """The library's measure → our name."""
    from ir_measures import RR, R, Success, nDCG

    return dict(zip((nDCG @ 10, R @ 10, R @ 100, Success @ 1, RR), MEASURES, strict=True))
