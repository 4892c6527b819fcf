"""Citations as a table: one row a passage."""

from __future__ import annotations

import csv
import io

from kb.retrieval.quotation import Citations
from kb.retrieval.wording import Wording
from kb.retrieval.writable import safe_cell

COLUMNS = (
    "number", "key", "title", "authors", "organisation", "date", "page_label", "page", "headings", "sentence", "passage",
    "language", "address", "licence", "accessed", "file", "citation", "document_id", "passage_id",
)  # fmt: skip


def write(citations: Citations, wording: Wording) -> bytes:
    """UTF-8 with a byte order mark, without which Excel guesses; names of columns are the same in every language."""
    keys = {work.reference.id: work.key for work in citations.works()}
    table = io.StringIO(newline="")
    rows = csv.writer(table, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for each in citations.quotations:
        about = each.reference
        cells = (
            str(each.number), keys[about.id], about.title, "; ".join(about.authors), about.publisher, about.issued,
            each.place.label or "", str(each.place.page or ""), " › ".join(each.heading_path), each.sentence, each.text,
            each.language, about.address, about.licence, about.accessed, about.archive_location, wording.cited(each), about.id,
            each.passage,
        )  # fmt: skip
        rows.writerow(map(safe_cell, cells))
    return table.getvalue().encode("utf-8-sig")
