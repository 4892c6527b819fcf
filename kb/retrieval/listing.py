"""Passages in an order of their own, for a question without a word to rank them by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.index import Scored
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import Rows


def listed(
    allowed: NDArray[np.bool_], rows: Rows, catalog: Catalog, documents: Mapping[DocumentId, DocumentSummary], k: int
) -> Scored:
    """The first ``k`` allowed rows, all with score 0: newest document first (without a date last), then by path, in reading order.

    Of a practice's sheet and of a place's profile only the first passage stands in the list, see
    :func:`kb.retrieval.hits.sheets_once`.

    Args:
        allowed: ``bool (n_rows,)``.
        documents: of those rows, at least.
    """
    candidates = np.flatnonzero(allowed)
    positions = rows.document_of[candidates]
    by_path = sorted(np.unique(positions).tolist(), key=lambda position: documents[rows.documents[position]].path)
    found: list[int] = []
    for position in sorted(by_path, key=lambda position: _date(documents[rows.documents[position]]), reverse=True):
        own = candidates[positions == position].tolist()
        passages = catalog.passages([rows.passages[row] for row in own])
        ordinals = {row: passage.ordinal for row in own if (passage := passages.get(rows.passages[row]))}
        in_order = sorted(own, key=lambda row: ordinals.get(row, len(own)))
        found += in_order[:1] if documents[rows.documents[position]].metadata.is_written else in_order
        if len(found) >= k:
            break
    return [(row, 0.0) for row in found[:k]]


def _date(document: DocumentSummary) -> str:
    date = document.metadata.date
    return date if date[:4].isdecimal() else ""
