"""Citations as BibTeX, by bibtexparser: one entry a document.

Letters stay Unicode, as BibTeX's successors and reference managers read them; what LaTeX would obey is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import MonthAbbreviationMiddleware
from bibtexparser.model import Entry, Field

from kb.retrieval.quotation import Citations, Work
from kb.retrieval.reference import ReferenceType, date_parts
from kb.retrieval.wording import Wording

# As commands, not as \{ and \}: BibTeX counts braces even behind a backslash.
_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
        '"': r"{\textquotedbl}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)


def write(citations: Citations, wording: Wording) -> bytes:
    """UTF-8."""
    library = Library([Entry(_type(work), work.key, list(_fields(work, wording))) for work in citations.works()])
    return write_string(library, prepend_middleware=[MonthAbbreviationMiddleware()]).encode()


def _type(work: Work) -> str:
    """Of the four that every style knows; a report without institution would be told incomplete."""
    if work.reference.type is ReferenceType.REPORT and work.reference.publisher:
        return "techreport"
    return "book" if work.reference.type is ReferenceType.BOOK else "misc"


def _fields(work: Work, wording: Wording) -> Iterator[Field]:
    about = work.reference
    house = {"techreport": "institution", "book": "publisher", "misc": "organization"}[_type(work)]
    year, month, day = (*date_parts(about.issued), 0, 0, 0)[:3]
    told = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in about.authors),  # in braces: a name is not taken apart
        "title": f"{{{_escaped(about.title)}}}",  # in braces: styles would take its capitals away
        house: _escaped(about.publisher),
        "year": f"{year:04}" if year else "",
        "month": str(month or ""),
        "day": str(day or ""),
        "pages": _escaped(", ".join(work.pages)),
        "url": about.url,  # as it is: styles print it verbatim, and the record holds no brace in it
        "doi": about.doi,
        "isbn": _escaped(about.isbn),
        "howpublished": _escaped(about.source),
        "language": _escaped(about.language),
        "copyright": _escaped(about.licence),
        "urldate": about.accessed,
        "archivelocation": _escaped(about.archive_location),
        "note": wording.names_withheld if about.names_withheld else "",
        "annote": _escaped(" ".join(_quoted(work, wording))),
    }
    return (Field(key, value) for key, value in told.items() if value not in ("", "{}"))


def _quoted(work: Work, wording: Wording) -> Iterator[str]:
    for quotation in work.quotations:
        yield f"{wording.place(quotation.place)} “{' '.join((quotation.sentence or quotation.text).split())}”".strip()


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
