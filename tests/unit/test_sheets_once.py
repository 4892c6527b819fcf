"""Of a practice's sheet and of a place's profile only the best passage is shown; of documents every one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.hits import sheets_once
from kb.retrieval.passage import DocumentId, Metadata, PassageId
from kb.retrieval.rows import PassageIds, Rows

IDS = tuple(DocumentId(f"{n:016x}") for n in range(4))
IS_SHEET = (False, True, False, True)


def rows_of(documents: list[int]) -> Rows:
    ids = PassageIds.of([PassageId(f"{n:016x}") for n in range(len(documents))])
    return Rows(ids, IDS, np.array(documents, np.int32), ("en",), np.zeros(len(documents), np.int32))


def summary(identity: DocumentId, is_sheet: bool) -> DocumentSummary:
    by_fields = Metadata(practice="bees") if identity == IDS[1] else Metadata(context="PT")
    about = by_fields if is_sheet else Metadata()
    return DocumentSummary(identity, str(identity), "00", "text/plain", about, 0, 1, ("en",), "2026-11-22T00:00:00+00:00")


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 12))
def test_the_first_of_each_sheet_and_all_of_each_document_in_their_order(documents: list[int], k: int) -> None:
    ranked = [(row, -float(row)) for row in range(len(documents))]
    wanted = [row for row, document in enumerate(documents) if not IS_SHEET[document] or documents.index(document) == row]

    found = sheets_once(
        ranked, rows_of(documents), {each: summary(each, sheet) for each, sheet in zip(IDS, IS_SHEET, strict=True)}, k
    )

    assert [row for row, _ in found] == wanted[:k]
