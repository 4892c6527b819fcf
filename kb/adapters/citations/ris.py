"""Citations as RIS, by rispy: one record a document, a note for each quotation."""

from __future__ import annotations

from typing import ClassVar

import rispy
from rispy.config import TAG_KEY_MAPPING

from kb.retrieval.quotation import Citations, Work
from kb.retrieval.reference import Reference, ReferenceType
from kb.retrieval.wording import Wording

_TYPES = {
    ReferenceType.BOOK: "BOOK",
    ReferenceType.DATASET: "DATA",
    ReferenceType.DOCUMENT: "GEN",
    ReferenceType.CONFERENCE: "CPAPER",
    ReferenceType.REPORT: "RPRT",
    ReferenceType.SPEECH: "SLIDE",
    ReferenceType.WEBPAGE: "ELEC",
}


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """Without rispy's count before each record, which is no RIS; with the place in an archive; lines end as RIS asks."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {**TAG_KEY_MAPPING, "AV": "archive_location"}
    NEWLINE = "\r\n"

    def set_header(self, _count: int) -> str:
        """No header."""
        return ""


def write(citations: Citations, wording: Wording) -> bytes:
    """UTF-8."""
    text: str = rispy.dumps([_record(work, wording) for work in citations.works()], implementation=_Writer)
    return text.encode()


def _record(work: Work, wording: Wording) -> dict[str, str | list[str]]:
    about = work.reference
    told: dict[str, str | list[str]] = {
        "type_of_reference": _TYPES[about.type],
        "id": work.key,
        "authors": list(about.authors),
        "title": about.title,
        "publisher": about.publisher,
        "year": about.issued[:4],
        "date": _date(about.issued),
        "start_page": ", ".join(work.pages),
        "urls": [about.url] if about.url else [],
        "doi": about.doi,
        "issn": about.isbn,  # RIS has one field, SN, for both numbers
        "language": about.language,
        "access_date": _date(about.accessed),
        "archive_location": about.archive_location,
        "notes": [*_remarks(about, wording), *_quoted(work, wording)],
    }
    return {key: value for key, value in told.items() if value}


def _remarks(about: Reference, wording: Wording) -> list[str]:
    licence = wording.licence.format(licence=about.licence) if about.licence else ""
    return [text for text in (about.source, licence, wording.names_withheld if about.names_withheld else "") if text]


def _quoted(work: Work, wording: Wording) -> list[str]:
    """A note is one line: a line end would begin a new field."""
    told = ((wording.place(each.place), " ".join((each.sentence or each.text).split())) for each in work.quotations)
    return [f"{place} “{words}”".strip() for place, words in told]


def _date(iso: str) -> str:
    """YYYY/MM/DD/ with empty places for what is not known."""
    return "/".join([*iso.split("-"), "", "", ""][:4]) if iso else ""
