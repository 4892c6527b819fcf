"""Citations as CSL-JSON: what Zotero, pandoc and citeproc read. One item a document; quotations are its custom fields."""

from __future__ import annotations

import json

from kb.retrieval.quotation import Citations, Quotation, Work
from kb.retrieval.reference import date_parts
from kb.retrieval.wording import Wording


def write(citations: Citations, wording: Wording) -> bytes:
    """UTF-8; a list of items after the CSL data schema 1.0."""
    return json.dumps([_item(work, wording) for work in citations.works()], ensure_ascii=False, indent=1).encode()


def _item(work: Work, wording: Wording) -> dict[str, object]:
    about = work.reference
    told: dict[str, object] = {
        "id": work.key,
        "type": about.type.value,
        "title": about.title,
        "author": [{"literal": name} for name in about.authors],
        "publisher": about.publisher,
        "issued": _date(about.issued),
        "page": ", ".join(work.pages),
        "URL": about.url,
        "DOI": about.doi,
        "ISBN": about.isbn,
        "source": about.source,
        "language": about.language,
        "license": about.licence,
        "archive_location": about.archive_location,
        "accessed": _date(about.accessed),
        "note": wording.names_withheld if about.names_withheld else "",
        "custom": {"document": about.id, "passages": [_quoted(quotation) for quotation in work.quotations]},
    }
    return {name: value for name, value in told.items() if value}


def _quoted(quotation: Quotation) -> dict[str, object]:
    told: dict[str, object] = {
        "number": quotation.number,
        "passage": quotation.passage,
        "page": quotation.place.page,
        "page_label": quotation.place.label,
        "heading_path": list(quotation.heading_path),
        "sentence": quotation.sentence,
        "text": quotation.text,
        "language": quotation.language,
    }
    return {name: value for name, value in told.items() if value}


def _date(iso: str) -> dict[str, object]:
    return {"date-parts": [date_parts(iso)]} if iso else {}
