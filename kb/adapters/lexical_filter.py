"""The best rows of a query among allowed ones. BM25 stays what it is in the whole index; a filter only decides who may be found.

A language is a word of the index and is asked for as one. For the rest it depends on how many rows are allowed which way is
quicker, so both are here: to name the rows to Tantivy, which then looks at no others, or to take more rows than wanted, best first,
and keep the allowed ones. Both are exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.retrieval.index import Scored
from kb.retrieval.rows import Allowed

NAMED = 10.0  # times the root of all rows: up to so many are named. To name a row costs 1 µs, to take one 0.5 µs
SPARE = 1.5  # times as many are taken as would do if the allowed rows stood evenly among the others
DEEPER, ROUNDS = 8, 3  # when too few of them are allowed, so many times more are taken, so often


def best_rows(searcher: Any, schema: Any, query: Any, clauses: list[tuple[Any, Any]], k: int, allowed: Allowed | None) -> Scored:
    """The ``k`` best allowed rows; ``None`` allows all.

    Args:
        clauses: what else the query must or must not have.
    """
    if allowed is None or allowed.is_all:
        return _ranked(*_taken(searcher, _with(query, clauses), k))[:k]
    n_rows, n_allowed = allowed.n_among, len(allowed)
    if not n_allowed:
        return []
    clauses = [*clauses, _only(tantivy.Query.term_set_query(schema, "language", list(allowed.languages)))]
    if n_allowed == n_rows:
        return _ranked(*_taken(searcher, _with(query, clauses), k))[:k]
    if n_allowed > NAMED * n_rows**0.5:
        limit = int(SPARE * k * n_rows / n_allowed)
        for _ in range(ROUNDS):
            rows, scores = _taken(searcher, _with(query, clauses), limit)
            may = allowed.rows[rows]
            if may.sum() >= k or len(rows) < limit:
                return _ranked(rows[may], scores[may])[:k]
            limit *= DEEPER
    named = tantivy.Query.term_set_query(schema, "row", allowed.numbers.tolist())
    return _ranked(*_taken(searcher, _with(query, [*clauses, _only(named)]), k))[:k]


def _only(query: Any) -> tuple[Any, Any]:
    """A clause that leaves scores as they are."""
    return tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)


def _with(query: Any, clauses: list[tuple[Any, Any]]) -> Any:
    """A query of words alone stays as it is: Tantivy then passes over blocks of rows that cannot be among the best."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *clauses]) if clauses else query


def _taken(searcher: Any, query: Any, limit: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    found = searcher.search(query, limit=limit, count=False).hits
    rows = searcher.fast_field_values("row", [address for _, address in found])
    return np.asarray(rows, np.int64), np.asarray([score for score, _ in found], np.float64)


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float64]) -> Scored:
    """Best first, ties by row."""
    order = np.lexsort((rows, -scores))
    return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))
